"""People's words: cleaning, comparing, showing."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import nh3
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt

ALLOWED_TAGS = {
    "p", "br", "em", "strong", "ul", "ol", "li", "blockquote", "code", "pre", "h3", "h4", "a", "hr",
    "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
ALLOWED_LINK = re.compile(r"^(https?:|mailto:|/(?![/\\])|#)", re.IGNORECASE)
INVISIBLE = {"Cc", "Cf", "Cs"}
# Letters of Ewe, Kabiyè, Nahuatl, Maya and others that a plain keyboard lacks: people search without them.
PLAIN_LETTERS = str.maketrans(
    {
        "ɔ": "o", "ɛ": "e", "ʋ": "v", "ɖ": "d", "ƒ": "f", "ŋ": "n", "ɣ": "g", "ɩ": "i", "ɪ": "i", "ʊ": "u",
        "ɓ": "b", "ɗ": "d", "ɲ": "n", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "œ": "oe", "æ": "ae",
        "ʼ": "'", "ʻ": "'", "ꞌ": "'", "’": "'",
    }
)  # fmt: skip
KEPT_INVISIBLE = {"\n", "\t", "\u200c", "\u200d"}


@lru_cache(maxsize=2)
def _markdown(*, keeps_lines: bool = False) -> MarkdownIt:
    return MarkdownIt("js-default", {"html": False, "linkify": False, "breaks": keeps_lines})


def clean_line(text: str) -> str:
    """One line without control or direction-changing characters, spaces folded, NFC."""
    return " ".join(clean_text(text).split())


def clean_text(text: str) -> str:
    """Text without control or direction-changing characters (joiners stay: Persian and emoji need them)."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    return "".join(
        letter for letter in text if letter in KEPT_INVISIBLE or unicodedata.category(letter) not in INVISIBLE
    ).strip()


def render_markdown(text: str, *, keeps_lines: bool = False) -> SafeString:
    """CommonMark to HTML that can carry nothing but text, lists and plain links.

    `keeps_lines`: a new line is one, as people write on telephones.
    """
    html = nh3.clean(
        _shift_headings(_markdown(keeps_lines=keeps_lines).render(text)),
        tags=ALLOWED_TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="nofollow noopener ugc",
        attribute_filter=_only_plain_links,
    )
    return SafeString(html)


def _shift_headings(html: str) -> str:
    """A page has its own h1 and h2; headings people write start at h3."""
    return re.sub(r"<(/?)h([1-6])>", lambda found: f"<{found[1]}h{3 if int(found[2]) <= 2 else 4}>", html)


def _only_plain_links(tag: str, attribute: str, value: str) -> str | None:
    return value if attribute != "href" or ALLOWED_LINK.match(value) else None


def fold(text: str) -> str:
    """Lower case without accents or punctuation, for comparing."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    plain = plain.translate(PLAIN_LETTERS)
    return " ".join(re.sub(r"[^\w]+", " ", plain).split())


# The same statements are compared with every new one.
@lru_cache(maxsize=10_000)
def shingles(text: str, size: int = 3) -> frozenset[str]:
    """The runs of `size` letters in the folded text, word borders included."""
    folded = f" {fold(text)} "
    return frozenset(folded[i : i + size] for i in range(max(1, len(folded) - size + 1)))


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Jaccard: shared shingles over all shingles, 0 to 1."""
    shared = len(one & other)
    union = len(one) + len(other) - shared
    return shared / union if union else 0.0


def read_id(typed: str, most: int = 10**18 - 1) -> int | None:
    """A whole number of a form or an address, in plain digits; None for everything else and for what is above `most`."""
    is_number = typed.isascii() and typed.isdigit() and len(typed) < 19
    return int(typed) if is_number and int(typed) <= most else None

"""Hostile text: whole corpora through the renderers, chosen payloads through every field (T16, T19)."""

from __future__ import annotations

import json
import os
import re
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote_from_bytes

import pytest
from django.template import Context, engines
from django.utils import translation

from addresses import path_of
from forms import open_browser
from house import House
from markup import Element, read_page
from posts import POSTS, Post
from source import ROOT
from tequio.base.languages import INTERFACE
from tequio.base.multilingual import add_translation, write_original
from tequio.base.text import ALLOWED_TAGS, clean_line, clean_text, render_markdown
from turns import part

SECURITY = Path(os.environ.get("TEQUIO_SHARED_DATA", ROOT.parent / "shared" / "data")) / "security"
needs_corpora = pytest.mark.skipif(not SECURITY.is_dir(), reason=f"no corpora at {SECURITY}")

LINK = re.compile(r"^(https?:|mailto:|sms:|/|#)", re.IGNORECASE)
PAYLOADS = [
    "<script>alert(1)</script>", "\"><script>alert(1)</script>", "'><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>", "\"><img src=x onerror=alert(1)>", "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>", "</title><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>", "--><script>alert(1)</script>", "]]><script>alert(1)</script>",
    "\" autofocus onfocus=alert(1) x=\"", "' autofocus onfocus=alert(1) x='", "` onmouseover=alert(1) x=`",
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)", "[x](javascript:alert(1))", "[x](JAVASCRIPT&colon;alert(1))", "![x](x\"onerror=\"alert(1))",
    "<javascript:alert(1)>", "[x]: javascript:alert(1)\n\n[x]", "<a href=\"javascript:alert(1)\">x</a>",
    "<iframe srcdoc=\"<script>alert(1)</script>\">", "<object data=javascript:alert(1)>", "<embed src=javascript:alert(1)>",
    "<base href=https://evil.example/>", "<meta http-equiv=refresh content=\"0;url=https://evil.example\">",
    "<form action=https://evil.example><button>x", "<link rel=stylesheet href=https://evil.example/x.css>",
    "<style>*{display:none}</style>", "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">", "<details open ontoggle=alert(1)>",
    "<b>bold</b>&lt;script&gt;", "{{ 7|add:7 }}{% load i18n %}{% csrf_token %}", "\u202eevil\u202c\u2066x\u2069",
    "%3Cscript%3Ealert(1)%3C/script%3E", "${7*7}#{7*7}<%= 7*7 %>",
]  # fmt: skip


def dangers(root: Element) -> list[str]:
    """What could run, load or lead away, by the parsed tree and not by the text."""
    wrong = []
    for element in root.all():
        if element.tag in (
            "iframe",
            "object",
            "embed",
            "base",
            "frame",
            "applet",
            "math",
            "foreignobject",
            "style",
        ):
            wrong.append(f"<{element.tag}>")
        if element.tag == "script" and not element.attributes.get("src", "").startswith("/static/"):
            wrong.append("<script>")
        if element.tag == "meta" and "http-equiv" in element.attributes:
            wrong.append("<meta http-equiv>")
        for name, value in element.attributes.items():
            is_own_part = name == "formaction" and re.fullmatch("#[a-z]+", value)
            if not is_own_part and (
                name.startswith("on") or name in ("style", "srcdoc", "formaction", "xlink:href")
            ):
                wrong.append(f"{element.tag} {name}")
            folded = re.sub(r"[\x00-\x20]", "", value).lower()
            leads = name in ("href", "src", "action", "data", "poster", "background")
            if leads and not (
                LINK.match(value) or not value or value.startswith("?") or value.endswith((".csv", ".zip"))
            ):
                wrong.append(f"{element.tag} {name}={value[:60]}")
            if leads and folded.startswith(("javascript:", "vbscript:", "data:text")):
                wrong.append(f"{element.tag} {name}={value[:60]}")
    return wrong


@lru_cache(maxsize=1)
def corpus() -> list[str]:
    lines = (SECURITY / "xss-payload-list.txt").read_text(encoding="utf-8", errors="replace").splitlines()
    purify = json.loads((SECURITY / "dompurify_payloads.json").read_text(encoding="utf-8"))
    naughty = json.loads((SECURITY / "blns.json").read_text(encoding="utf-8"))
    return [*lines, *purify, *naughty, *PAYLOADS]


@needs_corpora
@pytest.mark.real_data
def test_corpora_as_markdown():
    assert len(corpus()) > 7_000
    for payload in corpus():
        html = render_markdown(payload)
        root, _mistakes = read_page(html)
        assert dangers(root) == [], payload
        assert {element.tag for element in root.all()} - {"#page"} <= ALLOWED_TAGS, payload
        for element in root.all():
            assert set(element.attributes) <= {"href", "rel"}, payload


@needs_corpora
@pytest.mark.real_data
def test_corpora_in_text_and_attributes():
    source = '<p title="{{ w }}" lang="{{ w.language }}">{{ w }}</p><textarea>{{ w.text }}</textarea>'
    template = engines["django"].engine.from_string(source)
    for payload in corpus():
        field = add_translation(write_original(payload, "en"), "fr", payload)
        for language in INTERFACE:
            with translation.override(language):
                drawn = engines["django"].engine.from_string("{{ f|reading }}").render(Context({"f": field}))
            root, _mistakes = read_page(drawn)
            assert [element.tag for element in root.all()] == ["#page"], payload
        root, mistakes = read_page(template.render(Context({"w": _Words(payload)})))
        assert [element.tag for element in root.all()] == ["#page", "p", "textarea"], payload
        assert mistakes == []
        assert set(root.all("p")[0].attributes) == {"title", "lang"}


class _Words(str):
    language = "en"

    @property
    def text(self) -> str:
        return str(self)


@needs_corpora
@pytest.mark.real_data
def test_corpora_are_cleaned_of_what_nobody_sees():
    for payload in corpus():
        line = clean_line(payload)
        assert clean_line(line) == line
        assert "\n" not in line
        assert not re.search(
            r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]", clean_text(payload)
        )


WITH_WORDS = [post for post in POSTS if post.words]


@pytest.mark.django_db
@pytest.mark.parametrize("post", part(WITH_WORDS, 3), ids=str)
def test_payloads_through_every_field(post: Post, house: House):
    """Sent, drawn again or shown: nothing of it may be more than words on any page."""
    client = post.browser(house)
    form = post.with_key(client, house)
    for number, payload in enumerate(part(PAYLOADS, 12)):
        key = f"{number:032x}"
        typed = dict.fromkeys(post.words, payload)
        answer = client.post(
            post.path(house), {**form, **typed, "form_key": key, **_fresh_files(post, house)}
        )
        # What was answered or ended by the first of them is not there for the others.
        gone = (404,) if number else ()
        taken = (302, 403, 409, 410, 413, 422, 429, *gone)
        assert answer.status_code in taken, f"{answer.status_code} to {payload}"
        if answer.status_code not in (302, 404):
            root, mistakes = read_page(answer.content.decode())
            assert dangers(root) == [], payload
            assert mistakes == [], payload
    for page in _pages(post, house):
        for role in ("visitor", "author"):
            root, mistakes = read_page(open_browser(house.person(role)).get(page).content.decode())
            assert dangers(root) == []
            assert mistakes == []


def _fresh_files(post: Post, house: House) -> dict[str, object]:
    """A file is read once; each sending needs its own."""
    fields = post.fields(house) if post.name == "deliberation:import_new" else {}
    return {name: value for name, value in fields.items() if name == "folder"}


CONVERSATIONS = (
    "deliberation:list", "deliberation:detail", "deliberation:statement_list", "deliberation:sheet",
    "deliberation:statement", "deliberation:answer", "deliberation:mine", "deliberation:moderate",
    "deliberation:results", "discussions:discussion",
)  # fmt: skip
IDEAS = (
    "proposals:hub", "proposals:list", "proposals:detail", "proposals:problems", "proposals:problem",
    "processes:list", "processes:detail", "answers:scoreboard", "answers:result", "discussions:discussion",
)  # fmt: skip
WHERE_READ = {
    "deliberation": CONVERSATIONS, "discussions": (*CONVERSATIONS, *IDEAS), "proposals": IDEAS, "processes": IDEAS,
    "blueprints": IDEAS, "answers": IDEAS,
}  # fmt: skip
ELSEWHERE = ("home:organisation_list", "home:organisation_detail", "organisations:mine", "door:account")


def _pages(post: Post, house: House) -> list[str]:
    """Where what was sent may be read: pages of its flat, and those that gather from all."""
    near = WHERE_READ.get(post.name.split(":", 1)[0], ELSEWHERE)
    return [path_of(name, house) for name in ("home:home", "home:territory_detail", *near)]


@pytest.mark.django_db
@pytest.mark.parametrize("payload", part(PAYLOADS, 3))
def test_payloads_in_addresses(payload: str, house: House):
    client = open_browser()
    for path in (
        "/en/search/",
        "/en/conversations/",
        "/en/",
        "/en/doors/ideas/",
        f"/en/places/{house.place.code}/",
    ):
        page = client.get(
            path, dict.fromkeys(("q", "place", "state", "before", "after", "language", "next"), payload)
        )
        assert page.status_code in (200, 404)
        root, mistakes = read_page(page.content.decode())
        assert dangers(root) == []
        assert mistakes == []
    page = client.get("/en/sign-in/", {"next": payload})
    root, _mistakes = read_page(page.content.decode())
    assert dangers(root) == []
    asked = [one.attributes.get("value") for one in root.all("input") if one.attributes.get("name") == "next"]
    assert set(asked) <= {"", None}, "only our own paths are followed after signing in"


@lru_cache(maxsize=1)
def naughty() -> list[str]:
    return [str(one) for one in json.loads((SECURITY / "blns.json").read_text(encoding="utf-8"))]


@needs_corpora
@pytest.mark.real_data
@pytest.mark.django_db
@pytest.mark.parametrize("post", part(WITH_WORDS, 3, offset=1), ids=str)
def test_naughty_strings_are_no_error_of_ours(post: Post, house: House):
    send_all(post, house, part(naughty(), 48))


def send_all(post: Post, house: House, strings: list[str]) -> None:
    client = post.browser(house)
    form = post.with_key(client, house)
    for number, text in enumerate(strings):
        typed = dict.fromkeys(post.words, text)
        answer = client.post(
            post.path(house), {**form, **typed, "form_key": f"{number:032x}", **_fresh_files(post, house)}
        )
        assert answer.status_code < 500, text


@pytest.mark.django_db
@pytest.mark.parametrize("post", part(POSTS, 3, offset=2), ids=str)
def test_nul_broken_text_and_a_megabyte(post: Post, house: House):
    client = post.browser(house)
    form = post.with_key(client, house)
    names = [*post.words, *post.things] or [name for name in form if name != "form_key"][:1] or ["x"]
    for number, text in enumerate(
        ["a\x00b", "a\udcffb", "x" * 1_000_000, "\ufeff\u202e", "\U0001f9ff" * 999]
    ):
        data = {**form, names[0]: text, "form_key": f"{number:032x}"}
        data.pop("folder", None)
        answer = client.post(
            post.path(house), _encode(data), content_type="application/x-www-form-urlencoded"
        )
        assert answer.status_code == 400 if "\x00" in text else answer.status_code < 500, repr(text[:5])


def _encode(data: dict[str, object]) -> bytes:
    parts = []
    for name, value in data.items():
        for one in value if isinstance(value, list) else [value]:
            parts.append(f"{name}={quote_from_bytes(str(one).encode('utf-8', 'surrogateescape'))}")
    return "&".join(parts).encode()


@pytest.mark.django_db
def test_odd_bodies(house: House):
    client = open_browser()
    path = path_of("deliberation:answer", house)
    for body, kind in (
        (b"\xff\xfe\x00", "application/x-www-form-urlencoded"),
        (b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n', "multipart/form-data; boundary=x"),
        (b"--x", "multipart/form-data; boundary=" + "x" * 300),
        (b"{" * 10_000, "application/json"),
        (b"a=1&" * 2_000, "application/x-www-form-urlencoded"),
        (b"x" * 3_000_000, "application/x-www-form-urlencoded"),
    ):
        answer = client.post(path, body, content_type=kind)
        assert 400 <= answer.status_code < 500, kind

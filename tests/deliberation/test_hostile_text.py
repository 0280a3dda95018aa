"""Hostile words through every field of the organisers' pages: shown as words, never run, never an error."""

from __future__ import annotations

import json
from html.parser import HTMLParser

import pytest

from exports import shared_data
from forms import send
from tequio.base.multilingual import version_of as words_version
from tequio.base.multilingual import write_original
from tequio.base.text import clean_line, render_markdown
from tequio.ideas.deliberation.models import Conversation
from tequio.ideas.deliberation.selectors.organising import version_of
from tequio.ideas.deliberation.services.answering import write_statement
from tequio.ideas.deliberation.services.moderation import state_seen

pytestmark = pytest.mark.django_db

PAYLOADS = [
    "<script>alert(1)</script>",
    "\"><script>alert(1)</script>",
    "'><img src=x onerror=alert(1)>",
    "<img src=x onerror=alert(1)//",
    "<svg/onload=alert(1)>",
    "<svg><script>alert&#40;1)</script>",
    "</textarea><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "--><script>alert(1)</script>",
    "<a href=javascript:alert(1)>x</a>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "![x](x\"onerror=\"alert(1))",
    "<https://x\"onmouseover=alert(1)>",
    "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<math><mi xlink:href=\"javascript:alert(1)\">x</mi></math>",
    "{{ 31337*31337 }}{% debug %}",
    "${31337*31337}<%= 31337*31337 %>",
    "\u202e<b onclick=alert(1)>x</b>\u2028",
]  # fmt: skip


ADDRESSES = {"href", "src", "xlink:href", "action", "formaction", "srcset", "poster", "data"}


class Runs(HTMLParser):
    """Remembers everything in a page that a browser would run."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag in ("iframe", "object", "embed", "base", "math", "foreignobject"):
            self.found.append(tag)
        if tag == "script" and not (values.get("src") or "").startswith("/static/"):
            self.found.append("script")
        for name, value in attrs:
            address = "".join((value or "").split()).lower()
            if name.startswith("on") or name in ("style", "srcdoc"):
                self.found.append(f"{tag} {name}")
            if name in ADDRESSES and address.startswith(("javascript:", "data:", "vbscript:")):
                self.found.append(f"{tag} {name}={value}")

    handle_startendtag = handle_starttag


def runs(html: str) -> list[str]:
    parser = Runs()
    parser.feed(html)
    parser.close()
    return parser.found


def test_the_oracle_sees_what_runs():
    for bad in (
        "<script>x</script>",
        "<img onerror=x>",
        "<a href=' java\nscript:x'>",
        "<p style=x>",
        "<iframe>",
    ):
        assert runs(bad), bad


@pytest.fixture
def pages(conversation, alice, browser_of, guest):
    """Every page on which an organiser's or a participant's words stand, read by Alice."""

    def read() -> list[str]:
        client = browser_of(alice)
        statement = conversation.statements.order_by("-number").first()
        base, one = f"/en/conversations/{conversation.pk}/", f"/en/statements/{statement.pk}/"
        paths = [
            base,
            *(base + name for name in ("edit/", "state/", "moderate/", "translate/", "statements/", "mine/")),
        ]
        paths += [one, *(one + name for name in ("decide/", "merge/", "translate/", "uptake/"))]
        answers = [client.get(path) for path in paths]
        assert {answer.status_code for answer in answers} <= {200, 404}
        return [answer.content.decode() for answer in answers]

    return read


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_field_of_the_form_runs_anything(browser_of, alice, lome, payload):
    data = {
        "language": "en", "question": payload, "background": payload, "question_es": payload,
        "background_fr": payload, "territory": lome.pk, "languages": [payload, "fr"], "who_may": "anyone",
        "moderation": "after", "takes_statements": "on", "zone": payload[:40], "opens_day": payload,
        "opens_time": payload, "answers_for_it": payload, "answer_due": payload, "seeds": f"{payload}\n{payload}",
    }  # fmt: skip
    for do in ("publish", "preview", "draft", payload):
        page = send(browser_of(alice), "/en/conversations/new/", {**data, "do": do})
        assert page.status_code == 422
        assert runs(page.content.decode()) == []
    good = {
        "zone": "",
        "opens_day": "",
        "opens_time": "",
        "answer_due": "",
        "languages": ["fr"],
        "seeds": payload,
    }
    page = send(browser_of(alice), "/en/conversations/new/", {**data, **good, "do": "preview"})
    assert page.status_code == 200
    assert runs(page.content.decode()) == []


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_page_runs_what_was_written(browser_of, alice, mora, guest, conversation, pages, payload):
    alices = browser_of(alice)
    statement = write_statement(conversation, clean_line(payload), language="en", by=guest)
    path = f"/en/statements/{statement.pk}/"
    seen = words_version(statement.item.title)
    send(alices, path + "translate/", {"text_seen": seen, "text_es": payload, "text_fr": payload})
    wrong = send(
        alices, path + "decide/", {"do": "decline", "note": payload, "seen": payload, "reason": payload}
    )
    assert wrong.status_code == 422
    assert runs(wrong.content.decode()) == []
    send(alices, path + "decide/", {"do": "decline", "reason": "spam", "note": payload})
    author = browser_of(guest).get(path).content.decode()
    assert runs(author) == []
    send(alices, path + "decide/", {"do": "publish", "seen": "declined-0"})
    statement.refresh_from_db()
    assert state_seen(statement).startswith("published")
    send(
        alices,
        path + "uptake/",
        {"uptake": "taken_up", "language": "en", "text": payload, "text_es": payload},
    )
    edit = {
        "language": "en",
        "question": payload,
        "background": payload,
        "who_may": "anyone",
        "moderation": "before",
    }
    fresh = Conversation.objects.select_related("item").get(pk=conversation.pk)
    sent = send(
        alices, f"/en/conversations/{conversation.pk}/edit/",
        {**edit, "takes_statements": "on", "seen": version_of(fresh), "answers_for_it": payload, "do": "save"},
    )  # fmt: skip
    assert sent.status_code == 302
    for html in pages():
        assert runs(html) == []
        assert "982007569" not in html


def corpus() -> list[str]:
    folder = shared_data() / "security"
    if not folder.is_dir():
        pytest.skip("no corpora: security/ is not under TEQUIO_SHARED_DATA or ../shared/data")
    lines = (folder / "xss-payload-list.txt").read_text(errors="replace").splitlines()
    naughty = json.loads((folder / "blns.json").read_text())
    purify = json.loads((folder / "dompurify_payloads.json").read_text())
    return [
        *lines,
        *naughty,
        *(one["payload"] for one in purify if isinstance(one, dict) and "payload" in one),
    ]


@pytest.mark.real_data
def test_the_corpora_through_the_renderers():
    from django.template import engines

    template = engines["django"].from_string(
        '<p lang="en" title="{{ line }}">{{ line }}</p><textarea>{{ line }}</textarea>{{ text|prose }}'
    )
    texts = corpus()
    assert len(texts) > 1_000
    for text in texts:
        assert runs(str(render_markdown(text))) == [], text
        assert runs(template.render({"line": clean_line(text), "text": text})) == [], text
        assert isinstance(write_original(clean_line(text), "en")["en"]["text"], str)

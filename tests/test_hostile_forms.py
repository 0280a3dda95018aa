"""Every form and every address under odd input: nothing of it is an error of ours (T16), nothing of it runs (T19)."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from addresses import acting_names, names, path_of, views
from exports import COMMENTS, VOTES
from forms import let_go, open_browser
from house import House
from markup import Element, read_page
from posts import POSTS, Post
from source import ROOT
from test_hostile_words import PAYLOADS, dangers
from turns import part

pytestmark = pytest.mark.django_db
SECURITY = Path(os.environ.get("TEQUIO_SHARED_DATA", ROOT.parent / "shared" / "data")) / "security"
DEEP = ["[" * 50_000, '{"a":' * 20_000, "[[1]," * 9_000 + "]", '{"__proto__": {"x": 1}}']
ODD = [
    "\u202eevil\u202c", "\u0645\u0631\u062d\u0628\u0627 " * 40, "A\u0301" * 300, "\ufeff", "\u200b" * 50, "\ud7ff\ue000",
    "\U0010ffff", "0", "-1", "1e999", "NaN", "null", "true", "0x7fffffff", "9" * 400, "None", " ", "\t\r\n", "%00", "%s%n",
    "../../../etc/passwd", "'; DROP TABLE people_person; --", "{{ 7|add:7 }}", "${7*7}", "\\", '"', "'", "`", "<", "&",
]  # fmt: skip
ASKED = (
    "q", "place", "state", "before", "after", "language", "next", "original", "do", "shown", "kind", "page", "number",
    "format", "sort", "show", "role", "token", "code", "email",
)  # fmt: skip
LOADS_ITSELF = {"deliberation:hall", "deliberation:hall_count", "deliberation:import_new"}
READ = sorted(name for name, view in views().items() if not getattr(view, "login_required", True))


def found_on(name: str, root: Element) -> list[str]:
    """Dangers of a page; the hall and a running import load themselves anew by right."""
    return [one for one in dangers(root) if one != "<meta http-equiv>" or name not in LOADS_ITSELF]


@pytest.mark.parametrize("post", part(POSTS, 3), ids=str)
def test_every_field_of_every_form(post: Post, house: House):
    """All its fields at once, hidden ones and choices too, one odd text after the other."""
    client = post.browser(house)
    form = {name: value for name, value in post.with_key(client, house).items() if name != "folder"}
    fields = [name for name in form if name not in ("form_key", "csrfmiddlewaretoken")]
    for number, text in enumerate([*part(ODD, 4), *part(DEEP, 4)]):
        data = {**form, **dict.fromkeys(fields, text), "form_key": f"{number:032x}"}
        answer = client.post(post.path(house), data)
        assert answer.status_code < 500, repr(text[:40])
        let_go(answer)


@pytest.mark.parametrize("name", part(acting_names(), 2))
def test_bodies_that_are_no_form(name: str, house: House):
    client = open_browser(house.person("author"))
    for body, kind in (
        *((text.encode(), "application/json") for text in DEEP),
        (b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>", "text/xml"),
        (b"\x00" * 1_000, "application/octet-stream"),
        (b"form_key=" + b"a" * 1_000_000, "application/x-www-form-urlencoded"),
    ):
        answer = client.post(path_of(name, house), body, content_type=kind)
        assert 300 <= answer.status_code < 500, kind
        let_go(answer)


@pytest.mark.parametrize("name", part(READ, 3))
def test_odd_questions_to_every_public_page(name: str, house: House):
    client = open_browser()
    path = path_of(name, house)
    for text in [*part(ODD, 4), *part(PAYLOADS, 12), "x" * 3_000]:
        answer = client.get(path, dict.fromkeys(ASKED, text))
        assert answer.status_code < 500, repr(text[:40])
        if answer.status_code == 200 and answer.headers.get("Content-Type", "").startswith("text/html"):
            root, mistakes = read_page(answer.content.decode())
            assert found_on(name, root) == [], text
            assert mistakes == [], text
        let_go(answer)


@pytest.mark.parametrize("name", part(names(), 2))
def test_nul_and_broken_bytes_in_an_address(name: str, house: House):
    client = open_browser(house.person("author"))
    for query in ("q=a%00b", "q=%ff%fe", "place=%c3%28", "next=%00", "before=%ed%a0%80"):
        answer = client.get(path_of(name, house), QUERY_STRING=query)
        assert answer.status_code == 400 if "%00" in query else answer.status_code < 500, query
        let_go(answer)


@pytest.mark.parametrize(
    "payload", [*PAYLOADS[:12], "../../votes.csv", "\u202evsc.setov", "a" * 300 + ".csv", "con", ".csv"]
)
def test_hostile_names_of_files(payload: str, house: House):
    """Of an import and of a picture: refused or taken, shown as words, never run and never a path."""
    client = open_browser(house.person("author"))
    for name, field, content in (
        ("deliberation:import_new", "folder", VOTES.encode()),
        ("deliberation:change_picture", "picture", b"not a picture"),
    ):
        post = next(one for one in POSTS if one.name == name)
        form = {key: value for key, value in post.with_key(client, house).items() if key != "folder"}
        sent = SimpleUploadedFile("x.csv", content)
        sent.name = payload
        files = [sent, SimpleUploadedFile("comments.csv", COMMENTS.encode())] if field == "folder" else sent
        answer = client.post(path_of(name, house), {**form, field: files}, follow=True)
        assert answer.status_code < 500
        root, mistakes = read_page(answer.content.decode())
        assert found_on(name, root) == []
        assert mistakes == []


@pytest.mark.skipif(not SECURITY.is_dir(), reason=f"no corpora at {SECURITY}")
@pytest.mark.real_data
@pytest.mark.full
@pytest.mark.parametrize("post", POSTS, ids=str)
def test_all_naughty_strings_in_every_field(post: Post, house: House):
    client = post.browser(house)
    form = {name: value for name, value in post.with_key(client, house).items() if name != "folder"}
    fields = [name for name in form if name not in ("form_key", "csrfmiddlewaretoken")]
    strings = json.loads((SECURITY / "blns.json").read_text(encoding="utf-8"))
    for number, text in enumerate(map(str, strings)):
        data = {**form, **dict.fromkeys(fields, text), "form_key": f"{number:032x}"}
        answer = client.post(post.path(house), data)
        assert answer.status_code < 500, text
        let_go(answer)

"""Who may open and send what: every URL, GET and POST, every kind of person, against the written table."""

from __future__ import annotations

import uuid
from functools import lru_cache
from pathlib import Path

import pytest
from django.test import Client

from addresses import names, path_of
from forms import let_go, open_browser
from house import ROLES, House
from turns import part

TABLE = Path(__file__).with_name("permissions.txt")
METHODS = ("GET", "POST")
OTHER_METHODS = ("PUT", "PATCH", "DELETE")

pytestmark = pytest.mark.django_db


@lru_cache(maxsize=1)
def table() -> dict[tuple[str, str], dict[str, str]]:
    """(URL name, method) → role → what is answered."""
    rows: dict[tuple[str, str], dict[str, str]] = {}
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        name, method, *answers = line.split()
        assert (name, method) not in rows, f"twice in the table: {name} {method}"
        assert len(answers) == len(ROLES), f"{name} {method}: {len(ROLES)} answers are expected"
        rows[name, method] = dict(zip(ROLES, answers, strict=True))
    return rows


def ask(client: Client, method: str, path: str) -> str:
    """The answer in the table's words; a POST carries a form key and nothing else."""
    if method == "GET":
        response = client.get(path)
    elif method == "POST":
        response = client.post(path, {"form_key": uuid.uuid4().hex})
    else:
        response = client.generic(method, path)
    let_go(response)
    if response.status_code == 302 and "/sign-in/?next=" in response["Location"]:
        return "sign-in"
    return str(response.status_code)


def test_the_table_and_the_urls_are_the_same():
    assert sorted({name for name, _method in table()}) == names()
    assert {method for _name, method in table()} == set(METHODS)
    assert len(table()) == len(METHODS) * len(names())


@pytest.mark.parametrize("name", names())
def test_everybody_at_every_page(name: str, house: House):
    wrong = []
    for method in METHODS:
        for role in ROLES:
            expected = table().get((name, method), {}).get(role, "no line in the table")
            got = ask(open_browser(house.person(role)), method, path_of(name, house))
            if got != expected:
                wrong.append(f"{method} {role}: {got}, the table says {expected}")
    assert not wrong, f"{name}\n" + "\n".join(wrong)


@pytest.mark.parametrize("name", part(names(), 2))
def test_no_page_knows_other_methods(name: str, house: House):
    answers = {
        f"{method} {role}": ask(open_browser(house.person(role)), method, path_of(name, house))
        for method in OTHER_METHODS
        for role in ("visitor", "author")
    }
    assert set(answers.values()) == {"405"}, answers


@pytest.mark.parametrize("name", part(names(), 2, offset=1))
def test_head_says_what_get_says(name: str, house: House):
    for role in ("visitor", "author"):
        path = path_of(name, house)
        got = open_browser(house.person(role)).get(path)
        head = open_browser(house.person(role)).head(path)
        let_go(got)
        let_go(head)
        assert head.status_code == got.status_code
        assert head.streaming or head.content == b""

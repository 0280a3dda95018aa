"""My keys for programs: made and ended by their owner alone, shown once, kept as digests."""

from __future__ import annotations

import re

import pytest

from forms import open_browser, send
from house import House
from keys import key_for
from tequio.audit.models import Record
from tequio.base.errors import Refused
from tequio.guards.models import FormKey
from tequio.opendata.enums import Scope
from tequio.opendata.models import ProgramKey
from tequio.opendata.permissions import can_end, can_make, visible_to
from tequio.opendata.selectors.keys import key_of
from tequio.opendata.services.keys import MOST_KEYS, end_key, make_key

pytestmark = pytest.mark.django_db
PATH = "/en/account/keys/"
FORM = {"do": "make", "name": "My map", "scopes": ["items:read", "comments:write"], "days": "30"}


def test_a_new_key_is_shown_once(house: House):
    client = open_browser(house.person("member"))
    assert send(client, PATH, FORM).status_code == 302
    (secret,) = re.findall(r"tequio_[\w-]{43}", client.get(PATH).content.decode())
    assert secret not in client.get(PATH).content.decode()
    key = key_of(secret)
    assert key is not None
    assert (key.name, key.scopes, key.person) == (
        "My map",
        ["comments:write", "items:read"],
        house.person("member"),
    )
    assert secret not in str(list(FormKey.objects.values())) + str(list(ProgramKey.objects.values()))
    assert Record.objects.filter(act="program_key.make").count() == 1


def test_the_same_form_twice_makes_one(house: House):
    client = open_browser(house.person("member"))
    form = {**FORM, "form_key": "0" * 32}
    for _ in range(2):
        assert client.post(PATH, form).status_code == 302
    assert ProgramKey.objects.count() == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"name": ""},
        {"scopes": []},
        {"scopes": ["all:write"]},
        {"days": "9999"},
        {"days": ""},
        {"name": "x" * 61},
    ],
)
def test_what_is_not_right_is_said(changes: dict, house: House):
    answer = send(open_browser(house.person("member")), PATH, {**FORM, **changes})
    assert answer.status_code == 422
    assert "errs" in answer.content.decode()
    assert not ProgramKey.objects.exists()


def test_ending_ones_own_and_no_others(house: House):
    key_for(house.person("member"))
    key = ProgramKey.objects.get()
    other = open_browser(house.person("author"))
    assert send(other, PATH, {"do": "end", "key": key.pk}).status_code == 404
    assert send(other, PATH, {"do": "end", "key": "x"}).status_code == 404
    assert send(open_browser(house.person("member")), PATH, {"do": "end", "key": key.pk}).status_code == 302
    key.refresh_from_db()
    assert not key.is_good
    assert "ended on" in open_browser(house.person("member")).get(PATH).content.decode()


def test_who_may(house: House):
    member, guest, author = house.person("member"), house.person("guest"), house.person("author")
    key_for(member)
    key = ProgramKey.objects.get()
    assert can_make(member)
    assert not can_make(guest)
    assert not can_make(None)
    assert list(visible_to(member)) == [key]
    assert [list(visible_to(one)) for one in (author, guest, None)] == [[], [], []]
    assert can_end(member, key)
    assert not can_end(author, key)
    assert not can_end(None, key)
    with pytest.raises(Refused):
        end_key(key, by=author)
    with pytest.raises(Refused):
        make_key("x", ["items:read"], 30, by=guest)
    for wrong in (("", ["items:read"], 30), ("x", [], 30), ("x", ["root"], 30), ("x", ["items:read"], 31)):
        with pytest.raises(ValueError, match="a key has"):
            make_key(*wrong, by=member)


def test_not_more_than_so_many(house: House):
    for _ in range(MOST_KEYS):
        key_for(house.person("member"), "items:read")
    answer = send(open_browser(house.person("member")), PATH, FORM)
    assert answer.status_code == 422
    assert "many keys" in answer.content.decode()
    assert ProgramKey.objects.count() == MOST_KEYS
    end_key(ProgramKey.objects.first(), by=house.person("member"))
    assert send(open_browser(house.person("member")), PATH, FORM).status_code == 302


def test_the_guide_names_every_operation(house: House):
    for language in ("es", "en", "fr"):
        page = open_browser().get(f"/{language}/api/").content.decode()
        for path in ("/api/v1/items/{pk}/comments", "/api/v1/statements/{pk}/vote", "/api/v1/key"):
            assert path in page
    assert "comments:write" in page
    assert len(Scope.values) == len({str(label) for label in Scope.labels})

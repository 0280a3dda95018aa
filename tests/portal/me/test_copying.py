"""A copy of all that is hers: complete, readable, harmless, and nobody else's."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from canaries import plant_everything
from forms import open_browser, send
from tequio.base.actor import SYSTEM
from tequio.base.errors import Refused
from tequio.files.models import Block, StoredFile
from tequio.files.services import store_made
from tequio.ideas.deliberation.models import StatementVote
from tequio.ideas.deliberation.services.answering import answer_statement, write_statement
from tequio.people.models import Person, Role
from tequio.people.services import grant_role
from tequio.portal.me.enums import CopyState
from tequio.portal.me.models import DataCopy
from tequio.portal.me.selectors.belongings import belongings, secrets_of
from tequio.portal.me.selectors.telling import Table
from tequio.portal.me.services import copying
from tequio.portal.me.services.packing import read_archive
from tequio.portal.me.types.walk import Whose
from tequio.portal.me.types.words import COLUMNS, TABLES

pytestmark = pytest.mark.django_db


def copy_of(person: Person, language: str = "en") -> dict[str, bytes]:
    out = io.BytesIO()
    copying.write_archive(person, out, language=language)
    out.seek(0)
    return read_archive(out)


def test_every_row_of_every_exported_model_is_in_it(make_member, conversation):
    person = make_member("Kanari.Zimmer")
    planter = plant_everything(person, conversation, "kanari.zimmer@example.org")
    files = copy_of(person)
    data = json.loads(files["data.json"])
    exported = {one.label: one for one in belongings() if one.rule.export}
    assert set(data["tables"]) == set(exported)
    assert [label for label in exported if not data["tables"][label]] == []
    text = files["data.json"].decode() + files["index.html"].decode()
    by_label = {label.lower(): one for label, one in exported.items()}
    for word, where in planter.planted.items():
        label, column = where.lower().rsplit(".", 1)
        is_shown = label in by_label and column not in secrets_of(by_label[label])
        is_bytes = (
            is_shown and by_label[label].model._meta.get_field(column).get_internal_type() == "BinaryField"
        )
        assert (word in text) == (is_shown and not is_bytes), where


def test_what_it_says(conversation, member):
    answer_statement(conversation.statements.get(number=0), 1, is_important=True, by=member)
    write_statement(conversation, "=HYPERLINK(evil)", language="en", by=member)
    files = copy_of(member)
    page = files["index.html"].decode()
    assert "A repair must take at most two days." in page
    assert "mina@example.org" in page
    assert "My answers" in page
    assert "deliberation" not in page
    answers = files["tables/my-answers.csv"].decode("utf-8-sig")
    head, row = answers.splitlines()
    assert head == "Conversation,Statement,Answer,Matters a lot to me,When"
    assert row.startswith(
        "How should our neighbourhoods get online?,A repair must take at most two days.,Agree,yes,"
    )
    assert "'=HYPERLINK(evil)" in files["tables/statements-i-wrote.csv"].decode("utf-8-sig")
    assert "password" not in files["data.json"].decode()


def ask(client):
    return send(client, "/en/me/data/")


def test_it_is_written_by_a_job_and_handed_to_her_alone(member, guest, alice, conversation):
    answer_statement(conversation.statements.get(number=0), 1, by=member)
    client = open_browser(member)
    assert ask(client)["Location"] == "/en/me/data/"
    row = DataCopy.objects.get()
    page = client.get("/en/me/data/").content.decode()
    assert "It begins in a moment" in page
    assert '<meta http-equiv="refresh"' in page
    DataCopy.objects.update(state="running", done=5, total=20)
    assert 'value="25"' in client.get("/en/me/data/").content.decode()
    assert "5 of 20 rows are written." in client.get("/en/me/data/").content.decode()
    copying.write_copy(row.pk)
    row.refresh_from_db()
    assert (row.state, row.done) == (CopyState.DONE, row.total)
    page = client.get("/en/me/data/").content.decode()
    path = f"/en/me/data/{row.uid}.zip"
    assert path in page
    assert "http-equiv" not in page
    got = client.get(path)
    body = b"".join(got.streaming_content) if got.streaming else got.content
    assert "index.html" in read_archive(io.BytesIO(body))
    assert got["Content-Disposition"].startswith("attachment")
    for other in (open_browser(guest), open_browser(alice), open_browser()):
        assert other.get(path).status_code == 404
    send(client, "/en/sign-out/")
    assert client.get(path).status_code == 404


def test_a_copy_dies_with_the_account_the_week_and_the_role_of_being_active(member):
    client = open_browser(member)
    ask(client)
    row = DataCopy.objects.get()
    copying.write_copy(row.pk)
    path = f"/en/me/data/{row.uid}.zip"
    assert client.get(path).status_code == 200
    Person.objects.filter(pk=member.pk).update(is_active=False)
    assert client.get(path).status_code == 404
    Person.objects.filter(pk=member.pk).update(is_active=True)
    DataCopy.objects.update(asked_at=timezone.now() - timedelta(days=7, seconds=1))
    assert client.get(path).status_code == 404
    assert copying.prune_copies() == 1
    assert not StoredFile.objects.exists()
    assert not Block.objects.exists()


def test_three_a_day_and_one_at_a_time(member):
    client = open_browser(member)
    for _number in range(3):
        assert ask(client).status_code == 302
        assert ask(client).status_code == 302, "one that is being written is the answer"
        copying.write_copy(DataCopy.objects.latest("pk").pk)
    assert DataCopy.objects.count() == 3
    assert ask(client).status_code == 429


def test_what_goes_wrong_is_said(member, monkeypatch):
    ask(open_browser(member))
    row = DataCopy.objects.get()

    def full(*args, **kwargs):
        raise OSError("disk full")

    monkeypatch.setattr(copying, "store_made", full)
    with pytest.raises(OSError, match="disk full"):
        copying.write_copy(row.pk)
    assert "This copy did not work." in open_browser(member).get("/en/me/data/").content.decode()
    assert not StoredFile.objects.exists()
    assert ask(open_browser(member)).status_code == 302


def test_nothing_is_written_for_who_left_meanwhile(member):
    ask(open_browser(member))
    row = DataCopy.objects.get()
    Person.objects.filter(pk=member.pk).update(is_active=False)
    copying.write_copy(row.pk)
    assert not StoredFile.objects.exists()
    member.refresh_from_db()
    with pytest.raises(Refused):
        copying.ask_copy(member, by=member)


def test_nobody_asks_for_the_copy_of_another(member, alice):
    with pytest.raises(Refused):
        copying.ask_copy(member, by=alice)
    assert ask(open_browser()).status_code == 404


def test_uploads_are_in_it_under_their_names_and_cannot_climb_out(member):
    for name in ("plan.txt", "plan.txt", "../../etc/passwd", ".hidden"):
        stored = store_made(name, "text/plain", io.BytesIO(b"one " * 100_000))
        StoredFile.objects.filter(pk=stored.pk).update(by=member)
    files = copy_of(member)
    names = sorted(name for name in files if name.startswith("files/"))
    assert len(names) == 4
    assert {"files/plan.txt", "files/plan-2.txt"} <= set(names)
    assert all(".." not in name.split("/") and name.count("/") == 1 for name in names)
    assert files["files/plan.txt"] == b"one " * 100_000


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-x", "@sum", "\tx", "\rx", "'=x"])
def test_cells_are_harmless_and_numbers_stay_numbers(cell, conversation, member):
    Person.objects.filter(pk=member.pk).update(name=cell, year_of_birth=1990)
    rows = list(
        csv.reader(io.StringIO(copy_of(member)["tables/about-me.csv"].decode("utf-8-sig"), newline=""))
    )
    found = dict(zip(*rows, strict=True))
    assert found["Name"] == "'" + cell
    assert found["Year of birth"] == "1990"


def test_times_are_by_her_own_clock(member, lome, bilbao, conversation):
    answer_statement(conversation.statements.get(number=0), 1, by=member)
    moment = datetime(2026, 7, 1, 12, 0, tzinfo=UTC)
    StatementVote.objects.update(at=moment)
    Person.objects.filter(pk=member.pk).update(home=bilbao)
    assert (
        "2026-07-01 14:00:00" in copy_of(Person.objects.get(pk=member.pk))["tables/my-answers.csv"].decode()
    )


def test_names_of_others_are_not_in_it(member, alice, lome):
    row = grant_role(member, "translator", lome, by=SYSTEM, reason="She speaks Ewe.")
    Role.objects.filter(pk=row.pk).update(granted_by=alice)
    files = copy_of(member)
    whole = b"".join(files.values()).decode("utf-8", "replace")
    assert "She speaks Ewe." in whole
    assert "Alice" not in whole


def test_every_exported_table_and_column_has_a_word():
    missing = []
    for one in belongings():
        if one.rule.export:
            missing += [] if one.label in TABLES else [one.label]
            columns = Table(one, Whose((), frozenset())).columns
            missing += [f"{one.label}.{field.name}" for field in columns if field.name not in COLUMNS]
    assert missing == [], "\n".join(missing)

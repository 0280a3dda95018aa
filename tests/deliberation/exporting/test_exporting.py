"""A conversation to take along: what is in the folder, what is not, and that it comes back the same."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import UTC, datetime, timedelta

import pytest

from exports import shared_data
from tequio.base.actor import SYSTEM
from tequio.catalogue.models import Item
from tequio.formats.polis import PolisExport, export_texts, read_folder
from tequio.guards.middleware import STORE
from tequio.ideas.deliberation.importers import import_folder
from tequio.ideas.deliberation.models import OpinionMap, Participant, StatementVote
from tequio.ideas.deliberation.selectors.exporting import FILES
from tequio.ideas.deliberation.services import conversations as organising
from tequio.ideas.deliberation.services.answering import answer_statement, write_statement
from tequio.ideas.deliberation.services.moderation import (
    decline_statement,
    mark_meta,
    merge_statement,
    publish_statement,
)
from tequio.people.services import begin_guest

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(db):
    return [begin_guest(language="en") for _ in range(4)]


@pytest.fixture
def answered(conversation, people, mora):
    """Three seeds, one written and shown, one declined, one merged, one held; four people answered."""
    written = write_statement(conversation, "=SUM(A1:A9) is no way to decide.", language="en", by=people[0])
    declined = write_statement(conversation, "Buy my shoes, they are cheap.", language="en", by=people[1])
    twin = write_statement(conversation, "Prices have to be on a wall.", language="en", by=people[1])
    write_statement(conversation, "This one nobody has read yet.", language="en", by=people[2])
    publish_statement(written, by=mora)
    publish_statement(twin, by=mora)
    seeds = list(conversation.statements.filter(is_seed=True).select_related("item", "conversation__item"))
    for index, person in enumerate(people[:3]):
        for number, seed in enumerate(seeds):
            answer_statement(seed, (index + number) % 3 - 1, is_important=index == number, by=person)
    twin.refresh_from_db()
    twin.item.refresh_from_db()
    answer_statement(twin, 1, by=people[3])
    answer_statement(twin, -1, by=people[0])
    merge_statement(twin, seeds[1], by=mora)
    decline_statement(declined, reason="spam", by=mora)
    mark_meta(seeds[2], is_meta=True, by=mora)
    return conversation


def fetch(client, conversation, name="zip"):
    path = f"/en/conversations/{conversation.pk}/"
    answer = client.get(path + ("export.zip" if name == "zip" else f"export/{name}"))
    if answer.status_code != 200:
        return answer.status_code, b""
    if not answer.streaming:
        return 200, answer.content
    content = b"".join(answer.streaming_content)
    # Only the file: closing the answer would end the connection of the test's transaction.
    for close in answer._resource_closers:
        close()
    return 200, content


def rows(content):
    return list(csv.DictReader(io.StringIO(content.decode())))


def unpacked(content, folder):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        archive.extractall(folder)
    return folder


def test_what_is_in_the_folder(client, answered, tmp_path):
    status, content = fetch(client, answered)
    assert status == 200
    unpacked(content, tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(FILES)
    comments = {row["comment-id"]: row for row in rows((tmp_path / "comments.csv").read_bytes())}
    assert set(comments) == {"0", "1", "2", "3", "4", "5"}, "what waits for a moderator is left out"
    assert (comments["4"]["moderated"], comments["4"]["comment-body"]) == ("-1", "")
    assert comments["3"]["comment-body"] == "'=SUM(A1:A9) is no way to decide."
    assert comments["5"]["merged-into"] == "1"
    assert comments["2"]["is-meta"] == "1"
    assert comments["0"]["is-seed"] == "1"
    assert "shoes" not in (tmp_path / "comments.csv").read_text()
    facts = dict(csv.reader(io.StringIO((tmp_path / "summary.csv").read_text())))
    assert facts["topic"] == "How should our neighbourhoods get online?"
    assert (facts["voters"], facts["comments"], facts["commenters"]) == ("4", "6", "2")
    assert facts["url"] == f"http://testserver/en/conversations/{answered.pk}/"


def test_people_are_numbers_that_lead_nowhere(client, answered, people):
    votes = rows(fetch(client, answered, "votes.csv")[1])
    assert {row["voter-id"] for row in votes} == {"0", "1", "2", "3"}
    everything = b"".join(fetch(client, answered, name)[1] for name in FILES).decode()
    for person in people:
        assert str(person.uid) not in everything


def test_an_answer_to_a_merged_statement_stands_for_the_other(client, answered):
    votes = rows(fetch(client, answered, "votes.csv")[1])
    assert "5" not in {row["comment-id"] for row in votes}
    on_target = {row["voter-id"]: row["vote"] for row in votes if row["comment-id"] == "1"}
    assert on_target == {"0": "0", "1": "1", "2": "-1", "3": "1"}, (
        "her own answer there counts before the merged one"
    )


def test_those_who_were_shut_out_do_not_count(client, answered, people):
    Participant.objects.filter(person=people[0]).update(is_banned=True)
    assert "0" not in {row["voter-id"] for row in rows(fetch(client, answered, "votes.csv")[1])}


def test_moderators_get_the_words_of_what_was_declined(browser_of, mora, answered):
    comments = rows(fetch(browser_of(mora), answered, "comments.csv")[1])
    assert "Buy my shoes, they are cheap." in [row["comment-body"] for row in comments]
    assert "nobody has read" not in str(comments)


def test_streamed_files_are_those_of_the_formats_own_writer(client, answered, tmp_path):
    """Byte for byte what `formats.polis` writes of the same conversation."""
    unpacked(fetch(client, answered)[1], tmp_path)
    texts = export_texts(read_folder(tmp_path))
    for name in FILES:
        assert (tmp_path / name).read_text() == texts[name], name


def same(one: PolisExport, other: PolisExport) -> bool:
    first, second = one.votes.last_votes(), other.votes.last_votes()
    return (
        first.participants.tolist() == second.participants.tolist()
        and first.statements.tolist() == second.statements.tolist()
        and first.column.tolist() == second.column.tolist()
        and first.vote.tolist() == second.vote.tolist()
        and one.comments == other.comments
        and one.zeroed == other.zeroed
        and one.votes.timestamp.tolist() == other.votes.timestamp.tolist()
        and one.votes.important.tolist() == other.votes.important.tolist()
    )


def test_what_is_exported_and_imported_is_the_same(browser_of, alice, answered, lome, tmp_path):
    first = unpacked(fetch(browser_of(alice), answered)[1], tmp_path / "first")
    again = import_folder(first, territory=lome, language="en", by=SYSTEM)
    second = unpacked(fetch(browser_of(alice), again)[1], tmp_path / "second")
    assert same(read_folder(first), read_folder(second))
    for name in ("votes.csv", "participants-votes.csv", "comments.csv"):
        assert (first / name).read_bytes() == (second / name).read_bytes(), name


def test_moments_are_cut_to_the_millisecond_and_come_back_the_same(
    browser_of, alice, answered, lome, tmp_path
):
    """The table knows microseconds: a moment just before a second stays before it, and moments that the file cannot
    tell apart stand in an order that the file does say."""
    votes = StatementVote.objects.filter(statement__conversation=answered).order_by(
        "statement_id", "-participant_id"
    )
    begun = datetime(2026, 3, 1, 9, 30, 54, 999_501, tzinfo=UTC)
    for index, vote in enumerate(votes):
        StatementVote.objects.filter(pk=vote.pk).update(at=begun + timedelta(microseconds=index))
    Item.objects.filter(pk__in=answered.statements.values("item_id")).update(
        made_at=begun + timedelta(microseconds=400)
    )
    first = unpacked(fetch(browser_of(alice), answered)[1], tmp_path / "first")
    with (first / "votes.csv").open() as lines:
        assert {(row["timestamp"], row["datetime"]) for row in csv.DictReader(lines)} == {
            (
                str(int(datetime(2026, 3, 1, 9, 30, 54, tzinfo=UTC).timestamp()) * 1000 + 999),
                "2026-03-01T09:30:54Z",
            )
        }
    again = import_folder(first, territory=lome, language="en", by=SYSTEM)
    second = unpacked(fetch(browser_of(alice), again)[1], tmp_path / "second")
    for name in ("votes.csv", "participants-votes.csv", "comments.csv"):
        assert (first / name).read_bytes() == (second / name).read_bytes(), name


def test_the_matrix_brings_the_same_answers(client, answered, lome, tmp_path):
    unpacked(fetch(client, answered)[1], tmp_path)
    votes = read_folder(tmp_path).votes.last_votes()
    (tmp_path / "votes.csv").unlink()
    matrix = read_folder(tmp_path).votes.last_votes()
    assert matrix.vote.tolist() == votes.vote.tolist()
    assert matrix.participants.tolist() == votes.participants.tolist()
    again = import_folder(tmp_path, territory=lome, language="en", by=SYSTEM)
    assert StatementVote.objects.filter(statement__conversation=again).count() == len(votes)


@pytest.mark.real_data
def test_a_real_conversation_comes_back_the_same(client, lome, tmp_path):
    folder = shared_data() / "polis" / "vtaiwan.uberx"
    if not folder.is_dir():
        pytest.skip("no real data under TEQUIO_SHARED_DATA or ../shared/data")
    conversation = import_folder(folder, territory=lome, language="zh", by=SYSTEM)
    unpacked(fetch(client, conversation)[1], tmp_path)
    before, after = read_folder(folder), read_folder(tmp_path)
    first, second = before.votes.last_votes(), after.votes.last_votes()
    assert second.participants.tolist() == first.participants.tolist()
    assert second.vote.tolist() == first.vote.tolist()
    assert after.zeroed == before.zeroed
    shown = {one.id: one.body.strip() for one in before.comments if one.moderated != -1}
    assert {one.id: one.body for one in after.comments if one.moderated != -1} == shown


def test_cells_no_spreadsheet_runs(client, conversation, people, mora, tmp_path, lome):
    hostile = ["=1+1 and so on", "+1 for masts", "-1 for masts", "@all neighbours", "'=already marked here"]
    for index, text in enumerate(hostile):
        publish_statement(write_statement(conversation, text, language="en", by=people[index % 4]), by=mora)
    unpacked(fetch(client, conversation)[1], tmp_path)
    bodies = [row["comment-body"] for row in rows((tmp_path / "comments.csv").read_bytes())]
    assert not [body for body in bodies if body[0] in "=+-@\t\r"]
    assert [one.body for one in read_folder(tmp_path).comments if not one.is_seed] == hostile
    for row in rows(fetch(client, conversation, "votes.csv")[1]):
        assert row["vote"].lstrip("-").isdigit()


def test_who_may_take_it(browser_of, client, conversation, alice, bob, charlie, member, guest):
    assert [
        fetch(browser_of(one), conversation)[0] for one in (alice, bob, charlie, member, guest, None)
    ] == [200] * 6
    organising.withdraw_conversation(conversation, by=alice)
    seen = [fetch(browser_of(one), conversation)[0] for one in (alice, bob, charlie, member, guest, None)]
    assert seen == [200, 200, 404, 404, 404, 404]


@pytest.mark.parametrize("name", ["secrets.csv", "..%2Fvotes.csv", "votes.csv.gz", "%3Cscript%3E"])
def test_other_names_are_not_there(client, conversation, name):
    assert client.get(f"/en/conversations/{conversation.pk}/export/{name}").status_code == 404
    assert client.get("/en/conversations/999999/export.zip").status_code == 404
    assert client.get("/en/conversations/999999/results.json").status_code == 404


def test_it_comes_as_a_file_and_is_not_kept(client, conversation, browser_of, alice):
    answer = client.get(f"/en/conversations/{conversation.pk}/export/votes.csv")
    assert answer["Content-Disposition"] == f'attachment; filename="conversation-{conversation.pk}-votes.csv"'
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert not answer.cookies
    for path in ("export.zip", "export/votes.csv", "results.json", "moderate/"):
        assert browser_of(alice).post(f"/en/conversations/{conversation.pk}/{path}").status_code == 405


def test_thirty_an_hour(client, conversation, monkeypatch):
    monkeypatch.setattr("tequio.ideas.deliberation.views.exporting.EXPORTS_AN_HOUR", 2)
    assert [fetch(client, conversation)[0] for _ in range(3)] == [200, 200, 429]
    answer = client.get(f"/en/conversations/{conversation.pk}/export.zip")
    assert answer["Retry-After"] == "600"


def test_an_empty_conversation_can_be_exported(client, alice, lome, tmp_path):
    from people import words

    plan = organising.Plan(question=words("Empty?"), background={}, languages=["en"])
    empty = organising.open_conversation(plan, territory=lome, by=alice)
    unpacked(fetch(client, empty)[1], tmp_path)
    assert (tmp_path / "votes.csv").read_text() == "timestamp,datetime,comment-id,voter-id,vote,important\n"


def test_results_as_json(client, conversation, alice):
    path = f"/en/conversations/{conversation.pk}/results.json"
    empty = client.get(path).json()
    assert empty == {"conversation": conversation.pk, "made_at": None, "k": 0, "groups": []}
    STORE.clear()
    old = OpinionMap.objects.create(conversation=conversation, result={"k": 2, "note": "é"}, people=b"secret")
    new = OpinionMap.objects.create(conversation=conversation, result={"k": 3})
    assert client.get(path).json()["k"] == 3
    answer = client.get(path, {"map": old.pk})
    assert answer.json()["k"] == 2
    assert "é" in answer.content.decode()
    assert b"secret" not in answer.content
    for odd in ("x", "-1", "9" * 30, str(new.pk + 99)):
        assert client.get(path, {"map": odd}).status_code == 404
    organising.withdraw_conversation(conversation, by=alice)
    STORE.clear()
    assert client.get(path).status_code == 404


def test_a_large_folder_comes_from_a_file(client, answered, monkeypatch):
    small = fetch(client, answered, "votes.csv")[1]
    monkeypatch.setattr("tequio.ideas.deliberation.views.exporting.IN_MEMORY", 10)
    assert fetch(client, answered, "votes.csv")[1] == small

"""What an export folder becomes, and that it becomes it whole or not at all."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from exports import COMMENTS, VOTES, packed, zipped
from tequio.audit.models import Record
from tequio.catalogue.models import Item, ItemCount, SearchText
from tequio.catalogue.selectors import search
from tequio.ideas.deliberation.models import (
    Conversation,
    ConversationImport,
    ImportFile,
    Participant,
    Statement,
    StatementVote,
)
from tequio.ideas.deliberation.permissions import can_answer, visible_to
from tequio.ideas.deliberation.services import importing

pytestmark = pytest.mark.django_db
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def moment(milliseconds):
    return EPOCH + timedelta(milliseconds=milliseconds)


def test_the_folder_becomes_a_closed_conversation(bring, folder, lome, guest):
    row = bring(folder, licence="CC BY 4.0, somebody")
    assert (row.state, row.trouble) == ("done", {})
    conversation = row.conversation
    item = conversation.item
    assert (str(item.title["en"]["text"]), item.territory, item.state) == (
        "How do we get online?",
        lome,
        "published",
    )
    assert conversation.background["en"]["text"] == "The line\nis slow."
    assert item.opens_at == moment(1435650000000)
    assert item.closes_at == moment(1435654199000)
    assert not can_answer(guest, conversation)
    assert visible_to(None).filter(pk=conversation.pk).exists()
    assert conversation.source["url"] == "https://example.org/talk"
    assert conversation.source["licence"] == "CC BY 4.0, somebody"
    count = ItemCount.objects.get(item=item)
    assert (count.parts, count.people, count.acts) == (2, 2, 4)
    assert Record.objects.get(act="conversation.import").data["votes"] == 4
    assert not ImportFile.objects.exists(), "the files stay only until it is done"


def test_statements_keep_number_words_day_author_and_state(bring, folder):
    conversation = bring(folder).conversation
    statements = list(conversation.statements.select_related("item", "author"))
    assert [(one.number, str(one.words), one.item.state) for one in statements] == [
        (0, "Prices, on the wall.", "published"),
        (1, "Repairs in two days.", "published"),
        (2, "Buy my shoes.", "declined"),
    ]
    assert [one.author.source for one in statements] == [7, 11, 7]
    assert statements[1].item.published_at == moment(1435650000500)
    assert conversation.next_number == 3
    assert SearchText.objects.filter(item__part_of=conversation.item).count() == 3
    assert ItemCount.objects.filter(item__part_of=conversation.item).count() == 3
    assert [item.pk for item in search(None, "online")] == [conversation.pk]


def test_people_come_as_numbers_and_their_last_answer_counts(bring, folder):
    conversation = bring(folder).conversation
    people = Participant.objects.filter(conversation=conversation).order_by("source")
    assert [(one.source, one.person, one.answers) for one in people] == [
        (7, None, 2),
        (9, None, 2),
        (11, None, 0),
    ]
    votes = StatementVote.objects.filter(statement__conversation=conversation)
    found = {(v.participant.source, v.statement.number): (v.value, v.at) for v in votes.select_related()}
    assert found[7, 0] == (-1, moment(1435654192085)), "at equal times the later line"
    assert found[9, 2] == (1, moment(1435654199000))
    assert people[0].began_at == moment(1435654192085)
    assert len(found) == 4


@pytest.mark.parametrize("shape", [packed, zipped, lambda files: zipped(packed(files), inside="")])
def test_gz_and_zip_are_the_same(bring, folder, shape):
    row = bring(shape(folder))
    assert row.state == "done"
    assert row.conversation.item.count.acts == 4


def test_the_matrix_will_do_instead(bring, folder):
    matrix = b"participant,group-id,n-comments,n-votes,n-agree,n-disagree,0,1,2\n7,,0,2,0,1,-1,0,\n9,,0,2,2,0,1,,1\n"
    row = bring(
        {"participants-votes.csv": matrix, "comments.csv": folder["comments.csv"]}, question="Matrix?"
    )
    assert row.state == "done"
    assert StatementVote.objects.count() == 4
    assert row.conversation.item.title["en"]["text"] == "Matrix?"


def test_merged_meta_seed_and_important_come_along(bring, folder):
    comments = (
        "timestamp,comment-id,author-id,moderated,is-meta,is-seed,merged-into,comment-body\n"
        "1,0,7,1,0,1,,First\n1,1,7,1,true,0,,Age?\n1,2,7,1,0,0,3,Second\n1,3,7,1,0,0,0,Third\n"
    )
    votes = "timestamp,comment-id,voter-id,vote,important\n1435654192,0,7,1,1\n1435654192,2,7,1,0\n"
    conversation = bring(
        {**folder, "comments.csv": comments.encode(), "votes.csv": votes.encode()}
    ).conversation
    found = {one.number: one for one in conversation.statements.select_related("merged_into")}
    assert found[0].is_seed
    assert found[1].is_meta
    assert found[2].merged_into.number == 0, "through the statement that was merged itself"
    assert StatementVote.objects.get(statement=found[0]).is_important
    assert StatementVote.objects.get(statement=found[0]).at == moment(1435654192000), "seconds are understood"


@pytest.mark.parametrize(
    ("name", "content", "file", "line", "column", "expected"),
    [
        ("votes.csv", VOTES.replace(",9,1\n", ",9,yes\n", 1), "votes.csv", 5, "vote", "1 (agree), 0 (pass) or -1"),
        ("votes.csv", VOTES.replace(",9,1\n", ",x,1\n", 1), "votes.csv", 5, "voter-id", "a whole number"),
        ("votes.csv", VOTES + "1,2\n", "votes.csv", 7, None, "5 cells"),
        ("votes.csv", VOTES.replace("vote\n", "veto\n", 1), "votes.csv", 1, None, "a column “vote”"),
        ("votes.csv", VOTES + "1,,5,7,1\n", "comments.csv", None, "comment-id", "every statement that was voted on"),
        ("comments.csv", COMMENTS.replace(",7,1,1,1,", ",7,1,1,5,"), "comments.csv", 2, "moderated", "-1, 0 or 1"),
        ("comments.csv", COMMENTS + "1,,0,7,0,0,1,Again\n", "comments.csv", 5, "comment-id", "each statement once"),
        ("comments.csv", COMMENTS + "1,,3,7,0,0,1,\n", "comments.csv", None, "comment-body", "words"),
        ("comments.csv", COMMENTS + "1,,-4,7,0,0,1,x\n", "comments.csv", None, "comment-id", "a number from 0"),
        ("comments.csv", COMMENTS + f"1,,4,7,0,0,1,{'x' * 2001}\n", "comments.csv", None, "comment-body", "at most 2,000"),
        ("comments.csv", "comment-id,comment-body\n", "comments.csv", None, None, "at least one statement"),
        ("comments.csv", COMMENTS.replace("comment-body", "merged-into,comment-body").replace(",1,\"", ",1,0,\"")
         .replace(",0,Rep", ",0,,Rep").replace("-1,Buy", "-1,,Buy"), "comments.csv", None, "merged-into", "another statement"),
        ("comments.csv", b"\xff\xfe\x00", "comments.csv", 1, None, "text"),
        ("summary.csv", "url,https://example.org\n", "summary.csv", None, None, "a topic, or a question"),
        ("summary.csv", "topic\n", "summary.csv", 1, None, "a name and a value"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_and_nothing_is_imported(
    bring, browser_of, alice, folder, name, content, file, line, column, expected
):
    row = bring({**folder, name: content if isinstance(content, bytes) else content.encode()})
    assert row.state == "failed"
    assert (row.trouble["file"], row.trouble["line"], row.trouble["column"]) == (file, line, column)
    page = browser_of(alice).get(f"/en/conversations/import/{row.uid}/").content.decode()
    assert "Nothing was imported" in page
    assert expected in page
    assert not Conversation.objects.exists()
    assert not Item.objects.exists()
    assert not Participant.objects.exists()
    assert not ImportFile.objects.exists()


def test_when_something_breaks_at_the_end_nothing_stays(bring, folder, alice, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("disk full")

    monkeypatch.setattr("tequio.ideas.deliberation.services.taking_in.ask_for_map", broken)
    with pytest.raises(RuntimeError):
        bring(folder)
    row = ConversationImport.objects.get()
    assert (row.state, row.trouble) == ("failed", {"said": "broken"})
    assert not Item.objects.exists()
    assert not StatementVote.objects.exists()


def test_run_again_it_does_nothing_more(bring, folder):
    row = bring(folder)
    importing.run_import(row.pk)
    importing.run_import(10**9)
    assert Conversation.objects.count() == 1


def test_who_lost_the_role_imports_nothing(browser_of, alice, lome, folder):
    from django.utils import timezone

    row = importing.ask_for_import(list(folder.items()), territory=lome, language="en", by=alice)
    alice.roles.update(ended_at=timezone.now())
    importing.run_import(row.pk)
    row.refresh_from_db()
    assert row.state == "failed"
    assert not Conversation.objects.exists()


def test_votes_without_a_time_get_that_of_the_import(bring, folder):
    votes = "timestamp,comment-id,voter-id,vote\n0,0,7,1\n99999999999999999,1,7,1\n-5,0,9,1\n"
    conversation = bring({**folder, "votes.csv": votes.encode()}).conversation
    for vote in StatementVote.objects.all():
        assert abs((vote.at - conversation.item.published_at).total_seconds()) < 60


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "https://" + "x" * 600]
)
def test_only_an_ordinary_address_becomes_a_link(bring, folder, url):
    summary = f'topic,"T?"\nurl,"{url}"\n'.encode()
    assert bring({**folder, "summary.csv": summary}).conversation.source["url"] == ""


def test_statements_without_words_stay_hidden(bring, folder, client):
    comments = COMMENTS.replace("Buy my shoes.", "")
    conversation = bring({**folder, "comments.csv": comments.encode()}).conversation
    hidden = Statement.objects.get(conversation=conversation, number=2)
    assert hidden.item.title == {}
    assert client.get(f"/en/statements/{hidden.pk}/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_the_table_is_tidied_after_an_import(bring, folder):
    """VACUUM lets the map job read the index alone."""
    before = vacuums()
    assert bring(folder).state == "done"
    assert vacuums() == before + 1


def vacuums() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush()")
        cursor.execute(
            "SELECT vacuum_count FROM pg_stat_user_tables WHERE relname = 'deliberation_statementvote'"
        )
        return cursor.fetchone()[0]

"""Comments from tables: answers under what they answer, once, with what is wrong named by row and column."""

from __future__ import annotations

from pathlib import Path

import pytest

from people import words
from tequio.audit.models import Record
from tequio.base.actor import SYSTEM
from tequio.base.errors import Refused
from tequio.config.cli import build_parser
from tequio.discussions.importers import Origin, import_comments, look_through
from tequio.discussions.models import Comment
from tequio.discussions.services.bringing import bring_comments
from tequio.discussions.services.tallying import tally
from tequio.formats.table import Table
from tequio.ideas.proposals.services import Words, write_idea
from tequio.opendata import commands

pytestmark = pytest.mark.django_db
HEAD = "id,item,text_es,text_eu,side,reply_to,signed,made_at"


@pytest.fixture
def write(tmp_path: Path, item):
    def written(*lines: str, head: str = HEAD) -> Table:
        path = tmp_path / "comments.csv"
        path.write_text("\n".join([head, *lines]).replace("ITEM", str(item.pk)) + "\n", encoding="utf-8")
        return Table(path)

    return written


def take_in(table: Table, source: str = "test"):
    return import_comments(table, Origin(source), by=SYSTEM)


def test_a_comment_and_its_answer(write, item):
    table = write(
        "1,ITEM,Falta una línea,Lerro bat falta,,,Ane,2025-03-01", "2,ITEM,Aquí también,,,1,,01/03/2025"
    )
    report = take_in(table)
    assert (report.rows, report.made, report.wrong_rows) == (2, 2, 0)
    first, second = Comment.objects.order_by("external_id")
    assert first.words["es"]["status"] == "original"
    assert first.words["eu"]["status"] == "human"
    assert (first.signed, first.author, first.item, first.state) == ("Ane", None, item, "published")
    assert (second.reply_to, second.made_at.isoformat()) == (first, "2025-03-01T12:00:00+00:00")
    assert Record.objects.get(act="comment.bring").data["made"] == 2
    tally(item.pk)
    item.discussion.refresh_from_db()
    assert item.discussion.comments == 2


def test_again_and_an_answer_that_comes_later(write):
    assert take_in(write("1,ITEM,Uno,,,,,")).made == 1
    again = take_in(write("1,ITEM,Uno,,,,,", "2,ITEM,Dos,,,1,,"))
    assert (again.made, again.known) == (1, 1)
    assert Comment.objects.get(external_id="2").reply_to.external_id == "1"
    assert take_in(write("1,ITEM,Uno,,,,,"), source="elsewhere").made == 1


@pytest.mark.parametrize(
    ("lines", "column", "line"),
    [
        (["1,ITEM,,,,,,"], "text", 2),
        ([",ITEM,Uno,,,,,"], "id", 2),
        (["1,1999999,Uno,,,,,"], "item", 2),
        (["1,x,Uno,,,,,"], "item", 2),
        (["1,,Uno,,,,,"], "item", 2),
        (["1,ITEM,Uno,,,7,,"], "reply_to", 2),
        (["1,ITEM,Uno,,both,,,"], "side", 2),
        (["1,ITEM,Uno,,for,,,"], "side", 2),
        (["1,ITEM,Uno,,,,,", "2,ITEM,Dos,,for,1,,"], "side", 3),
        (["1,ITEM,Uno,,,,,", "1,ITEM,Dos,,,,,"], "id", 3),
        (["1,ITEM,Uno,,,,,", "2,ITEM,Dos,,,1,,", "3,ITEM,Tres,,,2,,"], "reply_to", 4),
        ([f"1,ITEM,{'x' * 2001},,,,,"], "text_es", 2),
        ([f"1,ITEM,Uno,,,,{'x' * 81},"], "signed", 2),
        (["1,ITEM,Uno,,,,,2999-01-01"], "made_at", 2),
    ],
)
def test_what_is_wrong_is_named(lines: list[str], column: str, line: int, write):
    table = write(*lines)
    report = look_through(table, Origin("test"))
    assert [(one.line, one.column) for one in report.troubles] == [(line, column)]
    assert not Comment.objects.exists()
    done = take_in(table)
    assert (done.made, done.wrong_rows) == (len(lines) - 1, 1)


def test_an_answer_belongs_to_the_item_of_its_comment(write, item, alice):
    for_and_against = write_idea(
        Words(title=words("Here")), territory=item.territory, languages=["en"], by=alice
    )
    table = write("1,ITEM,Uno,,,,,", f"2,{for_and_against.pk},Dos,,,1,,", f"3,{for_and_against.pk},Tres,,,,,")
    assert [(one.line, one.column) for one in look_through(table, Origin("test")).troubles] == [
        (3, "reply_to"), (4, "side"),
    ]  # fmt: skip


def test_only_operators_bring_comments(write, item, alice):
    with pytest.raises(Refused):
        bring_comments([], source="test", by=alice)


def test_the_command(write, item, capsys):
    table = write("1,Uno,for", head="id,text_es,signed")
    arguments = ["import", "comments", str(table.path), "--item", str(item.pk), "--language", "es"]
    assert commands.run(build_parser(["import"]).parse_args([*arguments, "--preview"])) == 0
    assert not Comment.objects.exists()
    assert commands.run(build_parser(["import"]).parse_args(arguments)) == 0
    assert Comment.objects.get().source == "comments"

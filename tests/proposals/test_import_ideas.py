"""Ideas from tables: what is right comes in once, what is wrong is named by row and column."""

from __future__ import annotations

import os
import resource
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from processes_at_hand import process_of
from tequio.audit.models import Record
from tequio.base.actor import SYSTEM
from tequio.base.command_line import CommandFailed
from tequio.catalogue.models import Item
from tequio.catalogue.selectors import search
from tequio.config.cli import build_parser
from tequio.formats.errors import FormatError
from tequio.formats.table import Table, write_row
from tequio.ideas.processes.models import Entry
from tequio.ideas.proposals.importers.ideas import Origin, import_ideas, look_through
from tequio.ideas.proposals.models import Idea
from tequio.opendata import commands
from tequio.territories.models import Territory

pytestmark = pytest.mark.django_db
HEAD = "id,title_es,title_en,summary_es,what_es,why_es,for_whom_es,cost,currency,made_at,url,supports"
GOOD = (
    'a-1,Agua para Tepito,Water for Tepito,Una cisterna,"<p>Una cisterna para<br>el mercado.</p><p>Ya.</p>",'
    "No hay agua,Puestos,120000.50,MXN,2025-03-01,https://example.org/1,12"
)


@pytest.fixture
def write(tmp_path: Path):
    def written(*lines: str, ends: str = "\n", head: str = HEAD, raw: bytes | None = None) -> Table:
        path = tmp_path / "ideas.csv"
        path.write_bytes(raw if raw is not None else (ends.join([head, *lines]) + ends).encode())
        return Table(path)

    return written


@pytest.fixture
def origin(lome: Territory) -> Origin:
    return Origin("test", lome, "CC BY 4.0")


def take_in(table: Table, origin: Origin):
    return import_ideas(table, origin, by=SYSTEM)


def test_an_idea_with_all_its_parts(write, origin):
    report = take_in(write(GOOD), origin)
    assert (report.rows, report.made, report.known, report.wrong_rows) == (1, 1, 0, 0)
    idea = Idea.objects.select_related("item", "source").get()
    assert idea.item.title["es"]["status"] == "original"
    assert idea.item.title["en"] | {"at": ""} == {
        "text": "Water for Tepito", "status": "human", "by": "", "at": "", "of": idea.item.title["en"]["of"],
    }  # fmt: skip
    assert idea.what["es"]["text"] == "Una cisterna para\nel mercado.\n\nYa."
    assert (idea.cost, idea.currency, str(idea.amount)) == (12_000_050, "MXN", "120000.50")
    assert (idea.source.name, idea.source.licence, idea.external_id) == ("test", "CC BY 4.0", "a-1")
    assert (idea.supports_there, idea.item.state, idea.item.author) == (12, "published", None)
    assert idea.item.published_at.isoformat() == "2025-03-01T12:00:00+00:00"
    assert list(search(None, "cisterna")) == [idea.item]
    record = Record.objects.get(act="idea.bring")
    assert (record.actor, record.data["made"]) == ("system", 1)


def test_again_makes_nothing_twice(write, origin):
    take_in(write(GOOD), origin)
    again = take_in(write(GOOD, GOOD.replace("a-1", "a-2")), origin)
    assert (again.made, again.known) == (1, 1)
    assert take_in(write(GOOD), Origin("elsewhere", origin.territory)).made == 1
    assert Idea.objects.count() == 3


@pytest.mark.parametrize(
    "raw",
    [
        ("\ufeff" + HEAD + "\r\n" + GOOD + "\r\n").encode(),
        (b"id;title_es\r\na;Uno, dos\r\n"),
        b"id\ttitle_es\na\tUno\n",
        b"id,title_es\n\n\na,Uno",
    ],
)
def test_marks_separators_and_line_ends(raw: bytes, write, origin):
    assert take_in(write(raw=raw), origin).made == 1


def test_what_a_spreadsheet_would_run_comes_back_as_it_was(write, origin):
    titles = ["=1+1", "+34 600", "-5 %", "@todos", "'=quoted", "plain", "'tis"]
    lines = "".join(write_row([str(number), title]) for number, title in enumerate(titles))
    take_in(write(raw=(write_row(["id", "title_es"]) + lines).encode()), origin)
    found = Idea.objects.order_by("external_id").values_list("item__title__es__text", flat=True)
    assert list(found) == titles
    cells = [line.split(",")[1] for line in lines.splitlines()]
    assert not [cell for cell in cells if cell[1] in "=+-@"]


@pytest.mark.parametrize(
    ("changes", "column", "says"),
    [
        ({"id": ""}, "id", "missing"),
        ({"title_es": "", "title_en": ""}, "title", "title_es"),
        ({"title_es": "x" * 201}, "title_es", "200"),
        ({"cost": "much"}, "cost", "1200"),
        ({"currency": "XYZ"}, "currency", "three letters"),
        ({"currency": ""}, "currency", "three letters"),
        ({"made_at": "yesterday"}, "made_at", "day"),
        ({"made_at": "2999-01-01"}, "made_at", "day"),
        ({"url": "javascript:alert(1)"}, "url", "https"),
        ({"supports": "-1"}, "supports", "whole number"),
        ({"territory": "XX"}, "territory", "XX"),
        ({"title_nope9": "x"}, "title_nope9", "language tag"),
    ],
)
def test_what_is_wrong_is_named(changes: dict[str, str], column: str, says: str, write, origin):
    cells = {"id": "a", "title_es": "Uno", "cost": "5", "currency": "EUR"} | changes
    table = write(write_row(list(cells.values())).strip(), head=",".join(cells))
    report = look_through(table, origin)
    assert [(one.line, one.column) for one in report.troubles] == [(2, column)]
    assert says in str(report.troubles[0])
    assert (report.made, report.wrong_rows) == (0, 1)
    assert take_in(table, origin).made == 0


def test_rows_without_a_place_or_with_an_id_twice(write, origin):
    table = write("a,Uno", "a,Dos", head="id,title_es")
    report = look_through(table, origin)
    assert (report.made, [one.line for one in report.troubles]) == (1, [3])
    assert [one.column for one in look_through(table, Origin("test")).troubles] == ["territory", "territory"]


def test_troubles_speak_the_operators_language(write, origin):
    table = write("a,Uno,nunca", head="id,title_es,made_at")
    with translation.override("es"):
        (trouble,) = look_through(table, origin).troubles
    assert "made_at" in str(trouble)


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"", "names of the columns"), (b"\n", "names of the columns"), (b"id,id\na,b\n", "twice"),
        (b"id,title_es\na\n", "2 cells"), (b"id,title_es\na,\xff\n", "UTF-8"), (b"id,title_es\na,b\x00\n", "NUL"),
        (b'id,title_es\na,"b\n', "CSV"),
    ],
)  # fmt: skip
def test_what_is_no_table(raw: bytes, says: str, write, origin):
    with pytest.raises(FormatError, match=says):
        take_in(write(raw=raw), origin)
    assert not Idea.objects.exists()


def run_command(*arguments: str) -> int:
    return commands.run(build_parser(["import"]).parse_args(["import", *arguments]))


def test_the_command_previews_and_writes(write, lome, capsys):
    table = write(GOOD, "b,,,,,,,,,,,")
    common = ["ideas", str(table.path), "--territory", lome.code, "--source", "command", "--language", "en"]
    assert run_command(*common, "--preview") == 1
    said = capsys.readouterr()
    assert "2 rows: 1 new, 0 here already, 1 wrong." in said.out
    assert "line 3, column “Title” (title)" in said.err
    assert not Item.objects.filter(kind="idea").exists()
    with pytest.raises(CommandFailed, match="skip-wrong"):
        run_command(*common)
    assert not Item.objects.filter(kind="idea").exists()
    assert run_command(*common, "--skip-wrong") == 0
    assert "Written: 1. Here already: 0." in capsys.readouterr().out
    assert run_command(*common, "--skip-wrong") == 0
    assert "Written: 0. Here already: 1." in capsys.readouterr().out


def test_the_command_says_what_it_cannot(write, lome, tmp_path):
    table = write(GOOD)
    for arguments, says in (
        (["ideas", str(tmp_path / "none.csv")], "none.csv"),
        (["ideas", str(table.path), "--territory", "XX"], "no place"),
        (["ideas", str(table.path), "--process", "99999"], "no process 99999"),
        (["ideas", str(table.path), "--column", "x"], "OURS=THEIRS"),
        (["ideas", str(table.path), "--column", "title_es=titulo"], "titulo"),
        (["comments", str(table.path), "--item", "1999999"], "no item"),
    ):
        with pytest.raises(CommandFailed, match=says):
            run_command(*arguments)


REAL = (
    Path(os.environ.get("TEQUIO_SHARED_DATA", Path(__file__).parents[3] / "shared/data"))
    / "proposals/decide_madrid_proposals.csv"
)
MADRID = {
    "title_es": "title",
    "what_es": "description",
    "supports": "cached_votes_up",
    "made_at": "created_at",
    "withdrawn_at": "retired_at",
}


@pytest.mark.real_data
def test_the_proposals_of_a_city(origin):
    """2,738 real ones: all of them, once, with few queries and flat memory."""
    if not REAL.exists():
        pytest.skip(f"no real data at {REAL}")
    table = Table(REAL, renamed=MADRID)
    looked = look_through(table, origin)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with CaptureQueriesContext(connection) as queries:
        report = take_in(table, origin)
    assert (report.made, report.wrong_rows) == (looked.made, looked.wrong_rows)
    assert report.rows == 2_738
    assert report.made + report.wrong_rows == 2_738
    assert report.wrong_rows <= 5
    assert len(queries) <= report.rows * 0.1
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 60 << 10
    texts = Idea.objects.values_list("what__es__text", flat=True)
    assert not [text for text in texts if text and ("<p>" in text or "&nbsp;" in text)]
    assert take_in(table, origin).made == 0


def test_they_enter_a_process(write, lome):
    process = process_of(lome, SYSTEM)
    table, origin = write(GOOD, GOOD.replace("a-1", "a-2")), Origin("elsewhere", lome, process=process)
    assert take_in(table, origin).made == 2
    assert Entry.objects.filter(process=process, item__kind="idea").count() == 2
    again = take_in(table, origin)
    assert (again.made, again.known) == (0, 2)

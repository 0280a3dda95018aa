"""Problems from a table and into one, and the hub of a place."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from forms import let_go, open_browser
from house import House
from people import words
from tequio.base.actor import SYSTEM
from tequio.base.errors import Refused
from tequio.catalogue.enums import LinkKind
from tequio.catalogue.models import Item, Link
from tequio.formats.table import Table
from tequio.ideas.proposals.importers.ideas import Origin
from tequio.ideas.proposals.importers.problems import import_problems, look_through
from tequio.ideas.proposals.models import Problem
from tequio.ideas.proposals.selectors.mapping import drawn, map_of, read_frame
from tequio.ideas.proposals.services.bringing_problems import BroughtProblem, bring_problems
from tequio.ideas.proposals.services.problems import ProblemWords
from tequio.territories.models import Territory
from tequio.territories.services import rebuild_paths, save_territory

pytestmark = pytest.mark.django_db
HEAD = "id,title_en,title_fr,what_en,how_often,territory,place_name,point,made_at\n"
GOOD = HEAD + (
    'p1,"The pump is dry",La pompe est vide,Since May,daily,{code},Well street,"6.13,1.22",2026-05-02\n'
    "p2,The bridge shakes,,,,{code},,,\n"
)
WRONG = HEAD + (
    "p1,The pump,,,often,{code},,,\n"
    "p2,,,,,{code},,,\n"
    "p3,A wall,,,,XX,,,\n"
    "p4,A road,,,,,,north,\n"
    "p5,One,,,,{code},,,\n"
    "p5,Two,,,,{code},,,\n"
)


def table(tmp_path: Path, text: str, house: House) -> Table:
    path = tmp_path / "problems.csv"
    path.write_text(text.format(code=house.place.code), encoding="utf-8")
    return Table(path)


def test_a_file_is_brought_once(house: House, tmp_path: Path):
    origin = Origin("Elsewhere", licence="CC0")
    found = table(tmp_path, GOOD, house)
    assert (look_through(found, origin).made, Problem.objects.filter(source__isnull=False).count()) == (2, 0)
    for made in (2, 0):
        report = import_problems(table(tmp_path, GOOD, house), origin, by=SYSTEM)
        assert (report.rows, report.made, report.known, report.wrong_rows) == (2, made, 2 - made, 0)
    pump = Problem.objects.select_related("item", "source").get(external_id="p1")
    assert (pump.how_often, pump.item.place_name, pump.item.latitude) == ("daily", "Well street", 6.13)
    assert (pump.source.licence, pump.item.published_at.year, pump.item.author) == ("CC0", 2026, None)
    client = open_browser()
    assert "La pompe est vide" in client.get(f"/fr/problems/{pump.pk}/").content.decode()
    assert "pump" in client.get("/en/problems/?q=pump").content.decode()


def test_every_mistake_is_said_with_its_line(house: House, tmp_path: Path):
    report = look_through(table(tmp_path, WRONG, house), Origin("Elsewhere"))
    said = {(trouble.line, trouble.column) for trouble in report.troubles}
    assert said == {
        (2, "how_often"),
        (3, "title"),
        (4, "territory"),
        (5, "territory"),
        (5, "point"),
        (7, "id"),
    }
    assert (report.rows, report.wrong_rows, report.made) == (6, 5, 1)


def test_who_may_bring(house: House):
    rows = [BroughtProblem("1", ProblemWords(title=words("A wall leans.")), house.place)]
    with pytest.raises(Refused):
        bring_problems(rows, source="Elsewhere", by=house.person("member"))
    assert bring_problems(rows, source="Elsewhere", by=house.person("author")) == 1
    assert bring_problems(rows, source="Elsewhere", by=house.person("author")) == 0


def rows_of(path: str) -> list[dict[str, str]]:
    answer = open_browser().get(path)
    text = answer.getvalue().decode("utf-8-sig")
    let_go(answer)
    return list(csv.DictReader(io.StringIO(text)))


def test_taking_problems_along(house: House, twin: House):
    Item.objects.filter(pk=house.notes["problem"].pk).update(place_name="=HYPERLINK(1)")
    (row,) = rows_of(f"/en/problems/export.csv?place={house.place.code}")
    assert row["title"] == "The drain of the market overflows."
    assert (row["people"], row["territory"], row["how_often"]) == ("1", house.place.code, "weekly")
    assert row["place_name"] == "'=HYPERLINK(1)"
    assert row["point"] == "6.137,1.223"
    assert len(rows_of("/en/problems/export.csv")) == 2


def test_not_too_often(house: House, monkeypatch):
    monkeypatch.setattr("tequio.ideas.proposals.views.taking_along.EXPORTS_AN_HOUR", 0)
    assert open_browser().get("/en/problems/export.csv").status_code == 429


class TestHub:
    def test_what_stands_there(self, house: House):
        page = open_browser().get(f"/en/ideas/in/{house.place.code}/").content.decode()
        for text in (
            "The drain of the market overflows.", "A boat for the lagoon.", "Internet for all", "Report a problem",
            f"Map of Place {house.tag}", "Behind the market",
        ):  # fmt: skip
            assert text in page
        assert house.secret not in page
        assert open_browser().get("/en/ideas/in/nowhere/").status_code == 404

    def test_an_empty_place_says_what_to_do_first(self, house: House):
        page = open_browser().get("/en/ideas/in/QC-lome/").content.decode()
        for text in ("You can be the first.", "There is no idea here yet.", "No process is open here."):
            assert text in page
        assert "<svg viewBox" not in page

    def test_it_is_linked_from_the_place_and_the_door(self, house: House):
        hub = f"/en/ideas/in/{house.place.code}/"
        assert hub in open_browser().get(f"/en/places/{house.place.code}/").content.decode()
        door = open_browser().get(f"/en/doors/ideas/?place={house.place.code}")
        assert hub in door.content.decode()


def test_a_problem_shows_the_ideas_against_it(house: House):
    Link.objects.create(source=house.idea.item, target=house.notes["problem"].item, kind=LinkKind.ANSWERS)
    page = open_browser().get(f"/en/problems/{house.notes['problem'].pk}/").content.decode()
    assert "A boat for the lagoon." in page
    assert "Nobody has proposed anything yet." not in page


def test_maps_name_the_places_around(house: House):
    for code, north, east in (("A", 6.137, 1.223), ("B", 6.138, 1.224), ("C", 6.17, 1.25), ("D", 7.0, 1.2)):
        save_territory(
            code=f"TG-{code}", kind="district", name=words(f"Ward {code}"), zone="Africa/Lome", languages=["fr"],
            population=10, point=(north, east), by=SYSTEM,
        )  # fmt: skip
    rebuild_paths(by=SYSTEM)
    field = read_frame("6.137,1.223,16")
    assert field is not None
    assert [str(one.words) for one in drawn(field).names] == ["Ward A", "Ward C"]
    across = read_frame("0,179.99,50")
    assert across is not None
    assert drawn(across).names == ()
    assert map_of(None, Territory.objects.get(code="TG-D")) is not None
    assert map_of(None, Territory.objects.get(code="QC-lome")) is None
    whole = map_of(None, house.place)
    assert whole is not None
    assert (len(whole.marks), whole.more, whole.scale_words) == (1, 0, "1 km")

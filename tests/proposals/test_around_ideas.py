"""What stands around an idea: similar ones, pictures, a table to take along, the API, weight and queries."""

from __future__ import annotations

import csv
import gzip
import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from forms import let_go, open_browser, send
from house import House
from people import words
from tequio.base.multilingual import original_text
from tequio.discussions.services.tallying import tally
from tequio.discussions.services.writing import write_comment
from tequio.ideas.processes.models import Entry
from tequio.ideas.proposals.models import Idea
from tequio.ideas.proposals.selectors.alike import alike
from tequio.ideas.proposals.selectors.detail import idea_page, ideas_for_reading
from tequio.ideas.proposals.services import Words, write_idea
from tequio.ideas.proposals.services.supporting import support_idea
from tequio.people.services import begin_guest

pytestmark = pytest.mark.django_db


def idea(house: House, title: str, what: str = "") -> Idea:
    said = Words(title=words(title), what=words(what) if what else {})
    return write_idea(said, territory=house.place, languages=["en"], by=house.people["member"])


def test_the_nearest_first_of_the_place_alone(house: House, twin: House):
    near = idea(house, "Shade trees on the market square")
    idea(house, "Shade trees on every square", "Trees along the market.")
    idea(house, "A library for the harbour")
    idea(twin, "Shade trees on the market square")
    found = alike("Shade trees on our market square", "Trees.", territory=house.place)
    assert found[0].item.pk == near.pk
    assert all(one.item.territory_id == house.place.pk for one in found)
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    assert all(one.score == pytest.approx(one.why.score) for one in found)
    assert not alike("de la", "", territory=house.place)
    assert near.pk not in [
        one.item.pk for one in alike("Shade trees market square", "", territory=house.place, but=near.pk)
    ]


def test_in_a_process_only_its_own(house: House):
    own, _other = idea(house, "A tap in every street"), idea(house, "A tap in each street")
    Entry.objects.create(item=own.item, process=house.process)
    found = alike("A tap in every street", "", territory=house.place, process=house.process)
    assert [one.item.pk for one in found] == [own.pk]


def test_what_is_not_shown_is_never_similar(house: House):
    title = f"A draft about {house.secret}."
    assert alike(title, "", territory=house.place) == []


def pictures_of(item: Any) -> list[Any]:
    return idea_page(None, ideas_for_reading(None).get(pk=item.pk)).pictures


def png(colour: str = "red") -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(out, "PNG")
    return SimpleUploadedFile("tree.png", out.getvalue(), "image/png")


def typed(**more: Any) -> dict[str, Any]:
    return {"title": "Palms by the harbour wall", "what": "Ten palms.", "language": "en", **more}


def test_pictures_are_kept_while_the_form_is_drawn_again(house: House):
    client = open_browser(house.person("member"))
    path = f"/en/ideas/new/?place={house.place.code}"
    page = send(client, path, typed(title="", picture=png(), picture_says="A palm"))
    assert page.status_code == 422
    token = page.context["pictures"].rows[0].token
    assert "Ten palms." in page.content.decode()
    wordless = send(client, path, typed(picture_kept=token, picture_says_0="", do="send"))
    assert "Say what this picture shows." in wordless.content.decode()
    not_one = send(client, path, typed(picture=SimpleUploadedFile("a.png", b"no picture"), do="send"))
    assert "This is not a JPEG" in not_one.content.decode()
    done = send(
        client, path, typed(picture_kept=[token, "forged"], picture_says_0="A palm", close_ones="seen")
    )
    assert done.status_code == 302
    made = Idea.objects.latest("pk")
    (shown,) = pictures_of(made.item)
    assert (original_text(shown.row.says), shown.picture.widest.width) == ("A palm", 40)
    edit = f"/en/ideas/{made.pk}/edit/"
    row = client.get(edit).context["pictures"].rows[0]
    again = {"title": "Palms", "what": "Ten.", "picture_kept": row.token, "picture_says_0": "Two palms"}
    assert send(client, edit, again).status_code == 302
    assert original_text(pictures_of(made.item)[0].row.says) == "Two palms"
    served = open_browser().get(f"/en/pictures/{pictures_of(made.item)[0].row.pk}/40/")
    assert served["Content-Type"] == "image/webp"
    let_go(served)
    row = client.get(edit).context["pictures"].rows[0]
    send(client, edit, {**again, "picture_kept": row.token, "picture_away_0": "on"})
    assert pictures_of(made.item) == []
    assert open_browser().get(f"/en/pictures/{shown.row.pk}/40/").status_code == 404


def test_a_table_that_no_spreadsheet_runs(house: House, twin: House, client: Client):
    danger = idea(house, "=HYPERLINK(1)", "+1+1")
    support_idea(danger, by=house.people["colleague"])
    Entry.objects.create(item=danger.item, process=house.process)
    answer = client.get(f"/en/ideas/export.csv?place={house.place.code}")
    rows = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    let_go(answer)
    assert {int(row["id"]) for row in rows} == {house.idea.pk, house.notes["pier"], danger.pk}
    row = next(row for row in rows if row["id"] == str(danger.pk))
    assert (row["title"], row["what"], row["supports"]) == ("'=HYPERLINK(1)", "'+1+1", "1")
    rows = [row for row in rows if row["id"] == str(house.idea.pk)]
    assert (rows[0]["cost"], rows[0]["currency"]) == ("900000", "XOF")
    answer = client.get(f"/en/ideas/export.csv?process={house.process.pk}")
    assert len(b"".join(answer.streaming_content).decode().splitlines()) == 2
    let_go(answer)
    assert client.get("/en/ideas/export.csv?place=XX-none").status_code == 404
    statuses = set()
    for _number in range(31):
        answer = client.get(f"/en/ideas/export.csv?place={house.place.code}")
        statuses.add(answer.status_code)
        let_go(answer)
    assert statuses == {200, 429}


def test_programs_read_how_many_support_it(house: House, client: Client):
    support_idea(house.idea, by=house.people["colleague"])
    Entry.objects.create(item=house.idea.item, process=house.process)
    one = client.get(f"/api/v1/ideas/{house.idea.pk}").json()
    assert (one["supports"], one["process"], one["authors"], one["joined_to"]) == (
        1,
        house.process.pk,
        ["Mina"],
        None,
    )
    listed = client.get(f"/api/v1/ideas?process={house.process.pk}").json()["ideas"]
    assert [row["id"] for row in listed] == [house.idea.pk]
    assert listed[0]["supports"] == 1


@pytest.mark.parametrize("role", ["visitor", "guest", "member", "moderator", "colleague", "steward"])
def test_the_page_with_25_comments_in_few_queries(
    role: str, house: House, django_assert_max_num_queries: Any
):
    for number in range(25):
        write_comment(
            house.idea.item, f"Word number {number} on it, said by somebody who knows the shore well.", language="en",
            side=("for", "against")[number % 2], by=begin_guest(language="en"),
        )  # fmt: skip
    tally(house.idea.pk)
    support_idea(house.idea, by=house.people["colleague"])
    Entry.objects.create(item=house.idea.item, process=house.process)
    client = open_browser(house.person(role))
    path = f"/en/ideas/{house.idea.pk}/"
    client.get(path)
    from tequio.guards.middleware import STORE

    STORE.clear()
    with django_assert_max_num_queries(12):
        page = client.get(path)
    weight = len(gzip.compress(page.content, 6))
    assert weight <= 14_000, weight

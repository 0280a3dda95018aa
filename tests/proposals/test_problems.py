"""Reporting a problem: as a guest on one page, with a point, with pictures; held, changed, withdrawn."""

from __future__ import annotations

import re
import time
from io import BytesIO

import pytest
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from forms import key_of, open_browser, send
from house import House
from markup import read_page
from people import words
from tequio.base.errors import Refused
from tequio.base.multilingual import original_text, version_of
from tequio.base.translatable import TRANSLATABLE, Typed
from tequio.base.trap import BEGAN, SALT
from tequio.catalogue.models import Item, Revision
from tequio.ideas.processes.models import Entry, PhaseFeature
from tequio.ideas.proposals.models import Illustration, Problem
from tequio.ideas.proposals.permissions import (
    can_change_problem,
    can_confirm,
    can_translate,
    problems_visible_to,
    process_of,
)
from tequio.ideas.proposals.services.problems import (
    ProblemWords,
    change_problem,
    report_problem,
    withdraw_problem,
)
from tequio.ideas.proposals.services.translating_problems import translate_problem
from tequio.ideas.proposals.types import Whereabouts
from tequio.people.services import begin_guest

pytestmark = pytest.mark.django_db
SAID = {"title": "The lamps of the bridge are dark.", "language": "en"}


def form_of(page) -> dict[str, str]:
    """The hidden fields of the form as a browser sends them back, a minute after it was drawn."""
    source = page.content.decode()
    drawn = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', source))
    minute_ago = str(int(time.time() * 1000) - 60_000)
    return {**drawn, BEGAN: signing.Signer(salt=SALT).sign(minute_ago)}


def report(client: Client, house: House, **typed: str):
    page = client.get(f"/en/problems/new/?place={house.place.code}")
    return client.post("/en/problems/new/", {**form_of(page), **SAID, **typed})


def test_a_visitor_reports_on_one_page_and_is_a_guest_then(house: House):
    client = open_browser()
    answer = report(
        client, house, what="Since March.", who_is_affected="Children.", how_often="daily",
        place_name="Old bridge", map_link="geo:6.14,1.22",
    )  # fmt: skip
    assert answer.status_code == 302
    problem = Problem.objects.select_related("item__author").latest("pk")
    item = problem.item
    assert (original_text(item.title), item.place_name, item.latitude) == (SAID["title"], "Old bridge", 6.14)
    assert item.author.is_guest
    assert (item.state, item.comments, problem.how_often) == ("published", "one", "daily")
    page = client.get(answer["Location"]).content.decode()
    for text in ("The lamps of the bridge", "Since March.", "Children.", "Old bridge", "Every day"):
        assert text in page
    assert (
        "The lamps of the bridge"
        in open_browser().get(f"/en/problems/?place={house.place.code}").content.decode()
    )


def test_nothing_typed_is_lost_where_something_is_wrong(house: House):
    answer = report(open_browser(), house, title="Dark", what="Since March.", latitude="6")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Since March." in page
    assert 'href="#id_title"' in page
    assert 'href="#id_longitude"' in page
    assert not Problem.objects.filter(item__title__en__text="Dark").exists()


def test_similar_ones_are_shown_first_and_one_may_send_all_the_same(house: House):
    client = open_browser()
    said = {"title": "The drain of the market overflows again."}
    answer = report(client, house, **said)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert f"/en/problems/{house.notes['problem'].pk}/confirm/" in page
    assert said["title"] in page
    sent = client.post("/en/problems/new/", {**form_of(answer), **SAID, **said})
    assert sent.status_code == 302


def test_a_press_on_the_map_chooses_a_point_and_loses_nothing(house: House):
    house.place.latitude, house.place.longitude = 6.137, 1.223
    house.place.save()
    client = open_browser()
    first = client.get(f"/en/problems/new/?place={house.place.code}")
    root, _mistakes = read_page(first.content.decode())
    (image,) = [one for one in root.all("input") if one.attributes.get("type") == "image"]
    assert client.get(image.attributes["src"])["Content-Type"] == "image/svg+xml"
    typed = {
        **form_of(first),
        **SAID,
        "title": "Dark",
        "what": "Since March.",
        "point.x": "136",
        "point.y": "0",
    }
    again = client.post("/en/problems/new/", typed)
    assert again.status_code == 200
    page = again.content.decode()
    assert "Since March." in page
    assert 'role="alert"' not in page
    latitude = re.search(r'name="latitude" value="([^"]+)"', page)
    assert latitude
    assert float(latitude[1]) == pytest.approx(6.137 + 8 / 111.195, abs=1e-3)  # half of 16 km to the north
    wide = client.post("/en/problems/new/", {**typed, "zoom": "out", "point.x": "", "point.y": ""})
    assert form_of(wide)["frame"].endswith(",64.000")
    by_key = client.post("/en/problems/new/", {**typed, "point.x": "0", "point.y": "0"})
    assert 'name="latitude" value=' not in by_key.content.decode()


def test_a_place_is_asked_for_where_nobody_said_one(house: House):
    page = open_browser().get("/en/problems/new/?words=Dark+lamps").content.decode()
    assert f'value="{house.place.code}"' in page
    assert 'value="Dark lamps"' in page
    for query in ("place=nowhere", "process=0", "process=x", f"process={house.conversation.pk}"):
        assert open_browser().get(f"/en/problems/new/?{query}").status_code == 404
    home = house.person("member")
    home.home = house.place
    home.save()
    assert "What goes wrong in" in open_browser(home).get("/en/problems/new/").content.decode()


def test_in_a_process_only_while_a_phase_opens_it(house: House):
    path = f"/en/problems/new/?process={house.process.pk}"
    assert open_browser().get(path).status_code == 403
    phase = house.process.phases.first()
    PhaseFeature.objects.create(phase=phase, act="create", kind="problem")
    client = open_browser()
    page = client.get(path)
    assert client.post("/en/problems/new/", {**form_of(page), **SAID}).status_code == 302
    problem = Problem.objects.latest("pk")
    assert process_of(problem) == house.process
    assert not can_confirm(None, problem)
    PhaseFeature.objects.create(phase=phase, act="support", kind="problem", who_may="members")
    problem = Problem.objects.select_related("item__entry__process__item").latest("pk")
    assert not can_confirm(None, problem)
    assert can_confirm(house.person("member"), problem)
    assert open_browser().get(f"/en/problems/{problem.pk}/confirm/").status_code == 403
    assert house.process.item.title["en"]["text"] in client.get(problem.item.path).content.decode()


def test_what_looks_like_advertising_waits_and_its_author_is_told(house: House):
    client = open_browser()
    answer = report(client, house, website="http://spam", what="BUY NOW http://a.b http://c.d")
    page = client.get(answer["Location"]).content.decode()
    assert "Waiting for a moderator" in page
    assert "somebody has looked at it" in page
    problem = Problem.objects.latest("pk")
    assert problem.item.state == "held"
    assert open_browser().get(answer["Location"]).status_code == 404
    assert not problems_visible_to(None).filter(pk=problem.pk).exists()
    assert not can_confirm(None, problem)


def test_three_on_the_first_day(house: House):
    guest = begin_guest(language="en")
    for number in range(3):
        report_problem(
            ProblemWords(title=words(f"Number {number} is broken.")), territory=house.place, by=guest
        )
    with pytest.raises(Refused, match="often"):
        report_problem(ProblemWords(title=words("One more.")), territory=house.place, by=guest)


def test_its_author_changes_words_and_the_history_shows_it(house: House):
    problem, guest = house.notes["problem"], house.person("guest")
    client = open_browser(guest)
    path = f"/en/problems/{problem.pk}/edit/"
    page = client.get(path)
    assert "The drain of the market overflows." in page.content.decode()
    typed = {
        "title": "The drain overflows each week.", "what": "", "who_is_affected": "Sellers and pupils.",
        "evidence": "Two feet of water in June.", "how_often": "", "why": "I counted.", "latitude": "", "longitude": "",
    }  # fmt: skip
    answer = client.post(path, {**form_of(page), **typed})
    assert answer.status_code == 302
    changed = Problem.objects.select_related("item").get(pk=problem.pk)
    assert original_text(changed.item.title) == typed["title"]
    assert (changed.what, changed.how_often, changed.item.latitude) == ({}, "", None)
    assert Revision.objects.filter(item=problem.pk).count() == 3
    assert client.post(path, {**form_of(client.get(path)), "title": "x"}).status_code == 422
    with pytest.raises(Refused):
        change_problem(
            problem, {**typed}, language="en", how_often="", where=Whereabouts(), by=house.person("author")
        )


def test_taking_it_back(house: House):
    problem, guest = house.notes["problem"], house.person("guest")
    assert can_change_problem(guest, problem)
    assert not can_change_problem(house.person("author"), problem)
    assert not can_change_problem(None, problem)
    client = open_browser(guest)
    assert send(client, f"/en/problems/{problem.pk}/edit/", {"do": "withdraw"}).status_code == 302
    assert open_browser().get(f"/en/problems/{problem.pk}/").status_code == 404
    assert "Withdrawn" in client.get(f"/en/problems/{problem.pk}/").content.decode()
    assert client.get(f"/en/problems/{problem.pk}/edit/").status_code == 404
    with pytest.raises(Refused):
        withdraw_problem(problem, by=guest)


def test_members_add_pictures_with_words(house: House):
    data = BytesIO()
    Image.new("RGB", (40, 30), "green").save(data, "PNG")
    client = open_browser(house.person("member"))
    page = client.get(f"/en/problems/new/?place={house.place.code}")
    assert 'name="picture"' in page.content.decode()
    fields = {**form_of(page), **SAID}

    def upload():
        return SimpleUploadedFile("lamp.png", data.getvalue(), "image/png")

    without = client.post("/en/problems/new/", {**fields, "picture": upload()})
    assert without.status_code == 422
    broken = {**fields, "picture": SimpleUploadedFile("a.png", b"no picture"), "picture_says": "A lamp."}
    assert client.post("/en/problems/new/", broken).status_code == 422
    answer = client.post("/en/problems/new/", {**fields, "picture": upload(), "picture_says": "A dark lamp."})
    assert answer.status_code == 302
    picture = Illustration.objects.latest("pk")
    assert original_text(picture.says) == "A dark lamp."
    shown = open_browser().get(answer["Location"]).content.decode()
    source = re.search(r'src="([^"]+/pictures/[^"]+)"', shown)
    assert source
    assert open_browser().get(source[1]).status_code == 200
    assert open_browser().get(source[1].replace("/40/", "/9/")).status_code == 404
    edit = f"/en/problems/{picture.item_id}/edit/"
    kept = {**form_of(client.get(edit)), **SAID, "picture_away_0": "on"}
    assert client.post(edit, kept).status_code == 302
    assert not Illustration.objects.filter(item=picture.item_id).exists()


def test_a_picture_of_what_is_not_shown_is_not_shown(house: House):
    path = f"/en/pictures/{house.notes['picture']}/2/"
    assert open_browser().get(path).status_code == 200
    Item.objects.filter(pk=house.notes["problem"].pk).update(state="withdrawn")
    assert open_browser().get(path).status_code == 404
    assert open_browser(house.person("guest")).get(path).status_code == 200


def test_words_in_other_languages(house: House):
    problem = house.notes["problem"]
    assert TRANSLATABLE["problem"].path_of(problem) == problem.item.path
    assert can_translate(house.person("steward"), problem)
    assert not can_translate(house.person("member"), problem)
    assert not can_translate(house.person("guest"), problem)
    typed = {"title": Typed({"fr": "Le caniveau déborde."}, version_of(problem.item.title))}
    translate_problem(problem, typed, by=house.person("steward"))
    assert "Le caniveau déborde." in open_browser().get(f"/fr/problems/{problem.pk}/").content.decode()
    assert "overflows" in open_browser().get(f"/fr/problems/{problem.pk}/?original=1").content.decode()
    with pytest.raises(Refused):
        translate_problem(problem, typed, by=house.person("member"))


def test_the_map_answers_only_to_a_square(house: House):
    client = open_browser()
    for query in ("", "frame=x", "frame=91,0,5", "frame=0,181,5", "frame=1,2"):
        assert client.get(f"/en/map.svg?{query}").status_code == 404
    page = client.get("/en/map.svg?frame=6.137,1.223,10&mark=6.14,1.22").content.decode()
    assert page.count("<svg") == 1
    assert "2 km" in page
    assert "#0b57c2" in page
    assert "#0b57c2" not in client.get("/en/map.svg?frame=6.137,1.223,10&mark=x").content.decode()


def test_entries_of_hidden_processes_are_open_to_nobody(house: House):
    problem = house.notes["problem"]
    Entry.objects.create(item=problem.item, process=house.process)
    row = Problem.objects.select_related("item__entry__process__item").get(pk=problem.pk)
    assert not can_confirm(house.person("member"), row)
    assert key_of(open_browser(house.person("member")).get(f"/en/problems/{problem.pk}/"))

"""Pictures of somebody without an account: few, looked at before anybody sees them, hers to take along."""

from __future__ import annotations

import io
import time
from typing import Any

import pytest
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from forms import key_of, open_browser, send
from house import House, some_picture
from people import words
from tequio.base.errors import Refused
from tequio.base.multilingual import original_text
from tequio.base.trap import BEGAN, SALT
from tequio.catalogue.models import Item, Screening
from tequio.files.models import StoredFile
from tequio.files.services import GUEST_UPLOADS_A_DAY, prune_orphans
from tequio.ideas.proposals.models import Idea, Illustration, Problem
from tequio.ideas.proposals.permissions import can_add_pictures
from tequio.ideas.proposals.services import Words
from tequio.ideas.proposals.services.illustrating import MOST_OF_A_GUEST, Shown, show_pictures
from tequio.ideas.proposals.services.problems import ProblemWords, change_problem, report_problem
from tequio.ideas.proposals.services.proposing import Proposal, propose_idea, send_draft
from tequio.ideas.proposals.types import Whereabouts
from tequio.moderation.selectors.desk import desk_of
from tequio.moderation.types import Thing
from tequio.people.models import Person
from tequio.people.services import become_member, begin_guest
from tequio.people.services.merging import merge_guest
from tequio.portal.me.services.erasing import erase_by_operator

pytestmark = pytest.mark.django_db
PROBLEM = {"title": "The pump of the school is broken.", "language": "en"}
IDEA = {"title": "Mend the school pump on Saturday", "what": "Together.", "language": "en", "do": "send"}


def png(colour: str = "red") -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(out, "PNG")
    return SimpleUploadedFile("pump.png", out.getvalue(), "image/png")


def filled(client: Client, path: str, typed: dict[str, Any]) -> Any:
    """As a person fills it in, a minute after it was drawn."""
    minute_ago = signing.Signer(salt=SALT).sign(str(int(time.time() * 1000) - 60_000))
    return send(client, path, {"form_key": key_of(client.get(path)), BEGAN: minute_ago, **typed})


def new_problem(house: House) -> str:
    return f"/en/problems/new/?place={house.place.code}"


def new_idea(house: House) -> str:
    return f"/en/ideas/new/?place={house.place.code}"


def shown(by: Person) -> Shown:
    return Shown(some_picture(by), words("A pump."))


def test_a_visitor_shows_the_pump_and_a_moderator_looks_first(house: House, client: Client):
    page = client.get(new_problem(house)).content.decode()
    assert "Somebody looks at your picture before anything is shown." in page
    assert "three pictures in all" in page
    answer = filled(client, new_problem(house), {**PROBLEM, "picture": png(), "picture_says": "The pump."})
    problem = Problem.objects.select_related("item__author", "item__screening").latest("pk")
    assert answer["Location"] == f"/en/problems/{problem.pk}/"
    guest = Person.objects.get(pk=client.session["guest"])
    assert (problem.item.state, problem.item.author) == ("held", guest)
    picture = problem.item.illustrations.select_related("file").get()
    assert (original_text(picture.says), picture.file.by) == ("The pump.", guest)
    path = f"/en/pictures/{picture.pk}/40/"
    for role, status in (("visitor", 404), ("member", 404), ("stranger", 404), ("moderator", 200)):
        assert open_browser(house.person(role)).get(path).status_code == status, role
    assert open_browser(guest).get(path).status_code == 200
    signs = [str(sign.words) for sign in desk_of(Thing(problem.item)).signs]
    assert signs[0].startswith("A guest added a picture.")
    desk = open_browser(house.person("moderator")).get(f"/en/moderation/item/{problem.pk}/")
    assert "A guest added a picture." in desk.content.decode()


def test_without_a_picture_nothing_waits_and_a_member_never_does(house: House, client: Client):
    filled(client, new_problem(house), PROBLEM)
    assert Item.objects.latest("pk").state == "published"
    member = open_browser(house.person("stranger"))
    said = {**PROBLEM, "title": "A lamp is broken.", "picture": png(), "picture_says": "A lamp."}
    filled(member, new_problem(house), said)
    assert Item.objects.latest("pk").state == "published"


def test_no_number_of_the_recipe_lets_it_through(house: House):
    guest = begin_guest(language="en")
    said = ProblemWords(title=words("A broken pump."), pictures=[shown(guest)])
    problem = report_problem(said, territory=house.place, by=guest)
    found = Screening.objects.get(item=problem.item)
    assert (problem.item.state, found.is_held, found.values["picture"]) == ("held", True, 1.0)
    assert found.score < 2.0


def test_the_idea_waits_also_where_it_was_a_draft(house: House):
    guest = begin_guest(language="en")
    said = Proposal(Words(title=words("Mend the pump"), what=words("On Saturday.")), pictures=[shown(guest)])
    assert propose_idea(said, territory=house.place, by=guest).item.state == "held"
    draft = propose_idea(said, territory=house.place, is_draft=True, by=guest)
    assert draft.item.state == "draft"
    assert send_draft(draft, by=guest).item.state == "held"


def test_three_at_most_and_what_is_typed_stays(house: House, client: Client):
    path, rows = new_idea(house), {}
    for number in range(MOST_OF_A_GUEST):
        page = send(
            client,
            path,
            {**IDEA, "do": "picture", "picture": png(), "picture_says": f"Side {number}", **rows},
        )
        assert page.status_code == 422
        assert 'id="errs"' not in page.content.decode(), "nothing else is judged yet"
        assert "Mend the school pump on Saturday" in page.content.decode()
        kept = page.context["pictures"].rows
        rows = {"picture_kept": [row.token for row in kept]}
        rows |= {f"picture_says_{place}": row.says for place, row in enumerate(kept)}
    assert not page.context["pictures"].may_more
    assert 'name="picture"' not in page.content.decode()
    answer = filled(client, path, {**IDEA, **rows, "picture": png(), "picture_says": "One too many"})
    assert answer.status_code == 302
    idea = Idea.objects.latest("pk")
    assert idea.item.illustrations.count() == MOST_OF_A_GUEST
    assert idea.item.state == "held"


def test_five_a_day_are_said_at_the_field(house: House):
    client = open_browser(begin_guest(language="en"))
    typed = {**IDEA, "do": "picture", "picture_says": "The pump"}
    for _number in range(GUEST_UPLOADS_A_DAY):
        page = send(client, new_idea(house), {**typed, "picture": SimpleUploadedFile("a.png", b"no picture")})
        assert "This is not a JPEG" in page.content.decode()
    page = send(client, new_idea(house), {**typed, "picture": png()}).content.decode()
    assert "No more pictures can be sent from here today." in page
    assert 'value="The pump"' in page
    assert "Mend the school pump on Saturday" in page


@pytest.mark.parametrize("kind", ["idea", "problem"])
def test_a_refused_thing_counts_its_picture_and_keeps_what_was_typed(kind: str, house: House):
    guest = begin_guest(language="en")
    client = open_browser(guest)
    path, typed = (new_idea(house), IDEA) if kind == "idea" else (new_problem(house), PROBLEM)
    for number in range(3):
        words_of_it = {**typed, "title": f"Number {number} of all {number * 'x'}", "close_ones": "seen"}
        assert send(client, path, words_of_it).status_code == 302
    for number in range(GUEST_UPLOADS_A_DAY):
        sent = {**typed, "close_ones": "seen", "picture": png(), "picture_says": f"Kept {number}"}
        page = send(client, path, sent)
        assert page.status_code == 429
        assert "That was very often in a short time." in page.content.decode()
        assert f'value="Kept {number}"' in page.content.decode()
    assert StoredFile.objects.filter(by=guest).count() == GUEST_UPLOADS_A_DAY
    page = send(client, path, sent)
    assert page.status_code == 422
    assert "No more pictures can be sent from here today." in page.content.decode()
    assert Item.objects.filter(author=guest).count() == 3


def test_a_visitor_begins_by_a_picture_but_not_by_looking(house: House, client: Client):
    before = Person.objects.count()
    send(client, new_idea(house), {**IDEA, "do": "picture"})
    assert Person.objects.count() == before
    send(client, new_idea(house), {**IDEA, "do": "picture", "picture": png(), "picture_says": "It"})
    assert Person.objects.count() == before + 1
    assert StoredFile.objects.latest("pk").by_id == client.session["guest"]


def test_what_was_sent_gets_no_new_picture_of_a_guest(house: House):
    """Else one could be changed for another after a moderator looked."""
    guest, own = house.people["guest"], house.notes["problem"]
    assert guest
    client, edit = open_browser(guest), f"/en/problems/{own.pk}/edit/"
    page = client.get(edit).content.decode()
    assert 'name="picture"' not in page
    assert "only members can add pictures now" in page
    assert send(client, edit, {**PROBLEM, "picture": png(), "picture_says": "Other"}).status_code == 302
    assert not StoredFile.objects.filter(by=guest).exists()
    token = signing.dumps(some_picture(guest).pk, salt="tequio.ideas.proposals.pictures")
    forged = {**PROBLEM, "picture_kept": token, "picture_says_0": "Slipped in"}
    assert send(client, edit, forged).status_code == 403
    for state in ("published", "held"):
        Item.objects.filter(pk=own.pk).update(state=state)
        with pytest.raises(Refused, match="only members"):
            change_problem(
                own, {"title": "A", "what": "", "who_is_affected": "", "evidence": ""}, language="en",
                how_often="", where=Whereabouts(), pictures=[shown(guest)], by=guest,
            )  # fmt: skip


def test_who_may_add_pictures(house: House):
    draft, sent = Item(state="draft"), Item(state="published")
    held, gone = Item(state="held"), Person(is_active=False, is_guest=False)
    guest, member = house.person("guest"), house.person("member")
    assert [can_add_pictures(member, one) for one in (None, draft, held, sent)] == [True] * 4
    assert [can_add_pictures(guest, one) for one in (None, draft, held, sent)] == [True, True, False, False]
    assert [can_add_pictures(None, one) for one in (None, sent)] == [True, False]
    assert not can_add_pictures(gone)


def test_a_guest_takes_hers_away(house: House):
    guest, own = house.people["guest"], house.notes["problem"]
    assert guest
    client, edit = open_browser(guest), f"/en/problems/{own.pk}/edit/"
    token = client.get(edit).context["pictures"].rows[0].token
    send(client, edit, {**PROBLEM, "picture_kept": token, "picture_says_0": "It", "picture_away_0": "on"})
    assert not own.item.illustrations.exists()


def test_they_follow_her_when_she_joins_or_is_merged(house: House):
    guest, member = begin_guest(language="en"), house.people["member"]
    assert member
    said = ProblemWords(title=words("A broken pump."), pictures=[shown(guest)])
    problem = report_problem(said, territory=house.place, by=guest)
    file = Illustration.objects.get(item=problem.item).file
    merge_guest(guest, member, by=member)
    file.refresh_from_db()
    assert file.by == member
    joining = begin_guest(language="en")
    stored = some_picture(joining)
    become_member(joining, email="joins.with.picture@example.org", name="Ama")
    stored.refresh_from_db()
    assert stored.by is not None
    assert stored.by.is_member


def test_they_are_erased_with_her_and_the_problem_stays(house: House):
    guest, member = begin_guest(language="en"), house.people["member"]
    assert member
    said = ProblemWords(title=words("A broken pump."), pictures=[shown(guest)])
    problem = report_problem(said, territory=house.place, by=guest)
    file = Illustration.objects.get(item=problem.item).file
    others = shown(member)
    show_pictures(house.idea.item, [others], by=member)
    erase_by_operator(guest, reason="letter")
    assert not Illustration.objects.filter(item=problem.item).exists()
    assert Problem.objects.filter(pk=problem.pk).exists()
    assert house.idea.item.illustrations.count() == 1
    StoredFile.objects.filter(pk=file.pk).update(at="2020-01-01T00:00Z")
    assert prune_orphans() >= 1
    assert not StoredFile.objects.filter(pk=file.pk).exists()
    assert StoredFile.objects.filter(pk=others.file.pk).exists()

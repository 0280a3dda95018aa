"""Other words of what is shown are looked at: what gets riskier waits, nothing is lost, and no edit leads out."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from people import words
from processes_at_hand import send as send_page
from tequio.algorithms.risk import Filling
from tequio.base.errors import Refused
from tequio.base.multilingual import original_text, version_of
from tequio.base.translatable import Typed
from tequio.catalogue.enums import ItemState
from tequio.catalogue.models import Item, Revision, Screening
from tequio.catalogue.permissions import visible_to
from tequio.catalogue.services.screening import CHANGES_A_DAY, Said, screen_change
from tequio.ideas.proposals.models import Idea, Problem
from tequio.ideas.proposals.services import Words
from tequio.ideas.proposals.services.editing import edit_idea
from tequio.ideas.proposals.services.problems import ProblemWords, change_problem, report_problem
from tequio.ideas.proposals.services.proposing import Proposal, propose_idea
from tequio.ideas.proposals.services.splitting import split_idea
from tequio.ideas.proposals.services.supporting import support_idea
from tequio.ideas.proposals.services.translating import translate_idea
from tequio.ideas.proposals.types import Whereabouts
from tequio.moderation.models import Decision
from tequio.moderation.permissions import find_thing
from tequio.moderation.selectors.queue import queue_of
from tequio.moderation.services.deciding import decide
from tequio.notifications.models import Announcement
from tequio.people.models import Person
from tequio.people.services import begin_guest
from tequio.territories.models import Territory

pytestmark = pytest.mark.django_db
ADVERT = "Cheap shoes at https://shoes.example and https://boots.example today."


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def old_hand(make_member: Callable[..., Person]) -> Person:
    """Her account is years old: her first post is no sign."""
    person = make_member("Olda")
    Person.objects.filter(pk=person.pk).update(began_at="2020-01-01T00:00:00Z")
    return Person.objects.get(pk=person.pk)


@pytest.fixture
def idea(member: Person, lome: Territory) -> Idea:
    return propose(member, lome)


def propose(by: Person, place: Territory, what: str = "Plant forty mango trees.") -> Idea:
    said = Words(title=words("Shade along the market road"), what=words(what))
    return propose_idea(Proposal(words=said), territory=place, by=by)


def change(idea: Idea, what: str, *, by: Person, **more: Any) -> Idea:
    said = Words(title=words("Shade along the market road"), what=words(what))
    return edit_idea(idea, Proposal(words=said), by=by, **more)


def state_of(thing: Idea | Problem) -> str:
    return Item.objects.get(pk=thing.pk).state


def let_through(idea: Idea | Problem, by: Person, measure: str = "show") -> Decision:
    thing = find_thing(by, "item", idea.pk)
    assert thing is not None
    newest = Decision.objects.filter(item=idea.pk).order_by("-pk").values_list("pk", flat=True).first() or 0
    return decide(thing, measure=measure, rule="spam", facts="Read.", language="en", seen=newest, by=by)


def test_harmless_words_become_an_advertisement_and_wait(idea: Idea, member: Person, mora: Person):
    shown_since = idea.item.published_at
    assert state_of(idea) == ItemState.PUBLISHED
    change(idea, ADVERT, by=member)
    item = Item.objects.select_related("screening").get(pk=idea.pk)
    assert (item.state, item.published_at) == (ItemState.HELD, shown_since)
    assert (item.screening.is_held, item.screening.values["links"]) == (True, 2.0)
    assert not visible_to(None).filter(pk=idea.pk).exists()
    case = queue_of(mora, None).waiting[0]
    assert (case.thing.pk, case.thing.is_change, case.since) == (idea.pk, True, item.screening.at)


def test_one_link_waits_where_it_is_the_first_post_of_a_new_account(idea: Idea, member: Person):
    change(idea, "Plant forty mango trees. https://shoes.example", by=member)
    assert state_of(idea) == ItemState.HELD


def test_an_established_author_is_not_held_for_one_link_and_for_what_was_there(
    old_hand: Person, lome: Territory, mora: Person
):
    idea = propose(old_hand, lome)
    change(idea, "Plant forty mango trees: https://trees.example", by=old_hand)
    assert state_of(idea) == ItemState.PUBLISHED
    # Drop by drop: the whole text counts, not the one more.
    change(idea, "Trees: https://trees.example and https://shoes.example", by=old_hand)
    assert state_of(idea) == ItemState.HELD
    let_through(idea, mora)
    change(idea, "Mango trees: https://trees.example and https://shoes.example!", by=old_hand)
    assert state_of(idea) == ItemState.PUBLISHED
    # As many as before, another one among them.
    change(idea, "Mango trees: https://trees.example and https://boots.example", by=old_hand)
    assert state_of(idea) == ItemState.HELD


def test_small_edits_pass_however_many_until_the_day_is_full(idea: Idea, member: Person):
    for number in range(CHANGES_A_DAY):
        change(idea, f"Plant {number} mango trees.", by=member)
    assert state_of(idea) == ItemState.PUBLISHED
    with pytest.raises(Refused) as refused:
        change(idea, "Plant many mango trees.", by=member)
    assert refused.value.code == "too_often"
    assert Revision.objects.filter(item=idea.pk).count() == CHANGES_A_DAY


def test_what_waits_is_not_edited_out_of_the_queue(idea: Idea, member: Person, mora: Person):
    change(idea, ADVERT, by=member)
    since = Screening.objects.get(item=idea.pk).at
    change(idea, "Plant forty mango trees.", by=member)
    row = Screening.objects.get(item=idea.pk)
    assert (state_of(idea), row.at, row.values["links"]) == (ItemState.HELD, since, 2.0)
    first_post = propose(begin_guest(language="en"), idea.item.territory, ADVERT)
    change(first_post, "Plant olive trees.", by=first_post.item.author)
    assert state_of(first_post) == ItemState.HELD
    thing = find_thing(mora, "item", first_post.pk)
    assert thing is not None
    assert not thing.is_change


def test_drafts_and_edits_without_new_words_are_nobodys_business(member: Person, lome: Territory):
    said = Words(title=words("Shade"), what=words("Trees."))
    draft = propose_idea(Proposal(words=said), territory=lome, is_draft=True, by=member)
    change(draft, ADVERT, by=member)
    assert state_of(draft) == ItemState.DRAFT
    assert not Screening.objects.filter(item=draft.pk).exists()
    said = Said({"en": "The same"})
    assert not screen_change(draft.item, said, said, by=member)


def test_a_filled_trap_waits_whatever_it_says(idea: Idea, member: Person):
    change(idea, "Plant forty mango trees.", filling=Filling(is_trapped=True), by=member)
    assert Screening.objects.get(item=idea.pk).values["trap"] == 1.0
    assert state_of(idea) == ItemState.HELD


def test_the_reason_of_a_change_and_the_name_of_the_place_are_read_too(
    idea: Idea, old_hand: Person, lome: Territory
):
    change(idea, "Plant fifty mango trees.", why=ADVERT, by=idea.item.author)
    assert state_of(idea) == ItemState.HELD
    other = propose(old_hand, lome, "Paint the masts.")
    said = Proposal(words=Words(title=words("Masts")), where=Whereabouts(name=ADVERT[:120]))
    edit_idea(other, said, by=old_hand)
    assert state_of(other) == ItemState.HELD


def test_supports_stay_and_later_supporters_read_that_it_changed(
    idea: Idea, member: Person, old_hand: Person, mora: Person
):
    support_idea(idea, by=old_hand)
    change(idea, ADVERT, by=member)
    with pytest.raises(Refused):
        support_idea(idea, by=mora)
    let_through(idea, mora)
    row = Idea.objects.select_related("item__count").get(pk=idea.pk)
    assert (row.item.state, row.item.count.supports, row.supports_when_changed) == ("published", 1, 1)


def test_a_translation_of_her_own_is_looked_at_and_a_translators_is_not(
    idea: Idea, member: Person, old_hand: Person, alice: Person, lome: Territory, mora: Person
):
    def typed(row: Idea, text: str) -> dict[str, Typed]:
        return {"what": Typed({"fr": text}, version_of(row.what))}

    translate_idea(idea, typed(idea, "Plantons des manguiers."), by=member)
    assert state_of(idea) == ItemState.PUBLISHED
    row = Idea.objects.get(pk=idea.pk)
    translate_idea(row, typed(row, ADVERT), by=member)
    assert state_of(idea) == ItemState.HELD
    other = propose(old_hand, lome, "See https://one.example here.")
    translate_idea(other, typed(other, "Voir https://one.example ici."), by=old_hand)
    translate_idea(Idea.objects.get(pk=other.pk), typed(Idea.objects.get(pk=other.pk), ADVERT), by=alice)
    assert state_of(other) == ItemState.PUBLISHED


def test_words_translated_in_a_draft_are_read_when_it_is_sent(old_hand: Person, lome: Territory):
    said = Words(title=words("Shade", fr=ADVERT), what=words("Trees."))
    assert propose_idea(Proposal(words=said), territory=lome, by=old_hand).item.state == ItemState.HELD


def test_a_part_split_off_is_a_first_post(idea: Idea, member: Person):
    good = split_idea(idea, Words(title=words("Benches"), what=words("Where to sit.")), by=member)
    bad = split_idea(idea, Words(title=words("Shoes"), what=words(ADVERT)), by=member)
    assert (state_of(good), state_of(bad)) == (ItemState.PUBLISHED, ItemState.HELD)


def test_a_problem_in_the_same_way(member: Person, lome: Territory):
    said = ProblemWords(words("The lamps are dark."), what=words("Since June."))
    problem = report_problem(said, territory=lome, by=member)
    typed = {"title": "The lamps are dark.", "what": "Since July.", "who_is_affected": "", "evidence": ""}
    where = Whereabouts()
    change_problem(problem, typed, language="en", how_often="", where=where, by=member)
    assert state_of(problem) == ItemState.PUBLISHED
    change_problem(problem, typed | {"evidence": ADVERT}, language="en", how_often="", where=where, by=member)
    assert state_of(problem) == ItemState.HELD
    change_problem(problem, typed, language="en", how_often="", where=where, by=member)
    assert state_of(problem) == ItemState.HELD


def test_a_moderator_does_not_let_through_what_she_has_not_read(idea: Idea, member: Person, mora: Person):
    change(idea, ADVERT, by=member)
    read = Revision.objects.filter(item=idea.pk).latest("pk").pk
    change(idea, ADVERT + " Buy now!", by=member)
    thing = find_thing(mora, "item", idea.pk)
    assert thing is not None
    with pytest.raises(Refused) as refused:
        decide(thing, measure="show", rule="spam", facts="Read.", language="en", seen=0, words=read, by=mora)
    assert refused.value.code == "changed"
    assert state_of(idea) == ItemState.HELD


def test_pages_say_it_to_author_moderator_and_others(
    idea: Idea, member: Person, mora: Person, old_hand: Person, browser_of: Callable[..., Client]
):
    path = f"/en/ideas/{idea.pk}/"
    author, moderator = browser_of(member), browser_of(mora)
    answer = send_page(author, f"{path}edit/", {"what": ADVERT})
    assert answer.status_code == 302, answer.content.decode()[:2000]
    page = author.get(path).content.decode()
    assert "Your change is kept and waits. It is shown once a moderator has read it." in page
    assert "A change of these words waits. A moderator reads it, then it is shown again." in page
    assert "shoes.example" in page
    for other in (None, old_hand):
        assert browser_of(other).get(path).status_code == 404
        assert browser_of(other).get(f"/en/items/{idea.pk}/history/").status_code == 404
    assert "changed, not shown now" in moderator.get("/en/moderation/").content.decode()
    desk = f"/en/moderation/item/{idea.pk}/"
    source = moderator.get(desk).content.decode()
    assert "It was shown before. This change of its words made it wait." in source
    assert "shoes.example" in source.split("<ins>", 1)[1]
    assert "mango" in source.split("<del>", 1)[1]
    decided = {"measure": "show", "rule": "spam", "facts": "Read.", "language": "en"}
    # Changed once more while the moderator reads: the desk says so, keeps what was typed, and shows the newest words.
    change(Idea.objects.get(pk=idea.pk), "Hats at https://hats.example and https://caps.example", by=member)
    drawn = {"seen": "0", "words": str(Revision.objects.filter(item=idea.pk).earliest("pk").pk)}
    late = moderator.post(desk, {**drawn, **decided, "form_key": uuid.uuid4().hex})
    assert late.status_code == 422
    assert "The words changed while you were reading." in late.content.decode()
    assert "hats" in late.content.decode()
    assert send_page(moderator, desk, decided).status_code == 302
    assert browser_of(None).get(path).status_code == 200


def test_a_problem_says_it_on_its_page(member: Person, lome: Territory, browser_of: Callable[..., Client]):
    said = ProblemWords(words("The lamps are dark."), what=words("Since June."))
    problem = report_problem(said, territory=lome, by=member)
    author = browser_of(member)
    answer = send_page(author, f"/en/problems/{problem.pk}/edit/", {"what": ADVERT})
    page = author.get(answer["Location"]).content.decode()
    assert "Your change is kept and waits." in page
    assert "A change of these words waits." in page
    assert browser_of(None).get(answer["Location"]).status_code == 404
    assert original_text(Problem.objects.get(pk=problem.pk).what) == ADVERT


def test_followers_hear_of_what_was_let_through_once(member: Person, lome: Territory, mora: Person):
    held = propose(member, lome, what=ADVERT)
    assert held.item.state == ItemState.HELD
    told = Announcement.objects.filter(event="opened", item=held.pk)
    assert not told.exists()
    let_through(held, mora)
    assert told.count() == 1
    held = change(held, f"{ADVERT} And https://hats.example.", by=member)
    assert held.item.state == ItemState.HELD
    let_through(held, mora)
    assert told.count() == 1


def test_followers_hear_of_a_problem_that_was_let_through(member: Person, lome: Territory, mora: Person):
    said = ProblemWords(title=words("Dark quay"), what=words(ADVERT), where=Whereabouts())
    problem = report_problem(said, territory=lome, by=member)
    told = Announcement.objects.filter(event="opened", item=problem.pk)
    assert (problem.item.state, told.exists()) == (ItemState.HELD, False)
    let_through(problem, mora)
    assert told.count() == 1

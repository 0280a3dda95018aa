"""What is written down for the demonstration's processes: complete, in three languages, and true to itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import pytest

from tequio.base.languages import INTERFACE
from tequio.base.multilingual import HUMAN, MACHINE, read
from tequio.base.text import likeness, shingles
from tequio.discussions.demo import Remark
from tequio.files.adapters import documents
from tequio.ideas.answers.enums import MilestoneState
from tequio.ideas.answers.types import unknown_blanks
from tequio.ideas.blueprints.demo.content import Spot, Telling, Text, say
from tequio.ideas.blueprints.demo.document import draw, upload_of
from tequio.ideas.blueprints.demo.institutions import INSTITUTIONS
from tequio.ideas.blueprints.demo.loading import TELLINGS
from tequio.ideas.blueprints.demo.making import FEATURES
from tequio.ideas.blueprints.demo.neighbours import NEIGHBOURS, WITH_GUARDIAN
from tequio.people.demo import PEOPLE
from tequio.people.types.ages import SPECIAL_DATA

KEYS = {invented.key for invented in (*PEOPLE, *NEIGHBOURS)}
HOUSES = {invented.key for invented in INSTITUTIONS}
WHOLE = [telling for telling in TELLINGS if not telling.signed_by]
TOWNS = [telling for telling in WHOLE if telling.key != "limoilou-youth"]
# Nobody writes a longer sentence into a page that is to be read quickly.
LONGEST_TITLE = 90
# Rough boxes around the four cities, in degrees: south, west, north, east.
BOXES = {
    "TG": (6.1, 1.1, 6.25, 1.35), "CA": (46.7, -71.4, 46.95, -71.1),
    "MX": (19.2, -99.3, 19.5, -98.9), "ES": (43.2, -3.05, 43.32, -2.85),
}  # fmt: skip


def things_in(value: Any, wanted: type) -> Iterator[Any]:
    """Every instance of a class anywhere in what is written down."""
    if isinstance(value, wanted):
        yield value
    if is_dataclass(value) and not isinstance(value, type):
        for one in fields(value):
            yield from things_in(getattr(value, one.name), wanted)
    elif isinstance(value, tuple):
        for part in value:
            yield from things_in(part, wanted)


def ids(telling: Telling) -> str:
    return telling.key


def test_five_whole_processes_and_one_that_waits_for_signatures() -> None:
    assert [telling.key for telling in TELLINGS] == [
        "lome-young", "quebec-winter", "limoilou-youth", "mexico-walking", "bilbao-quarters", "bilbao-estuary",
    ]  # fmt: skip
    assert {telling.place[:2] for telling in TOWNS} == {"TG", "CA", "MX", "ES"}
    assert len({telling.title.original for telling in TELLINGS}) == 6
    now = [next(one.opens_what for one in each.stages if one.opens < 0 < one.closes) for each in WHOLE]
    assert now == ["gather", "converse", "gather", "answer", "deliver"]


@pytest.mark.parametrize("telling", TOWNS, ids=ids)
def test_there_is_enough_of_everything(telling: Telling) -> None:
    assert 5 <= len(telling.troubles) <= 8
    assert 8 <= len(telling.proposals) <= 16
    remarks = list(things_in(telling.proposals, Remark))
    added = [too for trouble in telling.troubles for too in trouble.too if too.words]
    assert 10 <= len(remarks) + len(added) <= 30
    assert {remark.side for remark in remarks} == {"for", "against"}
    assert len(telling.partners) == 2


@pytest.mark.parametrize("telling", TELLINGS, ids=ids)
def test_nearly_every_text_is_in_three_languages(telling: Telling) -> None:
    texts = list(things_in(telling, Text))
    assert len(texts) >= 5
    assert all(text.strip() == text != "" for one in texts for text in one.by_language.values())
    shown = [
        one for proposal in telling.proposals if not proposal.is_draft for one in things_in(proposal, Text)
    ]
    drafts = sum(len(list(things_in(one, Text))) for one in telling.proposals if one.is_draft)
    partly = [one for one in texts if not set(INTERFACE) <= set(one.by_language)]
    # A few stay as they were written, to show how that looks.
    assert len(partly) - drafts <= 5
    assert len(shown) == 4 * sum(not one.is_draft for one in telling.proposals)
    for must in (telling.title, telling.summary, telling.background, *(one.title for one in telling.stages)):
        assert set(INTERFACE) <= set(must.by_language)
    assert all(len(one.title.original) <= LONGEST_TITLE for one in telling.proposals)


@pytest.mark.parametrize("telling", TELLINGS, ids=ids)
def test_translators_are_named_and_machines_are_said_to_be_machines(telling: Telling) -> None:
    names = {invented.name for invented in PEOPLE if invented.role == "translator"}
    for text in things_in(telling, Text):
        kept = text.field(telling.translators)
        assert {*text.machine, *text.stale} <= set(text.by_language) - {text.origin}
        for language in set(text.by_language) - {text.origin}:
            reading = read(kept, language)
            is_machine = language in text.machine
            assert reading.status == (MACHINE if is_machine else HUMAN)
            assert reading.translator in (names if not is_machine else {""})
            assert reading.is_stale == (language in text.stale)


def test_some_words_are_left_some_are_stale_some_are_by_a_machine() -> None:
    texts = list(things_in(TELLINGS, Text))
    assert sum(len(one.by_language) == 1 for one in texts) >= 10
    assert sum(bool(one.machine) for one in texts) >= 6
    assert sum(bool(one.stale) for one in texts) == 3
    assert {one.origin for one in texts} == {"fr", "es", "en", "eu"}


@pytest.mark.parametrize("telling", TELLINGS, ids=ids)
def test_people_and_houses_named_in_it_are_invented_here(telling: Telling) -> None:
    named = {telling.facilitator, telling.steward, *telling.signed_by}
    named |= {one.by for one in (*telling.troubles, *telling.proposals, *telling.rulings, *telling.outcomes)}
    named |= {remark.by for remark in things_in(telling, Remark)}
    named |= {too.by for trouble in telling.troubles for too in trouble.too}
    named |= {key for one in telling.proposals for key in one.others}
    named |= {judged.by for one in telling.outcomes for judged in one.judged}
    named |= {one.assigned_to for one in telling.owed} - {""}
    assert named <= KEYS
    houses = {*telling.partners, telling.addressee, *(one.organisation for one in telling.rulings)} - {""}
    assert houses <= HOUSES
    assert len({*telling.partners, telling.addressee} - {""}) == len(telling.partners) + bool(
        telling.addressee and telling.addressee not in telling.partners
    )
    assert {stage.opens_what for stage in telling.stages} <= set(FEATURES)
    assert len({one.key for one in telling.troubles}) == len(telling.troubles)
    assert len({one.key for one in telling.proposals}) == len(telling.proposals)


@pytest.mark.parametrize("telling", TELLINGS, ids=ids)
def test_nobody_confirms_or_supports_twice_and_nothing_was_said_before_it_was_there(telling: Telling) -> None:
    for trouble in telling.troubles:
        by = [too.by for too in trouble.too]
        assert len(by) == len(set(by))
        assert trouble.by not in by
        assert all(0 < too.days_ago <= trouble.days_ago for too in trouble.too)
        assert trouble.more <= telling.crowd
        assert bool(trouble.more) == bool(trouble.around)
    told = {one.key: one for one in telling.troubles}
    for proposal in telling.proposals:
        assert proposal.supports <= telling.crowd
        assert all(0 < remark.hours <= 24 * proposal.days_ago for remark in proposal.talk)
        assert all(told[key].days_ago >= proposal.days_ago for key in proposal.answers)
        assert proposal.is_draft or proposal.is_open_hub or proposal.answers


@pytest.mark.parametrize("telling", WHOLE, ids=ids)
def test_ideas_and_problems_came_while_one_could_write_them(telling: Telling) -> None:
    creates = [stage for stage in telling.stages if stage.opens_what in ("gather", "converse")]
    begins, ends = min(one.opens for one in creates), max(one.closes for one in creates)
    inside = [*telling.troubles, *(one for one in telling.proposals if not one.is_open_hub)]
    assert all(begins <= -one.days_ago <= ends for one in inside)
    for earlier, later in zip(telling.stages, telling.stages[1:], strict=False):
        assert earlier.opens < earlier.closes <= later.opens


@pytest.mark.parametrize("telling", WHOLE, ids=ids)
def test_quarters_are_where_they_are(telling: Telling) -> None:
    south, west, north, east = BOXES[telling.place[:2]]
    spots = list(things_in(telling, Spot))
    assert spots
    for where in spots:
        assert south < where.latitude < north
        assert west < where.longitude < east
        assert where.place[:2] == telling.place[:2]
    assert len({where.name for where in spots}) >= (2 if telling.key == "limoilou-youth" else 6)


def test_ideas_are_not_said_twice_but_for_those_that_are_alike_on_purpose() -> None:
    proposals = [one for telling in TELLINGS for one in telling.proposals]
    originals = [(one.key, shingles(one.what.original)) for one in proposals]
    pairs = [(a, b, likeness(x, y)) for n, (a, x) in enumerate(originals) for b, y in originals[:n]]
    assert max(found for _a, _b, found in pairs) < 0.45


def test_merged_split_answered_and_owed_ideas_are_there() -> None:
    for telling in TELLINGS:
        ideas = {one.key: one for one in telling.proposals}
        links = [one.into for one in telling.proposals] + [one.out_of for one in telling.proposals]
        wanted = {*links, *(one.idea for one in (*telling.rulings, *telling.owed, *telling.outcomes))} - {""}
        wanted |= {key for _number, key in telling.grew} | {key for key, _number in telling.asked}
        assert wanted <= set(ideas)
        said_yes = {one.idea for one in telling.rulings if one.decision != "declined"}
        assert {one.idea for one in telling.outcomes} <= said_yes
        assert not any(ideas[key].is_draft for key in wanted)
    quebec = next(one for one in TELLINGS if one.key == "quebec-winter")
    assert sum(bool(one.into) for one in quebec.proposals) == 1
    assert sum(bool(one.out_of) for one in quebec.proposals) == 1


def test_petitions_reach_the_number_their_place_has_promised() -> None:
    mexico = next(one for one in TELLINGS if one.key == "mexico-walking")
    assert mexico.promise is not None
    needed = mexico.promise.supports or 0
    ideas = {one.key: one for one in mexico.proposals}
    reached = {one.key for one in mexico.proposals if one.is_open_hub and one.supports >= needed}
    assert reached == {one.idea for one in mexico.owed if one.because == "petition"}
    assert all(ideas[one.idea].days_ago > -one.since for one in mexico.owed)
    assert all(one.since < one.due for one in mexico.owed)
    assert sum(one.due < 0 for one in mexico.owed) == 1


def test_results_tell_a_story_that_adds_up() -> None:
    for outcome in (one for telling in TELLINGS for one in telling.outcomes):
        assert 0 < sum(line.amount for line in outcome.outlays) <= outcome.planned
        assert all(line.days_ago <= outcome.days_ago for line in outcome.outlays)
        for mark in outcome.landmarks:
            assert (mark.done is not None) == (mark.state == MilestoneState.DONE)
            assert mark.done is None or mark.done < 0
            assert (mark.moved_from is None) == (mark.delay is None)
        is_over = all(mark.state == MilestoneState.DONE for mark in outcome.landmarks)
        assert is_over == (outcome.finished is not None)
        assert len(outcome.judged) >= 5
    bilbao = next(one for one in TELLINGS if one.key == "bilbao-quarters")
    assert [one.finished is None for one in bilbao.outcomes] == [True, False]
    delayed = [mark for one in bilbao.outcomes for mark in one.landmarks if mark.delay]
    assert len(delayed) == 1
    assert {one.decision for one in bilbao.rulings} == {"accepted", "in_part", "declined"}


def test_words_kept_ready_have_no_unknown_blank() -> None:
    ready = [one for telling in TELLINGS for one in telling.ready]
    assert len(ready) == 3
    assert not any(unknown_blanks(text) for one in ready for text in one.reasons.by_language.values())


def test_the_youth_council_is_for_the_young_and_guardians_say_yes_for_those_under_sixteen() -> None:
    youth = next(one for one in TELLINGS if one.key == "limoilou-youth")
    assert (youth.least_age, youth.most_age, youth.who_may) == (14, 17, "members")
    ages = {one.key: one.age for one in NEIGHBOURS}
    writers = {one.by for one in (*youth.troubles, *youth.proposals)}
    # Of whom only the year is known counts as a year younger.
    assert all(14 <= ages[key] - 1 <= 17 for key in writers)
    assert {key for key in writers if ages[key] - 1 < SPECIAL_DATA} == set(WITH_GUARDIAN)


def test_a_text_of_older_words_is_stale_and_one_of_a_machine_has_no_name() -> None:
    text = say(fr="Bonjour", en="Hello", es="Hola", machine=("es",), stale=("en",))
    kept = text.field({"en": "Ama Kpodo"})
    assert read(kept, "en").is_stale
    assert read(kept, "en").translator == "Ama Kpodo"
    assert (read(kept, "es").status, read(kept, "es").translator) == (MACHINE, "")
    assert (text.origin, text.original) == ("fr", "Bonjour")


def test_a_document_is_a_pdf_whose_table_points_at_its_objects() -> None:
    made = draw("Note (brouillon)", ["Une ligne", "mot " * 60, "← hors de la table"])
    assert documents.type_of(made, "note.pdf") == "application/pdf"
    start = int(made.rsplit(b"startxref\n", 1)[1].split(b"\n")[0])
    assert made[start:].startswith(b"xref\n0 6\n")
    for number, row in enumerate(made[start:].splitlines()[3:8], start=1):
        assert made[int(row[:10]) :].startswith(b"%d 0 obj" % number)
    assert rb"(Note \(brouillon\)) Tj" in made
    upload = upload_of("note", "Note", "eu")
    assert upload.name == "note.pdf"
    assert b"A document invented for this demonstration." in upload.read()

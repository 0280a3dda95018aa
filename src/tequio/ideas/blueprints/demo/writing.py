"""Problems, ideas, what is said about them and who stands behind them, written as their people would."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from zlib import crc32

from tequio.base.actor import SYSTEM
from tequio.base.multilingual import add_translation
from tequio.catalogue.enums import LinkKind, PartyRole
from tequio.catalogue.models import Item, ItemParty
from tequio.catalogue.services import link_items
from tequio.discussions.demo import add_remark
from tequio.discussions.models import Comment
from tequio.discussions.services.tallying import tally
from tequio.ideas.deliberation.models import Conversation, Statement
from tequio.ideas.processes.models import Process
from tequio.ideas.proposals.models import Confirmation, Idea, Problem, Support
from tequio.ideas.proposals.services import Words
from tequio.ideas.proposals.services.authors import answer_invitation, invite_person
from tequio.ideas.proposals.services.confirming import confirm_problem
from tequio.ideas.proposals.services.merging import merge_idea
from tequio.ideas.proposals.services.problems import ProblemWords, report_problem
from tequio.ideas.proposals.services.proposing import Proposal as Proposed
from tequio.ideas.proposals.services.proposing import propose_idea
from tequio.ideas.proposals.services.splitting import split_idea
from tequio.ideas.proposals.services.supporting import support_idea
from tequio.ideas.proposals.types import Whereabouts
from tequio.people.models import Person
from tequio.territories.models import Territory

from .content import Proposal, Spot, Telling, Too, Trouble

# Half a kilometre is about fifty of them.
STREETS = 0.0001


@dataclass
class Scene:
    """What is at hand while one telling is written down."""

    telling: Telling
    process: Process
    place: Territory
    places: Mapping[str, Territory]
    people: Mapping[str, Person]
    crowd: Sequence[Person]
    now: datetime
    problems: dict[str, Problem] = field(default_factory=dict)
    ideas: dict[str, Idea] = field(default_factory=dict)

    def ago(self, days: float) -> datetime:
        return self.now - timedelta(days=days)


def point_of(where: Spot, key: str) -> tuple[float, float]:
    """Degrees some streets away from the middle of the quarter, so that two things do not lie on one another."""
    turn = crc32(key.encode())
    north, east = turn % 101 - 50, turn // 101 % 101 - 50
    return float(where.latitude) + north * STREETS, float(where.longitude) + east * STREETS


def set_item_back(item: Item, at: datetime) -> None:
    """Services write the moment of today: give it the moment of the story."""
    item.made_at, item.published_at = at, at if item.published_at else None
    item.save(update_fields=["made_at", "published_at"])


def write_problems(scene: Scene) -> None:
    """In the order in which they were told."""
    for trouble in sorted(scene.telling.troubles, key=lambda one: -one.days_ago):
        scene.problems[trouble.key] = _problem(scene, trouble)


def _problem(scene: Scene, trouble: Trouble) -> Problem:
    words = scene.telling.translators
    problem = report_problem(
        ProblemWords(
            title=trouble.title.field(words), what=trouble.what.field(words),
            who_is_affected=trouble.who.field(words), evidence=trouble.evidence.field(words),
            how_often=trouble.how_often,
            where=Whereabouts(trouble.where.name, *point_of(trouble.where, trouble.key)),
        ),
        territory=scene.place, process=scene.process, by=scene.people[trouble.by],
    )  # fmt: skip
    set_item_back(problem.item, scene.ago(trouble.days_ago))
    for too in trouble.too:
        _confirm_by_name(scene, problem, too)
    _confirm_by_crowd(scene, problem, trouble)
    return problem


def _confirm_by_name(scene: Scene, problem: Problem, too: Too) -> None:
    (language, text), *others = too.words.items() or [("", "")]
    by, at = scene.people[too.by], scene.ago(too.days_ago)
    confirm_problem(
        problem, territory=scene.places[too.where.place], place_name=too.where.name, text=text,
        language=language, by=by,
    )  # fmt: skip
    row = Confirmation.objects.select_related("comment").get(problem=problem, person=by)
    Confirmation.objects.filter(pk=row.pk).update(at=at)
    if row.comment is not None:
        words = row.comment.words
        for tongue, translated in others:
            translator = scene.telling.translators.get(tongue, "")
            words = add_translation(words, tongue, translated, by=translator)
        Comment.objects.filter(pk=row.comment.pk).update(words=words, made_at=at)


def _confirm_by_crowd(scene: Scene, problem: Problem, trouble: Trouble) -> None:
    """Neighbours tap once, from one place after the other, at even distances until the writing ended."""
    rows = list(
        zip(_of_crowd(scene, trouble.key, trouble.more), _in_turn(trouble.around, trouble.more), strict=True)
    )
    for person, where in rows:
        confirm_problem(problem, territory=scene.places[where.place], place_name=where.name, by=person)
    confirmed = list(Confirmation.objects.filter(problem=problem, person__in=[one for one, _where in rows]))
    moments = _moments(scene, scene.ago(trouble.days_ago), len(confirmed))
    for row, at in zip(confirmed, moments, strict=True):
        row.at = at
    Confirmation.objects.bulk_update(confirmed, ["at"])


def _of_crowd(scene: Scene, key: str, number: int) -> list[Person]:
    """Other people each time: begin at another place of the round for each key."""
    if number > len(scene.crowd):
        raise ValueError(
            f"{scene.telling.key}: {key} needs {number} neighbours, there are {len(scene.crowd)}"
        )
    start = sum(key.encode()) % len(scene.crowd) if scene.crowd else 0
    return [scene.crowd[(start + step) % len(scene.crowd)] for step in range(number)]


def _in_turn(spots: Sequence[Spot], number: int) -> list[Spot]:
    """The first ones more often, as a quarter that has it worst tells it most."""
    weighted = [spot for rank, spot in enumerate(spots) for _time in range(len(spots) - rank)]
    return [weighted[step % len(weighted)] for step in range(number)]


def _moments(scene: Scene, begin: datetime, number: int) -> list[datetime]:
    """So many at even distances from `begin` until supports closed, or until now."""
    stages = [one for one in scene.telling.stages if one.opens_what in ("gather", "deliberate", "converse")]
    end = min(scene.now, scene.now + timedelta(days=max(one.closes for one in stages)))
    return [begin + (end - begin) * step / (number + 1) for step in range(1, number + 1)]


def write_ideas(scene: Scene) -> None:
    """In the order in which they were proposed; then who joined which, and what was joined to what."""
    for proposal in sorted(scene.telling.proposals, key=lambda one: -one.days_ago):
        scene.ideas[proposal.key] = _idea(scene, proposal)
    for proposal in scene.telling.proposals:
        if not proposal.is_draft:
            _accompany(scene, proposal, scene.ideas[proposal.key])
    for proposal in scene.telling.proposals:
        if proposal.into:
            author = scene.people[proposal.by]
            merge_idea(scene.ideas[proposal.key], scene.ideas[proposal.into], by=author)
            _say_yes(scene, scene.ideas[proposal.into], proposal.by, proposal.days_ago)


def _idea(scene: Scene, proposal: Proposal) -> Idea:
    words, by = _words(scene, proposal), scene.people[proposal.by]
    if proposal.out_of:
        idea = split_idea(scene.ideas[proposal.out_of], words, by=by)
    else:
        idea = propose_idea(
            Proposed(
                words, Whereabouts(proposal.where.name, *point_of(proposal.where, proposal.key)),
                problems=[scene.problems[key] for key in proposal.answers],
            ),
            territory=scene.places[proposal.where.place] if proposal.is_open_hub else scene.place,
            process=None if proposal.is_open_hub else scene.process,
            is_draft=proposal.is_draft, by=by,
        )  # fmt: skip
    set_item_back(idea.item, scene.ago(proposal.days_ago))
    return idea


def _words(scene: Scene, proposal: Proposal) -> Words:
    translators = scene.telling.translators
    return Words(
        title=proposal.title.field(translators), what=proposal.what.field(translators),
        why=proposal.why.field(translators), for_whom=proposal.for_whom.field(translators),
        cost=None if proposal.cost is None else Decimal(proposal.cost), currency=scene.telling.currency,
    )  # fmt: skip


def _accompany(scene: Scene, proposal: Proposal, idea: Idea) -> None:
    """Co-authors, comments and supports."""
    author = scene.people[proposal.by]
    for key in proposal.others:
        invite_person(idea, scene.people[key], by=author)
        _say_yes(scene, idea, key, proposal.days_ago)
    for remark in proposal.talk:
        comment = add_remark(idea.item, remark, dict(scene.people), scene.now)
        words = comment.words
        for language, text in list(remark.words.items())[1:]:
            words = add_translation(words, language, text, by=scene.telling.translators.get(language, ""))
        Comment.objects.filter(pk=comment.pk).update(words=words)
    if proposal.talk:
        tally(idea.pk)
    _support(scene, proposal, idea)


def _say_yes(scene: Scene, idea: Idea, key: str, days_ago: float) -> None:
    """A co-author who was asked says yes, a day after the idea was there."""
    party = ItemParty.objects.filter(item=idea.item, person=scene.people[key], role=PartyRole.AUTHOR).first()
    if party is not None:
        answer_invitation(party, accepts=True, by=scene.people[key])
        ItemParty.objects.filter(pk=party.pk).update(accepted_at=scene.ago(max(0.0, days_ago - 1)))


def _support(scene: Scene, proposal: Proposal, idea: Idea) -> None:
    """Those who wrote for it or asked for it, and so many neighbours."""
    spoke = [remark.by for remark in proposal.talk if remark.side == "for"]
    judged = [
        one.by for outcome in scene.telling.outcomes if outcome.idea == proposal.key for one in outcome.judged
    ]
    keys = dict.fromkeys([*proposal.others, *spoke, *judged])
    named = [scene.people[key] for key in keys if key != proposal.by]
    for person in [*named, *_of_crowd(scene, proposal.key, proposal.supports)]:
        support_idea(idea, by=person)
    rows = list(Support.objects.filter(idea=idea).order_by("pk"))
    for row, at in zip(rows, _moments(scene, scene.ago(proposal.days_ago), len(rows)), strict=True):
        row.at = at
    Support.objects.bulk_update(rows, ["at"])


def tie_to_statements(scene: Scene, talk: Conversation | None) -> None:
    """What was said in the conversation became an idea, and what an idea asks is answered there."""
    if talk is None:
        return
    numbers = dict(Statement.objects.filter(conversation=talk).values_list("number", "item_id"))
    items = Item.objects.in_bulk(numbers.values())
    for number, key in scene.telling.grew:
        link_items(items[numbers[number]], scene.ideas[key].item, LinkKind.GREW_INTO, by=SYSTEM)
    for key, number in scene.telling.asked:
        link_items(scene.ideas[key].item, items[numbers[number]], LinkKind.GREW_INTO, by=SYSTEM)

"""Invented reports at every stage in four towns, in the languages spoken there, and the figures of last year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import transaction

from tequio.catalogue.models import Item
from tequio.discussions.demo import Remark, add_remark
from tequio.discussions.models import Comment
from tequio.discussions.services.tallying import tally
from tequio.people.models import Person
from tequio.territories.models import Territory

from ..enums import Found, Measure, Outcome, Rule, Side
from ..models import Appeal, Decision, Report
from ..services.appealing import answer_appeal, appeal
from ..services.deciding import decide
from ..services.reporting import send_report
from ..types import Thing
from .words import CASES, Case

WAITED = timedelta(hours=20)


@dataclass(frozen=True)
class Past:
    """Decisions of last year: how many, on what, by which rule, what was done, after how many hours."""

    number: int
    kind: str
    rule: Rule
    measure: Measure
    found: Found
    hours: int
    overturned: int = 0
    upheld: int = 0


PAST = (
    Past(6, "comment", Rule.ATTACK, Measure.HIDE, Found.REPORT, 5, overturned=1, upheld=1),
    Past(4, "comment", Rule.SPAM, Measure.HIDE, Found.SIGNS, 9),
    Past(3, "statement", Rule.OFF_TOPIC, Measure.LEAVE, Found.REPORT, 20, upheld=1),
    Past(2, "comment", Rule.PERSONAL, Measure.HIDE, Found.BOTH, 2),
    Past(1, "organisation", Rule.FALSE_NAME, Measure.ASK, Found.REPORT, 44),
    Past(1, "comment", Rule.LAW, Measure.HIDE, Found.REPORT, 3),
)


@transaction.atomic
def load_moderation(people: dict[str, Person], items: Mapping[str, Item], *, now: datetime) -> int:
    """`people` and `items` (conversations) by key. Returns how many reports there are."""
    for case in CASES:
        _load(case, people, items[case.talk], now)
    for number, territory in enumerate(items[case.talk].territory for case in CASES):
        _load_past(territory, now.year - 1, number)
    return Report.objects.count()


def _load(case: Case, people: dict[str, Person], item: Item, now: datetime) -> None:
    """An insult that was hidden and is appealed; a sharp word that was hidden, appealed and shown again;
    one that was reported and left; one that waits; an advertisement that the program held back.
    """
    moderator, steward = people[case.moderator], people[case.steward]
    texts = (case.insult, case.sharp, case.harmless, case.odd, case.advert)
    said = [_say(item, case, words, people, now, number) for number, words in enumerate(texts)]
    insult, sharp, harmless, odd, _advert = said
    _report(insult, Rule.ATTACK, case, people[case.reporter])
    _report(insult, Rule.HATE, case, None)
    hidden = _decide(insult, Measure.HIDE, Rule.ATTACK, case.reason, case, moderator)
    _appeal(hidden, case, people[case.author])
    _report(sharp, Rule.ATTACK, case, None)
    hidden = _decide(sharp, Measure.HIDE, Rule.ATTACK, case.reason, case, moderator)
    asked = _appeal(hidden, case, people[case.author])
    answer_appeal(asked, outcome=Outcome.OVERTURNED, facts=case.answer, language=case.language, by=steward)
    _report(harmless, Rule.OFF_TOPIC, case, None)
    _decide(harmless, Measure.LEAVE, Rule.OFF_TOPIC, case.left, case, moderator)
    _report(odd, Rule.PERSONAL, case, people[case.reporter], case.complaint)
    tally(item.pk)


def _say(
    item: Item, case: Case, words: dict[str, str], people: dict[str, Person], now: datetime, number: int
) -> Comment:
    one = Remark(case.author, words, 40.0 - number)
    made = add_remark(item, one, people, now)
    return Comment.objects.select_related("item__territory", "author").get(pk=made.pk)


def _report(comment: Comment, rule: Rule, case: Case, by: Person | None, words: str = "") -> None:
    made = send_report(Thing(comment), rule=rule, words=words, language=case.language, sender="demo", by=by)
    Report.objects.filter(pk=made.pk).update(made_at=made.made_at - WAITED)


def _decide(comment: Comment, measure: Measure, rule: Rule, facts: str, case: Case, by: Person) -> Decision:
    thing = Thing(Comment.objects.select_related("item__territory", "author").get(pk=comment.pk))
    return decide(thing, measure=measure, rule=rule, facts=facts, language=case.language, seen=0, by=by)


def _appeal(decision: Decision, case: Case, by: Person) -> Appeal:
    made = appeal(decision, Side.AUTHOR, words=case.plea, language=case.language, by=by)
    return Appeal.objects.select_related("decision").get(pk=made.pk)


def _load_past(territory: Territory, year: int, number: int) -> None:
    """What stands in the figures of last year; what it was about is gone, as after erasure."""
    at = datetime(year, 2, 3 + number, 9, tzinfo=UTC)
    for past in PAST:
        for turn in range(past.number):
            at += timedelta(days=15, hours=number + turn)
            until = at + timedelta(hours=past.hours * (turn + 1))
            row = Decision.objects.create(
                kind=past.kind, territory=territory, rule=past.rule, measure=past.measure, facts="–",
                language="en", found=past.found, began_at=at, made_at=until,
                law="" if past.rule != Rule.LAW else "–", appeal_until=until + timedelta(days=183),
            )  # fmt: skip
            if past.found != Found.SIGNS:
                Report.objects.create(
                    kind=past.kind, territory=territory, rule=past.rule, made_at=at, decision=row,
                    law="" if past.rule != Rule.LAW else "–",
                )  # fmt: skip
            if turn < past.overturned + past.upheld:
                outcome = Outcome.OVERTURNED if turn < past.overturned else Outcome.UPHELD
                _load_past_appeal(row, outcome)


def _load_past_appeal(decision: Decision, outcome: Outcome) -> None:
    at = decision.made_at + timedelta(days=2)
    side = Side.REPORTER if decision.measure == Measure.LEAVE else Side.AUTHOR
    report = decision.reports.first() if side == Side.REPORTER else None
    Appeal.objects.create(
        decision=decision, side=side, report=report, words="–", made_at=at, outcome=outcome,
        decided_at=at + timedelta(days=3),
    )  # fmt: skip

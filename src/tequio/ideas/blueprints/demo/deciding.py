"""Answers, their clocks, and what came of them, as officers would write; then the days of the story."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal

from tequio.base.moments import zone
from tequio.base.money import coins_of
from tequio.catalogue.models import Item
from tequio.ideas.answers.enums import Because, MilestoneState
from tequio.ideas.answers.models import Answer, AnswerDue, Judgement, Milestone, Paper, Result, Spending
from tequio.ideas.answers.services.answering import Said, ask_for_answer, assign, give_answer
from tequio.ideas.answers.services.judging import judge
from tequio.ideas.answers.services.papers import add_paper
from tequio.ideas.answers.services.results import (
    Plan,
    Step,
    change_step,
    finish,
    make_result,
    spend_on,
)
from tequio.ideas.answers.services.templates import save_template
from tequio.ideas.processes.models import Process
from tequio.ideas.processes.services.entering import enter_process
from tequio.ideas.proposals.selectors.thresholds import promised_moment
from tequio.organisations.models import Organisation
from tequio.people.models import Person

from .content import Landmark, Outcome, Owed, Ruling, Text
from .document import upload_of
from .making import evening
from .writing import Scene, set_item_back

OPEN, DONE = MilestoneState.PLANNED, MilestoneState.DONE


def keep_ready_words(scene: Scene) -> None:
    """Templates of the place, by its steward."""
    steward = scene.people[scene.telling.steward]
    for ready in scene.telling.ready:
        save_template(
            scene.place, name=ready.name, decision=ready.decision,
            reasons=ready.reasons.field(scene.telling.translators), by=steward,
        )  # fmt: skip


def owe(scene: Scene) -> None:
    """Clocks beside that of the process: the supports started those of petitions, a steward asks for the rest."""
    steward = scene.people[scene.telling.steward]
    for owed in scene.telling.owed:
        item = scene.ideas[owed.idea].item
        if owed.because == Because.ASKED:
            ask_for_answer(item, due_at=evening(scene.now, owed.due, scene.telling.zone), by=steward)
        due = AnswerDue.objects.select_related("item__territory").get(item=item)
        if owed.assigned_to:
            assign([due], scene.people[owed.assigned_to], by=steward)


def answer_all(scene: Scene, organisations: Mapping[str, Organisation]) -> None:
    for ruling in sorted(scene.telling.rulings, key=lambda one: -one.days_ago):
        _answer(scene, ruling, organisations)


def _answer(scene: Scene, ruling: Ruling, organisations: Mapping[str, Organisation]) -> None:
    item, by, translators = scene.ideas[ruling.idea].item, scene.people[ruling.by], scene.telling.translators
    said = Said(
        decision=ruling.decision, reasons=ruling.reasons.field(translators), office=ruling.office,
        organisation=organisations[ruling.organisation] if ruling.organisation else None,
    )  # fmt: skip
    answer = give_answer(item, said, by=by)
    at = scene.ago(ruling.days_ago)
    Answer.objects.filter(pk=answer.pk).update(at=at)
    if ruling.paper is not None:
        _add_paper(scene, item, ruling.paper, ruling.idea, by, at)


def _add_paper(scene: Scene, item: Item, name: Text, key: str, by: Person, at: datetime) -> None:
    upload = upload_of(key, name.original, name.origin)
    paper = add_paper(item, upload, name.field(scene.telling.translators), by=by)
    Paper.objects.filter(pk=paper.pk).update(added_at=at)


def tell_results(scene: Scene, organisations: Mapping[str, Organisation]) -> dict[str, Result]:
    """By the key of the idea each grew out of."""
    return {outcome.idea: _result(scene, outcome, organisations) for outcome in scene.telling.outcomes}


def _result(scene: Scene, outcome: Outcome, organisations: Mapping[str, Organisation]) -> Result:
    words, by = scene.telling.translators, scene.people[outcome.by]
    currency = scene.telling.currency
    steps = [
        Step(mark.title.field(words), _day(scene, mark.due if mark.moved_from is None else mark.moved_from))
        for mark in outcome.landmarks
    ]
    result = make_result(
        scene.ideas[outcome.idea].item,
        Plan(
            title=outcome.title.field(words), summary=outcome.summary.field(words),
            body=outcome.body.field(words), planned=coins_of(Decimal(outcome.planned), currency), currency=currency,
            organisation=organisations[outcome.organisation] if outcome.organisation else None,
        ),
        steps=steps, by=by,
    )  # fmt: skip
    enter_process(result.item, scene.process, by=by)
    _go_on(scene, outcome, result, by)
    for outlay in outcome.outlays:
        at = scene.ago(outlay.days_ago)
        line = spend_on(
            result, on=_day(scene, -outlay.days_ago), amount=coins_of(Decimal(outlay.amount), currency),
            what=outlay.what.field(words), by=by,
        )  # fmt: skip
        Spending.objects.filter(pk=line.pk).update(written_at=at)
    for number, name in enumerate(outcome.papers, start=1):
        last = min((outlay.days_ago for outlay in outcome.outlays), default=0)
        _add_paper(scene, result.item, name, f"{outcome.idea}-{number}", by, scene.ago(last))
    _finish_and_judge(scene, outcome, result, by)
    set_item_back(result.item, scene.ago(outcome.days_ago))
    return result


def _go_on(scene: Scene, outcome: Outcome, result: Result, by: Person) -> None:
    """Where each step stands, with the reason where its day was moved."""
    for mark, row in zip(outcome.landmarks, result.milestones.order_by("position"), strict=True):
        if mark.state == OPEN and mark.moved_from is None:
            continue
        delay = mark.delay.field(scene.telling.translators) if mark.delay else {}
        row.result = result
        change_step(row, state=mark.state, due=_day(scene, mark.due), delay=delay, by=by)
        if mark.done is not None:
            Milestone.objects.filter(pk=row.pk).update(done_at=_done(scene, mark))


def _done(scene: Scene, mark: Landmark) -> datetime:
    return evening(scene.now, mark.done or 0, scene.telling.zone)


def _finish_and_judge(scene: Scene, outcome: Outcome, result: Result, by: Person) -> None:
    if outcome.finished is not None:
        finish(result, by=by)
        Result.objects.filter(pk=result.pk).update(finished_at=scene.ago(outcome.finished))
    for number, judged in enumerate(outcome.judged):
        row = judge(result, judged.verdict, words=judged.words, by=scene.people[judged.by])
        last = outcome.finished or 11
        Judgement.objects.filter(pk=row.pk).update(at=scene.ago(last * (1 - (number + 1) / 12)))


def _day(scene: Scene, days: float) -> date:
    return (scene.now + timedelta(days=days)).astimezone(zone(scene.telling.zone)).date()


def give_clocks_their_days(scene: Scene) -> None:
    """Each clock began when its idea was there, and stopped with its answer."""
    process = Process.objects.get(pk=scene.process.pk)
    promised = promised_moment(process)
    answered = {scene.ideas[one.idea].pk: scene.ago(one.days_ago) for one in scene.telling.rulings}
    own = {scene.ideas[one.idea].pk: one for one in scene.telling.owed}
    dues = list(
        AnswerDue.objects.filter(item__in=[idea.pk for idea in scene.ideas.values()]).select_related("item")
    )
    for due in dues:
        due.since, due.due_at = _moments(scene, due, own.get(due.pk), promised)
        due.answered_at = answered.get(due.pk)
    AnswerDue.objects.bulk_update(dues, ["since", "due_at", "answered_at"])


def _moments(
    scene: Scene, due: AnswerDue, owed: Owed | None, promised: datetime | None
) -> tuple[datetime, datetime]:
    if owed is not None:
        return scene.now + timedelta(days=owed.since), evening(scene.now, owed.due, scene.telling.zone)
    return due.item.published_at or due.since, promised or due.due_at

"""The words of official answers, of results and of their steps, in other languages."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.base.errors import Refused
from tequio.base.translatable import Text, Translatable, Typed
from tequio.catalogue.permissions import seen_by
from tequio.catalogue.services.translating import translate_row, translate_thing
from tequio.people.models import Person

from ..models import Answer, Milestone, Result
from ..permissions import can_translate, can_translate_answer, results_visible_to

TEXTS = (
    Text("title", gettext_lazy("Title"), "item__title", 250),
    Text("summary", gettext_lazy("Summary"), "item__summary", 600),
    Text("body", gettext_lazy("Text"), "body", 10_000),
)
STEP_TEXTS = (
    Text("title", gettext_lazy("Name of the step"), "title", 160),
    Text("delay", gettext_lazy("Why its day changed"), "delay", 600),
)
ANSWER_TEXTS = (Text("reasons", gettext_lazy("Reasons"), "reasons", 10_000),)


@transaction.atomic
def translate_result(result: Result, typed: Mapping[str, Typed], *, by: Person) -> Result:
    """Save translations of any of TEXTS; what is not in `typed` stays."""
    _may(result, by)
    row: Result = translate_thing(result, TEXTS, typed, bodies=["body"], by=by)
    return row


def translate_milestone(milestone: Milestone, typed: Mapping[str, Typed], *, by: Person) -> Milestone:
    _may(milestone.result, by)
    row: Milestone = translate_row(milestone, STEP_TEXTS, typed, act="milestone.translate", by=by)
    return row


def translate_answer(answer: Answer, typed: Mapping[str, Typed], *, by: Person) -> Answer:
    if not can_translate_answer(by, answer):
        raise Refused(_("Only translators of this place can translate here."))
    row: Answer = translate_row(answer, ANSWER_TEXTS, typed, act="answer.translate", by=by)
    return row


def _may(result: Result, by: Person) -> None:
    if not can_translate(by, result):
        raise Refused(_("Only translators of this place can translate here."))


def _found(person: Person | None) -> QuerySet[Result]:
    return results_visible_to(person).select_related("item__territory", "item__author")


def _shown(person: Person | None) -> QuerySet[Result]:
    return results_visible_to(person).filter(item__state="published", item__hidden_by="")


def _steps(person: Person | None) -> QuerySet[Milestone]:
    return Milestone.objects.filter(seen_by(person, "result__item__")).select_related(
        "result__item__territory", "result__item__author"
    )


def _shown_steps(person: Person | None) -> QuerySet[Milestone]:
    return _steps(person).filter(result__item__state="published", result__item__hidden_by="")


def _answers(person: Person | None) -> QuerySet[Answer]:
    rows = Answer.objects.filter(seen_by(person, "item__"), replaced_at=None)
    return rows.select_related("item__territory", "by")


def _shown_answers(person: Person | None) -> QuerySet[Answer]:
    return _answers(person).filter(item__state="published", item__hidden_by="")


RESULT = Translatable(
    kind="result", word=gettext_lazy("Result"), texts=TEXTS, found=_found, shown=_shown,
    may=can_translate, save=translate_result,
    path_of=lambda row: row.item.path, source_of=lambda row: f"catalogue.item:{row.pk}",
    authors_of=lambda row: [row.item.author] if row.item.author else [],
    languages_of=lambda row: [*row.item.languages, *row.item.territory.languages],
)  # fmt: skip
MILESTONE = Translatable(
    kind="milestone", word=gettext_lazy("Step of a result"), texts=STEP_TEXTS, found=_steps, shown=_shown_steps,
    may=lambda person, row: can_translate(person, row.result), save=translate_milestone,
    path_of=lambda row: row.result.item.path, source_of=lambda row: f"catalogue.item:{row.result_id}",
    authors_of=lambda row: [row.result.item.author] if row.result.item.author else [],
    item_of=lambda row: row.result.item,
    languages_of=lambda row: [*row.result.item.languages, *row.result.item.territory.languages],
    place="result__item__territory", author="result__item__author", moment="result__item__published_at",
)  # fmt: skip
ANSWER = Translatable(
    kind="official-answer", word=gettext_lazy("Official answer"), texts=ANSWER_TEXTS,
    found=_answers, shown=_shown_answers, may=can_translate_answer, save=translate_answer,
    path_of=lambda row: row.item.path, source_of=lambda row: f"answers.answer:{row.pk}",
    authors_of=lambda row: [row.by] if row.by else [],
    languages_of=lambda row: [*row.item.languages, *row.item.territory.languages],
    author="by", moment="at",
)  # fmt: skip

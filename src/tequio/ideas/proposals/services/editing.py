"""Changing an idea, and taking it back."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.algorithms.risk import Filling
from tequio.audit import services as audit
from tequio.base.errors import Refused
from tequio.base.multilingual import Field, change_original, original_language, original_text, write_original
from tequio.catalogue.enums import ItemState, LinkKind, Part
from tequio.catalogue.models import Item, ItemCount, Link
from tequio.catalogue.services import describe
from tequio.catalogue.services.revisions import keep_revision
from tequio.catalogue.services.screening import screen_change
from tequio.guards.services import page_changed
from tequio.people.models import Person

from ..models import Idea, Problem
from ..permissions import can_edit, can_withdraw
from ..selectors.problems import links_to_problems, problems_named
from . import columns_of
from .illustrating import refuse_unseen, show_pictures
from .proposing import Proposal, locked_idea, said_by

BODIES = {"what": Part.WHAT, "why": Part.WHY, "for_whom": Part.FOR_WHOM}


@transaction.atomic
def edit_idea(
    idea: Idea,
    proposal: Proposal,
    *,
    why: str = "",
    seen: str = "",
    filling: Filling | None = None,
    by: Person,
) -> Idea:
    """Other words, cost, place, pictures or problems. What the words were stays readable, with her reason.

    `seen` is `version_seen` of what she started from: Refused with the code "changed" where somebody was faster.
    Translations stay and become stale by themselves. Riskier words of an idea that is shown wait for a moderator.
    """
    idea = locked_idea(idea)
    if not can_edit(by, idea):
        raise Refused(_("This idea cannot be changed now."), code="closed")
    if seen and seen != version_seen(idea):
        raise Refused(_("Another author changed this idea meanwhile. Here is her text too."), code="changed")
    item, before, said, was_shown = idea.item, _words(idea), said_by(idea), idea.item.is_shown
    refuse_unseen(item, proposal.pictures, by=by)
    had, has = _answer_these(item, proposal.problems, by)
    item.title = proposal.words.title
    for name, value in proposal.where.columns.items():
        setattr(item, name, value)
    item.save(update_fields=["title", "place_name", "latitude", "longitude"])
    for name, value in columns_of(proposal.words).items():
        setattr(idea, name, value)
    show_pictures(item, proposal.pictures, by=by)
    screen_change(item, said, said_by(idea, why=why), filling=filling, by=by)
    after = _words(idea)
    changed = {part: (before[part], after[part]) for part in before}
    changed[str(Part.PROBLEMS)] = (_numbers(had, item), _numbers(has, item))
    revision = keep_revision(item, changed, why=why, by=by)
    if revision is not None and was_shown:
        _note_change(idea)
    idea.save()
    describe(item, *proposal.words.bodies)
    told = {"problems": has} if had != has else {}
    audit.record(
        "idea.edit", idea, by=by, revision=revision.pk if revision else None, state=item.state, **told
    )
    page_changed()
    return idea


def _words(idea: Idea) -> dict[str, Field]:
    bodies = {str(part): getattr(idea, name) for name, part in BODIES.items()}
    return {str(Part.TITLE): idea.item.title, **bodies}


def _note_change(idea: Idea) -> None:
    """Whoever supports it later sees that earlier supporters read other words."""
    supports = ItemCount.objects.values_list("supports", flat=True).get(item=idea.pk)
    if supports:
        idea.changed_at, idea.supports_when_changed = timezone.now(), supports


def _answer_these(item: Item, problems: Sequence[Problem], by: Person) -> tuple[list[int], list[int]]:
    """(numbers before, numbers now). Problems that are not shown to her now stay: her form did not name them."""
    links = links_to_problems(item)
    had = list(links.values_list("target_id", flat=True))
    wanted = list(dict.fromkeys(problem.pk for problem in problems))
    shown = {problem.pk for problem in problems_named(by, had)}
    links.filter(target__in=shown.difference(wanted)).delete()
    Link.objects.bulk_create(
        [Link(source=item, target_id=pk, kind=LinkKind.ANSWERS) for pk in wanted if pk not in had],
        ignore_conflicts=True,
    )
    return had, list(links.values_list("target_id", flat=True))


def _numbers(problems: Sequence[int], item: Item) -> Field:
    """As the history keeps them: it must not hold other people's words, for these may be hidden one day."""
    text = "\n".join(map(str, problems))
    return write_original(text, original_language(item.title), by="") if text else {}


def version_seen(idea: Idea) -> str:
    """What an editor's form carries, to tell whether anybody was faster: the number of the last change."""
    newest = idea.item.revisions.order_by("-pk").values_list("pk", flat=True).first()
    return str(newest or 0)


def revised(field: Field, text: str, language: str, by: str) -> Field:
    """`field` with new words in its original language; as it is where they are the same, {} where there are none."""
    if not text:
        return {}
    if not field:
        return write_original(text, language, by=by)
    if original_text(field) == text and original_language(field) == language:
        return field
    if original_language(field) != language:
        return write_original(text, language, by=by)
    return change_original(field, text, by=by)


@transaction.atomic
def withdraw_idea(idea: Idea, *, by: Person) -> Idea:
    """Her idea is not shown any more. Nothing is deleted; a draft goes the same way."""
    idea = locked_idea(idea)
    if not can_withdraw(by, idea):
        raise Refused(_("Only whoever wrote an idea can take it back."))
    idea.item.state = ItemState.WITHDRAWN
    idea.item.save(update_fields=["state"])
    audit.record("idea.withdraw", idea, by=by)
    page_changed()
    return idea

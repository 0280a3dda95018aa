"""Who sees, writes, changes, takes back, translates and hides comments. An item's audience decides who may at all."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from tequio.base.actor import Actor
from tequio.catalogue.enums import Bar, Comments
from tequio.catalogue.models import Item
from tequio.catalogue.permissions import can_see as can_see_item
from tequio.catalogue.permissions import part_bar, seen_by
from tequio.catalogue.types import PartRule
from tequio.people.enums import RoleName
from tequio.people.models import Person
from tequio.territories.models import TerritoryPath

from .enums import CommentState
from .models import Comment, Discussion

OPEN = {Comments.ONE_COLUMN, Comments.FOR_AND_AGAINST}
# A slip can be mended for a day; afterwards one answers oneself.
EDITING = timedelta(hours=24)
SHOWN = (CommentState.PUBLISHED, CommentState.WITHDRAWN)


def visible_to(person: Person | None) -> QuerySet[Comment]:
    """Comments with a page of their own for her. A withdrawn one has a page, without its words."""
    return (
        Comment.objects.filter(seen_by(person, "item__"))
        .exclude(item__comments=Comments.OFF)
        .filter(_rule(person))
    )


def _rule(person: Person | None) -> Q:
    rule = Q(state__in=SHOWN, hidden_by="")
    if person is None:
        return rule
    rule |= Q(author=person)
    places = person.role_places(RoleName.MODERATOR) if person.is_member else []
    if places:
        below = TerritoryPath.objects.filter(above__in=places).values("below")
        rule |= Q(item__territory__in=below)
    return rule


def can_see(person: Person | None, comment: Comment) -> bool:
    """The same rule for one comment at hand."""
    if comment.item.comments == Comments.OFF or not can_see_item(person, comment.item):
        return False
    is_shown = comment.state in SHOWN and not comment.hidden_by
    return is_shown or sees_all(person, comment)


def sees_all(person: Person | None, comment: Comment) -> bool:
    """Whose words they are, and the moderators of the place, also where others see none."""
    if person is None:
        return False
    return comment.author_id == person.pk or can_moderate(person, comment.item)


def can_read_words(person: Person | None, comment: Comment) -> bool:
    return can_see(person, comment) and (comment.is_shown or sees_all(person, comment))


def rules_of(item: Item) -> Discussion:
    """How the item is talked about; unsaved defaults where nobody chose otherwise."""
    return getattr(item, "discussion", None) or Discussion(item=item)


def organisation_of(item: Item) -> int | None:
    """Whose members comment, where comments are theirs alone."""
    return rules_of(item).organisation_id or item.organisation_id


def is_open(item: Item) -> bool:
    """Whether the item takes comments now, whoever asks."""
    return item.is_shown and item.comments in OPEN and not item.is_over


def can_comment(person: Person | None, item: Item) -> bool:
    """None is a visitor, who would become a guest."""
    if not is_open(item) or not can_see_item(person, item):
        return False
    return (person is None or person.is_active) and commenting_bar(person, item) == Bar.NONE


def commenting_bar(person: Person | None, item: Item) -> Bar:
    """What keeps her from commenting on an item that takes comments. What one says of a problem is no opinion."""
    rules = rules_of(item)
    rule = PartRule(
        rules.who_may, tuple(rules.methods), rules.least_age, rules.most_age, organisation_of(item)
    )  # fmt: skip
    return part_bar(person, rule, item.territory, is_opinion=item.kind != "problem")


def can_reply(person: Person | None, comment: Comment) -> bool:
    """One level: an answer has no answers."""
    return comment.reply_to_id is None and comment.is_shown and can_comment(person, comment.item)


def can_edit(person: Person | None, comment: Comment) -> bool:
    """Its author, for a day, while the discussion is open and nobody hid it."""
    if not _is_hers(person, comment) or comment.hidden_by or comment.state == CommentState.WITHDRAWN:
        return False
    return is_open(comment.item) and comment.made_at > timezone.now() - EDITING


def can_withdraw(person: Person | None, comment: Comment) -> bool:
    """Its author, at any time."""
    return _is_hers(person, comment) and comment.state != CommentState.WITHDRAWN and not comment.is_erased


def _is_hers(person: Person | None, comment: Comment) -> bool:
    return person is not None and person.is_active and comment.author_id == person.pk


def can_mark(person: Person | None, comment: Comment) -> bool:
    """Who may comment may say that a comment of somebody else is useful to her."""
    if not comment.is_shown or comment.is_erased or not can_comment(person, comment.item):
        return False
    return person is None or comment.author_id != person.pk


def can_translate(person: Person | None, comment: Comment) -> bool:
    """Translators of the place, and its author herself."""
    if person is None or person.is_guest or comment.is_erased or not comment.is_shown:
        return False
    if not can_see(person, comment):
        return False
    return _is_hers(person, comment) or person.holds(RoleName.TRANSLATOR, comment.item.territory)


def can_moderate(person: Actor, item: Item) -> bool:
    """Moderators of the item's place, and the platform's own jobs."""
    return person.holds(RoleName.MODERATOR, item.territory)

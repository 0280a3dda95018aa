"""Whether and how an item is talked about: called by the service of whoever looks after the item."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.audit import services as audit
from tequio.base.actor import Actor
from tequio.base.errors import Refused
from tequio.catalogue.enums import Comments, WhoMay
from tequio.catalogue.models import Item
from tequio.guards.services import page_changed

from ..models import Comment, Discussion


@transaction.atomic
def set_discussion(
    item: Item, *, comments: str, who_may: str = WhoMay.ANYONE, reads_first: bool = False, by: Actor
) -> Discussion:
    """Say in which columns an item is talked about, by whom, and whether a moderator reads first.

    The caller has asked whether `by` may. What was said stays; "off" hides it all until it is opened again.
    """
    if comments not in Comments.values or who_may not in WhoMay.values:
        raise ValueError(f"unknown: {comments!r}, {who_may!r}")
    has_none = Comment.objects.filter(item=item, reply_to=None, side="")
    if comments == Comments.FOR_AND_AGAINST and item.comments != comments and has_none.exists():
        raise Refused(_("There are comments without a side already, so it stays one column."), code="sides")
    if item.comments != comments:
        item.comments = comments
        item.save(update_fields=["comments"])
    rules, is_new = Discussion.objects.get_or_create(
        item=item, defaults={"who_may": who_may, "reads_first": reads_first}
    )
    if not is_new and (rules.who_may, rules.reads_first) != (who_may, reads_first):
        rules.who_may, rules.reads_first = who_may, reads_first
        rules.save(update_fields=["who_may", "reads_first"])
    item.discussion = rules
    audit.record("discussion.set", item, by=by, comments=comments, who_may=who_may, reads_first=reads_first)
    page_changed()
    return rules

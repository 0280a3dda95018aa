"""The closed table of kinds, and the states and audiences of items."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Door(models.TextChoices):
    IDEAS = "ideas", _("Ideas")
    TRAINING = "training", _("Training")
    PRACTICES = "practices", _("Practices")
    VENTURES = "ventures", _("Ventures")


class ItemState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    HELD = "held", _("Waiting for a moderator")
    PUBLISHED = "published", _("Published")
    DECLINED = "declined", _("Not published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Audience(models.TextChoices):
    PUBLIC = "public", _("Everybody")
    ORGANISATION = "organisation", _("Members of the organisation")
    INVITED = "invited", _("Invited people")


class Comments(models.TextChoices):
    OFF = "off", _("No comments")
    ONE_COLUMN = "one", _("One column")
    FOR_AND_AGAINST = "two", _("For and against")
    CLOSED = "closed", _("Closed")


class PartyRole(models.TextChoices):
    AUTHOR = "author", _("Author")
    ORGANISER = "organiser", _("Organiser")
    ANSWERS = "answers", _("Answers for it")


@dataclass(frozen=True)
class Kind:
    """What an item is: its word, its door, its icon, the URL name of its page."""

    name: str
    word: str | Promise
    door: Door
    icon: str
    url_name: str
    is_listed: bool = True


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("process", _("Process"), Door.IDEAS, "ideas", "processes:detail"),
        Kind("conversation", _("Conversation"), Door.IDEAS, "ideas", "deliberation:detail"),
        Kind("statement", _("Statement"), Door.IDEAS, "comment", "deliberation:statement", is_listed=False),
    )
}


class LinkKind(models.TextChoices):
    ANSWERS = "answers", _("answers")
    DISCUSSES = "discusses", _("discusses")
    GREW_INTO = "grew_into", _("grew into")
    DOCUMENTS = "documents", _("documents")
    ADAPTED_FROM = "adapted_from", _("adapted from")
    ASKED_IN = "asked_in", _("asked in")

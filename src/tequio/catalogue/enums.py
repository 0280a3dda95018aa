"""The closed table of kinds, and the states and audiences of items."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tequio.base.languages import current


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


class HideReason(models.TextChoices):
    """Why something that was shown is not shown any more; its author reads this sentence."""

    OFF_TOPIC = "off_topic", _("It is about something else than the question.")
    SEVERAL = "several", _("It says several things at once. Please send them one by one.")
    ATTACK = "attack", _("It attacks people instead of saying what should be done.")
    HATE = "hate", _("It stirs up hatred against a group of people.")
    PERSONAL = "personal", _("It names or describes a private person.")
    FALSE_NAME = "false_name", _("It pretends to come from somebody else.")
    SPAM = "spam", _("It is advertising.")
    UNCLEAR = "unclear", _("Others could not tell what they would agree with.")
    UNLAWFUL = "unlawful", _("It is against the law.")


class Part(models.TextChoices):
    """The words of a thing, as its history names them."""

    TITLE = "title", _("Title or question")
    SUMMARY = "summary", _("Summary")
    BODY = "body", _("Text")
    WHAT = "what", _("What")
    WHY = "why", _("Why")
    FOR_WHOM = "for_whom", _("For whom")
    WHO_IS_AFFECTED = "who_is_affected", _("Who is affected")
    EVIDENCE = "evidence", _("Evidence")
    # Its text is numbers of items, one a line: whoever reads the history sees the titles she may see.
    PROBLEMS = "problems", _("The problem it answers")


class ChangeKind(models.TextChoices):
    """Why words changed."""

    EDIT = "edit", _("The words were changed")
    TRANSLATION = "translation", _("It was translated")
    CORRECTION = "correction", _("A mistake was put right")


class Audience(models.TextChoices):
    PUBLIC = "public", _("Everybody")
    ORGANISATION = "organisation", _("Members of the organisation")
    INVITED = "invited", _("Invited people")


class Comments(models.TextChoices):
    OFF = "off", _("No comments")
    ONE_COLUMN = "one", _("One column")
    FOR_AND_AGAINST = "two", _("For and against")
    CLOSED = "closed", _("Closed")


class WhoMay(models.TextChoices):
    """Who may take part."""

    ANYONE = "anyone", _("Anyone, also as a guest")
    MEMBERS = "members", _("Members of Tequio")
    RESIDENTS = "residents", _("Verified residents of the place")
    ORGANISATION = "ours", _("Members of the organisation")


class Bar(StrEnum):
    """What keeps somebody from taking part.

    NOW: it is not open for this today. AGE: she is too young to give opinions. AGES: it is for other ages.
    """

    NONE = ""
    NOW = "now"
    MEMBERS = "members"
    RESIDENTS = "residents"
    ORGANISATION = "ours"
    AGE = "age"
    AGES = "ages"


class PartyRole(models.TextChoices):
    AUTHOR = "author", _("Author")
    ORGANISER = "organiser", _("Organiser")
    ANSWERS = "answers", _("Answers for it")
    SOURCE = "source", _("The thought comes from her")


@dataclass(frozen=True)
class Kind:
    """What an item is: its word, its door, its icon, the URL name of its page."""

    name: str
    word: str | Promise
    door: Door
    icon: str
    url_name: str
    is_listed: bool = True
    gender_es: str = "f"
    gender_fr: str = "f"


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("process", _("Process"), Door.IDEAS, "ideas", "processes:detail", gender_es="m"),
        Kind("idea", _("Idea"), Door.IDEAS, "ideas", "proposals:detail"),
        Kind("problem", _("Problem"), Door.IDEAS, "flag", "proposals:problem", gender_es="m", gender_fr="m"),
        Kind("result", _("Result"), Door.IDEAS, "agree", "answers:result", gender_es="m", gender_fr="m"),
        Kind("conversation", _("Conversation"), Door.IDEAS, "ideas", "deliberation:detail"),
        Kind("statement", _("Statement"), Door.IDEAS, "comment", "deliberation:statement", is_listed=False),
    )
}


# A state takes the gender of what it is said of; Spanish and French need one word for each of the two.
_STATES = {
    "f": {
        ItemState.DRAFT: pgettext_lazy("state of a feminine thing", "Draft"),
        ItemState.HELD: pgettext_lazy("state of a feminine thing", "Waiting for a moderator"),
        ItemState.PUBLISHED: pgettext_lazy("state of a feminine thing", "Published"),
        ItemState.DECLINED: pgettext_lazy("state of a feminine thing", "Not published"),
        ItemState.WITHDRAWN: pgettext_lazy("state of a feminine thing", "Withdrawn"),
    },
    "m": {
        ItemState.DRAFT: pgettext_lazy("state of a masculine thing", "Draft"),
        ItemState.HELD: pgettext_lazy("state of a masculine thing", "Waiting for a moderator"),
        ItemState.PUBLISHED: pgettext_lazy("state of a masculine thing", "Published"),
        ItemState.DECLINED: pgettext_lazy("state of a masculine thing", "Not published"),
        ItemState.WITHDRAWN: pgettext_lazy("state of a masculine thing", "Withdrawn"),
    },
}
_WHEN = {
    "f": {
        "open": pgettext_lazy("state of a feminine thing", "Open"),
        "over": pgettext_lazy("state of a feminine thing", "Closed"),
        "later": pgettext_lazy("state of a feminine thing", "Published, opens later"),
        "hidden": pgettext_lazy("state of a feminine thing", "Hidden"),
    },
    "m": {
        "open": pgettext_lazy("state of a masculine thing", "Open"),
        "over": pgettext_lazy("state of a masculine thing", "Closed"),
        "later": pgettext_lazy("state of a masculine thing", "Published, opens later"),
        "hidden": pgettext_lazy("state of a masculine thing", "Hidden"),
    },
}


def state_word(kind: str, state: str, when: str = "") -> str | Promise:
    """The word for a state of this kind of thing; `when` is open, over, later or hidden for a published one."""
    gender = {"es": KINDS[kind].gender_es, "fr": KINDS[kind].gender_fr}.get(current(), "f")
    return _WHEN[gender][when] if when else _STATES[gender][ItemState(state)]


class LinkKind(models.TextChoices):
    ANSWERS = "answers", _("answers")
    DISCUSSES = "discusses", _("discusses")
    GREW_INTO = "grew_into", _("grew into")
    DOCUMENTS = "documents", _("documents")
    ADAPTED_FROM = "adapted_from", _("adapted from")
    ASKED_IN = "asked_in", _("asked in")
    TOOK_IN = "took_in", _("took in")
    SPLIT_FROM = "split_from", _("split from")


# Whole and part stand on the thread beside the links.
PART = "part"
# What the later thing is to the earlier one, as its line on the thread says it.
RELATIONS = {
    LinkKind.ANSWERS: pgettext_lazy("of the thing before", "answers it"),
    LinkKind.DISCUSSES: pgettext_lazy("of the thing before", "discusses it"),
    LinkKind.GREW_INTO: pgettext_lazy("of the thing before", "grew out of it"),
    LinkKind.DOCUMENTS: pgettext_lazy("of the thing before", "documents it"),
    LinkKind.ADAPTED_FROM: pgettext_lazy("of the thing before", "adapted from it"),
    LinkKind.ASKED_IN: pgettext_lazy("of the thing before", "was asked there"),
    LinkKind.TOOK_IN: pgettext_lazy("of the thing before", "took it in"),
    LinkKind.SPLIT_FROM: pgettext_lazy("of the thing before", "was split off from it"),
    PART: pgettext_lazy("of the thing before", "was said there"),
}

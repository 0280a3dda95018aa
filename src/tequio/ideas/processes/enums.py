from django.db import models
from django.utils.translation import gettext_lazy as _


class Act(models.TextChoices):
    """What a phase may open."""

    CREATE = "create", _("Write")
    COMMENT = "comment", _("Comment")
    SUPPORT = "support", _("Support")
    ANSWER = "answer", _("Answer officially")


class Blueprint(models.TextChoices):
    """Ready-made processes."""

    OWN = "own", _("Your own steps")
    IDEAS_CALL = "ideas_call", _("Call for ideas")
    TOWN_CONVERSATION = "town_conversation", _("Town conversation")
    COOP_ASSEMBLY = "coop_assembly", _("Assembly of a co-operative")
    YOUTH_COUNCIL = "youth_council", _("Youth council")


class ListState(models.TextChoices):
    """Which processes a list shows."""

    OPEN = "open", _("Open now")
    OVER = "over", _("Over")
    ALL = "all", _("All")


class ListOrder(models.TextChoices):
    """In which order."""

    NEWEST = "newest", _("Newest first")
    CLOSING = "closing", _("Closing soonest first")


# What a phase may open: an act on a kind of thing, in the words of form and page. Who answers officially is no matter
# of taking part, so those acts are for no group of people.
FEATURES = {
    (Act.CREATE, "problem"): _("Report problems"),
    (Act.SUPPORT, "problem"): _("Say “me too” to problems"),
    (Act.COMMENT, "problem"): _("Comment on problems"),
    (Act.CREATE, "idea"): _("Propose ideas"),
    (Act.SUPPORT, "idea"): _("Support ideas"),
    (Act.COMMENT, "idea"): _("Comment on ideas"),
    (Act.COMMENT, "conversation"): _("Comment on conversations"),
    (Act.ANSWER, "problem"): _("Official answers to problems"),
    (Act.ANSWER, "idea"): _("Official answers to ideas"),
    (Act.ANSWER, "conversation"): _("Official answers to conversations"),
}

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class Decision(models.TextChoices):
    """What was decided on something people asked for."""

    ACCEPTED = "accepted", _("Accepted")
    IN_PART = "in_part", _("Accepted in part")
    DECLINED = "declined", _("Declined")


class Because(models.TextChoices):
    """Why an answer is owed."""

    PROCESS = "process", _("The process promised it")
    PETITION = "petition", _("So many people support it")
    ASKED = "asked", _("Those who look after the place asked for it")


class MilestoneState(models.TextChoices):
    PLANNED = "planned", _("Planned")
    UNDER_WAY = "under_way", _("Under way")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("Given up")


class Verdict(models.TextChoices):
    """Whether a result is what was asked for, by those who asked."""

    YES = "yes", _("Yes")
    PARTLY = "partly", _("Partly")
    NO = "no", _("No")


class BatchState(models.TextChoices):
    """How far answers that are given together have come."""

    DRAFT = "draft", _("To be read before they are sent")
    SENDING = "sending", _("They are being sent")
    DONE = "done", _("They are sent")


class Hindrance(StrEnum):
    """What keeps somebody from answering. OFFICE: it is for others to answer. NOW: it is not the time."""

    NONE = ""
    GONE = "gone"
    OFFICE = "office"
    NOW = "now"


class Stage(StrEnum):
    """How an item stands to the steps of its process that open answers.

    FREE: nothing stands in the way, and nothing is to be said. ENDED: the step is over, and an answer is owed still.
    OPENS: it has not begun. AFTER_DUE: it begins after the promised day. NO_STEP: none opens answers.
    HIDDEN: the process is not public. OVER: the step is over, and nothing is owed.
    """

    FREE = ""
    ENDED = "ended"
    OPENS = "opens"
    AFTER_DUE = "after_due"
    NO_STEP = "no_step"
    HIDDEN = "hidden"
    OVER = "over"


class Show(models.TextChoices):
    """Which of the answers that are owed stand on the desk."""

    ALL = "all", _("All")
    NOW = "now", _("Can be answered now")
    NOT_YET = "not_yet", _("Cannot be answered yet")
    WEEK = "week", _("Due within seven days")
    LATE = "late", _("Late")
    MINE = "mine", _("Mine to prepare")
    UNASSIGNED = "unassigned", _("Nobody prepares it")

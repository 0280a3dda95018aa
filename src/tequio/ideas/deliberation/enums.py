from django.db import models
from django.utils.translation import gettext_lazy as _


class Moderation(models.TextChoices):
    BEFORE = "before", _("A moderator reads each statement before it is shown")
    AFTER = "after", _("Statements are shown at once, moderators read them afterwards")


class VoteValue(models.IntegerChoices):
    """As the field's exports have it: 1 agree, -1 disagree, 0 pass."""

    AGREE = 1, _("Agree")
    DISAGREE = -1, _("Disagree")
    PASS = 0, _("Pass")


class DeclineReason(models.TextChoices):
    """Why a statement is not shown; its author reads this sentence."""

    OFF_TOPIC = "off_topic", _("It is about something else than the question.")
    SEVERAL = "several", _("It says several things at once. Please send them one by one.")
    ATTACK = "attack", _("It attacks people instead of saying what should be done.")
    PERSONAL = "personal", _("It names or describes a private person.")
    SPAM = "spam", _("It is advertising.")
    UNCLEAR = "unclear", _("Others could not tell what they would agree with.")


class Uptake(models.TextChoices):
    """What the organiser does with a statement."""

    TAKEN_UP = "taken_up", _("Taken up")
    IN_PART = "in_part", _("Taken up in part")
    UNDER_WAY = "under_way", _("Already under way")
    NOT_TAKEN_UP = "not_taken_up", _("Not taken up")


class CohortState(models.TextChoices):
    """People who arrived together and answer alike: only released ones count."""

    ASIDE = "aside", _("Set aside until an organiser decides")
    CONFIRMED = "confirmed", _("Set aside for good")
    RELEASED = "released", _("Counted like everybody’s")


class ImportState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    READING = "reading", _("Reading the files")
    SAVING = "saving", _("Saving the answers")
    DONE = "done", _("Done")
    FAILED = "failed", _("Not imported")

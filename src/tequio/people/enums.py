from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class RoleName(models.TextChoices):
    """What a person may be in a territory; a role holds in everything below it too."""

    STEWARD = "steward", _("Steward")
    FACILITATOR = "facilitator", _("Facilitator")
    MODERATOR = "moderator", _("Moderator")
    TRANSLATOR = "translator", _("Translator")


# Who holds one of the second holds the first as well.
IMPLIED = {
    RoleName.FACILITATOR: {RoleName.STEWARD},
    RoleName.MODERATOR: {RoleName.STEWARD, RoleName.FACILITATOR},
    RoleName.TRANSLATOR: {RoleName.STEWARD, RoleName.FACILITATOR, RoleName.MODERATOR},
}


class Method(models.TextChoices):
    """How it was proven that somebody lives in a place."""

    IN_PERSON = "in_person", _("In person")
    LETTER = "letter", _("By a letter with a code")
    REGISTER = "register", _("By an organisation's register")
    LIST = "list", _("By a list of the place")


class Month(models.IntegerChoices):
    """After how many months it is asked again."""

    HALF_YEAR = 6, _("After half a year")
    YEAR = 12, _("After a year")
    TWO_YEARS = 24, _("After two years")
    FOUR_YEARS = 48, _("After four years")


class Tried(StrEnum):
    """What came of something typed to prove a residence."""

    RIGHT = "right"
    WRONG = "wrong"
    OVER = "over"


class WayIn(models.TextChoices):
    """How somebody showed who she is when she signed in."""

    CODE = "code", _("code")
    PASSKEY = "passkey", _("passkey")
    PASSWORD = "password", _("password")
    RECOVERY = "recovery", _("recovery code")

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


class WayIn(models.TextChoices):
    """How somebody showed who she is when she signed in."""

    CODE = "code", _("code")
    PASSKEY = "passkey", _("passkey")
    PASSWORD = "password", _("password")
    RECOVERY = "recovery", _("recovery code")

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class Try(StrEnum):
    """What came of a code that somebody typed."""

    RIGHT = "right"
    WRONG = "wrong"
    OVER = "over"


class CodeFor(models.TextChoices):
    """What a code is good for once it comes back."""

    SIGN_IN = "sign-in", _("signing in")
    ADD = "add", _("adding an address")
    PROVE = "prove", _("showing that it is you")


class Outcome(models.TextChoices):
    """What became of a change of address that a steward began."""

    WAITS = "", _("waits")
    DONE = "done", _("done")
    STOPPED = "stopped", _("stopped")


class Weakness(StrEnum):
    """Why a password is easy to guess."""

    COMMON = "common"
    NAME = "name"
    WORD = "word"
    ABOUT_YOU = "about-you"
    KEYBOARD = "keyboard"
    REPEAT = "repeat"
    ROW = "row"
    DATE = "date"
    SHORT = "short"


WHY_WEAK = {
    Weakness.COMMON: _("Many people use this password, or nearly this one."),
    Weakness.NAME: _("It holds a common name."),
    Weakness.WORD: _("It is made of common words in a common order."),
    Weakness.ABOUT_YOU: _("It holds something others know of you, as your name or address."),
    Weakness.KEYBOARD: _("It follows the keys of a keyboard."),
    Weakness.REPEAT: _("It says the same thing again."),
    Weakness.ROW: _("It counts up or down, as abc or 6543."),
    Weakness.DATE: _("It holds a date or a year."),
    Weakness.SHORT: _("It is short."),
}


class Changed(models.TextChoices):
    """What a letter tells a member of her own account."""

    ADDRESS_ADDED = "address-added", _("An e-mail address was added to your account.")
    ADDRESS_REMOVED = "address-removed", _("An e-mail address was taken off your account.")
    MAIN_ADDRESS = "main-address", _("Another e-mail address is now the main one of your account.")
    TELEPHONE_ADDED = "telephone-added", _("A telephone number was added to your account.")
    TELEPHONE_REMOVED = "telephone-removed", _("The telephone number was taken off your account.")
    PASSKEY_ADDED = "passkey-added", _("A passkey was added to your account.")
    PASSKEY_REMOVED = "passkey-removed", _("A passkey was taken off your account.")
    PASSWORD_SET = "password-set", _("The password of your account was set or changed.")
    PASSWORD_REMOVED = "password-removed", _("The password of your account was removed.")
    STEP_ADDED = "step-added", _("An authenticator app was added to your account.")
    STEP_REMOVED = "step-removed", _("The authenticator app was taken off your account.")
    CODES_MADE = "codes-made", _("New recovery codes were made for your account.")
    CODE_USED = "code-used", _("Somebody signed in to your account with a recovery code.")
    ADDRESS_CHANGED = (
        "address-changed",
        _("The address of your account was changed, as a steward vouched for."),
    )

"""The words people agree to, per purpose and version. A changed text is a new version; old ones stay."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .enums import Channel, Purpose


@dataclass(frozen=True)
class ConsentText:
    """`words` in three languages by gettext; `version` is what rows keep, as "opinions-1"."""

    purpose: Purpose
    number: int
    words: str | Promise

    @property
    def version(self) -> str:
        return f"{self.purpose}-{self.number}"

    def digest(self, language: str) -> str:
        """SHA-256 of the very words a reader of `language` sees."""
        return _digest(self.version, language)


TEXTS: tuple[ConsentText, ...] = (
    ConsentText(
        Purpose.OPINIONS,
        1,
        _(
            "What you answer and write here is kept under a number, without your name, to draw the opinion map. "
            "By sending it you agree. You can change it or take it back at any time."
        ),
    ),
    ConsentText(
        Purpose.IDEAS,
        1,
        _(
            "What you propose and support is kept under your account, so that it counts. "
            "Others see how many support an idea, not who. "
            "By sending it you agree. You can take it back at any time."
        ),
    ),
    ConsentText(
        Purpose.RESEARCH,
        1,
        _(
            "I agree that my answers, under a number and without my name, are published as open data. "
            "Researchers may use them. What was published before I change my mind cannot be called back."
        ),
    ),
    ConsentText(
        Purpose.LETTERS,
        1,
        _("I agree to get letters about what I follow. Each letter has a link that ends them."),
    ),
    ConsentText(
        Purpose.NEWS,
        1,
        _(
            "I agree to get a letter now and then about what is new in my place. Each has a link that ends them."
        ),
    ),
)

BY_VERSION = {text.version: text for text in TEXTS}


def current_text(purpose: str) -> ConsentText:
    """The newest text of a purpose: the one people are asked to agree to today."""
    return max((text for text in TEXTS if text.purpose == purpose), key=lambda text: text.number)


@lru_cache(maxsize=256)
def _digest(version: str, language: str) -> str:
    with translation.override(language):
        return hashlib.sha256(str(BY_VERSION[version].words).encode()).hexdigest()


@dataclass(frozen=True)
class Standing:
    """One purpose as its switch shows it: the text to agree to, and how it stands for this person.

    `version` is the text she last agreed to; `is_outdated` where that is not today's text.
    """

    purpose: Purpose
    text: ConsentText
    is_given: bool = False
    version: str = ""
    language: str = ""
    channel: str = ""
    at: datetime | None = None

    @property
    def version_number(self) -> str:
        return self.version.rpartition("-")[2]

    @property
    def channel_label(self) -> str:
        return str(Channel(self.channel).label) if self.channel else ""

    @property
    def is_outdated(self) -> bool:
        return self.is_given and self.version != self.text.version

"""The shape in which the demonstration's conversations are written down, one file a territory."""

from __future__ import annotations

from dataclasses import dataclass, field

from tequio.base.multilingual import Field, add_translation, write_original
from tequio.catalogue.enums import WhoMay

from ..enums import Moderation, Uptake

CROWD, SEED = "", "seed"
OPEN, HELD, DECLINED = "published", "held", "declined"


@dataclass(frozen=True)
class Words:
    """One text by language; the first language is the original."""

    by_language: dict[str, str]

    def field(self, translators: dict[str, str]) -> Field:
        """As the database keeps it; `translators` names who carried it into which language."""
        (origin, text), *others = self.by_language.items()
        made = write_original(text, origin)
        for language, translated in others:
            made = add_translation(made, language, translated, by=translators.get(language, ""))
        return made

    @property
    def origin(self) -> str:
        return next(iter(self.by_language))


@dataclass(frozen=True)
class Answered:
    """What the organiser said to a statement, so many days ago."""

    uptake: Uptake
    days_ago: int
    words: Words


@dataclass(frozen=True)
class Line:
    """A statement. `lean`: of those in each latent group who decide, how many per cent agree."""

    words: Words
    lean: tuple[int, ...]
    by: str = CROWD
    state: str = OPEN
    reason: str = ""
    passes: int = 9
    important: int = 3
    answer: Answered | None = None


@dataclass(frozen=True)
class Talk:
    """A conversation with the people made up for it. Days count from the moment of loading.

    `shares`: how large the latent groups are, relative to one another. `answers`: how many statements a
    person answers before she leaves, in the middle. `opens`, `closes`: days from now, negative is past.
    `facilitator` and each `by`: e-mail names of the demonstration's people. `organisation`: on whose behalf.
    """

    key: str
    place: str
    zone: str
    question: Words
    summary: Words
    background: Words
    lines: tuple[Line, ...]
    people: int
    shares: tuple[int, ...]
    answers: int
    opens: float
    closes: float
    facilitator: str
    languages: tuple[str, ...] = ("es", "en", "fr")
    translators: dict[str, str] = field(default_factory=dict)
    visitors: tuple[str, ...] = ()
    moderation: str = Moderation.BEFORE
    who_may: str = WhoMay.ANYONE
    answers_for_it: str = ""
    answer_due_days: int | None = None
    in_one_evening: bool = False
    organisation: str = ""
    first_background: Words | None = None  # what stood there for the first two days


def opens(*pairs: str) -> tuple[tuple[str, str, str], ...]:
    """What a step opens for all who may take part: opens("create:idea", "comment:idea")."""
    split = (pair.split(":") for pair in pairs)
    return tuple((act, kind, "") for act, kind in split)


@dataclass(frozen=True)
class Step:
    """A phase of a process; `talk` is the key of the conversation that is its part, `features` what it opens."""

    words: Words
    opens: float
    closes: float
    talk: str = ""
    features: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True)
class Course:
    """A process around a conversation."""

    place: str
    title: Words
    summary: Words
    background: Words
    facilitator: str
    steps: tuple[Step, ...]
    translators: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Town:
    """All that is on in one territory of the demonstration."""

    talks: tuple[Talk, ...]
    courses: tuple[Course, ...] = ()


def say(**words: str) -> Words:
    return Words(words)


def line(*lean: int, by: str = CROWD, state: str = OPEN, reason: str = "", passes: int = 9,
         important: int = 3, answer: Answered | None = None, **words: str) -> Line:  # fmt: skip
    """A statement in one call: how the groups lean, then its words, the original first."""
    return Line(Words(words), lean, by, state, reason, passes, important, answer)


def answered(uptake: Uptake, days_ago: int, **words: str) -> Answered:
    return Answered(uptake, days_ago, Words(words))

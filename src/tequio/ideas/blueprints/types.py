"""Ready-made processes: their words in the platform's languages, their steps in days from the first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise

Texts = Mapping[str, str]


@dataclass(frozen=True)
class Step:
    """`begins` and `ends` in days from today. `features` as the form has them, "create:idea"."""

    title: Texts
    begins: int
    ends: int
    features: tuple[str, ...] = ()
    writers: str = ""
    others: str = ""


@dataclass(frozen=True)
class ReadyProcess:
    """`answer_after` is in days from today; None where nobody outside has to answer."""

    name: str
    words: str | Promise
    steps: tuple[Step, ...]
    who_may: str = "anyone"
    ages: tuple[int | None, int | None] = (None, None)
    answer_after: int | None = None
    methods: tuple[str, ...] = field(default=())

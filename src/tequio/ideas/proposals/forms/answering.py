"""Which problems an idea answers: those that are ticked, and a few beside them to choose from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import ngettext

from tequio.base.text import clean_line, read_id
from tequio.catalogue.models import Item
from tequio.ideas.processes.models import Process
from tequio.people.models import Person
from tequio.territories.models import Territory

from ..models import Problem
from ..selectors.problems import problems_named, problems_to_choose

MOST_PROBLEMS = 5
# More can be ticked in a form that somebody made herself; they are not even looked up.
MOST_READ = 20
LONGEST_WORDS = 100


@dataclass
class ProblemChoice:
    """`chosen` are ticked; `words` is what was typed to find others. `error` once it was judged."""

    person: Person | None
    territory: Territory
    process: Process | None = None
    chosen: list[Problem] = field(default_factory=list)
    words: str = ""
    error: str = ""

    def read(self, data: Any) -> ProblemChoice:
        """Take what a form or an address says instead: `answers` as often as it names a problem, and `find`."""
        wanted = [pk for one in data.getlist("answers")[:MOST_READ] if (pk := read_id(one)) is not None]
        self.chosen = problems_named(self.person, wanted)
        self.words = words_of(data)
        return self

    @cached_property
    def others(self) -> list[Item]:
        """What is offered, or was found, beside those that are ticked."""
        chosen = [problem.pk for problem in self.chosen]
        return problems_to_choose(self.person, self.territory, self.process, words=self.words, without=chosen)

    def is_valid(self) -> bool:
        if len(self.chosen) > MOST_PROBLEMS:
            self.error = ngettext(
                "Choose %(number)d problem at most.", "Choose %(number)d problems at most.", MOST_PROBLEMS
            ) % {"number": MOST_PROBLEMS}  # fmt: skip
        return not self.error


def words_of(data: Mapping[str, Any]) -> str:
    """What stands in the box that finds problems."""
    return clean_line(str(data.get("find", "")))[:LONGEST_WORDS]


def is_search(data: Mapping[str, Any]) -> bool:
    """Whether problems are looked for. Enter sends a form, but not while words stand in that box."""
    return data.get("do") == "find" or (data.get("do") == "enter" and bool(words_of(data)))

"""The demonstration's whole processes, each at its stage: the best example of what a process, an idea, a result can be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tequio.catalogue.models import Item
from tequio.ideas.answers.models import Result
from tequio.ideas.blueprints.demo import bilbao, lome, mexico, quebec
from tequio.ideas.blueprints.demo.content import Telling
from tequio.ideas.blueprints.demo.loading import idea_loaded, tellings_loaded


@dataclass(frozen=True)
class Stage:
    """A page: its URL name, and what finds the number in its address."""

    url_name: str
    number: Callable[[], int]

    def arguments(self, _examples: object) -> list[Any]:
        return [self.number()]


def _process(telling: Telling) -> Stage:
    return Stage("processes:detail", lambda: tellings_loaded()[telling.key].pk)


def _idea(telling: Telling, key: str) -> Stage:
    return Stage("proposals:detail", lambda: idea_loaded(telling, key).pk)


def _problem(telling: Telling, key: str) -> Stage:
    title = next(one.title for one in telling.troubles if one.key == key)
    wanted = {f"title__{title.origin}__text": title.original}
    return Stage("proposals:problem", lambda: Item.objects.filter(kind="problem", **wanted)[0].pk)


def _result(telling: Telling, key: str) -> Stage:
    title = next(one.title for one in telling.outcomes if one.idea == key)
    wanted = {f"item__title__{title.origin}__text": title.original}
    return Stage("answers:result", lambda: Result.objects.filter(**wanted)[0].pk)


STAGES: dict[str, Stage] = {
    "process_gathering": _process(lome.TELLING),
    "process_deliberating": _process(quebec.TELLING),
    "process_answering": _process(mexico.TELLING),
    "process_delivering": _process(bilbao.TELLING),
    "problem_of_quarters": _problem(lome.TELLING, "data"),
    "idea_supported": _idea(lome.TELLING, "creche"),
    "idea_that_took_in": _idea(quebec.TELLING, "corners"),
    "idea_split_off": _idea(quebec.TELLING, "kitchen"),
    "idea_answered": _idea(bilbao.TELLING, "shops"),
    "idea_answer_late": _idea(mexico.TELLING, "clinic"),
    "result_delayed": _result(bilbao.TELLING, "shops"),
    "result_finished": _result(bilbao.TELLING, "cool"),
}

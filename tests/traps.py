"""Traps of every test: what would be a silent mistake on a page fails the test instead.

An unknown variable in a template, a query while a template renders, a list without an order. Naive
datetimes and other warnings are errors by pyproject's filterwarnings.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.db.models.query import QuerySet
from django.template import Context, engines
from django.template.base import FilterExpression, Template, Variable
from django.template.defaulttags import ForNode

HELD_BY_DEFAULT = {"default", "default_if_none"}
_caught: list[Trapped] = []
_rendering = threading.local()


class Trapped(AssertionError):
    """A silent mistake. It is noted too, so that no `except` on the way can swallow it."""

    def __init__(self, message: str):
        super().__init__(message)
        _caught.append(self)


class UnknownVariable:
    """Stands in Django's `string_if_invalid`: asked for its truth when a variable was not found.

    Variables of `{% if %}` and those with `|default` never get here or are let through.
    """

    def __bool__(self) -> bool:
        expression = sys._getframe(1).f_locals.get("self")
        if not isinstance(expression, FilterExpression):
            return False
        if _has_default(expression):
            return False
        raise Trapped(f"unknown variable in a template: {{{{ {expression.token} }}}}")

    def __contains__(self, part: str) -> bool:
        raise Trapped("unknown variable in a blocktranslate")

    def __str__(self) -> str:
        return ""


def _has_default(expression: FilterExpression) -> bool:
    return any(function.__name__ in HELD_BY_DEFAULT for function, _arguments in expression.filters)


def _refuse_query(execute: Any, sql: str, parameters: Any, many: bool, context: Any) -> Any:
    raise Trapped(f"query while a template renders ({_rendering.name}): {sql[:300]}")


def _render(self: Template, context: Context) -> Any:
    """The outermost template refuses queries; those inside it share its refusal."""
    if getattr(_rendering, "name", None):
        return _plain_render(self, context)
    _rendering.name = self.name or "a string"
    try:
        with connection.execute_wrapper(_refuse_query):
            return _plain_render(self, context)
    finally:
        _rendering.name = None


def _render_loop(self: ForNode, context: Context) -> Any:
    """`{% for %}` is forgiving in Django; a list nobody gave, or one without an order, is a mistake."""
    variable = getattr(self.sequence, "var", None)
    if _has_default(self.sequence):
        return _plain_loop(self, context)
    if isinstance(variable, Variable) and variable.lookups:
        name = variable.lookups[0]
        if name not in context:
            raise Trapped(f"unknown list in a template: {{% for … in {self.sequence.token} %}}")
        value = context[name]
        if len(variable.lookups) == 1 and isinstance(value, QuerySet) and not value.ordered:
            raise Trapped(f"list without an order: {{% for … in {self.sequence.token} %}}")
    return _plain_loop(self, context)


def _fetch_all(self: QuerySet) -> None:  # type: ignore[type-arg]
    """A slice of several rows without an order shows other rows tomorrow."""
    if self._result_cache is None and self.query.is_sliced and not self.ordered:
        low, high = self.query.low_mark, self.query.high_mark
        is_get = sys._getframe(2).f_code.co_name in ("get", "__repr__")  # they slice for their own ends
        if not is_get and (high is None or high - low > 1):
            raise Trapped(f"slice without an order: {str(self.query)[:300]}")
    _plain_fetch_all(self)


_plain_render = Template.render
_plain_loop = ForNode.render
_plain_fetch_all = QuerySet._fetch_all


@pytest.fixture(autouse=True)
def traps(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(engines["django"].engine, "string_if_invalid", UnknownVariable())
    monkeypatch.setattr(Template, "render", _render)
    monkeypatch.setattr(ForNode, "render", _render_loop)
    monkeypatch.setattr(QuerySet, "_fetch_all", _fetch_all)
    _caught.clear()
    yield
    swallowed = list(dict.fromkeys(str(one) for one in _caught))
    _caught.clear()
    assert not swallowed, "\n".join(swallowed)


def forget_what_was_caught() -> None:
    """For the test of the traps themselves."""
    _caught.clear()

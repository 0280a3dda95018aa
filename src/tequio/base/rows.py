"""Cells of an imported table as values of ours; what is wrong is collected, row by row, in the operator's words."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from decimal import Decimal, InvalidOperation

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from .language_tags import NotATag, canonical
from .languages import current, name_of
from .multilingual import Field, add_translation, write_original
from .text import clean_line, clean_text

DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y")
FIRST_YEAR = 1990
TAG = re.compile(r"</?(p|br|div|li|ul|ol|span|strong|em|b|i|a|h[1-6])\b[^>]*>", re.IGNORECASE)


@dataclass(frozen=True)
class Trouble:
    """What is wrong in one row; `column` is its name in the file, `said` what people call it."""

    line: int
    column: str
    said: str
    words: str

    def __str__(self) -> str:
        place = _("line %(line)d, column “%(column)s” (%(name)s)") % {
            "line": self.line, "column": self.said, "name": self.column,
        }  # fmt: skip
        return f"{place}: {self.words}"


@dataclass
class Cells:
    """One row on its way: every reading that fails adds to `troubles` and gives an empty value."""

    line: int
    cells: Mapping[str, str]
    names: Mapping[str, str | Promise]
    troubles: list[Trouble] = field(default_factory=list)

    def complain(self, column: str, words: str) -> None:
        base, _dash, tag = column.partition("_") if column not in self.names else (column, "", "")
        said = str(self.names.get(base, base))
        if tag:
            said = f"{said} ({name_of(tag, current())})"
        self.troubles.append(Trouble(self.line, column, said, words))

    def line_of(self, column: str, *, longest: int, is_needed: bool = False) -> str:
        value = clean_line(self.cells.get(column, ""))
        return self._bounded(column, value, longest, is_needed)

    def _bounded(self, column: str, value: str, longest: int, is_needed: bool) -> str:
        if is_needed and not value:
            self.complain(column, _("This is missing."))
        if len(value) > longest:
            words = _("At most %(most)d characters; here are %(found)d.")
            self.complain(column, words % {"most": longest, "found": len(value)})
            return ""
        return value

    def words(self, column: str, *, longest: int, is_needed: bool = False, origin: str = "") -> Field:
        """From `column_es`, `column_eu` …: the original is in `origin` where it is there, else in the first of the file."""
        texts = {}
        for name in self.cells:
            base, _dash, tag = name.rpartition("_")
            if base == column and (text := plain_text(self.cells[name])):
                texts[self._tag(name, tag)] = self._bounded(name, text, longest, False)
        texts.pop("", None)
        if not texts:
            if is_needed:
                self.complain(
                    column, _("Write it in at least one language, as %(name)s.") % {"name": f"{column}_es"}
                )
            return {}
        first = origin if origin in texts else next(iter(texts))
        made = write_original(texts.pop(first), first)
        for tag, text in texts.items():
            made = add_translation(made, tag, text)
        return made

    def _tag(self, name: str, tag: str) -> str:
        try:
            return canonical(tag)
        except NotATag:
            self.complain(name, _("“%(tag)s” is no language tag, as es, eu or pt-BR are.") % {"tag": tag})
            return ""

    def number(self, column: str, *, most: int) -> int | None:
        text = self.cells.get(column, "").strip()
        if not text:
            return None
        if not (text.isascii() and text.isdigit() and len(text) < 19 and int(text) <= most):
            self.complain(column, _("Write a whole number from 0 to %(most)d.") % {"most": most})
            return None
        return int(text)

    def amount(self, column: str, *, most: Decimal) -> Decimal | None:
        """Money as 1200 or 1200.50 (or 1200,50)."""
        text = self.cells.get(column, "").strip().replace("\u00a0", "").replace(" ", "")
        if not text:
            return None
        try:
            value = Decimal(text.replace(",", ".")) if re.fullmatch(r"\d+([.,]\d{1,3})?", text) else None
        except InvalidOperation:
            value = None
        if value is None or value > most:
            self.complain(column, _("Write an amount like 1200 or 1200.50."))
            return None
        return value

    def moment(self, column: str) -> datetime | None:
        """A day (then noon) or a moment; one without a zone is in UTC."""
        text = self.cells.get(column, "").strip()
        if not text:
            return None
        found = _moment(text)
        if found is None or not found.year >= FIRST_YEAR or found > datetime.now(UTC):
            self.complain(column, _("Write a day that was, like 2026-11-30 or 30/11/2026."))
            return None
        return found


def _moment(text: str) -> datetime | None:
    for shape in DAYS:
        try:
            return datetime.combine(datetime.strptime(text, shape).replace(tzinfo=UTC).date(), time(12), UTC)
        except ValueError:
            continue
    try:
        found = datetime.fromisoformat(text)
        return found if found.tzinfo else found.replace(tzinfo=UTC)
    except ValueError:
        return None


def plain_text(text: str) -> str:
    """Other platforms export HTML: paragraphs become lines, what is left of tags goes."""
    if TAG.search(text):
        text = re.sub(r"(?i)<br\b[^>]*>", "\n", text)
        text = re.sub(r"(?i)</(p|div|li|h[1-6])\s*>", "\n\n", text)
        text = re.sub(r"(?i)<li\b[^>]*>", "- ", text)
        text = html.unescape(re.sub(r"<[^<>]*>", "", text))
        text = re.sub(r"[ \t\u00a0]+", " ", text)
        text = re.sub(r" ?\n ?", "\n", text)
        text = re.sub(r"\n{3,}", "\n\n", text)
    return clean_text(text)


@dataclass
class Report:
    """What an import did, or would do."""

    rows: int = 0
    made: int = 0
    known: int = 0
    troubles: list[Trouble] = field(default_factory=list)
    wrong_rows: int = 0
    first: list[str] = field(default_factory=list)

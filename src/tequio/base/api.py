"""What all operations of the API share: errors, texts in several languages, bounds, who asks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated, Any, Protocol

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Field, Schema
from pydantic import AfterValidator, PlainSerializer

from .language_tags import NotATag
from .languages import current, find_tag
from .multilingual import Field as Multilingual
from .multilingual import read
from .text import clean_line, clean_text

LARGEST_ID = 2**63 - 1
PAGE, LARGEST_PAGE = 20, 100
LONGEST_CURSOR = 80

Id = Annotated[int, Field(ge=1, le=LARGEST_ID)]
Size = Annotated[int, Field(ge=1, le=LARGEST_PAGE, description="How many at most.")]
Cursor = Annotated[str, Field(max_length=LONGEST_CURSOR, description="`next` of the page before.")]
# What a person wrote, cleaned as forms clean it.
Line = Annotated[str, AfterValidator(clean_line)]
Text = Annotated[str, AfterValidator(clean_text)]
Moment = Annotated[
    datetime,
    PlainSerializer(lambda at: at.astimezone(UTC).isoformat(timespec="seconds"), return_type=str),
    Field(json_schema_extra={"format": "date-time"}),
]


class FieldProblem(Schema):
    """`where`: the path of the value in the request, as `body.text` or `query.limit`."""

    where: str
    message: str


class ProblemOut(Schema):
    """What went wrong: `code` for programs, `message` for people, in the language that was asked for."""

    code: str
    message: str
    fields: list[FieldProblem] = []


class Problem(Exception):
    """An operation ends with this answer."""

    def __init__(
        self,
        status: int,
        code: str,
        message: object,
        *,
        fields: Sequence[tuple[str, object]] = (),
        wait_seconds: int = 0,
    ):
        super().__init__(code)
        self.status, self.code, self.message = status, code, message
        self.fields, self.wait_seconds = list(fields), wait_seconds

    def document(self) -> dict[str, Any]:
        fields = [{"where": where, "message": str(words)} for where, words in self.fields]
        return {"code": self.code, "message": str(self.message), "fields": fields}


def invalid(where: str, words: object) -> Problem:
    """422 for a value that the schema alone cannot judge."""
    return Problem(422, "invalid", _("Something in the request is not right."), fields=[(where, words)])


READING: dict[int, Any] = dict.fromkeys((401, 403, 404, 422, 429), ProblemOut)
ACTING: dict[int, Any] = dict.fromkeys((400, 401, 403, 404, 409, 413, 422, 429), ProblemOut)


class Grant(Protocol):
    """What the key of a request opens."""

    @property
    def person(self) -> Any: ...

    def allows(self, scope: str) -> bool: ...


def reader(request: HttpRequest, area: str) -> Any:
    """Whose key reads, or None for the public. Raises Problem where the key is not for this area."""
    grant: Grant | None = getattr(request, "grant", None)
    return None if grant is None else _granted(grant, f"{area}:read").person


def actor(request: HttpRequest, area: str) -> Any:
    """Whose key acts. Raises Problem without one."""
    grant: Grant | None = getattr(request, "grant", None)
    if grant is None:
        raise Problem(401, "key", _("This needs a key. A member makes one under “My account”."))
    return _granted(grant, f"{area}:write").person


def _granted(grant: Grant, scope: str) -> Grant:
    if not grant.allows(scope):
        raise Problem(403, "scope", _("This key is not for that: it lacks “%(scope)s”.") % {"scope": scope})
    return grant


class Version(Schema):
    text: str
    status: Annotated[str, Field(json_schema_extra={"enum": ["original", "human", "machine"]})]


class Words(Schema):
    """A text as this reader gets it, and every language it is there in.

    `is_stale`: the original changed after this was translated.
    """

    text: str
    language: str
    status: Annotated[str, Field(json_schema_extra={"enum": ["original", "human", "machine"]})]
    is_stale: bool
    versions: dict[str, Version]


def words(field: Multilingual) -> Words | None:
    """None where nothing was written."""
    if not field:
        return None
    reading = read(field, current())
    return Words(
        text=reading.text, language=reading.language, status=reading.status, is_stale=reading.is_stale,
        versions={tag: Version(text=one["text"], status=one["status"]) for tag, one in field.items()},
    )  # fmt: skip


def language_tag(typed: str, where: str) -> str:
    """The BCP 47 tag of what was sent as a language."""
    try:
        return find_tag(clean_line(typed))
    except NotATag:
        raise invalid(
            where, _("We do not know this language. Write its name, or its tag such as eu, nah or quc.")
        ) from None

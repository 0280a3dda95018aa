"""An export folder of the field becomes a closed conversation, all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from tequio.audit import services as audit
from tequio.base.actor import SYSTEM, Actor
from tequio.base.errors import Refused
from tequio.base.moments import EPOCH
from tequio.base.multilingual import Field, write_original
from tequio.base.text import clean_line, clean_text
from tequio.catalogue.enums import ItemState
from tequio.catalogue.services import describe, make_item, make_items
from tequio.formats.errors import FormatError, quoted
from tequio.formats.polis import PolisExport
from tequio.formats.polis_comments import Comment
from tequio.formats.polis_votes import VoteLog
from tequio.formats.polis_write import SECONDS_END
from tequio.guards.services import page_changed
from tequio.people.models import Person
from tequio.territories.models import Territory

from ..models import Conversation, Statement
from ..permissions import can_open
from .answering import ask_for_map
from .copying import copy_votes, settle_votes
from .vote_batches import seal_taken_in

LONGEST_QUESTION = 200
LONGEST_BACKGROUND = 10_000
LONGEST_BODY = 2_000
LARGEST_NUMBER = 2**31 - 1
END_OF_TIME = datetime(2100, 1, 1, tzinfo=UTC)
MICRO = timedelta(microseconds=1)

Longs = NDArray[np.int64]
OnProgress = Callable[[int], None]


@dataclass(frozen=True)
class Origin:
    """What the importer says beside the files: place, language, question, licence; `digest` is of the files."""

    territory: Territory
    language: str
    question: str = ""
    licence: str = ""
    digest: str = ""


@transaction.atomic
def take_in(
    export: PolisExport, origin: Origin, *, by: Actor, on_progress: OnProgress = lambda done: None
) -> Conversation:
    """Make the conversation with its statements, participants and their last votes; asks for its map.

    Raises FormatError for what the readers cannot know: votes on statements that are not there, no question.
    """
    if by is not SYSTEM and not (isinstance(by, Person) and can_open(by, origin.territory)):
        raise Refused(_("Only facilitators and stewards of this place can open a conversation."))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = '15min'")
    question = clean_line(origin.question or export.summary.get("topic", ""))[:LONGEST_QUESTION]
    if not question:
        raise FormatError("summary.csv", expected="a topic, or a question typed in the form", found="neither")
    comments = _checked(export)
    now = timezone.now()
    votes = _last(export.votes, _micros_of(now))
    conversation = _make_conversation(export, origin, question, votes, comments, now, by)
    participants = _copy_participants(conversation, votes, comments, now)
    statements = _make_statements(conversation, comments, participants, origin.language, now)
    copy_votes(
        _looked_up(participants, votes.participant), _looked_up(statements, votes.statement),
        votes.value, votes.important, votes.micros, on_progress=on_progress,
    )  # fmt: skip
    shown = sum(1 for comment in comments if comment.moderated != -1 and comment.merged_into is None)
    count = conversation.item.count
    count.parts, count.people, count.acts = shown, len(np.unique(votes.participant)), len(votes.value)
    count.save()
    audit.record(
        "conversation.import", conversation, by=by, digest=origin.digest, votes=len(votes.value),
        statements=len(comments), participants=len(participants),
    )  # fmt: skip
    seal_taken_in(conversation)
    page_changed()
    ask_for_map(conversation)
    transaction.on_commit(settle_votes, robust=True)
    return conversation


@dataclass(frozen=True)
class _LastVotes:
    """One row each for participant and statement, sorted by them; `micros` counts since 1970."""

    participant: Longs
    statement: Longs
    value: NDArray[np.int8]
    important: NDArray[np.bool_]
    micros: Longs


def _last(log: VoteLog, unsaid: int) -> _LastVotes:
    """The greatest timestamp wins, at equal ones the later line; times no calendar has become `unsaid`."""
    times = log.timestamp if log.timestamp is not None else np.zeros(len(log), dtype=np.int64)
    important = log.important if log.important is not None else np.zeros(len(log), dtype=bool)
    order = np.lexsort((times, log.statement, log.participant))
    people, topics = log.participant[order], log.statement[order]
    ends = np.ones(len(order), dtype=bool)
    ends[:-1] = (people[1:] != people[:-1]) | (topics[1:] != topics[:-1])
    kept = order[ends]
    return _LastVotes(
        people[ends], topics[ends], log.vote[kept], important[kept], _micros(times[kept], unsaid)
    )


def _micros(timestamps: Longs, unsaid: int) -> Longs:
    """Seconds or milliseconds since 1970 as microseconds."""
    latest = _micros_of(END_OF_TIME)
    is_seconds = timestamps <= SECONDS_END
    can_be = (timestamps > 0) & (timestamps <= np.where(is_seconds, latest // 1_000_000, latest // 1_000))
    factor = np.where(is_seconds, 1_000_000, 1_000)
    return np.where(can_be, np.where(can_be, timestamps, 0) * factor, unsaid)


def _micros_of(moment: datetime) -> int:
    return (moment - EPOCH) // MICRO


def _moment(micros: int) -> datetime:
    return EPOCH + int(micros) * MICRO


def _checked(export: PolisExport) -> list[Comment]:
    """The statements by number, each with words where it is shown; every vote's statement is among them."""
    comments = sorted(export.comments, key=lambda comment: comment.id)
    if not comments:
        raise FormatError("comments.csv", expected="at least one statement", found="none")
    known = {comment.id for comment in comments}
    voted = set(np.unique(export.votes.statement).tolist())
    if voted - known:
        raise FormatError(
            "comments.csv", column="comment-id", expected="every statement that was voted on",
            found=f"no statement {min(voted - known)}",
        )  # fmt: skip
    for comment in comments:
        _check_comment(comment, known)
    return comments


def _check_comment(comment: Comment, known: set[int]) -> None:
    def fault(column: str, expected: str, found: str) -> FormatError:
        return FormatError("comments.csv", column=column, expected=expected, found=f"{found} ({comment.id})")

    if not 0 <= comment.id <= LARGEST_NUMBER:
        raise fault("comment-id", "a number from 0 to 2,147,483,647", quoted(str(comment.id)))
    if not clean_text(comment.body) and comment.moderated != -1:
        raise fault("comment-body", "words", "nothing")
    if len(comment.body) > LONGEST_BODY:
        raise fault("comment-body", "at most 2,000 characters", f"{len(comment.body):,}")
    if comment.merged_into is not None and (
        comment.merged_into not in known or comment.merged_into == comment.id
    ):
        raise fault("merged-into", "the number of another statement", quoted(str(comment.merged_into)))


def _make_conversation(
    export: PolisExport,
    origin: Origin,
    question: str,
    votes: _LastVotes,
    comments: list[Comment],
    now: datetime,
    by: Actor,
) -> Conversation:
    times = np.array([comment.timestamp or 0 for comment in comments], dtype=np.int64)
    known = np.concatenate([votes.micros, _micros(times, 0)])
    known = known[(known > 0) & (known < _micros_of(now))]
    closes = min(_moment(votes.micros.max()), now) if len(votes.micros) else now
    opens = _moment(known.min()) if len(known) else None
    about = clean_text(export.summary.get("conversation-description", ""))[:LONGEST_BACKGROUND]
    background: Field = write_original(about, origin.language) if about else {}
    item = make_item(
        kind="conversation", by=by, title=write_original(question, origin.language), territory=origin.territory,
        languages=[origin.language], state=ItemState.PUBLISHED, published_at=now, closes_at=closes,
        opens_at=opens if opens and opens < closes else None,
    )  # fmt: skip
    conversation = Conversation.objects.create(
        item=item, background=background, zone=origin.territory.zone, takes_statements=False,
        next_number=comments[-1].id + 1, source=_source(export, origin, now),
    )  # fmt: skip
    describe(item, background)
    return conversation


def _source(export: PolisExport, origin: Origin, now: datetime) -> dict[str, Any]:
    """Where it comes from. The address is shown as a link, so only an ordinary one is kept."""
    url = export.summary.get("url", "").strip()
    return {
        "format": "polis",
        "url": url if url.startswith(("https://", "http://")) and len(url) <= 500 else "",
        "licence": origin.licence,
        "digest": origin.digest,
        "imported_at": now.isoformat(timespec="seconds"),
    }


def _copy_participants(
    conversation: Conversation, votes: _LastVotes, comments: list[Comment], now: datetime
) -> dict[int, int]:
    """{number in the file: id} of everybody who voted or wrote."""
    people, first, counts = np.unique(votes.participant, return_index=True, return_counts=True)
    began = np.minimum.reduceat(votes.micros, first) if len(first) else votes.micros
    found = {
        person: (_moment(at), count)
        for person, at, count in zip(people.tolist(), began.tolist(), counts.tolist(), strict=True)
    }
    for comment in comments:
        if comment.author is not None:
            found.setdefault(comment.author, (_comment_moment(comment, now), 0))
    columns = "conversation_id, source, began_at, answers, is_banned, consent"
    with connection.cursor() as cursor:
        with cursor.copy(f"COPY deliberation_participant ({columns}) FROM STDIN") as copy:
            for person, (at, count) in sorted(found.items()):
                copy.write_row((conversation.pk, person, at, count, False, ""))
        cursor.execute(
            "SELECT source, id FROM deliberation_participant WHERE conversation_id = %s", [conversation.pk]
        )
        return dict(cursor.fetchall())


def _comment_moment(comment: Comment, unsaid: datetime) -> datetime:
    return _moment(int(_micros(np.array([comment.timestamp or 0]), _micros_of(unsaid))[0]))


def _make_statements(
    conversation: Conversation,
    comments: list[Comment],
    participants: dict[int, int],
    language: str,
    now: datetime,
) -> dict[int, int]:
    """{number: id} of the statements, items and what search sees included."""
    items = make_items("statement", (_item_values(conversation, one, language, now) for one in comments))
    ids = {comment.id: item.pk for comment, item in zip(comments, items, strict=True)}
    Statement.objects.bulk_create(
        [
            Statement(
                item=item, conversation=conversation, number=comment.id, is_seed=comment.is_seed,
                is_meta=comment.is_meta,
                author_id=None if comment.author is None else participants[comment.author],
            )
            for comment, item in zip(comments, items, strict=True)
        ],
        batch_size=1_000,
    )  # fmt: skip
    ends = _ends_of_merges(comments)
    merged = [Statement(item_id=ids[number], merged_into_id=ids[end]) for number, end in ends.items()]
    Statement.objects.bulk_update(merged, ["merged_into"], batch_size=1_000)
    return ids


def _ends_of_merges(comments: list[Comment]) -> dict[int, int]:
    """{merged statement: the one that stands for it in the end}, through statements that were merged themselves."""
    into = {comment.id: comment.merged_into for comment in comments if comment.merged_into is not None}
    ends = {}
    for number in into:
        end, steps = into[number], 0
        while end in into and steps <= len(into):
            end, steps = into[end], steps + 1
        if end in into:
            raise FormatError(
                "comments.csv", column="merged-into", expected="the number of another statement",
                found=f"a circle ({number})",
            )  # fmt: skip
        ends[number] = end
    return ends


def _item_values(
    conversation: Conversation, comment: Comment, language: str, now: datetime
) -> dict[str, Any]:
    words = clean_text(comment.body)
    at = _comment_moment(comment, now)
    return {
        "title": write_original(words, language) if words else {},
        "territory_id": conversation.item.territory_id,
        "languages": [language],
        "part_of": conversation.item,
        "state": ItemState.DECLINED if comment.moderated == -1 else ItemState.PUBLISHED,
        "made_at": at,
        "published_at": at,
    }


def _looked_up(ids: dict[int, int], wanted: Longs) -> Longs:
    """The table's ids of the file's numbers."""
    numbers = np.array(sorted(ids), dtype=np.int64)
    rows = np.array([ids[number] for number in numbers.tolist()], dtype=np.int64)
    return rows[np.searchsorted(numbers, wanted)]

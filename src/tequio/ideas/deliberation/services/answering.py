"""Taking part: joining, answering statements, writing one's own."""

from __future__ import annotations

from django.db import connection, transaction
from django.utils.translation import gettext as _

from tequio.algorithms.risk import Filling
from tequio.audit import services as audit
from tequio.base.columns import Columns
from tequio.base.errors import Refused
from tequio.base.languages import current
from tequio.base.multilingual import write_original
from tequio.catalogue.enums import ItemState
from tequio.catalogue.services.scales import is_new
from tequio.catalogue.services.screening import screen
from tequio.consent.enums import Channel, Purpose
from tequio.consent.services import give
from tequio.consent.types import current_text
from tequio.guards.services import page_changed, spend
from tequio.people.models import Person

from ..enums import Moderation, VoteValue
from ..models import Conversation, Participant, Statement, StatementVote
from ..permissions import can_answer, can_write
from ..selectors.taking_part import asks_consent
from .conversations import add_statement
from .maps import ask_for_map

# The words beside the buttons; a new version is a new consent.
CONSENT = current_text(Purpose.OPINIONS).version
VOTES_AN_HOUR = 200
STATEMENTS_A_DAY = 20
STATEMENTS_ON_THE_FIRST_DAY = 10
LONGEST = 280

LOCKED = Columns(
    Participant, "participant", "id", "conversation_id", "person_id", "is_banned", "withdrawn_at", "consent"
)
# Her row in the conversation, locked, and she beside it: a guest who is being merged at this moment waits or is gone.
LOCK = f"""
SELECT {LOCKED.sql}
FROM people_person person JOIN deliberation_participant participant ON participant.person_id = person.id
WHERE person.id = %s AND person.is_active AND participant.conversation_id = %s
FOR KEY SHARE OF person FOR UPDATE OF participant
"""  # noqa: S608
JOIN = """
INSERT INTO deliberation_participant (conversation_id, person_id, began_at, answers, is_banned, consent)
SELECT %s, id, now(), 0, false, %s FROM people_person WHERE id = %s AND is_active FOR KEY SHARE
ON CONFLICT (conversation_id, person_id) DO NOTHING
"""
# The same answer again writes nothing. The database's clock, read after the first write: batches
# (services.vote_batches) rest on it.
ANSWER = """
WITH before AS (
    SELECT value, is_important, at FROM deliberation_statementvote
    WHERE statement_id = %(statement)s AND participant_id = %(participant)s
), given AS (
    INSERT INTO deliberation_statementvote (participant_id, statement_id, value, is_important, at)
    SELECT %(participant)s, %(statement)s, %(value)s, %(is_important)s, clock_timestamp()
    WHERE NOT EXISTS (SELECT FROM before WHERE value = %(value)s AND is_important = %(is_important)s)
    ON CONFLICT (statement_id, participant_id)
    DO UPDATE SET value = EXCLUDED.value, is_important = EXCLUDED.is_important, at = EXCLUDED.at
    RETURNING at
), counted AS (
    UPDATE deliberation_participant SET answers = answers + 1
    WHERE id = %(participant)s AND NOT EXISTS (SELECT FROM before)
), changed AS (
    INSERT INTO deliberation_statementvotechange
        (participant_id, statement_id, value, was_important, given_at, changed_at)
    SELECT %(participant)s, %(statement)s, before.value, before.is_important, before.at, given.at FROM before, given
)
SELECT (SELECT at FROM given), (SELECT at FROM before)
"""


@transaction.atomic
def answer_statement(
    statement: Statement,
    value: int,
    *,
    is_important: bool = False,
    agrees: bool = False,
    channel: str = Channel.WEB,
    by: Person,
) -> StatementVote:
    """Record her answer; answering again changes it. Append-only by nature, so no audit record each.

    Her first answer agrees to the words beside the buttons. `agrees`: she was shown them and took back what she
    had agreed to, or agreed to older words; without it such an answer is Refused with the code "asks_consent".
    """
    conversation = statement.conversation
    if value not in VoteValue.values:
        raise ValueError(f"a vote is -1, 0 or 1, not {value!r}")
    if not can_answer(by, conversation):
        raise Refused(_("This conversation does not take answers now."))
    if not statement.item.is_shown or statement.merged_into_id:
        raise Refused(_("This statement is not open for answers any more."))
    spend("vote", who=by.audit_id, limit=VOTES_AN_HOUR, seconds=3600)
    participant = _lock_participant(conversation, by, agrees=agrees, channel=channel)
    given = {
        "participant": participant.pk, "statement": statement.pk, "value": value, "is_important": is_important,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(ANSWER, given)
        now, before = cursor.fetchone()
    if now is not None:
        ask_for_map(conversation)
    return StatementVote(
        participant=participant, statement=statement, value=value, is_important=is_important, at=now or before
    )


def _lock_participant(
    conversation: Conversation, person: Person, *, agrees: bool, channel: str
) -> Participant:
    """Her row in this conversation, made on her first act; the lock lets one act of hers pass at a time.

    A guest who signs in at this moment in another tab is being merged: her act waits for that, and is
    then refused rather than left with a row that is nobody's any more.
    """
    participant, is_first = _find_locked(conversation, person), False
    if participant is None:
        with connection.cursor() as cursor:
            cursor.execute(JOIN, [conversation.pk, CONSENT, person.pk])
            is_first = cursor.rowcount == 1
        participant = _find_locked(conversation, person)
    if participant is None:
        raise Refused(_("You signed in meanwhile. Please send this once more."), code="merged")
    if participant.is_banned:
        raise Refused(_("You cannot take part in this conversation."))
    if is_first:
        give(person, Purpose.OPINIONS, language=current(), channel=channel, by=person)
    elif asks_consent(participant):
        _agree_again(participant, person, agrees=agrees, channel=channel)
    return participant


def _find_locked(conversation: Conversation, person: Person) -> Participant | None:
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [person.pk, conversation.pk])
        row = cursor.fetchone()
    if row is None:
        return None
    participant = LOCKED.take(iter(row))
    assert participant is not None
    return participant


def _agree_again(participant: Participant, person: Person, *, agrees: bool, channel: str) -> None:
    """Nobody agrees by a page that did not show the words: one opened before she took hers back, say."""
    if not agrees:
        raise Refused(_("Please read what you agree to, then answer."), code="asks_consent")
    give(person, Purpose.OPINIONS, language=current(), channel=channel, by=person)
    participant.consent, participant.withdrawn_at = CONSENT, None
    participant.save(update_fields=["consent", "withdrawn_at"])


@transaction.atomic
def write_statement(
    conversation: Conversation,
    text: str,
    *,
    language: str,
    agrees: bool = False,
    filling: Filling | None = None,
    channel: str = Channel.WEB,
    by: Person,
) -> Statement:
    """Send a statement of one's own; it waits for a moderator where the conversation says so, or a sign of risk.

    `agrees` as in `answer_statement`; `filling` is how the form came in, where there was one.
    """
    if not can_write(by, conversation):
        raise Refused(_("This conversation does not take new statements now."))
    if not 0 < len(text) <= LONGEST:
        raise ValueError(f"a statement has 1 to {LONGEST} characters, not {len(text)}")
    most = STATEMENTS_ON_THE_FIRST_DAY if is_new(by) else STATEMENTS_A_DAY
    spend("statement", who=by.audit_id, limit=most, seconds=86_400)
    participant = _lock_participant(conversation, by, agrees=agrees, channel=channel)
    state = ItemState.HELD if conversation.moderation == Moderation.BEFORE else ItemState.PUBLISHED
    statement = add_statement(
        conversation, write_original(text, language), author=participant, state=state, by=by
    )
    screen(statement.item, text, filling=filling, by=by)
    audit.record("statement.write", statement, by=by, state=statement.item.state)
    if statement.item.state == ItemState.PUBLISHED:
        page_changed()
    return statement

"""Taking part: joining, answering statements, writing one's own."""

from __future__ import annotations

from django.db import connection, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from tequio.algorithms.risk import Filling
from tequio.audit import services as audit
from tequio.base.errors import Refused
from tequio.base.languages import current
from tequio.base.multilingual import write_original
from tequio.catalogue.enums import ItemState
from tequio.catalogue.services.screening import is_new, screen
from tequio.consent.enums import Channel, Purpose
from tequio.consent.services import give
from tequio.consent.types import current_text
from tequio.guards.services import page_changed, spend
from tequio.people.models import Person

from ..enums import Moderation, VoteValue
from ..models import Conversation, Participant, Statement, StatementVote, StatementVoteChange
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

# The database's clock, read after the first write: batches (services.vote_batches) rest on it.
UPSERT = """
INSERT INTO deliberation_statementvote (participant_id, statement_id, value, is_important, at)
VALUES (%s, %s, %s, %s, clock_timestamp())
ON CONFLICT (statement_id, participant_id)
DO UPDATE SET value = EXCLUDED.value, is_important = EXCLUDED.is_important, at = EXCLUDED.at
RETURNING at
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
    before = StatementVote.objects.filter(statement=statement, participant=participant).first()
    if before is not None and (before.value, before.is_important) == (value, is_important):
        return before
    with connection.cursor() as cursor:
        cursor.execute(UPSERT, [participant.pk, statement.pk, value, is_important])
        (now,) = cursor.fetchone()
    if before is None:
        Participant.objects.filter(pk=participant.pk).update(answers=F("answers") + 1)
    else:
        StatementVoteChange.objects.create(
            participant=participant, statement=statement, value=before.value,
            was_important=before.is_important, given_at=before.at, changed_at=now,
        )  # fmt: skip
    ask_for_map(conversation)
    return StatementVote(
        participant=participant, statement=statement, value=value, is_important=is_important, at=now
    )


def _lock_participant(
    conversation: Conversation, person: Person, *, agrees: bool, channel: str
) -> Participant:
    """Her row in this conversation, made on her first act; the lock lets one act of hers pass at a time.

    A guest who signs in at this moment in another tab is being merged: her act waits for that, and is
    then refused rather than left with a row that is nobody's any more.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM people_person WHERE id = %s AND is_active FOR KEY SHARE", [person.pk])
        if cursor.fetchone() is None:
            raise Refused(_("You signed in meanwhile. Please send this once more."), code="merged")
        cursor.execute(
            "INSERT INTO deliberation_participant "
            "(conversation_id, person_id, began_at, answers, is_banned, consent) VALUES (%s, %s, now(), 0, false, %s) "
            "ON CONFLICT (conversation_id, person_id) DO NOTHING",
            [conversation.pk, person.pk, CONSENT],
        )
        is_first = cursor.rowcount == 1
    participant = Participant.objects.select_for_update().get(conversation=conversation, person=person)
    if participant.is_banned:
        raise Refused(_("You cannot take part in this conversation."))
    if is_first:
        give(person, Purpose.OPINIONS, language=current(), channel=channel, by=person)
    elif asks_consent(participant):
        _agree_again(participant, person, agrees=agrees, channel=channel)
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

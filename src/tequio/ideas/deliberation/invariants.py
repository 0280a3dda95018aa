"""What `tequio verify` asks of conversations."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, Exists, F, Max, OuterRef, Q
from django.db.models.functions import Coalesce

from tequio.audit.models import Record
from tequio.catalogue.enums import ItemState
from tequio.consent.enums import Purpose
from tequio.consent.models import Consent

from .models import Conversation, Participant, Statement, StatementVote, VoteBatch


def participants_know_how_often_they_answered() -> Iterator[str]:
    counted = Participant.objects.annotate(given=Count("votes")).exclude(answers=F("given"))
    for pk, answers, given in counted.values_list("pk", "answers", "given"):
        yield f"participant {pk} is counted with {answers} answers and gave {given}"


def nobody_is_counted_who_took_it_back() -> Iterator[str]:
    """Whose consent for opinions is withdrawn, in every version, has no answers that a map counts."""
    agreeing = Consent.objects.filter(purpose=Purpose.OPINIONS, is_given=True, person=OuterRef("person"))
    refusing = Consent.objects.filter(purpose=Purpose.OPINIONS, is_given=False, person=OuterRef("person"))
    counted = Participant.objects.filter(
        ~Exists(agreeing), Exists(refusing), withdrawn_at=None, answers__gt=0
    )
    for pk in counted.order_by("pk").values_list("pk", flat=True):
        yield f"participant {pk} took back the consent for opinions and is still counted"


def votes_stay_in_their_conversation() -> Iterator[str]:
    votes = StatementVote.objects.exclude(participant__conversation=F("statement__conversation"))
    for pk, participant, statement in votes.values_list("pk", "participant", "statement"):
        yield f"vote {pk} of participant {participant} is on statement {statement} of another conversation"


def authors_stay_in_their_conversation() -> Iterator[str]:
    strangers = Statement.objects.exclude(author=None).exclude(author__conversation=F("conversation"))
    for pk in strangers.values_list("pk", flat=True):
        yield f"statement {pk} was written by a participant of another conversation"


def statements_are_parts_of_their_conversation() -> Iterator[str]:
    for pk in Statement.objects.exclude(item__part_of=F("conversation")).values_list("pk", flat=True):
        yield f"statement {pk} is not a part of the conversation it stands in"


def the_next_number_is_free() -> Iterator[str]:
    """Numbers are given once: the next one is above all that were given."""
    conversations = Conversation.objects.annotate(last=Coalesce(Max("statements__number"), -1))
    for pk, following, last in conversations.filter(next_number__lte=F("last")).values_list(
        "pk", "next_number", "last"
    ):
        yield f"conversation {pk} would give number {following} next, and {last} is taken already"


def merged_statements_lead_somewhere() -> Iterator[str]:
    """To a statement of the same conversation that is not merged itself."""
    lost = Statement.objects.exclude(merged_into=None).filter(
        ~Q(merged_into__conversation=F("conversation")) | ~Q(merged_into__merged_into=None)
    )
    for pk, into in lost.values_list("pk", "merged_into"):
        yield f"statement {pk} is merged into statement {into}, which cannot stand for it"


def refusals_have_a_reason() -> Iterator[str]:
    declined = Statement.objects.filter(item__state=ItemState.DECLINED, decline_reason="")
    silent = declined.exclude(decided_at=None)  # what an import brought along was decided elsewhere
    for pk in silent.values_list("pk", flat=True):
        yield f"statement {pk} was declined without a reason"


def batches_of_answers_are_those_that_were_recorded() -> Iterator[str]:
    """The digest of each batch stands in the audit chain too."""
    acts = Record.objects.filter(act="conversation.seal_votes").order_by("pk").values_list("object", "data")
    recorded = {thing.partition(":")[2]: (data["votes"], data["digest"]) for thing, data in acts.iterator()}
    for batch, votes, digest in VoteBatch.objects.order_by("pk").values_list("pk", "votes", "digest"):
        if recorded.pop(str(batch), None) != (votes, digest):
            yield f"batch {batch} of answers is not the one that was recorded"
    for lost in recorded:
        yield f"batch {lost} of answers was removed"

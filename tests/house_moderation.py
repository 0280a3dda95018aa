"""What is reported, decided and appealed in a house, and answers that are set aside."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from tequio.discussions.models import Comment
from tequio.discussions.services.writing import write_comment
from tequio.ideas.deliberation.models import Cohort, Conversation
from tequio.moderation.enums import Side
from tequio.moderation.models import Decision
from tequio.moderation.selectors.receipts import receipt_token
from tequio.moderation.services.appealing import appeal
from tequio.moderation.services.deciding import decide
from tequio.moderation.services.reporting import send_report
from tequio.moderation.types import Thing
from tequio.people.models import Person

HIDDEN = ("What a heap of thieves you are.", "Go home, all of you.")


def moderate(conversation: Conversation, people: dict[str, Person | None]) -> dict[str, Any]:
    """A visitor's report on the conversation that was left as it is; two comments of the member that are hidden,
    one of them appealed. The steward decided all three.
    """
    steward, member = people["steward"], people["member"]
    assert steward
    assert member
    report = send_report(
        Thing(conversation.item), rule="off_topic", language="en", sender="10.0.0.0", by=None
    )
    _decide(Thing(conversation.item), "leave", "off_topic", steward)
    first, second = (_hidden(conversation, words, member, steward) for words in HIDDEN)
    asked = appeal(second, Side.AUTHOR, words="I was joking.", language="en", by=member)
    now = timezone.now()
    cohort = Cohort.objects.create(
        conversation=conversation, since=now - timedelta(minutes=9), until=now, people=30, burst=31,
        likeness=0.98, among_others=0.01,
    )  # fmt: skip
    return {
        "receipt": receipt_token(report), "decision": first.pk, "appeal": asked.pk, "cohort": cohort.pk,
    }  # fmt: skip


def _hidden(conversation: Conversation, words: str, writer: Person, steward: Person) -> Decision:
    comment = write_comment(conversation.item, words, language="en", side="against", by=writer)
    found = Comment.objects.select_related("item__territory", "author").get(pk=comment.pk)
    return _decide(Thing(found), "hide", "attack", steward)


def _decide(thing: Thing, measure: str, rule: str, steward: Person) -> Decision:
    return decide(
        thing, measure=measure, rule=rule, facts="These are the reasons.", language="en", seen=0, by=steward
    )


def _thing(house: Any) -> dict[str, Any]:
    return {"what": "item", "pk": house.conversation.pk}


MODERATION_PATHS: dict[str, Callable[[Any], dict[str, Any]]] = {
    "moderation:report": _thing,
    "moderation:desk": _thing,
    "moderation:receipt": lambda house: {"token": house.notes["receipt"]},
    "moderation:appeal_by_reporter": lambda house: {"token": house.notes["receipt"]},
    "moderation:decision": lambda house: {"pk": house.notes["decision"]},
    "moderation:appeal": lambda house: {"pk": house.notes["decision"]},
    "moderation:answer": lambda house: {"pk": house.notes["appeal"]},
    "deliberation:set_aside": lambda house: {"pk": house.conversation.pk},
    "deliberation:decide_cohort": lambda house: {
        "pk": house.conversation.pk, "cohort": house.notes["cohort"],
    },
}  # fmt: skip

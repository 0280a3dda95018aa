"""What is owed, answered and made in a house: an idea with an answer and a result, a conversation that waits."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

from django.utils import timezone

from people import words
from tequio.base.actor import SYSTEM
from tequio.base.money import coins_of
from tequio.catalogue.models import Item
from tequio.catalogue.services import make_item
from tequio.files.services import store_made
from tequio.ideas.answers.models import Paper, Result
from tequio.ideas.answers.services import owe_answer
from tequio.ideas.answers.services.answering import Said, give_answer
from tequio.ideas.answers.services.bulk import make_batch
from tequio.ideas.answers.services.results import Plan, Step, change_step, make_result, spend_on
from tequio.ideas.answers.services.templates import save_template
from tequio.ideas.deliberation.models import Conversation
from tequio.ideas.proposals.models import Idea
from tequio.notifications.services import follow_item
from tequio.organisations.models import Organisation
from tequio.people.models import Person

YES = Said("accepted", words("Yes. The boat is ordered.", "Sí. La barca está pedida."), "harbour office")


def fresh(pk: int) -> Item:
    return Item.objects.select_related("territory", "author").get(pk=pk)


def answer_things(
    idea: Idea, conversation: Conversation, organisation: Organisation, people: dict[str, Person | None]
) -> dict[str, Any]:
    """The steward answered the idea and tells of the result; the weavers owe an answer to the conversation."""
    steward, member = people["steward"], people["member"]
    assert steward
    assert member
    soon = timezone.now() + timedelta(days=10)
    follow_item(idea.item, by=member)
    owe_answer(idea.item, due_at=soon, because="petition", by=SYSTEM)
    owe_answer(conversation.item, due_at=soon, because="asked", organisation=organisation, by=SYSTEM)
    give_answer(fresh(idea.pk), YES, by=steward)
    plan = Plan(
        title=words("The boat of the lagoon"), summary=words("It sails in May."), body=words("Ten places."),
        planned=coins_of(Decimal(900_000), "XOF"), currency="XOF",
    )  # fmt: skip
    result = make_result(fresh(idea.pk), plan, steps=[Step(words("The boat is built"))], by=steward)
    step = result.milestones.get()
    change_step(step, state="done", due=None, delay={}, by=steward)
    spend_on(result, on=timezone.now().date(), amount=100_000, what=words("Wood"), by=steward)
    file = store_made("costs.txt", "text/plain", BytesIO(b"wood"))
    paper = Paper.objects.create(item=result.item, name=words("Costs"), file=file)
    template = save_template(
        idea.item.territory,
        name="Thanks",
        decision="declined",
        reasons=words("Thank you, {name}."),
        by=steward,
    )
    batch = make_batch([fresh(conversation.pk)], YES, by=steward)
    draft = make_item(
        kind="result", by=people["author"] or steward, title=words("Not told yet"), territory=idea.item.territory,
        languages=["en"],
    )  # fmt: skip
    Result.objects.create(item=draft)
    return {
        "result_draft": draft.pk,
        "result": result.pk, "step": step.pk, "paper": paper.pk, "template": template.pk, "batch": batch.uid,
    }  # fmt: skip


def _idea(house: Any) -> dict[str, Any]:
    return {"pk": house.idea.pk}


def _result(house: Any) -> dict[str, Any]:
    return {"pk": house.notes["result"]}


ANSWER_PATHS: dict[str, Callable[[Any], dict[str, Any]]] = {
    **dict.fromkeys(
        ("answers:former", "answers:take_back", "answers:result_new", "answers:add_paper"), _idea
    ),
    "answers:write": lambda house: {"pk": house.conversation.pk},
    "answers:ask": lambda house: {"pk": house.statement.pk},
    **dict.fromkeys(
        ("answers:templates", "answers:template_new", "answers:scoreboard", "answers:numbers"),
        lambda house: {"code": house.place.code},
    ),
    "answers:template": lambda house: {"pk": house.notes["template"]},
    "answers:batch": lambda house: {"uid": house.notes["batch"]},
    "answers:paper": lambda house: {"pk": house.notes["paper"]},
    "answers:step": lambda house: {"pk": house.notes["step"]},
    **dict.fromkeys(
        (
            "answers:result",
            "answers:judge",
            "answers:result_edit",
            "answers:step_new",
            "answers:spend",
            "answers:end",
            "answers:words",
        ),
        _result,
    ),
}

"""The demonstration's best example of every page, by a plain key: scripts find their way by these.

Each named URL is either here or in NO_PAGE with its reason; a test compares both with the resolver.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from tequio.catalogue.enums import ItemState
from tequio.discussions.models import Comment
from tequio.ideas.deliberation.demo.loading import talks_loaded
from tequio.ideas.deliberation.models import Conversation, Statement
from tequio.ideas.processes.models import Process

PLACE = "TG-M-lome"
LIVELY, HALL, PARTLY_ANSWERED = "lome-network", "lome-market", "quebec-feast"


@dataclass(frozen=True)
class Examples:
    """The things the examples are about."""

    lively: Conversation
    hall: Conversation
    told: Statement  # translated and answered by the organiser
    waiting: Statement  # for a moderator
    unanswered: Statement  # of a conversation whose organiser is answering
    process: Process  # its plan has comments for and against
    comment: Comment  # written in Basque, translated, answered


@dataclass(frozen=True)
class Example:
    """A page: its URL name, what stands in its address, and a query where it needs one."""

    url_name: str
    arguments: Callable[[Examples], list[Any]] = lambda examples: []
    query: str = ""

    def path(self, examples: Examples) -> str:
        return reverse(self.url_name, args=self.arguments(examples)) + self.query


def _lively(examples: Examples) -> list[Any]:
    return [examples.lively.pk]


def _hall(examples: Examples) -> list[Any]:
    return [examples.hall.pk]


def _waiting(examples: Examples) -> list[Any]:
    return [examples.waiting.pk]


def _told(examples: Examples) -> list[Any]:
    return [examples.told.pk]


def _door(name: str) -> Callable[[Examples], list[Any]]:
    return lambda examples: [name]


def _comment(examples: Examples) -> list[Any]:
    return [examples.comment.pk]


PAGES: dict[str, Example] = {
    "home": Example("home:home"),
    "search": Example("home:search", query="?q=joven"),
    "territory_list": Example("home:territory_list"),
    "territory": Example("home:territory_detail", lambda examples: [PLACE]),
    "ideas_door": Example("home:door", _door("ideas")),
    "training_door": Example("home:door", _door("training")),
    "practices_door": Example("home:door", _door("practices")),
    "ventures_door": Example("home:door", _door("ventures")),
    "rules": Example("home:rules"),
    "accessibility": Example("home:accessibility"),
    "about": Example("home:about"),
    "sign_in": Example("door:sign_in"),
    "enter_code": Example("door:enter_code"),
    "sign_in_password": Example("door:with_password"),
    "sign_in_passkey": Example("door:with_passkey"),
    "recover": Example("door:recover"),
    "sign_out": Example("door:sign_out"),
    "account": Example("door:account"),
    "addresses": Example("door:addresses"),
    "devices": Example("door:devices"),
    "passkeys": Example("door:passkeys"),
    "password": Example("door:password"),
    "authenticator_app": Example("door:app"),
    "recovery_codes": Example("door:recovery_codes"),
    "prove": Example("door:prove"),
    "vouch": Example("door:vouch"),
    "mailbox": Example("door:mailbox"),
    "process": Example("processes:detail", lambda examples: [examples.process.pk]),
    "conversation_list": Example("deliberation:list"),
    "conversation": Example("deliberation:detail", _lively),
    "statement_step": Example("deliberation:answer", _lively),
    "statement_list": Example("deliberation:statement_list", _lively),
    "statement": Example("deliberation:statement", _told),
    "write": Example("deliberation:write", _lively),
    "mine": Example("deliberation:mine", _lively),
    "change": Example("deliberation:change", lambda examples: [examples.lively.pk, 0]),
    "sheet": Example("deliberation:sheet", _lively),
    "results": Example("deliberation:results", _lively),
    "numbers": Example("deliberation:numbers", _lively),
    "history": Example("deliberation:history", _lively),
    "results_json": Example("deliberation:results_json", _lively),
    "export": Example("deliberation:export", _lively),
    "export_file": Example("deliberation:export_file", lambda examples: [examples.lively.pk, "votes.csv"]),
    "algorithm": Example("deliberation:algorithm"),
    "hall": Example("deliberation:hall", _hall),
    "hall_count": Example("deliberation:hall_count", _hall),
    "words_history": Example("catalogue:history", _lively),
    "hide": Example("catalogue:hide", _lively),
    "new_conversation": Example("deliberation:new", query=f"?place={PLACE}"),
    "edit_conversation": Example("deliberation:edit", _lively),
    "import": Example("deliberation:import_new"),
    "conversation_picture": Example("deliberation:change_picture", _lively),
    "recipes": Example("recipes:list"),
    "recipe": Example("recipes:detail", lambda examples: ["statement-routing"]),
    "recipe_json": Example("recipes:parameters", lambda examples: ["statement-routing"]),
    "recipe_proposal": Example("transparency:propose", lambda examples: ["open-now", PLACE]),
    "conversation_state": Example("deliberation:state", _lively),
    "moderate": Example("deliberation:moderate", _lively),
    "decide": Example("deliberation:decide", _waiting),
    "merge": Example("deliberation:merge", _waiting),
    "translate": Example("deliberation:translate", _told),
    "translate_question": Example("deliberation:translate_question", _lively),
    "discussion": Example("discussions:discussion", _lively),
    "for_and_against": Example("discussions:discussion", lambda examples: [examples.process.pk]),
    "write_comment": Example("discussions:write", _lively),
    "comment": Example("discussions:comment", _comment),
    "comment_history": Example("discussions:history", _comment),
    "answer_comment": Example("discussions:reply", _comment),
    "translate_comment": Example("discussions:translate", _comment),
    "uptake": Example("deliberation:uptake", lambda examples: [examples.unanswered.pk]),
}

NO_PAGE = {
    "choose_language": "leads on to the home page",
    "short_conversation": "leads on to the conversation",
    "health": "for the proxy in front",
    "robots": "for search engines",
    "home:source": "a file",
    "deliberation:picture": "a file",
    "deliberation:import_detail": "stands only where somebody has imported a conversation",
    "discussions:useful": "a button for visitors, one for each comment",
    "discussions:edit": "for whoever wrote a comment, within a day",
    "discussions:withdraw": "for whoever wrote a comment",
    "transparency:version": "stands only where somebody proposed other numbers",
    "catalogue:revision": "stands only where words were changed",
    "door:second_step": "the second step of signing in for somebody with an authenticator app",
    "door:confirm_code": "after a code was sent to a new address",
    "door:passkey": "stands only where somebody has a passkey",
    "door:join": "the second step of signing in for somebody who is new",
}


def example_pages() -> dict[str, str]:
    """{key: path} in the active language. The demonstration must be loaded."""
    examples = _examples()
    return {key: example.path(examples) for key, example in PAGES.items()}


def _examples() -> Examples:
    talks = talks_loaded()
    shown = Statement.objects.filter(item__state=ItemState.PUBLISHED, merged_into=None).order_by("number")
    lively = shown.filter(conversation=talks[LIVELY])
    return Examples(
        lively=talks[LIVELY],
        hall=talks[HALL],
        told=lively.filter(answer__isnull=False)[0],
        waiting=Statement.objects.filter(conversation=talks[LIVELY], item__state=ItemState.HELD)[0],
        unanswered=shown.filter(conversation=talks[PARTLY_ANSWERED], answer=None)[0],
        process=Process.objects.filter(phases__part=talks[LIVELY].pk).order_by("pk")[0],
        comment=Comment.objects.filter(words__has_key="eu", replies__isnull=False).order_by("pk")[0],
    )

"""What each ready-made process is made of, and the form it fills."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tequio.base.languages import current
from tequio.base.multilingual import Field, add_translation, write_original

from .types import ReadyProcess, Step, Texts

PROBLEMS = ("create:problem", "support:problem", "comment:problem")
IDEAS = ("create:idea", "support:idea", "comment:idea")
WEIGHED = ("support:idea", "comment:idea")
ANSWERS = ("answer:problem", "answer:idea", "answer:conversation")

IDEAS_CALL = ReadyProcess(
    "ideas_call",
    _("People propose and support ideas for one question. The place answers each idea by a day it names."),
    (
        Step({"en": "Collecting ideas", "es": "Reunir ideas", "fr": "Recueillir les idées"}, 0, 28, IDEAS),
        Step({"en": "Weighing them up", "es": "Sopesarlas", "fr": "Les peser"}, 28, 42, WEIGHED),
        Step({"en": "Answers", "es": "Respuestas", "fr": "Réponses"}, 42, 72, ("answer:idea",)),
    ),
    answer_after=72,
)
TOWN_CONVERSATION = ReadyProcess(
    "town_conversation",
    _(
        "People tell what goes wrong, then answer short statements and see what they share. "
        "Ideas grow out of that."
    ),
    (
        Step({"en": "Telling problems", "es": "Contar problemas", "fr": "Raconter les problèmes"}, 0, 14, PROBLEMS),
        Step(
            {"en": "Conversation", "es": "Conversación", "fr": "Conversation"}, 14, 35,
            ("comment:conversation", "support:problem"),
        ),
        Step({"en": "Ideas", "es": "Ideas", "fr": "Idées"}, 35, 56, IDEAS),
        Step({"en": "Answers", "es": "Respuestas", "fr": "Réponses"}, 56, 86, ANSWERS),
    ),
    answer_after=86,
)  # fmt: skip
COOP_ASSEMBLY = ReadyProcess(
    "coop_assembly",
    _("Members prepare their assembly: motions first, then arguments. The board answers before the day."),
    (
        Step({"en": "Motions", "es": "Mociones", "fr": "Motions"}, 0, 21, IDEAS),
        Step({"en": "Arguments", "es": "Argumentos", "fr": "Arguments"}, 21, 35, WEIGHED),
        Step(
            {"en": "Answers of the board", "es": "Respuestas del consejo", "fr": "Réponses du conseil"}, 35, 42,
            ("answer:idea",),
        ),
    ),
    who_may="ours",
    answer_after=42,
)  # fmt: skip
YOUTH_COUNCIL = ReadyProcess(
    "youth_council",
    _(
        "People of 16 to 25 say what is wrong and what should be done. The place answers each idea in writing."
    ),
    (
        Step({"en": "Our problems", "es": "Nuestros problemas", "fr": "Nos problèmes"}, 0, 21, PROBLEMS),
        Step({"en": "Our ideas", "es": "Nuestras ideas", "fr": "Nos idées"}, 21, 49, IDEAS),
        Step(
            {"en": "Answers", "es": "Respuestas", "fr": "Réponses"}, 49, 79, ("answer:problem", "answer:idea")
        ),
    ),
    who_may="members",
    ages=(16, 25),
    answer_after=79,
)
OWN = ReadyProcess(
    "own",
    _("An empty form with one step. You say what is open when, and for whom."),
    (),
)
READY = {one.name: one for one in (IDEAS_CALL, TOWN_CONVERSATION, COOP_ASSEMBLY, YOUTH_COUNCIL, OWN)}


def in_reader_words(texts: Texts) -> str:
    return texts.get(current()) or texts["en"]


def field_of(texts: Texts) -> Field:
    """The platform's own words, so all languages are as good; one has to stand as the original."""
    field = write_original(texts["en"], "en")
    for tag in ("es", "fr"):
        field = add_translation(field, tag, texts[tag])
    return field


def titles_of(ready: ReadyProcess) -> list[Field]:
    return [field_of(step.title) for step in ready.steps]


def begun(ready: ReadyProcess) -> dict[str, Any]:
    """The initial values of the form: its steps from today on, in the words of the reader."""
    today = timezone.localdate()
    initial: dict[str, Any] = {
        "steps": max(1, len(ready.steps)), "who_may": ready.who_may,
        "least_age": ready.ages[0], "most_age": ready.ages[1], "methods": list(ready.methods),
        "answer_due": ready.answer_after and today + timedelta(days=ready.answer_after),
    }  # fmt: skip
    for number, step in enumerate(ready.steps):
        # A step ends with the evening before the next one begins.
        values = {
            "title": in_reader_words(step.title), "features": list(step.features),
            "opens_day": today + timedelta(days=step.begins),
            "closes_day": today + timedelta(days=step.ends - 1),
            "writers": step.writers, "others": step.others,
        }  # fmt: skip
        initial |= {f"step_{number}_{name}": value for name, value in values.items()}
    return initial

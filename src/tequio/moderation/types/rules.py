"""What each rule says, in words a citizen uses; the Rules page shows them, and each has an anchor there."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tequio.catalogue.enums import HideReason

from ..enums import Rule


@dataclass(frozen=True)
class RuleWords:
    """`says` is the rule, `why` its reason. `is_grave`: people may come to harm while it stands."""

    rule: Rule
    says: str | Promise
    why: str | Promise
    hide_reason: HideReason
    is_grave: bool = False

    @property
    def name(self) -> str:
        return self.rule.value

    @property
    def broken(self) -> str | Promise:
        """What is said of something that breaks it."""
        return self.rule.label

    @property
    def anchor(self) -> str:
        return f"rule-{self.rule.value.replace('_', '-')}"


RULES: dict[str, RuleWords] = {
    one.name: one
    for one in (
        RuleWords(
            Rule.ATTACK, _("Speak about the matter. Do not attack, threaten or mock people."),
            _("Whoever is attacked stops taking part, and then we lose her view."), HideReason.ATTACK, True,
        ),
        RuleWords(
            Rule.HATE, _("Do not stir up hatred against people for what they are."),
            _("Origin, faith, sex, age, disability or whom somebody loves are no arguments."), HideReason.HATE, True,
        ),
        RuleWords(
            Rule.PERSONAL, _("Leave private people and their lives out of it."),
            _("Addresses, illnesses or telephone numbers of others can do harm for years."),
            HideReason.PERSONAL, True,
        ),
        RuleWords(
            Rule.FALSE_NAME, _("Speak in your own name, or in none."),
            _("Nobody can trust a talk in which voices are borrowed."), HideReason.FALSE_NAME,
        ),
        RuleWords(
            Rule.SPAM, _("Do not advertise, and do not send the same again and again."),
            _("It buries what others wrote."), HideReason.SPAM,
        ),
        RuleWords(
            Rule.OFF_TOPIC, _("Stay with the matter of the page."),
            _("Other matters are welcome on a page of their own."), HideReason.OFF_TOPIC,
        ),
        RuleWords(
            Rule.LAW, _("Keep to the law of the place."),
            _("What a law forbids is forbidden here too. Say which law."), HideReason.UNLAWFUL, True,
        ),
    )
}  # fmt: skip

"""Reports on what stands here, decisions with their reasons, appeals against them."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_noop

from tequio.base.actor import DECISION
from tequio.base.privacy import Rule as Privacy
from tequio.catalogue.enums import KINDS
from tequio.catalogue.models import Item
from tequio.discussions.models import Comment
from tequio.organisations.models import Organisation
from tequio.people.models import Person
from tequio.territories.models import Territory

from .enums import Found, Measure, Outcome, Rule, Side, What
from .types import RULES, RuleWords, Thing

LONGEST_LAW = 200


class Pointing(models.Model):
    """At one thing; at none once that was erased with whoever made it. `kind` is how it is counted."""

    item = models.ForeignKey(Item, models.SET_NULL, null=True, related_name="%(class)ss")
    comment = models.ForeignKey(Comment, models.SET_NULL, null=True, related_name="%(class)ss")
    organisation = models.ForeignKey(Organisation, models.SET_NULL, null=True, related_name="%(class)ss")
    kind = models.CharField(max_length=20)
    territory = models.ForeignKey(Territory, models.PROTECT, related_name="%(class)ss")
    rule = models.CharField(max_length=12, choices=Rule.choices)
    law = models.CharField(max_length=LONGEST_LAW, blank=True)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True

    @property
    def thing(self) -> Thing | None:
        row = self.item or self.comment or self.organisation
        return Thing(row) if row is not None else None

    @property
    def kind_word(self) -> str | Promise:
        return KINDS[self.kind].word if self.kind in KINDS else What(self.kind).label

    @property
    def rule_words(self) -> RuleWords:
        return RULES[self.rule]


def _at_most_one(name: str) -> models.CheckConstraint:
    pairs = (("item", "comment"), ("item", "organisation"), ("comment", "organisation"))
    condition = models.Q()
    for one, other in pairs:
        condition &= models.Q(**{one: None}) | models.Q(**{other: None})
    return models.CheckConstraint(condition=condition, name=name)


class Decision(Pointing):
    """What was done with a thing, and why: the statement of reasons its author and reporters read.

    `facts` are the moderator's words in `language`. `began_at` is when it first waited for somebody: the first
    report, or the moment it was held back. `signs` is what the program had seen, {sign: value}.
    """

    measure = models.CharField(max_length=8, choices=Measure.choices)
    facts = models.TextField()
    language = models.CharField(max_length=35)
    found = models.CharField(max_length=10, choices=Found.choices)
    signs = models.JSONField(default=dict, blank=True)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="decisions")
    began_at = models.DateTimeField(default=timezone.now)
    # None for the answer to an appeal: that is the last word here.
    appeal_until = models.DateTimeField(null=True)

    privacy = Privacy(
        person="by", export=True, erase="anonymise", merge="move", secret=("signs",),
        stays=("kind", "rule", "law", "measure", "facts", "language", "found", "signs"),
        why=gettext_noop("A moderator’s reasons were given to others, who may appeal. Your name goes."),
    )  # fmt: skip

    class Meta:
        constraints = [_at_most_one("decision_on_one_thing")]
        indexes = [
            models.Index(fields=["territory", "-id"], name="decision_log_place"),
            models.Index(fields=["made_at"], name="decision_made"),
        ]

    def __str__(self) -> str:
        return f"decision {self.pk}: {self.measure}"

    @property
    def audit_id(self) -> str:
        return f"{DECISION}{self.pk}"


class Report(Pointing):
    """Somebody says that a thing breaks a rule. Nobody needs an account; the secret address is made of `uid`."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    words = models.TextField(blank=True)
    language = models.CharField(max_length=8, default="en")
    email = models.EmailField(blank=True)
    reporter = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="reports")
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="reports")
    # What the look at the form found: {sign: value}. Nothing is dropped for it; it may be read later.
    signs = models.JSONField(default=dict, blank=True)

    privacy = Privacy(
        person="reporter", export=True, erase="anonymise", merge="move", words=("words", "law", "email"),
        stays=("kind", "rule", "language", "signs"), secret=("signs",), address="email",
    )  # fmt: skip

    class Meta:
        constraints = [
            _at_most_one("report_on_one_thing"),
            *(
                models.UniqueConstraint(
                    fields=["reporter", what], name=f"report_once_{what}",
                    condition=models.Q(decision=None, reporter__isnull=False, **{f"{what}__isnull": False}),
                )
                for what in What.values
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["territory", "-id"], name="report_open", condition=models.Q(decision=None)),
            models.Index(fields=["made_at"], name="report_made"),
        ]

    def __str__(self) -> str:
        return f"report {self.pk}"


class Appeal(models.Model):
    """Somebody asks another person to look again. `first_decider` is whose decision it was: never who answers."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="appeals")
    side = models.CharField(max_length=8, choices=Side.choices)
    report = models.ForeignKey(Report, models.CASCADE, null=True, related_name="appeals")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="appeals")
    words = models.TextField()
    language = models.CharField(max_length=8, default="en")
    made_at = models.DateTimeField(default=timezone.now)
    first_decider = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    decided_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    answer = models.ForeignKey(Decision, models.SET_NULL, null=True, related_name="answered")

    privacy = Privacy(
        person="person", export=True, erase="anonymise", merge="move", words=("words",),
        stays=("side", "language", "outcome"),
    )  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["decision"], condition=models.Q(side="author"), name="appeal_of_author_once"
            ),
            models.UniqueConstraint(
                fields=["report", "decision"], condition=models.Q(side="reporter"),
                name="appeal_of_reporter_once",
            ),
            models.CheckConstraint(
                condition=models.Q(decided_by=None)
                | models.Q(first_decider=None)
                | ~models.Q(decided_by=models.F("first_decider")),
                name="appeal_decided_by_another",
            ),
            models.CheckConstraint(
                condition=models.Q(decided_at=None) | ~models.Q(outcome=""),
                name="appeal_outcome_when",
            ),
            models.CheckConstraint(
                condition=models.Q(side="author", report=None)
                | models.Q(side="reporter", report__isnull=False),
                name="appeal_of_which_side",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"appeal {self.pk} against {self.decision_id}"

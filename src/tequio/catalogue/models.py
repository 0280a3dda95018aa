"""The one catalogue: everything the public can see owns exactly one Item."""

from __future__ import annotations

from functools import reduce
from typing import Any

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_noop

from tequio.base.actor import decision_number
from tequio.base.fields import MultilingualField
from tequio.base.privacy import NOT_PERSONAL, Rule
from tequio.files.models import StoredFile
from tequio.organisations.models import Organisation
from tequio.people.models import Person
from tequio.territories.models import Territory

from .enums import (
    KINDS,
    Audience,
    ChangeKind,
    Comments,
    HideReason,
    ItemState,
    Kind,
    LinkKind,
    PartyRole,
    state_word,
)


class Item(models.Model):
    """The truth of what a public thing is called, where it belongs, who sees it, from when to when."""

    kind = models.CharField(max_length=20, choices=[(name, kind.word) for name, kind in KINDS.items()])
    title = MultilingualField()
    summary = MultilingualField()
    territory = models.ForeignKey(Territory, models.PROTECT, related_name="items")
    languages = models.JSONField(default=list)
    state = models.CharField(max_length=12, choices=ItemState.choices, default=ItemState.DRAFT)
    audience = models.CharField(max_length=12, choices=Audience.choices, default=Audience.PUBLIC)
    author = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="items")
    # On whose behalf it stands; for the audience "organisation", whose members see it.
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="items")
    part_of = models.ForeignKey("self", models.CASCADE, null=True, related_name="parts")
    comments = models.CharField(max_length=8, choices=Comments.choices, default=Comments.OFF)
    opens_at = models.DateTimeField(null=True)
    closes_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField(default=timezone.now)
    # Hidden is no state: what it was stays written beside it. Who hid it, as an opaque id ("decision:3").
    hidden_by = models.CharField(max_length=60, blank=True)
    hidden_reason = models.CharField(max_length=20, choices=HideReason.choices, blank=True)
    hidden_note = models.CharField(max_length=500, blank=True)
    hidden_at = models.DateTimeField(null=True)
    picture = models.ForeignKey(StoredFile, models.SET_NULL, null=True, related_name="items")
    # What the picture shows, for whoever does not see it.
    picture_says = MultilingualField()
    # Where in its territory: as people call it, and a point of WGS 84 where somebody gave one.
    place_name = models.CharField(max_length=120, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)

    privacy = Rule(
        person="author", export=True, erase="anonymise", merge="move",
        words=("hidden_note",),
        stays=("title", "summary", "languages", "hidden_by", "picture_says", "place_name"),
        why=gettext_noop("What a place published (a question, a process) belongs to all who answered it. Your name goes."),
    )  # fmt: skip

    class Meta:
        indexes = [
            models.Index(
                "kind", models.F("published_at").desc(), models.F("id").desc(),
                name="item_list", condition=models.Q(state="published", part_of=None),
                include=["audience", "author", "territory"],
            ),
            models.Index(
                "territory", "kind", models.F("published_at").desc(), models.F("id").desc(),
                name="item_list_place", condition=models.Q(state="published", part_of=None),
            ),
            models.Index(
                "organisation", models.F("published_at").desc(), models.F("id").desc(),
                name="item_list_organisation",
                condition=models.Q(state="published", part_of=None, organisation__isnull=False),
            ),
            models.Index(fields=["closes_at"], name="item_closing", condition=models.Q(state="published", part_of=None)),
            models.Index(
                fields=["latitude", "longitude"], name="item_point", condition=models.Q(latitude__isnull=False)
            ),
        ]  # fmt: skip
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="published", published_at__isnull=False)
                | ~models.Q(state="published"),
                name="item_published_when",
            ),
            models.CheckConstraint(
                condition=models.Q(opens_at=None)
                | models.Q(closes_at=None)
                | models.Q(opens_at__lt=models.F("closes_at")),
                name="item_opens_before_it_closes",
            ),
            models.CheckConstraint(
                condition=~models.Q(audience="organisation") | models.Q(organisation__isnull=False),
                name="item_of_which_organisation",
            ),
            models.CheckConstraint(
                condition=models.Q(latitude=None, longitude=None)
                | models.Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="item_point_on_earth",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def kind_info(self) -> Kind:
        return KINDS[self.kind]

    @property
    def path(self) -> str:
        """Its page, in the language of the reader."""
        return reverse(self.kind_info.url_name, args=[self.pk])

    @property
    def decision_number(self) -> int | None:
        """Number of the decision with reasons that hid it; None where there is none."""
        return decision_number(self.hidden_by)

    @property
    def is_shown(self) -> bool:
        """Published and not hidden, whoever its audience is."""
        return self.state == ItemState.PUBLISHED and not self.hidden_by

    @property
    def state_word(self) -> str | Promise:
        """Its state in the gender of its kind."""
        return state_word(self.kind, self.state)

    @property
    def moment_word(self) -> str | Promise:
        """As `state_word`; of a published one whether it is open, over, to come or hidden."""
        if self.hidden_by:
            return state_word(self.kind, self.state, "hidden")
        if self.state != ItemState.PUBLISHED:
            return self.state_word
        when = "over" if self.is_over else "open" if self.is_open else "later"
        return state_word(self.kind, self.state, when)

    @property
    def is_open(self) -> bool:
        """Whether one may take part now, by the item's own dates."""
        now = timezone.now()
        has_begun = self.opens_at is None or self.opens_at <= now
        return self.is_shown and has_begun and not self.is_over

    @property
    def is_over(self) -> bool:
        return self.closes_at is not None and self.closes_at <= timezone.now()


class Revision(models.Model):
    """One change of an item's words: what each text was before and what it became.

    `changes` is a list of {part, language, before, after, is_original}. `author` is whose words they are, and
    with her they are erased; `by` who changed them, as an opaque id, for she may be an organiser or a job.
    """

    item = models.ForeignKey(Item, models.CASCADE, related_name="revisions")
    author = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="revised_words")
    changes = models.JSONField(default=list)
    kind = models.CharField(max_length=12, choices=ChangeKind.choices, default=ChangeKind.EDIT)
    why = models.CharField(max_length=200, blank=True)
    by = models.CharField(max_length=60)
    is_by_author = models.BooleanField(default=False)
    at = models.DateTimeField(default=timezone.now)
    hidden_by = models.CharField(max_length=60, blank=True)
    is_erased = models.BooleanField(default=False)

    privacy = Rule(
        person="author", export=True, erase="anonymise", merge="move", words=("changes", "why"),
        stays=("by", "hidden_by"), forget="tequio.catalogue.services.revisions.forget_revisions",
    )  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["item", "-id"], name="revision_newest")]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.kind} {self.at:%Y-%m-%d}"


class Screening(models.Model):
    """What the look at words found: the values of each sign, and the numbers that weighed them.

    Of what waits: what made it wait, since `at`, and the state it has again once a moderator lets it through.
    """

    item = models.OneToOneField(Item, models.CASCADE, primary_key=True, related_name="screening")
    values = models.JSONField(default=dict)
    score = models.FloatField(default=0)
    is_held = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=0)
    was = models.CharField(max_length=12, choices=ItemState.choices, default=ItemState.PUBLISHED)
    at = models.DateTimeField(default=timezone.now)

    privacy = NOT_PERSONAL

    class Meta:
        indexes = [models.Index(fields=["-at"], name="screening_newest")]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.score:g}"


class ItemParty(models.Model):
    """Who made an item, a person or an organisation, in which role and order."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="parties")
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="item_parties")
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, related_name="item_parties")
    role = models.CharField(max_length=12, choices=PartyRole.choices, default=PartyRole.AUTHOR)
    position = models.PositiveSmallIntegerField(default=0)
    accepted_at = models.DateTimeField(null=True)

    privacy = Rule(person="person", export=True, erase="delete", merge="move")

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["item", "person", "role"], name="item_party_once"),
            models.UniqueConstraint(
                fields=["item", "organisation", "role"], name="item_party_organisation_once"
            ),
            models.CheckConstraint(
                condition=models.Q(person=None, organisation__isnull=False)
                | models.Q(person__isnull=False, organisation=None),
                name="item_party_is_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.role}"


class ItemCount(models.Model):
    """Numbers that change often, apart from the wide row they belong to."""

    item = models.OneToOneField(Item, models.CASCADE, primary_key=True, related_name="count")
    parts = models.PositiveIntegerField(default=0)
    people = models.PositiveIntegerField(default=0)
    acts = models.PositiveBigIntegerField(default=0)
    supports = models.PositiveIntegerField(default=0)

    privacy = NOT_PERSONAL

    class Meta:
        indexes = [
            models.Index(
                models.F("supports").desc(), models.F("item").desc(),
                name="item_supports", condition=models.Q(supports__gt=0),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.item_id}: {self.people}"


VECTORS = {"es": "public.tq_es", "en": "public.tq_en", "fr": "public.tq_fr", "plain": "public.tq_plain"}


def _vector(*fields: str) -> models.GeneratedField:
    vectors: list[Any] = [SearchVector(field, config=VECTORS[field]) for field in fields]
    joined = reduce(lambda one, other: one + other, vectors)
    return models.GeneratedField(expression=joined, output_field=SearchVectorField(), db_persist=True)


class SearchText(models.Model):
    """What search sees of an item: its words per language, bodies of the pillars included."""

    item = models.OneToOneField(Item, models.CASCADE, primary_key=True, related_name="search_text")
    es = models.TextField(blank=True)
    en = models.TextField(blank=True)
    fr = models.TextField(blank=True)
    plain = models.TextField(blank=True)
    search_es = _vector("es")
    search_en = _vector("en")
    search_fr = _vector("fr")
    search_plain = _vector("plain")
    # All stems together: a word of one language then meets its cousin in another (cooperativas, coopérative).
    search_all = _vector("es", "en", "fr", "plain")

    privacy = NOT_PERSONAL

    class Meta:
        indexes = [
            GinIndex(fields=["search_es"], name="search_es_gin"),
            GinIndex(fields=["search_en"], name="search_en_gin"),
            GinIndex(fields=["search_fr"], name="search_fr_gin"),
            GinIndex(fields=["search_plain"], name="search_plain_gin"),
            GinIndex(fields=["search_all"], name="search_all_gin"),
        ]

    def __str__(self) -> str:
        return str(self.item_id)


class Link(models.Model):
    """A strand between two items: where one came from, where it went."""

    source = models.ForeignKey(Item, models.CASCADE, related_name="links_out")
    target = models.ForeignKey(Item, models.CASCADE, related_name="links_in")
    kind = models.CharField(max_length=16, choices=LinkKind.choices)
    anchor = models.CharField(max_length=60, blank=True)
    made_at = models.DateTimeField(default=timezone.now)

    privacy = NOT_PERSONAL

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "target", "kind", "anchor"], name="link_once"),
            models.CheckConstraint(condition=~models.Q(source=models.F("target")), name="link_to_another"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.kind} {self.target_id}"

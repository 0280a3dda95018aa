"""Who follows what, what was announced, and who is told of it."""

from __future__ import annotations

from datetime import UTC
from typing import Any

from django.db import models
from django.utils import timezone

from tequio.base.fields import MultilingualField
from tequio.base.privacy import Rule
from tequio.catalogue.models import Item
from tequio.organisations.models import Organisation
from tequio.people.models import Person
from tequio.territories.models import Territory

from .enums import Event, Rhythm


class Follow(models.Model):
    """A person wants to hear of an item, a place, an organisation, or what a search finds; nobody else sees it.

    `key` says the same in one word ("item:12", "place:3:conversation", "organisation:7", "search:3::wells"), so that one
    constraint without empty columns keeps a follow single. A search may be narrowed to a place and a kind.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="follows")
    key = models.CharField(max_length=300)
    item = models.ForeignKey(Item, models.CASCADE, null=True, related_name="follows", db_index=False)
    territory = models.ForeignKey(
        Territory, models.CASCADE, null=True, related_name="follows", db_index=False
    )
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, related_name="follows", db_index=False
    )
    kind = models.CharField(max_length=20, blank=True)
    words = models.CharField(max_length=200, blank=True)
    is_own = models.BooleanField(default=False)
    began_at = models.DateTimeField(default=timezone.now)

    privacy = Rule(person="person", export=True, erase="delete", merge="move")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "key"], name="follow_once"),
            models.CheckConstraint(
                condition=models.Q(item__isnull=False, territory=None, organisation=None, words="", kind="")
                | models.Q(organisation__isnull=False, item=None, territory=None, words="", kind="")
                | models.Q(item=None, organisation=None, territory__isnull=False, words="")
                | (models.Q(item=None, organisation=None) & ~models.Q(words="")),
                name="follow_one_thing",
            ),
        ]
        indexes = [
            models.Index(
                fields=["item", "person"], name="follow_of_item", condition=models.Q(item__isnull=False)
            ),
            models.Index(
                fields=["territory", "person"],
                name="follow_of_place",
                condition=models.Q(territory__isnull=False),
            ),
            models.Index(
                fields=["organisation", "person"],
                name="follow_of_organisation",
                condition=models.Q(organisation__isnull=False),
            ),
            models.Index(fields=["words", "person"], name="follow_of_search", condition=~models.Q(words="")),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.key}"

    @staticmethod
    def key_of(
        *,
        item_id: int | None = None,
        organisation_id: int | None = None,
        territory_id: int | None = None,
        kind: str = "",
        words: str = "",
    ) -> str:
        if item_id is not None:
            return f"item:{item_id}"
        if organisation_id is not None:
            return f"organisation:{organisation_id}"
        if words:
            return f"search:{territory_id or ''}:{kind}:{words}"
        return f"place:{territory_id}:{kind}"


class Preference(models.Model):
    """How somebody wants to hear of things; who never chose has no row.

    `switches`: {event: [channels]} where she chose otherwise than the default. `zone` "" is her home's.
    """

    person = models.OneToOneField(Person, models.CASCADE, related_name="notice_preference")
    rhythm = models.CharField(max_length=8, choices=Rhythm.choices, default=Rhythm.NEVER)
    weekday = models.PositiveSmallIntegerField(default=0)
    hour = models.PositiveSmallIntegerField(default=8)
    zone = models.CharField(max_length=40, blank=True)
    switches: Any = models.JSONField(default=dict)
    with_waiting = models.BooleanField(default=True)
    follows_own = models.BooleanField(default=True)
    next_digest_at = models.DateTimeField(null=True)

    privacy = Rule(person="person", export=True, erase="delete", merge="move")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(weekday__lte=6, hour__lte=23), name="digest_hour"),
            models.CheckConstraint(
                condition=models.Q(rhythm=Rhythm.NEVER, next_digest_at=None)
                | (~models.Q(rhythm=Rhythm.NEVER) & models.Q(next_digest_at__isnull=False)),
                name="digest_has_a_next",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_digest_at", "id"],
                name="digest_due",
                condition=models.Q(next_digest_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.rhythm}"


class Announcement(models.Model):
    """Something happened: said once, in every language there is, and told to many.

    `source` is the opaque id of what it came from ("catalogue.item:12"), by which a decision takes it back;
    `occasion` tells apart what may happen again. `words` is a copy of what was said, `author` whose words
    they are. `told_up_to` is the id of the last person told: a worker that was killed goes on from there.
    """

    event = models.CharField(max_length=12, choices=Event.choices)
    source = models.CharField(max_length=80)
    occasion = models.CharField(max_length=40, blank=True)
    item = models.ForeignKey(Item, models.CASCADE, null=True, related_name="announcements")
    territory = models.ForeignKey(Territory, models.CASCADE, null=True, related_name="announcements")
    words = MultilingualField()
    path = models.CharField(max_length=200, blank=True)
    author = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="announcements")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="announced")
    made_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    told_up_to = models.BigIntegerField(default=0)
    told = models.PositiveIntegerField(default=0)

    # The copy of her words goes with her, and with it the notices that carried it.
    privacy = Rule(person="author", export=True, erase="delete", merge="move")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["event", "source", "occasion"],
                name="announced_once",
                condition=models.Q(withdrawn_at=None),
            )
        ]
        indexes = [
            models.Index(
                fields=["due_at", "id"],
                name="announcement_untold",
                condition=models.Q(done_at=None, withdrawn_at=None),
            ),
            models.Index(fields=["source"], name="announcement_source"),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.source} {self.occasion}".rstrip()

    @property
    def is_stale(self) -> bool:
        """It closes soon, was said; it is over by now, or the day was moved and that is said anew."""
        if self.event != Event.CLOSING or self.item is None:
            return False
        return self.item.is_over or self.occasion != self.occasion_of(self.item)

    @staticmethod
    def occasion_of(item: Item) -> str:
        """The closing moment, to the minute: a moved day is told again."""
        return item.closes_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ") if item.closes_at else ""


class Digest(models.Model):
    """A letter was put together for that day of hers: `period` as 2026-11-30, by her own clock."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="digests")
    period = models.CharField(max_length=10)
    made_at = models.DateTimeField(default=timezone.now)
    notices = models.PositiveIntegerField(default=0)

    privacy = Rule(person="person", export=True, erase="delete", merge="move")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "period"], name="digest_once")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.period}"


class Notice(models.Model):
    """A person is told of an announcement: on the page, in her digest, or neither where a letter did it."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="notices", db_index=False)
    announcement = models.ForeignKey(Announcement, models.CASCADE, related_name="notices")
    made_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)
    in_page = models.BooleanField(default=True)
    in_digest = models.BooleanField(default=True)
    digest = models.ForeignKey(Digest, models.SET_NULL, null=True, related_name="rows")

    privacy = Rule(person="person", export=True, erase="delete", merge="move")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "announcement"], name="notice_once")]
        indexes = [
            models.Index("person", models.F("id").desc(), name="notice_of"),
            models.Index(
                fields=["person"],
                name="notice_unread",
                condition=models.Q(in_page=True, read_at=None),
            ),
            models.Index(
                fields=["person"],
                name="notice_for_digest",
                condition=models.Q(in_digest=True, digest=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} of {self.announcement_id}"

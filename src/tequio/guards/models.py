"""Form keys, rate counters, the page version: tables that point at nobody."""

from django.db import models
from django.utils import timezone

from tequio.base.privacy import NOT_PERSONAL, Rule


class FormKey(models.Model):
    """One form that was sent: who (hash of the CSRF cookie), which key, what came of it."""

    who = models.CharField(max_length=64)
    key = models.CharField(max_length=64)
    url = models.CharField(max_length=500)
    body = models.CharField(max_length=64)
    answer = models.JSONField(null=True)
    at = models.DateTimeField(default=timezone.now, db_index=True)
    # The opaque id of whoever sent it, so that her erasure finds what is said to her again.
    person = models.CharField(max_length=60, blank=True, db_default="")

    privacy = Rule(
        person="person", erase="delete", merge="keep", why="a form belongs to the browser it came from"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["who", "key"], name="form_key_once")]

    def __str__(self) -> str:
        return f"{self.url} {self.key}"


class RateCounter(models.Model):
    """How often `who` did `act` in the step of a window that starts at `since`."""

    act = models.CharField(max_length=40)
    who = models.CharField(max_length=64)
    since = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    privacy = Rule(
        person="who", erase="delete", merge="keep", why="a count belongs to who was counted, for two days"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["act", "who", "since"], name="rate_counter_window")]
        indexes = [models.Index(fields=["since"], name="rate_counter_since")]

    def __str__(self) -> str:
        return f"{self.act} {self.count}"


class PageVersion(models.Model):
    """One row; kept pages of an older version are not shown any more."""

    number = models.BigIntegerField(default=1)

    privacy = NOT_PERSONAL

    def __str__(self) -> str:
        return str(self.number)

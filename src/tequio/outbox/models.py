"""What waits to be sent, written in the transaction that causes it."""

import uuid

from django.db import models
from django.utils import timezone

from tequio.base.privacy import NOT_PERSONAL, Rule


class Sending(models.Model):
    """One thing on its way out. `key` travels with it, so that a second delivery is recognised.

    It waits until it is sent or given up; the words of a secret one are erased at either.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    written_at = models.DateTimeField(default=timezone.now, db_index=True)
    good_until = models.DateTimeField(null=True)
    due_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    trouble = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True

    @property
    def server(self) -> str:
        """Which machine of the other side it goes to, where there are several."""
        return ""

    def forget_words(self) -> None:
        """Blank what must not stay once it is sent or given up."""


class Letter(Sending):
    """One e-mail. A POST to `stop_url`, by whoever has the letter, ends all of its kind (RFC 8058)."""

    to = models.CharField(max_length=320)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField(blank=True)
    stop_url = models.CharField(max_length=500, blank=True)
    is_secret = models.BooleanField(default=False)

    privacy = Rule(
        person="to", erase="delete", merge="keep", why="a letter belongs to the address it was written to",
        forget="tequio.outbox.services.forgetting.forget_letters",
    )  # fmt: skip

    class Meta:
        indexes = [
            models.Index(
                fields=["due_at"],
                name="letter_waiting",
                condition=models.Q(sent_at=None, given_up_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} → {self.to}"

    def forget_words(self) -> None:
        if self.is_secret:
            self.text = self.html = ""


class TextMessage(Sending):
    """One SMS. `to` is a number as +22890123456 (E.164)."""

    to = models.CharField(max_length=16)
    text = models.CharField(max_length=1_000)
    is_secret = models.BooleanField(default=False)

    privacy = Rule(
        person="to", erase="delete", merge="keep", why="an SMS belongs to the number it was written to",
        forget="tequio.outbox.services.forgetting.forget_text_messages",
    )  # fmt: skip

    class Meta:
        indexes = [
            models.Index(
                fields=["due_at"],
                name="text_message_waiting",
                condition=models.Q(sent_at=None, given_up_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"SMS → {self.to}"

    def forget_words(self) -> None:
        if self.is_secret:
            self.text = ""


class WebhookCall(Sending):
    """Another system is told that something happened. `data` holds identifiers: who may know more asks for it.

    `receiver` is the opaque id of whoever asked to be told ("opendata.subscription:3"); its secret follows
    from it (`services.webhook_secret`) and is kept nowhere.
    """

    receiver = models.CharField(max_length=60)
    url = models.CharField(max_length=500)
    host = models.CharField(max_length=255, db_index=True)
    event = models.CharField(max_length=60)
    data = models.JSONField(default=dict)

    privacy = NOT_PERSONAL

    class Meta:
        indexes = [
            models.Index(
                fields=["due_at"],
                name="webhook_call_waiting",
                condition=models.Q(sent_at=None, given_up_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event} → {self.host}"

    @property
    def server(self) -> str:
        return self.host

"""Letters waiting to be sent, written in the transaction that causes them."""

import uuid

from django.db import models
from django.utils import timezone

from tequio.base.privacy import Rule


class Letter(models.Model):
    """One e-mail. `key` travels with it, so that a second delivery is recognised.

    It waits until it is sent or given up; the words of a secret one are erased at either.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    to = models.CharField(max_length=320)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField(blank=True)
    is_secret = models.BooleanField(default=False)
    written_at = models.DateTimeField(default=timezone.now, db_index=True)
    good_until = models.DateTimeField(null=True)
    due_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    trouble = models.CharField(max_length=300, blank=True)

    privacy = Rule(
        person="to", erase="delete", merge="keep", why="a letter belongs to the address it was written to"
    )

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

"""A process: a question a territory works on, in phases."""

from django.db import models
from django.utils import timezone

from tequio.base.fields import MultilingualField
from tequio.base.languages import current
from tequio.base.multilingual import Reading, read
from tequio.base.privacy import NOT_PERSONAL
from tequio.catalogue.models import Item


class Process(models.Model):
    """Title, place and dates are the item's; here is only what a process adds."""

    item = models.OneToOneField(Item, models.CASCADE, primary_key=True, related_name="process")
    background = MultilingualField()

    privacy = NOT_PERSONAL

    def __str__(self) -> str:
        return f"process {self.pk}"


class Phase(models.Model):
    """One step of a process; its part (a conversation, a vote …) is an item where there is one."""

    process = models.ForeignKey(Process, models.CASCADE, related_name="phases")
    position = models.PositiveSmallIntegerField()
    title = MultilingualField()
    opens_at = models.DateTimeField(null=True)
    closes_at = models.DateTimeField(null=True)
    part = models.ForeignKey(Item, models.SET_NULL, null=True, related_name="phases")

    privacy = NOT_PERSONAL

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["process", "position"], name="phase_position_once")]

    def __str__(self) -> str:
        return f"{self.process_id}/{self.position}"

    @property
    def words(self) -> Reading:
        return read(self.title, current())

    @property
    def step(self) -> str:
        """ "done", "now" or "next", by the dates."""
        now = timezone.now()
        if self.closes_at and self.closes_at <= now:
            return "done"
        if self.opens_at and self.opens_at > now:
            return "next"
        return "now"

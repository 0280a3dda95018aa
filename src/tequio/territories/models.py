"""Places, in a tree where one may have several parents (a town in a province and in an alliance)."""

from django.db import models

from tequio.base.fields import MultilingualField
from tequio.base.languages import current
from tequio.base.multilingual import Reading, read
from tequio.base.privacy import NOT_PERSONAL

from .enums import TerritoryKind


class Territory(models.Model):
    """A place. `code` is ISO 3166 where there is one ("ES", "ES-BI"), else our own ("ES-BI-bilbao")."""

    code = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=20, choices=TerritoryKind.choices)
    name = MultilingualField()
    zone = models.CharField(max_length=40, default="UTC")
    languages = models.JSONField(default=list)
    population = models.PositiveIntegerField(null=True)
    # Its names in all languages, folded: by them it is looked for.
    names = models.TextField(blank=True)
    # Its middle, in degrees of WGS 84, where our table knows it: where a map of the place begins.
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)

    privacy = NOT_PERSONAL

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(latitude=None, longitude=None)
                | models.Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="territory_point_on_earth",
            )
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def title(self) -> Reading:
        """The name in the reader's language."""
        return read(self.name, current())

    @property
    def point(self) -> tuple[float, float] | None:
        """(latitude, longitude) of its middle; None where nobody wrote it down."""
        return None if self.latitude is None or self.longitude is None else (self.latitude, self.longitude)


class TerritoryParent(models.Model):
    """`child` lies in `parent`; `position` 0 is the parent that breadcrumbs show."""

    child = models.ForeignKey(Territory, models.CASCADE, related_name="parent_rows")
    parent = models.ForeignKey(Territory, models.CASCADE, related_name="child_rows")
    position = models.PositiveSmallIntegerField(default=0)

    privacy = NOT_PERSONAL

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["child", "parent"], name="territory_parent_once"),
            models.CheckConstraint(
                condition=~models.Q(child=models.F("parent")), name="territory_not_in_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.child_id} in {self.parent_id}"


class TerritoryPath(models.Model):
    """The closure of the tree: `below` lies in `above`, at any depth; each place lies in itself."""

    above = models.ForeignKey(Territory, models.CASCADE, related_name="paths_down")
    below = models.ForeignKey(Territory, models.CASCADE, related_name="paths_up")

    privacy = NOT_PERSONAL

    class Meta:
        constraints = [models.UniqueConstraint(fields=["above", "below"], name="territory_path_once")]

    def __str__(self) -> str:
        return f"{self.below_id} below {self.above_id}"

"""The rule of ideas and problems: in which order they are read."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ..enums import Combining
from .shape import Declaration, Feature, Parameter

IDEA_ORDER = Declaration(
    name="idea-order",
    title=_("The order of ideas and problems"),
    lead=_("A list of ideas or problems turns every hour, so that late ones are seen as well as early ones."),
    formula=_(
        "The values below add up to a weight. Each hour every idea, or every problem, moves on around a circle. The "
        "heavier it is, the larger the part of the circle from which it comes to the front. None is left out."
    ),
    combining=Combining.SUM,
    features=(
        Feature(
            "share",
            _("Each one has a share"),
            _("Always 1. This part is the same for all, so nobody waits for ever."),
            1.0,
            least=0.1,
        ),
        Feature(
            "few",
            _("Few are behind it so far"),
            _("1 when nobody is behind it, a half at the number below, then less and less."),
            1.0,
        ),
        Feature(
            "fresh",
            _("It is new"),
            _("1 when it has just been published, a half after the hours below, less and less from then on."),
            1.0,
        ),
        Feature(
            "closing",
            _("It closes soon"),
            _("Nearly 1 in its last hour, a half one day before; 0 without an end or after it."),
            1.0,
        ),
    ),
    parameters=(
        Parameter(
            "half_supports", _("How many people behind it halve the need of more"), 10.0, 1.0, 100_000.0
        ),
        Parameter("half_life", _("After how many hours newness counts a half"), 72.0, 1.0, 10_000.0),
    ),
)

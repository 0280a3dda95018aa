"""The rules of ideas: in which order they are read."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ..enums import Combining
from .shape import Declaration, Feature, Parameter

IDEA_ORDER = Declaration(
    name="idea-order",
    title=_("The order of ideas"),
    lead=_("A list of ideas turns every hour, so that late ideas are seen as well as early ones."),
    formula=_(
        "The values below add up to the weight of an idea. Each hour every idea moves on around a circle. The "
        "heavier it is, the larger the part of the circle from which it comes to the front. No idea is left out."
    ),
    combining=Combining.SUM,
    features=(
        Feature(
            "share",
            _("Every idea has a share"),
            _("Always 1. This part is the same for all, so nobody waits for ever."),
            1.0,
            least=0.1,
        ),
        Feature(
            "few",
            _("Few support it so far"),
            _("1 without a support, a half at the number below, less and less from then on."),
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
        Parameter("half_supports", _("How many supports halve the need of more"), 10.0, 1.0, 100_000.0),
        Parameter("half_life", _("After how many hours newness counts a half"), 72.0, 1.0, 10_000.0),
    ),
)

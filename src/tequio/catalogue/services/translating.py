"""Taking in translations, so that a second translator notices the first and loses nothing she typed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tequio.base.errors import Refused
from tequio.base.languages import current, name_of
from tequio.base.multilingual import Field, original_language, take_in


@dataclass(frozen=True)
class Typed:
    """What a translator sent for one field: texts by language, which version she started from, what is still right."""

    texts: Mapping[str, str]
    seen: str
    still_right: Collection[str] = ()


def translate_fields(fields: Mapping[str, Field], typed: Mapping[str, Typed], *, by: str) -> dict[str, Field]:
    """{name: the field with her words}. `by` is the name that stands beside them.

    Refused with code "changed" where the original or a text she touched is another by now: her form is shown
    again with both, and counts as seen from then on.
    """
    done: dict[str, Field] = {}
    faster: dict[str, None] = {}
    is_original = False
    for name, field in fields.items():
        sent = typed[name]
        done[name], met = take_in(
            field, dict(sent.texts), seen=sent.seen, by=by, still_right=sent.still_right
        )
        is_original = is_original or original_language(field) in met
        faster |= dict.fromkeys(name_of(tag, current()) for tag in met)
    if is_original:
        raise Refused(
            _("The original changed while you were writing. Compare it with yours, then send yours again."),
            code="changed",
        )
    if faster:
        raise Refused(
            _("Somebody else translated this meanwhile: %(languages)s. Compare, then send yours again.")
            % {"languages": ", ".join(faster)},
            code="changed",
        )
    return done

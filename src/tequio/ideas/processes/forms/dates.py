"""A moment typed as a day and a clock, in the zone of the process."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from tequio.base.moments import NoSuchTime, local_moment

START_OF_DAY, END_OF_DAY = time(0, 0), time(23, 59)


def typed_moment(form: forms.Form, name: str, zone_name: str, before: datetime | None) -> datetime | None:
    """What stands in `<name>_day` and `<name>_time`; an opening day alone is its start, a closing day its end.

    The form shows minutes: what was not changed keeps the seconds of `before`. Errors are written at the field.
    """
    data: dict[str, Any] = form.cleaned_data
    day, clock, is_end = data.get(f"{name}_day"), data.get(f"{name}_time"), name.endswith("closes")
    if not day:
        if clock and f"{name}_day" not in form.errors:
            form.add_error(f"{name}_day", _("A time needs a day."))
        return None
    if f"{name}_time" in form.errors:
        return None
    try:
        moment = local_moment(day, clock or (END_OF_DAY if is_end else START_OF_DAY), zone_name, last=is_end)
    except NoSuchTime as gap:
        words = _("On that day the clock in %(zone)s jumps over this time. Choose %(instead)s instead.")
        form.add_error(f"{name}_time", words % {"zone": zone_name, "instead": f"{gap.instead:%H:%M}"})
        return None
    is_same = before is not None and before.replace(second=0, microsecond=0) == moment
    return before if is_same else moment

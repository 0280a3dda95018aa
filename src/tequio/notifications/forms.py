"""Choosing letters: the digest, and for each event where one hears of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext as _say
from django.utils.translation import gettext_lazy as _

from tequio.base.forms import PlainForm
from tequio.base.moments import place_of, say_clock, weekday_name
from tequio.catalogue.enums import KINDS

from .enums import Channel, Event, Rhythm
from .models import Preference
from .services.choosing import Choice
from .types import EVENTS, channels_of


class LettersForm(PlainForm):
    """Works without JavaScript: what does not matter for the chosen rhythm is simply not used."""

    rhythm = forms.ChoiceField(
        label=_("One letter with all of it"), choices=Rhythm.choices, widget=forms.Select
    )
    weekday = forms.TypedChoiceField(label=_("On"), coerce=int, help_text=_("For a weekly letter."))
    hour = forms.TypedChoiceField(label=_("At"), coerce=int)
    zone = forms.ChoiceField(label=_("By the clock of"), required=False)

    def __init__(self, data: Any = None, *, preference: Preference, zones: list[str], asks_consent: bool):
        super().__init__(data, initial=_initial(preference))
        self.offer("weekday", [(number, weekday_name(number)) for number in range(7)])
        self.offer("hour", [(number, say_clock(number)) for number in range(24)])
        own = [preference.zone] if preference.zone and preference.zone not in zones else []
        self.offer("zone", [
            ("", _say("the place I live in")), *((one, place_of(one)) for one in sorted({*zones, *own}))
        ])  # fmt: skip
        self.fields["with_waiting"] = _tick(_("Say also what waits for me"))
        self.fields["follows_own"] = _tick(_("Follow by itself what I make"))
        for event in Event:
            for channel in Channel:
                self.fields[_name(event, channel)] = _tick(channel.label)
        if asks_consent:
            self.fields["agrees"] = _tick(_("I agree to get letters about what I follow."))

    def switches(self) -> Iterator[tuple[str, list[forms.BoundField]]]:
        """(event in words, its switches in the order of the channels), for the table."""
        for event in Event:
            yield str(event.label), [self[_name(event, channel)] for channel in Channel]

    def choice(self) -> Choice:
        cleaned = self.cleaned_data
        return Choice(
            rhythm=cleaned["rhythm"], weekday=cleaned["weekday"], hour=cleaned["hour"], zone=cleaned["zone"],
            with_waiting=cleaned["with_waiting"], follows_own=cleaned["follows_own"],
            switches={
                event.value: [one.value for one in Channel if cleaned[_name(event, one)]] for event in Event
            },
        )  # fmt: skip

    def agrees(self) -> bool:
        return bool(self.cleaned_data.get("agrees"))

    def clean(self) -> dict[str, Any]:
        """Letters are not chosen without agreeing to them."""
        cleaned = super().clean() or {}
        if "agrees" in self.fields and not self.errors and self.choice().wants_letters and not self.agrees():
            self.add_error("agrees", _say("Letters come only to those who agree to them."))
        return cleaned


def _tick(label: Any) -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False)


def _name(event: Event, channel: Channel) -> str:
    return f"{event.value}-{channel.value}"


def _initial(preference: Preference) -> dict[str, Any]:
    initial: dict[str, Any] = {
        name: getattr(preference, name)
        for name in ("rhythm", "weekday", "hour", "zone", "with_waiting", "follows_own")
    }
    for event in EVENTS:
        chosen = channels_of(preference.switches, event)
        initial |= {f"{event}-{channel.value}": channel.value in chosen for channel in Channel}
    return initial


class SearchForm(PlainForm):
    """The words of a search and what narrows it, as they stand in its address."""

    q = forms.CharField(label=_("Words"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    place = forms.CharField(label=_("Place"), max_length=40, required=False)

    def __init__(self, data: Any = None):
        super().__init__(data)
        self.offer("kind", [
            ("", _say("Everything")), *((one.name, one.word) for one in KINDS.values() if one.is_listed)
        ])  # fmt: skip

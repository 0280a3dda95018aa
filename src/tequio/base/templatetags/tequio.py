"""Small words for templates. They receive finished values and start no query."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from babel.numbers import format_decimal, format_percent
from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tequio.base import language_tags, languages, moments, multilingual, text
from tequio.base.icons import ICONS

register = template.Library()


@register.filter
def reading(field: multilingual.Field) -> multilingual.Reading:
    """The text of a multilingual field in the reader's language."""
    return multilingual.read(field or {}, languages.current())


@register.filter
def original(field: multilingual.Field) -> multilingual.Reading:
    """The text as it was written."""
    return multilingual.read(field or {}, multilingual.original_language(field or {}))


@register.filter
def by_machine(words: Any) -> SafeString:
    """A mark behind words that a machine translated and nobody has read; nothing behind all others."""
    if getattr(words, "status", "") != multilingual.MACHINE:
        return SafeString("")
    return format_html(' <span class="tag">{}</span>', _("by a machine"))


@register.filter
def prose(value: Any) -> SafeString:
    return text.render_markdown(str(value))


@register.filter
def prose_lines(value: Any) -> SafeString:
    """As `prose`, for what people write in a hurry: their new lines stay."""
    return text.render_markdown(str(value), keeps_lines=True)


@register.filter
def number(value: float) -> str:
    """As the language writes it; Spanish groups by a thin space, for Mexico and Spain differ on the rest."""
    said = str(format_decimal(value, locale=languages.current()))
    return said.replace(".", "\u202f") if languages.current() == "es" and value == int(value) else said


@register.filter
def percent(value: float) -> str:
    """0.614 as 61%, the way the language writes it."""
    return str(format_percent(value, format=None, locale=languages.current()))


@register.filter
def language_name(tag: str) -> str:
    return languages.name_of(tag, languages.current())


@register.filter
def how_many_errors(form: Any) -> int:
    """One field may have several, and some belong to none."""
    return sum(len(errors) for errors in form.errors.values())


@register.filter
def lang(tag: str) -> SafeString:
    """lang="…" of people's words, with dir="rtl" where the language is written from right to left."""
    if language_tags.direction(tag) == "rtl":
        return format_html('lang="{}" dir="rtl"', tag)
    return format_html('lang="{}"', tag)


@register.simple_tag
def day(moment: datetime | None, zone: str = "UTC") -> str:
    return moments.say_day(moment, zone) if moment else ""


@register.simple_tag
def moment(moment: datetime | None, zone: str = "UTC") -> str:
    return moments.say_moment(moment, zone) if moment else ""


@register.simple_tag
def distance(moment: datetime | None) -> str:
    return moments.say_distance(moment) if moment else ""


@register.simple_tag
def place_of(zone: str, place: Any = None) -> str:
    """Whose clock it is: the place's own name where the zone is its own, else the city of the zone."""
    if place is not None and place.zone == zone:
        return str(place.title)
    return moments.place_of(zone)


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon of the page's sprite; a word always stands beside it."""
    return format_html('<svg class="i" aria-hidden="true"><use href="#i-{}"/></svg>', name)


@register.simple_tag
def sprite(*names: str) -> SafeString:
    """The symbols a page uses, inline: no request, and only these."""
    wanted = dict.fromkeys(name for group in names for name in group.split())
    symbols = "".join(ICONS[name] for name in wanted)
    return SafeString(f'<svg class="off" aria-hidden="true" focusable="false">{symbols}</svg>')

"""What somebody has on her mind: what is like it already, and every way on, her words carried along."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from tequio.base.languages import current
from tequio.base.multilingual import read
from tequio.base.text import fold
from tequio.catalogue.models import Item, SearchText
from tequio.catalogue.selectors import listed, open_now, stem_of
from tequio.catalogue.selectors.finding import found, in_full, likely_rule
from tequio.ideas.deliberation.permissions import can_open
from tequio.people.models import Person
from tequio.territories.selectors import breadcrumbs, subtree_ids

from ..types import Asked, Way
from .searching import hits_of, read_asked

# A sentence meets nearly everything by one word or another: what is most like it may be old.
MOST_WEIGHED = 1_500
LOOKED_AT = 40
MOST_LIKE = 6
MOST_OPEN = 3
# Of the words that say something, so many must be shared: a sentence has many that everybody uses.
LEAST_SHARED = 0.3


def mind_page(person: Person | None, query: Mapping[str, str]) -> dict[str, Any]:
    """Similar things, open conversations to say it in, and the other ways on."""
    asked = read_asked(query)
    context: dict[str, Any] = {
        "asked": asked, "hits": [], "ways": [], "territory": asked.place, "is_missing": False,
        "places": breadcrumbs(asked.place) if asked.place else [],
    }  # fmt: skip
    if not asked.words:
        return context
    like = _alike(person, asked)
    return {
        **context,
        "hits": hits_of(like, _stems(asked.words)),
        "carried": urlencode({"words": asked.words}),
        "speaking": _conversations(person, asked),
        "ways": _ways(person, asked),
        "is_missing": not like,
    }


def _alike(person: Person | None, asked: Asked) -> list[Item]:
    """Those that share enough of her words, the most first; of her place where she is in one."""
    places = subtree_ids(asked.place.pk) if asked.place else None
    like = found(person, asked.words, rule_of=likely_rule, most=MOST_WEIGHED, territory_ids=places)
    nearest = like.items.order_by(F("rank").desc(), "-pk").values_list("pk", flat=True)
    near = in_full(list(nearest[:LOOKED_AT]))
    stems = _stems(asked.words)
    plain = dict(SearchText.objects.filter(pk__in=[item.pk for item in near]).values_list("pk", "plain"))
    shares = {item.pk: _share(stems, plain.get(item.pk, "")) for item in near}
    alike = [item for item in near if shares[item.pk] >= LEAST_SHARED]
    alike.sort(key=lambda item: (-shares[item.pk], item.part_of_id is not None))
    return alike[:MOST_LIKE]


def _stems(words: str) -> list[str]:
    """The beginnings of the words that say something: the long ones, or all where none is long."""
    said = list(dict.fromkeys(fold(words).split()))
    long = [word for word in said if len(word) > 3] or said
    return [stem_of(word)[:6] for word in long]


def _share(stems: list[str], plain: str) -> float:
    there = plain.split()
    return sum(any(word.startswith(stem) for word in there) for stem in stems) / len(stems) if stems else 0.0


def _conversations(person: Person | None, asked: Asked) -> list[Way]:
    """Open conversations of the place in which her words can be said as a statement of her own."""
    if asked.place is None:
        return []
    items = open_now(listed(person, kind="conversation", territory_id=asked.place.pk))
    carried = urlencode({"words": asked.words})
    return [
        Way(read(item.title, current()), f"{reverse('deliberation:write', args=[item.pk])}?{carried}")
        for item in items[:MOST_OPEN]
    ]


def _ways(person: Person | None, asked: Asked) -> list[Way]:
    """What can be done; each takes her words along where it has a field for them."""
    query = {"q": asked.words, **({"place": asked.place.code} if asked.place else {})}
    carried = urlencode({"words": asked.words, **({"place": asked.place.code} if asked.place else {})})
    ways = [
        Way(_("Report it as a problem"), f"{reverse('proposals:problem_new')}?{carried}",
            _("Others can say that they have it too, and where.")),
        Way(_("Propose it as an idea"), f"{reverse('proposals:idea_new')}?{carried}",
            _("Others can support it. It needs no account.")),
    ]  # fmt: skip
    if asked.place is not None:
        name = str(asked.place.title)
        if can_open(person, asked.place):
            ways.append(
                Way(_("Open a conversation about it"), f"{reverse('deliberation:new')}?{carried}",
                    _("You are a facilitator here. Your words become the question."))
            )  # fmt: skip
        ways.append(
            Way(_("Ask those who look after %(place)s") % {"place": name},
                reverse("people:stewards", args=[asked.place.code]), _("Their names and what they do stand there."))
        )  # fmt: skip
    return [
        *ways,
        Way(_("Hear when something about it comes"), f"{reverse('notifications:follow_search')}?{urlencode(query)}",
            _("You follow these words. New things with them come to your notices.")),
        Way(_("Search everything for it"), f"{reverse('search:search')}?{urlencode(query)}",
            _("Processes, conversations, statements, places and organisations.")),
        Way(_("See what others looked for and did not find"),
            reverse("search:gaps") + (f"?place={asked.place.code}" if asked.place else ""),
            _("What many look for shows what is missing.")),
    ]  # fmt: skip

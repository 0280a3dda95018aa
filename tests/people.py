"""The people of every test: an organiser, her colleague, a stranger, a moderator, a guest, and two places."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from forms import open_browser
from tequio.base.actor import SYSTEM
from tequio.base.multilingual import Field, add_translation, write_original
from tequio.ideas.deliberation.models import Conversation
from tequio.ideas.deliberation.services.conversations import Plan, open_conversation
from tequio.people.models import Person
from tequio.people.services import become_member, begin_guest, grant_role
from tequio.territories.models import Territory
from tequio.territories.services import rebuild_paths, save_territory


def words(en: str, es: str = "", fr: str = "") -> Field:
    """A multilingual text whose original is English."""
    field = write_original(en, "en")
    for language, text in (("es", es), ("fr", fr)):
        if text:
            field = add_translation(field, language, text)
    return field


@pytest.fixture
def togo(db: None) -> Territory:
    return save_territory(
        code="TG", kind="country", name=words("Togo"), zone="Africa/Lome", languages=["fr"], by=SYSTEM
    )


@pytest.fixture
def lome(togo: Territory) -> Territory:
    city = save_territory(
        code="TG-M-lome", kind="city", name=words("Lomé"), zone="Africa/Lome",
        languages=["fr", "ee"], parents=[togo], by=SYSTEM,
    )  # fmt: skip
    rebuild_paths(by=SYSTEM)
    return city


@pytest.fixture
def bilbao(db: None) -> Territory:
    city = save_territory(
        code="ES-BI-bilbao", kind="city", name=words("Bilbao"), zone="Europe/Madrid",
        languages=["es", "eu"], by=SYSTEM,
    )  # fmt: skip
    rebuild_paths(by=SYSTEM)
    return city


@pytest.fixture
def make_member(db: None) -> Callable[..., Person]:
    def make(name: str, role: str = "", place: Territory | None = None) -> Person:
        person = become_member(begin_guest(language="en"), email=f"{name.lower()}@example.org", name=name)
        if role and place:
            grant_role(person, role, place, by=SYSTEM)
        return person

    return make


@pytest.fixture
def alice(make_member: Callable[..., Person], lome: Territory) -> Person:
    """Facilitator of Lomé."""
    return make_member("Alice", "facilitator", lome)


@pytest.fixture
def bob(make_member: Callable[..., Person], lome: Territory) -> Person:
    """Another facilitator of Lomé: Alice's colleague."""
    return make_member("Bob", "facilitator", lome)


@pytest.fixture
def charlie(make_member: Callable[..., Person], bilbao: Territory) -> Person:
    """Facilitator of Bilbao: a stranger in Lomé."""
    return make_member("Charlie", "facilitator", bilbao)


@pytest.fixture
def mora(make_member: Callable[..., Person], lome: Territory) -> Person:
    """Moderator of Lomé."""
    return make_member("Mora", "moderator", lome)


@pytest.fixture
def member(make_member: Callable[..., Person]) -> Person:
    """A member without any role."""
    return make_member("Mina")


@pytest.fixture
def guest(db: None) -> Person:
    return begin_guest(language="en")


@pytest.fixture
def browser_of() -> Callable[..., Client]:
    """A test client in which the given person is there: member, guest, or None for a visitor."""

    return open_browser


@pytest.fixture
def conversation(alice: Person, lome: Territory) -> Conversation:
    """An open conversation of Lomé with three seeds."""
    plan = Plan(
        question=words("How should our neighbourhoods get online?", "¿Cómo conectamos los barrios?"),
        background=words("The line is slow and dear."),
        languages=["en", "es", "fr"],
        zone="Africa/Lome",
    )
    seeds = [
        words("A repair must take at most two days.", "Una reparación debe tardar a lo más dos días."),
        words("Prices have to be on the wall."),
        words("The city should pay for the first masts."),
    ]
    return open_conversation(plan, territory=lome, seeds=seeds, by=alice)

"""The invented people of the demonstration: who they are, where they live, what they look after."""

from __future__ import annotations

from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone

from tequio.base.actor import SYSTEM
from tequio.territories.models import Territory
from tequio.territories.selectors import named

from ..enums import RoleName
from ..models import Person
from ..services import become_member, begin_guest, grant_role

# Reserved for examples (RFC 2606): no letter can ever reach anybody there.
DOMAIN = "tequio.example"


@dataclass(frozen=True)
class Invented:
    """`key` is the part of the address before the @. A role is held in the home place."""

    key: str
    name: str
    home: str
    language: str
    age: int
    role: str = ""

    @property
    def address(self) -> str:
        return f"{self.key}@{DOMAIN}"


STEWARD, FACILITATOR = RoleName.STEWARD, RoleName.FACILITATOR
MODERATOR, TRANSLATOR = RoleName.MODERATOR, RoleName.TRANSLATOR

PEOPLE = (
    Invented("lucia.hernandez", "Lucía Hernández", "MX-CMX", "es", 48, STEWARD),
    Invented("raul.ortega", "Raúl Ortega", "MX-CMX", "es", 39, FACILITATOR),
    Invented("teresa.xolalpa", "Teresa Xolalpa", "MX-CMX", "es", 55, MODERATOR),
    Invented("citlali.mendez", "Citlali Méndez", "MX-CMX", "es", 31, TRANSLATOR),
    Invented("diego.flores", "Diego Flores", "MX-CMX-iztapalapa", "es", 19),
    Invented("marta.rios", "Marta Ríos", "MX-CMX-iztapalapa", "es", 66),
    Invented("itziar.goikoetxea", "Itziar Goikoetxea", "ES-BI-bilbao", "es", 51, STEWARD),
    Invented("mikel.urrutia", "Mikel Urrutia", "ES-BI-bilbao", "es", 42, FACILITATOR),
    Invented("carmen.ruiz", "Carmen Ruiz", "ES-BI-bilbao", "es", 58, MODERATOR),
    Invented("ane.larrinaga", "Ane Larrinaga", "ES-BI-bilbao", "es", 29, TRANSLATOR),
    Invented("unai.etxebarria", "Unai Etxebarria", "ES-BI-otxarkoaga", "es", 17),
    Invented("rosa.fernandez", "Rosa Fernández", "ES-BI-otxarkoaga", "es", 71),
    Invented("julie.tremblay", "Julie Tremblay", "CA-QC-quebec", "fr", 45, STEWARD),
    Invented("marc-andre.gagnon", "Marc-André Gagnon", "CA-QC-quebec", "fr", 37, FACILITATOR),
    Invented("fatou.diallo", "Fatou Diallo", "CA-QC-quebec", "fr", 34, MODERATOR),
    Invented("claire.robertson", "Claire Robertson", "CA-QC-quebec", "en", 40, TRANSLATOR),
    Invented("lea.bouchard", "Léa Bouchard", "CA-QC-limoilou", "fr", 19),
    Invented("gilles.lavoie", "Gilles Lavoie", "CA-QC-limoilou", "fr", 74),
    Invented("adjoa.lawson", "Adjoa Lawson", "TG-M-lome", "fr", 44, STEWARD),
    Invented("kossi.mensah", "Kossi Mensah", "TG-M-lome", "fr", 36, FACILITATOR),
    Invented("efua.agbeko", "Efua Agbéko", "TG-M-lome", "fr", 41, MODERATOR),
    Invented("ama.kpodo", "Ama Kpodo", "TG-M-lome", "fr", 27, TRANSLATOR),
    Invented("yawa.amouzou", "Yawa Amouzou", "TG-M-be", "fr", 19),
    Invented("edem.tossou", "Edem Tossou", "TG-M-be", "fr", 62),
)


@transaction.atomic
def load_people() -> dict[str, Person]:
    """Make them all, with their roles. Returns them by key. Their places must be there."""
    places = named({invented.home for invented in PEOPLE})
    return {invented.key: _load(invented, places[invented.home]) for invented in PEOPLE}


def _load(invented: Invented, home: Territory) -> Person:
    person = begin_guest(language=invented.language)
    born = timezone.now().year - invented.age
    become_member(person, email=invented.address, name=invented.name, home=home, year_of_birth=born)
    if invented.role:
        grant_role(person, invented.role, home, by=SYSTEM)
    return person


def people_loaded() -> bool:
    """Whether the invented people live in this database."""
    return EmailAddress.objects.filter(email__endswith=f"@{DOMAIN}").exists()

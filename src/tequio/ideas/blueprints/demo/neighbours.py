"""More invented people of the four places: those who tell, propose, answer and judge; and neighbours without a name."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from tequio.people.demo import DOMAIN, Invented
from tequio.people.models import Person
from tequio.people.services import become_member, begin_guest
from tequio.people.services.guardians import ask_guardian_of, give_consent
from tequio.territories.selectors import named

LOME, BE = "TG-M-lome", "TG-M-be"
QUEBEC, LIMOILOU = "CA-QC-quebec", "CA-QC-limoilou"
MEXICO, IZTAPALAPA, COYOACAN = "MX-CMX", "MX-CMX-iztapalapa", "MX-CMX-coyoacan"
XOCHIMILCO, CUAUHTEMOC = "MX-CMX-xochimilco", "MX-CMX-cuauhtemoc"
BILBAO, OTXARKOAGA = "ES-BI-bilbao", "ES-BI-otxarkoaga"

NEIGHBOURS = (
    Invented("senam.gbedemah", "Sénam Gbédémah", LOME, "fr", 20),
    Invented("kokou.agbodjan", "Kokou Agbodjan", LOME, "fr", 47),
    Invented("abla.sodji", "Abla Sodji", BE, "fr", 38),
    Invented("mawuli.koffi", "Mawuli Koffi", LOME, "fr", 24),
    Invented("akouvi.dossou", "Akouvi Dossou", LOME, "fr", 22),
    Invented("delali.amete", "Délali Amété", LOME, "fr", 26),
    Invented("tchilalo.bawa", "Tchilalo Bawa", LOME, "fr", 29),
    Invented("komi.ayivi", "Komi Ayivi", LOME, "fr", 50),
    Invented("elise.cloutier", "Élise Cloutier", QUEBEC, "fr", 33),
    Invented("jean-guy.poulin", "Jean-Guy Poulin", QUEBEC, "fr", 61),
    Invented("linda.nguyen", "Linda Nguyen", QUEBEC, "en", 44),
    Invented("thomas.pelletier", "Thomas Pelletier", QUEBEC, "fr", 27),
    Invented("ahmed.benali", "Ahmed Benali", QUEBEC, "fr", 36),
    Invented("sophie.lemay", "Sophie Lemay", QUEBEC, "fr", 49),
    # The year alone is known, and whoever may be younger counts as younger: fourteen for certain.
    Invented("noemie.gauthier", "Noémie Gauthier", LIMOILOU, "fr", 15),
    Invented("rosalie.fortin", "Rosalie Fortin", LIMOILOU, "fr", 16),
    Invented("oceane.picard", "Océane Picard", LIMOILOU, "fr", 17),
    Invented("ximena.galvan", "Ximena Galván", IZTAPALAPA, "es", 19),
    Invented("norma.tellez", "Norma Téllez", CUAUHTEMOC, "es", 64),
    Invented("ramiro.pineda", "Ramiro Pineda", CUAUHTEMOC, "es", 41),
    Invented("alma.cruz", "Alma Cruz", COYOACAN, "es", 35),
    Invented("fermin.aguilar", "Fermín Aguilar", XOCHIMILCO, "es", 57),
    Invented("paloma.ibarra", "Paloma Ibarra", CUAUHTEMOC, "es", 28),
    Invented("antonio.rangel", "Antonio Rangel", IZTAPALAPA, "es", 52),
    Invented("gabriela.sosa", "Gabriela Sosa", COYOACAN, "es", 54),
    Invented("elena.quiroz", "Elena Quiroz", MEXICO, "es", 46),
    Invented("hugo.santoyo", "Hugo Santoyo", MEXICO, "es", 32),
    Invented("begona.arana", "Begoña Arana", BILBAO, "es", 69),
    Invented("mamadou.sarr", "Mamadou Sarr", BILBAO, "fr", 30),
    Invented("pilar.gomez", "Pilar Gómez", OTXARKOAGA, "es", 58),
    Invented("fatima.haddad", "Fatima Haddad", BILBAO, "es", 39),
    Invented("jon.uriarte", "Jon Uriarte", BILBAO, "es", 45),
    Invented("leire.aguirre", "Leire Aguirre", BILBAO, "es", 34),
    Invented("iker.zabala", "Iker Zabala", BILBAO, "es", 26),
    Invented("asier.goni", "Asier Goñi", BILBAO, "es", 48),
    Invented("yolanda.prieto", "Yolanda Prieto", BILBAO, "es", 51),
    Invented("amaia.olano", "Amaia Olano", BILBAO, "es", 43),
)
# Under sixteen opinions need a guardian's yes.
WITH_GUARDIAN = ("noemie.gauthier", "rosalie.fortin")
JOINED = timedelta(days=420)


@transaction.atomic
def load_neighbours(*, now: datetime) -> dict[str, Person]:
    """Make them all, members since before the first process began. Returns them by key."""
    places = named({invented.home for invented in NEIGHBOURS})
    people = {}
    for invented in NEIGHBOURS:
        person = begin_guest(language=invented.language)
        born = timezone.now().year - invented.age
        become_member(
            person, email=invented.address, name=invented.name, home=places[invented.home], year_of_birth=born
        )
        people[invented.key] = person
    for key in WITH_GUARDIAN:
        row = ask_guardian_of(people[key], guardian_email=f"parent.{key}@{DOMAIN}", by=people[key])
        give_consent(row)
    been_here(people, since=now - JOINED)
    return people


def been_here(people: Mapping[str, Person], *, since: datetime) -> None:
    """They have been here for long: what they write is not that of somebody new."""
    for person in people.values():
        person.began_at = person.joined_at = since
    Person.objects.bulk_update(people.values(), ["began_at", "joined_at"])


def begin_crowd(number: int, *, language: str, since: datetime) -> list[Person]:
    """Neighbours who tapped once and told nobody their name."""
    crowd = [begin_guest(language=language) for _each in range(number)]
    for person in crowd:
        person.began_at = since
    Person.objects.bulk_update(crowd, ["began_at"])
    return crowd

"""Who was shown to live where in the demonstration: each way once, letters that wait, one proof that ends soon."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from tequio.territories.models import Territory
from tequio.territories.selectors import named

from ..enums import Method, Month
from ..models import Person, Residence
from ..services.letters import ask_letter, mark_printed, try_letter_code
from ..services.lists import hash_list, upload_list, verify_by_list
from ..services.residence import remind_residents, set_rule, show_code, verify_by_register, verify_in_person
from ..services.roles import grant_by_address

RULES = {
    "ES-BI-bilbao": (
        "itziar.goikoetxea",
        (Method.IN_PERSON, Method.LETTER, Method.REGISTER),
        Month.TWO_YEARS,
    ),
    "CA-QC-quebec": ("julie.tremblay", (Method.IN_PERSON, Method.LETTER), Month.FOUR_YEARS),
    "TG-M-lome": ("adjoa.lawson", (Method.IN_PERSON, Method.REGISTER), Month.TWO_YEARS),
    "MX-CMX": ("lucia.hernandez", (Method.IN_PERSON, Method.LIST), Month.YEAR),
}
# Invented numbers; the years are those of the demonstration's people.
LIST = "identifier,year_of_birth\nMX-0417,{marta}\nMX-0418,1971\nMX-0419,1958\nMX-0420,2001\n"
# What an organisation's register is called where the organisations are not loaded.
REGISTER = "demonstration.register"
NUMBER = "MX-0417"
ENDS_IN = timedelta(days=9)


@transaction.atomic
def load_residents(people: dict[str, Person]) -> int:
    """Returns how many were verified."""
    places = named([*RULES, "ES-BI-otxarkoaga", "CA-QC-limoilou", "TG-M-be", "MX-CMX-iztapalapa"])
    for code, (steward, methods, months) in RULES.items():
        set_rule(places[code], methods=[str(one) for one in methods], months=months, by=people[steward])
    _bilbao(places, people)
    _quebec(places, people)
    _lome(places, people)
    _mexico(places, people)
    return Residence.objects.count()


def _meet(person: Person, place: Territory, by: Person) -> Residence:
    return verify_in_person(show_code(person).code, place, by=by)


def _bilbao(places: dict[str, Territory], people: dict[str, Person]) -> None:
    """Rosa lives in a district, which counts for the city; Unai's proof ends soon and he has a letter about it."""
    mikel = people["mikel.urrutia"]
    _meet(people["rosa.fernandez"], places["ES-BI-otxarkoaga"], mikel)
    ending = _meet(people["unai.etxebarria"], places["ES-BI-otxarkoaga"], mikel)
    now = timezone.now()
    Residence.objects.filter(pk=ending.pk).update(
        verified_at=now + ENDS_IN - timedelta(days=730), until=now + ENDS_IN
    )
    remind_residents()


def _quebec(places: dict[str, Territory], people: dict[str, Person]) -> None:
    """Léa typed the code of her letter; Gilles's waits for the printer; a translator is invited."""
    julie, city = people["julie.tremblay"], places["CA-QC-quebec"]
    sent = ask_letter(
        people["lea.bouchard"], city, "Léa Bouchard\n123, rue Inventée\nQuébec (Québec)  G1L 0A0"
    )
    code = sent.code
    mark_printed(city, [sent.pk], by=julie)
    try_letter_code(people["lea.bouchard"], city, code)
    ask_letter(people["gilles.lavoie"], city, "Gilles Lavoie\n45, rue Imaginaire\nQuébec (Québec)  G1L 0B0")
    grant_by_address(
        "traductrice@tequio.example",
        "translator",
        city,
        reason="Elle écrit l’espagnol et le français.",
        by=julie,
    )


def _lome(places: dict[str, Territory], people: dict[str, Person]) -> None:
    """Yawa by the register of her co-operative, Edem in person."""
    kossi, city = people["kossi.mensah"], places["TG-M-lome"]
    verify_by_register(people["yawa.amouzou"], city, register=REGISTER, by=kossi)
    _meet(people["edem.tossou"], places["TG-M-be"], kossi)


def _mexico(places: dict[str, Territory], people: dict[str, Person]) -> None:
    """Marta by the list of the city, Diego in person."""
    lucia, raul, marta = people["lucia.hernandez"], people["raul.ortega"], people["marta.rios"]
    content = LIST.format(marta=marta.year_of_birth).encode()
    row = upload_list(places["MX-CMX"], name="Padrón de muestra", content=content, by=lucia)
    hash_list(row.pk)
    verify_by_list(marta, places["MX-CMX"], identifier=NUMBER, year_of_birth=marta.year_of_birth or 0)
    _meet(people["diego.flores"], places["MX-CMX-iztapalapa"], raul)

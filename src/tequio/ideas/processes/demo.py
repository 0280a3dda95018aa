"""Invented processes of the demonstration: one that waits for signatures, a youth council of several institutions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta

from django.db import transaction

from tequio.base.moments import local_moment, zone
from tequio.base.multilingual import Field, add_translation, write_original
from tequio.catalogue.enums import WhoMay
from tequio.organisations.models import Organisation
from tequio.people.models import Person
from tequio.territories.selectors import named

from .enums import Blueprint
from .models import Process
from .services.backing import propose_process, sign_process
from .services.changing import change_process
from .services.opening import start_process
from .services.plans import PhasePlan, Plan
from .services.rules import set_rule
from .services.team import answer_for_organisation, name_organisation

TONGUES = ("es", "en", "fr")
IDEAS = (("create", "idea", ""), ("support", "idea", ""), ("comment", "idea", ""))
PROBLEMS = (("create", "problem", ""), ("support", "problem", ""), ("comment", "problem", ""))


def _said(*texts: str, origin: str, by: str) -> Field:
    """One text in the order of `TONGUES`."""
    field = write_original(texts[TONGUES.index(origin)], origin)
    for tag, text in zip(TONGUES, texts, strict=True):
        field = field if tag == origin else add_translation(field, tag, text, by=by)
    return field


@transaction.atomic
def load_processes(
    people: Mapping[str, Person], organisations: Mapping[str, Organisation], *, now: datetime
) -> None:
    """`people` and `organisations` by key, as the demonstration has them."""
    _propose(people, organisations["care"], now)
    _council(people, organisations, now)
    for code, steward, openers, supports in (
        ("TG-M-lome", "adjoa.lawson", 8, 150), ("MX-CMX", "lucia.hernandez", 20, 300),
    ):  # fmt: skip
        place = named([code])[code]
        set_rule(place, openers=openers, petition_supports=supports, petition_days=60, by=people[steward])


def _propose(people: Mapping[str, Person], answers: Organisation, now: datetime) -> Process:
    """Rosa of Otxarkoaga asks for benches; four of ten have signed."""

    def said(*texts: str) -> Field:
        return _said(*texts, origin="es", by="Ane Larrinaga")

    place = named(["ES-BI-bilbao"])["ES-BI-bilbao"]
    plan = Plan(
        title=said("Un banco en cada cuesta", "A bench on every slope", "Un banc dans chaque côte"),
        summary=said(
            "Bilbao sube mucho. Digamos dónde hace falta sentarse, y que el ayuntamiento conteste.",
            "Bilbao is steep. Let us say where people need to sit, and let city hall answer.",
            "Bilbao monte beaucoup. Disons où il faut pouvoir s’asseoir, et que la mairie réponde.",
        ),
        background=said(
            "De Otxarkoaga al ambulatorio hay 214 escalones y ningún banco.",
            "From Otxarkoaga to the health centre there are 214 steps and not one bench.",
            "D’Otxarkoaga au centre de santé, il y a 214 marches et pas un banc.",
        ),
        phases=[
            PhasePlan(
                said("Dónde", "Where", "Où"), *_days(now, place.zone, 7, 35), features=(*PROBLEMS, *IDEAS)
            ),
            PhasePlan(
                said("Respuesta", "Answer", "Réponse"), *_days(now, place.zone, 36, 66),
                features=(("answer", "idea", ""), ("answer", "problem", "")),
            ),
        ],
        languages=["es", "eu"], zone=place.zone, answer_due=(now + timedelta(days=66)).date(),
        answers=answers,
    )  # fmt: skip
    process = propose_process(plan, territory=place, by=people["rosa.fernandez"])
    for key in ("carmen.ruiz", "ane.larrinaga", "unai.etxebarria"):
        sign_process(process, by=people[key])
    return process


def _council(
    people: Mapping[str, Person], organisations: Mapping[str, Organisation], now: datetime
) -> Process:
    """A youth council in Québec: two institutions look after it, and its second step was made longer."""

    def said(*texts: str) -> Field:
        return _said(*texts, origin="fr", by="Claire Robertson")

    place, facilitator = named(["CA-QC-quebec"])["CA-QC-quebec"], people["marc-andre.gagnon"]
    college = organisations["college"]
    plan = Plan(
        title=said("Consejo de juventud de invierno", "Winter youth council", "Conseil de jeunes d’hiver"),
        summary=said(
            "De 16 a 25 años: qué hace falta para salir en febrero. La ciudad contesta a cada idea.",
            "From 16 to 25: what it takes to go out in February. The city answers each idea.",
            "De 16 à 25 ans : ce qu’il faut pour sortir en février. La ville répond à chaque idée.",
        ),
        background=said(
            "Hay 40.000 dólares y dos gimnasios que cierran a las seis.",
            "There are 40,000 dollars and two gyms that close at six.",
            "Il y a 40 000 dollars et deux gymnases qui ferment à six heures.",
        ),
        phases=[
            PhasePlan(
                said("Nuestros problemas", "Our problems", "Nos problèmes"), *_days(now, place.zone, -30, -9),
                features=PROBLEMS,
            ),
            PhasePlan(
                said("Nuestras ideas", "Our ideas", "Nos idées"), *_days(now, place.zone, -8, 4), features=IDEAS
            ),
            PhasePlan(
                said("Respuestas", "Answers", "Réponses"), *_days(now, place.zone, 15, 45),
                features=(("answer", "idea", ""), ("answer", "problem", "")),
            ),
        ],
        languages=["fr", "en"], zone=place.zone, blueprint=Blueprint.YOUTH_COUNCIL, who_may=WhoMay.MEMBERS,
        least_age=16, most_age=25, answer_due=(now + timedelta(days=45)).date(),
    )  # fmt: skip
    process = start_process(plan, territory=place, by=facilitator)
    party = name_organisation(process, college, by=facilitator)
    answer_for_organisation(party, accepts=True, by=people["claire.robertson"])
    old = list(process.phases.order_by("position"))
    longer = [replace(phase, pk=row.pk) for phase, row in zip(plan.phases, old, strict=True)]
    longer[1] = replace(longer[1], closes_at=_days(now, place.zone, -8, 12)[1])
    reason = "Une tempête a fermé la ville une semaine. Vous avez huit jours de plus."
    return change_process(process, replace(plan, phases=longer), reason=reason, by=facilitator)


def _days(now: datetime, zone_name: str, begins: int, ends: int) -> tuple[datetime, datetime]:
    """From eight in the morning of one day to eight in the evening of another, by the clock there."""
    today = now.astimezone(zone(zone_name)).date()
    return (
        local_moment(today + timedelta(days=begins), time(8), zone_name),
        local_moment(today + timedelta(days=ends), time(20), zone_name),
    )

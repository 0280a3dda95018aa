"""Invented problems of the demonstration: where they are is real, who has them is not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from tequio.base.multilingual import Field, add_translation, original_text, write_original
from tequio.catalogue.enums import LinkKind
from tequio.catalogue.models import Item
from tequio.catalogue.services import link_items
from tequio.people.models import Person
from tequio.territories.selectors import named

from ..enums import HowOften
from ..models import Problem
from ..services.confirming import confirm_problem
from ..services.problems import ProblemWords, write_problem
from ..types import Whereabouts
from .ideas import TONGUES, TRANSLATORS

Texts = tuple[str, str, str]


@dataclass(frozen=True)
class Met:
    """One problem; each text in the order of `TONGUES`. `others` have it too, each in a place as they named it.

    `answered_by`: how the title of an idea of the demonstration begins, in the language it was written in.
    """

    place: str
    author: str
    days_ago: int
    origin: str
    where: Whereabouts
    how_often: HowOften
    title: Texts
    what: Texts
    who_is_affected: Texts
    others: tuple[tuple[str, str, str], ...] = ()
    answered_by: str = ""


MET = (
    Met(
        "MX-CMX-iztapalapa", "marta.rios", 12, "es",
        Whereabouts("Santa Martha Acatitla", 19.3646, -99.0106), HowOften.WEEKLY,
        ("El agua llega dos veces por semana", "Water comes twice a week", "L’eau arrive deux fois par semaine"),
        (
            "Las pipas tardan y cobran. En la escuela se cierran los baños.",
            "Water lorries are late and charge for it. The school closes its toilets.",
            "Les camions-citernes tardent et font payer. L’école ferme ses toilettes.",
        ),
        ("Familias y escuelas del oriente.", "Families and schools in the east.", "Les familles et les écoles de l’est."),
        (("diego.flores", "MX-CMX-iztapalapa", "Santa Martha Acatitla"),),
        "Cisternas",
    ),
    Met(
        "ES-BI-bilbao", "rosa.fernandez", 8, "es",
        Whereabouts("Plaza Kepa Enbeita, Otxarkoaga", 43.2590, -2.9005), HowOften.ALWAYS,
        ("Los bajos de la plaza están vacíos", "The shops on the square stand empty", "Les locaux de la place sont vides"),
        (
            "Once persianas bajadas desde hace años. De noche nadie cruza la plaza.",
            "Eleven shutters have been down for years. At night nobody crosses the square.",
            "Onze rideaux baissés depuis des années. La nuit, personne ne traverse la place.",
        ),
        ("Quien vive solo y quien busca un local.", "Those who live alone and those who look for a room.", "Ceux qui vivent seuls et ceux qui cherchent un local."),
        (("unai.etxebarria", "ES-BI-otxarkoaga", "Plaza Kepa Enbeita"),),
        "Cocina",
    ),
    Met(
        "CA-QC-quebec", "lea.bouchard", 15, "fr",
        Whereabouts("3e Avenue, Limoilou", 46.8301, -71.2259), HowOften.DAILY,
        ("No hay dónde sentarse en la calle", "There is nowhere to sit on the street", "Il n’y a nulle part où s’asseoir dans la rue"),
        (
            "De la parada a la farmacia hay seiscientos metros sin un banco.",
            "From the bus stop to the pharmacy there are six hundred metres without a bench.",
            "De l’arrêt à la pharmacie, il y a six cents mètres sans un banc.",
        ),
        ("Personas mayores y quienes cargan niños.", "Older people and those who carry children.", "Les aînés et ceux qui portent des enfants."),
        (("gilles.lavoie", "CA-QC-limoilou", "3e Avenue"),),
        "Un banc",
    ),
    Met(
        "TG-M-lome", "yawa.amouzou", 6, "fr",
        Whereabouts("Marché de Bè", 6.1392, 1.2466), HowOften.WEEKLY,
        ("El mercado se inunda cuando llueve", "The market floods when it rains", "Le marché est inondé quand il pleut"),
        (
            "El caño está tapado. Las vendedoras pierden un día de venta por semana en junio.",
            "The drain is blocked. In June the sellers lose a day’s sales a week.",
            "Le caniveau est bouché. En juin, les vendeuses perdent un jour de vente par semaine.",
        ),
        ("Vendedoras y quienes compran allí.", "Sellers and those who buy there.", "Les vendeuses et ceux qui achètent là."),
        (("edem.tossou", "TG-M-be", "Marché de Bè"),),
        "Une pirogue",
    ),
)  # fmt: skip


@transaction.atomic
def load_problems(people: Mapping[str, Person], *, now: datetime) -> int:
    """Write them as their invented authors would have, with those who have them too. Returns how many there are."""
    places = named({met.place for met in MET} | {place for met in MET for _who, place, _name in met.others})
    for met in MET:
        problem = write_problem(_words(met), territory=places[met.place], by=people[met.author])
        at = now - timedelta(days=met.days_ago)
        Item.objects.filter(pk=problem.pk).update(made_at=at, published_at=at)
        for who, place, name in met.others:
            confirm_problem(problem, territory=places[place], place_name=name, by=people[who])
        _link(problem, met, people[met.author])
    return len(MET)


def _link(problem: Problem, met: Met, by: Person) -> None:
    for idea in Item.objects.filter(kind="idea", territory__code__startswith=met.place[:2]).order_by("pk"):
        if met.answered_by and original_text(idea.title).startswith(met.answered_by):
            link_items(idea, problem.item, LinkKind.ANSWERS, by=by)


def _words(met: Met) -> ProblemWords:
    return ProblemWords(
        title=_field(met, met.title), what=_field(met, met.what), who_is_affected=_field(met, met.who_is_affected),
        how_often=met.how_often, where=met.where,
    )  # fmt: skip


def _field(met: Met, texts: Texts) -> Field:
    by_tongue = dict(zip(TONGUES, texts, strict=True))
    made = write_original(by_tongue.pop(met.origin), met.origin)
    for tongue, text in by_tongue.items():
        made = add_translation(made, tongue, text, by=TRANSLATORS[met.place[:2]])
    return made

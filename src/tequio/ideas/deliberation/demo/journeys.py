"""What grew out of what people said: in each town a process, which the next town took over in its own way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from tequio.base.actor import SYSTEM
from tequio.catalogue.enums import LinkKind
from tequio.catalogue.models import Item
from tequio.catalogue.services import link_items
from tequio.ideas.processes.models import Process
from tequio.people.models import Person

from ..models import Conversation
from . import bilbao, lome, mexico, quebec
from .content import Course, Step, say


@dataclass(frozen=True)
class Journey:
    """A process that grew out of the line with that `number` of a conversation."""

    talk: str
    number: int
    course: Course


# Each was adapted from the one before it.
JOURNEYS = (
    Journey(
        "mexico-water", 0,
        Course(
            place="MX-CMX-iztapalapa", facilitator="raul.ortega", translators=mexico.TRANSLATORS,
            title=say(
                es="Un calendario del agua en cada esquina",
                en="A water calendar on every corner",
                fr="Un calendrier de l’eau à chaque coin de rue",
            ),
            summary=say(
                es="Qué día llega el agua, escrito en la pared y avisado por mensaje.",
                en="On which day water comes, written on the wall and sent by message.",
                fr="Quel jour l’eau arrive, écrit au mur et envoyé par message.",
            ),
            background=say(
                es="Salió de una frase que todos los grupos compartían. Las vecinas apuntan si el agua llegó.",
                en="It came from a statement that all groups shared. Neighbours note whether the water came.",
                fr="Cela vient d’une phrase que tous les groupes partageaient. Les voisines notent si l’eau est venue.",
            ),
            steps=(
                Step(say(es="Doce esquinas de prueba", en="Twelve corners to try", fr="Douze coins d’essai"), -18, 20),
                Step(say(es="Cuentas en público", en="Accounts in public", fr="Comptes en public"), 30, 60),
            ),
        ),
    ),
    Journey(
        "bilbao-care", 5,
        Course(
            place="ES-BI-bilbao", facilitator="mikel.urrutia", translators=bilbao.TRANSLATORS,
            title=say(
                es="Un calendario de tardes de relevo",
                en="A calendar of relief afternoons",
                fr="Un calendrier d’après-midi de relève",
            ),
            summary=say(
                es="Quién releva a quién y qué tarde, en el portal y por teléfono.",
                en="Who relieves whom on which afternoon, on the door and by telephone.",
                fr="Qui relaie qui et quel après-midi, à l’entrée et par téléphone.",
            ),
            background=say(
                es="La idea del calendario viene de Iztapalapa. Aquí no se cuenta agua, sino horas.",
                en="The idea of a calendar comes from Iztapalapa. Here it counts hours instead of water.",
                fr="L’idée du calendrier vient d’Iztapalapa. Ici, on compte des heures au lieu de l’eau.",
            ),
            steps=(
                Step(say(es="Tres barrios", en="Three quarters", fr="Trois quartiers"), -14, 40),
                Step(say(es="Toda la ciudad", en="The whole city", fr="Toute la ville"), 50, 200),
            ),
        ),
    ),
    Journey(
        "quebec-feast", 4,
        Course(
            place="CA-QC-limoilou", facilitator="marc-andre.gagnon", translators=quebec.TRANSLATORS,
            title=say(
                fr="Un calendrier de la fête, rue par rue",
                en="A calendar of the feast, street by street",
                es="Un calendario de la fiesta, calle por calle",
            ),
            summary=say(
                fr="Où est l’eau, où sont les toilettes, quelle rue ferme quand.",
                en="Where the water is, where the toilets are, which street closes when.",
                es="Dónde hay agua, dónde hay baños, qué calle cierra y cuándo.",
            ),
            background=say(
                fr="Repris de Bilbao : un calendrier que tout le monde lit, tenu par celles et ceux du quartier.",
                en="Taken over from Bilbao: a calendar that everybody reads, kept by those who live there.",
                es="Tomado de Bilbao: un calendario que todo el mundo lee y que lleva la gente del barrio.",
            ),
            steps=(
                Step(say(fr="Quatre rues", en="Four streets", es="Cuatro calles"), -6, 30),
                Step(say(fr="L’été prochain", en="Next summer", es="El próximo verano"), 40, 220),
            ),
        ),
    ),
    Journey(
        "lome-network", 5,
        Course(
            place="TG-M-lome", facilitator="kossi.mensah", translators=lome.TRANSLATORS,
            title=say(
                fr="Un calendrier des réparations au mur",
                en="A calendar of repairs on the wall",
                es="Un calendario de reparaciones en la pared",
            ),
            summary=say(
                fr="Douze jeunes par quartier, et le jour où chaque panne est réparée.",
                en="Twelve young people in each quarter, and the day on which each fault is mended.",
                es="Doce jóvenes en cada barrio, y el día en que se arregla cada avería.",
            ),
            background=say(
                fr="Le calendrier vient de Limoilou ; les noms des réparateurs, d’une phrase dite ici.",
                en="The calendar comes from Limoilou; the young repairers, from a statement made here.",
                es="El calendario viene de Limoilou; los jóvenes que reparan, de una frase dicha aquí.",
            ),
            steps=(
                Step(say(fr="Formation", en="Training", es="Formación"), -3, 25),
                Step(say(fr="Première saison", en="First season", es="Primera temporada"), 26, 120),
            ),
        ),
    ),
)  # fmt: skip


def load_journeys(
    talks: dict[str, Conversation], people: dict[str, Person], make: Callable[..., Process], *, now: datetime
) -> list[Item]:
    """The processes, each tied to the statement it grew out of and to the one it was adapted from.

    `make` is `loading.load_course`, which stands above this file.
    """
    made: list[Item] = []
    for journey in JOURNEYS:
        item = make(journey.course, talks, people, now=now).item
        by = people[journey.course.facilitator]
        statement = Item.objects.get(
            statement__conversation=talks[journey.talk].pk, statement__number=journey.number
        )
        link_items(statement, item, LinkKind.GREW_INTO, by=by)
        if made:
            link_items(item, made[-1], LinkKind.ADAPTED_FROM, by=SYSTEM)
        made.append(item)
    return made

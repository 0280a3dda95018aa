"""Invented answers, clocks, templates and results of the demonstration, one of each kind in its places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from io import BytesIO

from django.db import transaction

from tequio.base.actor import SYSTEM
from tequio.base.money import coins_of
from tequio.base.multilingual import Field, add_translation, write_original
from tequio.catalogue.enums import LinkKind
from tequio.catalogue.models import Item, Link
from tequio.files.services import store_made
from tequio.people.models import Person

from .enums import Because, Decision, MilestoneState
from .models import Answer, AnswerDue, Milestone, Paper, Result
from .services import owe_answer
from .services.answering import Said, assign, give_answer
from .services.results import Plan, Step, finish, make_result, spend_on
from .services.templates import save_template

# As they are written below: Spanish, English, French.
TONGUES = ("es", "en", "fr")
Texts = tuple[str, str, str]


@dataclass(frozen=True)
class Told:
    """What became of the idea of a place: asked so many days ago, for so many days, answered after so many."""

    place: str
    officer: str
    asked: int
    days: int
    answered: int | None = None
    decision: str = ""
    office: Texts = ("", "", "")
    reasons: Texts = ("", "", "")
    colleague: str = ""


@dataclass(frozen=True)
class Made:
    """A result: steps as (name, days from today, state, days it was moved), money in whole units."""

    place: str
    officer: str
    title: Texts
    summary: Texts
    planned: int
    currency: str
    steps: Sequence[tuple[Texts, int, str, int]]
    spent: Sequence[tuple[Texts, int, int]] = ()
    delay: Texts = ("", "", "")
    is_finished: bool = False
    papers: Sequence[Texts] = field(default=())


TOLD = (
    Told("MX-CMX-iztapalapa", "lucia.hernandez", 75, 60),
    Told("MX-CMX", "lucia.hernandez", 20, 60, colleague="raul.ortega"),
    Told(
        "ES-BI-otxarkoaga", "itziar.goikoetxea", 70, 60, 41, Decision.IN_PART,
        ("Vivienda y barrios", "Housing and neighbourhoods", "Logement et quartiers"),
        (
            "Sí a ceder un local vacío durante tres años.\n\nTodavía no a pagar la cocina: este año no queda dinero.",
            "Yes to lending an empty shop for three years.\n\nNot yet to paying for the kitchen: no money is left this year.",
            "Oui au prêt d’un local vide pendant trois ans.\n\nPas encore à la cuisine : il ne reste plus d’argent cette année.",
        ),
    ),
    Told(
        "ES-BI-bilbao", "itziar.goikoetxea", 80, 60, 66, Decision.DECLINED,
        ("Movilidad", "Mobility", "Mobilité"),
        (
            "No podemos cerrar seis calles cada mañana: por dos pasan los autobuses. Proponed otras cuatro y lo probamos.",
            "We cannot close six streets each morning: buses use two of them. Name four others and we will try it.",
            "Nous ne pouvons pas fermer six rues chaque matin : deux servent aux bus. Proposez-en quatre autres, et nous essayons.",
        ),
    ),
    Told(
        "CA-QC-limoilou", "julie.tremblay", 120, 60, 35, Decision.ACCEPTED,
        ("Bibliothèques", "Libraries", "Bibliothèques"),
        (
            "Sí. La biblioteca abre un espacio y contrata a una persona para los talleres.",
            "Yes. The library opens a room and hires somebody for the workshops.",
            "Oui. La bibliothèque ouvre une salle et engage quelqu’un pour les ateliers.",
        ),
    ),
    Told(
        "CA-QC-quebec", "julie.tremblay", 300, 60, 20, Decision.ACCEPTED,
        ("Espacios públicos", "Public spaces", "Espaces publics"),
        (
            "Sí. Los cincuenta bancos se hacen en el taller de la ciudad.",
            "Yes. The fifty benches are made in the city’s workshop.",
            "Oui. Les cinquante bancs sont faits à l’atelier de la ville.",
        ),
    ),
    Told("TG-M-be", "adjoa.lawson", 41, 60, colleague="kossi.mensah"),
    Told(
        "TG-M-lome", "adjoa.lawson", 90, 60, 41, Decision.IN_PART,
        ("Servicios digitales", "Digital services", "Services numériques"),
        (
            "Sí a los paneles en dos escuelas y a pagar a quien ayuda. La tercera espera un techo nuevo.",
            "Yes to panels on two schools, and to paying who helps. The third waits for a new roof.",
            "Oui aux panneaux sur deux écoles, et à payer qui aide. La troisième attend un nouveau toit.",
        ),
    ),
)  # fmt: skip
DONE, NOW, NEXT = MilestoneState.DONE, MilestoneState.UNDER_WAY, MilestoneState.PLANNED
MADE = (
    Made(
        "TG-M-lome", "adjoa.lawson",
        ("Dos escuelas con luz por la tarde", "Two schools with light in the evening", "Deux écoles éclairées le soir"),
        ("Paneles y una persona que ayuda, hasta las nueve.", "Panels and somebody who helps, until nine.", "Des panneaux et quelqu’un qui aide, jusqu’à neuf heures."),
        1_700_000, "XOF",
        (
            (("Paneles comprados", "Panels bought", "Panneaux achetés"), -30, DONE, 0),
            (("Primera escuela abierta", "First school open", "Première école ouverte"), 12, NOW, 21),
            (("Segunda escuela abierta", "Second school open", "Deuxième école ouverte"), 60, NEXT, 0),
        ),
        (
            (("Dieciséis paneles", "Sixteen panels", "Seize panneaux"), -30, 980_000),
            (("Cables y montaje", "Cables and mounting", "Câbles et pose"), -12, 145_000),
            (("Un cable contado dos veces", "A cable counted twice", "Un câble compté deux fois"), -10, -12_000),
        ),
        ("Las baterías llegaron tres semanas tarde al puerto.", "The batteries reached the port three weeks late.", "Les batteries sont arrivées au port avec trois semaines de retard."),
        papers=(("Hoja de costos", "Cost sheet", "Feuille des coûts"),),
    ),
    Made(
        "CA-QC-limoilou", "julie.tremblay",
        ("La biblioteca de herramientas de Limoilou", "The library of tools in Limoilou", "La bibliothèque d’outils de Limoilou"),
        ("Doscientas herramientas y talleres los sábados.", "Two hundred tools, and workshops on Saturdays.", "Deux cents outils et des ateliers le samedi."),
        28_000, "CAD",
        (
            (("Sala preparada", "Room ready", "Salle prête"), -40, DONE, 0),
            (("Herramientas reunidas", "Tools collected", "Outils rassemblés"), -6, NOW, 0),
            (("Abierta", "Open", "Ouverte"), 30, NEXT, 0),
        ),
        ((("Estanterías", "Shelves", "Étagères"), -45, 6_200),),
    ),
    Made(
        "CA-QC-quebec", "julie.tremblay",
        ("Cincuenta bancos en Québec", "Fifty benches in Québec", "Cinquante bancs à Québec"),
        ("Uno cada doscientos metros, hechos en la ciudad.", "One every two hundred metres, made in the city.", "Un tous les deux cents mètres, faits en ville."),
        60_000, "CAD",
        (
            (("Veinte bancos", "Twenty benches", "Vingt bancs"), -150, DONE, 0),
            (("Los otros treinta", "The other thirty", "Les trente autres"), -60, DONE, 0),
        ),
        (
            (("Madera", "Wood", "Bois"), -180, 31_000),
            (("Trabajo", "Work", "Travail"), -70, 26_500),
        ),
        is_finished=True,
    ),
)  # fmt: skip
TEMPLATES: tuple[tuple[str, str, Texts, Texts], ...] = (
    (
        "thanks", Decision.DECLINED, ("Gracias, este año no", "Thank you, not this year", "Merci, pas cette année"),
        (
            "Gracias, {name}. Este año «{title}» no cabe en lo que {place} puede pagar. Queda en la lista para el próximo.",
            "Thank you, {name}. This year “{title}” does not fit what {place} can pay. It stays on the list for the next.",
            "Merci, {name}. Cette année, « {title} » dépasse ce que {place} peut payer. Elle reste sur la liste de l’an prochain.",
        ),
    ),
    (
        "yes", Decision.ACCEPTED, ("Sí, con fecha", "Yes, with a day", "Oui, avec une date"),
        (
            "Sí, {name}. {place} lo hace. La página del resultado dirá cada paso y su fecha.",
            "Yes, {name}. {place} does it. The page of the result tells each step and its day.",
            "Oui, {name}. {place} le fait. La page du résultat dira chaque étape et sa date.",
        ),
    ),
)  # fmt: skip
KEEPERS = (
    ("MX-CMX", "lucia.hernandez", 0), ("ES-BI-bilbao", "itziar.goikoetxea", 0),
    ("CA-QC-quebec", "julie.tremblay", 2), ("TG-M-lome", "adjoa.lawson", 2),
)  # fmt: skip


@transaction.atomic
def load_answers(people: Mapping[str, Person], *, now: datetime) -> int:
    """Answer the ideas of the demonstration as its invented officers would. Returns how many answers there are.

    The ideas must be there, the oldest of each place is taken.
    """
    items = _oldest_ideas([told.place for told in TOLD])
    for told in TOLD:
        _ask_and_answer(told, items[told.place], people, now)
    for made in MADE:
        _make(made, items[made.place], people[made.officer], now)
    for place, officer, tongue in KEEPERS:
        for _key, decision, name, reasons in TEMPLATES:
            save_template(
                items[place].territory, name=name[tongue], decision=decision,
                reasons=_field(reasons, TONGUES[tongue]), by=people[officer],
            )  # fmt: skip
    return Answer.objects.count()


def _oldest_ideas(places: Sequence[str]) -> dict[str, Item]:
    rows = Item.objects.filter(kind="idea", state="published", territory__code__in=places)
    found: dict[str, Item] = {}
    for item in rows.select_related("territory", "author").order_by("pk"):
        found.setdefault(item.territory.code, item)
    return found


def _field(texts: Texts, origin: str) -> Field:
    by_tongue = dict(zip(TONGUES, texts, strict=True))
    made = write_original(by_tongue.pop(origin), origin)
    for tongue, text in by_tongue.items():
        made = add_translation(made, tongue, text)
    return made


def _origin(place: str) -> str:
    return "es" if place.startswith(("MX", "ES")) else "fr"


def _ask_and_answer(told: Told, item: Item, people: Mapping[str, Person], now: datetime) -> None:
    since = now - timedelta(days=told.asked)
    due_at = since + timedelta(days=told.days)
    owe_answer(item, due_at=max(due_at, now + timedelta(minutes=1)), because=Because.PETITION, by=SYSTEM)
    AnswerDue.objects.filter(item=item).update(since=since, due_at=due_at)
    officer = people[told.officer]
    if told.colleague:
        due = AnswerDue.objects.select_related("item__territory").get(item=item)
        assign([due], people[told.colleague], by=officer)
    if told.answered is None:
        return
    origin = _origin(told.place)
    said = Said(told.decision, _field(told.reasons, origin), told.office[TONGUES.index(origin)])
    answer = give_answer(item, said, by=officer)
    at = since + timedelta(days=told.answered)
    Answer.objects.filter(pk=answer.pk).update(at=at)
    AnswerDue.objects.filter(item=item).update(answered_at=at)


def _make(made: Made, item: Item, officer: Person, now: datetime) -> None:
    origin = _origin(made.place)
    plan = Plan(
        title=_field(made.title, origin), summary=_field(made.summary, origin),
        planned=coins_of(Decimal(made.planned), made.currency), currency=made.currency,
    )  # fmt: skip
    steps = [
        Step(_field(name, origin), _day(now, days - moved)) for name, days, _state, moved in made.steps
    ]  # fmt: skip
    result = make_result(item, plan, steps=steps, by=officer)
    _stand(result, made, now)
    for what, days, amount in made.spent:
        spend_on(
            result, on=_day(now, days), amount=coins_of(Decimal(amount), made.currency),
            what=_field(what, origin), by=officer,
        )  # fmt: skip
    for name in made.papers:
        file = store_made("costs.txt", "text/plain", BytesIO("16 × 61 250 XOF\n".encode()))
        Paper.objects.create(item=result.item, name=_field(name, origin), file=file)
    if made.is_finished:
        finish(result, by=officer)


def _stand(result: Result, made: Made, now: datetime) -> None:
    """The steps as they stand today, without a notice for each."""
    origin = _origin(made.place)
    for row, (_name, days, state, moved) in zip(
        result.milestones.order_by("position"), made.steps, strict=True
    ):
        row.state, row.due = state, _day(now, days)
        row.done_at = now + timedelta(days=days) if state == DONE else None
        row.delay = _field(made.delay, origin) if moved and made.delay[0] else {}
        row.save()


def _day(now: datetime, days: int) -> date:
    return (now + timedelta(days=days)).date()


def example_of(place: str) -> tuple[Milestone, Item]:
    """A step of a result there, and the item the result grew out of."""
    step = Milestone.objects.filter(result__item__territory__code=place).order_by("pk")[0]
    link = Link.objects.select_related("source").filter(target=step.result_id, kind=LinkKind.GREW_INTO)[0]
    return step, link.source

"""Invented ideas of the demonstration: two in each of its places, in three languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction

from tequio.base.multilingual import Field, add_translation, write_original
from tequio.catalogue.models import Item
from tequio.people.models import Person
from tequio.territories.selectors import named

from ..models import Idea
from ..permissions import can_invite, can_support
from ..services import Words, write_idea
from ..services.authors import answer_invitation, invite_person
from ..services.supporting import support_idea

# As they are written below: Spanish, English, French.
TONGUES = ("es", "en", "fr")
TRANSLATORS = {"MX": "Citlali Méndez", "ES": "Ane Larrinaga", "CA": "Claire Robertson", "TG": "Ama Kpodo"}


@dataclass(frozen=True)
class Told:
    """One idea; each text in the order of `TONGUES`. `origin` is the language it was written in."""

    place: str
    author: str
    days_ago: int
    origin: str
    title: tuple[str, str, str]
    summary: tuple[str, str, str]
    what: tuple[str, str, str]
    why: tuple[str, str, str]
    for_whom: tuple[str, str, str]
    cost: int
    currency: str


TOLD = (
    Told(
        "MX-CMX-iztapalapa", "diego.flores", 9, "es",
        ("Cisternas de lluvia en las escuelas", "Rainwater tanks in schools", "Des citernes d’eau de pluie dans les écoles"),
        ("Cada escuela junta la lluvia de su techo.", "Each school gathers the rain of its roof.", "Chaque école recueille la pluie de son toit."),
        (
            "Una cisterna por escuela, con filtro y una llave para la calle. Las cooperativas del barrio la arman y la cuidan.",
            "One tank for each school, with a filter and a tap on the street. The neighbourhood’s co-operatives build it and look after it.",
            "Une citerne par école, avec un filtre et un robinet sur la rue. Les coopératives du quartier la construisent et l’entretiennent.",
        ),
        ("En marzo el agua llega dos veces por semana.", "In March water comes twice a week.", "En mars, l’eau arrive deux fois par semaine."),
        ("Las familias de doce escuelas.", "The families of twelve schools.", "Les familles de douze écoles."),
        1_800_000, "MXN",
    ),
    Told(
        "MX-CMX", "marta.rios", 21, "es",
        ("Taller de celulares en el mercado", "A phone workshop at the market", "Un atelier de téléphones au marché"),
        ("Jóvenes reparan y enseñan a usar el teléfono.", "Young people repair phones and show how to use them.", "Des jeunes réparent les téléphones et montrent comment s’en servir."),
        (
            "Un puesto atendido por seis jóvenes, tres tardes por semana. La primera hora es gratis para mayores de sesenta.",
            "A stall run by six young people, three afternoons a week. The first hour is free for those over sixty.",
            "Un stand tenu par six jeunes, trois après-midi par semaine. La première heure est gratuite pour les plus de soixante ans.",
        ),
        ("Muchos trámites ya solo se hacen por teléfono.", "Many errands can only be done by phone now.", "Beaucoup de démarches ne se font plus que par téléphone."),
        ("Personas mayores y locatarios.", "Older people and stallholders.", "Les personnes âgées et les commerçants."),
        240_000, "MXN",
    ),
    Told(
        "ES-BI-otxarkoaga", "rosa.fernandez", 14, "es",
        ("Cocina compartida en los bajos vacíos", "A shared kitchen in the empty shops", "Une cuisine partagée dans les locaux vides"),
        ("Un local vacío se vuelve cocina de todos.", "An empty shop becomes everybody’s kitchen.", "Un local vide devient la cuisine de tous."),
        (
            "El Ayuntamiento cede un bajo. Una asociación lo abre cada día y vende menús los viernes.",
            "The city lends a ground floor. An association opens it every day and sells meals on Fridays.",
            "La ville prête un rez-de-chaussée. Une association l’ouvre chaque jour et vend des repas le vendredi.",
        ),
        ("Hay once bajos cerrados y mucha gente come sola.", "Eleven shops are closed, and many people eat alone.", "Onze locaux sont fermés et beaucoup de gens mangent seuls."),
        ("Vecinas, estudiantes y quien empieza un negocio.", "Neighbours, students and whoever starts a business.", "Les voisins, les étudiants et ceux qui se lancent."),
        45_000, "EUR",
    ),
    Told(
        "ES-BI-bilbao", "unai.etxebarria", 5, "es",
        ("Una hora de bici antes de clase", "An hour of cycling before school", "Une heure de vélo avant les cours"),
        ("Calles sin coches de ocho a nueve.", "Streets without cars from eight to nine.", "Des rues sans voitures de huit à neuf heures."),
        (
            "Seis calles se cierran al tráfico una hora. Voluntarios acompañan a los grupos.",
            "Six streets are closed to traffic for an hour. Volunteers ride with the groups.",
            "Six rues sont fermées à la circulation pendant une heure. Des bénévoles accompagnent les groupes.",
        ),
        ("Ir en bici da miedo entre los coches.", "Riding among cars is frightening.", "Rouler parmi les voitures fait peur."),
        ("Alumnado de ocho centros.", "Pupils of eight schools.", "Les élèves de huit écoles."),
        12_000, "EUR",
    ),
    Told(
        "CA-QC-limoilou", "lea.bouchard", 11, "fr",
        ("Una biblioteca de herramientas", "A library of tools", "Une bibliothèque d’outils"),
        ("Se presta un taladro como un libro.", "A drill is lent like a book.", "On emprunte une perceuse comme un livre."),
        (
            "Doscientas herramientas en la biblioteca del barrio, con talleres los sábados.",
            "Two hundred tools in the neighbourhood’s library, with workshops on Saturdays.",
            "Deux cents outils à la bibliothèque du quartier, avec des ateliers le samedi.",
        ),
        ("Casi nadie usa su taladro más de una hora al año.", "Hardly anybody uses a drill for more than an hour a year.", "Presque personne ne se sert de sa perceuse plus d’une heure par an."),
        ("Inquilinos y cooperativas de vivienda.", "Tenants and housing co-operatives.", "Les locataires et les coopératives d’habitation."),
        30_000, "CAD",
    ),
    Told(
        "CA-QC-quebec", "gilles.lavoie", 30, "fr",
        ("Bancos cada doscientos metros", "A bench every two hundred metres", "Un banc tous les deux cents mètres"),
        ("Caminar más, con descansos.", "Walk farther, with rests.", "Marcher plus loin, avec des pauses."),
        (
            "Cincuenta bancos hechos por un taller de inserción, también para el invierno.",
            "Fifty benches made by a workshop for people back at work, good for winter too.",
            "Cinquante bancs faits par un atelier d’insertion, bons pour l’hiver aussi.",
        ),
        ("Sin dónde sentarse, se sale menos.", "With nowhere to sit, one goes out less.", "Sans endroit où s’asseoir, on sort moins."),
        ("Personas mayores y familias.", "Older people and families.", "Les aînés et les familles."),
        60_000, "CAD",
    ),
    Told(
        "TG-M-be", "edem.tossou", 7, "fr",
        ("Una barca para el mercado", "A boat for the market", "Une pirogue pour le marché"),
        ("Las vendedoras cruzan la laguna juntas.", "The sellers cross the lagoon together.", "Les vendeuses traversent la lagune ensemble."),
        (
            "Una cooperativa compra una barca con motor y fija un precio para todas.",
            "A co-operative buys a boat with an engine and sets one price for all.",
            "Une coopérative achète une pirogue à moteur et fixe un prix pour toutes.",
        ),
        ("El rodeo por tierra cuesta dos horas.", "The way round by land takes two hours.", "Le détour par la terre prend deux heures."),
        ("Cuarenta vendedoras.", "Forty sellers.", "Quarante vendeuses."),
        900_000, "XOF",
    ),
    Told(
        "TG-M-lome", "yawa.amouzou", 16, "fr",
        ("Clases de la noche con luz solar", "Evening classes by solar light", "Des cours du soir à la lumière solaire"),
        ("Estudiar cuando la casa está a oscuras.", "Study when the house is dark.", "Étudier quand la maison est dans le noir."),
        (
            "Paneles en tres escuelas, abiertas hasta las nueve, con una persona que ayuda.",
            "Panels on three schools, open until nine, with somebody who helps.",
            "Des panneaux sur trois écoles, ouvertes jusqu’à neuf heures, avec quelqu’un qui aide.",
        ),
        ("Los cortes de luz duran tardes enteras.", "Power cuts last whole evenings.", "Les coupures durent des soirées entières."),
        ("Jóvenes que preparan un examen.", "Young people before an exam.", "Les jeunes qui préparent un examen."),
        2_500_000, "XOF",
    ),
)  # fmt: skip


@transaction.atomic
def load_ideas(people: Mapping[str, Person], *, now: datetime) -> int:
    """Write them as their invented authors would have. Returns how many there are."""
    places = named({told.place for told in TOLD})
    for told in TOLD:
        idea = write_idea(
            _words(told), territory=places[told.place], languages=TONGUES, by=people[told.author]
        )
        at = now - timedelta(days=told.days_ago)
        Item.objects.filter(pk=idea.pk).update(made_at=at, published_at=at)
        _support(idea, people, told)
    return len(TOLD)


def _support(idea: Idea, people: Mapping[str, Person], told: Told) -> None:
    """Invented neighbours support it, and one of them is its co-author."""
    neighbours = [person for name, person in sorted(people.items()) if name != told.author]
    for person in neighbours[: 3 + told.days_ago % 7]:
        if can_support(person, idea):
            support_idea(idea, by=person)
    author = people[told.author]
    friend = next((one for one in neighbours if one.is_member and one.name), None)
    if friend is not None and can_invite(author, idea):
        answer_invitation(invite_person(idea, friend, by=author), accepts=True, by=friend)


def _words(told: Told) -> Words:
    parts = {
        name: _field(told, getattr(told, name)) for name in ("title", "summary", "what", "why", "for_whom")
    }
    return Words(**parts, cost=Decimal(told.cost), currency=told.currency)


def _field(told: Told, texts: tuple[str, str, str]) -> Field:
    by_tongue = dict(zip(TONGUES, texts, strict=True))
    made = write_original(by_tongue.pop(told.origin), told.origin)
    for tongue, text in by_tongue.items():
        made = add_translation(made, tongue, text, by=TRANSLATORS[told.place[:2]])
    return made

"""The invented organisations of the demonstration: who runs them, who belongs, how they hang together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from tequio.base.multilingual import Field, add_translation, original_text, write_original
from tequio.people.demo import DOMAIN
from tequio.people.enums import Method, Month
from tequio.people.models import Person
from tequio.people.services.residence import set_rule
from tequio.territories.selectors import named

from .enums import MembershipRole, OrganisationKind, StandardClass, VerificationMethod
from .models import MemberClass, Membership, Organisation, today
from .services.inviting import invite
from .services.joining import answer_request, ask_to_join
from .services.memberships import admit
from .services.organisations import Portrait, make_organisation
from .services.verifying import allow_register, end_verification, verify

WORKER, CONSUMER, PRODUCER, SUPPORTER = StandardClass
KIND, METHOD = OrganisationKind, VerificationMethod
ADMINISTRATOR, REPRESENTATIVE, MEMBER = MembershipRole
TRANSLATOR = {"es": "Ane Larrinaga", "en": "Claire Robertson", "fr": "Ama Kpodo"}
INVENTED = {
    "es": "Organización inventada para esta demostración.",
    "en": "An organisation invented for this demonstration.",
    "fr": "Organisation inventée pour cette démonstration.",
}


@dataclass(frozen=True)
class Belonging:
    """`person` by key; `is_shown` as she herself has said."""

    person: str
    role: str = MEMBER
    member_class: str = ""
    is_shown: bool = True


@dataclass(frozen=True)
class Invented:
    """`name` and `about` by language, the original first. `steward` verifies by `method`, or nobody has yet."""

    key: str
    kind: OrganisationKind
    place: str
    runs: str
    name: Mapping[str, str]
    about: Mapping[str, str]
    days: int
    founded: int | None = None
    registration: str = ""
    website: str = ""
    works_in: tuple[str, ...] = ()
    members: tuple[Belonging, ...] = ()
    allies: tuple[str, ...] = ()
    steward: str = ""
    method: VerificationMethod = METHOD.PAPERS
    evidence: str = ""
    has_register: bool = False
    ended: str = ""
    class_words: Mapping[str, str] = field(default_factory=dict)


ORGANISATIONS = (
    Invented(
        "weavers", KIND.COOPERATIVE, "ES-BI-bilbao", "ane.larrinaga", days=210, founded=1998,
        registration="F-00000001", website="https://tejedoras.example",
        name={"es": "Tejedoras del Nervión, S. Coop."},
        about={
            "es": "Tejemos y reparamos ropa. Quien trabaja decide, y quien compra también tiene voto.",
            "en": "We weave and mend clothes. Whoever works decides, and whoever buys has a vote too.",
            "fr": "Nous tissons et réparons des vêtements. Qui travaille décide, et qui achète vote aussi.",
        },
        members=(
            Belonging("rosa.fernandez", member_class=CONSUMER), Belonging("carmen.ruiz", REPRESENTATIVE, WORKER),
            Belonging("unai.etxebarria", member_class=SUPPORTER),
        ),
        steward="itziar.goikoetxea", evidence="Estatutos de 1998 y registro de cooperativas.", has_register=True,
        class_words={"es": "Aprendiz", "en": "Apprentice", "fr": "Apprentie, apprenti"},
    ),
    Invented(
        "garden", KIND.INFORMAL_GROUP, "ES-BI-otxarkoaga", "rosa.fernandez", days=9,
        name={"es": "La huerta de la ladera", "eu": "Maldako baratzea"},
        about={
            "es": "Doce vecinas y vecinos cultivamos la ladera. No tenemos papeles, tenemos tomates.",
            "en": "Twelve neighbours grow vegetables on the slope. We have no papers, we have tomatoes.",
            "fr": "Douze voisins cultivent la pente. Nous n’avons pas de papiers, nous avons des tomates.",
        },
        members=(Belonging("unai.etxebarria", REPRESENTATIVE),),
    ),
    Invented(
        "care", KIND.CITY, "ES-BI-bilbao", "mikel.urrutia", days=240, founded=2011,
        name={"es": "Oficina de los cuidados", "en": "Office for care", "fr": "Bureau du soin"},
        about={
            "es": "La parte del ayuntamiento que responde a quien cuida y a quien necesita cuidados.",
            "en": "The part of city hall that answers to those who care and to those who need care.",
            "fr": "La part de la mairie qui répond à qui prend soin et à qui en a besoin.",
        },
        members=(Belonging("ane.larrinaga", REPRESENTATIVE, WORKER),),
        steward="itziar.goikoetxea", method=METHOD.PUBLIC_REGISTER, evidence="Directorio municipal.",
    ),
    Invented(
        "market", KIND.COOPERATIVE, "TG-M-be", "edem.tossou", days=160, founded=2016, registration="LOM-0002",
        name={"fr": "Coopérative du marché de Bè"},
        about={
            "fr": "Quarante vendeuses achètent ensemble, gardent ensemble et vendent chacune pour soi.",
            "es": "Cuarenta vendedoras compran juntas, guardan juntas y venden cada una por su cuenta.",
            "en": "Forty market women buy together, store together, and each sells on her own.",
        },
        members=(
            Belonging("yawa.amouzou", member_class=WORKER), Belonging("ama.kpodo", REPRESENTATIVE, PRODUCER),
            Belonging("efua.agbeko", member_class=CONSUMER, is_shown=False),
        ),
        steward="adjoa.lawson", method=METHOD.VISIT, evidence="Visite au marché, livre des membres vu.",
        has_register=True,
    ),
    Invented(
        "masts", KIND.ASSOCIATION, "TG-M-lome", "kossi.mensah", days=190, founded=2020, registration="ASS-0117",
        website="https://mats.example", works_in=("TG-M",),
        name={"fr": "Des mâts pour tous", "en": "Masts for all", "es": "Antenas para todas"},
        about={
            "fr": "Nous montons des antennes de quartier et apprenons aux jeunes à les entretenir.",
            "en": "We put up neighbourhood masts and teach young people to keep them running.",
            "es": "Levantamos antenas de barrio y enseñamos a los jóvenes a cuidarlas.",
        },
        members=(
            Belonging("yawa.amouzou", member_class=WORKER), Belonging("ama.kpodo", member_class=SUPPORTER),
        ),
        steward="adjoa.lawson", evidence="Récépissé de déclaration.", has_register=True,
    ),
    Invented(
        "phones", KIND.SELF_EMPLOYED, "TG-M-be", "yawa.amouzou", days=4,
        name={"fr": "Yawa répare les téléphones"},
        about={
            "fr": "Écrans, batteries, prises. Devant l’école, du lundi au samedi.",
            "en": "Screens, batteries, sockets. In front of the school, Monday to Saturday.",
            "es": "Pantallas, baterías, enchufes. Delante de la escuela, de lunes a sábado.",
        },
    ),
    Invented(
        "hive", KIND.SOCIAL_ENTERPRISE, "CA-QC-limoilou", "lea.bouchard", days=120, founded=2019,
        registration="QC-1170000000", website="https://ruche.example",
        name={"fr": "La Ruche de la 3e Avenue"},
        about={
            "fr": "Un café, un atelier de vélos et quinze emplois pour des gens que personne n’embauchait.",
            "en": "A café, a bicycle workshop, and fifteen jobs for people nobody would hire.",
            "es": "Un café, un taller de bicicletas y quince empleos para quien nadie contrataba.",
        },
        members=(Belonging("gilles.lavoie", REPRESENTATIVE, SUPPORTER),),
        steward="julie.tremblay", method=METHOD.PUBLIC_REGISTER, evidence="Registraire des entreprises.",
    ),
    Invented(
        "college", KIND.UNIVERSITY, "CA-QC-quebec", "claire.robertson", days=130, founded=1972,
        name={"fr": "Université populaire du Cap", "en": "People’s university of the Cape"},
        about={
            "fr": "Des cours du soir sans examen d’entrée, en français et en anglais.",
            "en": "Evening classes without entrance examination, in French and English.",
            "es": "Clases por la tarde sin examen de ingreso, en francés e inglés.",
        },
        members=(Belonging("fatou.diallo", member_class=WORKER),),
        steward="julie.tremblay", evidence="Lettres patentes.",
    ),
    Invented(
        "water", KIND.COOPERATIVE, "MX-CMX-iztapalapa", "marta.rios", days=180, founded=2007,
        name={"es": "Agua de Todas"},
        about={
            "es": "Captamos lluvia en los techos de seis colonias y la repartimos por turnos.",
            "en": "We catch rain on the roofs of six neighbourhoods and share it by turns.",
            "fr": "Nous captons la pluie sur les toits de six quartiers et la partageons à tour de rôle.",
        },
        members=(Belonging("diego.flores", member_class=WORKER),),
        steward="lucia.hernandez", evidence="Acta constitutiva.",
        ended="El acta venció y la nueva no ha llegado.",
    ),
    Invented(
        "youth", KIND.PUBLIC_AGENCY, "MX-CMX", "raul.ortega", days=230, founded=2013,
        name={"es": "Agencia del Trabajo Joven", "en": "Agency for young people’s work"},
        about={
            "es": "Junta a quien busca su primer empleo con quien puede darlo, y dice lo que falta.",
            "en": "Brings those who look for a first job to those who can give one, and says what is missing.",
            "fr": "Réunit qui cherche un premier emploi et qui peut en donner, et dit ce qui manque.",
        },
        members=(Belonging("citlali.mendez", REPRESENTATIVE, WORKER),),
        steward="lucia.hernandez", method=METHOD.PUBLIC_REGISTER, evidence="Gaceta oficial.",
    ),
    Invented(
        "solar", KIND.COMPANY, "MX-CMX-coyoacan", "citlali.mendez", days=40, founded=2021,
        name={"es": "Nixtamal Solar"},
        about={
            "es": "Molemos maíz con sol. Somos tres, y queremos ser cooperativa.",
            "en": "We grind maize with the sun. We are three, and want to become a co-operative.",
            "fr": "Nous moulons le maïs au soleil. Nous sommes trois, et voulons devenir coopérative.",
        },
        steward="lucia.hernandez", method=METHOD.VOUCHED, evidence="Dos vecinas responden por ellas.",
    ),
    Invented(
        "network", KIND.FEDERATION, "ES-BI-bilbao", "carmen.ruiz", days=100, founded=2022,
        works_in=("ES", "TG", "CA", "MX"), allies=("weavers", "market", "hive", "water"),
        name={
            "es": "Red de cooperativas de dos orillas", "fr": "Réseau des coopératives des deux rives",
            "en": "Network of co-operatives on two shores",
        },
        about={
            "es": "Cuatro cooperativas de tres continentes que se compran, se visitan y se enseñan.",
            "en": "Four co-operatives on three continents that buy from, visit and teach one another.",
            "fr": "Quatre coopératives de trois continents qui s’achètent, se visitent et s’enseignent.",
        },
        steward="itziar.goikoetxea", evidence="Acta de fundación firmada por las cuatro.",
    ),
    Invented(
        "forum", KIND.FEDERATION, "CA-QC-quebec", "marc-andre.gagnon", days=60, founded=2024,
        allies=("network", "college", "masts"),
        name={"fr": "Table des réseaux solidaires", "en": "Table of solidarity networks"},
        about={
            "fr": "Là où les réseaux se parlent avant de parler aux villes.",
            "en": "Where networks talk to one another before they talk to cities.",
            "es": "Donde las redes hablan entre sí antes de hablar con las ciudades.",
        },
    ),
)  # fmt: skip
ASKS = ("lea.bouchard", "masts", "Je viens à Lomé en mars et je sais grimper.")
INVITED = ("masts", "edem.tossou")


def _words(texts: Mapping[str, str]) -> Field:
    (origin, text), *others = texts.items()
    made = write_original(text, origin)
    for language, translated in others:
        made = add_translation(made, language, translated, by=TRANSLATOR.get(language, ""))
    return made


@transaction.atomic
def load_organisations(people: dict[str, Person]) -> dict[str, Organisation]:
    """All of them, by key. `people` by key; their places must be there."""
    made: dict[str, Organisation] = {}
    for invented in ORGANISATIONS:
        made[invented.key] = _load(invented, people)
    for invented in ORGANISATIONS:
        for key in invented.allies:
            runs = people[next(one.runs for one in ORGANISATIONS if one.key == key)]
            request = ask_to_join(made[invented.key], applicant=made[key], by=runs)
            answer_request(request, is_accepted=True, by=people[invented.runs])
    person, where, said = ASKS
    ask_to_join(made[where], words=said, is_shown=True, by=people[person])
    where, person = INVITED
    runs = people[next(one.runs for one in ORGANISATIONS if one.key == where)]
    invite(
        made[where], email=f"{person}@{DOMAIN}", by=runs,
        address_of=lambda token: f"http://localhost:8000/fr/organisations/invitations/{token}/",
    )  # fmt: skip
    for invented in ORGANISATIONS:
        _set_back(made[invented.key], invented.days)
    return made


def load_invented(invented: Invented, people: Mapping[str, Person]) -> Organisation:
    """One more invented organisation, as old as its story says; its allies are for the caller."""
    organisation = _load(invented, people)
    _set_back(organisation, invented.days)
    return organisation


def _load(invented: Invented, people: Mapping[str, Person]) -> Organisation:
    places = named({invented.place, *invented.works_in})
    organisation = make_organisation(
        Portrait(
            kind=invented.kind, name=_words(invented.name), territory=places[invented.place],
            description=_words({tag: f"{text} *{INVENTED[tag]}*" for tag, text in invented.about.items()}),
            territories=[places[code] for code in invented.works_in], website=invented.website,
            registration=invented.registration, founded=invented.founded,
            languages=list(invented.name),
        ),
        is_shown=True, by=people[invented.runs],
    )  # fmt: skip
    classes = {row.key: row for row in MemberClass.objects.filter(organisation=organisation)}
    for one in invented.members:
        admit(
            organisation, person=people[one.person], role=one.role, is_shown=one.is_shown,
            member_class=classes.get(one.member_class),
        )  # fmt: skip
    if invented.class_words:
        MemberClass.objects.create(
            organisation=organisation, words=_words(invented.class_words), position=len(classes)
        )
    if invented.steward:
        _verify(organisation, invented, people[invented.steward])
    return organisation


def _verify(organisation: Organisation, invented: Invented, steward: Person) -> None:
    checked_on = today() - timedelta(days=invented.days - 3)
    verify(
        organisation, method=invented.method, checked_on=checked_on, evidence=invented.evidence, by=steward
    )
    if invented.has_register:
        set_rule(
            organisation.territory,
            methods=[Method.IN_PERSON, Method.REGISTER],
            months=Month.TWO_YEARS,
            by=steward,
        )
        allow_register(organisation, organisation.territory, by=steward)
    if invented.ended:
        end_verification(organisation, reason=invented.ended, by=steward)


def _set_back(organisation: Organisation, days: int) -> None:
    """Services write the day of today: give each the day of its story."""
    began = timezone.now() - timedelta(days=days)
    Organisation.objects.filter(pk=organisation.pk).update(made_at=began)
    Organisation.objects.filter(pk=organisation.pk, asked_at__isnull=False).update(asked_at=began)
    Membership.objects.filter(organisation=organisation).update(since=began.date(), accepted_at=began)


def organisations_loaded() -> dict[str, Organisation]:
    """The demonstration's organisations by key, found by their names."""
    by_name = {original_text(row.name): row for row in Organisation.objects.order_by("-id")}
    return {
        invented.key: by_name[name]
        for invented in ORGANISATIONS
        if (name := next(iter(invented.name.values()))) in by_name
    }

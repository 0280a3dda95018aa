"""The invented institutions that look after the processes or answer in them, as organisations with people who act for them."""

from __future__ import annotations

from collections.abc import Mapping

from tequio.organisations.demo import Belonging, Invented, load_invented
from tequio.organisations.enums import MembershipRole, OrganisationKind, VerificationMethod
from tequio.organisations.models import Organisation
from tequio.people.models import Person

KIND, METHOD = OrganisationKind, VerificationMethod
REPRESENTATIVE = MembershipRole.REPRESENTATIVE

INSTITUTIONS = (
    Invented(
        "youth-desk", KIND.CITY, "TG-M-lome", "komi.ayivi", days=400, founded=2015,
        name={"fr": "Guichet des jeunes de Lomé", "en": "Youth desk of Lomé", "es": "Ventanilla joven de Lomé"},
        about={
            "fr": "Le bureau de la ville qui lit chaque idée et y répond par écrit.",
            "en": "The city’s office that reads each idea and answers it in writing.",
            "es": "La oficina de la ciudad que lee cada idea y responde por escrito.",
        },
        members=(Belonging("ama.kpodo", REPRESENTATIVE),),
        steward="adjoa.lawson", evidence="Arrêté de création.",
    ),
    Invented(
        "inspection", KIND.PUBLIC_AGENCY, "TG-M-lome", "kokou.agbodjan", days=390,
        name={"fr": "Inspection des écoles du Littoral", "en": "School inspection of the coast", "es": "Inspección escolar del litoral"},
        about={
            "fr": "Elle visite les écoles, compte les absents et ouvre ses chiffres.",
            "en": "It visits the schools, counts those who are missing, and opens its figures.",
            "es": "Visita las escuelas, cuenta las ausencias y abre sus cifras.",
        },
        steward="adjoa.lawson", method=METHOD.PUBLIC_REGISTER, evidence="Annuaire des services.",
    ),
    Invented(
        "trades", KIND.ASSOCIATION, "TG-M-lome", "tchilalo.bawa", days=380, founded=2009,
        name={"fr": "Maison des métiers de Tokoin", "en": "House of trades, Tokoin", "es": "Casa de los oficios de Tokoin"},
        about={
            "fr": "Soudeurs, coiffeuses et couturières qui forment et qui signent.",
            "en": "Welders, hairdressers and dressmakers who train and who sign.",
            "es": "Soldadores, peluqueras y costureras que forman y que firman.",
        },
        members=(Belonging("mawuli.koffi"),), steward="adjoa.lawson", evidence="Récépissé de déclaration.",
    ),
    Invented(
        "pavements", KIND.CITY, "CA-QC-quebec", "sophie.lemay", days=400,
        name={"fr": "Service des trottoirs et de l’hiver", "en": "Pavement and winter service", "es": "Servicio de aceras e invierno"},
        about={
            "fr": "Il déneige, il écoute, il publie ses itinéraires.",
            "en": "It clears snow, listens, and publishes its routes.",
            "es": "Quita la nieve, escucha y publica sus rutas.",
        },
        steward="julie.tremblay", method=METHOD.PUBLIC_REGISTER, evidence="Organigramme municipal.",
    ),
    Invented(
        "elders", KIND.ASSOCIATION, "CA-QC-quebec", "jean-guy.poulin", days=390, founded=1994,
        name={"fr": "Table des aînés de la rivière", "en": "Elders’ table by the river", "es": "Mesa de mayores del río"},
        about={
            "fr": "Trente clubs d’aînés autour d’une même table.",
            "en": "Thirty clubs of old people around one table.",
            "es": "Treinta clubes de mayores en torno a una mesa.",
        },
        members=(Belonging("gilles.lavoie", REPRESENTATIVE),), steward="julie.tremblay", evidence="Lettres patentes.",
    ),
    Invented(
        "school", KIND.PUBLIC_AGENCY, "CA-QC-limoilou", "thomas.pelletier", days=380,
        name={"fr": "École des Deux-Rives de Limoilou", "en": "Two Shores School, Limoilou", "es": "Escuela de las Dos Orillas, Limoilou"},
        about={
            "fr": "L’école prête ses salles et ne lit pas par-dessus l’épaule.",
            "en": "The school lends its rooms and does not read over anybody’s shoulder.",
            "es": "La escuela presta sus salas y no lee por encima del hombro.",
        },
        steward="julie.tremblay", evidence="Acte d’établissement.",
    ),
    Invented(
        "streets", KIND.PUBLIC_AGENCY, "MX-CMX", "elena.quiroz", days=410, founded=2018,
        name={"es": "Oficina de Calles y Sombra", "en": "Office of Streets and Shade", "fr": "Bureau des Rues et de l’Ombre"},
        about={
            "es": "Contesta a quien camina: banquetas, cruces, árboles y luz.",
            "en": "Answers those who walk: pavements, crossings, trees and light.",
            "fr": "Répond à qui marche : trottoirs, passages, arbres et lumière.",
        },
        members=(Belonging("hugo.santoyo", REPRESENTATIVE),),
        steward="lucia.hernandez", method=METHOD.PUBLIC_REGISTER, evidence="Gaceta oficial.",
    ),
    Invented(
        "markets", KIND.FEDERATION, "MX-CMX", "gabriela.sosa", days=400, founded=1982,
        name={"es": "Red de Mercados de Barrio", "en": "Network of neighbourhood markets", "fr": "Réseau des marchés de quartier"},
        about={
            "es": "Ciento veinte mercados que abren a las seis y conocen cada banqueta.",
            "en": "A hundred and twenty markets that open at six and know each pavement.",
            "fr": "Cent vingt marchés qui ouvrent à six heures et connaissent chaque trottoir.",
        },
        steward="lucia.hernandez", evidence="Acta constitutiva.",
    ),
    Invented(
        "teachers", KIND.ASSOCIATION, "MX-CMX", "alma.cruz", days=390, founded=1975,
        name={"es": "Colegio de Maestras del Valle", "en": "Teachers’ college of the valley", "fr": "Collège des maîtresses de la vallée"},
        about={
            "es": "Maestras que miden, anotan y preguntan.",
            "en": "Teachers who measure, note down and ask.",
            "fr": "Des maîtresses qui mesurent, notent et demandent.",
        },
        members=(Belonging("paloma.ibarra"),), steward="lucia.hernandez", evidence="Registro de asociaciones.",
    ),
    Invented(
        "quarters", KIND.CITY, "ES-BI-bilbao", "amaia.olano", days=410,
        name={"es": "Oficina de Barrios", "eu": "Auzoen Bulegoa", "en": "Office of Quarters", "fr": "Bureau des quartiers"},
        about={
            "es": "La parte del ayuntamiento que contesta a los barrios y enseña las cuentas.",
            "en": "The part of city hall that answers the quarters and shows the accounts.",
            "fr": "La part de la mairie qui répond aux quartiers et montre les comptes.",
        },
        members=(Belonging("mikel.urrutia", REPRESENTATIVE),),
        steward="itziar.goikoetxea", method=METHOD.PUBLIC_REGISTER, evidence="Directorio municipal.",
    ),
    Invented(
        "shopkeepers", KIND.ASSOCIATION, "ES-BI-bilbao", "pilar.gomez", days=400, founded=2001,
        name={"es": "Comercio de la Ladera", "en": "Shops of the Slope", "fr": "Commerces de la Pente"},
        about={
            "es": "Tenderas y tenderos de cuatro barrios altos.",
            "en": "Shopkeepers of four high quarters.",
            "fr": "Commerçantes et commerçants de quatre quartiers hauts.",
        },
        members=(Belonging("fatima.haddad"),), steward="itziar.goikoetxea", evidence="Registro de asociaciones.",
    ),
    Invented(
        "forum-elders", KIND.ASSOCIATION, "ES-BI-bilbao", "begona.arana", days=395, founded=1996,
        name={"es": "Foro de Mayores de la Ría", "en": "Elders’ forum of the estuary", "fr": "Forum des aînés de la ria"},
        about={
            "es": "Se reúne los martes, discute hasta el acuerdo y no deja nada sin acta.",
            "en": "It meets on Tuesdays, argues until it agrees, and keeps minutes of everything.",
            "fr": "Il se réunit le mardi, discute jusqu’à l’accord et garde procès-verbal de tout.",
        },
        members=(Belonging("rosa.fernandez", REPRESENTATIVE),),
        steward="itziar.goikoetxea", evidence="Estatutos.",
    ),
)  # fmt: skip


def load_institutions(people: Mapping[str, Person]) -> dict[str, Organisation]:
    """All of them, by key; each says on its page that it is invented."""
    return {invented.key: load_invented(invented, people) for invented in INSTITUTIONS}


def runner_of(key: str, people: Mapping[str, Person]) -> Person:
    """Who acts for it."""
    return people[next(one.runs for one in INSTITUTIONS if one.key == key)]

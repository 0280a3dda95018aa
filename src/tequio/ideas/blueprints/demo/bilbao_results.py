"""Bilbao: what came of two of the ideas, one finished and one delayed, with the money in public."""

from tequio.ideas.answers.enums import MilestoneState, Verdict

from .bilbao_answers import OFFICER, QUARTERS
from .content import Judged, Landmark, Outcome, Outlay, say

DONE, UNDER_WAY, PLANNED = MilestoneState.DONE, MilestoneState.UNDER_WAY, MilestoneState.PLANNED

SHOPS = Outcome(
    "shops", OFFICER, 205, organisation=QUARTERS, planned=164_000,
    title=say(es="Persianas arriba en Otxarkoaga", en="Shutters up in Otxarkoaga", fr="Rideaux levés à Otxarkoaga"),
    summary=say(
        es="Seis bajos vacíos vuelven a abrir. Cuatro ya tienen luz; dos esperan.",
        en="Six empty ground floors open again. Four have light already; two are waiting.",
        fr="Six rez-de-chaussée vides rouvrent. Quatre ont déjà de la lumière ; deux attendent.",
    ),
    body=say(
        es="Cada bajo tiene su cuenta, su contrato y su persona. La mesa se reúne el primer jueves del mes, con la puerta abierta.",
        en="Each ground floor has its account, its contract and its person. The table meets on the first Thursday of the month, with the door open.",
        fr="Chaque local a son compte, son contrat et sa personne. La table se réunit le premier jeudi du mois, porte ouverte.",
    ),
    landmarks=(
        Landmark(say(es="Contratos con los dueños", en="Contracts with the owners", fr="Contrats avec les propriétaires"), -170, DONE, done=-174),
        Landmark(say(es="Costura y zapatero", en="Sewing and cobbler", fr="Couture et cordonnier"), -120, DONE, done=-118),
        Landmark(say(es="Bicis y arreglos", en="Bicycles and repairs", fr="Vélos et réparations"), -75, DONE, done=-61),
        Landmark(
            say(es="La cocina compartida", en="The shared kitchen", fr="La cuisine partagée"), 34, UNDER_WAY, moved_from=-40,
            delay=say(
                es="La salida de humos pasa por un patio con ocho dueños. Siete firmaron; la octava herencia tardó cinco meses. La obra empezó el lunes.",
                en="The flue runs through a yard with eight owners. Seven signed; the eighth inheritance took five months. Work began on Monday.",
                fr="Le conduit passe par une cour à huit propriétaires. Sept ont signé ; la huitième succession a pris cinq mois. Les travaux ont commencé lundi.",
            ),
        ),
        Landmark(say(es="El sexto bajo, por sorteo", en="The sixth ground floor, by lot", fr="Le sixième local, par tirage au sort"), 80, PLANNED),
    ),
    outlays=(
        Outlay(168, 21_600, say(es="Rentas del primer año, seis dueños", en="Rents of the first year, six owners", fr="Loyers de la première année, six propriétaires")),
        Outlay(130, 18_450, say(es="Instalación eléctrica de cuatro bajos", en="Wiring of four ground floors", fr="Électricité de quatre locaux")),
        Outlay(117, 9_300, say(es="Puertas y rampas de entrada", en="Doors and entrance ramps", fr="Portes et rampes d’entrée")),
        Outlay(90, -850, say(es="Corrección: una rampa se cobró dos veces", en="Correction: one ramp was charged twice", fr="Correction : une rampe facturée deux fois")),
        Outlay(64, 12_700, say(es="Herramientas del taller de bicis", en="Tools of the bicycle workshop", fr="Outils de l’atelier de vélos")),
        Outlay(12, 26_900, say(es="Cocina: salida de humos, primera parte", en="Kitchen: flue, first part", fr="Cuisine : conduit, première partie")),
    ),
    papers=(
        say(es="Contrato tipo con los dueños", en="Model contract with the owners", fr="Contrat type avec les propriétaires"),
        say(es="Acta de la última mesa", en="Minutes of the last meeting", fr="Procès-verbal de la dernière table"),
    ),
    judged=(
        Judged("pilar.gomez", Verdict.YES, "Coso junto a la ventana, como pedí. Y ya somos dos."),
        Judged("fatima.haddad", Verdict.PARTLY, "Tengo local. La cocina de mi hermana lleva cinco meses esperando."),
        Judged("jon.uriarte", Verdict.PARTLY, "El recargo se cobra. Falta saber cuánto ha entrado."),
        Judged("mamadou.sarr", Verdict.YES, "Arreglo cuatro bicis al día."),
        Judged("rosa.fernandez", Verdict.YES),
        Judged("iker.zabala", Verdict.NO, "Seis de once. Los otros cinco siguen igual."),
    ),
)  # fmt: skip

COOL = Outcome(
    "cool", OFFICER, 212, organisation=QUARTERS, planned=48_000, finished=58,
    title=say(es="Siete refugios contra el calor", en="Seven shelters from the heat", fr="Sept refuges contre la chaleur"),
    summary=say(
        es="Abrieron setenta y dos días. Entraron once mil personas; se llamó por teléfono a trescientas.",
        en="They were open for seventy-two days. Eleven thousand people came in; three hundred were rung up.",
        fr="Ouverts soixante-douze jours. Onze mille personnes sont venues ; trois cents ont été appelées.",
    ),
    body=say(
        es="Cinco bibliotecas y dos iglesias, de doce a nueve. Lo que aprendimos, con los números de cada puerta, está en la memoria. El año que viene abren once.",
        en="Five libraries and two churches, from noon to nine. What we learnt, with the numbers of each door, is in the report. Next year eleven will open.",
        fr="Cinq bibliothèques et deux églises, de midi à vingt et une heures. Ce que nous avons appris, porte par porte, est dans le rapport. L’an prochain, onze ouvriront.",
    ),
    landmarks=(
        Landmark(say(es="Permisos y llaves", en="Permits and keys", fr="Permis et clés"), -190, DONE, done=-192),
        Landmark(say(es="Catorce personas contratadas", en="Fourteen people employed", fr="Quatorze personnes employées"), -165, DONE, done=-166),
        Landmark(say(es="Siete puertas abiertas", en="Seven doors open", fr="Sept portes ouvertes"), -145, DONE, done=-145),
        Landmark(say(es="Cuentas y memoria", en="Accounts and report", fr="Comptes et rapport"), -60, DONE, done=-58),
    ),
    outlays=(
        Outlay(150, 31_200, say(es="Sueldos de setenta y dos días", en="Wages of seventy-two days", fr="Salaires de soixante-douze jours")),
        Outlay(148, 6_150, say(es="Ventiladores, toldos y sillas", en="Fans, awnings and chairs", fr="Ventilateurs, stores et chaises")),
        Outlay(120, 1_980, say(es="Agua y vasos lavables", en="Water and washable cups", fr="Eau et verres lavables")),
        Outlay(80, 5_400, say(es="Limpieza y luz", en="Cleaning and light", fr="Ménage et lumière")),
    ),
    papers=(say(es="Memoria de los refugios, puerta por puerta", en="Report of the shelters, door by door", fr="Rapport des refuges, porte par porte"),),
    judged=(
        Judged("begona.arana", Verdict.YES, "Dormí la siesta al fresco, entre los libros. Gracias."),
        Judged("leire.aguirre", Verdict.YES, "Vinieron las dos personas más por turno."),
        Judged("iker.zabala", Verdict.PARTLY, "Bien las sillas. Los tejados, ¿cuándo?"),
        Judged("rosa.fernandez", Verdict.YES, "Me llamaron dos veces. La segunda bajé."),
        Judged("yolanda.prieto", Verdict.YES),
    ),
)  # fmt: skip

OUTCOMES = (SHOPS, COOL)

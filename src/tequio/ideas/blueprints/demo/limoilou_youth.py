"""Limoilou: the youth council's own process, for those from fourteen to seventeen, each with a guardian's yes under sixteen."""

from tequio.catalogue.enums import WhoMay
from tequio.discussions.demo import remark
from tequio.ideas.processes.enums import Blueprint
from tequio.ideas.proposals.enums import HowOften

from .content import Proposal, Stage, Telling, Too, Trouble, say
from .quebec import TRANSLATORS
from .quebec_problems import DISTRICT, LIMOILOU, MAIZERETS

TROUBLES = (
    Trouble(
        "nowhere", "noemie.gauthier", 15, MAIZERETS, HowOften.DAILY,
        title=say(
            fr="Après l’école, il n’y a nulle part où aller sans payer",
            en="After school there is nowhere to go without paying",
            es="Después de la escuela no hay adónde ir sin pagar",
        ),
        what=say(
            fr="La bibliothèque ferme à dix-sept heures. Au café, il faut commander. Au parc, on nous demande ce qu’on fait là.",
            en="The library closes at five. In the café you have to order. In the park they ask us what we are doing there.",
            es="La biblioteca cierra a las cinco. En el café hay que pedir algo. En el parque nos preguntan qué hacemos ahí.",
        ),
        who=say(fr="Nous, de douze à dix-sept ans.", en="We, from twelve to seventeen.", es="Nosotras y nosotros, de doce a diecisiete años."),
        evidence=say(
            fr="On a demandé à quatre-vingt-huit élèves où ils vont. Réponse numéro un : nulle part.",
            en="We asked eighty-eight pupils where they go. The first answer: nowhere.",
            es="Preguntamos a ochenta y ocho alumnos adónde van. Primera respuesta: a ninguna parte.",
        ),
        too=(
            Too("rosalie.fortin", LIMOILOU, 12, {
                "fr": "Je fais mes devoirs dans l’escalier, parce que ma sœur dort dans notre chambre.",
                "en": "I do my homework on the stairs, because my sister sleeps in our room.",
                "es": "Hago la tarea en la escalera, porque mi hermana duerme en nuestro cuarto.",
            }),
            Too("oceane.picard", MAIZERETS, 9),
        ),
        around=(),
    ),
    Trouble(
        "bike", "oceane.picard", 13, LIMOILOU, HowOften.DAILY,
        title=say(
            fr="La piste cyclable s’arrête juste avant l’école",
            en="The cycle path ends just before the school",
            es="La ciclovía termina justo antes de la escuela",
        ),
        what=say(
            fr="Deux cents mètres entre les camions, sur la 3e Avenue. Ma mère m’interdit le vélo pour ces deux cents mètres.",
            en="Two hundred metres among lorries, on 3e Avenue. My mother forbids the bicycle because of those two hundred metres.",
            es="Doscientos metros entre camiones, en la 3e Avenue. Mi madre me prohíbe la bici por esos doscientos metros.",
        ),
        who=say(fr="Les élèves à vélo, et ceux qui voudraient.", en="Pupils who cycle, and those who would like to.", es="Quienes van en bici y quienes querrían."),
        evidence=say(
            fr="Cent trente vélos au printemps dernier, d’après le support à vélos.",
            en="A hundred and thirty bicycles last spring, by the rack.",
            es="Ciento treinta bicis la primavera pasada, según el aparcabicis.",
        ),
        too=(Too("noemie.gauthier", MAIZERETS, 8),),
    ),
)  # fmt: skip

PROPOSALS = (
    Proposal(
        "room", "noemie.gauthier", 14, MAIZERETS,
        title=say(
            fr="Une salle à nous, ouverte jusqu’à vingt heures",
            en="A room of our own, open until eight",
            es="Una sala nuestra, abierta hasta las ocho",
        ),
        what=say(
            fr="La salle du centre de loisirs est vide en semaine. On la tient à quinze, avec une adulte au bout du couloir. Règles écrites par nous, affichées à la porte.",
            en="The leisure centre’s room is empty on weekdays. Fifteen of us keep it, with a grown-up at the end of the corridor. Rules written by us, on the door.",
            es="La sala del centro está vacía entre semana. La llevamos entre quince, con una adulta al fondo del pasillo. Reglas escritas por nosotras, en la puerta.",
        ),
        why=say(
            fr="On ne cherche pas une activité. On cherche une place.",
            en="We are not looking for an activity. We are looking for a place.",
            es="No buscamos una actividad. Buscamos un lugar.",
        ),
        for_whom=say(fr="Les jeunes de Limoilou et de Maizerets.", en="Young people of Limoilou and Maizerets.", es="La gente joven de Limoilou y Maizerets."),
        cost=9_000, answers=("nowhere",), others=("rosalie.fortin",),
        talk=(
            remark(
                "rosalie.fortin", 250, side="for", marks=6,
                fr="Et un mur pour dessiner, qu’on repeint en juin.",
                en="And a wall to draw on, repainted in June.",
                es="Y una pared para dibujar, que se repinta en junio.",
            ),
            remark(
                "oceane.picard", 230, side="against", marks=3,
                fr="Si c’est toujours les mêmes quinze qui décident, les autres ne viendront pas. Tirons au sort chaque mois.",
                en="If the same fifteen always decide, the others will not come. Let us draw lots every month.",
                es="Si siempre deciden los mismos quince, los demás no vendrán. Sorteemos cada mes.",
            ),
        ),
    ),
    Proposal(
        "metres", "oceane.picard", 12, LIMOILOU,
        title=say(
            fr="Finir les deux cents mètres avec des bacs à fleurs",
            en="Finish the two hundred metres with flower tubs",
            es="Terminar los doscientos metros con macetas",
        ),
        what=say(
            fr="Quarante bacs séparent le vélo des camions d’avril à novembre. L’atelier de menuiserie de l’école les fabrique.",
            en="Forty tubs keep bicycles and lorries apart from April to November. The school’s carpentry class makes them.",
            es="Cuarenta macetas separan la bici de los camiones de abril a noviembre. Las hace el taller de carpintería de la escuela.",
        ),
        why=say(
            fr="Une vraie piste prend cinq ans. J’ai seize ans.",
            en="A real path takes five years. I am sixteen.",
            es="Una ciclovía de verdad tarda cinco años. Tengo dieciséis.",
        ),
        for_whom=say(fr="Ceux qui arrivent à vélo.", en="Those who come by bicycle.", es="Quienes llegan en bici."),
        cost=6_500, answers=("bike",),
    ),
    Proposal(
        "mentor", "rosalie.fortin", 7, LIMOILOU,
        title=say(
            fr="Une heure d’aide aux devoirs, échangée contre une heure de téléphone",
            en="An hour of homework help, traded for an hour of phone help",
            es="Una hora de ayuda con la tarea a cambio de una hora de ayuda con el teléfono",
        ),
        what=say(
            fr="Les aînés de la résidence aident en maths et en français. Nous, on règle leurs téléphones.",
            en="The elders of the home help with maths and French. We set up their phones.",
            es="Los mayores de la residencia ayudan con mates y francés. Nosotras les arreglamos el teléfono.",
        ),
        why=say(fr="Ma grand-mère était comptable, et moi je rate mes fractions.", en="My grandmother was a bookkeeper, and I fail my fractions.", es="Mi abuela era contable y yo suspendo las fracciones."),
        for_whom=say(fr="Les deux âges.", en="Both ages.", es="Las dos edades."),
        cost=500, answers=("nowhere",),
    ),
)  # fmt: skip

TELLING = Telling(
    key="limoilou-youth", place=DISTRICT, zone="America/Toronto", currency="CAD",
    facilitator="marc-andre.gagnon", steward="julie.tremblay", languages=("fr", "en", "es"), translators=TRANSLATORS,
    blueprint=Blueprint.YOUTH_COUNCIL, who_may=WhoMay.MEMBERS, least_age=14, most_age=17,
    title=say(
        fr="Conseil jeunesse de Limoilou : notre quartier à nous aussi",
        en="Youth council of Limoilou: our quarter too",
        es="Consejo joven de Limoilou: también es nuestro barrio",
    ),
    summary=say(
        fr="De quatorze à dix-sept ans. Vous racontez, vous proposez, vous choisissez ; la ville répond à chaque idée.",
        en="From fourteen to seventeen. You tell, you propose, you choose; the city answers each idea.",
        es="De catorce a diecisiete años. Cuentas, propones, eliges; la ciudad responde a cada idea.",
    ),
    background=say(
        fr="Le conseil dispose de vingt mille dollars et choisit lui-même. En dessous de seize ans, un parent dit oui une fois. Les adultes peuvent lire, mais pas écrire ici.",
        en="The council has twenty thousand dollars and chooses by itself. Under sixteen a parent says yes once. Grown-ups can read, but not write here.",
        es="El consejo tiene veinte mil dólares y elige por sí mismo. Con menos de dieciséis, una madre o un padre da el sí una vez. Las personas adultas leen, pero no escriben aquí.",
    ),
    stages=(
        Stage(say(fr="On raconte, on propose", en="We tell, we propose", es="Contamos y proponemos"), -16, 18, "gather"),
        Stage(say(fr="Le conseil choisit", en="The council chooses", es="El consejo elige"), 18.1, 30, "deliberate"),
        Stage(say(fr="La ville répond", en="The city answers", es="La ciudad responde"), 30.1, 75, "answer"),
    ),
    partners=("school",), addressee="", answer_due=75,
    troubles=TROUBLES, proposals=PROPOSALS,
)  # fmt: skip

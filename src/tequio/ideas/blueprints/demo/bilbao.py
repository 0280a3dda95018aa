"""Bilbao, delivering: eight answers given, two results; and a process that members want to open."""

from tequio.ideas.processes.enums import Blueprint

from .bilbao_answers import RULINGS
from .bilbao_ideas import PROPOSALS
from .bilbao_problems import CITY, TROUBLES
from .bilbao_results import OUTCOMES
from .content import Promise, Stage, Telling, say

TRANSLATORS = {"en": "Ane Larrinaga", "fr": "Claire Robertson", "es": "Ane Larrinaga"}
LANGUAGES = ("es", "eu", "en", "fr")

TELLING = Telling(
    key="bilbao-quarters", place=CITY, zone="Europe/Madrid", currency="EUR",
    facilitator="mikel.urrutia", steward="itziar.goikoetxea", languages=LANGUAGES, translators=TRANSLATORS,
    blueprint=Blueprint.IDEAS_CALL,
    title=say(
        es="Barrios altos, barrios lejos: lo que se pidió y lo que se hace",
        en="High quarters, far quarters: what was asked, what is being done",
        fr="Quartiers hauts, quartiers loin : ce qu’on a demandé, ce qui se fait",
    ),
    summary=say(
        es="Ocho ideas contestadas, dos resultados, cada euro a la vista.",
        en="Eight ideas answered, two results, every euro in sight.",
        fr="Huit idées, huit réponses, deux résultats, chaque euro visible.",
    ),
    background=say(
        es="Durante dos meses, cinco barrios contaron qué les falta. El Ayuntamiento contestó, con la asociación de comercios y el foro de mayores en la mesa. Ahora se hace, y aquí se ve cómo.",
        en="For two months, five quarters told what they lack. City hall answered, with the shopkeepers’ association and the elders’ forum at the table. Now it is being done, and here one sees how.",
        fr="Pendant deux mois, cinq quartiers ont dit ce qui leur manque. La mairie a répondu, avec les commerçants et le forum des aînés autour de la table. Maintenant on le fait, et ici on voit comment.",
    ),
    stages=(
        Stage(say(es="Contar y proponer", en="Tell and propose", fr="Raconter et proposer"), -320, -268, "gather"),
        Stage(say(es="Sopesar", en="Weigh", fr="Peser"), -267.9, -240, "deliberate"),
        Stage(say(es="Contestar", en="Answer", fr="Répondre"), -239.9, -192, "answer"),
        Stage(say(es="Hacer y rendir cuentas", en="Do and account for it", fr="Faire et rendre compte"), -191.9, 180, "deliver"),
    ),
    crowd=20, promise=Promise(supports=25, days=60), partners=("shopkeepers", "forum-elders"), addressee="quarters", answer_due=-192,
    troubles=TROUBLES, proposals=PROPOSALS, rulings=RULINGS, outcomes=OUTCOMES,
)  # fmt: skip

ESTUARY = Telling(
    key="bilbao-estuary", place=CITY, zone="Europe/Madrid", currency="EUR",
    facilitator="jon.uriarte", steward="itziar.goikoetxea", languages=LANGUAGES, translators=TRANSLATORS, blueprint=Blueprint.IDEAS_CALL,
    title=say(
        es="La ría como calle: moverse por el agua otra vez",
        en="The estuary as a street: getting about by water again",
        fr="La ria comme une rue : se déplacer sur l’eau de nouveau",
    ),
    summary=say(
        es="Cuando diez vecinas y vecinos firman, el proceso se abre.",
        en="When ten neighbours have signed, the process opens.",
        fr="Quand dix voisins ont signé, le processus s’ouvre.",
    ),
    background=say(
        es="Entre Zorroza y el centro hay seis kilómetros de agua sin un solo barco de línea. Queremos juntar ideas: embarcaderos, barcas, baño, sombra. El Ayuntamiento no lo pide; lo pedimos nosotras.",
        en="Between Zorroza and the centre lie six kilometres of water without one regular boat. We want to gather ideas: landing stages, boats, bathing, shade. City hall does not ask for it; we do.",
        fr="Entre Zorroza et le centre, six kilomètres d’eau sans un seul bateau de ligne. Nous voulons réunir des idées : pontons, barques, baignade, ombre. La mairie ne le demande pas ; nous, si.",
    ),
    stages=(
        Stage(say(es="Ideas", en="Ideas", fr="Idées"), 10, 55, "gather"),
        Stage(say(es="Respuesta", en="Answer", fr="Réponse"), 55.1, 115, "answer"),
    ),
    answer_due=115,
    signed_by=("begona.arana", "mamadou.sarr", "pilar.gomez", "leire.aguirre", "yolanda.prieto", "asier.goni"),
)  # fmt: skip

"""Québec, deliberating: the ideas are in, the conversation about winter weighs what divides them."""

from tequio.ideas.processes.enums import Blueprint

from .content import Promise, Stage, Telling, say
from .quebec_ideas import PROPOSALS
from .quebec_problems import CITY, TROUBLES

TRANSLATORS = {"en": "Claire Robertson", "es": "Citlali Méndez", "fr": "Claire Robertson"}

TELLING = Telling(
    key="quebec-winter", place=CITY, zone="America/Toronto", currency="CAD",
    facilitator="marc-andre.gagnon", steward="julie.tremblay", languages=("fr", "en", "es"), translators=TRANSLATORS,
    blueprint=Blueprint.TOWN_CONVERSATION,
    title=say(
        fr="Un hiver où l’on sort",
        en="A winter in which we go out",
        es="Un invierno para salir",
    ),
    summary=say(
        fr="Marcher, attendre, se chauffer, se voir : huit idées sont là. La conversation dit ce que nous partageons.",
        en="Walking, waiting, keeping warm, meeting: eight ideas are in. The conversation shows what we share.",
        es="Caminar, esperar, calentarse, verse: hay ocho ideas. La conversación dice qué compartimos.",
    ),
    background=say(
        fr="Le plan d’hiver est refait cette année, avec le même argent. Les idées que tous les groupes soutiennent y entrent d’abord. Le service des trottoirs et la table des aînés siègent au comité, et tout ce qu’ils reçoivent est public.",
        en="The winter plan is redrawn this year, with the same money. Ideas that all groups support go in first. The pavement service and the table of elders sit on the committee, and all they receive is public.",
        es="El plan de invierno se rehace este año con el mismo dinero. Entran primero las ideas que apoyan todos los grupos. El servicio de aceras y la mesa de mayores están en el comité, y todo lo que reciben es público.",
    ),
    stages=(
        Stage(say(fr="Problèmes et idées", en="Problems and ideas", es="Problemas e ideas"), -48, -17, "gather"),
        Stage(say(fr="Conversation", en="Conversation", es="Conversación"), -16.9, 12.3, "converse", talk="quebec-winter"),
        Stage(say(fr="Réponse de la ville", en="The city’s answer", es="Respuesta de la ciudad"), 12.4, 60, "answer"),
        Stage(say(fr="L’hiver prochain", en="Next winter", es="El próximo invierno"), 60.1, 400, "deliver"),
    ),
    crowd=20, promise=Promise(supports=30, days=45),
    grew=((5, "benches"),), asked=(("corners", 8), ("grit", 13), ("text", 7), ("stops", 0)),
    partners=("pavements", "elders"), addressee="pavements", answer_due=60,
    troubles=TROUBLES, proposals=PROPOSALS,
)  # fmt: skip

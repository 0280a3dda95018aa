"""Lomé, gathering: problems told in nine quarters, ideas that are days old, an answer promised by a day."""

from tequio.ideas.processes.enums import Blueprint

from .content import Promise, Stage, Telling, say
from .lome_ideas import PROPOSALS
from .lome_problems import LOME, TROUBLES

TRANSLATORS = {"en": "Ama Kpodo", "es": "Citlali Méndez", "fr": "Ama Kpodo"}

TELLING = Telling(
    key="lome-young", place=LOME, zone="Africa/Lome", currency="XOF",
    facilitator="kossi.mensah", steward="adjoa.lawson", languages=("fr", "en", "es"), translators=TRANSLATORS,
    blueprint=Blueprint.IDEAS_CALL,
    title=say(
        fr="Jeunes de Lomé : dire ce qui bloque, proposer ce qui ouvre",
        en="Young people of Lomé: say what blocks, propose what opens",
        es="Jóvenes de Lomé: decir qué bloquea, proponer qué abre",
    ),
    summary=say(
        fr="Apprendre, travailler, rentrer chez soi : on raconte d’abord, on propose ensuite. La ville répond à chaque idée.",
        en="Learning, working, getting home: first we tell, then we propose. The city answers each idea.",
        es="Aprender, trabajar, volver a casa: primero se cuenta, luego se propone. La ciudad responde a cada idea.",
    ),
    background=say(
        fr="Six sur dix à Lomé ont moins de vingt-cinq ans. La ville réserve quarante millions de francs pour ce qui sortira d’ici, et l’inspection des écoles ouvre ses chiffres. Une idée peut s’écrire sur un téléphone, au kiosque ou à la mairie de quartier.",
        en="Six in ten people of Lomé are under twenty-five. The city sets forty million francs aside for what comes out of this, and the school inspection opens its figures. An idea can be written on a phone, at the kiosk or in the quarter’s town hall.",
        es="Seis de cada diez personas de Lomé tienen menos de veinticinco años. La ciudad reserva cuarenta millones de francos para lo que salga de aquí, y la inspección escolar abre sus cifras. Una idea se puede escribir en un teléfono, en el quiosco o en la alcaldía del barrio.",
    ),
    stages=(
        Stage(say(fr="Raconter et proposer", en="Tell and propose", es="Contar y proponer"), -13, 24, "gather"),
        Stage(say(fr="Peser ensemble", en="Weigh together", es="Sopesar juntos"), 24.1, 52, "deliberate"),
        Stage(say(fr="La ville répond", en="The city answers", es="La ciudad responde"), 52.1, 90, "answer"),
        Stage(say(fr="Faire, et le montrer", en="Do it, and show it", es="Hacerlo y mostrarlo"), 90.1, 380, "deliver"),
    ),
    crowd=18, promise=Promise(supports=25, days=60), partners=("inspection", "trades"), addressee="youth-desk", answer_due=90,
    troubles=TROUBLES, proposals=PROPOSALS,
)  # fmt: skip

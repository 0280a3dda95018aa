"""Mexico City, answering: seven ideas wait for their answer, four have it, one of the open hubs is late."""

from tequio.ideas.answers.enums import Because, Decision
from tequio.ideas.processes.enums import Blueprint

from .content import Owed, Promise, Ready, Ruling, Stage, Telling, say
from .mexico_ideas import PROPOSALS
from .mexico_open import PROPOSALS as OPEN_PROPOSALS
from .mexico_problems import CITY, TROUBLES

TRANSLATORS = {"en": "Citlali Méndez", "fr": "Claire Robertson", "es": "Citlali Méndez"}
OFFICER = "elena.quiroz"
OFFICE = "Calles y sombra"

RULINGS = (
    Ruling(
        "seconds", Decision.ACCEPTED, 13, OFFICER, office=OFFICE, organisation="streets",
        reasons=say(
            es="Sí, en los doscientos cruces. Los primeros cuarenta cambian este mes, empezando por Santo Domingo. Hablamos con los choferes: la ruta 57 tendrá diez minutos más en su horario, y no pierde la vuelta.",
            en="Yes, at all two hundred crossings. The first forty change this month, beginning with Santo Domingo. We spoke with the drivers: line 57 gets ten minutes more in its timetable and loses no round.",
            fr="Oui, aux deux cents passages. Les quarante premiers changent ce mois-ci, en commençant par Santo Domingo. Nous avons parlé avec les chauffeurs : la ligne 57 aura dix minutes de plus et ne perd aucun tour.",
        ),
        paper=say(es="Lista de los doscientos cruces y sus fechas", en="List of the two hundred crossings and their dates", fr="Liste des deux cents passages et leurs dates"),
    ),
    Ruling(
        "stairs", Decision.IN_PART, 11, OFFICER, office=OFFICE, organisation="streets",
        reasons=say(
            es="Sí a noventa lámparas en tres lomas este año; las otras tres entran al presupuesto siguiente. Los equipos de las prepas cobran por reparación, como pidieron. No podemos contratar a menores de dieciocho: irán con su maestra.",
            en="Yes to ninety lamps on three hills this year; the other three go into the next budget. The school teams are paid for each repair, as asked. We cannot employ anybody under eighteen: they come with their teacher.",
            fr="Oui à quatre-vingt-dix lampes sur trois collines cette année ; les trois autres entrent au budget suivant. Les équipes des lycées sont payées à la réparation, comme demandé. Nous ne pouvons embaucher avant dix-huit ans : elles viendront avec leur professeure.",
        ),
    ),
    Ruling(
        "width", Decision.IN_PART, 9, OFFICER, office=OFFICE, organisation="streets",
        reasons=say(
            es="Pintamos la línea en cuarenta cuadras, medida junto con quienes venden ahí. Las otras sesenta dependen de la alcaldía; le mandamos sus medidas y publicamos lo que conteste.",
            en="We paint the line on forty blocks, measured together with those who sell there. The other sixty belong to the borough; we sent it your measurements and publish what it replies.",
            fr="Nous peignons la ligne dans quarante rues, mesurée avec celles et ceux qui y vendent. Les soixante autres relèvent de l’arrondissement ; nous lui avons envoyé vos mesures et publierons sa réponse.",
        ),
    ),
    Ruling(
        "sunday", Decision.DECLINED, 6, OFFICER, office=OFFICE, organisation="streets",
        reasons=say(
            es="Este año no. La avenida propuesta es la única salida de ambulancias del hospital. Buscamos otro trazo con Protección Civil, y en seis meses volvemos aquí con lo que salga.",
            en="Not this year. The avenue proposed is the hospital’s only way out for ambulances. We are looking for another route with civil protection, and come back here in six months with what we find.",
            fr="Pas cette année. L’avenue proposée est la seule sortie des ambulances. Nous cherchons un autre tracé avec la protection civile, et revenons ici dans six mois avec le résultat.",
        ),
    ),
)  # fmt: skip

READY = (
    Ready("La hacemos entera", Decision.ACCEPTED, say(
        es="Sí, aceptamos «{title}» en {place}. Aquí se verá cada paso y cada peso. — {name}",
        en="Yes, we accept “{title}” in {place}. Each step and each peso will show here. — {name}",
        fr="Oui, nous acceptons « {title} » à {place}. Chaque étape et chaque peso se verront ici. — {name}",
    )),
    Ready("Hacemos una parte", Decision.IN_PART, say(
        es="De «{title}» hacemos esta parte: … El resto no cabe este año, porque … — {name}",
        en="Of “{title}” we do this part: … The rest does not fit this year, because … — {name}",
        fr="De « {title} », nous faisons cette partie : … Le reste n’est pas possible cette année, car … — {name}",
    )),
    Ready("La decide otra oficina", Decision.DECLINED, say(
        es="No podemos hacer «{title}» porque … Quien sí puede decidirlo es … — {name}",
        en="We cannot do “{title}” because … It is for … to decide. — {name}",
        fr="Nous ne pouvons pas faire « {title} », car … C’est à … d’en décider. — {name}",
    )),
)  # fmt: skip

TELLING = Telling(
    key="mexico-walking", place=CITY, zone="America/Mexico_City", currency="MXN",
    facilitator="raul.ortega", steward="lucia.hernandez", languages=("es", "en", "fr"), translators=TRANSLATORS,
    blueprint=Blueprint.IDEAS_CALL,
    title=say(
        es="Ciudad a pie: caminar sin miedo y con sombra",
        en="City on foot: walking without fear, in the shade",
        fr="La ville à pied : marcher sans peur, à l’ombre",
    ),
    summary=say(
        es="Seis problemas, once ideas. La ciudad contesta a cada una antes de la fecha, con razones.",
        en="Six problems, eleven ideas. The city answers each of them before the date, with reasons.",
        fr="Six problèmes, onze idées. La ville répond à chacune avant la date, avec des raisons.",
    ),
    background=say(
        es="Siete de cada diez viajes en la ciudad empiezan a pie. Hay diecinueve millones de pesos para lo que se acepte. Contesta la oficina de Calles y Sombra; la red de mercados y el colegio de maestras miran que cumpla.",
        en="Seven in ten journeys in the city begin on foot. Nineteen million pesos are there for what is accepted. The office of Streets and Shade answers; the network of markets and the teachers’ college see that it does.",
        fr="Sept trajets sur dix dans la ville commencent à pied. Dix-neuf millions de pesos sont prévus. Le bureau des Rues et de l’Ombre répond ; le réseau des marchés et le collège des maîtresses y veillent.",
    ),
    stages=(
        Stage(say(es="Recorridos, problemas e ideas", en="Walks, problems and ideas", fr="Visites, problèmes et idées"), -120, -58, "gather"),
        Stage(say(es="Plazas para discutir", en="Squares to discuss", fr="Des places pour discuter"), -57.9, -21, "deliberate"),
        Stage(say(es="La ciudad contesta", en="The city answers", fr="La ville répond"), -20.9, 9, "answer"),
        Stage(say(es="Obra y cuentas", en="Works and accounts", fr="Travaux et comptes"), 9.1, 380, "deliver"),
    ),
    crowd=28, promise=Promise(supports=18, days=60), ready=READY, partners=("markets", "teachers"), addressee="streets", answer_due=9,
    troubles=TROUBLES, proposals=(*PROPOSALS, *OPEN_PROPOSALS), rulings=RULINGS,
    owed=(
        Owed("library", Because.PETITION, -41, 19, assigned_to="raul.ortega"),
        Owed("compost", Because.PETITION, -33, 27),
        Owed("clinic", Because.PETITION, -64, -4),
        Owed("band", Because.ASKED, -15, 5, assigned_to="raul.ortega"),
        Owed("square", Because.ASKED, -10, 20),
    ),
)  # fmt: skip

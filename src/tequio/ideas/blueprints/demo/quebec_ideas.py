"""Québec: ideas for winter; two were joined, one was split, and what divides goes into the conversation."""

from tequio.discussions.demo import remark

from .content import Proposal, say
from .quebec_problems import BEAUPORT, LIMOILOU, MONTCALM, SAINT_ROCH, SAINT_SAUVEUR, SAINTE_FOY, VANIER

PROPOSALS = (
    Proposal(
        "corners", "gilles.lavoie", 45, LIMOILOU,
        title=say(
            fr="D’abord les coins de rue, ensuite les rues",
            en="First the corners, then the streets",
            es="Primero las esquinas, después las calles",
        ),
        what=say(
            fr="Une petite chenillette suit la charrue et ouvre chaque coin dans les quatre heures. On commence par les rues des écoles, des cliniques et des résidences.",
            en="A small tracked plough follows the big one and opens each corner within four hours. It begins with the streets of schools, clinics and old people’s homes.",
            es="Una quitanieves pequeña sigue a la grande y abre cada esquina en cuatro horas. Se empieza por las calles de escuelas, clínicas y residencias.",
        ),
        why=say(
            fr="Un coin fermé, c’est un trottoir entier perdu.",
            en="One closed corner is a whole pavement lost.",
            es="Una esquina cerrada es una acera entera perdida.",
        ),
        for_whom=say(
            fr="Ceux qui marchent, roulent ou poussent.",
            en="Those who walk, roll or push.",
            es="Quienes caminan, ruedan o empujan.",
        ),
        cost=1_900_000, answers=("ice",), supports=19, others=("elise.cloutier", "jean-guy.poulin"),
        talk=(
            remark(
                "elise.cloutier", 900, side="for", marks=9,
                fr="À Oulu, en Finlande, on déneige les pistes avant les rues. Les gens ne sont pas plus fous que nous.",
                en="In Oulu, in Finland, they clear the paths before the streets. People there are no crazier than we are.",
                es="En Oulu, Finlandia, limpian los caminos antes que las calles. No están más locos que nosotros.",
            ),
            remark(
                "thomas.pelletier", 860, side="against", marks=6,
                fr="Les chenillettes manquent déjà. Si elles font les coins, qui fait les arrêts d’autobus ?",
                en="There are too few small ploughs already. If they do the corners, who does the bus stops?",
                es="Ya faltan quitanieves pequeñas. Si hacen las esquinas, ¿quién hace las paradas?",
            ),
            remark(
                "jean-guy.poulin", 840, side="for", marks=7,
                fr="J’ai conduit la charrue vingt-deux ans. Avec une lame de côté, on ne remplit plus les coins. C’est une pièce à onze cents dollars.",
                en="I drove the plough for twenty-two years. With a side blade you no longer fill the corners. It is a part that costs eleven hundred dollars.",
                es="Conduje la quitanieves veintidós años. Con una cuchilla lateral ya no se tapan las esquinas. Es una pieza de mil cien dólares.",
            ),
            remark(
                "linda.nguyen", 700, side="against", marks=2,
                en="Four hours after a storm of two days means nothing. Say how many corners, not how many hours.",
                fr="Quatre heures après une tempête de deux jours, cela ne dit rien. Dites combien de coins, pas combien d’heures.",
            ),
        ),
    ),
    Proposal(
        "ramps", "jean-guy.poulin", 42, BEAUPORT,
        title=say(
            fr="Ouvrir les passages piétons après la charrue",
            en="Open the crossings after the plough",
            es="Abrir los pasos de peatones tras la quitanieves",
        ),
        what=say(
            fr="Quand la charrue a passé, une équipe de deux dégage les quatre bateaux de trottoir à la pelle mécanique.",
            en="Once the plough has passed, a team of two clears the four kerb ramps with a small loader.",
            es="Cuando pasa la quitanieves, dos personas despejan los cuatro rebajes de la acera con una pala mecánica.",
        ),
        why=say(
            fr="C’est là qu’on tombe, pas au milieu du trottoir.",
            en="That is where people fall, not in the middle of the pavement.",
            es="Ahí es donde se cae la gente, no en medio de la acera.",
        ),
        for_whom=say(fr="Les piétons de Beauport.", en="People on foot in Beauport.", es="Quienes caminan en Beauport."),
        cost=700_000, answers=("ice",), supports=6, into="corners",
    ),
    Proposal(
        "stops", "thomas.pelletier", 43, VANIER,
        title=say(
            fr="Chaque arrêt adopté par quelqu’un",
            en="Every bus stop adopted by somebody",
            es="Cada parada, adoptada por alguien",
        ),
        what=say(
            fr="Un commerce, une école ou deux voisins prennent un arrêt en charge. La ville fournit la pelle, l’abrasif, et un laissez-passer mensuel.",
            en="A shop, a school or two neighbours look after one stop. The city gives the shovel, the grit, and a monthly pass.",
            es="Un comercio, una escuela o dos vecinos cuidan una parada. La ciudad da la pala, la gravilla y un abono mensual.",
        ),
        why=say(
            fr="Mille huit cents arrêts : aucune équipe n’y arrivera seule avant sept heures.",
            en="Eighteen hundred stops: no team can do them alone before seven.",
            es="Mil ochocientas paradas: ningún equipo llega solo antes de las siete.",
        ),
        for_whom=say(fr="Ceux qui prennent l’autobus.", en="Those who take the bus.", es="Quienes toman el autobús."),
        cost=240_000, answers=("stop",), supports=12,
        talk=(
            remark(
                "ahmed.benali", 820, side="against", marks=8,
                fr="Un service public ne se remplace pas par des bénévoles. Payez des gens, il y a du chômage.",
                en="Volunteers do not replace a public service. Pay people; there is unemployment.",
                es="Un servicio público no se sustituye con voluntarios. Paguen a la gente, que hay desempleo.",
            ),
            remark(
                "rosalie.fortin", 780, side="for", marks=5,
                fr="Notre classe en prend deux. On a déjà voté.",
                en="Our class takes two. We have voted already.",
                es="Nuestra clase se queda con dos. Ya votamos.",
            ),
            remark(
                "thomas.pelletier", 640, side="for", marks=4,
                fr="D’accord avec Ahmed sur le fond. Je propose : équipe payée aux cent plus gros arrêts, adoption pour les autres.",
                en="I agree with Ahmed at heart. So: paid teams at the hundred largest stops, adoption for the rest.",
                es="De acuerdo con Ahmed en el fondo. Propongo: equipo pagado en las cien paradas mayores, adopción en las demás.",
            ),
        ),
    ),
    Proposal(
        "lane", "elise.cloutier", 40, SAINT_SAUVEUR,
        title=say(
            fr="Des ruelles d’hiver : glisser, cuisiner, se parler",
            en="Winter lanes: slide, cook, talk",
            es="Callejones de invierno: deslizarse, cocinar, hablar",
        ),
        what=say(
            fr="Dix ruelles restent ouvertes tout l’hiver, avec une butte pour glisser, un foyer et un banc à l’abri. Un comité par ruelle tient l’horaire du feu.",
            en="Ten lanes stay open all winter, with a mound to slide down, a hearth and a sheltered bench. A committee for each lane keeps the hours of the fire.",
            es="Diez callejones abiertos todo el invierno, con un montículo, un fogón y un banco resguardado. Un comité por callejón lleva el horario del fuego.",
        ),
        why=say(
            fr="Le froid n’isole pas. Ce qui isole, c’est de n’avoir nulle part où aller.",
            en="Cold does not isolate. Having nowhere to go does.",
            es="El frío no aísla. Aísla no tener adónde ir.",
        ),
        for_whom=say(
            fr="Enfants, voisins seuls, nouveaux arrivants.",
            en="Children, neighbours on their own, newcomers.",
            es="Niños, vecinos solos, recién llegados.",
        ),
        cost=85_000, answers=("alone",), supports=15, others=("lea.bouchard",),
        talk=(
            remark(
                "noemie.gauthier", 600, side="for", marks=12,
                fr="On peut construire la butte en une fin de semaine. On l’a fait derrière l’école avec rien.",
                en="We can build the mound in one weekend. We did it behind the school with nothing.",
                es="Podemos hacer el montículo en un fin de semana. Lo hicimos detrás de la escuela con nada.",
            ),
            remark(
                "linda.nguyen", 560, side="against", marks=4,
                en="Smoke under bedroom windows, every evening, for four months. Ask those who live on the ground floor.",
                fr="De la fumée sous les chambres, chaque soir, quatre mois durant. Demandez aux gens du rez-de-chaussée.",
                es="Humo bajo los dormitorios, cada noche, cuatro meses. Pregunten a quienes viven en la planta baja.",
            ),
            remark(
                "gilles.lavoie", 500, side="for", marks=6,
                fr="Si le banc est à moins de cent pas de ma porte, j’y suis tous les jours. J’apporte le thé.",
                en="If the bench is within a hundred steps of my door, I am there every day. I bring the tea.",
                es="Si el banco está a menos de cien pasos de mi puerta, voy todos los días. Llevo el té.",
            ),
        ),
    ),
    Proposal(
        "kitchen", "elise.cloutier", 27, SAINT_SAUVEUR, out_of="lane",
        title=say(
            fr="Une soupe du mercredi dans dix sous-sols",
            en="A Wednesday soup in ten basements",
            es="Una sopa de los miércoles en diez sótanos",
        ),
        what=say(
            fr="Les jours de grand froid, la cuisine se fait dedans : église, école ou coopérative d’habitation. Elle faisait partie des ruelles d’hiver ; elle avance mieux seule.",
            en="On days of great cold the cooking is done indoors: a church, a school or a housing co-operative. It was part of the winter lanes; it moves faster by itself.",
            es="Los días de mucho frío se cocina dentro: iglesia, escuela o cooperativa de vivienda. Era parte de los callejones; avanza mejor sola.",
        ),
        why=say(
            fr="Une ruelle demande un permis. Une soupe demande une marmite.",
            en="A lane needs a permit. A soup needs a pot.",
            es="Un callejón pide un permiso. Una sopa pide una olla.",
        ),
        for_whom=say(fr="Ceux qui mangent seuls.", en="Those who eat alone.", es="Quienes comen solos."),
        cost=18_000, answers=("alone",), supports=7,
    ),
    Proposal(
        "warm", "ahmed.benali", 36, SAINT_ROCH,
        title=say(
            fr="Une fenêtre prêtée, remboursée par la facture",
            en="A window on loan, paid back by the bill",
            es="Una ventana prestada que se paga con la factura",
        ),
        what=say(
            fr="Une coopérative pose des panneaux intérieurs en une journée. Le locataire rembourse avec ce qu’il économise, et les emporte s’il déménage.",
            en="A co-operative fits inner panes in one day. The tenant pays back out of what is saved, and takes them along when moving.",
            es="Una cooperativa coloca paneles interiores en un día. El inquilino paga con lo que ahorra y se los lleva si se muda.",
        ),
        why=say(
            fr="Attendre le propriétaire, c’est chauffer la rue.",
            en="To wait for the landlord is to heat the street.",
            es="Esperar al dueño es calentar la calle.",
        ),
        for_whom=say(fr="Quatre cents logements.", en="Four hundred homes.", es="Cuatrocientas viviendas."),
        cost=320_000, answers=("heat",), supports=10,
        talk=(
            remark(
                "linda.nguyen", 430, side="for", marks=5,
                en="I fitted three in my flat for two hundred dollars. Nineteen degrees since.",
                fr="J’en ai posé trois chez moi pour deux cents dollars. Dix-neuf degrés depuis.",
                es="Puse tres en mi piso por doscientos dólares. Diecinueve grados desde entonces.",
            ),
            remark(
                "jean-guy.poulin", 410, side="against", marks=3,
                fr="On règle le problème du propriétaire avec l’argent du locataire. Et la loi, elle sert à quoi ?",
                en="The tenant’s money mends the landlord’s problem. What is the law for, then?",
                es="El dinero del inquilino arregla el problema del dueño. ¿Y la ley para qué está?",
            ),
        ),
    ),
    Proposal(
        "grit", "linda.nguyen", 34, MONTCALM,
        title=say(
            en="Grit instead of salt on forty quiet streets",
            fr="Du gravier au lieu du sel dans quarante rues calmes",
            es="Gravilla en vez de sal en cuarenta calles tranquilas",
        ),
        what=say(
            en="One winter’s trial, half the streets with grit, half with salt. Falls, trees and costs are counted on both sides and published in May.",
            fr="Un hiver d’essai, une moitié des rues au gravier, l’autre au sel. On compte chutes, arbres et coûts des deux côtés, et on publie en mai.",
            es="Un invierno de prueba: media calle con gravilla, media con sal. Se cuentan caídas, árboles y costes, y se publica en mayo.",
            stale=("es",),
        ),
        why=say(
            en="We argue about it every year without a single number.",
            fr="On en discute chaque année sans un seul chiffre.",
            es="Lo discutimos cada año sin una sola cifra.",
        ),
        for_whom=say(en="Everybody who walks, and the trees.", fr="Tous ceux qui marchent, et les arbres.", es="Quien camina, y los árboles."),
        cost=60_000, answers=("salt", "ice"), supports=8,
    ),
    Proposal(
        "text", "lea.bouchard", 29, LIMOILOU,
        title=say(
            fr="Un texto la veille : demain, on ne stationne pas ici",
            en="A text the evening before: no parking here tomorrow",
            es="Un mensaje la víspera: mañana no se aparca aquí",
        ),
        what=say(
            fr="La ville sait à dix-huit heures quelles rues seront faites la nuit. Qu’elle l’écrive à ceux qui le demandent, en français et en anglais.",
            en="At six the city knows which streets will be cleared that night. Let it write to those who ask, in French and in English.",
            es="A las seis la ciudad sabe qué calles se limpiarán esa noche. Que lo escriba a quien lo pida, en francés y en inglés.",
        ),
        why=say(
            fr="Une auto oubliée, et toute la rue attend deux jours.",
            en="One car forgotten, and the whole street waits two days.",
            es="Un coche olvidado y toda la calle espera dos días.",
        ),
        for_whom=say(fr="Automobilistes et piétons.", en="Drivers and walkers.", es="Conductores y peatones."),
        cost=35_000, answers=("ice", "stop"), supports=11,
        talk=(
            remark(
                "gilles.lavoie", 380, side="against", marks=3,
                fr="Et moi qui n’ai que le téléphone fixe ? Une lumière au coin, comme dans le temps.",
                en="And I, with only a landline? A light at the corner, as in the old days.",
                es="¿Y yo, que solo tengo teléfono fijo? Una luz en la esquina, como antes.",
            ),
        ),
    ),
    Proposal(
        "benches", "ahmed.benali", 6, SAINTE_FOY,
        title=say(
            fr="Trois abribus chauffés par l’eau des égouts",
            en="Three bus shelters warmed by the sewers",
            es="Tres marquesinas calentadas por las alcantarillas",
        ),
        what=say(
            fr="L’eau des égouts reste à douze degrés. Un échangeur suffit pour garder trois abribus sans glace.",
            en="Sewer water stays at twelve degrees. One exchanger is enough to keep three shelters free of ice.",
            es="El agua de las alcantarillas se mantiene a doce grados. Un intercambiador basta para tener tres marquesinas sin hielo.",
        ),
        why=say(
            fr="Cette chaleur est déjà payée, et on la jette au fleuve.",
            en="This heat is paid for already, and we throw it into the river.",
            es="Ese calor ya está pagado y lo tiramos al río.",
        ),
        for_whom=say(fr="Ceux qui attendent à Sainte-Foy.", en="Those who wait in Sainte-Foy.", es="Quienes esperan en Sainte-Foy."),
        cost=410_000, answers=("stop",), supports=4,
    ),
)  # fmt: skip

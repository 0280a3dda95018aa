"""Bilbao: the ideas of a year ago, each answered since."""

from tequio.discussions.demo import remark

from .bilbao_problems import OTXARKOAGA, REKALDE, SAN_FRANCISCO, SANTUTXU, TXURDINAGA, URETAMENDI, ZORROZA
from .content import Proposal, say

PROPOSALS = (
    Proposal(
        "shops", "fatima.haddad", 290, OTXARKOAGA,
        title=say(
            es="Persianas arriba: seis bajos para quien empieza",
            en="Shutters up: six ground floors for those who begin",
            fr="Rideaux levés : six rez-de-chaussée pour qui commence",
        ),
        what=say(
            es="El Ayuntamiento alquila seis bajos a sus dueños y los cede dos años: costura, zapatero, cocina, bicis. Se paga con horas para el barrio el primer año, y con renta baja el segundo.",
            en="The city rents six ground floors from their owners and lends them for two years: sewing, cobbler, kitchen, bicycles. The first year is paid in hours for the quarter, the second by a low rent.",
            fr="La ville loue six rez-de-chaussée à leurs propriétaires et les prête deux ans : couture, cordonnier, cuisine, vélos. La première année se paie en heures pour le quartier, la seconde par un petit loyer.",
        ),
        why=say(
            es="El local vacío ya cuesta: ensucia, oscurece y se cae.",
            en="An empty shop costs already: it soils, darkens and crumbles.",
            fr="Un local vide coûte déjà : il salit, assombrit et s’écroule.",
        ),
        for_whom=say(
            es="Quien quiere abrir y no tiene aval, y quien compra cerca.",
            en="Those who want to open and have no guarantor, and those who shop nearby.",
            fr="Qui veut ouvrir sans garant, et qui achète près de chez soi.",
        ),
        cost=164_000, answers=("shutters",), supports=18, others=("pilar.gomez", "rosa.fernandez"),
        talk=(
            remark(
                "jon.uriarte", 6700, side="against", marks=7,
                es="Con dinero público se le arregla el local al banco. Que primero paguen el recargo por tenerlo vacío.",
                en="With everybody’s money we mend the bank’s premises. Let it first pay the surcharge for leaving them empty.",
                fr="Avec l’argent de tous, on répare le local de la banque. Qu’elle paie d’abord la surtaxe.",
            ),
            remark(
                "pilar.gomez", 6650, side="for", marks=9,
                es="Yo coso los martes gratis para el colegio si me dejan poner la máquina junto a una ventana.",
                en="I will sew for the school on Tuesdays, free, if I may put my machine by a window.",
                fr="Je couds gratuitement pour l’école le mardi, si je peux poser ma machine près d’une fenêtre.",
            ),
            remark(
                "mamadou.sarr", 6500, side="for", marks=6,
                es="Un taller de bicis de reparto aquí ahorra bajar al centro cada semana.",
                en="A workshop for delivery bicycles here saves going downtown each week.",
                fr="Un atelier pour vélos de livraison ici évite de descendre au centre chaque semaine.",
            ),
        ),
    ),
    Proposal(
        "cool", "begona.arana", 286, REKALDE,
        title=say(
            es="Refugios de verano: bibliotecas abiertas en agosto",
            en="Summer shelters: libraries open in August",
            fr="Refuges d’été : des bibliothèques ouvertes en août",
        ),
        what=say(
            es="Cinco bibliotecas y dos iglesias abren de doce a nueve en julio y agosto. Agua, sombra, sillas, y alguien que llama a quien no viene.",
            en="Five libraries and two churches open from noon to nine in July and August. Water, shade, chairs, and somebody who rings those who do not come.",
            fr="Cinq bibliothèques et deux églises ouvrent de midi à vingt et une heures en juillet et août. De l’eau, de l’ombre, des chaises, et quelqu’un qui appelle les absents.",
        ),
        why=say(
            es="El fresco que ya pagamos está cerrado con llave.",
            en="The coolness we already pay for is under lock and key.",
            fr="La fraîcheur que nous payons déjà est fermée à clé.",
        ),
        for_whom=say(es="Mayores solos, bebés, estudiantes.", en="Old people alone, babies, students.", fr="Aînés seuls, bébés, étudiants."),
        cost=48_000, answers=("heat",), supports=16,
        talk=(
            remark(
                "leire.aguirre", 6600, side="for", marks=6,
                es="Trabajo en una biblioteca. Con dos personas más por turno se puede; sin ellas, no.",
                en="I work in a library. With two more people a shift it can be done; without them it cannot.",
                fr="Je travaille dans une bibliothèque. Avec deux personnes de plus par équipe, oui ; sans elles, non.",
            ),
            remark(
                "iker.zabala", 6550, side="against", marks=3,
                es="Poner sillas no arregla los tejados. Que no sirva de excusa.",
                en="Chairs do not mend roofs. Let this be no excuse.",
                fr="Des chaises ne réparent pas les toits. Que ce ne soit pas une excuse.",
            ),
        ),
    ),
    Proposal(
        "ramp", "rosa.fernandez", 284, OTXARKOAGA,
        title=say(
            es="Rampas mecánicas en las tres cuestas",
            en="Moving ramps on the three slopes",
            fr="Des rampes mécaniques dans les trois pentes",
        ),
        what=say(
            es="Tres tramos cubiertos, de la parada al centro de salud, de seis de la mañana a once de la noche.",
            en="Three covered stretches, from the bus stop to the health centre, from six in the morning to eleven at night.",
            fr="Trois tronçons couverts, de l’arrêt au centre de santé, de six heures à vingt-trois heures.",
        ),
        why=say(
            es="Otros barrios las tienen desde hace quince años.",
            en="Other quarters have had them for fifteen years.",
            fr="D’autres quartiers en ont depuis quinze ans.",
        ),
        for_whom=say(es="Dos mil personas de las casas altas.", en="Two thousand people of the upper blocks.", fr="Deux mille personnes des immeubles du haut."),
        cost=2_400_000, answers=("slope",), supports=19, others=("begona.arana",),
        talk=(
            remark(
                "asier.goni", 6400, side="against", marks=5,
                es="Se estropean cada mes. Un minibús gratuito da el mismo servicio y empieza mañana.",
                en="They break down every month. A free minibus does the same and starts tomorrow.",
                fr="Elles tombent en panne chaque mois. Un minibus gratuit rend le même service dès demain.",
            ),
        ),
    ),
    Proposal(
        "minibus", "asier.goni", 281, URETAMENDI,
        title=say(
            es="Un minibús que sube cada veinte minutos",
            en="A minibus that climbs every twenty minutes",
            fr="Un minibus qui monte toutes les vingt minutes",
        ),
        what=say(
            es="Eléctrico, de doce plazas, con sitio para dos carros. Sube de la parada a las casas altas y vuelve.",
            en="Electric, twelve seats, with room for two trolleys. It climbs from the bus stop to the upper blocks and back.",
            fr="Électrique, douze places, avec un coin pour deux caddies. Il monte de l’arrêt aux immeubles du haut, et revient.",
        ),
        why=say(es="Una rampa tarda cuatro años.", en="A ramp takes four years.", fr="Une rampe prend quatre ans."),
        for_whom=say(es="Uretamendi, Otxarkoaga y Santutxu.", en="Uretamendi, Otxarkoaga and Santutxu.", fr="Uretamendi, Otxarkoaga et Santutxu."),
        cost=210_000, answers=("slope",), supports=12,
    ),
    Proposal(
        "line", "jon.uriarte", 279, ZORROZA,
        title=say(
            es="Un autobús directo de Zorroza al hospital",
            en="A direct bus from Zorroza to the hospital",
            fr="Un autobus direct de Zorroza à l’hôpital",
        ),
        what=say(
            es="La línea del sur se alarga tres paradas, cuatro veces por la mañana y cuatro por la tarde.",
            en="The southern line is lengthened by three stops, four times each morning and four each afternoon.",
            fr="La ligne du sud est prolongée de trois arrêts, quatre fois le matin et quatre l’après-midi.",
        ),
        why=say(es="La consulta no espera al transbordo.", en="The doctor does not wait for the connection.", fr="La consultation n’attend pas la correspondance."),
        for_whom=say(es="Nueve mil vecinas y vecinos.", en="Nine thousand neighbours.", fr="Neuf mille voisins."),
        cost=330_000, answers=("bus",), supports=15,
        talk=(
            remark(
                "yolanda.prieto", 6300, side="for", marks=7,
                es="Limpio allí de noche. Hoy vuelvo en taxi compartido entre cinco.",
                en="I clean there at night. Today I come back in a taxi shared by five.",
                fr="J’y fais le ménage la nuit. Je rentre en taxi partagé à cinq.",
            ),
        ),
    ),
    Proposal(
        "basque", "unai.etxebarria", 276, TXURDINAGA,
        title=say(
            eu="Jolas-arratsaldeak euskaraz, astean birritan",
            es="Tardes de juego en euskera, dos por semana",
            en="Afternoons of play in Basque, twice a week",
            fr="Des après-midi de jeu en basque, deux par semaine",
        ),
        what=say(
            eu="Bi monitore, frontoia eta askaria elkarrekin.",
            es="Dos monitores, el frontón y merienda juntos.",
            en="Two leaders, the pelota court, and a snack together.",
            fr="Deux animateurs, le fronton, et un goûter ensemble.",
        ),
        why=say(eu="Hizkuntza bat jolasean ikasten da.", es="Una lengua se aprende jugando.", en="One learns a language at play.", fr="Une langue s’apprend en jouant."),
        for_whom=say(eu="Sei eta hamalau urte bitartekoak.", es="De seis a catorce años.", en="From six to fourteen.", fr="De six à quatorze ans."),
        cost=16_000, answers=("language",), supports=10,
    ),
    Proposal(
        "patio", "iker.zabala", 274, SAN_FRANCISCO,
        title=say(
            es="Abrir los patios de colegio por la tarde",
            en="Open school yards in the afternoon",
            fr="Ouvrir les cours d’école l’après-midi",
        ),
        what=say(
            es="Once patios abiertos hasta las ocho, con una persona del barrio contratada en cada uno.",
            en="Eleven yards open until eight, with one person of the quarter employed in each.",
            fr="Onze cours ouvertes jusqu’à vingt heures, avec une personne du quartier employée dans chacune.",
        ),
        why=say(es="Hay sombra, fuentes y canastas detrás de una verja.", en="There are shade, fountains and hoops behind a fence.", fr="Il y a de l’ombre, des fontaines et des paniers derrière une grille."),
        for_whom=say(es="Criaturas sin pueblo al que ir.", en="Children with no village to go to.", fr="Les enfants sans village où aller."),
        cost=92_000, answers=("heat",), supports=11,
    ),
    Proposal(
        "tourists", "leire.aguirre", 271, SANTUTXU,
        title=say(
            es="Un euro por noche de turista para los barrios altos",
            en="One euro a tourist night for the upper quarters",
            fr="Un euro par nuit de touriste pour les quartiers du haut",
        ),
        what=say(
            es="La tasa se guarda en una cuenta pública, y cada año se vota en qué cuesta se gasta.",
            en="The tax is kept in a public account, and each year there is a vote on which slope to spend it.",
            fr="La taxe va sur un compte public, et chaque année on vote pour quelle pente la dépenser.",
        ),
        why=say(es="Quien viene a ver la ciudad puede ayudar a subirla.", en="Who comes to see the city can help to climb it.", fr="Qui vient voir la ville peut aider à la monter."),
        for_whom=say(es="Los barrios que no salen en el plano.", en="Quarters that are not on the tourist map.", fr="Les quartiers absents du plan."),
        answers=("slope",), supports=8,
    ),
)  # fmt: skip

"""Mexico City: the ideas of the process about walking, waiting for their answers."""

from tequio.discussions.demo import remark

from .content import Proposal, say
from .mexico_problems import (
    ATLAPULCO,
    CABEZA,
    COYOACAN_CENTRE,
    CULHUACAN,
    DOCTORES,
    GUERRERO,
    SANTO_DOMINGO,
    TEOTONGO,
)

PROPOSALS = (
    Proposal(
        "trees", "marta.rios", 92, CABEZA,
        title=say(
            es="Mil árboles con nombre en los caminos al mercado",
            en="A thousand trees with names on the ways to market",
            fr="Mille arbres avec un nom sur les chemins du marché",
        ),
        what=say(
            es="Se plantan jacarandas, fresnos y tepozanes cada ocho metros en cuarenta calles. Cada árbol tiene una familia que lo riega dos años y un letrero con su nombre.",
            en="Jacarandas, ashes and tepozanes are planted every eight metres on forty streets. Each tree has a family that waters it for two years, and a sign with its name.",
            fr="On plante jacarandas, frênes et tepozanes tous les huit mètres dans quarante rues. Chaque arbre a une famille qui l’arrose deux ans, et une plaque avec son nom.",
        ),
        why=say(
            es="Un árbol sin dueño se seca el primer mayo.",
            en="A tree that belongs to nobody dries up in its first May.",
            fr="Un arbre sans maître sèche au premier mois de mai.",
        ),
        for_whom=say(
            es="Quien camina a mediodía en Iztapalapa.",
            en="Whoever walks at noon in Iztapalapa.",
            fr="Qui marche à midi à Iztapalapa.",
        ),
        cost=6_500_000, answers=("shade",), supports=22, others=("ximena.galvan", "norma.tellez"),
        talk=(
            remark(
                "norma.tellez", 2000, side="for", marks=10,
                es="Mi cuadra ya escogió: tepozán, porque aguanta. Se va a llamar Doña Chole.",
                en="My street has chosen already: a tepozán, because it is tough. It will be called Doña Chole.",
                fr="Ma rue a déjà choisi : un tepozán, parce qu’il est solide. Il s’appellera Doña Chole.",
            ),
            remark(
                "ramiro.pineda", 1960, side="against", marks=7,
                es="Si lo plantan a media banqueta, yo no paso. Pidan un metro ochenta libre por escrito.",
                en="If you plant it in the middle of the pavement, I cannot pass. Ask for one metre eighty clear, in writing.",
                fr="Si on le plante au milieu du trottoir, je ne passe pas. Demandez un mètre quatre-vingts libre, par écrit.",
            ),
            remark(
                "fermin.aguilar", 1900, side="for", marks=6,
                es="En la chinampa podemos criar los mil. Nueve pesos cada uno, más el flete.",
                en="On the chinampa we can raise the thousand. Nine pesos each, plus carriage.",
                fr="À la chinampa, nous pouvons élever les mille. Neuf pesos chacun, plus le transport.",
            ),
            remark(
                "diego.flores", 1700, side="against", marks=3,
                es="¿Con qué agua? Aquí llega dos veces por semana.",
                en="With what water? Here it comes twice a week.",
                fr="Avec quelle eau ? Ici, elle arrive deux fois par semaine.",
            ),
        ),
    ),
    Proposal(
        "seconds", "alma.cruz", 90, SANTO_DOMINGO,
        title=say(
            es="Veinticinco segundos verdes frente a cada primaria",
            en="Twenty-five green seconds in front of every primary school",
            fr="Vingt-cinq secondes de vert devant chaque école primaire",
        ),
        what=say(
            es="Se cambia el programa de doscientos semáforos a la entrada y a la salida. No se compra nada.",
            en="The timing of two hundred lights is changed for the start and end of school. Nothing is bought.",
            fr="On change le réglage de deux cents feux à l’entrée et à la sortie. On n’achète rien.",
        ),
        why=say(
            es="Es lo más barato que se ha propuesto en esta ciudad.",
            en="It is the cheapest thing ever proposed in this city.",
            fr="C’est la chose la moins chère qu’on ait proposée dans cette ville.",
        ),
        for_whom=say(es="Niñas, niños y abuelas.", en="Children and grandmothers.", fr="Les enfants et les grands-mères."),
        cost=180_000, answers=("crossing",), supports=20,
        talk=(
            remark(
                "antonio.rangel", 1800, side="against", marks=5,
                es="Manejo el 57. Con veinticinco segundos más en cada escuela pierdo una vuelta al día, y la vuelta es mi sueldo.",
                en="I drive the 57. With twenty-five more seconds at each school I lose one round a day, and the round is my wage.",
                fr="Je conduis le 57. Avec vingt-cinq secondes de plus à chaque école, je perds un tour par jour, et le tour est mon salaire.",
            ),
            remark(
                "alma.cruz", 1780, side="for", marks=9,
                es="Son veinte minutos al entrar y veinte al salir, Toño. Lo demás del día queda igual.",
                en="It is twenty minutes in the morning and twenty at noon, Toño. The rest of the day stays as it is.",
                fr="C’est vingt minutes à l’entrée et vingt à la sortie, Toño. Le reste du jour ne change pas.",
            ),
        ),
    ),
    Proposal(
        "stairs", "ximena.galvan", 88, TEOTONGO,
        title=say(
            es="Luz solar en las escalinatas, cuidada por las prepas",
            en="Solar light on the stairways, kept by the schools",
            fr="Lumière solaire dans les escaliers, tenue par les lycées",
        ),
        what=say(
            es="Noventa lámparas con panel en seis lomas. Cada prepa tiene un equipo que aprende a cambiarlas y cobra por hacerlo.",
            en="Ninety lamps with panels on six hills. Each school has a team that learns to mend them and is paid for it.",
            fr="Quatre-vingt-dix lampes à panneau sur six collines. Chaque lycée a une équipe qui apprend à les changer, et qui est payée.",
        ),
        why=say(
            es="La luz que nadie arregla dura tres meses.",
            en="A light that nobody mends lasts three months.",
            fr="Une lumière que personne ne répare dure trois mois.",
        ),
        for_whom=say(es="Las que bajamos a las seis.", en="Those of us who walk down at six.", fr="Celles qui descendent à six heures."),
        cost=2_900_000, answers=("dark",), supports=18, others=("diego.flores",),
        talk=(
            remark(
                "paloma.ibarra", 1600, side="for", marks=7,
                es="Pónganlas bajas y cálidas. La luz blanca de arriba ciega y no deja ver caras.",
                en="Put them low and warm. White light from above dazzles and hides faces.",
                fr="Mettez-les basses et chaudes. La lumière blanche d’en haut éblouit et cache les visages.",
            ),
        ),
    ),
    Proposal(
        "width", "ramiro.pineda", 87, DOCTORES,
        title=say(
            es="Un metro ochenta libre: medir, pintar y cumplir",
            en="One metre eighty clear: measure it, paint it, keep it",
            fr="Un mètre quatre-vingts libre : mesurer, peindre, tenir",
        ),
        what=say(
            es="Se pinta una línea en la banqueta de cien cuadras. De la línea hacia el muro no va nada: ni puesto, ni moto, ni anuncio.",
            en="A line is painted on the pavement of a hundred blocks. Between the line and the wall nothing stands: no stall, no motorbike, no sign.",
            fr="On peint une ligne sur le trottoir de cent rues. De la ligne au mur, rien : ni étal, ni moto, ni panneau.",
        ),
        why=say(
            es="Con la línea ya no se discute: se ve.",
            en="With the line there is nothing to argue: one sees it.",
            fr="Avec la ligne, on ne discute plus : on voit.",
        ),
        for_whom=say(es="Quien rueda y quien empuja.", en="Those who roll and those who push.", fr="Qui roule et qui pousse."),
        cost=750_000, answers=("pavement",), supports=14,
        talk=(
            remark(
                "gabriela.sosa", 1500, side="against", marks=8,
                es="Vendo tamales en esa banqueta desde hace treinta años. Pinten la línea conmigo, no contra mí.",
                en="I have sold tamales on that pavement for thirty years. Paint the line with me, not against me.",
                fr="Je vends des tamales sur ce trottoir depuis trente ans. Peignez la ligne avec moi, pas contre moi.",
            ),
            remark(
                "ramiro.pineda", 1490, side="for", marks=8,
                es="Doña Gaby tiene razón: primero se mide con los puestos, y se acomoda. Yo desayuno ahí.",
                en="Doña Gaby is right: first we measure with the stalls, and make room. I have my breakfast there.",
                fr="Doña Gaby a raison : on mesure d’abord avec les étals, et on s’arrange. J’y prends mon petit déjeuner.",
            ),
        ),
    ),
    Proposal(
        "benches", "norma.tellez", 80, GUERRERO,
        title=say(
            es="Una banca cada doscientos pasos, hecha en la colonia",
            en="A bench every two hundred steps, made in the neighbourhood",
            fr="Un banc tous les deux cents pas, fait dans le quartier",
        ),
        what=say(
            es="Carpinteros de la Guerrero hacen ciento veinte bancas con respaldo y brazos. El lugar lo escoge quien vive enfrente.",
            en="Carpenters of Guerrero make a hundred and twenty benches with backs and arms. Those who live opposite choose the spot.",
            fr="Des menuisiers de Guerrero font cent vingt bancs avec dossier et accoudoirs. Qui vit en face choisit l’endroit.",
        ),
        why=say(es="Sentarse no es delito.", en="To sit is no crime.", fr="S’asseoir n’est pas un délit."),
        for_whom=say(es="Rodillas viejas y platicadores.", en="Old knees and talkers.", fr="Vieux genoux et bavards."),
        cost=960_000, answers=("sit",), supports=12,
    ),
    Proposal(
        "bridge", "fermin.aguilar", 79, ATLAPULCO,
        title=say(
            es="Rehacer el puente del canal con madera y tequio",
            en="Rebuild the canal bridge with timber and tequio",
            fr="Refaire la passerelle avec du bois et du tequio",
        ),
        what=say(
            es="La alcaldía pone madera tratada y un ingeniero. El pueblo pone tres domingos de tequio.",
            en="The borough gives treated timber and an engineer. The village gives three Sundays of tequio, shared work.",
            fr="La mairie donne du bois traité et un ingénieur. Le village donne trois dimanches de tequio, le travail commun.",
        ),
        why=say(
            es="Lo hicimos en 1987 y duró treinta años.",
            en="We did it in 1987 and it lasted thirty years.",
            fr="Nous l’avons fait en 1987 et il a tenu trente ans.",
        ),
        for_whom=say(es="Chinamperos y escuelas.", en="Growers and schools.", fr="Cultivateurs et écoles."),
        cost=310_000, answers=("canal",), supports=11,
    ),
    Proposal(
        "awnings", "gabriela.sosa", 77, DOCTORES,
        title=say(
            es="Toldos del mercado que también dan sombra a la fila",
            en="Market awnings that shade the queue as well",
            fr="Des auvents de marché qui abritent aussi la file",
        ),
        what=say(
            es="Los puestos cambiamos el plástico azul por manta clara y la estiramos sobre la banqueta. La ciudad paga la manta.",
            en="We stallholders change blue plastic for light canvas and stretch it over the pavement. The city pays for the canvas.",
            fr="Nous remplaçons le plastique bleu par une toile claire, tendue sur le trottoir. La ville paie la toile.",
        ),
        why=say(es="El plástico cuece. La manta respira.", en="Plastic cooks you. Canvas breathes.", fr="Le plastique cuit. La toile respire."),
        for_whom=say(es="Clientela, marchantas y perros.", en="Customers, sellers and dogs.", fr="Clients, marchandes et chiens."),
        cost=420_000, answers=("shade",), supports=9,
    ),
    Proposal(
        "walkers", "paloma.ibarra", 75, CULHUACAN,
        title=say(
            es="Camión a pie: ir a la escuela en fila, con dos adultos",
            en="A bus on foot: to school in a line, with two grown-ups",
            fr="Un autobus à pied : à l’école en file, avec deux adultes",
        ),
        what=say(
            es="Rutas con horario y paradas pintadas. Las mamás se turnan y la policía de barrio abre el cruce.",
            en="Routes with times and painted stops. Mothers take turns, and the neighbourhood police open the crossing.",
            fr="Des lignes avec horaires et arrêts peints. Les mères se relaient, et la police de quartier ouvre le passage.",
        ),
        why=say(es="Solos tienen miedo. En fila, cantan.", en="Alone they are afraid. In a line they sing.", fr="Seuls, ils ont peur. En file, ils chantent."),
        for_whom=say(es="Niñez de seis a doce años.", en="Children from six to twelve.", fr="Les enfants de six à douze ans."),
        cost=95_000, answers=("crossing", "dark"), supports=9,
    ),
    Proposal(
        "toilets", "norma.tellez", 73, COYOACAN_CENTRE,
        title=say(
            es="Baños públicos limpios cada kilómetro",
            en="Clean public toilets every kilometre",
            fr="Des toilettes publiques propres à chaque kilomètre",
        ),
        what=say(
            es="Mercados y bibliotecas abren los suyos, y la ciudad les paga la limpieza.",
            en="Markets and libraries open theirs, and the city pays them for the cleaning.",
            fr="Marchés et bibliothèques ouvrent les leurs, et la ville leur paie le ménage.",
        ),
        why=say(es="Sin baño no se camina lejos.", en="Without a toilet one does not walk far.", fr="Sans toilettes, on ne marche pas loin."),
        for_whom=say(es="Todas.", en="Everybody.", fr="Tout le monde."),
        cost=3_300_000, answers=("sit",), supports=8,
    ),
    Proposal(
        "sunday", "diego.flores", 71, CULHUACAN,
        title=say(
            es="Domingos sin coches también en Iztapalapa",
            en="Sundays without cars in Iztapalapa too",
            fr="Des dimanches sans voitures à Iztapalapa aussi",
        ),
        what=say(
            es="Doce kilómetros abiertos de ocho a dos, con préstamo de bicis y patines.",
            en="Twelve kilometres open from eight to two, with bicycles and skates to borrow.",
            fr="Douze kilomètres ouverts de huit à quatorze heures, avec prêt de vélos et de patins.",
            machine=("en", "fr"),
        ),
        why=say(
            es="El paseo del centro queda a hora y media de aquí.",
            en="The one downtown is an hour and a half away from here.",
            fr="Celui du centre est à une heure et demie d’ici.",
        ),
        for_whom=say(es="Familias del oriente.", en="Families of the east.", fr="Les familles de l’est."),
        cost=2_100_000, answers=("pavement",), supports=10,
    ),
    Proposal(
        "map", "alma.cruz", 69, SANTO_DOMINGO,
        title=say(es="Un mapa de banquetas hecho por las secundarias", en="A map of pavements made by schools", fr="Une carte des trottoirs faite par les collèges"),
        what=say(
            es="Cada grupo mide su colonia con cinta y celular: ancho, rampas, hoyos, sombra.",
            en="Each class measures its neighbourhood with tape and phone: width, ramps, holes, shade.",
            fr="Chaque classe mesure son quartier au mètre et au téléphone : largeur, rampes, trous, ombre.",
        ),
        why=say(es="Lo que no se mide se promete.", en="What is not measured gets promised.", fr="Ce qu’on ne mesure pas, on le promet."),
        for_whom=say(es="Quien decide dónde se arregla primero.", en="Those who decide what is mended first.", fr="Qui décide où réparer d’abord."),
        cost=60_000, answers=("pavement",), supports=6,
    ),
)  # fmt: skip

"""Québec: what winter takes away, quarter by quarter."""

from tequio.ideas.proposals.enums import HowOften

from .content import Too, Trouble, say, spot

CITY, DISTRICT = "CA-QC-quebec", "CA-QC-limoilou"
LIMOILOU = spot("Limoilou", "46.8330", "-71.2260", DISTRICT)
MAIZERETS = spot("Maizerets", "46.8400", "-71.2110", DISTRICT)
SAINT_ROCH = spot("Saint-Roch", "46.8140", "-71.2240", CITY)
SAINT_SAUVEUR = spot("Saint-Sauveur", "46.8120", "-71.2400", CITY)
MONTCALM = spot("Montcalm", "46.8010", "-71.2270", CITY)
BEAUPORT = spot("Beauport", "46.8600", "-71.1900", CITY)
SAINTE_FOY = spot("Sainte-Foy", "46.7720", "-71.2890", CITY)
VANIER = spot("Vanier", "46.8210", "-71.2640", CITY)

TROUBLES = (
    Trouble(
        "ice", "gilles.lavoie", 46, LIMOILOU, HowOften.WEEKLY,
        title=say(
            fr="Deux coins de rue glacés et je ne sors plus",
            en="Two icy corners and I no longer go out",
            es="Dos esquinas con hielo y ya no salgo",
        ),
        what=say(
            fr="La rue est dégagée, mais la charrue laisse un banc de neige à chaque coin. À soixante-quatorze ans, je ne l’enjambe pas. Je reste au troisième, à regarder passer les autos.",
            en="The street is clear, but the plough leaves a bank of snow at each corner. At seventy-four I do not step over it. I stay on the third floor and watch the cars go by.",
            es="La calle está despejada, pero la quitanieves deja un montón en cada esquina. A los setenta y cuatro años no lo salto. Me quedo en el tercero viendo pasar los coches.",
        ),
        who=say(
            fr="Aînés, parents avec poussette, gens en fauteuil ou en béquilles.",
            en="Old people, parents with prams, people in wheelchairs or on crutches.",
            es="Mayores, familias con cochecito, gente en silla de ruedas o con muletas.",
        ),
        evidence=say(
            fr="La clinique du quartier a compté cent douze chutes l’hiver dernier, dont quatre-vingts à un coin de rue.",
            en="The quarter’s clinic counted a hundred and twelve falls last winter, eighty of them at a corner.",
            es="La clínica del barrio contó ciento doce caídas el invierno pasado, ochenta de ellas en una esquina.",
        ),
        too=(
            Too("elise.cloutier", SAINT_SAUVEUR, 40, {
                "fr": "Avec la poussette double, je marche dans la rue, le dos aux autos.",
                "en": "With the double pram I walk in the road, my back to the cars.",
                "es": "Con el cochecito doble camino por la calzada, de espaldas a los coches.",
            }),
            Too("jean-guy.poulin", BEAUPORT, 38, {
                "fr": "Fracture du poignet le 9 février, coin Seigneuriale. Sept semaines sans travailler.",
                "en": "Broken wrist on the ninth of February, corner of Seigneuriale. Seven weeks without work.",
                "es": "Muñeca rota el 9 de febrero, esquina de Seigneuriale. Siete semanas sin trabajar.",
            }),
            Too("linda.nguyen", SAINTE_FOY, 31, {
                "en": "My father stopped going to his card evenings. That is how it starts.",
                "fr": "Mon père ne va plus à ses soirées de cartes. C’est comme ça que ça commence.",
            }),
            Too("lea.bouchard", LIMOILOU, 30),
        ),
        around=(LIMOILOU, MAIZERETS, SAINT_SAUVEUR, BEAUPORT, SAINTE_FOY, VANIER), more=15,
    ),
    Trouble(
        "stop", "thomas.pelletier", 44, VANIER, HowOften.DAILY,
        title=say(
            fr="L’arrêt d’autobus est derrière un mur de neige",
            en="The bus stop is behind a wall of snow",
            es="La parada está detrás de un muro de nieve",
        ),
        what=say(
            fr="Le chauffeur ouvre, mais il n’y a nulle part où descendre. On saute, ou on continue jusqu’au prochain.",
            en="The driver opens the door, but there is nowhere to step down. You jump, or ride on to the next one.",
            es="El conductor abre, pero no hay dónde bajar. Se salta, o se sigue hasta la próxima.",
        ),
        who=say(
            fr="Ceux qui n’ont pas d’auto : étudiants, préposées, aînés.",
            en="Those without a car: students, care workers, old people.",
            es="Quienes no tienen coche: estudiantes, cuidadoras, mayores.",
        ),
        evidence=say(
            fr="Quatorze arrêts photographiés entre Vanier et Limoilou, le 3 février, à sept heures.",
            en="Fourteen stops photographed between Vanier and Limoilou on the third of February at seven.",
            es="Catorce paradas fotografiadas entre Vanier y Limoilou el 3 de febrero a las siete.",
        ),
        too=(
            Too("ahmed.benali", SAINTE_FOY, 39, {
                "fr": "Je finis à minuit. À cette heure-là, personne ne voit qu’on attend sur la chaussée.",
                "en": "I finish at midnight. At that hour nobody sees that we wait on the roadway.",
                "es": "Salgo a medianoche. A esa hora nadie ve que esperamos en la calzada.",
            }),
        ),
        around=(VANIER, SAINTE_FOY, LIMOILOU), more=9,
    ),
    Trouble(
        "alone", "elise.cloutier", 41, SAINT_SAUVEUR, HowOften.ALWAYS,
        title=say(
            fr="De décembre à mars, on ne se voit plus",
            en="From December to March we no longer see one another",
            es="De diciembre a marzo ya no nos vemos",
        ),
        what=say(
            fr="L’été, la ruelle est pleine d’enfants. L’hiver, elle est fermée par la neige, et chacun reste chez soi.",
            en="In summer the lane is full of children. In winter snow closes it, and each stays at home.",
            es="En verano el callejón está lleno de niños. En invierno lo cierra la nieve y cada cual se queda en casa.",
        ),
        who=say(
            fr="Les gens qui vivent seuls, et les enfants des logements sans cour.",
            en="People who live alone, and children in homes without a yard.",
            es="La gente que vive sola y los niños de casas sin patio.",
        ),
        evidence=say(
            fr="Au club de l’âge d’or, cinquante-deux inscrits en octobre, dix-neuf en février.",
            en="At the old people’s club: fifty-two in October, nineteen in February.",
            es="En el club de mayores: cincuenta y dos en octubre, diecinueve en febrero.",
        ),
        too=(
            Too("gilles.lavoie", LIMOILOU, 33, {
                "fr": "Le dépanneur est mon seul bonjour de la semaine.",
                "en": "The corner shop is my only good morning of the week.",
                "es": "La tienda de la esquina es mi único buenos días de la semana.",
            }),
        ),
        around=(SAINT_SAUVEUR, SAINT_ROCH, LIMOILOU), more=6,
    ),
    Trouble(
        "heat", "ahmed.benali", 37, SAINT_ROCH, HowOften.DAILY,
        title=say(
            fr="Il fait quatorze degrés dans mon salon",
            en="It is fourteen degrees in my living room",
            es="Hay catorce grados en mi sala",
        ),
        what=say(
            fr="Les fenêtres datent de 1968. Le propriétaire dit que ce sera pour l’an prochain, depuis quatre ans.",
            en="The windows are from 1968. The landlord has said next year for four years.",
            es="Las ventanas son de 1968. El dueño dice que el año que viene, desde hace cuatro.",
        ),
        who=say(fr="Locataires des vieux immeubles.", en="Tenants of old buildings.", es="Inquilinos de edificios viejos."),
        evidence=say(
            fr="Relevés du thermomètre, quinze jours de suite, et la facture.",
            en="Thermometer readings, fifteen days in a row, and the bill.",
            es="Lecturas del termómetro, quince días seguidos, y la factura.",
            machine=("es",),
        ),
        around=(SAINT_ROCH, SAINT_SAUVEUR, LIMOILOU), more=5,
    ),
    Trouble(
        "salt", "linda.nguyen", 35, MONTCALM, HowOften.WEEKLY,
        title=say(
            en="Salt is killing the trees on our street",
            fr="Le sel tue les arbres de notre rue",
            es="La sal mata los árboles de nuestra calle",
        ),
        what=say(
            en="Six maples planted in 2014, two left. The meltwater runs straight into their roots.",
            fr="Six érables plantés en 2014, il en reste deux. L’eau de fonte va droit dans les racines.",
            es="Seis arces plantados en 2014; quedan dos. El agua del deshielo va directa a las raíces.",
        ),
        who=say(
            en="Trees, dogs, boots, and the river in April.",
            fr="Les arbres, les chiens, les bottes, et la rivière en avril.",
            es="Los árboles, los perros, las botas y el río en abril.",
        ),
        evidence=say(
            en="A soil test we paid for ourselves: four times what a maple bears.",
            fr="Une analyse de sol payée par nous : quatre fois ce qu’un érable supporte.",
            es="Un análisis del suelo que pagamos nosotros: cuatro veces lo que aguanta un arce.",
        ),
        around=(MONTCALM, SAINTE_FOY), more=3,
    ),
)  # fmt: skip

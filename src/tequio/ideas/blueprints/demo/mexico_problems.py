"""Mexico City: what it is to walk there, told in six places."""

from tequio.ideas.proposals.enums import HowOften

from .content import Too, Trouble, say, spot

CITY, IZTAPALAPA, COYOACAN = "MX-CMX", "MX-CMX-iztapalapa", "MX-CMX-coyoacan"
XOCHIMILCO, CUAUHTEMOC = "MX-CMX-xochimilco", "MX-CMX-cuauhtemoc"
CABEZA = spot("Cabeza de Juárez", "19.3790", "-99.0500", IZTAPALAPA)
TEOTONGO = spot("San Miguel Teotongo", "19.3390", "-98.9880", IZTAPALAPA)
CULHUACAN = spot("Culhuacán", "19.3380", "-99.1090", IZTAPALAPA)
SANTO_DOMINGO = spot("Pedregal de Santo Domingo", "19.3290", "-99.1690", COYOACAN)
COYOACAN_CENTRE = spot("Centro de Coyoacán", "19.3500", "-99.1620", COYOACAN)
ATLAPULCO = spot("San Gregorio Atlapulco", "19.2540", "-99.0590", XOCHIMILCO)
DOCTORES = spot("Doctores", "19.4190", "-99.1440", CUAUHTEMOC)
GUERRERO = spot("Guerrero", "19.4430", "-99.1450", CUAUHTEMOC)

TROUBLES = (
    Trouble(
        "shade", "marta.rios", 118, CABEZA, HowOften.DAILY,
        title=say(
            es="Doce cuadras al mercado y ni una sombra",
            en="Twelve blocks to the market and no shade at all",
            fr="Douze rues jusqu’au marché et pas une ombre",
        ),
        what=say(
            es="A mediodía el pavimento quema. Las señoras grandes vamos de poste en poste, porque es la única sombra que hay.",
            en="At noon the pavement burns. We old ladies go from lamp post to lamp post, because that is all the shade there is.",
            fr="À midi, le trottoir brûle. Nous, les vieilles dames, allons de poteau en poteau : c’est la seule ombre qu’il y a.",
        ),
        who=say(
            es="Mayores, embarazadas, niñas y niños que salen a la una.",
            en="Old people, pregnant women, children who leave school at one.",
            fr="Personnes âgées, femmes enceintes, enfants qui sortent à une heure.",
        ),
        evidence=say(
            es="Termómetro de la escuela en abril: cuarenta y seis grados sobre el asfalto, treinta y uno bajo el pirul.",
            en="The school’s thermometer in April: forty-six degrees on the asphalt, thirty-one under the pepper tree.",
            fr="Thermomètre de l’école en avril : quarante-six degrés sur l’asphalte, trente et un sous le poivrier.",
        ),
        too=(
            Too("ximena.galvan", TEOTONGO, 110, {
                "es": "Aquí talaron los fresnos para poner cámaras. Ya nos ven asolearnos.",
                "en": "Here they felled the ash trees to put up cameras. Now they can watch us in the sun.",
                "fr": "Ici, on a abattu les frênes pour poser des caméras. Elles nous regardent au soleil.",
            }),
            Too("norma.tellez", DOCTORES, 104, {
                "es": "En la fila del hospital nos turnamos la sombra de un camión de refrescos.",
                "en": "In the hospital’s queue we take turns in the shade of a soft-drinks lorry.",
                "fr": "Dans la file de l’hôpital, on se relaie à l’ombre d’un camion de boissons.",
            }),
            Too("diego.flores", CULHUACAN, 100),
        ),
        around=(CABEZA, TEOTONGO, CULHUACAN, DOCTORES, SANTO_DOMINGO), more=18,
    ),
    Trouble(
        "pavement", "ramiro.pineda", 116, DOCTORES, HowOften.ALWAYS,
        title=say(
            es="La banqueta se acaba y empieza el arroyo",
            en="The pavement ends and the traffic begins",
            fr="Le trottoir s’arrête et la chaussée commence",
        ),
        what=say(
            es="Puestos, coches y raíces se la comen. En silla de ruedas bajo al arroyo once veces entre mi casa y el metro.",
            en="Stalls, cars and roots eat it up. In my wheelchair I go down into the traffic eleven times between home and the metro.",
            fr="Étals, voitures et racines le mangent. En fauteuil, je descends onze fois sur la chaussée entre chez moi et le métro.",
        ),
        who=say(
            es="Quien va en silla, con bastón, con carriola o con diablito.",
            en="Whoever goes by wheelchair, stick, pram or hand cart.",
            fr="Qui va en fauteuil, avec une canne, une poussette ou un diable.",
        ),
        evidence=say(
            es="Video de quince minutos, con la cámara a la altura de mis rodillas.",
            en="A video of fifteen minutes, with the camera at the height of my knees.",
            fr="Une vidéo de quinze minutes, la caméra à hauteur de mes genoux.",
        ),
        too=(
            Too("alma.cruz", SANTO_DOMINGO, 108, {
                "es": "En Santo Domingo la banqueta mide dos palmos. Mi niño camina detrás de mí, no a mi lado.",
                "en": "In Santo Domingo the pavement is two hands wide. My boy walks behind me, not beside me.",
                "fr": "À Santo Domingo, le trottoir fait deux paumes. Mon fils marche derrière moi, pas à côté.",
            }),
            Too("fermin.aguilar", ATLAPULCO, 97, {"es": "Acá ni banqueta hay: orilla de zanja."}),
        ),
        around=(DOCTORES, GUERRERO, SANTO_DOMINGO, COYOACAN_CENTRE), more=13,
    ),
    Trouble(
        "dark", "ximena.galvan", 112, TEOTONGO, HowOften.DAILY,
        title=say(
            es="A las seis de la mañana voy a la prepa a oscuras",
            en="At six in the morning I walk to school in the dark",
            fr="À six heures du matin, je vais au lycée dans le noir",
        ),
        what=say(
            es="Bajamos la loma en grupo, con la luz del celular. Las lámparas se prenden donde pasan los coches, no donde pasamos nosotras.",
            en="We walk down the hill in a group, by the light of a phone. The lamps shine where cars pass, not where we do.",
            fr="Nous descendons la colline en groupe, à la lumière d’un téléphone. Les lampes éclairent les voitures, pas nous.",
        ),
        who=say(es="Estudiantes y obreras del primer turno.", en="Students and women of the first shift.", fr="Étudiantes et ouvrières de la première équipe."),
        evidence=say(
            es="De cuarenta y cuatro lámparas en las escalinatas, prendieron nueve el lunes.",
            en="Of forty-four lamps on the stairways, nine were lit on Monday.",
            fr="Sur quarante-quatre lampes dans les escaliers, neuf étaient allumées lundi.",
        ),
        too=(
            Too("paloma.ibarra", GUERRERO, 103, {
                "es": "En la Guerrero cambio de banqueta según el foco que sirve esa semana.",
                "en": "In Guerrero I change sides according to which bulb works that week.",
                "fr": "À Guerrero, je change de trottoir selon l’ampoule qui marche cette semaine.",
            }),
        ),
        around=(TEOTONGO, CABEZA, GUERRERO), more=10,
    ),
    Trouble(
        "crossing", "alma.cruz", 109, SANTO_DOMINGO, HowOften.DAILY,
        title=say(
            es="El semáforo da nueve segundos para seis carriles",
            en="The light gives nine seconds for six lanes",
            fr="Le feu donne neuf secondes pour six voies",
        ),
        what=say(
            es="Frente a la primaria cruzamos corriendo, con mochila y de la mano. La abuela espera el siguiente, y luego el otro.",
            en="In front of the school we cross at a run, with satchels, hand in hand. The grandmother waits for the next one, and the next.",
            fr="Devant l’école, nous traversons en courant, cartable au dos, main dans la main. La grand-mère attend le suivant, puis l’autre.",
        ),
        who=say(es="Setecientas familias de la primaria.", en="Seven hundred families of the school.", fr="Sept cents familles de l’école."),
        evidence=say(
            es="Lo cronometramos con el grupo de quinto: nueve segundos, veinte veces.",
            en="We timed it with the fifth form: nine seconds, twenty times.",
            fr="Nous l’avons chronométré avec les CM2 : neuf secondes, vingt fois.",
            machine=("fr",),
        ),
        around=(SANTO_DOMINGO, COYOACAN_CENTRE, CULHUACAN), more=7,
    ),
    Trouble(
        "canal", "fermin.aguilar", 101, ATLAPULCO, HowOften.SOMETIMES,
        title=say(
            es="El puente peatonal del canal se cae a pedazos",
            en="The footbridge over the canal is falling apart",
            fr="La passerelle du canal tombe en morceaux",
        ),
        what=say(
            es="Faltan tablas y el barandal es un mecate. Los niños lo cruzan para ir a la chinampa de su abuelo.",
            en="Planks are missing and the rail is a rope. Children cross it to reach their grandfather’s chinampa.",
            fr="Il manque des planches et la rampe est une corde. Les enfants y passent pour aller à la chinampa du grand-père.",
        ),
        who=say(es="Chinamperos y sus familias.", en="Growers of the chinampas and their families.", fr="Les cultivateurs des chinampas et leurs familles."),
        evidence=say(es="Dos caídas al agua en agosto. Las anotamos en el cuaderno del comité."),
        around=(ATLAPULCO,), more=3,
    ),
    Trouble(
        "sit", "norma.tellez", 96, GUERRERO, HowOften.DAILY,
        title=say(
            es="Quitaron las bancas para que nadie se quede",
            en="They took the benches away so that nobody stays",
            fr="On a enlevé les bancs pour que personne ne reste",
        ),
        what=say(
            es="Entre el metro y mi puerta no hay dónde sentarse. Con la rodilla mala, salgo menos cada mes.",
            en="Between the metro and my door there is nowhere to sit. With my bad knee I go out less every month.",
            fr="Entre le métro et ma porte, aucun endroit où s’asseoir. Avec mon genou, je sors moins chaque mois.",
        ),
        who=say(es="Quien camina despacio.", en="Whoever walks slowly.", fr="Qui marche lentement."),
        evidence=say(
            es="Foto de la plaza en 2015: catorce bancas. Hoy: cero.",
            en="Photo of the square in 2015: fourteen benches. Today: none.",
            fr="Photo de la place en 2015 : quatorze bancs. Aujourd’hui : zéro.",
        ),
        around=(GUERRERO, DOCTORES, COYOACAN_CENTRE), more=6,
    ),
)  # fmt: skip

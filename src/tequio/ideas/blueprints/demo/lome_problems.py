"""Lomé: what keeps young people from learning and working, as its quarters tell it."""

from tequio.ideas.proposals.enums import HowOften

from .content import Too, Trouble, say, spot

LOME, BE_DISTRICT = "TG-M-lome", "TG-M-be"
BE = spot("Bè", "6.1375", "1.2475", BE_DISTRICT)
BE_KPOTA = spot("Bè-Kpota", "6.1480", "1.2640", BE_DISTRICT)
AKODESSEWA = spot("Akodésséwa", "6.1440", "1.2720", BE_DISTRICT)
ADIDOGOME = spot("Adidogomé", "6.1840", "1.1620", LOME)
AGOE = spot("Agoè", "6.2200", "1.2080", LOME)
TOKOIN = spot("Tokoin", "6.1510", "1.2210", LOME)
NYEKONAKPOE = spot("Nyékonakpoè", "6.1290", "1.2100", LOME)
ASSIGAME = spot("Grand Marché (Assigamé)", "6.1265", "1.2280", LOME)
BAGUIDA = spot("Baguida", "6.1620", "1.3230", LOME)

TROUBLES = (
    Trouble(
        "data", "yawa.amouzou", 12, BE, HowOften.DAILY,
        title=say(
            fr="Suivre un cours en ligne coûte le pain du jour",
            en="Following a lesson online costs the day’s bread",
            es="Seguir una clase por internet cuesta el pan del día",
        ),
        what=say(
            fr="J’achète du forfait à l’heure. Quand le professeur parle longtemps, je rate la fin. Ma sœur suit son cours debout devant la boutique, où le réseau est libre jusqu’à neuf heures.",
            en="I buy data by the hour. When the teacher talks for long, I miss the end. My sister follows her lesson standing outside the shop, where the signal is free until nine.",
            es="Compro datos por hora. Cuando la profesora habla mucho, me pierdo el final. Mi hermana sigue su clase de pie frente a la tienda, donde la señal es libre hasta las nueve.",
        ),
        who=say(
            fr="Élèves et apprentis qui n’ont que le téléphone de la famille.",
            en="Pupils and apprentices who have only the family’s telephone.",
            es="Estudiantes y aprendices que solo tienen el teléfono de la familia.",
        ),
        evidence=say(
            fr="Une heure de vidéo : six cents francs. Une baguette : cent soixante-quinze.",
            en="One hour of video: six hundred francs. A loaf: one hundred and seventy-five.",
            es="Una hora de video: seiscientos francos. Un pan: ciento setenta y cinco.",
        ),
        too=(
            Too("senam.gbedemah", ADIDOGOME, 10, {
                "fr": "Chez nous, on se met à quatre sur un téléphone et un seul prend des notes.",
                "en": "Here four of us share one phone, and only one takes notes.",
                "es": "Aquí somos cuatro con un teléfono y solo una toma apuntes.",
            }),
            Too("kokou.agbodjan", AGOE, 9, {
                "fr": "Mon fils a arrêté l’informatique en mars, pas par paresse : par prix.",
                "en": "My son gave up computing in March, not from laziness: because of the price.",
                "es": "Mi hijo dejó la informática en marzo, no por pereza: por el precio.",
            }),
            Too("abla.sodji", TOKOIN, 6, {"fr": "Même chose pour la couture par vidéo."}),
            Too("unai.etxebarria", BE, 2),
        ),
        around=(BE, BE_KPOTA, ADIDOGOME, AGOE, TOKOIN), more=11,
    ),
    Trouble(
        "flood", "edem.tossou", 11, BE_KPOTA, HowOften.SOMETIMES,
        title=say(
            fr="Quand il pleut, l’école est une île",
            en="When it rains, the school is an island",
            es="Cuando llueve, la escuela es una isla",
        ),
        what=say(
            fr="L’eau monte jusqu’aux genoux dans la rue de l’école. Les petits restent à la maison deux ou trois jours, puis c’est la fièvre.",
            en="The water stands knee-deep in the street of the school. The little ones stay at home for two or three days, and then comes the fever.",
            es="El agua llega a las rodillas en la calle de la escuela. Los pequeños se quedan en casa dos o tres días, y luego viene la fiebre.",
        ),
        who=say(
            fr="Deux cent quarante enfants et leurs maîtresses.",
            en="Two hundred and forty children and their teachers.",
            es="Doscientos cuarenta niños y sus maestras.",
        ),
        evidence=say(
            fr="Le cahier d’appel de juin : neuf jours avec moins de la moitié de la classe.",
            en="The register of June: nine days with less than half of the class.",
            es="La lista de junio: nueve días con menos de la mitad del grupo.",
            machine=("es",),
        ),
        too=(
            Too("abla.sodji", AKODESSEWA, 10, {
                "fr": "Ici, on porte les enfants sur le dos, et les cahiers sur la tête.",
                "en": "Here we carry the children on our backs and the copybooks on our heads.",
                "es": "Aquí cargamos a los niños en la espalda y los cuadernos en la cabeza.",
            }),
            Too("mawuli.koffi", BAGUIDA, 5, {"fr": "À Baguida, c’est la route du collège qui disparaît."}),
        ),
        around=(BE_KPOTA, AKODESSEWA, BAGUIDA), more=8,
    ),
    Trouble(
        "creche", "akouvi.dossou", 9, ASSIGAME, HowOften.ALWAYS,
        title=say(
            fr="Sans personne pour garder l’enfant, on n’apprend aucun métier",
            en="With nobody to mind the child, you learn no trade",
            es="Sin quien cuide al niño, no se aprende ningún oficio",
        ),
        what=say(
            fr="Je vends au marché avec ma fille sous la table. La formation commence à huit heures, et personne ne veut d’un bébé dans la salle.",
            en="I sell at the market with my daughter under the table. The course begins at eight, and nobody wants a baby in the room.",
            es="Vendo en el mercado con mi hija bajo la mesa. El curso empieza a las ocho y nadie quiere un bebé en la sala.",
        ),
        who=say(
            fr="Les jeunes mères du marché, et les grandes sœurs qui gardent à leur place.",
            en="Young mothers of the market, and the big sisters who mind children in their stead.",
            es="Las madres jóvenes del mercado, y las hermanas mayores que cuidan en su lugar.",
        ),
        evidence=say(
            fr="Nous avons compté dans trois allées : soixante et un enfants de moins de quatre ans.",
            en="We counted in three rows: sixty-one children under four.",
            es="Contamos en tres pasillos: sesenta y un niños menores de cuatro años.",
        ),
        too=(
            Too("delali.amete", ASSIGAME, 8, {
                "fr": "Ma petite sœur a quitté la sixième pour garder mon fils. J’ai honte de l’écrire.",
                "en": "My little sister left school to mind my son. I am ashamed to write it.",
                "es": "Mi hermana pequeña dejó la escuela para cuidar a mi hijo. Me da vergüenza escribirlo.",
            }),
            Too("yawa.amouzou", BE, 7),
        ),
        around=(ASSIGAME, BE, NYEKONAKPOE), more=6,
    ),
    Trouble(
        "toilets", "senam.gbedemah", 8, ADIDOGOME, HowOften.DAILY,
        title=say(
            fr="Trois jours par mois, les filles ne viennent pas au collège",
            en="Three days a month, girls do not come to school",
            es="Tres días al mes, las chicas no vienen al colegio",
        ),
        what=say(
            fr="Deux cabines pour neuf cents élèves, sans porte qui ferme et sans eau. Alors on reste à la maison.",
            en="Two cubicles for nine hundred pupils, no door that shuts and no water. So we stay at home.",
            es="Dos cabinas para novecientos alumnos, sin puerta que cierre y sin agua. Así que nos quedamos en casa.",
        ),
        who=say(fr="Les filles, à partir de douze ans.", en="Girls, from twelve on.", es="Las chicas, desde los doce años."),
        evidence=say(
            fr="La directrice nous a laissé compter : quarante-trois absentes un mardi ordinaire.",
            en="The headmistress let us count: forty-three were missing on an ordinary Tuesday.",
            es="La directora nos dejó contar: cuarenta y tres faltaban un martes cualquiera.",
        ),
        too=(
            Too("yawa.amouzou", BE, 6, {
                "fr": "À Bè aussi. On s’accompagne à trois pour tenir la porte.",
                "en": "In Bè too. Three of us go together to hold the door.",
                "es": "En Bè también. Vamos de tres en tres para sujetar la puerta.",
            }),
        ),
        around=(ADIDOGOME, AGOE, BE), more=9,
    ),
    Trouble(
        "papers", "mawuli.koffi", 6, AGOE, HowOften.ALWAYS,
        title=say(
            fr="Trois ans d’apprentissage, et pas un papier",
            en="Three years an apprentice, and not one paper",
            es="Tres años de aprendiz y ni un papel",
        ),
        what=say(
            fr="Je sais souder un portail, mais rien ne le dit. Le patron est mort, et avec lui ma preuve.",
            en="I can weld a gate, but nothing says so. My master died, and my proof with him.",
            es="Sé soldar un portón, pero nada lo dice. El maestro murió, y con él mi prueba.",
        ),
        who=say(
            fr="Apprentis soudeurs, coiffeuses, mécaniciens, couturières.",
            en="Apprentice welders, hairdressers, mechanics, dressmakers.",
            es="Aprendices de soldador, peluquera, mecánico, costurera.",
        ),
        evidence=say(
            fr="Dans mon atelier nous étions sept. Un seul a passé l’examen : le neveu du patron.",
            en="In my workshop there were seven of us. One sat the exam: the master’s nephew.",
            es="En mi taller éramos siete. Uno hizo el examen: el sobrino del maestro.",
            stale=("en",),
        ),
        too=(
            Too("tchilalo.bawa", TOKOIN, 4, {
                "fr": "Coiffeuse depuis 2019. On me demande un diplôme pour louer une chaise.",
                "en": "A hairdresser since 2019. They ask me for a diploma to rent a chair.",
                "es": "Peluquera desde 2019. Me piden un diploma para alquilar una silla.",
            }),
        ),
        around=(AGOE, TOKOIN, ADIDOGOME), more=5,
    ),
    Trouble(
        "lagoon", "abla.sodji", 6, AKODESSEWA, HowOften.WEEKLY,
        title=say(
            fr="Les ordures du marché finissent dans la lagune",
            en="The market’s rubbish ends in the lagoon",
            es="La basura del mercado acaba en la laguna",
        ),
        what=say(
            fr="Le camion passe le jeudi. Du vendredi au mercredi, le vent s’en charge.",
            en="The lorry comes on Thursdays. From Friday to Wednesday the wind sees to it.",
            es="El camión pasa el jueves. De viernes a miércoles se encarga el viento.",
        ),
        who=say(
            fr="Pêcheurs, riverains, vendeuses de poisson.",
            en="Fishermen, those who live by the water, sellers of fish.",
            es="Pescadores, vecinos de la orilla, vendedoras de pescado.",
        ),
        evidence=say(fr="Trois photos prises le même matin, à cinquante pas l’une de l’autre."),
        around=(AKODESSEWA, BE), more=2,
    ),
    Trouble(
        "night", "delali.amete", 1, BAGUIDA, HowOften.WEEKLY,
        title=say(
            fr="Après vingt heures, rentrer du cours coûte le double",
            en="After eight in the evening, the way home from class costs double",
            es="Después de las ocho, volver de clase cuesta el doble",
        ),
        what=say(
            fr="Le zémidjan du soir fixe son prix quand il voit que tu es seule. Alors je pars avant la fin.",
            en="The evening moto-taxi sets its price when it sees you are alone. So I leave before the end.",
            es="El mototaxi de la noche pone el precio cuando ve que vas sola. Así que me voy antes del final.",
        ),
        who=say(
            fr="Les femmes qui suivent les cours du soir.",
            en="Women who follow evening classes.",
            es="Las mujeres que van a clase por la noche.",
        ),
        evidence=say(
            fr="Mardi : trois cents francs à l’aller, sept cents au retour.",
            en="Tuesday: three hundred francs to get there, seven hundred to come back.",
            es="Martes: trescientos francos de ida, setecientos de vuelta.",
        ),
        around=(BAGUIDA, BE_KPOTA), more=2,
    ),
)  # fmt: skip

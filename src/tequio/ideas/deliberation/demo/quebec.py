"""Québec: getting about in winter, in full swing; the summer feast of Limoilou, ended and partly answered."""

from ..enums import Moderation, Uptake
from .content import SEED, Talk, Town, answered, line, say

TRANSLATORS = {"en": "Claire Robertson", "es": "Citlali Méndez", "fr": "Claire Robertson"}

WINTER = Talk(
    key="quebec-winter",
    place="CA-QC-quebec",
    zone="America/Toronto",
    facilitator="marc-andre.gagnon",
    translators=TRANSLATORS,
    question=say(
        fr="Comment se déplacer quand la neige tombe ?",
        en="How do we get about when the snow falls?",
        es="¿Cómo nos movemos cuando nieva?",
    ),
    summary=say(
        fr="Autobus, trottoirs, voitures : la ville refait son plan d’hiver et veut savoir ce que nous partageons.",
        en="Buses, pavements, cars: the city redraws its winter plan and wants to know what we share.",
        es="Autobuses, aceras, coches: la ciudad rehace su plan de invierno y quiere saber qué compartimos.",
    ),
    background=say(
        fr="Cent trente jours de neige par an. Le budget de déneigement est fixe : plus ici veut dire moins là.",
        en="A hundred and thirty days of snow a year. The budget is fixed: more here means less there.",
        es="Ciento treinta días de nieve al año. El presupuesto es fijo: más aquí es menos allá.",
    ),
    people=438,
    shares=(5, 4),
    answers=13,
    opens=-16,
    closes=12.3,
    moderation=Moderation.AFTER,
    answers_for_it="Julie Tremblay",
    answer_due_days=60,
    visitors=("lea.bouchard", "gilles.lavoie", "edem.tossou"),
    lines=(
        line(
            92, 70, by=SEED, important=9,
            fr="Les arrêts d’autobus doivent être déneigés avant les rues.",
            en="Bus stops must be cleared of snow before streets.",
            es="Las paradas de autobús deben limpiarse antes que las calles.",
        ),
        line(
            94, 82, by=SEED,
            fr="Mieux vaut un autobus aux dix minutes qu’un horaire que personne ne respecte.",
            en="Better a bus every ten minutes than a timetable that nobody keeps.",
            es="Más vale un autobús cada diez minutos que un horario que nadie cumple.",
        ),
        line(
            18, 94, by=SEED,
            fr="L’hiver, la voiture restera nécessaire : il faut l’accepter.",
            en="In winter the car will stay necessary: we have to accept it.",
            es="En invierno el coche seguirá siendo necesario: hay que aceptarlo.",
        ),
        line(
            93, 20, by=SEED,
            fr="Il faut des voies réservées aux autobus, même si cela enlève du stationnement.",
            en="We need bus lanes, even if parking is lost.",
            es="Hacen falta carriles para autobús, aunque se pierda estacionamiento.",
        ),
        line(
            90, 62,
            fr="L’autobus devrait être gratuit les jours de grand froid.",
            en="Buses should be free on days of great cold.",
            es="El autobús debería ser gratis los días de mucho frío.",
        ),
        line(
            86, 84,
            fr="Les abribus doivent être chauffés.",
            en="Bus shelters must be heated.",
            es="Las marquesinas deben tener calefacción.",
        ),
        line(
            14, 82,
            fr="Déneiger les pistes cyclables, c’est jeter l’argent.",
            en="Clearing cycle paths of snow is throwing money away.",
            es="Limpiar de nieve las ciclovías es tirar el dinero.",
        ),
        line(
            91, 90, by="lea.bouchard",
            fr="On devrait recevoir un texto quand l’autobus est en retard.",
            en="We should get a text message when the bus is late.",
            es="Deberíamos recibir un mensaje cuando el autobús se retrasa.",
        ),
        line(
            95, 93, by="gilles.lavoie", important=13,
            fr="Pour les aînés, le premier danger, ce sont les trottoirs glacés.",
            en="For old people the first danger is icy pavements.",
            es="Para los mayores, el primer peligro son las aceras heladas.",
        ),
        line(
            84, 12,
            fr="Se garer au centre-ville devrait coûter plus cher l’hiver.",
            en="Parking downtown should cost more in winter.",
            es="Estacionar en el centro debería costar más en invierno.",
        ),
        line(
            78, 48,
            en="Announcements on the bus should be in English too.",
            fr="Les annonces dans l’autobus devraient aussi être en anglais.",
            es="Los avisos en el autobús también deberían ser en inglés.",
        ),
        line(
            44, 80,
            fr="Là où l’autobus roule à vide, un taxi partagé suffit.",
            en="Where the bus runs empty, a shared taxi will do.",
            es="Donde el autobús va vacío, basta un taxi compartido.",
        ),
        line(
            82, 50,
            fr="Les étudiants paient trop cher pour deux zones.",
            en="Students pay too much for two zones.",
            es="Los estudiantes pagan demasiado por dos zonas.",
        ),
        line(
            76, 58, passes=18,
            fr="Le sel abîme tout : essayons le gravier.",
            en="Salt ruins everything: let us try grit.",
            es="La sal lo daña todo: probemos con gravilla.",
        ),
        line(
            88, 36,
            fr="Le prix du billet devrait suivre le revenu.",
            en="The fare should follow one’s income.",
            es="El precio del billete debería depender del ingreso.",
        ),
        line(
            80, 40,
            fr="Je laisserais ma voiture si l’autobus passait après minuit.",
            en="I would leave my car if the bus ran after midnight.",
            es="Dejaría el coche si el autobús pasara después de medianoche.",
        ),
        line(
            94, 90,
            fr="Les chauffeurs doivent avoir le temps d’attendre quelqu’un qui marche lentement.",
            en="Drivers must have time to wait for somebody who walks slowly.",
            es="Los conductores deben tener tiempo de esperar a quien camina despacio.",
        ),
        line(84, 88, en="Snow days should be called the evening before, not at six in the morning."),
    ),
)  # fmt: skip

FEAST = Talk(
    key="quebec-feast",
    place="CA-QC-limoilou",
    zone="America/Toronto",
    facilitator="marc-andre.gagnon",
    translators=TRANSLATORS,
    question=say(
        fr="À qui est la fête, l’été, dans Limoilou ?",
        en="Whose feast is it, in summer, in Limoilou?",
        es="¿De quién es la fiesta, en verano, en Limoilou?",
    ),
    summary=say(
        fr="Bruit, scène, argent, langues : l’équipe du festival répond avant de préparer l’été prochain.",
        en="Noise, stage, money, languages: the festival’s team answers before it prepares next summer.",
        es="Ruido, escenario, dinero, lenguas: el equipo del festival responde antes de preparar el verano.",
    ),
    background=say(
        fr="Onze soirs, quatre rues fermées, neuf cents bénévoles. Certains adorent, d’autres partent en vacances.",
        en="Eleven evenings, four closed streets, nine hundred volunteers. Some love it, others leave town.",
        es="Once noches, cuatro calles cerradas, novecientos voluntarios. A unos les encanta, otros se van.",
    ),
    people=187,
    shares=(4, 3),
    answers=10,
    opens=-48,
    closes=-12,
    answers_for_it="Julie Tremblay",
    answer_due_days=19,
    visitors=("lea.bouchard", "gilles.lavoie"),
    lines=(
        line(
            40, 94, by=SEED,
            fr="La musique doit s’arrêter à vingt-trois heures.",
            en="The music must stop at eleven.",
            es="La música debe parar a las once de la noche.",
        ),
        line(
            92, 80, by=SEED,
            fr="La moitié de la scène doit revenir aux artistes du quartier.",
            en="Half of the stage should go to artists from the quarter.",
            es="La mitad del escenario debe ser para artistas del barrio.",
            answer=answered(
                Uptake.TAKEN_UP, 4,
                fr="Oui : dix-huit places sur trente-six, choisies par un comité où siègent six voisins.",
                en="Yes: eighteen places of thirty-six, chosen by a committee with six neighbours on it.",
                es="Sí: dieciocho lugares de treinta y seis, elegidos por un comité con seis vecinos.",
            ),
        ),
        line(
            96, 86, by=SEED, important=9,
            fr="L’entrée doit rester libre.",
            en="Entry must stay free.",
            es="La entrada debe seguir siendo libre.",
            answer=answered(
                Uptake.TAKEN_UP, 4,
                fr="Elle le reste, pour les trois prochaines années. C’est écrit dans la convention.",
                en="It stays free for the next three years. That is written into the agreement.",
                es="Lo seguirá siendo los próximos tres años. Está escrito en el convenio.",
            ),
        ),
        line(
            78, 96, by=SEED,
            fr="Les rues fermées doivent être annoncées deux semaines d’avance.",
            en="Closed streets must be announced two weeks ahead.",
            es="Las calles cerradas deben anunciarse dos semanas antes.",
        ),
        line(
            92, 90,
            fr="Il faut de l’eau et des toilettes gratuites.",
            en="There must be water and toilets free of charge.",
            es="Hace falta agua y baños gratuitos.",
            answer=answered(
                Uptake.IN_PART, 3,
                fr="L’eau, oui, à quatre points. Pour les toilettes, douze de plus ; il en faudrait vingt.",
                en="Water, yes, at four points. Twelve more toilets; twenty would be needed.",
                es="Agua, sí, en cuatro puntos. Doce baños más; harían falta veinte.",
            ),
        ),
        line(
            84, 46, by="lea.bouchard",
            en="The stage should speak more than one language.",
            fr="La scène devrait parler plus d’une langue.",
            es="El escenario debería hablar más de una lengua.",
        ),
        line(
            62, 84,
            fr="Les commerçants de la rue doivent avoir les premières places.",
            en="The shops of the street should have the first stands.",
            es="Los comercios de la calle deben tener los primeros puestos.",
        ),
        line(
            70, 92,
            fr="Une soirée pour les enfants, sans alcool.",
            en="One evening for children, without alcohol.",
            es="Una noche para los niños, sin alcohol.",
        ),
        line(
            88, 72, passes=15,
            fr="L’ouverture doit revenir à la nation wendate, si elle le veut.",
            en="The opening should belong to the Wendat nation, if it wishes so.",
            es="La apertura debe corresponder a la nación wendat, si así lo quiere.",
        ),
        line(
            86, 60,
            fr="Trop de commandites : on ne voit plus la fête.",
            en="Too many sponsors: one cannot see the feast any more.",
            es="Demasiados patrocinios: ya no se ve la fiesta.",
        ),
        line(
            90, 88,
            fr="Des verres consignés, partout.",
            en="Cups with a deposit, everywhere.",
            es="Vasos con depósito, en todas partes.",
        ),
        line(
            88, 24, by="gilles.lavoie",
            fr="Le bruit dérange moins quand on y a ses amis.",
            en="Noise disturbs less when your friends are in it.",
            es="El ruido molesta menos cuando tus amigos están ahí.",
        ),
        line(
            93, 91,
            fr="Les bénévoles doivent être nourris, et remerciés par leur nom.",
            en="Volunteers must be fed, and thanked by name.",
            es="A los voluntarios hay que darles de comer y agradecerles por su nombre.",
        ),
        line(26, 84, fr="La fête devrait changer de rues chaque année."),
    ),
)  # fmt: skip

QUEBEC = Town(talks=(WINTER, FEAST))

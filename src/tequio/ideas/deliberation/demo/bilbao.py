"""Bilbao: who cares for whom, ended and answered; and who will live in Otxarkoaga, just opened."""

from tequio.catalogue.enums import WhoMay

from ..enums import Moderation, Uptake
from .content import SEED, Talk, Town, answered, line, say

TRANSLATORS = {"en": "Ane Larrinaga", "fr": "Claire Robertson", "es": "Ane Larrinaga"}

CARE = Talk(
    key="bilbao-care",
    place="ES-BI-bilbao",
    zone="Europe/Madrid",
    facilitator="mikel.urrutia",
    organisation="care",
    translators=TRANSLATORS,
    languages=("es", "eu", "en", "fr"),
    question=say(
        es="¿Quién cuida, y con qué tiempo?",
        en="Who cares for others, and with what time?",
        fr="Qui prend soin des autres, et avec quel temps ?",
    ),
    summary=say(
        es="Mayores, criaturas, personas enfermas: alguien las cuida. Hablamos de horas, de sueldo y de relevo.",
        en="The old, the small, the sick: somebody cares for them. We talk about hours, pay and relief.",
        fr="Les vieux, les petits, les malades : quelqu’un s’en occupe. Parlons d’heures, de salaire, de relève.",
    ),
    background=say(
        es=(
            "Una de cada cinco personas de la ciudad cuida a alguien en casa. "
            "El plan de cuidados se escribe este invierno, y el ayuntamiento contesta a cada frase compartida."
        ),
        en=(
            "One person in five in this city cares for somebody at home. "
            "The care plan is written this winter, and city hall answers each statement that is shared."
        ),
        fr=(
            "Dans cette ville, une personne sur cinq s’occupe de quelqu’un à la maison. "
            "Le plan s’écrit cet hiver, et la mairie répond à chaque phrase partagée."
        ),
    ),
    people=512,
    shares=(5, 4),
    answers=14,
    opens=-74,
    closes=-31,
    answers_for_it="Itziar Goikoetxea",
    answer_due_days=-2,
    visitors=("rosa.fernandez", "unai.etxebarria", "yawa.amouzou"),
    lines=(
        line(
            95, 92, by=SEED, important=14,
            es="Cuidar a alguien no debería costarte el empleo.",
            en="Caring for somebody should not cost you your job.",
            fr="S’occuper de quelqu’un ne devrait pas coûter son emploi.",
            answer=answered(
                Uptake.TAKEN_UP, 9,
                es="Desde enero, quien trabaja para el ayuntamiento puede reducir jornada un año y volver.",
                en="From January, whoever works for the city may go part-time for a year and come back.",
                fr="Dès janvier, qui travaille pour la ville peut réduire son temps un an, puis revenir.",
            ),
        ),
        line(
            91, 80, by=SEED,
            es="Los centros de día tienen que abrir también el sábado.",
            en="Day centres must open on Saturdays too.",
            fr="Les centres de jour doivent ouvrir aussi le samedi.",
            answer=answered(
                Uptake.IN_PART, 9,
                es="Abrimos tres de ocho los sábados desde marzo. Si se llenan, seguirán los demás.",
                en="Three of eight open on Saturdays from March. If they fill, the others follow.",
                fr="Trois sur huit ouvrent le samedi dès mars. S’ils se remplissent, les autres suivront.",
            ),
        ),
        line(
            93, 91, by=SEED, important=8,
            es="Quien cuida en casa debe cotizar a la seguridad social.",
            en="Whoever cares at home must build up a pension.",
            fr="Qui prend soin à la maison doit cotiser pour sa retraite.",
            answer=answered(
                Uptake.NOT_TAKEN_UP, 9,
                es="No depende de la ciudad. Lo hemos pedido por escrito al Gobierno y publicamos la carta.",
                en="It is not ours to decide. We asked the government in writing and publish the letter.",
                fr="Cela ne dépend pas de nous. Nous l’avons demandé par écrit à l’État et publions la lettre.",
            ),
        ),
        line(
            40, 94, by=SEED,
            es="Prefiero cuidar a mi madre en casa, con ayuda, antes que en una residencia.",
            en="I would rather care for my mother at home, with help, than put her in a home.",
            fr="Je préfère m’occuper de ma mère chez elle, avec de l’aide, plutôt qu’en résidence.",
        ),
        line(
            94, 28, by=SEED,
            es="Todas las residencias deben ser públicas.",
            en="All care homes should be public.",
            fr="Toutes les résidences devraient être publiques.",
        ),
        line(
            85, 96, important=9,
            es="Hace falta relevo: una persona que venga dos tardes por semana.",
            en="We need relief: somebody who comes two afternoons a week.",
            fr="Il faut une relève : quelqu’un qui vienne deux après-midi par semaine.",
            answer=answered(
                Uptake.UNDER_WAY, 9,
                es="Sesenta familias ya lo prueban en Rekalde. En junio contamos qué salió bien y qué no.",
                en="Sixty families are trying it in Rekalde. In June we report what went well and what did not.",
                fr="Soixante familles l’essaient à Rekalde. En juin, nous dirons ce qui a marché ou non.",
            ),
        ),
        line(
            92, 42,
            es="Los hombres deben estar obligados a coger los mismos permisos que las mujeres.",
            en="Men must be obliged to take the same leave as women.",
            fr="Les hommes doivent être obligés de prendre les mêmes congés que les femmes.",
        ),
        line(
            96, 88,
            es="Las trabajadoras internas necesitan papeles, contrato y descanso.",
            en="Live-in carers need papers, a contract and rest.",
            fr="Celles qui travaillent à demeure ont besoin de papiers, d’un contrat et de repos.",
            answer=answered(
                Uptake.IN_PART, 8,
                es="Abrimos una oficina que revisa contratos gratis. Los papeles los decide el Estado.",
                en="We open an office that checks contracts free of charge. Papers are for the state.",
                fr="Nous ouvrons un bureau qui vérifie les contrats sans frais. Les papiers relèvent de l’État.",
            ),
        ),
        line(
            95, 76, by="unai.etxebarria",
            eu="Zaintza ez da emakumeen kontua bakarrik.",
            es="Cuidar no es solo cosa de mujeres.",
            en="Care is not only women’s business.",
            fr="Prendre soin n’est pas seulement l’affaire des femmes.",
        ),
        line(
            84, 90, by="rosa.fernandez",
            es="Cada barrio debe tener una casa donde tomar un café y dejar a tu padre una hora.",
            en="Each quarter should have a house where you drink a coffee and leave your father for an hour.",
            fr="Chaque quartier devrait avoir une maison où boire un café et laisser son père une heure.",
            answer=answered(
                Uptake.TAKEN_UP, 8,
                es="La primera abre en Otxarkoaga en septiembre, en los bajos de la biblioteca.",
                en="The first opens in Otxarkoaga in September, on the ground floor of the library.",
                fr="La première ouvre à Otxarkoaga en septembre, au rez-de-chaussée de la bibliothèque.",
            ),
        ),
        line(
            82, 26, passes=14,
            es="Pagaría diez euros más de impuestos al mes si van a cuidados.",
            en="I would pay ten euros more tax a month if they go to care.",
            fr="Je paierais dix euros d’impôt de plus par mois s’ils vont aux soins.",
        ),
        line(
            90, 44,
            es="Las empresas grandes deben dar horas de cuidado pagadas.",
            en="Large companies must give paid hours for care.",
            fr="Les grandes entreprises doivent donner des heures payées pour prendre soin.",
        ),
        line(
            66, 92,
            es="Una aplicación no me sirve: quiero un teléfono y una persona.",
            en="An app is no use to me: I want a telephone and a person.",
            fr="Une application ne me sert à rien : je veux un téléphone et une personne.",
            answer=answered(
                Uptake.TAKEN_UP, 8,
                es="El teléfono del cuidado atiende de ocho a ocho, en castellano y en euskera.",
                en="The care telephone answers from eight to eight, in Spanish and in Basque.",
                fr="Le téléphone des soins répond de huit à vingt heures, en espagnol et en basque.",
            ),
        ),
        line(
            74, 68,
            eu="Zerbitzuak euskaraz ere eman behar dira.",
            es="Los servicios también deben darse en euskera.",
            en="Services must be given in Basque too.",
            fr="Les services doivent aussi être donnés en basque.",
        ),
        line(
            72, 84,
            es="Que los jóvenes del instituto acompañen a mayores y les cuente como prácticas.",
            en="Let students keep old people company and count it as work experience.",
            fr="Que les lycéens accompagnent des aînés et que cela compte comme stage.",
        ),
        line(
            10, 46,
            es="Cobrar por cuidar a los tuyos estropea la familia.",
            en="Being paid to care for your own spoils the family.",
            fr="Être payé pour s’occuper des siens abîme la famille.",
        ),
        line(94, 91, es="Hay que pensar también en quien no tiene familia que le cuide."),
    ),
)  # fmt: skip

HOUSING = Talk(
    key="bilbao-housing",
    who_may=WhoMay.RESIDENTS,
    place="ES-BI-otxarkoaga",
    zone="Europe/Madrid",
    facilitator="mikel.urrutia",
    translators=TRANSLATORS,
    languages=("es", "eu", "en", "fr"),
    question=say(
        es="¿Quién podrá vivir en Otxarkoaga dentro de diez años?",
        en="Who will be able to live in Otxarkoaga in ten years?",
        fr="Qui pourra vivre à Otxarkoaga dans dix ans ?",
    ),
    summary=say(
        es="Ascensores, alquileres, pisos vacíos. Acabamos de empezar: tu respuesta pesa mucho.",
        en="Lifts, rents, empty flats. We have only just begun: your answer carries weight.",
        fr="Ascenseurs, loyers, logements vides. Nous venons de commencer : votre réponse pèse.",
    ),
    background=say(
        es="El barrio tiene sesenta años. El plan de vivienda se revisa en primavera y esta conversación entra en él.",
        en="The quarter is sixty years old. The housing plan is revised in spring; this conversation goes into it.",
        fr="Le quartier a soixante ans. Le plan du logement est revu au printemps ; ceci en fera partie.",
    ),
    people=11,
    shares=(1, 1),
    answers=5,
    opens=-0.9,
    closes=41,
    moderation=Moderation.AFTER,
    answers_for_it="Itziar Goikoetxea",
    answer_due_days=90,
    visitors=("unai.etxebarria",),
    lines=(
        line(
            90, 85, by=SEED,
            es="Sin ascensor, los mayores acaban encerrados en casa.",
            en="Without a lift, old people end up shut in at home.",
            fr="Sans ascenseur, les aînés finissent enfermés chez eux.",
        ),
        line(
            80, 40, by=SEED,
            eu="Etxe hutsek zerga gehiago ordaindu beharko lukete.",
            es="Las casas vacías deberían pagar más impuestos.",
            en="Empty homes should pay more tax.",
            fr="Les logements vides devraient payer plus d’impôt.",
        ),
        line(
            85, 60, by=SEED,
            es="El alquiler no debe pasar de un tercio del sueldo.",
            en="Rent must not be more than a third of one’s wage.",
            fr="Le loyer ne doit pas dépasser un tiers du salaire.",
        ),
        line(
            75, 80, by=SEED,
            es="Rehabilitar antes que derribar.",
            en="Repair before you pull down.",
            fr="Rénover plutôt que démolir.",
        ),
        line(
            70, 50, by=SEED,
            es="En este barrio no caben pisos turísticos.",
            en="There is no room for tourist flats in this quarter.",
            fr="Il n’y a pas de place ici pour les locations touristiques.",
        ),
        line(
            80, 35, by=SEED,
            es="La mitad de las viviendas nuevas tienen que ser de alquiler social.",
            en="Half of the new homes must be let at social rents.",
            fr="La moitié des logements neufs doit être louée à loyer social.",
        ),
        line(
            50, 80, by=SEED,
            es="Quienes crecieron en el barrio deben tener preferencia.",
            en="Those who grew up here should come first.",
            fr="Ceux qui ont grandi ici doivent passer en premier.",
        ),
        line(
            70, 60,
            es="Una cooperativa podría levantar viviendas en el solar que lleva veinte años vacío.",
            en="A co-operative could build homes on the plot that has stood empty for twenty years.",
            fr="Une coopérative pourrait bâtir sur le terrain vide depuis vingt ans.",
        ),
        line(
            85, 75,
            es="Hay que aislar las fachadas antes de cambiar las calderas.",
            en="Insulate the walls before you replace the boilers.",
            fr="Il faut isoler les façades avant de changer les chaudières.",
        ),
        line(
            75, 55,
            es="Compartir piso a los cuarenta no es una elección.",
            en="Sharing a flat at forty is not a choice.",
            fr="Partager un appartement à quarante ans n’est pas un choix.",
        ),
        line(
            70, 70,
            es="Los locales cerrados de abajo pueden ser viviendas para mayores.",
            en="The closed shops at street level could become homes for old people.",
            fr="Les commerces fermés du rez-de-chaussée peuvent loger des aînés.",
        ),
        line(
            80, 70, by="unai.etxebarria",
            eu="Auzoak igogailuak behar ditu, ez promesak.",
            es="El barrio necesita ascensores, no promesas.",
            en="The quarter needs lifts, not promises.",
            fr="Le quartier a besoin d’ascenseurs, pas de promesses.",
        ),
        line(60, 50, es="Un piso por sorteo es más justo que un piso por puntos."),
        line(
            55, 65,
            es="Primero el autobús, después las casas nuevas.",
            en="First the bus, then the new homes.",
            fr="D’abord l’autobus, ensuite les logements neufs.",
        ),
    ),
)  # fmt: skip

BILBAO = Town(talks=(CARE, HOUSING))

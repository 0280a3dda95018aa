"""Ciudad de México: sharing the water of Iztapalapa, ended; work for the young, in full swing."""

from ..enums import Uptake
from .content import SEED, Course, Step, Talk, Town, answered, line, opens, say

TRANSLATORS = {"en": "Citlali Méndez", "fr": "Claire Robertson", "es": "Citlali Méndez"}

WATER = Talk(
    key="mexico-water",
    place="MX-CMX-iztapalapa",
    zone="America/Mexico_City",
    facilitator="raul.ortega",
    translators=TRANSLATORS,
    question=say(
        es="¿Cómo repartimos el agua en Iztapalapa?",
        en="How do we share the water in Iztapalapa?",
        fr="Comment partager l’eau à Iztapalapa ?",
    ),
    summary=say(
        es="Pipas, fugas, lluvia, tarifas: lo que las colonias comparten entra en el plan del año que viene.",
        en="Water lorries, leaks, rain, prices: what the neighbourhoods share goes into next year’s plan.",
        fr="Camions, fuites, pluie, tarifs : ce que les quartiers partagent entre dans le plan de l’an prochain.",
    ),
    background=say(
        es="En algunas colonias el agua llega un día de cada siete. La alcaldía contesta por escrito, frase por frase.",
        en="In some neighbourhoods water comes one day in seven. City hall answers in writing, one by one.",
        fr="Dans certains quartiers l’eau vient un jour sur sept. La mairie répond par écrit, phrase par phrase.",
    ),
    people=624,
    shares=(5, 3, 3),
    answers=13,
    opens=-58,
    closes=-20,
    answers_for_it="Lucía Hernández",
    answer_due_days=11,
    visitors=("diego.flores", "marta.rios"),
    lines=(
        line(
            95, 93, 94, by=SEED, important=15,
            es="Cada colonia debe saber qué día le llega el agua, y que se cumpla.",
            en="Each neighbourhood must know on which day water comes, and it must come.",
            fr="Chaque quartier doit savoir quel jour l’eau arrive, et qu’elle arrive.",
            answer=answered(
                Uptake.TAKEN_UP, 6,
                es="Desde febrero el calendario se publica cada lunes y se pega en los mercados.",
                en="From February the calendar is published each Monday and posted in the markets.",
                fr="Dès février, le calendrier paraît chaque lundi et s’affiche dans les marchés.",
            ),
        ),
        line(
            93, 88, 90, by=SEED,
            es="Las pipas deben tener ruta y horario publicados.",
            en="Water lorries must have a published route and timetable.",
            fr="Les camions d’eau doivent avoir un trajet et un horaire publiés.",
            answer=answered(
                Uptake.UNDER_WAY, 6,
                es="Ciento diez de las ciento ochenta pipas ya llevan ruta pública. Faltan setenta.",
                en="A hundred and ten of a hundred and eighty lorries have a public route. Seventy to go.",
                fr="Cent dix camions sur cent quatre-vingts ont un trajet public. Il en reste soixante-dix.",
            ),
        ),
        line(
            92, 86, 80, by=SEED,
            es="Hay que juntar el agua de lluvia de los techos de las escuelas.",
            en="Rain from the roofs of schools must be collected.",
            fr="Il faut recueillir l’eau de pluie des toits des écoles.",
            answer=answered(
                Uptake.TAKEN_UP, 5,
                es="Veinticuatro escuelas antes de las lluvias de mayo. La lista está abierta hasta enero.",
                en="Twenty-four schools before the rains of May. The list is open until January.",
                fr="Vingt-quatre écoles avant les pluies de mai. La liste reste ouverte jusqu’en janvier.",
            ),
        ),
        line(
            94, 60, 84, by=SEED,
            es="Primero se arreglan las fugas; después se habla de cobrar más.",
            en="First mend the leaks; then talk about charging more.",
            fr="D’abord réparer les fuites ; après, parler d’augmenter le prix.",
        ),
        line(
            90, 42, 70, by=SEED,
            es="Quien llena una alberca debe pagar el triple.",
            en="Whoever fills a swimming pool must pay three times as much.",
            fr="Qui remplit une piscine doit payer trois fois plus.",
        ),
        line(
            82, 40, 60,
            es="El agua debe repartirse por persona y no por casa.",
            en="Water should be shared per person, not per house.",
            fr="L’eau doit se partager par personne et non par maison.",
        ),
        line(
            88, 18, 52,
            es="La llave de la válvula debe tenerla el comité de vecinos.",
            en="The neighbours’ committee should hold the key to the valve.",
            fr="C’est au comité des voisins d’avoir la clé de la vanne.",
            answer=answered(
                Uptake.NOT_TAKEN_UP, 5,
                es="No: una válvula mal abierta rompe la red. Pero el comité estará presente cada vez que se abra.",
                en="No: a valve opened wrongly breaks the pipes. But the committee will be there each time.",
                fr="Non : une vanne mal ouverte casse le réseau. Mais le comité sera présent à chaque fois.",
            ),
        ),
        line(
            8, 82, 26,
            es="Que la administre una empresa: el gobierno ya falló.",
            en="Let a company run it: the government has failed.",
            fr="Qu’une entreprise s’en charge : l’État a échoué.",
        ),
        line(
            78, 55, 92,
            es="Cada casa nueva debe traer su cisterna de lluvia.",
            en="Each new house must come with a rain tank.",
            fr="Chaque maison neuve doit avoir sa citerne de pluie.",
        ),
        line(
            70, 74, 40,
            nah="Amo nikoni in atl tlen kisa ipan llave; amo keman nikonis.",
            es="No tomo agua de la llave y no la tomaré nunca.",
            en="I do not drink tap water and I never will.",
            fr="Je ne bois pas l’eau du robinet et je n’en boirai jamais.",
        ),
        line(
            93, 91, 95,
            es="Hay que medir la calidad y pegar el resultado en la tienda.",
            en="Quality must be measured and the result posted in the shop.",
            fr="Il faut mesurer la qualité et afficher le résultat à la boutique.",
        ),
        line(
            84, 30, 86, by="marta.rios", important=8,
            es="El tequio para limpiar la barranca debería contar como pago.",
            en="Tequio to clean the ravine should count as payment.",
            fr="Le tequio pour nettoyer le ravin devrait compter comme paiement.",
        ),
        line(
            80, 76, 74,
            es="Los mercados necesitan tomas de agua para lavar la verdura.",
            en="Markets need water taps to wash vegetables.",
            fr="Les marchés ont besoin de robinets pour laver les légumes.",
        ),
        line(
            90, 62, 58, passes=16,
            es="Las pipas se venden a quien conoce al chofer.",
            en="Lorry water is sold to whoever knows the driver.",
            fr="L’eau des camions se vend à qui connaît le chauffeur.",
        ),
        line(
            68, 64, 92, by="diego.flores",
            es="Los jóvenes podemos vigilar los tinacos con sensores baratos.",
            en="We young people can watch the tanks with cheap sensors.",
            fr="Nous, les jeunes, pouvons surveiller les réservoirs avec des capteurs bon marché.",
        ),
        line(
            64, 68, 94,
            es="En la escuela se debe enseñar a reusar el agua de la lavadora.",
            en="School should teach how to reuse washing water.",
            fr="L’école doit apprendre à réutiliser l’eau de la machine à laver.",
        ),
        line(
            22, 90, 66,
            es="Prefiero pagar un poco más si el agua llega a diario.",
            en="I would rather pay a little more if water comes every day.",
            fr="Je préfère payer un peu plus si l’eau vient chaque jour.",
        ),
        line(30, 48, 95, es="El acuífero se acaba: hay que sacar menos, aunque duela."),
    ),
)  # fmt: skip

YOUTH = Talk(
    key="mexico-youth",
    place="MX-CMX",
    zone="America/Mexico_City",
    facilitator="raul.ortega",
    organisation="youth",
    translators=TRANSLATORS,
    question=say(
        es="¿Qué trabajo queremos para los jóvenes?",
        en="What work do we want for the young?",
        fr="Quel travail voulons-nous pour les jeunes ?",
    ),
    summary=say(
        es="Primer empleo, oficios, reparto, cuidados. Pueden contestar quienes buscan, quienes emplean y quienes enseñan.",
        en="First jobs, trades, deliveries, care. Those who look for work, give it or teach it may all answer.",
        fr="Premier emploi, métiers, livraisons, soins. Qui cherche, qui emploie et qui enseigne peut répondre.",
    ),
    background=say(
        es="La ciudad revisa sus programas de empleo joven. Lo compartido pasa a las reglas de la próxima convocatoria.",
        en="The city is revising its youth employment schemes. What is shared goes into the next call’s rules.",
        fr="La ville revoit ses programmes d’emploi des jeunes. Ce qui est partagé entre dans les règles.",
    ),
    people=903,
    shares=(4, 4, 3),
    answers=13,
    opens=-27,
    closes=4.6,
    answers_for_it="Lucía Hernández",
    answer_due_days=50,
    visitors=("diego.flores", "marta.rios", "yawa.amouzou"),
    lines=(
        line(
            94, 70, 90, by=SEED, important=11,
            es="Un joven sin experiencia también merece un sueldo completo.",
            en="A young person without experience deserves a full wage too.",
            fr="Un jeune sans expérience mérite aussi un salaire entier.",
        ),
        line(
            93, 30, 85, by=SEED,
            es="Las prácticas sin pago deben prohibirse.",
            en="Unpaid internships must be banned.",
            fr="Les stages non payés doivent être interdits.",
        ),
        line(
            80, 46, 62, by=SEED,
            es="La ciudad debe contratar primero a jóvenes de la misma colonia.",
            en="The city must first hire young people of the same neighbourhood.",
            fr="La ville doit d’abord embaucher des jeunes du même quartier.",
        ),
        line(
            90, 92, 94, by=SEED, important=8,
            es="Aprender un oficio vale tanto como una carrera.",
            en="Learning a trade is worth as much as a degree.",
            fr="Apprendre un métier vaut autant qu’un diplôme.",
        ),
        line(
            95, 40, 76, by=SEED,
            es="Las plataformas deben dar seguro a quien reparte.",
            en="Platforms must insure those who deliver for them.",
            fr="Les plateformes doivent assurer ceux qui livrent.",
        ),
        line(
            30, 92, 46,
            es="Prefiero ser mi propio jefe aunque gane menos.",
            en="I would rather be my own boss, even if I earn less.",
            fr="Je préfère être mon propre patron, même en gagnant moins.",
        ),
        line(
            84, 80, 74,
            es="Las cooperativas de jóvenes no deben pagar impuestos el primer año.",
            en="Young people’s co-operatives should pay no tax in their first year.",
            fr="Les coopératives de jeunes ne devraient pas payer d’impôt la première année.",
        ),
        line(
            94, 90, 93,
            es="Dos horas de camino matan cualquier empleo.",
            en="Two hours of travel kill any job.",
            fr="Deux heures de trajet tuent n’importe quel emploi.",
        ),
        line(
            91, 38, 84,
            es="Pedir “buena presentación” es discriminar.",
            en="Asking for “good appearance” is discrimination.",
            fr="Demander une « bonne présentation », c’est discriminer.",
        ),
        line(
            88, 72, 92, by="diego.flores",
            es="Un curso en línea no sirve de nada sin datos en el celular.",
            en="An online course is no use without data on the telephone.",
            fr="Un cours en ligne ne sert à rien sans données sur le téléphone.",
        ),
        line(
            80, 78, 90, by="marta.rios",
            es="Quien se jubila debería enseñar seis meses a quien llega.",
            en="Whoever retires should teach the newcomer for six months.",
            fr="Qui part à la retraite devrait former six mois qui arrive.",
        ),
        line(
            20, 88, 30,
            es="La informalidad no es un problema: da de comer.",
            en="Working off the books is no problem: it feeds people.",
            fr="Le travail informel n’est pas un problème : il nourrit.",
        ),
        line(
            82, 42, 95, important=9,
            es="Cuidar a los hermanos también es trabajo y debe contar en el currículum.",
            en="Looking after brothers and sisters is work too and should count on a CV.",
            fr="Garder ses frères et sœurs est aussi un travail et doit compter dans un CV.",
        ),
        line(
            92, 88, 90,
            es="Cada feria de empleo debe decir cuántos contratos salieron de ella.",
            en="Each job fair must say how many contracts came of it.",
            fr="Chaque salon de l’emploi doit dire combien de contrats en sont sortis.",
        ),
        line(
            84, 60, 78,
            es="Se exige inglés donde no hace falta.",
            en="English is demanded where it is not needed.",
            fr="On exige l’anglais là où il n’est pas nécessaire.",
        ),
        line(
            62, 40, 96,
            es="Una guardería de noche haría más que diez cursos.",
            en="One night nursery would do more than ten courses.",
            fr="Une crèche de nuit ferait plus que dix formations.",
        ),
        line(
            10, 80, 32,
            es="Los apoyos en efectivo vuelven flojos a los jóvenes.",
            en="Cash grants make young people lazy.",
            fr="Les aides en argent rendent les jeunes paresseux.",
        ),
        line(
            28, 91, 50, passes=15,
            es="Las empresas que contraten jóvenes deben pagar menos cuotas.",
            en="Companies that hire young people should pay lower contributions.",
            fr="Les entreprises qui embauchent des jeunes devraient payer moins de charges.",
        ),
        line(86, 80, 84, es="Que nadie trabaje gratis “para ganar experiencia”."),
    ),
)  # fmt: skip

COURSE = Course(
    place="MX-CMX-iztapalapa",
    facilitator="raul.ortega",
    translators=TRANSLATORS,
    title=say(
        es="El agua de Iztapalapa, colonia por colonia",
        en="The water of Iztapalapa, neighbourhood by neighbourhood",
        fr="L’eau d’Iztapalapa, quartier par quartier",
    ),
    summary=say(
        es="Recorridos, conversación, respuesta por escrito y obra: un año, con nombres y fechas.",
        en="Walks, conversation, written answer and works: one year, with names and dates.",
        fr="Visites, conversation, réponse écrite et travaux : un an, avec des noms et des dates.",
    ),
    background=say(
        es="Doce recorridos con vecinas contaron cuarenta fugas. La conversación ordenó qué importa a quién.",
        en="On twelve walks with neighbours forty leaks were counted. The conversation showed what matters to whom.",
        fr="En douze visites avec les voisines, on a compté quarante fuites. La conversation a trié ce qui compte.",
    ),
    steps=(
        Step(say(es="Recorridos", en="Walks", fr="Visites"), -110, -60),
        Step(say(es="Conversación", en="Conversation", fr="Conversation"), -58, -20, talk="mexico-water"),
        Step(
            say(es="Respuesta por escrito", en="Written answer", fr="Réponse écrite"),
            -20,
            11,
            features=opens("answer:conversation", "answer:idea", "answer:problem", "support:idea"),
        ),
        Step(say(es="Obras y cuentas", en="Works and accounts", fr="Travaux et comptes"), 40, 320),
    ),
)

MEXICO = Town(talks=(WATER, YOUTH), courses=(COURSE,))

"""Lomé: how to get the neighbourhoods online, and an evening in a market hall."""

from ..enums import DeclineReason, Uptake
from .content import DECLINED, HELD, SEED, Course, Step, Talk, Town, answered, line, opens, say

TRANSLATORS = {"en": "Ama Kpodo", "es": "Citlali Méndez", "fr": "Ama Kpodo"}

NETWORK = Talk(
    key="lome-network",
    place="TG-M-lome",
    zone="Africa/Lome",
    languages=("fr", "ee", "kbp", "en", "es"),
    facilitator="kossi.mensah",
    organisation="masts",
    translators=TRANSLATORS,
    question=say(
        fr="Comment connecter nos quartiers ?",
        en="How should our neighbourhoods get online?",
        es="¿Cómo conectamos nuestros barrios?",
    ),
    summary=say(
        fr="Répondez à ce que d’autres ont écrit, une phrase à la fois. Puis voyez ce que tous partagent.",
        en="Answer what others wrote, one statement at a time. Then see what all sides share.",
        es="Responde a lo que otras personas escribieron, una frase a la vez. Luego mira lo que todas comparten.",
    ),
    background=say(
        fr=(
            "À Bè et à Tokoin, une journée de cours en ligne coûte autant qu’une journée de pain. "
            "La ville a de quoi poser des mâts, mais pas partout.\n\n"
            "Avant de voter sur les projets, nous voulons savoir ce que les quartiers ont en commun."
        ),
        en=(
            "In Bè and Tokoin, a day of lessons online costs as much as a day of bread. "
            "The city can pay for some masts, not for all.\n\n"
            "Before projects are voted on, we want to know what the neighbourhoods share."
        ),
        es=(
            "En Bè y Tokoin, un día de clases en línea cuesta lo mismo que un día de pan. "
            "La ciudad puede pagar algunas antenas, no todas.\n\n"
            "Antes de votar los proyectos queremos saber qué comparten los barrios."
        ),
    ),
    first_background=say(
        fr=(
            "À Bè et à Tokoin, une journée de cours en ligne coûte cher. La ville va poser des mâts.\n\n"
            "Avant de voter sur les projets, nous voulons savoir ce que les quartiers ont en commun."
        ),
        en=(
            "In Bè and Tokoin, a day of lessons online is expensive. The city will put up masts.\n\n"
            "Before projects are voted on, we want to know what the neighbourhoods share."
        ),
        es=(
            "En Bè y Tokoin, un día de clases en línea es caro. La ciudad va a poner antenas.\n\n"
            "Antes de votar los proyectos queremos saber qué comparten los barrios."
        ),
    ),
    people=846,
    shares=(5, 4, 3),
    answers=12,
    opens=-19,
    closes=8.4,
    answers_for_it="Adjoa Lawson",
    answer_due_days=70,
    visitors=("yawa.amouzou", "edem.tossou", "lea.bouchard", "unai.etxebarria"),
    lines=(
        line(
            94, 91, 92, by=SEED, important=12,
            fr="Une panne doit être réparée en deux jours au plus.",
            en="A fault must be repaired within two days at most.",
            es="Una avería debe repararse en dos días como máximo.",
        ),
        line(
            88, 90, 95, by=SEED,
            fr="Les prix doivent être affichés au mur de chaque boutique.",
            en="Prices must hang on the wall of every shop.",
            es="Los precios deben estar a la vista en cada tienda.",
        ),
        line(
            93, 30, 48, by=SEED, important=9,
            fr="Le réseau d’un quartier doit appartenir à ceux qui y habitent.",
            en="The network of a neighbourhood should belong to the people who live on it.",
            es="La red de un barrio debe pertenecer a quienes viven en él.",
        ),
        line(
            36, 93, 55, by=SEED,
            fr="C’est à la ville de payer les premiers mâts.",
            en="It is for the city to pay for the first masts.",
            es="A la ciudad le toca pagar las primeras antenas.",
        ),
        line(
            34, 28, 92, by=SEED,
            fr="Je préfère payer à l’heure plutôt qu’au mois.",
            en="I would rather pay by the hour than by the month.",
            es="Prefiero pagar por hora y no por mes.",
        ),
        line(
            96, 68, 60, important=7,
            fr="Il faut former dans chaque quartier douze jeunes qui sachent réparer.",
            en="Each neighbourhood should train twelve young people who can repair things.",
            es="En cada barrio hay que formar a doce jóvenes que sepan reparar.",
            answer=answered(
                Uptake.UNDER_WAY, 3,
                fr=(
                    "Les douze premiers ont commencé en octobre à Bè. La ville paie leurs six premiers mois. "
                    "La suite dépend de ce que cette conversation montrera."
                ),
                en=(
                    "The first twelve began in Bè in October. The city pays their first six months. "
                    "What comes after depends on what this conversation shows."
                ),
                es=(
                    "Los primeros doce empezaron en octubre en Bè. La ciudad paga sus seis primeros meses. "
                    "Lo que siga depende de lo que muestre esta conversación."
                ),
            ),
        ),
        line(
            6, 22, 78,
            fr="Les opérateurs privés feront toujours mieux que nous.",
            en="Private operators will always do better than we can.",
            es="Las empresas privadas siempre lo harán mejor que nosotros.",
        ),
        line(
            58, 95, 50,
            ee="Ele be internet naɖo sukuwo gbã.",
            fr="Les écoles doivent être connectées avant tout le monde.",
            en="Schools must be connected before anybody else.",
            es="Las escuelas deben conectarse antes que nadie.",
        ),
        line(
            20, 55, 80,
            fr="Une ligne partagée à trente, c’est trop lent le soir.",
            en="One line shared by thirty homes is too slow in the evening.",
            es="Una línea para treinta casas es demasiado lenta por la noche.",
        ),
        line(
            66, 52, 95,
            fr="Le wifi du marché doit marcher jusqu’à ce que la dernière vendeuse rentre.",
            en="The market wifi must run until the last trader goes home.",
            es="El wifi del mercado debe funcionar hasta que la última vendedora se vaya.",
        ),
        line(
            88, 42, 66, by="yawa.amouzou",
            fr="Celui qui ne peut pas payer doit pouvoir aider à l’entretien en échange.",
            en="Whoever cannot pay should be able to help with upkeep instead.",
            es="Quien no pueda pagar debería poder ayudar con el mantenimiento a cambio.",
        ),
        line(
            92, 88, 84,
            fr="Tous les trois mois, une réunion où l’on montre les comptes.",
            en="Every three months, a meeting where the accounts are shown.",
            es="Cada tres meses, una reunión donde se muestren las cuentas.",
        ),
        line(
            12, 38, 58, passes=17,
            fr="Je ne veux pas de mât sur mon toit, à cause de la foudre.",
            en="I do not want a mast on my roof, because of lightning.",
            es="No quiero una antena en mi techo, por los rayos.",
        ),
        line(
            82, 70, 95,
            fr="Les vendeuses du marché doivent siéger au comité.",
            en="The market women must sit on the committee.",
            es="Las vendedoras del mercado deben estar en el comité.",
        ),
        line(
            30, 55, 82,
            fr="Sans courant stable, parler d’internet ne sert à rien.",
            en="Without steady electricity there is no point in talking about the internet.",
            es="Sin luz estable no sirve de nada hablar de internet.",
        ),
        line(
            90, 87, 83, by="edem.tossou", important=8,
            fr="La ville doit publier le contrat qu’elle a signé avec l’opérateur.",
            en="The city must publish the contract it signed with the operator.",
            es="La ciudad debe publicar el contrato que firmó con la empresa.",
        ),
        line(
            86, 80, 91,
            fr="Un message vocal en éwé doit compter autant qu’un texte en français.",
            en="A voice message in Ewe must count as much as a text in French.",
            es="Un mensaje de voz en ewé debe contar igual que un texto en francés.",
        ),
        line(
            95, 58, 68,
            fr="Commençons petit : une rue, un mât, six mois, puis on juge.",
            en="Let us start small: one street, one mast, six months, then we judge.",
            es="Empecemos en pequeño: una calle, una antena, seis meses, y luego juzgamos.",
        ),
        line(74, 66, 82, passes=14, fr="Les cybercafés vont perdre leur travail : il faut les associer."),
        line(
            40, 76, 30, by=SEED,
            fr="Il vaut mieux attendre la fibre de la ville que poser des mâts maintenant.",
            en="It is better to wait for the city’s fibre than to put up masts now.",
            es="Es mejor esperar la fibra de la ciudad que poner antenas ahora.",
        ),
        line(state=HELD, fr="Les taxis-motos pourraient porter le signal de quartier en quartier."),
        line(state=HELD, fr="Il faut couper internet pendant les examens, comme cela personne ne triche."),
        line(
            state=HELD, by="yawa.amouzou",
            fr="Les filles doivent avoir des heures à elles au point d’accès, sans les garçons.",
        ),
        line(
            state=DECLINED, reason=DeclineReason.SPAM,
            fr="Forfaits moins chers chez mon cousin au grand marché, demandez Koffi !",
        ),
    ),
)  # fmt: skip

MARKET = Talk(
    key="lome-market",
    place="TG-M-be",
    zone="Africa/Lome",
    facilitator="kossi.mensah",
    translators=TRANSLATORS,
    question=say(
        fr="Qu’est-ce qui doit changer au marché ?",
        en="What has to change at the market?",
        es="¿Qué tiene que cambiar en el mercado?",
    ),
    summary=say(
        fr="Une soirée dans la salle de Bè : soixante-quatorze personnes, trente téléphones, un grand écran.",
        en="One evening in the hall of Bè: seventy-four people, thirty telephones, one big screen.",
        es="Una noche en la sala de Bè: setenta y cuatro personas, treinta teléfonos, una pantalla grande.",
    ),
    background=say(
        fr="Les vendeuses et les clients ont répondu ensemble dans la salle. Ceux qui manquaient peuvent encore le faire.",
        en="Traders and customers answered together in the hall. Those who were not there still can.",
        es="Vendedoras y clientes respondieron juntos en la sala. Quien no estuvo aún puede hacerlo.",
    ),
    people=74,
    shares=(4, 3),
    answers=13,
    opens=-1.3,
    closes=1.6,
    in_one_evening=True,
    answers_for_it="Adjoa Lawson",
    answer_due_days=30,
    visitors=("edem.tossou",),
    lines=(
        line(
            95, 92, by=SEED, important=10,
            fr="L’eau potable doit arriver dans chaque rangée.",
            en="Drinking water must reach every row.",
            es="El agua potable debe llegar a cada hilera.",
        ),
        line(
            94, 72, by=SEED,
            fr="Les toilettes doivent être propres, et gratuites pour celles qui vendent.",
            en="Toilets must be clean, and free for those who sell here.",
            es="Los baños deben estar limpios y ser gratuitos para quienes venden.",
        ),
        line(
            93, 30, by=SEED,
            fr="La taxe du matin est trop chère pour celles qui vendent par terre.",
            en="The morning fee is too high for those who sell from the ground.",
            es="La cuota de la mañana es muy cara para quienes venden en el suelo.",
        ),
        line(
            38, 95, by=SEED,
            fr="Les motos ne doivent plus entrer entre les étals.",
            en="Motorbikes must no longer drive in between the stalls.",
            es="Las motos ya no deben entrar entre los puestos.",
        ),
        line(
            90, 68,
            fr="Il faut un coin d’ombre pour les enfants des vendeuses.",
            en="The traders’ children need a place in the shade.",
            es="Hace falta un rincón con sombra para los hijos de las vendedoras.",
        ),
        line(
            80, 74,
            fr="Une banque de semences au marché garderait nos variétés d’ici.",
            en="A seed bank at the market would keep the varieties we have here.",
            es="Un banco de semillas en el mercado guardaría nuestras variedades.",
        ),
        line(
            94, 96, important=9,
            fr="Les ordures doivent partir chaque soir, pas deux fois par semaine.",
            en="Rubbish must leave every evening, not twice a week.",
            es="La basura debe salir cada noche, no dos veces por semana.",
        ),
        line(
            24, 95,
            fr="Les balances doivent être contrôlées.",
            en="The scales must be checked.",
            es="Hay que revisar las balanzas.",
        ),
        line(
            30, 88,
            fr="On devrait pouvoir payer par téléphone à tous les étals.",
            en="One should be able to pay by telephone at every stall.",
            es="Debería poderse pagar con el teléfono en todos los puestos.",
        ),
        line(
            14, 90,
            fr="Les prix doivent être écrits ; marchander fatigue.",
            en="Prices must be written down; bargaining is tiring.",
            es="Los precios deben estar escritos; regatear cansa.",
        ),
        line(
            58, 54, passes=20,
            fr="Les places devraient être tirées au sort chaque année.",
            en="Places should be drawn by lot each year.",
            es="Los lugares deberían sortearse cada año.",
        ),
        line(
            40, 70,
            fr="Le marché doit rester ouvert jusqu’à vingt-deux heures.",
            en="The market must stay open until ten in the evening.",
            es="El mercado debe seguir abierto hasta las diez de la noche.",
        ),
        line(
            90, 52,
            fr="La tontine des vendeuses devrait gérer la taxe avec la mairie.",
            en="The traders’ savings circle should run the fee together with city hall.",
            es="La tanda de las vendedoras debería administrar la cuota con la alcaldía.",
        ),
        line(36, 84, fr="Un jour par semaine sans sachets en plastique, on peut essayer."),
    ),
)  # fmt: skip

COURSE = Course(
    place="TG-M-lome",
    facilitator="kossi.mensah",
    translators=TRANSLATORS,
    title=say(
        fr="Des quartiers connectés, par et pour ceux qui y vivent",
        en="Neighbourhoods online, by and for those who live there",
        es="Barrios conectados, por y para quienes viven en ellos",
    ),
    summary=say(
        fr="Du problème raconté à trois jusqu’aux mâts que l’on pose : quatre étapes, une réponse écrite.",
        en="From a problem told by three people to masts that stand: four steps, one written answer.",
        es="Del problema contado por tres personas a las antenas en pie: cuatro pasos, una respuesta por escrito.",
    ),
    background=say(
        fr="La ville met soixante millions de francs. Ce que tous les groupes partagent entre dans les projets du vote.",
        en="The city puts in sixty million francs. What all groups share goes into the projects people vote on.",
        es="La ciudad pone sesenta millones de francos. Lo que todos comparten entra en los proyectos que se votan.",
    ),
    steps=(
        Step(
            say(fr="Problèmes racontés", en="Problems told", es="Problemas contados"),
            -60,
            -20,
            features=opens("create:problem", "support:problem", "comment:problem"),
        ),
        Step(
            say(fr="Conversation", en="Conversation", es="Conversación"),
            -19,
            8.4,
            talk="lome-network",
            features=opens(
                "comment:conversation", "support:problem", "create:idea", "support:idea", "comment:idea"
            ),
        ),
        Step(say(fr="Vote sur les projets", en="Vote on projects", es="Voto de proyectos"), 15, 36),
        Step(say(fr="Travaux et résultats", en="Work and results", es="Obras y resultados"), 60, 240),
    ),
)

LOME = Town(talks=(NETWORK, MARKET), courses=(COURSE,))

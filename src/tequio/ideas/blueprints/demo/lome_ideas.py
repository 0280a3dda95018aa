"""Lomé: fresh ideas against what keeps young people back, the first supports, two drafts, two that are alike."""

from tequio.discussions.demo import remark

from .content import Proposal, say
from .lome_problems import ADIDOGOME, AGOE, AKODESSEWA, ASSIGAME, BAGUIDA, BE, BE_KPOTA, TOKOIN

PROPOSALS = (
    Proposal(
        "line", "yawa.amouzou", 11, BE,
        title=say(
            fr="Une ligne partagée dans chaque salle d’étude",
            en="One shared line in every study room",
            es="Una línea compartida en cada sala de estudio",
        ),
        what=say(
            fr="Le centre du quartier ouvre une salle de seize à vingt-deux heures. Vingt places, une ligne rapide, et deux jeunes formés qui veillent et dépannent.",
            en="The quarter’s centre opens a room from four to ten. Twenty seats, one fast line, and two trained young people who watch over it and mend what breaks.",
            es="El centro del barrio abre una sala de cuatro a diez. Veinte plazas, una línea rápida y dos jóvenes formados que cuidan y reparan.",
        ),
        why=say(
            fr="Payer une ligne à vingt coûte moins qu’un forfait chacun. Et on apprend ensemble.",
            en="One line among twenty costs less than twenty bundles. And we learn together.",
            es="Una línea entre veinte cuesta menos que un paquete cada uno. Y aprendemos juntos.",
        ),
        for_whom=say(
            fr="Élèves, étudiants et apprentis de Bè.",
            en="Pupils, students and apprentices of Bè.",
            es="Alumnos, estudiantes y aprendices de Bè.",
        ),
        cost=4_200_000, answers=("data",), supports=14, others=("ama.kpodo", "kokou.agbodjan"),
        talk=(
            remark(
                "kokou.agbodjan", 220, side="for", marks=8,
                fr="À Agoè, une salle comme ça marche depuis un an. Le gardien est un ancien élève, et rien n’a disparu.",
                en="In Agoè a room like this has run for a year. The keeper is a former pupil, and nothing has gone missing.",
                es="En Agoè una sala así funciona desde hace un año. La cuida un antiguo alumno y no ha desaparecido nada.",
            ),
            remark(
                "tchilalo.bawa", 190, side="against", marks=5,
                fr="Vingt places pour un quartier de cinquante mille personnes : qui choisit les vingt ?",
                en="Twenty seats in a quarter of fifty thousand people: who chooses the twenty?",
                es="Veinte plazas para un barrio de cincuenta mil personas: ¿quién elige a las veinte?",
            ),
            remark(
                "edem.tossou", 160, side="for", marks=4,
                fr="Je prête la salle du fond de ma boutique le dimanche. Il y a déjà l’électricité.",
                en="I lend the back room of my shop on Sundays. It has electricity already.",
                es="Presto el cuarto de atrás de mi tienda los domingos. Ya tiene electricidad.",
            ),
            remark(
                "delali.amete", 96, side="against", marks=3,
                fr="Vingt-deux heures, c’est tard pour rentrer seule. Il faut régler le chemin avant la salle.",
                en="Ten is late to go home alone. Solve the way home before the room.",
                es="Las diez es tarde para volver sola. Hay que resolver el camino antes que la sala.",
            ),
        ),
    ),
    Proposal(
        "lessons", "ama.kpodo", 8, TOKOIN,
        title=say(
            fr="Des cours à copier au kiosque, sans réseau",
            en="Lessons you copy at the kiosk, without a network",
            es="Clases que se copian en el quiosco, sin red",
        ),
        what=say(
            fr="Chaque kiosque de crédit reçoit une petite boîte avec les cours de l’année. On approche son téléphone, on copie, on repart.",
            en="Every kiosk that sells credit gets a small box with the year’s lessons. You bring your phone near, copy, and go.",
            es="Cada quiosco de saldo recibe una cajita con las clases del año. Acercas el teléfono, copias y te vas.",
        ),
        why=say(
            fr="Les kiosques sont déjà à chaque coin de rue. Il manque seulement ce qu’on y copie.",
            en="The kiosks already stand at every corner. Only what one copies there is missing.",
            es="Los quioscos ya están en cada esquina. Solo falta qué copiar en ellos.",
        ),
        for_whom=say(
            fr="Ceux qui ont un téléphone et pas de forfait.",
            en="Those who have a phone and no bundle.",
            es="Quienes tienen teléfono y no tienen datos.",
        ),
        cost=1_500_000, answers=("data",), supports=9,
        talk=(
            remark(
                "senam.gbedemah", 150, side="for", marks=6,
                fr="Les corrigés aussi, s’il vous plaît. C’est ce qu’on s’échange le plus.",
                en="The model answers too, please. That is what we pass around most.",
                es="También las soluciones, por favor. Es lo que más nos pasamos.",
            ),
            remark(
                "mawuli.koffi", 120, side="against", marks=2,
                fr="Qui met les cours à jour ? Une boîte vieille de deux ans fait rater l’examen.",
                en="Who keeps the lessons up to date? A box two years old makes you fail the exam.",
                es="¿Quién actualiza las clases? Una caja de hace dos años te hace suspender.",
            ),
        ),
    ),
    Proposal(
        "path", "edem.tossou", 9, BE_KPOTA,
        title=say(
            fr="Un chemin surélevé de pavés jusqu’à l’école",
            en="A raised path of paving stones to the school",
            es="Un camino elevado de adoquines hasta la escuela",
        ),
        what=say(
            fr="Trois cents mètres de pavés faits ici, posés à quarante centimètres par les jeunes du quartier. La ville paie le sable et le ciment.",
            en="Three hundred metres of paving stones made here, laid forty centimetres high by the quarter’s young people. The city pays for sand and cement.",
            es="Trescientos metros de adoquines hechos aquí, colocados a cuarenta centímetros por jóvenes del barrio. La ciudad paga arena y cemento.",
        ),
        why=say(
            fr="L’eau passera dessous, les enfants dessus. Et trente jeunes auront appris à paver.",
            en="The water will pass below, the children above. And thirty young people will have learnt to pave.",
            es="El agua pasará por debajo y los niños por encima. Y treinta jóvenes habrán aprendido a adoquinar.",
        ),
        for_whom=say(
            fr="Les enfants de l’école, et les jeunes sans travail de Bè-Kpota.",
            en="The children of the school, and young people of Bè-Kpota without work.",
            es="Los niños de la escuela y los jóvenes sin trabajo de Bè-Kpota.",
        ),
        cost=6_800_000, answers=("flood",), supports=11,
        talk=(
            remark(
                "abla.sodji", 180, side="for", marks=7,
                fr="Nous avons fait cinquante mètres nous-mêmes en 2021. Ils tiennent toujours.",
                en="We laid fifty metres ourselves in 2021. They still hold.",
                es="En 2021 hicimos cincuenta metros nosotras. Todavía aguantan.",
            ),
            remark(
                "kokou.agbodjan", 140, side="against", marks=4,
                fr="Si le caniveau reste bouché, l’eau ira dans les maisons. Il faut les deux.",
                en="If the drain stays blocked, the water goes into the houses. It takes both.",
                es="Si el desagüe sigue tapado, el agua irá a las casas. Hacen falta las dos cosas.",
            ),
        ),
    ),
    Proposal(
        "drains", "kokou.agbodjan", 5, AGOE,
        title=say(
            fr="Curer les caniveaux avant les pluies, avec un calendrier affiché",
            en="Clear the drains before the rains, with a calendar on the wall",
            es="Limpiar los desagües antes de las lluvias, con un calendario a la vista",
        ),
        what=say(
            fr="En mars, chaque rue a son samedi. La ville prête brouettes et pelles, et le camion passe le soir même.",
            en="In March each street has its Saturday. The city lends barrows and shovels, and the lorry comes that same evening.",
            es="En marzo cada calle tiene su sábado. La ciudad presta carretillas y palas, y el camión pasa esa misma noche.",
        ),
        why=say(
            fr="Aujourd’hui on cure en juillet, quand tout est déjà dehors.",
            en="Today the clearing is done in July, when everything is out in the street already.",
            es="Hoy se limpia en julio, cuando todo está ya en la calle.",
        ),
        for_whom=say(fr="Les rues basses de la ville.", en="The low streets of the city.", es="Las calles bajas de la ciudad."),
        cost=900_000, answers=("flood", "lagoon"), supports=7,
    ),
    Proposal(
        "creche", "akouvi.dossou", 7, ASSIGAME,
        title=say(
            fr="Une crèche dans l’enceinte du Grand Marché",
            en="A nursery inside the Grand Market",
            es="Una guardería dentro del Gran Mercado",
        ),
        what=say(
            fr="Une salle au premier étage, de six heures à dix-huit heures. Une coopérative de mères la tient, et chacune donne une matinée par semaine.",
            en="A room on the first floor, from six to six. A co-operative of mothers runs it, and each gives one morning a week.",
            es="Una sala en el primer piso, de seis a seis. La lleva una cooperativa de madres y cada una da una mañana por semana.",
        ),
        why=say(
            fr="Un enfant gardé, c’est une mère qui vend, une mère qui apprend, et une petite sœur à l’école.",
            en="A child that is minded means a mother who sells, a mother who learns, and a little sister at school.",
            es="Un niño cuidado es una madre que vende, una madre que aprende y una hermana pequeña en la escuela.",
        ),
        for_whom=say(
            fr="Soixante enfants de moins de quatre ans.",
            en="Sixty children under four.",
            es="Sesenta niños menores de cuatro años.",
        ),
        cost=3_600_000, answers=("creche",), supports=16, others=("delali.amete",),
        talk=(
            remark(
                "delali.amete", 140, side="for", marks=9,
                fr="Je donne mes lundis. Nous sommes déjà onze à avoir signé le cahier.",
                en="I give my Mondays. Eleven of us have signed the book already.",
                es="Doy mis lunes. Ya somos once las que firmamos el cuaderno.",
            ),
            remark(
                "ama.kpodo", 110, side="for", marks=5,
                fr="La salle au-dessus des tissus est vide depuis l’incendie. Les murs sont bons.",
                en="The room above the cloth stalls has been empty since the fire. The walls are sound.",
                es="La sala encima de las telas está vacía desde el incendio. Los muros están bien.",
            ),
            remark(
                "tchilalo.bawa", 70, side="against", marks=4,
                fr="Un premier étage sans deuxième escalier, avec des bébés : non, pas avant les travaux.",
                en="A first floor without a second staircase, with babies: no, not before it is built.",
                es="Un primer piso sin segunda escalera, con bebés: no, antes hay que hacer la obra.",
            ),
        ),
    ),
    Proposal(
        "stalls", "tchilalo.bawa", 2, ASSIGAME,
        title=say(
            fr="Garder les petits près des étals du Grand Marché",
            en="Minding the little ones near the stalls of the Grand Market",
            es="Cuidar a los pequeños cerca de los puestos del Gran Mercado",
        ),
        what=say(
            fr="Une garderie sous tente, au rez-de-chaussée, à dix pas des vendeuses. Trois femmes formées, des nattes, de l’eau propre.",
            en="A day nursery in a tent on the ground floor, ten steps from the sellers. Three trained women, mats, clean water.",
            es="Una guardería bajo una carpa, en la planta baja, a diez pasos de las vendedoras. Tres mujeres formadas, esteras, agua limpia.",
        ),
        why=say(
            fr="Les mères veulent voir leur enfant, et sortir vite si le feu prend.",
            en="Mothers want to see their child, and to get out fast if there is a fire.",
            es="Las madres quieren ver a su hijo y salir rápido si hay fuego.",
        ),
        for_whom=say(
            fr="Les vendeuses et leurs enfants.", en="The sellers and their children.", es="Las vendedoras y sus hijos."
        ),
        cost=1_100_000, answers=("creche",), supports=3,
    ),
    Proposal(
        "doors", "senam.gbedemah", 6, ADIDOGOME,
        title=say(
            fr="Des toilettes qui ferment, avec de l’eau, dans dix collèges",
            en="Toilets that lock, with water, in ten schools",
            es="Baños que cierran, con agua, en diez colegios",
        ),
        what=say(
            fr="Quatre cabines par collège, une porte, un verrou, un point d’eau de pluie. Le comité des parents garde la clé et le savon.",
            en="Four cubicles a school, a door, a bolt, a rainwater tap. The parents’ committee keeps the key and the soap.",
            es="Cuatro cabinas por colegio, una puerta, un cerrojo, un grifo de agua de lluvia. El comité de padres guarda la llave y el jabón.",
        ),
        why=say(
            fr="Ce n’est pas du confort. C’est trois jours d’école par mois.",
            en="This is no comfort. It is three days of school a month.",
            es="No es comodidad. Son tres días de escuela al mes.",
        ),
        for_whom=say(fr="Quatre mille filles.", en="Four thousand girls.", es="Cuatro mil chicas."),
        cost=12_500_000, answers=("toilets",), supports=13,
        talk=(
            remark(
                "yawa.amouzou", 130, side="for", marks=11,
                fr="Que les filles du collège choisissent l’endroit. La dernière fois, on les a mises derrière le terrain de foot.",
                en="Let the girls of the school choose the spot. Last time they put them behind the football pitch.",
                es="Que las chicas del colegio elijan el sitio. La última vez los pusieron detrás de la cancha.",
            ),
            remark(
                "mawuli.koffi", 88, side="for", marks=6,
                fr="Les portes, nous pouvons les souder à l’atelier. Deux semaines, avec le prix écrit.",
                en="The doors we can weld in our workshop. Two weeks, with the price in writing.",
                es="Las puertas podemos soldarlas en el taller. Dos semanas, con el precio por escrito.",
            ),
        ),
    ),
    Proposal(
        "booklet", "mawuli.koffi", 4, AGOE,
        title=say(
            fr="Un carnet d’apprenti, signé chaque mois",
            en="An apprentice’s booklet, signed every month",
            es="Una libreta de aprendiz, firmada cada mes",
        ),
        what=say(
            fr="Le patron signe ce que l’apprenti sait faire, avec une photo de l’ouvrage. La chambre des métiers en garde une copie.",
            en="The master signs what the apprentice can do, with a photo of the work. The chamber of trades keeps a copy.",
            es="El maestro firma lo que el aprendiz sabe hacer, con una foto de la obra. La cámara de oficios guarda una copia.",
        ),
        why=say(
            fr="Le savoir-faire doit survivre au patron.",
            en="Skill must outlive the master.",
            es="El saber debe sobrevivir al maestro.",
            machine=("en", "es"),
        ),
        for_whom=say(
            fr="Tous les apprentis, dans tous les métiers.",
            en="All apprentices, in all trades.",
            es="Quienes aprenden, en cualquier oficio.",
        ),
        cost=2_000_000, answers=("papers",), supports=8,
        talk=(
            remark(
                "tchilalo.bawa", 60, side="for", marks=5,
                fr="Ma patronne signera. Elle a eu le même souci à mon âge.",
                en="My mistress will sign. She had the same trouble at my age.",
                es="Mi maestra firmará. Tuvo el mismo problema a mi edad.",
            ),
            remark(
                "edem.tossou", 50, side="against", marks=3,
                fr="Et le patron qui fait payer sa signature ? Cela existe déjà pour les attestations.",
                en="And the master who charges for his signature? That exists already for certificates.",
                es="¿Y el maestro que cobra por firmar? Eso ya pasa con los certificados.",
            ),
        ),
    ),
    Proposal(
        "tricycles", "abla.sodji", 2, AKODESSEWA,
        title=say(
            fr="Cinq tricycles pour trier, vendre et nettoyer",
            en="Five tricycles to sort, sell and clean",
            es="Cinco triciclos para separar, vender y limpiar",
        ),
        what=say(
            fr="Quinze jeunes ramassent chaque jour, trient, et vendent plastique et métal. Le compost va aux maraîchers de Baguida.",
            en="Fifteen young people collect every day, sort, and sell plastic and metal. The compost goes to the growers of Baguida.",
            es="Quince jóvenes recogen cada día, separan y venden plástico y metal. El abono va a los hortelanos de Baguida.",
        ),
        why=say(
            fr="Le camion coûte et ne suffit pas. Un tricycle passe dans les ruelles.",
            en="The lorry is dear and not enough. A tricycle fits into the alleys.",
            es="El camión cuesta y no alcanza. Un triciclo entra en los callejones.",
        ),
        for_whom=say(fr="Le quartier, et quinze emplois.", en="The quarter, and fifteen jobs.", es="El barrio, y quince empleos."),
        cost=5_400_000, answers=("lagoon",), supports=3,
    ),
    Proposal(
        "fare", "delali.amete", 1, BAGUIDA,
        title=say(
            fr="Un prix de nuit écrit sur le gilet",
            en="A night fare written on the vest",
            es="Un precio de noche escrito en el chaleco",
        ),
        what=say(fr="Les syndicats de zémidjans et la ville fixent un tarif du soir. Il est imprimé dans le dos."),
        why=say(fr="Un prix qu’on lit ne se discute pas seule dans le noir."),
        for_whom=say(fr="Celles qui rentrent tard."),
        answers=("night",), supports=1,
    ),
    Proposal(
        "radio", "senam.gbedemah", 1, ADIDOGOME,
        title=say(fr="Une radio du collège, faite par les élèves"),
        what=say(fr="Une heure par semaine, avec les leçons et les nouvelles. Je cherche encore qui prête l’émetteur."),
        why=say(fr="Tout le monde a une radio."),
        for_whom=say(fr="Les familles sans téléphone."),
        answers=("data",), is_draft=True,
    ),
    Proposal(
        "lamps", "mawuli.koffi", 2, AGOE,
        title=say(fr="Louer une lampe solaire pour une semaine d’examen"),
        what=say(fr="Cinquante lampes à la bibliothèque. On les rend chargées."),
        why=say(fr="Les coupures tombent toujours la veille de l’épreuve."),
        for_whom=say(fr="Les candidats au baccalauréat."),
        is_draft=True,
    ),
)  # fmt: skip

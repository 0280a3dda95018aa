"""Mexico City, outside the process: ideas of the open hubs that many people support, one of them waited for too long."""

from tequio.discussions.demo import remark

from .content import Proposal, say
from .mexico_problems import CABEZA, COYOACAN_CENTRE, GUERRERO, SANTO_DOMINGO, TEOTONGO

PROPOSALS = (
    Proposal(
        "library", "ximena.galvan", 95, TEOTONGO, is_open_hub=True,
        title=say(
            es="Una biblioteca que abra cuando salimos de trabajar",
            en="A library that opens when we leave work",
            fr="Une bibliothèque qui ouvre quand nous sortons du travail",
        ),
        what=say(
            es="De seis a diez de la noche y los domingos. El edificio ya existe; hace falta el turno.",
            en="From six to ten in the evening, and on Sundays. The building exists; what is missing is the shift.",
            fr="De dix-huit à vingt-deux heures, et le dimanche. Le bâtiment existe ; il manque l’équipe.",
        ),
        why=say(
            es="Hoy cierra a las tres, cuando nadie puede ir.",
            en="Today it closes at three, when all of us are somewhere else.",
            fr="Aujourd’hui, elle ferme à quinze heures, quand nous sommes tous ailleurs.",
        ),
        for_whom=say(es="Quien trabaja y estudia.", en="Those who work and study.", fr="Qui travaille et étudie."),
        cost=1_200_000, supports=21,
        talk=(
            remark(
                "antonio.rangel", 1900, side="for", marks=6,
                es="Saco la secundaria a los cincuenta y dos. Leo en la cabina porque no hay otro lugar.",
                en="I am finishing school at fifty-two. I read in the cab because there is no other place.",
                fr="Je finis le collège à cinquante-deux ans. Je lis dans la cabine, faute d’autre endroit.",
            ),
        ),
    ),
    Proposal(
        "compost", "paloma.ibarra", 130, GUERRERO, is_open_hub=True,
        title=say(
            es="Composta de barrio en los patios de las vecindades",
            en="Compost in the courtyards of shared houses",
            fr="Du compost dans les cours des maisons partagées",
        ),
        what=say(
            es="Veinte patios con composteras, y una ruta en triciclo que lleva la tierra a Xochimilco.",
            en="Twenty courtyards with composters, and a tricycle that carries the earth to Xochimilco.",
            fr="Vingt cours avec composteurs, et un tricycle qui porte la terre à Xochimilco.",
        ),
        why=say(es="Media bolsa de basura es comida.", en="Half of a rubbish bag is food.", fr="La moitié d’un sac d’ordures est de la nourriture."),
        for_whom=say(es="Vecindades de la Guerrero.", en="Shared houses of Guerrero.", fr="Les maisons partagées de Guerrero."),
        cost=240_000, supports=19,
    ),
    Proposal(
        "clinic", "norma.tellez", 141, SANTO_DOMINGO, is_open_hub=True,
        title=say(
            es="Que el consultorio dé cita por teléfono, no a las cinco de la mañana",
            en="Let the surgery give appointments by phone, not at five in the morning",
            fr="Que le cabinet donne rendez-vous par téléphone, pas à cinq heures du matin",
        ),
        what=say(
            es="Una línea atendida por dos personas, y la mitad de las fichas reservada para mayores.",
            en="A line answered by two people, and half of the places kept for old people.",
            fr="Une ligne tenue par deux personnes, et la moitié des places gardée pour les aînés.",
        ),
        why=say(
            es="Formarse enferma y de noche enferma más.",
            en="Queueing ill and at night makes one more ill.",
            fr="Faire la queue malade et de nuit rend plus malade.",
        ),
        for_whom=say(es="Pacientes del consultorio.", en="Patients of the surgery.", fr="Les patients du cabinet."),
        cost=380_000, supports=26,
        talk=(
            remark(
                "marta.rios", 2500, side="for", marks=9,
                es="Fui cuatro madrugadas por una receta. A la quinta mandé a mi nieto con mi suéter puesto, para que creyeran que era yo.",
                en="I went four times before dawn for one prescription. The fifth time I sent my grandson in my jumper, so that they took him for me.",
                fr="J’y suis allée quatre fois avant l’aube pour une ordonnance. La cinquième, j’ai envoyé mon petit-fils avec mon pull, pour qu’on le prenne pour moi.",
            ),
        ),
    ),
    Proposal(
        "band", "antonio.rangel", 34, CABEZA, is_open_hub=True,
        title=say(
            es="Instrumentos prestados para la banda de la unidad",
            en="Borrowed instruments for the estate’s band",
            fr="Des instruments prêtés pour la fanfare de la cité",
        ),
        what=say(
            es="Treinta instrumentos, dos maestros y el salón de usos múltiples los sábados.",
            en="Thirty instruments, two teachers and the common room on Saturdays.",
            fr="Trente instruments, deux professeurs et la salle commune le samedi.",
        ),
        why=say(es="Hay oído; faltan trompetas.", en="The ear is there; the trumpets are missing.", fr="L’oreille est là ; manquent les trompettes."),
        for_whom=say(es="Chamacos de ocho a ochenta.", en="Youngsters from eight to eighty.", fr="Les gamins de huit à quatre-vingts ans."),
        cost=270_000, supports=7,
    ),
    Proposal(
        "square", "gabriela.sosa", 26, COYOACAN_CENTRE, is_open_hub=True,
        title=say(
            es="Que la plaza tenga luz para vender y para bailar",
            en="Light in the square to sell and to dance",
            fr="De la lumière sur la place pour vendre et pour danser",
        ),
        what=say(
            es="Contactos con medidor y un tablero que se reparte por turnos.",
            en="Sockets with a meter, and a board shared by turns.",
            fr="Des prises avec compteur, et un tableau partagé à tour de rôle.",
        ),
        why=say(es="Hoy nos colgamos del poste, con miedo.", en="Today we hook up to the lamp post, in fear.", fr="Aujourd’hui, on se branche au poteau, avec la peur."),
        for_whom=say(es="Vendedoras y danzoneros.", en="Sellers and dancers.", fr="Vendeuses et danseurs."),
        cost=150_000, supports=5,
    ),
)  # fmt: skip

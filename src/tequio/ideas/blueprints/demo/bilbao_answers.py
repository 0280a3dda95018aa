"""Bilbao: what was answered to the eight ideas, with reasons."""

from tequio.ideas.answers.enums import Decision

from .content import Ruling, say

OFFICER, OFFICE, QUARTERS = "amaia.olano", "Barrios y obras", "quarters"

RULINGS = (
    Ruling(
        "shops", Decision.ACCEPTED, 214, OFFICER, office=OFFICE, organisation=QUARTERS,
        reasons=say(
            es="Sí, seis bajos en Otxarkoaga. Pagamos al dueño la mitad de la renta de mercado, y el recargo por vacío se aplica desde el mes que viene, como pedía Jon. Quien entra lo decide una mesa con tres vecinas.",
            en="Yes, six ground floors in Otxarkoaga. We pay the owner half of the market rent, and the surcharge on empty shops applies from next month, as Jon asked. A table with three neighbours decides who comes in.",
            fr="Oui, six rez-de-chaussée à Otxarkoaga. Nous payons au propriétaire la moitié du loyer du marché, et la surtaxe s’applique dès le mois prochain, comme le demandait Jon. Une table avec trois voisines décide qui entre.",
        ),
        paper=say(es="Memoria de costes de los seis bajos", en="Cost sheet of the six ground floors", fr="Note de coûts des six rez-de-chaussée"),
    ),
    Ruling(
        "cool", Decision.ACCEPTED, 220, OFFICER, office=OFFICE, organisation=QUARTERS,
        reasons=say(
            es="Sí, desde la próxima ola de calor, con dos personas más por turno. Las iglesias aceptan; el obispado firma un permiso de tres meses.",
            en="Yes, from the next heatwave on, with two more people a shift. The churches agree; the diocese signs a permit for three months.",
            fr="Oui, dès la prochaine canicule, avec deux personnes de plus par équipe. Les églises acceptent ; le diocèse signe un permis de trois mois.",
        ),
    ),
    Ruling(
        "ramp", Decision.IN_PART, 205, OFFICER, office=OFFICE, organisation=QUARTERS,
        reasons=say(
            es="Una de las tres cuestas, la del centro de salud, entra en el presupuesto de dos años. Las otras dos esperan al estudio del terreno, que publicaremos entero.",
            en="One of the three slopes, that of the health centre, goes into the budget of two years. The others wait for the survey of the ground, which we publish in full.",
            fr="Une des trois pentes, celle du centre de santé, entre au budget de deux ans. Les autres attendent l’étude du sol, que nous publierons en entier.",
        ),
        paper=say(es="Nota técnica sobre el terreno", en="Technical note on the ground", fr="Note technique sur le sol"),
    ),
    Ruling(
        "minibus", Decision.ACCEPTED, 208, OFFICER, office=OFFICE, organisation=QUARTERS,
        reasons=say(
            es="Sí, a prueba durante un año, mientras llega la rampa. Empieza el lunes que viene.",
            en="Yes, on trial for a year, until the ramp is there. It begins in spring.",
            fr="Oui, à l’essai pendant un an, en attendant la rampe. Il commence lundi prochain.",
            stale=("en",),
        ),
    ),
    Ruling(
        "line", Decision.IN_PART, 201, OFFICER, office=OFFICE, organisation=QUARTERS,
        reasons=say(
            es="Dos viajes por la mañana y dos de noche, para los turnos de limpieza. Más no cabe en las cocheras hasta que se amplíen.",
            en="Two journeys in the morning and two at night, for the cleaners’ shifts. More does not fit the depot until it is enlarged.",
            fr="Deux trajets le matin et deux la nuit, pour les équipes de ménage. Le dépôt n’en permet pas plus avant son agrandissement.",
        ),
    ),
    Ruling(
        "basque", Decision.ACCEPTED, 199, OFFICER, office=OFFICE, organisation=QUARTERS,
        reasons=say(
            eu="Bai, datorren hilabetetik aurrera, astearte eta ostegunetan.",
            es="Sí, desde el mes que viene, martes y jueves.",
            en="Yes, from next month, on Tuesdays and Thursdays.",
            fr="Oui, dès le mois prochain, le mardi et le jeudi.",
        ),
    ),
    Ruling(
        "patio", Decision.DECLINED, 188, OFFICER, office=OFFICE, organisation=QUARTERS,
        reasons=say(
            es="Este curso no. El seguro de los colegios no cubre las tardes y depende del Gobierno Vasco. Le escribimos, y su respuesta está en los documentos. Contestamos cuatro días tarde, y lo sentimos.",
            en="Not this school year. The schools’ insurance does not cover afternoons, and that is for the Basque Government. We wrote to it, and its reply is among the documents. We answered four days late, and are sorry.",
            fr="Pas cette année scolaire. L’assurance des écoles ne couvre pas l’après-midi et dépend du Gouvernement basque. Nous lui avons écrit ; sa réponse est dans les documents. Nous répondons quatre jours trop tard, et nous le regrettons.",
        ),
        paper=say(es="Carta y respuesta sobre el seguro", en="Letter and reply about the insurance", fr="Lettre et réponse sur l’assurance"),
    ),
    Ruling(
        "tourists", Decision.DECLINED, 196, OFFICER, office=OFFICE, organisation=QUARTERS,
        reasons=say(
            es="Una tasa así necesita una norma foral que hoy no existe. No prometemos lo que no podemos cumplir. Si la norma llega, esta idea vuelve a abrirse.",
            en="Such a tax needs a provincial rule that does not exist today. We do not promise what we cannot keep. If the rule comes, this idea opens again.",
            fr="Une telle taxe exige une norme provinciale qui n’existe pas. Nous ne promettons pas ce que nous ne pouvons tenir. Si la norme vient, cette idée rouvrira.",
        ),
    ),
)  # fmt: skip

"""Bilbao: what its high and far quarters told a year ago."""

from tequio.ideas.proposals.enums import HowOften

from .content import Too, Trouble, say, spot

CITY, DISTRICT = "ES-BI-bilbao", "ES-BI-otxarkoaga"
OTXARKOAGA = spot("Otxarkoaga", "43.2577", "-2.9000", DISTRICT)
TXURDINAGA = spot("Txurdinaga", "43.2600", "-2.9070", CITY)
ZORROZA = spot("Zorroza", "43.2807", "-2.9690", CITY)
REKALDE = spot("Rekalde", "43.2490", "-2.9400", CITY)
URETAMENDI = spot("Uretamendi", "43.2470", "-2.9480", CITY)
SAN_FRANCISCO = spot("San Francisco", "43.2540", "-2.9260", CITY)
SANTUTXU = spot("Santutxu", "43.2530", "-2.9090", CITY)

TROUBLES = (
    Trouble(
        "slope", "rosa.fernandez", 318, OTXARKOAGA, HowOften.ALWAYS,
        title=say(
            es="Noventa y dos escalones entre mi casa y el pan",
            en="Ninety-two steps between my home and the bread",
            fr="Quatre-vingt-douze marches entre chez moi et le pain",
        ),
        what=say(
            es="Bajo con el carro vacío y subo con él lleno, parando en cada rellano. Cuando llueve, no bajo.",
            en="I go down with the trolley empty and up with it full, stopping at each landing. When it rains I do not go.",
            fr="Je descends avec le caddie vide et remonte avec le plein, en m’arrêtant à chaque palier. Quand il pleut, je reste.",
        ),
        who=say(
            es="Quien pasa de setenta, y quien empuja un carro o una silla.",
            en="Whoever is over seventy, and whoever pushes a trolley or a chair.",
            fr="Qui a plus de soixante-dix ans, et qui pousse un caddie ou un fauteuil.",
        ),
        evidence=say(
            es="El centro de salud: treinta y ocho pacientes piden el médico en casa por la cuesta.",
            en="The health centre: thirty-eight patients ask for home visits because of the slope.",
            fr="Le centre de santé : trente-huit patients demandent des visites à domicile à cause de la pente.",
        ),
        too=(
            Too("begona.arana", URETAMENDI, 310, {
                "es": "En Uretamendi son ciento cuarenta. El butanero cobra por subir.",
                "en": "In Uretamendi it is a hundred and forty. The gas man charges for coming up.",
                "fr": "À Uretamendi, il y en a cent quarante. Le livreur de gaz fait payer la montée.",
            }),
            Too("mamadou.sarr", REKALDE, 305, {
                "es": "Reparto compra en bici: a estas calles voy el último, y llego sin piernas.",
                "en": "I deliver groceries by bicycle: I leave these streets for last, and arrive with no legs left.",
                "fr": "Je livre à vélo : je garde ces rues pour la fin, et j’arrive sans jambes.",
            }),
            Too("pilar.gomez", OTXARKOAGA, 300),
        ),
        around=(OTXARKOAGA, URETAMENDI, REKALDE, SANTUTXU), more=14,
    ),
    Trouble(
        "shutters", "pilar.gomez", 312, OTXARKOAGA, HowOften.ALWAYS,
        title=say(
            es="Once persianas bajadas en una calle de veinte",
            en="Eleven shutters down in a street of twenty shops",
            fr="Onze rideaux baissés dans une rue de vingt boutiques",
        ),
        what=say(
            es="Cerró la mercería, cerró el zapatero, y de noche no hay una luz. Para un botón, autobús.",
            en="The haberdasher closed, the cobbler closed, and at night there is not one light. For a button, the bus.",
            fr="La mercerie a fermé, le cordonnier aussi, et le soir, pas une lumière. Pour un bouton, l’autobus.",
        ),
        who=say(es="Todo el barrio.", en="The whole quarter.", fr="Tout le quartier."),
        evidence=say(
            es="Recuento de la asociación, portal a portal, en enero.",
            en="The association’s count, door by door, in January.",
            fr="Comptage de l’association, porte à porte, en janvier.",
        ),
        too=(
            Too("fatima.haddad", SAN_FRANCISCO, 301, {
                "es": "Busco local para coser desde hace un año. Los vacíos son de un banco que no contesta.",
                "en": "I have looked for a place to sew for a year. The empty ones belong to a bank that does not answer.",
                "fr": "Je cherche un local pour coudre depuis un an. Les vides sont à une banque qui ne répond pas.",
            }),
        ),
        around=(OTXARKOAGA, ZORROZA, SAN_FRANCISCO), more=10,
    ),
    Trouble(
        "heat", "begona.arana", 306, REKALDE, HowOften.SOMETIMES,
        title=say(
            es="En agosto mi casa llega a treinta y cuatro grados",
            en="In August my home reaches thirty-four degrees",
            fr="En août, il fait trente-quatre degrés chez moi",
        ),
        what=say(
            es="Último piso, tela asfáltica, sin persiana. Y la biblioteca y el centro de mayores cierran justo ese mes.",
            en="Top floor, tar roof, no shutters. And the library and the old people’s centre close in that very month.",
            fr="Dernier étage, toit de goudron, sans volets. Et la bibliothèque et le centre des aînés ferment ce mois-là.",
        ),
        who=say(es="Mayores solos y bebés.", en="Old people on their own, and babies.", fr="Aînés seuls et bébés."),
        evidence=say(
            es="Siete noches seguidas por encima de veinticinco, según la estación del colegio.",
            en="Seven nights in a row above twenty-five, by the school’s weather station.",
            fr="Sept nuits de suite au-dessus de vingt-cinq, selon la station de l’école.",
        ),
        around=(REKALDE, URETAMENDI, SAN_FRANCISCO), more=7,
    ),
    Trouble(
        "bus", "jon.uriarte", 303, ZORROZA, HowOften.DAILY,
        title=say(
            es="Desde Zorroza se llega antes a otra ciudad que al hospital",
            en="From Zorroza another city is nearer than the hospital",
            fr="De Zorroza, on arrive plus vite dans une autre ville qu’à l’hôpital",
        ),
        what=say(
            es="Dos transbordos y setenta minutos. Con muletas, noventa.",
            en="Two changes and seventy minutes. On crutches, ninety.",
            fr="Deux correspondances et soixante-dix minutes. Avec des béquilles, quatre-vingt-dix.",
        ),
        who=say(es="Pacientes, visitas y quien limpia el hospital.", en="Patients, visitors and those who clean the hospital.", fr="Patients, visiteurs et celles qui nettoient l’hôpital."),
        evidence=say(
            es="Horarios oficiales y quince viajes anotados.",
            en="Official timetables and fifteen journeys noted down.",
            fr="Horaires officiels et quinze trajets notés.",
            machine=("fr",),
        ),
        around=(ZORROZA,), more=7,
    ),
    Trouble(
        "language", "unai.etxebarria", 297, TXURDINAGA, HowOften.DAILY,
        title=say(
            eu="Ez dago non euskaraz jolastu eskolatik kanpo",
            es="Fuera de la escuela no hay dónde jugar en euskera",
            en="Outside school there is nowhere to play in Basque",
            fr="Hors de l’école, nulle part où jouer en basque",
        ),
        what=say(
            eu="Parkean gaztelaniaz hasten gara, eta hala geratzen da.",
            es="En el parque empezamos en castellano, y así se queda.",
            en="In the park we begin in Spanish, and so it stays.",
            fr="Au parc, on commence en espagnol, et cela reste ainsi.",
        ),
        who=say(eu="Haurrak eta gazteak.", es="Niñas, niños y jóvenes.", en="Children and young people.", fr="Enfants et jeunes."),
        evidence=say(
            eu="Hiru arratsalde, berrogei haur: bi euskaraz.",
            es="Tres tardes, cuarenta criaturas: dos en euskera.",
            en="Three afternoons, forty children: two in Basque.",
            fr="Trois après-midi, quarante enfants : deux en basque.",
        ),
        around=(TXURDINAGA, OTXARKOAGA), more=4,
    ),
)  # fmt: skip

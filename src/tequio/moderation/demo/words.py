"""What the invented people said, reported and decided. The first language of each text is the original."""

from __future__ import annotations

from dataclasses import dataclass

Words = dict[str, str]


@dataclass(frozen=True)
class Case:
    """One town: the key of its conversation, who is who, and the words in the language of the town."""

    talk: str
    author: str
    reporter: str
    moderator: str
    steward: str
    language: str
    insult: Words
    sharp: Words
    harmless: Words
    odd: Words
    advert: Words
    complaint: str
    reason: str
    plea: str
    answer: str
    left: str


_SPANISH = {
    "reason": "El comentario llama mentirosas a personas del barrio y no dice nada del asunto.",
    "plea": "Estaba enojado con la promesa incumplida, no con nadie en particular.",
    "answer": "Leído de nuevo: es una crítica dura a una decisión, y eso se puede decir.",
    "left": "Habla de otra calle, pero del mismo problema. Se queda.",
}
_FRENCH = {
    "reason": "Le commentaire traite des gens du quartier de menteurs et ne dit rien du sujet.",
    "plea": "J’étais fâché de la promesse non tenue, pas contre quelqu’un.",
    "answer": "Relu : c’est une critique dure d’une décision, et on peut la dire.",
    "left": "Il parle d’une autre rue, mais du même problème. Il reste.",
}


CASES = (
    Case(
        "mexico-youth", "diego.flores", "marta.rios", "teresa.xolalpa", "lucia.hernandez", "es",
        insult={
            "es": "Los de la otra cuadra son todos unos mentirosos y unos inútiles.",
            "en": "Those of the next street are all liars and good for nothing.",
            "fr": "Ceux de la rue d’à côté sont tous des menteurs et des bons à rien.",
        },
        sharp={
            "es": "Quien decidió cerrar el taller de Iztapalapa no ha buscado trabajo en su vida.",
            "en": "Whoever decided to close the workshop of Iztapalapa has never looked for work.",
            "fr": "Qui a décidé de fermer l’atelier d’Iztapalapa n’a jamais cherché de travail.",
        },
        harmless={
            "es": "En Tláhuac pasó lo mismo con la feria de empleo de marzo.",
            "en": "In Tláhuac the same happened with the job fair in March.",
            "fr": "À Tláhuac, c’était pareil avec le salon de l’emploi de mars.",
        },
        odd={
            "es": "La señora del puesto de la esquina ya no vende desde que se enfermó.",
            "en": "The woman at the corner stall has not been selling since she fell ill.",
            "fr": "La dame de l’étal du coin ne vend plus depuis qu’elle est malade.",
        },
        advert={
            "es": "¡GANE DINERO DESDE CASA! Vea www.dinero-inventado.example y http://dinero-inventado.example/hoy",
            "en": "EARN MONEY AT HOME! See www.dinero-inventado.example and http://dinero-inventado.example/hoy",
            "fr": "GAGNEZ À LA MAISON ! Voir www.dinero-inventado.example et http://dinero-inventado.example/hoy",
        },
        complaint="Cuenta que una vecina está enferma, y ella no lo dijo.",
        **_SPANISH,
    ),
    Case(
        "bilbao-housing", "rosa.fernandez", "unai.etxebarria", "carmen.ruiz", "itziar.goikoetxea", "es",
        insult={
            "es": "Mis vecinos del portal siete, una panda de tramposos y vagos.",
            "en": "My neighbours at number seven, a gang of cheats and idlers.",
            "fr": "Mes voisins du numéro sept, une bande de tricheurs et de fainéants.",
        },
        sharp={
            "es": "Quien dejó vacíos esos pisos de Otxarkoaga no ha buscado casa en su vida.",
            "en": "Whoever left those flats of Otxarkoaga empty has never looked for a home.",
            "fr": "Qui a laissé vides ces logements d’Otxarkoaga n’a jamais cherché de toit.",
        },
        harmless={
            "es": "En Txurdinaga también hay pisos cerrados desde hace años.",
            "en": "In Txurdinaga too, flats have been shut for years.",
            "fr": "À Txurdinaga aussi, des logements sont fermés depuis des années.",
        },
        odd={
            "es": "El vecino del tercero ya no baja a la plaza desde lo de su rodilla.",
            "en": "The neighbour on the third floor no longer comes down because of his knee.",
            "fr": "Le voisin du troisième ne descend plus sur la place à cause de son genou.",
        },
        advert={
            "es": "¡PISOS A MITAD DE PRECIO! Mire www.pisos-inventados.example y http://pisos-inventados.example/ya",
            "en": "FLATS HALF PRICE! See www.pisos-inventados.example and http://pisos-inventados.example/ya",
            "fr": "LOGEMENTS À MOITIÉ PRIX ! Voir www.pisos-inventados.example et http://pisos-inventados.example/ya",
        },
        complaint="Habla de la rodilla de alguien que no está aquí.",
        **_SPANISH,
    ),
    Case(
        "quebec-winter", "gilles.lavoie", "lea.bouchard", "fatou.diallo", "julie.tremblay", "fr",
        insult={
            "fr": "Les gens du haut de la côte mentent comme ils respirent.",
            "en": "The people up the hill lie as they breathe.",
            "es": "La gente de lo alto de la cuesta miente más que habla.",
        },
        sharp={
            "fr": "Qui a rayé le déneigement des trottoirs de Limoilou n’y marche pas en janvier.",
            "en": "Whoever struck off clearing the pavements of Limoilou does not walk there in January.",
            "es": "Quien quitó la limpieza de las aceras de Limoilou no camina por ahí en enero.",
        },
        harmless={
            "fr": "À Vanier, la patinoire a fermé deux semaines plus tôt.",
            "en": "In Vanier the ice rink closed two weeks early.",
            "es": "En Vanier la pista de hielo cerró dos semanas antes.",
        },
        odd={
            "fr": "La dame du rez-de-chaussée ne sort plus depuis son opération.",
            "en": "The woman on the ground floor has not gone out since her operation.",
            "es": "La señora de la planta baja no sale desde su operación.",
        },
        advert={
            "fr": "SOUFFLEUSES À MOITIÉ PRIX ! Voir www.neige-inventee.example et http://neige-inventee.example/ici",
            "en": "SNOW BLOWERS HALF PRICE! See www.neige-inventee.example and http://neige-inventee.example/ici",
            "es": "¡QUITANIEVES A MITAD DE PRECIO! Vea www.neige-inventee.example y http://neige-inventee.example/ici",
        },
        complaint="On parle d’une opération que la dame n’a racontée à personne.",
        **_FRENCH,
    ),
    Case(
        "lome-network", "edem.tossou", "yawa.amouzou", "efua.agbeko", "adjoa.lawson", "fr",
        insult={
            "fr": "Au comité du quartier, rien que des menteurs et des paresseux.",
            "en": "In the committee of the quarter, nothing but liars and idlers.",
            "es": "En el comité del barrio, puros mentirosos y perezosos.",
        },
        sharp={
            "fr": "Qui a placé le seul pylône loin de Bè n’a jamais attendu une page ici.",
            "en": "Whoever put the only mast far from Bè has never waited for a page here.",
            "es": "Quien puso la única torre lejos de Bè nunca esperó una página aquí.",
        },
        harmless={
            "fr": "À Kodjoviakopé, la ligne a coupé trois fois en octobre.",
            "en": "In Kodjoviakopé the line failed three times in October.",
            "es": "En Kodjoviakopé la línea falló tres veces en octubre.",
        },
        odd={
            "fr": "Le gardien de l’école dort mal depuis la mort de son frère.",
            "en": "The keeper of the school has slept badly since his brother died.",
            "es": "El guardián de la escuela duerme mal desde que murió su hermano.",
        },
        advert={
            "fr": "CRÉDIT GRATUIT POUR TOUS ! Voir www.credit-invente.example et http://credit-invente.example/vite",
            "en": "FREE CREDIT FOR ALL! See www.credit-invente.example and http://credit-invente.example/vite",
            "es": "¡CRÉDITO GRATIS PARA TODOS! Vea www.credit-invente.example y http://credit-invente.example/vite",
        },
        complaint="La mort de son frère ne regarde que sa famille.",
        **_FRENCH,
    ),
)  # fmt: skip

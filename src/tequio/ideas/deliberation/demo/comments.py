"""What the invented people say about the questions and plans of the demonstration, beside their answers."""

from __future__ import annotations

from datetime import datetime

from tequio.base.actor import SYSTEM
from tequio.catalogue.enums import Comments
from tequio.catalogue.models import Item
from tequio.discussions.demo import Remark, load_discussion, remark
from tequio.people.models import Person

from ..models import Conversation
from . import bilbao, lome, mexico, quebec

MEXICO = (
    remark(
        "marta.rios", 52,
        remark(
            "diego.flores", 49, marks=4,
            es="Doña Marta, yo entro a las siete desde Iztapalapa: salgo a las cuatro y media. El problema es el camino, no las ganas.",
            en="Doña Marta, I start at seven, coming from Iztapalapa: I leave at half past four. The problem is the way there, not the will.",
            fr="Doña Marta, je commence à sept heures en venant d’Iztapalapa : je pars à quatre heures et demie. Le problème, c’est le trajet, pas l’envie.",
        ),
        remark(
            "marta.rios", 47, marks=2,
            es="Tienes razón, mijo. En mis tiempos la fábrica quedaba a tres cuadras. Eso es lo que hay que traer de vuelta.",
            en="You are right, my boy. In my time the factory was three streets away. That is what has to come back.",
            fr="Tu as raison, mon garçon. De mon temps, l’usine était à trois rues. C’est cela qu’il faut ramener.",
        ),
        marks=6,
        es="Trabajé cuarenta años cosiendo y nadie me preguntó si tenía experiencia: me enseñaron. Hoy piden dos años de experiencia para doblar ropa.",
        en="I sewed for forty years and nobody asked whether I had experience: they taught me. Today they want two years of experience to fold clothes.",
        fr="J’ai cousu quarante ans et personne ne m’a demandé si j’avais de l’expérience : on m’a appris. Aujourd’hui, on veut deux ans d’expérience pour plier des vêtements.",
    ),
    remark(
        "raul.ortega", 44, marks=9,
        es="Para ordenar la plática: la convocatoria nueva sale en enero y se puede cambiar en tres cosas: **sueldo mínimo**, **distancia** y **quién enseña**. Lo demás es ley federal.",
        en="To give the talk some order: the new call comes out in January and three things in it can change: **the least wage**, **the distance** and **who teaches**. The rest is federal law.",
        fr="Pour ordonner la discussion : le nouvel appel sort en janvier et trois choses peuvent y changer : **le salaire minimum**, **la distance** et **qui enseigne**. Le reste relève de la loi fédérale.",
    ),
    remark(
        "diego.flores", 30,
        remark(
            "citlali.mendez", 28, marks=3,
            es="Lo mismo pasó en mi generación. Pidan que la feria publique cuántos siguen contratados a los seis meses: ahí se ve todo.",
            en="The same happened to my generation. Ask the fair to publish how many are still employed after six months: that shows everything.",
            fr="Même chose pour ma génération. Demandez que le salon publie combien sont encore en poste après six mois : tout se voit là.",
        ),
        marks=7,
        es="Fui a la feria de empleo de octubre. Doce mesas, once eran para vender seguros a comisión. Eso no es un trabajo, es un sorteo.",
        en="I went to the job fair in October. Twelve tables, and eleven of them were for selling insurance on commission. That is not a job, it is a raffle.",
        fr="Je suis allé au salon de l’emploi d’octobre. Douze tables, dont onze pour vendre des assurances à la commission. Ce n’est pas un travail, c’est une loterie.",
    ),
    remark(
        "teresa.xolalpa", 21, marks=5,
        es="En Xochimilco falta gente que sepa de chinampa y sobran jóvenes que preguntan. Paguen al que enseña y al que aprende, y verán si quieren trabajar.",
        en="In Xochimilco we lack people who know the chinampa and have plenty of young ones who ask. Pay whoever teaches and whoever learns, and you will see whether they want to work.",
        fr="À Xochimilco, il manque des gens qui connaissent la chinampa et les jeunes qui demandent ne manquent pas. Payez qui enseigne et qui apprend, et vous verrez s’ils veulent travailler.",
    ),
    remark(
        "lea.bouchard", 9, marks=1,
        fr="Je lis de Limoilou : chez nous aussi, on appelle « stage » un travail gratuit. Avez-vous un exemple d’entreprise qui paie dès le premier jour ?",
        es="Leo desde Limoilou: aquí también llaman «prácticas» a trabajar gratis. ¿Tienen un ejemplo de empresa que pague desde el primer día?",
        en="I am reading from Limoilou: here too, working for free is called an “internship”. Do you know a firm that pays from the first day?",
    ),
    remark("lucia.hernandez", 3, es="Leo todo. El jueves llevo a la mesa de la convocatoria lo de los seis meses y lo de la distancia, y aquí mismo digo qué contestaron."),
)  # fmt: skip

BILBAO = (
    remark(
        "rosa.fernandez", 40,
        remark(
            "mikel.urrutia", 36, marks=6,
            es="Rosa, su portal está en la lista de 2027. Sé que es tarde. El miércoles a las seis estamos en la biblioteca con los planos.",
            en="Rosa, your entrance is on the list for 2027. I know that is late. On Wednesday at six we are in the library with the plans.",
            fr="Rosa, votre entrée est sur la liste de 2027. Je sais que c’est tard. Mercredi à dix-huit heures, nous serons à la bibliothèque avec les plans.",
        ),
        marks=11,
        es="Vivo en un cuarto sin ascensor y tengo setenta y un años. Bajo los martes y los viernes. El resto de la semana el barrio lo veo por la ventana.",
        en="I live on a fourth floor without a lift and I am seventy-one. I go down on Tuesdays and Fridays. The rest of the week I see the neighbourhood through the window.",
        fr="J’habite au quatrième sans ascenseur et j’ai soixante et onze ans. Je descends le mardi et le vendredi. Le reste de la semaine, je vois le quartier par la fenêtre.",
    ),
    remark(
        "unai.etxebarria", 33,
        remark(
            "carmen.ruiz", 30, marks=3,
            es="Nik ere bai, gogoratzen naiz. Me acuerdo: aquí jugábamos al fútbol. Un solar de veinte años es una decisión, no un olvido.",
            en="I do too, I remember: we played football there. A plot left empty for twenty years is a decision, not an oversight.",
            fr="Moi aussi, je me souviens : nous y jouions au football. Un terrain vide depuis vingt ans est une décision, pas un oubli.",
        ),
        marks=5,
        eu="Nire lagun guztiek alde egingo dute hemendik, eta nik ez dut nahi. Orube hori gure kooperatibarentzat utz dezakete.",
        es="Todos mis amigos se irán de aquí, y yo no quiero. Ese solar podrían dejarlo para nuestra cooperativa.",
        en="All my friends will leave this place, and I do not want to. They could let our co-operative have that plot.",
        fr="Tous mes amis partiront d’ici, et moi je ne veux pas. On pourrait laisser ce terrain à notre coopérative.",
    ),
    remark(
        "carmen.ruiz", 27, marks=4,
        es="Antes de hablar de derribar, conviene mirar los números del último informe: rehabilitar un portal con ascensor cuesta *la cuarta parte* que levantar uno nuevo.",
        en="Before anyone talks of pulling down, look at the figures in the last report: renovating an entrance with a lift costs *a quarter* of building a new one.",
        fr="Avant de parler de démolir, regardons les chiffres du dernier rapport : rénover une entrée avec ascenseur coûte *le quart* d’une construction neuve.",
    ),
    remark(
        "ane.larrinaga", 15, marks=2,
        es="Traduzco lo que se dice aquí al euskera y al inglés. Si a alguien le suena raro lo suyo, que me lo diga y lo cambio.",
        eu="Hemen esaten dena euskarara eta ingelesera itzultzen dut. Norbaiti arraro egiten bazaio, esan eta aldatuko dut.",
        en="I translate what is said here into Basque and English. If yours sounds odd to you, tell me and I change it.",
        fr="Je traduis ce qui se dit ici en basque et en anglais. Si le vôtre sonne mal, dites-le-moi et je le change.",
    ),
    remark("gilles.lavoie", 6, marks=1,
        fr="À Limoilou, la coopérative de la 8e Avenue a commencé sur un stationnement abandonné. Quarante-deux logements, et la buanderie paie l’ascenseur.",
        es="En Limoilou, la cooperativa de la 8.ª Avenida empezó en un aparcamiento abandonado. Cuarenta y dos viviendas, y la lavandería paga el ascensor.",
        en="In Limoilou, the co-operative of 8th Avenue began on an abandoned car park. Forty-two homes, and the laundry pays for the lift.",
    ),
)  # fmt: skip

QUEBEC = (
    remark(
        "gilles.lavoie", 61,
        remark(
            "lea.bouchard", 58, marks=5,
            fr="Monsieur Lavoie, si on est trois du cégep à passer le matin avec une pelle, vous nous faites un café ?",
            en="Mr Lavoie, if three of us from the college come by in the morning with a shovel, will you make us coffee?",
            es="Señor Lavoie, si tres del instituto pasamos por la mañana con una pala, ¿nos hace un café?",
        ),
        remark(
            "gilles.lavoie", 57, marks=8,
            fr="Le café et les crêpes. Troisième étage, la porte verte.",
            en="Coffee and pancakes. Third floor, the green door.",
            es="Café y crepas. Tercer piso, la puerta verde.",
        ),
        marks=10,
        fr="On mesure le déneigement en kilomètres de rue. Moi, je le mesure en jours sans sortir : l’hiver dernier, dix-neuf.",
        en="Snow clearing is measured in kilometres of street. I measure it in days without going out: last winter, nineteen.",
        es="La limpieza de nieve se mide en kilómetros de calle. Yo la mido en días sin salir: el invierno pasado, diecinueve.",
    ),
    remark(
        "claire.robertson", 45, marks=3,
        en="My bus driver switches to English when I look lost, and nobody dies of it. A second line on the screen at the stop would cost nothing.",
        fr="Mon chauffeur passe à l’anglais quand j’ai l’air perdue, et personne n’en meurt. Une deuxième ligne à l’écran de l’arrêt ne coûterait rien.",
        es="Mi conductor cambia al inglés cuando me ve perdida, y nadie se muere. Una segunda línea en la pantalla de la parada no costaría nada.",
    ),
    remark(
        "marc-andre.gagnon", 40, marks=6,
        fr="Deux chiffres pour la suite :\n- un kilomètre de trottoir déneigé coûte **2 300 $** par hiver ;\n- une hanche cassée en coûte **38 000 $** à la santé.\n\nCe ne sont pas les mêmes budgets, mais ce sont nos impôts.",
        en="Two figures to go on with:\n- clearing one kilometre of pavement costs **$2,300** a winter;\n- a broken hip costs the health service **$38,000**.\n\nThe budgets are different, the taxes are ours both times.",
        es="Dos cifras para seguir:\n- limpiar un kilómetro de acera cuesta **2300 $** por invierno;\n- una cadera rota le cuesta **38 000 $** a la sanidad.\n\nNo es el mismo presupuesto, pero los impuestos son nuestros.",
    ),
    remark(
        "fatou.diallo", 26,
        remark(
            "julie.tremblay", 20, marks=4,
            fr="Noté. Je demande au réseau combien coûterait un départ à 0 h 40 du jeudi au samedi, et je l’écris ici avant le 15.",
            en="Noted. I am asking the network what a departure at 00:40 from Thursday to Saturday would cost, and I will write it here before the 15th.",
            es="Anotado. Pregunto a la red cuánto costaría una salida a las 0:40 de jueves a sábado, y lo escribo aquí antes del 15.",
        ),
        marks=7,
        fr="Je finis à minuit et demi à l’hôpital. Le dernier autobus passe à minuit vingt. Dix minutes, et c’est un taxi à vingt-six dollars.",
        en="I finish at half past midnight at the hospital. The last bus goes at twenty past. Ten minutes, and it is a taxi for twenty-six dollars.",
        es="Termino a las doce y media en el hospital. El último autobús pasa a las doce y veinte. Diez minutos, y es un taxi de veintiséis dólares.",
    ),
    remark("lea.bouchard", 5, marks=1, fr="Quelqu’un a essayé les crampons qu’on prête à la bibliothèque ? Ils manquent de petites pointures."),
)  # fmt: skip

LOME = (
    remark(
        "yawa.amouzou", 70,
        remark(
            "kossi.mensah", 66, marks=4,
            fr="Merci Yawa. C’est le troisième récit de Bè que nous recevons ; il entre dans le dossier avec ton accord.",
            en="Thank you, Yawa. It is the third account from Bè that we receive; with your consent it goes into the file.",
            es="Gracias, Yawa. Es el tercer relato de Bè que recibimos; con tu permiso entra en el expediente.",
        ),
        marks=12,
        fr="Le soir, ma sœur suit son cours debout devant la boutique, là où le signal est gratuit jusqu’à neuf heures. Quand le boutiquier ferme, la leçon est finie.",
        en="In the evening my sister follows her course standing in front of the shop, where the signal is free until nine. When the shopkeeper closes, the lesson is over.",
        es="Por la noche mi hermana sigue su clase de pie delante de la tienda, donde la señal es gratis hasta las nueve. Cuando el tendero cierra, se acaba la lección.",
    ),
    remark(
        "edem.tossou", 48, marks=5,
        fr="J’ai réparé des radios pendant trente ans. Un mât, c’est pareil : celui qui l’a monté sait le réparer. Formez d’abord, achetez ensuite.",
        en="I mended radios for thirty years. A mast is the same: whoever put it up knows how to mend it. Train first, buy afterwards.",
        es="Arreglé radios durante treinta años. Una antena es igual: quien la montó sabe arreglarla. Primero formen, luego compren.",
    ),
    remark(
        "ama.kpodo", 31, marks=3,
        ee="Mía dada siwo le asime la, womate ŋu axlẽ Fransegbe o. Miŋlɔe ɖe Eʋegbe me hã.",
        fr="Nos mères au marché ne peuvent pas lire le français. Écrivez aussi en éwé.",
        en="Our mothers at the market cannot read French. Write in Ewe, too.",
        es="Nuestras madres del mercado no leen francés. Escriban también en ewe.",
    ),
    remark(
        "citlali.mendez", 12, marks=2,
        es="Desde la Ciudad de México: en mi colonia la red vecinal se cayó por falta de quien cobrara. ¿Quién llevará las cuentas en Bè?",
        fr="De Mexico : dans mon quartier, le réseau de voisins est tombé faute de quelqu’un pour encaisser. Qui tiendra les comptes à Bè ?",
        en="From Mexico City: in my neighbourhood the residents’ network failed because nobody collected the fees. Who will keep the accounts in Bè?",
    ),
    remark("efua.agbeko", 4, fr="On lit tout ici, et on répond. Une seule règle : on parle des mâts, pas des personnes."),
)  # fmt: skip

LOME_PLAN = (
    remark(
        "edem.tossou", 90, side="for", marks=10,
        fr="Douze jeunes du quartier qui savent grimper et réparer : voilà ce qui restera quand les sacs de ciment seront partis.",
        en="Twelve young people of the neighbourhood who can climb and mend: that is what will stay when the bags of cement are gone.",
        es="Doce jóvenes del barrio que saben subir y arreglar: eso quedará cuando se hayan ido los sacos de cemento.",
    ),
    remark(
        "yawa.amouzou", 84, side="for", marks=7,
        fr="Dans ma rue, on partage déjà un robinet et sa facture. Une ligne, ce n’est pas plus difficile.",
        en="In my street we already share a tap and its bill. A line is no harder.",
        es="En mi calle ya compartimos un grifo y su recibo. Una línea no es más difícil.",
    ),
    remark(
        "adjoa.lawson", 60, side="for", marks=4,
        fr="La ville met soixante millions et les toits des écoles. Je préfère dix mâts qui appartiennent à leurs rues à trente qui appartiennent à personne.",
        en="The city puts in sixty million and the roofs of the schools. I prefer ten masts that belong to their streets to thirty that belong to nobody.",
        es="La ciudad pone sesenta millones y los techos de las escuelas. Prefiero diez antenas que sean de sus calles a treinta que no sean de nadie.",
    ),
    remark(
        "raul.ortega", 18, side="for", marks=1,
        es="En Iztapalapa empezamos con cuatro techos. Lo que convenció a la gente fue el recibo: cada quien sabía por qué pagaba.",
        fr="À Iztapalapa, nous avons commencé avec quatre toits. Ce qui a convaincu, c’est la facture : chacun savait ce qu’il payait.",
        en="In Iztapalapa we began with four roofs. What convinced people was the bill: everybody knew what they paid for.",
    ),
    remark(
        "efua.agbeko", 80,
        remark(
            "kossi.mensah", 76, marks=6,
            fr="C’est écrit maintenant : la ville assure les mâts contre la foudre pendant trois ans. Ensuite, c’est à voter.",
            en="It is written down now: the city insures the masts against lightning for three years. After that it has to be voted on.",
            es="Ya está escrito: la ciudad asegura las antenas contra rayos tres años. Después habrá que votarlo.",
        ),
        side="against", marks=9,
        fr="Qui paie quand la foudre tombe ? Écrivez-le d’abord, on votera après.",
        en="Who pays when lightning strikes? Write that down first, then we vote.",
        es="¿Quién paga cuando cae un rayo? Escríbanlo primero; luego votamos.",
    ),
    remark(
        "ama.kpodo", 64, side="against", marks=5,
        fr="Un mât, trente maisons : à huit heures du soir, personne ne verra une image. Qu’on fasse l’essai avant d’acheter les douze.",
        en="One mast, thirty homes: at eight in the evening nobody will see a picture. Try one before you buy the twelve.",
        es="Una antena, treinta casas: a las ocho de la noche nadie verá una imagen. Hagan la prueba antes de comprar las doce.",
    ),
    remark(
        "unai.etxebarria", 26, side="against", marks=2,
        es="Aquí el wifi del barrio lo llevó una asociación y se quemaron tres personas que lo hacían todo. Sin un sueldo, aunque sea pequeño, no dura.",
        fr="Ici, le wifi du quartier était tenu par une association, et trois personnes qui faisaient tout se sont épuisées. Sans salaire, même petit, cela ne dure pas.",
        en="Here an association ran the neighbourhood’s wifi, and three people who did everything burnt out. Without a wage, even a small one, it does not last.",
    ),
)  # fmt: skip


def load_comments(talks: dict[str, Conversation], people: dict[str, Person], *, now: datetime) -> int:
    """Open the discussions of five things in the four cities. Returns how many comments were written."""
    network = talks["lome-network"].item
    # The process stands around the conversation: its plan is for people to be for or against.
    plan = Item.objects.get(process__phases__part=network)
    shapes: tuple[tuple[Item, tuple[Remark, ...], dict[str, str], str], ...] = (
        (talks["mexico-youth"].item, MEXICO, mexico.TRANSLATORS, Comments.ONE_COLUMN),
        (talks["bilbao-housing"].item, BILBAO, bilbao.TRANSLATORS, Comments.ONE_COLUMN),
        (talks["quebec-winter"].item, QUEBEC, quebec.TRANSLATORS, Comments.ONE_COLUMN),
        (network, LOME, lome.TRANSLATORS, Comments.ONE_COLUMN),
        (plan, LOME_PLAN, lome.TRANSLATORS, Comments.FOR_AND_AGAINST),
    )
    return sum(
        load_discussion(item, remarks, people, translators, comments=comments, now=now, by=SYSTEM)
        for item, remarks, translators, comments in shapes
    )

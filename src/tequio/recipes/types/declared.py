"""The rules that rank, route and match, as code knows them: features, parameters, and the defaults.

The defaults are version 0 of each recipe: a fresh database works without a row.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tequio.algorithms.bursts import NUMBERS as BURST_NUMBERS
from tequio.algorithms.opinion_map import ROUTING

from ..enums import Combining
from .declared_ideas import IDEA_ORDER
from .shape import Declaration, Feature, Parameter

STATEMENT_ROUTING = Declaration(
    name="statement-routing",
    title=_("Which statement comes next"),
    lead=_(
        "In a conversation everybody sees the statements in an order of her own. A lottery draws the next one."
    ),
    formula=_(
        "Each statement gets a number from the four values below. The higher it is, the more often the "
        "lottery draws the statement. No statement falls below a part of the mean, so none is left out."
    ),
    combining=Combining.PRODUCT,
    features=(
        Feature(
            "new",
            _("Few have answered it"),
            _("1 for a statement many have answered, more the fewer have answered it."),
            ROUTING.new,
        ),
        Feature(
            "clear",
            _("Few pass on it"),
            _("The share of people who did not pass, between 0 and 1."),
            ROUTING.clear,
        ),
        Feature(
            "apart",
            _("It tells groups apart"),
            _("1 and more: how far out it lies on the opinion map."),
            ROUTING.apart,
        ),
        Feature(
            "agreed",
            _("Many agree with it"),
            _("The share of people who agree, between 0 and 1."),
            ROUTING.agreed,
        ),
    ),
    parameters=(
        Parameter("boost", _("How much more a statement without answers counts"), ROUTING.boost, 0.0, 100.0),
        Parameter("half_life", _("After how many answers that is halved"), ROUTING.half_life, 0.5, 1000.0),
        Parameter("floor", _("Least weight, as a part of the mean"), ROUTING.floor, 0.0, 1.0),
        Parameter(
            "meta_weight",
            _("Weight of questions about the people themselves"),
            ROUTING.meta_weight,
            0.0,
            10_000.0,
        ),
        Parameter(
            "meta_one_in",
            _("At most one in so many is such a question"),
            ROUTING.meta_one_in,
            1,
            100,
            is_whole=True,
        ),
        Parameter(
            "few_answers", _("Below so many answers the page says “only”"), 60, 1, 10_000, is_whole=True
        ),
        Parameter("seldom", _("Up to this share of passes the page calls it clear"), 0.15, 0.0, 1.0),
        Parameter("far_out", _("From this distance on the page says it tells groups apart"), 1.0, 0.0, 100.0),
    ),
)

OPEN_NOW = Declaration(
    name="open-now",
    title=_("The order of what is open"),
    lead=_("On the start page and on the page of a place stands what is open now. This is the order."),
    formula=_(
        "Each thing gets a number from the values below. The highest stands first; of two equal ones the newer."
    ),
    combining=Combining.SUM,
    features=(
        Feature(
            "closing",
            _("It closes soon"),
            _(
                "Nearly 1 in its last hour, a half one day before, less and less the more days are left; 0 without an end."
            ),
            1.0,
        ),
        Feature(
            "fresh",
            _("It is new"),
            _("1 when it has just been published, a half after one day, less and less from then on."),
            0.0,
        ),
    ),
)

SCREENING = Declaration(
    name="screening",
    title=_("Which first posts wait"),
    lead=_(
        "What people publish is looked at for signs of advertising machines. Where they add up, somebody reads it first."
    ),
    formula=_(
        "Each sign is a number. What reaches the limit waits until a moderator has read it; its author is told. "
        "Changed words are looked at again: they wait where they reach the limit and the change adds a sign or a link. "
        "Nothing is refused or deleted by this rule, and nobody has to solve a puzzle. "
        "Pictures of people without an account always wait, whatever the numbers are."
    ),
    combining=Combining.SUM,
    features=(
        Feature(
            "first_post",
            _("It is the first post of a new account"),
            _("1 for the first post within a day of beginning, else 0."),
            1.0,
        ),
        Feature(
            "trap",
            _("A field was filled that people do not see"),
            _("1 if so, else 0. Programs fill every field they find."),
            4.0,
        ),
        Feature(
            "fast",
            _("It came faster than anybody writes"),
            _("1 if less than the least time passed between showing the form and sending it, else 0."),
            1.5,
        ),
        Feature("links", _("It has links"), _("The number of links, 3 at most."), 1.0),
        Feature(
            "copy",
            _("Nearly the same was sent lately"),
            _(
                "1 if nearly the same words were sent within a day, else 0. Texts under four words do not count."
            ),
            1.0,
        ),
        Feature(
            "shouting",
            _("It shouts"),
            _("1 if most letters are capitals or a sign is repeated again and again, else 0."),
            1.0,
        ),
    ),
    parameters=(
        Parameter("limit", _("From this sum on it waits"), 2.0, 0.1, 100.0),
        Parameter("least_seconds", _("Least time for writing, in seconds"), 3.0, 0.0, 60.0),
        Parameter("likeness", _("From this likeness on two texts are nearly the same"), 0.8, 0.3, 1.0),
    ),
)

COMMENT_ORDER = Declaration(
    name="comment-order",
    title=_("The order of comments"),
    lead=_("Comments on a page stand in this order, unless the reader chooses newest or oldest first."),
    formula=_(
        "Each comment gets a number from the values below; the highest stands first. One place in so many is "
        "drawn by lot each day among comments that few have marked. So a late one is seen, too."
    ),
    combining=Combining.SUM,
    features=(
        Feature(
            "recent",
            _("It is recent"),
            _("1 when it has just been written, a half after the hours below, less and less from then on."),
            1.0,
        ),
        Feature(
            "replies",
            _("Others answered it"),
            _("0 without an answer, nearer to 1 the more there are. The first answers count most."),
            0.5,
        ),
        Feature(
            "useful",
            _("Others found it useful"),
            _("0 without a mark, nearer to 1 the more there are. The first marks count most."),
            1.5,
        ),
    ),
    parameters=(
        Parameter("half_life", _("After how many hours newness counts a half"), 24.0, 1.0, 10_000.0),
        Parameter("half_replies", _("How many answers make a half of the most"), 3.0, 0.5, 1_000.0),
        Parameter("half_useful", _("How many marks make a half of the most"), 5.0, 0.5, 10_000.0),
        Parameter("lot_every", _("One place in so many is drawn by lot (0: none)"), 4, 0, 100, is_whole=True),
    ),
)

REPORT_QUEUE = Declaration(
    name="report-queue",
    title=_("What moderators read first"),
    lead=_(
        "Reports and what waits to be shown stand in one queue. This is its order, and the time for an appeal."
    ),
    formula=_(
        "Each thing gets a number from the values below; the highest stands first. Nothing falls out of the queue: "
        "the longer it waits, the higher it rises. People decide, never this number."
    ),
    combining=Combining.SUM,
    features=(
        Feature(
            "grave",
            _("Somebody may come to harm"),
            _("1 if a report names an attack, hatred, private things or a law, else 0."),
            2.0,
        ),
        Feature(
            "reports",
            _("Several people reported it"),
            _("0 without a report, nearer to 1 the more there are. The first ones count most."),
            1.0,
        ),
        Feature("shown", _("Everybody can see it now"), _("1 if it is shown, else 0."), 1.0),
        Feature(
            "by_hand",
            _("A report looks written by a person"),
            _("1 if a report shows no sign of a machine, else 0. Without a report 0."),
            1.0,
        ),
        Feature(
            "signs",
            _("It has signs of advertising"),
            _("The sum of its signs as a part of the limit of that rule, 1 at most."),
            0.5,
        ),
        Feature(
            "waiting",
            _("It has waited long"),
            _("0 when it comes in, a half after the hours below, nearer to 1 from then on."),
            1.5,
        ),
    ),
    parameters=(
        Parameter("half_reports", _("How many reports make a half of the most"), 2.0, 0.5, 1_000.0),
        Parameter("half_wait", _("After how many hours waiting counts a half"), 24.0, 1.0, 10_000.0),
        Parameter("appeal_months", _("For how many months one may appeal"), 6, 6, 60, is_whole=True),
    ),
)

BURSTS = Declaration(
    name="bursts",
    title=_("When answers are set aside"),
    lead=_(
        "Many newcomers in a few minutes who all answer alike may be one person. Their answers then wait."
    ),
    formula=_(
        "First, a burst: many times the usual number of newcomers within the minutes below. Then, likeness: they "
        "answer nearly all as one pattern says. And far more of them do so than of the others. "
        "They are set aside from the map in plain sight until an organiser decides. Nothing is deleted."
    ),
    combining=Combining.PRODUCT,
    features=(),
    parameters=(
        Parameter("minutes", _("Minutes that count as one burst"), BURST_NUMBERS.minutes, 1.0, 1_440.0),
        Parameter(
            "times", _("How many times the usual number makes a burst"), BURST_NUMBERS.times, 1.0, 1_000.0
        ),
        Parameter("fewest", _("Fewest people to set aside"), BURST_NUMBERS.fewest, 5, 100_000, is_whole=True),
        Parameter(
            "likeness",
            _("From this part of equal answers on people answer alike"),
            BURST_NUMBERS.likeness,
            0.5,
            1.0,
        ),
        Parameter(
            "answers",
            _("Fewest answers by which somebody is compared"),
            BURST_NUMBERS.answers,
            3,
            1_000,
            is_whole=True,
        ),
        Parameter(
            "more", _("How many times more often than among the others"), BURST_NUMBERS.more, 1.0, 1_000.0
        ),
    ),
)

SEARCH_ORDER = Declaration(
    name="search-order",
    title=_("The order of what a search finds"),
    lead=_(
        "A search shows what fits best first. Readers may also choose what is newest or what closes soonest."
    ),
    formula=_(
        "Each thing gets a number from the values below. The highest stands first; of two equal ones the newer. "
        "Where very many match, only the newest 500 things and the newest 500 statements are weighed."
    ),
    combining=Combining.SUM,
    features=(
        Feature(
            "fit",
            _("The words fit"),
            _("Between 0 and 1: more the oftener and the closer together the words stand in it."),
            3.0,
        ),
        Feature(
            "whole",
            _("It stands on its own"),
            _("1 for a thing with a page of its own, 0 for a part such as a statement."),
            0.6,
        ),
        Feature("open", _("One can take part now"), _("1 while it is open, else 0."), 0.3),
        Feature(
            "fresh",
            _("It is new"),
            _("1 when it has just been published, a half after one day, less and less from then on."),
            0.0,
        ),
    ),
)

SIMILAR_IDEAS = Declaration(
    name="similar-ideas",
    title=_("Which ideas are shown as similar"),
    lead=_("Before an idea is sent, similar ones of the same place are shown. One can join them instead."),
    formula=_(
        "Each idea that shares words with the new title gets a number from the two values below. "
        "Those that reach the least number are shown, the highest first. Nothing is refused by this rule."
    ),
    combining=Combining.SUM,
    features=(
        Feature(
            "title",
            _("The titles look alike"),
            _("Shared runs of three letters by all such runs of both titles, between 0 and 1."),
            0.6,
        ),
        Feature(
            "words",
            _("They share words"),
            _("Shared beginnings of words, by the root of the product of both numbers; between 0 and 1."),
            0.4,
        ),
    ),
    parameters=(
        Parameter("least", _("From this number on an idea is shown as similar"), 0.4, 0.05, 20.0),
        Parameter("most", _("At most so many are shown"), 5, 1, 20, is_whole=True),
    ),
)

DECLARED: dict[str, Declaration] = {
    one.name: one
    for one in (
        STATEMENT_ROUTING,
        OPEN_NOW,
        SCREENING,
        COMMENT_ORDER,
        REPORT_QUEUE,
        BURSTS,
        SEARCH_ORDER,
        SIMILAR_IDEAS,
        IDEA_ORDER,
    )
}


def declaration(name: str) -> Declaration:
    """Raises KeyError, with the names there are, for a rule nobody declared."""
    if name not in DECLARED:
        raise KeyError(f"no recipe {name!r}; there are {', '.join(DECLARED)}")
    return DECLARED[name]

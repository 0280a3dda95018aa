"""What somebody types to report or confirm a problem."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.base.forms import LanguageField, LineField, PlainForm, WordsField, titled
from tequio.base.multilingual import Field, original_language, original_text, write_original
from tequio.territories.models import Territory

from ..enums import HowOften
from ..models import Problem
from ..services.confirming import LONGEST_WORDS
from ..services.illustrating import Shown
from ..services.problems import BODIES, ProblemWords
from ..types import Whereabouts
from .places import LONGEST_NAME

LONGEST_TITLE, LONGEST_TEXT, LONGEST_WHO = 200, 10_000, 1_000
SHORTEST_TITLE = 8


class ProblemForm(PlainForm):
    """A new problem; with `problem` the words of one that is changed."""

    title = LineField(
        label=gettext_lazy("What goes wrong"), min_length=SHORTEST_TITLE, max_length=LONGEST_TITLE,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("One sentence, as you would say it to a neighbour."),
    )  # fmt: skip
    what = WordsField(
        label=gettext_lazy("What happens"), required=False, max_length=LONGEST_TEXT, rows=4,
        help_text=gettext_lazy("If you like: what you see, since when, what was tried."),
    )  # fmt: skip
    who_is_affected = LineField(
        label=gettext_lazy("Who is affected"), required=False, max_length=LONGEST_WHO,
        help_text=gettext_lazy("Such as: children on their way to school."),
    )  # fmt: skip
    how_often = forms.ChoiceField(label=gettext_lazy("How often"), required=False)
    evidence = WordsField(
        label=gettext_lazy("How one can see it"), required=False, max_length=LONGEST_TEXT, rows=3,
        help_text=gettext_lazy("Numbers, a report, a link, or what to look at there."),
    )  # fmt: skip
    language = LanguageField(label=gettext_lazy("Written in"))
    why = LineField(
        label=gettext_lazy("Why you change it"), required=False, max_length=200,
        help_text=gettext_lazy("Others read this in the history."),
    )  # fmt: skip

    def __init__(self, *args: Any, territory: Territory, problem: Problem | None = None, **kwargs: Any):
        if problem is not None:
            kwargs["initial"] = {**as_typed(problem), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.problem = problem
        self.offer("how_often", [("", _("I do not know")), *HowOften.choices])
        self.offer_languages(territory.languages)
        del self.fields["why" if problem is None else "language"]

    @property
    def texts(self) -> dict[str, str]:
        """{name: text} of the title and every body, once it is valid."""
        return {name: self.cleaned_data[name] for name in ("title", *BODIES)}

    def words(self, where: Whereabouts, pictures: Sequence[Shown] = (), *, by: str = "") -> ProblemWords:
        fields = {name: self._field(text, by) for name, text in self.texts.items()}
        often = self.cleaned_data["how_often"]
        return ProblemWords(**fields, how_often=often, where=where, pictures=pictures)

    def _field(self, text: str, by: str) -> Field:
        return write_original(text, self.cleaned_data["language"], by) if text else {}


def as_typed(problem: Problem) -> dict[str, Any]:
    """What stands in the form of a problem that is changed."""
    item = problem.item
    texts = {name: original_text(getattr(problem, name)) for name in BODIES}
    return {"title": original_text(item.title), **texts, "how_often": problem.how_often}


def language_of(problem: Problem) -> str:
    return original_language(problem.item.title)


class ConfirmForm(PlainForm):
    """Nothing has to be filled in: the place is the problem's own, and words are one's own affair."""

    territory = forms.ChoiceField(label=gettext_lazy("Where you have it"))
    place_name = LineField(
        label=gettext_lazy("Where exactly"), required=False, max_length=LONGEST_NAME,
        help_text=gettext_lazy("A street or a square. It is shown once two people have named it."),
    )  # fmt: skip
    text = WordsField(
        label=gettext_lazy("Would you like to add something?"), required=False, max_length=LONGEST_WORDS, rows=3,
        help_text=gettext_lazy("At most 500 characters. It is shown as a comment."),
    )  # fmt: skip
    language = LanguageField(label=gettext_lazy("Written in"), required=False)

    def __init__(self, *args: Any, places: Sequence[Territory], takes_words: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.places = {place.code: place for place in places}
        self.offer("territory", titled(self.places))
        self.fields["territory"].initial = places[0].code
        if not takes_words:
            del self.fields["text"], self.fields["language"]
            return
        self.offer_languages(places[0].languages)

    @property
    def place(self) -> Territory:
        return self.places[self.cleaned_data["territory"]]

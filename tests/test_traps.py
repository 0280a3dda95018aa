"""The traps themselves: each catches its mistake, and lets through what is none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from django.template import Context, engines

from tequio.people.models import Person
from traps import Trapped, forget_what_was_caught


@pytest.fixture(autouse=True)
def forgotten(traps: None) -> Iterator[None]:
    yield
    forget_what_was_caught()


@pytest.fixture
def draw() -> Callable[..., str]:
    def draw_words(source: str, **values: object) -> str:
        return engines["django"].engine.from_string(source).render(Context(values))

    return draw_words


@pytest.mark.parametrize(
    "source",
    [
        "{{ nobody }}",
        "{{ somebody.nothing }}",
        "{{ nobody|upper }}",
        "{% with a=nobody %}{{ a }}{% endwith %}",
        "{% for a in nobody %}{% endfor %}",
        "{% blocktranslate %}Hello {{ nobody }}{% endblocktranslate %}",
    ],
)
def test_unknown_variable(draw, source):
    with pytest.raises(Trapped, match="unknown"):
        draw(source, somebody={"name": "Ama"})


@pytest.mark.parametrize(
    ("source", "drawn"),
    [
        ("{% if nobody %}x{% else %}y{% endif %}", "y"),
        ('{{ nobody|default:"z" }}', "z"),
        ("{{ somebody.name }}", "Ama"),
        ("{{ nothing }}", "None"),
        ("{% for a in empty %}x{% empty %}y{% endfor %}", "y"),
    ],
)
def test_known_or_allowed(draw, source, drawn):
    assert draw(source, somebody={"name": "Ama"}, nothing=None, empty=[]) == drawn


@pytest.mark.django_db
def test_query_in_a_template(draw):
    with pytest.raises(Trapped, match="query while a template renders"):
        draw("{% for one in people %}{{ one }}{% endfor %}", people=Person.objects.order_by("pk"))
    read = list(Person.objects.order_by("pk"))
    assert draw("{% for one in people %}{{ one }}{% endfor %}", people=read) == ""


@pytest.mark.django_db
def test_unordered(draw):
    people = Person.objects.all()
    len(people)
    with pytest.raises(Trapped, match="without an order"):
        draw("{% for one in people %}{{ one }}{% endfor %}", people=people)
    with pytest.raises(Trapped, match="slice without an order"):
        list(Person.objects.all()[:5])
    assert Person.objects.all()[:5].count() == 0
    assert Person.objects.first() is None


@pytest.mark.django_db
def test_naive_datetime():
    with pytest.raises(RuntimeWarning, match="naive"):
        Person(began_at=datetime(2026, 1, 1)).save()

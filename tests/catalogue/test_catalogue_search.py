"""Search: forms of a word, accents, languages, odd input, order, who finds what, and by which index."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection

from people import words
from tequio.base.multilingual import write_original
from tequio.catalogue.models import Item, SearchText
from tequio.catalogue.selectors import search, search_parts
from tequio.ideas.deliberation.models import Conversation
from tequio.ideas.deliberation.services.answering import write_statement
from tequio.people.models import Person
from tequio.territories.models import Territory

pytestmark = pytest.mark.django_db
Make = Callable[..., Item]
INDEXES = ("search_es_gin", "search_en_gin", "search_fr_gin", "search_plain_gin")


def spanish(text: str) -> dict[str, dict[str, object]]:
    return write_original(text, "es")


@pytest.mark.parametrize("asked", ["joven", "jóvenes", "JOVEN", "jovenes", "  Jóven  ", "JÓVENES"])
@pytest.mark.parametrize("written", ["Trabajo para jóvenes", "Un JOVEN sin sueldo", "La joven del barrio"])
def test_forms_of_a_word_find_one_another(make_process: Make, asked: str, written: str) -> None:
    item = make_process(spanish(written))
    make_process(spanish("Agua para los mercados"))
    assert list(search(None, asked)) == [item]


@pytest.mark.parametrize(
    ("asked", "language", "written"),
    [
        ("quartier", "fr", "Comment connecter nos quartiers ?"),
        ("ecole", "fr", "Les écoles d’abord"),
        ("ÉCOLES", "fr", "Une école par quartier"),
        ("neighbourhood", "en", "Our neighbourhoods online"),
        ("canción", "es", "Canciones del barrio"),
        ("zerga", "eu", "Etxe hutsek zerga gehiago ordaindu beharko lukete."),
    ],
)
def test_each_language_has_its_endings(make_process: Make, asked: str, language: str, written: str) -> None:
    item = make_process(write_original(written, language))
    assert list(search(None, asked)) == [item]


def test_a_reader_finds_in_any_language_of_the_text(make_process: Make) -> None:
    item = make_process(words("The market", "El mercado", "Le marché"))
    for asked in ("market", "mercado", "mercados", "marché", "marche"):
        assert list(search(None, asked)) == [item], asked


def test_cognates_are_found_by_their_beginning(make_process: Make) -> None:
    item = make_process(write_original("Une coopérative de quartier", "fr"))
    assert list(search(None, "coopera")) == [item]
    assert list(search(None, "coopérat")) == [item]


def test_bodies_are_searched_too(make_process: Make) -> None:
    item = make_process(words("A title"), background=words("Mind the lighthouse keeper."))
    assert list(search(None, "lighthouses")) == [item]


def test_all_words_must_be_there(make_process: Make) -> None:
    item = make_process(words("Water for the market"))
    make_process(words("Water for the school"))
    assert list(search(None, "market water")) == [item]
    assert list(search(None, "market school")) == []


def test_the_title_that_says_it_more_often_stands_first(make_process: Make) -> None:
    weak = make_process(
        words("A market, and much else that has nothing to do with it at all, such as the sea")
    )
    strong = make_process(words("Market, market, market"))
    assert list(search(None, "market")) == [strong, weak]


@pytest.mark.parametrize(
    "asked",
    [
        "", "   ", "&", "| ! ( ) <-> :*", "a & b | !c", "'", '"', '"unclosed', "''';--", "\\", "foo:bar", "-", "- -",
        "or", "and or not", "%", "_", "__", "*", "<script>", "ß", "١٢", "日本", "🙂", "a" * 10_240, "x " * 5_000,
        "\u200b", "(((", "water -market", "\ud83d\ude42".encode("utf-16", "surrogatepass").decode("utf-16"),
    ],
)  # fmt: skip
def test_odd_input_is_no_error(make_process: Make, asked: str) -> None:
    make_process(words("Water for the market"))
    assert list(search(None, asked)) in ([], list(Item.objects.all()))
    assert list(search_parts(None, asked)) == []


def test_nothing_is_found_for_nothing(make_process: Make) -> None:
    make_process(words("Water for the market"))
    assert not search(None, "").exists()
    assert not search(None, "!!").exists()


@pytest.mark.parametrize(
    "hidden",
    [
        {"state": "draft"},
        {"state": "held"},
        {"state": "withdrawn"},
        {"hidden_by": "x"},
        {"audience": "invited"},
    ],
)
def test_what_may_not_be_seen_is_not_found(
    make_process: Make, member: Person, hidden: dict[str, str]
) -> None:
    item = make_process(words("Lighthouse"))
    assert search(member, "lighthouse").count() == 1
    Item.objects.filter(pk=item.pk).update(**hidden)
    assert search(member, "lighthouse").count() == 0
    assert search(None, "lighthouse").count() == 0


def test_statements_are_found_once_they_are_shown(
    conversation: Conversation, guest: Person, member: Person
) -> None:
    statement = write_statement(conversation, "A lighthouse for everybody", language="en", by=guest)
    assert not search_parts(None, "lighthouse").exists()
    assert not search_parts(guest, "lighthouse").exists()
    Item.objects.filter(pk=statement.pk).update(state="published", published_at=statement.item.made_at)
    assert [item.pk for item in search_parts(None, "lighthouses")] == [statement.pk]
    assert not search(None, "lighthouse").exists()
    Item.objects.filter(pk=conversation.pk).update(state="withdrawn")
    assert not search_parts(member, "lighthouse").exists()


def test_parts_can_be_asked_of_one_place(
    conversation: Conversation, bilbao: Territory, togo: Territory
) -> None:
    assert search_parts(None, "repair", territory_id=togo.pk).count() == 1
    assert search_parts(None, "repair", territory_id=bilbao.pk).count() == 0


def test_the_indexes_answer(lome: Territory) -> None:
    """Rare words among some thousand rows: each of the four conditions by its own index."""
    body = " ".join(f"word{n}" for n in range(150))
    items = Item.objects.bulk_create(
        [
            Item(kind="process", title=words(f"Thing {n}"), territory=lome, state="published", published_at="2024-01-01T00:00Z")
            for n in range(4_000)
        ]
    )  # fmt: skip
    SearchText.objects.bulk_create(
        [
            SearchText(item=item, en=f"thing{n} {body}", es=body, fr=body, plain=f"thing{n} {body}")
            for n, item in enumerate(items)
        ]
    )  # fmt: skip
    with connection.cursor() as cursor:
        for name in INDEXES:
            cursor.execute("SELECT gin_clean_pending_list(%s::regclass)", [name])
        cursor.execute("ANALYZE catalogue_searchtext")
        cursor.execute("ANALYZE catalogue_item")
    plan = search(None, "thing3999").order_by("-rank", "-id")[:20].explain()
    for name in INDEXES:
        assert f"Bitmap Index Scan on {name}" in plan, plan
    assert "Seq Scan on catalogue_searchtext" not in plan
    assert [item.pk for item in search(None, "thing3999")] == [items[3999].pk]


def test_describing_again_replaces_the_words(conversation: Conversation) -> None:
    from tequio.catalogue.services import describe

    assert search(None, "dear").count() == 1
    describe(conversation.item, words("Something quite different"))
    assert search(None, "dear").count() == 0
    assert search(None, "different").count() == 1

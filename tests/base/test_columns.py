"""Rows read and written by text made once are the rows Django would read and write."""

import pytest
from django.db import IntegrityError, transaction

from people import words
from tequio.base.columns import Columns, find, insert
from tequio.catalogue.models import Item, ItemCount, Screening, SearchText
from tequio.people.models import Person, Telephone
from tequio.territories.models import Territory

pytestmark = pytest.mark.django_db
PLACE = Columns(Territory, "place", "id", "code", "languages")


def an_item(lome, **values):
    return Item(kind="idea", title=words("More shade"), territory=lome, languages=["en", "fr"], **values)


def test_an_inserted_row_is_what_django_would_have_written(lome):
    quick, slow = an_item(lome), an_item(lome)
    insert(quick)
    slow.save()
    rows = [
        {name: value for name, value in row.items() if name not in ("id", "made_at")}
        for row in Item.objects.filter(pk__in=[quick.pk, slow.pk]).values()
    ]
    assert rows[0] == rows[1]
    quick.state = "withdrawn"
    quick.save(update_fields=["state"])  # it is an update: the row is known to be there
    assert Item.objects.get(pk=quick.pk).state == "withdrawn"


def test_several_rows_in_one_statement(lome, django_assert_num_queries):
    item = an_item(lome)
    insert(item)
    with django_assert_num_queries(1):
        insert(ItemCount(item=item, parts=2), SearchText(item=item, en="more shade"), Screening(item=item))
    assert ItemCount.objects.get(item=item).parts == 2
    assert SearchText.objects.get(item=item).search_en  # made by the database
    assert Screening.objects.get(item=item).values == {}


def test_a_new_row_brings_those_that_lean_on_it(lome, django_assert_num_queries):
    item = an_item(lome)
    part = an_item(lome, pk=9_000_000, part_of=item)
    with django_assert_num_queries(1):
        insert(item, ItemCount(item=item, parts=2), part)
        assert part.part_of is item
    assert ItemCount.objects.get(parts=2).item == item
    assert Item.objects.get(part_of=item) == part


def test_what_leans_on_it_and_is_refused_takes_it_along(lome):
    item = an_item(lome)
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(item, ItemCount(item=item), ItemCount(item=item))
    assert not Item.objects.exists()
    assert item.pk is None


def test_other_rows_without_a_key_come_alone(lome):
    with pytest.raises(ValueError, match="bring their keys"):
        insert(an_item(lome), an_item(lome))
    assert not Item.objects.exists()


def test_the_database_refuses_as_ever(guest, make_member):
    insert(Telephone(person=guest, number="+22890123456"))
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(Telephone(person=make_member("Ama"), number="+22890123456"))
    assert Telephone.objects.count() == 1


def test_a_row_is_found_by_its_values(guest):
    found = find(Person, uid=guest.uid, is_guest=True)
    assert found == guest
    assert vars(found).keys() - {"_state"} == vars(Person.objects.get(pk=guest.pk)).keys() - {"_state"}
    assert find(Person, uid=guest.uid, is_guest=False) is None


def read(cells):
    return PLACE.take(iter(cells))


def test_columns_are_read_as_their_fields_read_them(lome, django_assert_num_queries):
    assert PLACE.sql == 'place."id", place."code", place."languages"'
    place = read([lome.pk, "TG-M-lome", '["fr", "ee"]'])
    assert (place.pk, place.code, place.languages) == (lome.pk, "TG-M-lome", ["fr", "ee"])
    with django_assert_num_queries(1):
        assert place.zone == "Africa/Lome"  # was not read: asked for now


def test_an_outer_join_that_found_nothing_is_none():
    cells = iter([None, None, None, 7])
    assert PLACE.take(cells) is None
    assert next(cells) == 7  # the next table's cells begin where they should


def test_columns_that_are_not_there_are_named():
    with pytest.raises(ValueError, match="Territory: no column colour"):
        Columns(Territory, "place", "id", "colour")
    with pytest.raises(ValueError, match="no column of the primary key"):
        Columns(Territory, "place", "code")

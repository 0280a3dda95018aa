"""Numbers as people write them."""

from __future__ import annotations

import pytest

from tequio.base.telephones import NoNumber, read_number, say_number

ALL = ("CA", "ES", "MX", "TG")


@pytest.mark.parametrize(
    ("typed", "countries", "kept"),
    [
        ("+228 90 12 34 56", (), "+22890123456"),
        ("00228 90123456", (), "+22890123456"),
        ("\uff0b228 90 12 34 56", (), "+22890123456"),
        ("90-12-34-56", ("TG",), "+22890123456"),
        ("90 12 34 56", ALL, "+22890123456"),
        ("612 345 678", ALL, "+34612345678"),
        ("(418) 555-0123", ("CA",), "+14185550123"),
        ("  +34 612345678 ", ("TG",), "+34612345678"),
    ],
)
def test_one_form_is_kept(typed, countries, kept):
    assert read_number(typed, countries) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "", "1", "ama", "+228", "90 12 34", "+999 123 456 789", "+228 90 12 34 56 78 90", "90 12 34 56; rm -rf",
        "+34 803 123 456", "+1 418 555 0123 ext. 5", "9" * 1000, "+" * 40,
    ],
)  # fmt: skip
def test_what_gets_no_sms_is_no_number(typed):
    """Too short, of no country, a paid line, an extension."""
    with pytest.raises(NoNumber):
        read_number(typed, ALL)


def test_without_a_country_a_number_is_read_in_none():
    with pytest.raises(NoNumber):
        read_number("90 12 34 56")


def test_a_number_of_two_countries_asks_which():
    with pytest.raises(NoNumber) as error:
        read_number("418 555 0123", ALL)
    assert error.value.codes == ("+1", "+52")


def test_it_is_said_with_its_country():
    assert say_number("+22890123456") == "+228 90 12 34 56"
    assert say_number("nonsense") == "nonsense"

"""T36: from which age somebody may do what, per country. Every value written out by hand from the laws."""

from __future__ import annotations

import pytest

from tequio.people.types.ages import BY_CODE, LAWS, Ages, Answer, Feature, ages_of, law_of, may

# One letter for each age from 12 to 17: . not yet, g with a guardian, a alone.
LETTER = {Answer.NOT_YET: ".", Answer.WITH_GUARDIAN: "g", Answer.ALONE: "a"}
TOLD = range(12, 18)
# Account and taking part in a conversation.
JOIN = {
    "AT": ".gaaaa", "BE": ".aaaaa", "BG": ".gaaaa", "CY": ".gaaaa", "CZ": ".ggaaa", "DE": ".gggaa",
    "DK": ".ggaaa", "EE": ".aaaaa", "ES": ".gaaaa", "FI": ".aaaaa", "FR": ".ggaaa", "GR": ".ggaaa",
    "HR": ".gggaa", "HU": ".gggaa", "IE": ".gggaa", "IT": ".gaaaa", "LT": ".gaaaa", "LU": ".gggaa",
    "LV": ".aaaaa", "MT": ".aaaaa", "NL": ".gggaa", "PL": ".gggaa", "PT": ".aaaaa", "RO": ".gggaa",
    "SE": ".aaaaa", "SI": ".ggaaa", "SK": ".gggaa", "IS": ".aaaaa", "LI": ".gggaa", "NO": ".aaaaa",
    "GB": ".aaaaa", "CA": ".aaaaa", "CA-QC": ".gaaaa", "MX": ".ggggg", "TG": ".ggggg", "": ".gggaa",
}  # fmt: skip
# A vote made for the young.
YOUTH = {
    "AT": "ggaaaa", "BE": "gaaaaa", "BG": "ggaaaa", "CY": "ggaaaa", "CZ": "gggaaa", "DE": "ggggaa",
    "DK": "gggaaa", "EE": "gaaaaa", "ES": "ggaaaa", "FI": "gaaaaa", "FR": "gggaaa", "GR": "gggaaa",
    "HR": "ggggaa", "HU": "ggggaa", "IE": "ggggaa", "IT": "ggaaaa", "LT": "ggaaaa", "LU": "ggggaa",
    "LV": "gaaaaa", "MT": "gaaaaa", "NL": "ggggaa", "PL": "ggggaa", "PT": "gaaaaa", "RO": "ggggaa",
    "SE": "gaaaaa", "SI": "gggaaa", "SK": "ggggaa", "IS": "gaaaaa", "LI": "ggggaa", "NO": "gaaaaa",
    "GB": "gaaaaa", "CA": "gaaaaa", "CA-QC": "ggaaaa", "MX": "gggggg", "TG": "gggggg", "": "ggggaa",
}  # fmt: skip
# Consent to special data begins at 16, and at 18 where civil law alone decides.
SPECIAL = {code: ".ggggg" if code in ("MX", "TG") else ".gggaa" for code in JOIN}
NOBODY = dict.fromkeys(JOIN, "......")
GOLDEN = {
    Feature.JOIN: JOIN, Feature.DELIBERATION: JOIN, Feature.YOUTH_BUDGET: YOUTH, Feature.SPECIAL_DATA: SPECIAL,
    Feature.PUBLIC_PROFILE: NOBODY, Feature.MESSAGES_FROM_ADULTS: NOBODY,
}  # fmt: skip


@pytest.mark.parametrize("feature", Feature)
def test_the_whole_table(feature: Feature) -> None:
    assert set(GOLDEN[feature]) == {law.code for law in LAWS} | {""}
    for code, expected in GOLDEN[feature].items():
        found = "".join(LETTER[may(feature, Ages(age, age), code)] for age in TOLD)
        assert found == expected, f"{feature} {code or 'elsewhere'}"


@pytest.mark.parametrize("feature", Feature)
@pytest.mark.parametrize("code", ["ES", "MX", "", "CA-QC"])
def test_grown_up_is_grown_up(feature: Feature, code: str) -> None:
    assert may(feature, Ages(18, 19), code) == Answer.ALONE
    assert may(feature, None, code) == Answer.ALONE


def test_on_the_border_the_younger_counts() -> None:
    """Born in the year that makes her 14 this year, she is 13 or 14: in Spain a guardian is asked."""
    assert ages_of(2012, 2026) == Ages(13, 14)
    assert may(Feature.JOIN, ages_of(2012, 2026), "ES") == Answer.WITH_GUARDIAN
    assert may(Feature.JOIN, ages_of(2011, 2026), "ES") == Answer.ALONE
    assert may(Feature.PUBLIC_PROFILE, ages_of(2008, 2026), "ES") == Answer.NOT_YET
    assert may(Feature.PUBLIC_PROFILE, ages_of(2007, 2026), "ES") == Answer.ALONE
    assert ages_of(None, 2026) is None


def test_the_law_of_a_place_is_that_of_the_nearest_code() -> None:
    assert law_of("CA-QC-limoilou").code == "CA-QC"
    assert law_of("CA-ON").code == "CA"
    assert law_of("ES-BI-bilbao").code == "ES"
    assert law_of("ZZ-x") is law_of("") is law_of("x")


def test_every_state_of_the_union_and_the_area_is_there() -> None:
    union = {
        "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU",
        "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
    }  # fmt: skip
    assert union | {"IS", "LI", "NO", "GB", "MX", "TG", "CA", "CA-QC"} == set(BY_CODE)
    for law in LAWS:
        assert 13 <= law.age <= 18
        assert law.source
        assert law.since >= 1970

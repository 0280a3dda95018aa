"""Points in links of maps, read without asking anybody."""

from __future__ import annotations

import pytest

from tequio.ideas.proposals.forms.places import PlaceFields
from tequio.ideas.proposals.types import Whereabouts, read_map_link


@pytest.mark.parametrize(
    ("link", "point"),
    [
        ("geo:6.1372,1.2255", (6.1372, 1.2255)),
        ("geo:6.1372,1.2255,12;u=35", (6.1372, 1.2255)),
        ("geo:6.1372,1.2255?z=17", (6.1372, 1.2255)),
        ("6.1372, 1.2255", (6.1372, 1.2255)),
        ("-33.4 -70.6", (-33.4, -70.6)),
        ("https://www.openstreetmap.org/#map=16/6.1372/1.2255", (6.1372, 1.2255)),
        ("https://www.openstreetmap.org/?mlat=6.1372&mlon=1.2255#map=5/1/2", (6.1372, 1.2255)),
        ("https://www.google.com/maps/@6.1372,1.2255,15z", (6.1372, 1.2255)),
        (
            "https://www.google.com/maps/place/X/@1.0,2.0,17z/data=!3m1!8m2!3d6.1372!4d1.2255",
            (6.1372, 1.2255),
        ),
        ("https://maps.google.com/?q=6.1372,1.2255", (6.1372, 1.2255)),
        ("https://www.google.com/maps/search/?api=1&query=6.1372%2C1.2255", (6.1372, 1.2255)),
        ("https://maps.apple.com/?ll=6.1372,1.2255&q=Market", (6.1372, 1.2255)),
        ("https://maps.apple.com/place?coordinate=6.1372,1.2255&name=Market", (6.1372, 1.2255)),
        ("https://osmand.net/map?pin=6.1372,1.2255#15/1.0/2.0", (6.1372, 1.2255)),
    ],
)
def test_links_with_a_point(link, point):
    assert read_map_link(link) == point


@pytest.mark.parametrize(
    "link",
    [
        "", "geo:", "geo:91,0", "0,181", "a,b", "https://maps.app.goo.gl/abcdef", "https://[", "1,2,3",
        "https://example.org/?q=Market", "https://osm.org/go/0EEQjE", "6.1372", "javascript:alert(1)", "١,٢",
        "https://www.openstreetmap.org/?mlat=x&mlon=1#map=99999", "NaN,NaN", "geo:" + "9" * 5000,
    ],
)  # fmt: skip
def test_what_has_none(link):
    assert read_map_link(link) is None


class TestPlaceFields:
    def test_degrees_with_a_comma(self):
        form = PlaceFields({"place_name": " The  market ", "latitude": "6,137", "longitude": "1.223"})
        assert form.is_valid()
        assert form.whereabouts == Whereabouts("The market", 6.137, 1.223)

    def test_a_link_wins_over_numbers(self):
        form = PlaceFields({"map_link": "geo:1,2", "latitude": "x", "longitude": "5"})
        assert form.is_valid()
        assert form.whereabouts == Whereabouts("", 1.0, 2.0)

    def test_nothing_at_all(self):
        form = PlaceFields({})
        assert form.is_valid()
        assert form.whereabouts == Whereabouts()

    @pytest.mark.parametrize(
        ("typed", "field"),
        [
            ({"latitude": "6"}, "longitude"), ({"longitude": "6"}, "latitude"), ({"latitude": "91"}, "latitude"),
            ({"latitude": "1", "longitude": "north"}, "longitude"), ({"map_link": "https://example.org"}, "map_link"),
            ({"place_name": "x" * 121}, "place_name"), ({"latitude": "NaN", "longitude": "1"}, "latitude"),
        ],
    )  # fmt: skip
    def test_mistakes_are_said_at_their_field(self, typed, field):
        form = PlaceFields(typed)
        assert not form.is_valid()
        assert list(form.errors) == [field]

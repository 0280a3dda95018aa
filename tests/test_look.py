"""The look, by numbers: contrast of the tokens in both themes, weight of the pages."""

from __future__ import annotations

import gzip
import re
from functools import lru_cache

import brotli
import pytest

from addresses import path_of, views
from forms import let_go, open_browser
from house import House
from source import PACKAGE
from tequio.base.languages import INTERFACE

CSS = (PACKAGE / "base/static/tequio/tequio.css").read_text(encoding="utf-8")
MARK = (PACKAGE / "base/static/tequio/mark.svg").read_bytes()
DOORS = ("maize", "indigo", "agave", "clay")
THEMES = ("light", "dark")
FIRST_ANSWER = 14_000
COLD_LOAD = 45_000
MOST_REQUESTS = 6
STEP = 8_000


@lru_cache(maxsize=2)
def tokens(theme: str) -> dict[str, str]:
    """Name → colour; the dark ones stand on top of the light ones."""
    dark = re.search(r"@media[^{]*prefers-color-scheme:\s*dark[^{]*\{", CSS)
    assert dark
    found = dict(re.findall(r"--([a-z-]+):\s*(#[0-9a-fA-F]{3,6})", CSS[: dark.start()]))
    if theme == "dark":
        depth, end = 1, dark.end()
        while depth:
            depth += {"{": 1, "}": -1}.get(CSS[end], 0)
            end += 1
        found |= dict(re.findall(r"--([a-z-]+):\s*(#[0-9a-fA-F]{3,6})", CSS[dark.end() : end]))
    return found


def contrast(one: str, other: str) -> float:
    """WCAG 2.2: relative luminances, (lighter + 0.05) / (darker + 0.05)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = "".join(letter * 2 for letter in digits) if len(digits) == 3 else digits
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


TEXT = [
    ("ink", "paper"), ("ink", "sheet"), ("soft", "paper"), ("soft", "sheet"), ("alert", "paper"),
    ("alert", "sheet"), ("ink", "alert-tint"),
    *[(f"{door}-text", surface) for door in DOORS for surface in ("paper", "sheet", f"{door}-tint")],
    *[(f"{door}-on", f"{door}-fill") for door in DOORS],
    *[("ink", f"{door}-tint") for door in DOORS],
    *[("soft", f"{door}-tint") for door in DOORS],
]  # fmt: skip
SHAPES = [
    ("edge", "paper"), ("edge", "sheet"), ("focus", "paper"), ("focus", "sheet"),
    *[("focus", f"{door}-tint") for door in DOORS],
    *[(door, surface) for door in DOORS for surface in ("paper", "sheet")],
]  # fmt: skip


@pytest.mark.parametrize("theme", THEMES)
def test_contrast_of_text(theme: str):
    weak = {pair: contrast(tokens(theme)[pair[0]], tokens(theme)[pair[1]]) for pair in TEXT}
    assert {pair: round(value, 2) for pair, value in weak.items() if value < 4.5} == {}


@pytest.mark.parametrize("theme", THEMES)
def test_contrast_of_shapes(theme: str):
    weak = {pair: contrast(tokens(theme)[pair[0]], tokens(theme)[pair[1]]) for pair in SHAPES}
    assert {pair: round(value, 2) for pair, value in weak.items() if value < 3} == {}


def test_contrast_is_computed_as_the_standard_says():
    assert contrast("#000", "#fff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.478, abs=0.001)


def test_every_ground_and_ink_has_a_plain_value_before_its_variable():
    """A browser without variables reads the literal; lines it may draw in ink."""
    bare = []
    for rule in re.findall(r"\{([^{}]*)\}", CSS):
        plain: set[str] = set()
        for part in rule.split(";"):
            name, _, value = part.strip().partition(":")
            if name not in ("color", "background", "background-color", "fill") or "gradient(" in value:
                continue  # the hem's weave is an ornament
            if "var(" not in value:
                plain.add(name)
            elif name not in plain:
                bare.append(part.strip())
    assert bare == []


def test_no_text_is_too_small_and_nothing_is_fetched():
    sizes = [float(size) for size in re.findall(r"font-size:\s*([\d.]+)rem", CSS)]
    assert sizes
    assert min(sizes) >= 0.875
    assert not re.search(r"url\((?!['\"]?data:)|@import|@font-face|http:", CSS)


def packed(body: bytes) -> int:
    return len(gzip.compress(body, 6))


def style_weight() -> int:
    """As the server sends it: packed when it was collected."""
    return len(brotli.compress(CSS.encode()))


def reading_names() -> list[str]:
    public = [name for name, view in views().items() if not getattr(view, "login_required", True)]
    return sorted(
        name for name in public if name not in ("choose_language", "short_conversation", "health", "robots")
    )


@pytest.mark.django_db
@pytest.mark.parametrize("name", reading_names())
def test_weight_of_every_public_page(name: str, house: House):
    client = open_browser()
    for language in INTERFACE:
        response = client.get(path_of(name, house, language))
        let_go(response)
        if response.streaming or not response.get("Content-Type", "").startswith("text/html"):
            return
        html = packed(response.content)
        own = set(re.findall(r'(?:src|href)="(/static/[^"]+)"', response.content.decode()))
        pictures = re.findall(r"<img\b[^>]*>", response.content.decode())
        scripts = sum(packed(_file(path)) for path in own if path.endswith(".js"))
        assert html + style_weight() <= FIRST_ANSWER, f"{language}: {html} and the style {style_weight()}"
        assert html + style_weight() + scripts + packed(MARK) <= COLD_LOAD
        assert 1 + len(own) <= MOST_REQUESTS
        for picture in pictures:  # asked for when they come into sight, in a place kept for them
            assert re.search(r'width="\d+" height="\d+" alt="[^"]+"[^>]* loading="lazy"', picture)


def _file(path: str) -> bytes:
    from django.contrib.staticfiles import finders

    found = finders.find(re.sub(r"\.[0-9a-f]{12}(\.\w+)$", r"\1", path.removeprefix("/static/")))
    assert isinstance(found, str)
    with open(found, "rb") as file:
        return file.read()


@pytest.mark.django_db
@pytest.mark.parametrize("language", INTERFACE)
def test_a_step_of_answering_weighs_little(language: str, house: House):
    for role in ("visitor", "guest", "author"):
        page = open_browser(house.person(role)).get(path_of("deliberation:answer", house, language))
        assert len(page.content) <= STEP, role


@pytest.mark.django_db
def test_a_second_visit_weighs_little(house: House):
    client = open_browser()
    path = path_of("deliberation:list", house)
    first = client.get(path, headers={"accept-encoding": "gzip"})
    again = client.get(path, headers={"accept-encoding": "gzip", "if-none-match": first["ETag"]})
    assert len(again.content) == 0
    assert len(first.content) <= STEP

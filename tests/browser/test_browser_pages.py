"""Every page in Chromium: no violation by axe, no sideways scroll, no blocked script, room for fingers.

Languages, themes and widths rotate with the commit; `make test-all` takes all combinations.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tequio.base.languages import INTERFACE
from test_permission_table import table
from turns import part, turn

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

COMBINATIONS = list(itertools.product(INTERFACE, (False, True), (320, 1280)))
NOT_A_PAGE = {
    "choose_language", "health", "robots", "short_conversation", "home:source", "deliberation:export", "deliberation:picture",
    "recipes:parameters",
    "deliberation:export_file", "deliberation:results_json", "deliberation:hall_count",
    "door:mailbox", "door:enter_code", "door:join", "deliberation:change",
    "door:second_step", "door:confirm_code", "me:leave_code", "me:download", "organisations:logo",
    "openapi", "sitemap", "sitemap_section", "one_click_stop", "discussions:useful", "moderation:figures_csv",
    "proposals:map_picture", "proposals:illustration", "proposals:export", "proposals:problems_csv",
    "answers:numbers", "answers:paper", "sharing:feed", "sharing:item_card", "sharing:place_card", "sharing:organisation_card",
}  # fmt: skip
STEWARDS = {"transparency:propose", "transparency:version"}
SEEN_BY = ("visitor", "author", "steward", "member", "colleague", "moderator", "guest", "stranger")
AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
SCROLL = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
WIDE = """() => [...document.querySelectorAll('main *')]
  .filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth)
  .map(e => e.outerHTML.slice(0, 80))"""
SMALL = """() => [...document.querySelectorAll('a, button, input:not([type=hidden]), select, textarea, summary')]
  .filter(e => { const s = getComputedStyle(e); const r = e.getBoundingClientRect();
    if (!r.width || !r.height || s.visibility === 'hidden' || e.closest('.off, .skip')) return false;
    if (e.tagName === 'A' && s.display === 'inline') return false;
    const box = e.closest('label') ? e.closest('label').getBoundingClientRect() : r;
    return Math.max(r.width, box.width) < 24 || Math.max(r.height, box.height) < 24 })
  .map(e => e.outerHTML.slice(0, 120))"""


def pages() -> list[tuple[str, str]]:
    """(URL name, first role that may see it by the table of permissions)."""
    return [
        (name, next(role for role in SEEN_BY if answers[role] == "200"))
        for (name, method), answers in sorted(table().items())
        if method == "GET" and name not in NOT_A_PAGE
    ]


def look_at(visit: Callable[..., Any], name: str, role: str, language: str, dark: bool, width: int) -> None:
    visitor = visit(role, width=width, dark=dark)
    answer = visitor.go(name, language)
    assert answer.status == 200
    page = visitor.page
    assert page.evaluate(SCROLL) <= 0, f"scrolls sideways at {width}: {page.evaluate(WIDE)}"
    assert page.evaluate(SMALL) == []
    results = Axe().run(page, options=AXE)
    violations = [
        f"{found['id']}: {found['nodes'][0]['html'][:160]} {found['nodes'][0]['failureSummary'][:200]}"
        for found in results.response["violations"]
    ]
    assert violations == []
    assert visitor.complaints == []
    foreign = [one.url for one in visitor.answers if not one.url.startswith((visitor.site.url, "data:"))]
    assert foreign == []


@pytest.mark.parametrize(("name", "role"), part(pages(), 2))
def test_a_page_in_one_language_theme_and_width(visit: Callable[..., Any], name: str, role: str):
    number = turn() + sum(name.encode())
    look_at(visit, name, role, *COMBINATIONS[number % len(COMBINATIONS)])


@pytest.mark.full
@pytest.mark.parametrize(("language", "dark", "width"), COMBINATIONS)
@pytest.mark.parametrize(("name", "role"), pages())
def test_every_page_in_all(
    visit: Callable[..., Any], name: str, role: str, language: str, dark: bool, width: int
):
    look_at(visit, name, role, language, dark, width)


SPACED = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
p { margin-bottom: 2em !important }"""


@pytest.mark.parametrize(
    "name", ["home:home", "deliberation:detail", "deliberation:answer", "deliberation:results"]
)
def test_text_spaced_out_and_zoomed_does_not_overflow(visit: Callable[..., Any], name: str):
    """WCAG 1.4.12 and 1.4.10: 400 % of 1280 is 320."""
    visitor = visit(width=320, bypass_csp=True)
    visitor.go(name, "fr")
    visitor.page.add_style_tag(content=SPACED)
    assert visitor.page.evaluate(SCROLL) <= 0


def test_the_policy_would_block_an_inline_script(visit: Callable[..., Any]):
    """The control: were something inline on a page, the console would say so."""
    visitor = visit()
    visitor.go("home:home")
    visitor.page.evaluate(
        "() => { const s = document.createElement('script'); s.text = 'window.ran = 1'; document.head.append(s) }"
    )
    assert visitor.page.evaluate("() => window.ran") is None
    assert any("Content Security Policy" in one for one in visitor.complaints)

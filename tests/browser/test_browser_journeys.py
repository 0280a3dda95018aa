"""Journeys: from a link to an answer in two taps, by keyboard alone, without JavaScript, on a slow line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

FIRST_ANSWER, COLD_LOAD, MOST_REQUESTS, STEP, REPEAT = 14_000, 45_000, 6, 8_000, 8_000
ANSWERED = "main a[href*='/mine/']:not([href$='/mine/'])"
FOCUSED = """() => { const e = document.activeElement, s = getComputedStyle(e), r = e.getBoundingClientRect();
  const covering = document.elementFromPoint(r.x + r.width / 2, r.y + r.height / 2);
  return { tag: e.tagName, name: e.name || '', value: e.value || '', text: e.innerText || '',
    ring: s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2,
    seen: r.top >= 0 && r.bottom <= innerHeight, on_top: !!covering && (e.contains(covering) || covering.contains(e)) } }"""


def taps_to_first_answer(visitor: Any) -> int:
    """Taps from the shared link to the first recorded answer."""
    page = visitor.page
    visitor.go("deliberation:detail")
    page.locator("main .slip a.btn").first.click()
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.locator("button[name=vote]").first.click()
    page.wait_for_load_state("networkidle")
    return 2


@pytest.mark.parametrize("script", [True, False])
def test_two_taps_from_the_link_to_an_answer_without_account(visit: Callable[..., Any], script: bool):
    visitor = visit(width=320, script=script)
    assert taps_to_first_answer(visitor) == 2
    visitor.go("deliberation:mine")
    assert visitor.page.locator(ANSWERED).count() == 1
    cookies = {cookie["name"] for cookie in visitor.context.cookies()}
    assert cookies == {"csrftoken", "sessionid"}
    assert visitor.complaints == []


def test_without_javascript_through_all_statements_and_back(visit: Callable[..., Any]):
    visitor = visit(width=320, script=False)
    taps_to_first_answer(visitor)
    page = visitor.page
    for vote in ("disagree", "pass"):
        page.locator(f"button[name=vote][value={vote}]").click()
    assert page.locator("button[name=vote]").count() == 0, "all three are answered"
    visitor.go("deliberation:mine")
    assert page.locator(ANSWERED).count() == 3
    page.locator(ANSWERED).first.click()
    page.locator("button[name=vote][value=agree]").click()
    assert "/mine/" in page.url
    visitor.go("deliberation:write")
    page.fill("textarea[name=text]", "The library could lend routers to families.")
    page.locator("main form button[type=submit], main form .btn").last.click()
    assert "/mine/" in page.url
    assert "routers" in page.inner_text("main")


@pytest.mark.parametrize("script", [True, False])
def test_a_double_tap_counts_once(visit: Callable[..., Any], script: bool):
    """Both taps are on the first statement's button; the second must not answer the next one unread."""
    visitor = visit(script=script)
    visitor.go("deliberation:answer")
    with visitor.page.expect_response(lambda answer: answer.request.method == "POST"):
        visitor.page.locator("button[name=vote]").first.dblclick(no_wait_after=True)
    visitor.page.wait_for_timeout(500)  # for a second one, had it been sent
    visitor.page.wait_for_load_state("networkidle")
    visitor.go("deliberation:mine")
    assert visitor.page.locator(ANSWERED).count() == 1


def test_by_keyboard_alone_and_always_seeing_where(visit: Callable[..., Any]):
    visitor = visit("guest", width=1280)
    visitor.go("deliberation:answer")
    page = visitor.page
    for _ in range(60):
        page.keyboard.press("Tab")
        here = page.evaluate(FOCUSED)
        assert here["ring"], f"no ring around {here}"
        assert here["seen"], f"focus leaves the window at {here}"
        assert here["on_top"], f"something covers {here}"
        if here["name"] == "vote":
            break
    else:
        pytest.fail("Tab never came to a vote")
    before = page.inner_text("h1")
    page.keyboard.press("Enter")
    page.wait_for_load_state()
    page.wait_for_function("before => document.querySelector('h1').innerText !== before", arg=before)


def test_the_first_tab_skips_to_the_page(visit: Callable[..., Any]):
    visitor = visit()
    visitor.go("home:home")
    visitor.page.keyboard.press("Tab")
    visitor.page.keyboard.press("Enter")
    assert visitor.page.url.endswith("#main")


def test_errors_lead_to_their_fields(visit: Callable[..., Any]):
    visitor = visit(script=False)
    visitor.go("door:sign_in")
    visitor.page.locator("main form .btn").first.click()
    link = visitor.page.locator(".errs a").first
    target = (link.get_attribute("href") or "").lstrip("#")
    assert visitor.page.locator(f"[id='{target}']").count() == 1


def on_the_wire(answer: Any) -> int:
    sizes = answer.request.sizes()
    return int(sizes["responseBodySize"])


@pytest.mark.parametrize("name", ["home:home", "deliberation:list", "deliberation:detail", "deliberation:results",
                                  "home:territory_detail", "search:search", "deliberation:statement_list"])  # fmt: skip
def test_weight_on_the_wire(visit: Callable[..., Any], name: str):
    visitor = visit()
    visitor.go(name)
    visitor.page.wait_for_load_state("networkidle")
    weights = {answer.url.rsplit("/", 1)[-1] or "page": on_the_wire(answer) for answer in visitor.answers}
    style = [weight for path, weight in weights.items() if path.endswith(".css")]
    assert on_the_wire(visitor.answers[0]) + sum(style) <= FIRST_ANSWER, weights
    assert sum(weights.values()) <= COLD_LOAD, weights
    assert len(visitor.answers) <= MOST_REQUESTS, weights
    visitor.answers.clear()
    visitor.go(name)
    visitor.page.wait_for_load_state("networkidle")
    assert sum(on_the_wire(answer) for answer in visitor.answers if not answer.from_service_worker) <= REPEAT


def test_a_step_on_the_wire(visit: Callable[..., Any]):
    visitor = visit("guest")
    answer = visitor.go("deliberation:answer")
    assert len(answer.body()) <= STEP
    assert on_the_wire(answer) <= STEP / 2

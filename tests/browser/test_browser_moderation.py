"""From a report to the answer to an appeal, on a telephone without scripts: a visitor in French, moderators in Spanish."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

SEND = "main form .btns button.btn"
WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


def choose(page: Any, name: str, value: str) -> None:
    page.locator(f"main input[name={name}][value={value}]").check()


def test_report_decision_appeal_answer(visit: Callable[..., Any]):
    visitor = visit(width=320, script=False)
    page = visitor.page
    visitor.go("moderation:report", "fr")
    page.locator(SEND).click()
    assert page.locator(".errs").count() == 1, "nothing was chosen"
    choose(page, "rule", "off_topic")
    page.fill("textarea[name=words]", "Cela parle d’autre chose.")
    page.locator(SEND).click()
    receipt = page.url
    assert "/fr/reports/" in receipt
    assert "Cela parle d’autre chose." in page.inner_text("main")
    assert {cookie["name"] for cookie in visitor.context.cookies()} <= {"csrftoken"}, "she stays nobody"

    moderator = visit("moderator", width=320, script=False)
    desk = moderator.page
    moderator.go("moderation:desk", "es")
    assert "Cela parle d’autre chose." in desk.inner_text("main")
    choose(desk, "measure", "leave")
    choose(desk, "rule", "off_topic")
    desk.fill("textarea[name=facts]", "Trata de los mástiles, y de eso va la pregunta.")
    desk.locator(SEND).click()
    assert desk.url.endswith("/es/moderation/")

    page.goto(receipt)
    assert "Trata de los mástiles" in page.inner_text("main")
    page.locator("main a[href$='/appeal/']").click()
    page.fill("textarea[name=words]", "Relisez la deuxième phrase.")
    page.locator(SEND).click()
    assert page.url == receipt, page.inner_text("main")

    other = visit("colleague", width=320, script=False)
    room = other.page
    moderator.go("moderation:queue", "es")
    assert "Relisez la deuxième phrase." in desk.inner_text("#appeals")
    other.go("moderation:queue", "es")
    row = room.locator("#appeals li", has_text="Relisez la deuxième phrase.")
    row.locator("a").click()
    choose(room, "outcome", "upheld")
    room.fill("textarea[name=facts]", "La segunda frase también trata de los mástiles.")
    room.locator(SEND).click()
    page.goto(receipt)
    assert "La segunda frase también" in page.inner_text("main")
    for one in (page, desk, room):
        assert not one.evaluate(WIDE)
    assert visitor.complaints == moderator.complaints == other.complaints == []

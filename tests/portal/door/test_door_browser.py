"""The way in as a browser walks it: without JavaScript, on a narrow telephone, and past axe."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connections

from door_steps import newest_code, wrong_code
from tequio.people.models import Person

CHROMIUM = (
    os.environ.get("TEQUIO_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome") or ""
)
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
            "--disable-sync", "--no-first-run"]  # fmt: skip

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("queue"),
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium here: see scripts/chromium"),
]


@pytest.fixture
def chromium(live_server: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    # Asked for after the server, so that it lets go of its connections first.
    # Playwright keeps an event loop in this thread, which Django would take for asynchronous code.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield browser
        browser.close()
        connections.close_all()  # the one that was opened under the loop belongs to it


def go_in(page: Any, site: str, email: str) -> None:
    page.goto(f"{site}/en/sign-in/?next=/en/accessibility/")
    page.fill("#id_address", email)
    page.click("main .slip .btn")
    page.fill("#id_code", newest_code(email))
    page.click("main .slip .btn")


def test_joining_without_javascript_on_a_narrow_telephone(chromium: Any, live_server: Any) -> None:
    page = chromium.new_context(java_script_enabled=False, viewport={"width": 320, "height": 640}).new_page()
    go_in(page, live_server.url, "ama@example.org")
    page.fill("#id_name", "Ama")
    page.click("main .slip .btn")
    assert page.url == f"{live_server.url}/en/accessibility/"
    assert Person.objects.get().name == "Ama"
    page.goto(f"{live_server.url}/en/sign-out/")
    page.click("main .btn")
    assert page.inner_text("h1") == "Nobody is signed in here"


def test_with_the_keyboard_alone(chromium: Any, live_server: Any) -> None:
    page = chromium.new_page()
    page.goto(f"{live_server.url}/en/sign-in/")
    page.focus("#id_address")
    page.keyboard.type("ama@example.org")
    page.keyboard.press("Enter")
    page.wait_for_url("**/code/")
    page.focus("#id_code")
    page.keyboard.type(newest_code("ama@example.org"))
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/join/")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_violation_and_no_sideways_scroll(
    chromium: Any, live_server: Any, scheme: str, django_user_model: Any
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    context = chromium.new_context(color_scheme=scheme, viewport={"width": 320, "height": 640})
    page = context.new_page()
    reports: list[str] = []
    page.on("console", lambda message: reports.append(message.text))
    seen = []

    def look(name: str) -> None:
        found = [rule["id"] for rule in Axe().run(page).response["violations"]]
        assert not found, (name, found)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, name
        seen.append(name)

    site, email = live_server.url, "ama-with-a-rather-long-name@example.org"
    page.goto(f"{site}/en/sign-in/")
    look("sign in")
    page.fill("#id_address", "ama@")
    page.click("main .slip .btn")
    look("sign in, with a mistake")
    page.fill("#id_address", email)
    page.click("main .slip .btn")
    look("code")
    page.fill("#id_code", wrong_code(email))
    page.click("main .slip .btn")
    look("code, wrong")
    page.fill("#id_code", newest_code(email))
    page.click("main .slip .btn")
    look("joining")
    page.click("main .slip .btn")
    page.goto(f"{site}/en/account/")
    look("account")
    page.goto(f"{site}/en/sign-out/")
    look("sign out")
    page.click("main .btn")
    look("signed out")
    assert len(seen) == 8
    assert not [text for text in reports if "Content Security Policy" in text]

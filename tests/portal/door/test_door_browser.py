"""The way in as a browser walks it: without JavaScript, on a narrow telephone, and past axe."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
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


DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def give_device(context: Any, page: Any) -> None:
    session = context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})


def test_add_one_and_sign_in_with_it(chromium: Any, live_server: Any, member: Person) -> None:
    site = live_server.url.replace("127.0.0.1", "localhost")
    context = chromium.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    give_device(context, page)
    page.goto(f"{site}/en/sign-in/?next=/en/account/passkeys/")
    page.fill("#id_address", "mina@example.org")
    page.click("main .slip .btn")
    page.fill("#id_code", newest_code("mina@example.org"))
    page.click("main .slip .btn")
    page.fill("#id_name", "My telephone")
    page.click("[data-passkey-do] .btn")
    page.wait_for_selector("text=The passkey is added.")
    assert page.inner_text("main .rows .t") == "My telephone"
    assert Authenticator.objects.get().user == member
    page.goto(f"{site}/en/sign-out/")
    page.click("main .btn")
    page.goto(f"{site}/en/sign-in/?next=/en/accessibility/")
    page.click("text=Sign in with a passkey")
    page.click("[data-passkey-do] .btn")
    page.wait_for_url("**/en/accessibility/")
    assert page.inner_text("text=My page")
    assert page.query_selector("header >> text=Sign in") is None
    assert complaints == []


def test_a_device_without_one_says_so_and_codes_stay(chromium: Any, live_server: Any) -> None:
    site = live_server.url.replace("127.0.0.1", "localhost")
    context = chromium.new_context()
    page = context.new_page()
    give_device(context, page)
    page.goto(f"{site}/en/sign-in/passkey/")
    page.click("[data-passkey-do] .btn")
    page.wait_for_selector("[data-passkey-trouble]:visible")
    page.click("main a:has-text('Use a code')")
    page.wait_for_url("**/en/sign-in/")


def test_without_scripts_the_page_says_it_plainly(chromium: Any, live_server: Any) -> None:
    page = chromium.new_context(java_script_enabled=False).new_page()
    page.goto(f"{live_server.url}/en/sign-in/passkey/")
    assert "Codes work everywhere" in page.inner_text("[data-passkey-missing]")
    assert not page.is_visible("[data-passkey-do]")
    page.click("main a:has-text('Use a code')")
    page.wait_for_url("**/en/sign-in/")

"""Passkeys in Chromium with its virtual authenticator, under the real content policy; and without scripts."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from test_door_browser import CHROMIUM, chromium

from door_steps import newest_code
from tequio.people.models import Person

__all__ = ["chromium"]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("queue"),
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium here: see scripts/chromium"),
]
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
    assert page.inner_text("text=My account")
    assert complaints == []


def test_a_device_without_one_says_so_and_codes_stay(chromium: Any, live_server: Any) -> None:
    site = live_server.url.replace("127.0.0.1", "localhost")
    context = chromium.new_context()
    page = context.new_page()
    give_device(context, page)
    page.goto(f"{site}/en/sign-in/passkey/")
    page.click("[data-passkey-do] .btn")
    page.wait_for_selector("[data-passkey-trouble]:visible")
    page.click("text=Use a code")
    page.wait_for_url("**/en/sign-in/")


def test_without_scripts_the_page_says_it_plainly(chromium: Any, live_server: Any) -> None:
    page = chromium.new_context(java_script_enabled=False).new_page()
    page.goto(f"{live_server.url}/en/sign-in/passkey/")
    assert "Codes work everywhere" in page.inner_text("[data-passkey-missing]")
    assert not page.is_visible("[data-passkey-do]")
    page.click("text=Use a code")
    page.wait_for_url("**/en/sign-in/")

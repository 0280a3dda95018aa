"""A real Chromium at the shipped site. Without a Chromium these tests fail: they are not optional."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from shipped import Shipped, shipped_site

SWITCHES = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run",
]  # fmt: skip


@pytest.fixture(scope="session")
def site() -> Iterator[Shipped]:
    with shipped_site() as shipped:
        yield shipped


@pytest.fixture(scope="module")  # while Playwright runs, Django takes this thread for asynchronous code
def chromium() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    path = os.environ.get("TEQUIO_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    assert path, "The browser tests need Chromium: run scripts/chromium, or set TEQUIO_CHROMIUM to its path."
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=SWITCHES)
        yield browser
        browser.close()


class Visit:
    """One person's browser. `complaints` gathers what the console and the security policy say."""

    def __init__(self, context: Any, site: Shipped):
        self.context, self.site = context, site
        self.page = context.new_page()
        self.complaints: list[str] = []
        self.answers: list[Any] = []
        self.page.on("console", self._listen)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("response", lambda answer: self.answers.append(answer))

    def _listen(self, message: Any) -> None:
        if message.type in ("error", "warning") and "status of 4" not in message.text:
            self.complaints.append(message.text)

    def go(self, name: str, language: str = "en", query: str = "") -> Any:
        return self.page.goto(self.site.path(name, language) + query)


@pytest.fixture
def visit(site: Shipped, chromium: Any) -> Iterator[Callable[..., Visit]]:
    """`visit("author", width=320, dark=True, script=False)`."""
    contexts = []

    def begin(
        role: str = "visitor", *, width: int = 1280, dark: bool = False, script: bool = True, **more: Any
    ) -> Visit:
        context = chromium.new_context(
            viewport={"width": width, "height": 800}, color_scheme="dark" if dark else "light",
            java_script_enabled=script, **more,
        )  # fmt: skip
        contexts.append(context)
        if role in site.sessions:
            context.add_cookies([{"name": "sessionid", "value": site.sessions[role], "url": site.url}])
        return Visit(context, site)

    yield begin
    for context in contexts:
        context.close()


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    """The site is another process; nothing here is kept."""


@pytest.fixture(autouse=True)
def traps() -> None:
    """The site is another process; the traps stand in the others' tests."""

"""Hostile words in a real Chromium, with its policy reports: nothing runs, nothing is even stopped (T19)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PAYLOADS = [
    "<script>alert(1)</script><img src=x onerror=alert(2)><svg onload=alert(3)>",
    '</textarea></title><script>alert(4)</script>" autofocus onfocus=alert(5) x="',
    "<style>*{display:none}</style><iframe srcdoc='<script>alert(6)</script>'></iframe>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(7)>",
    "<a href=javascript:alert(8)>read this</a><base href=https://evil.example/>",
]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_a_guest_writes_is_words_to_everybody(visit: Callable[..., Any], payload: str):
    writer = visit("guest")
    dialogs: list[str] = []
    writer.page.on("dialog", lambda dialog: dialogs.append(dialog.message))
    writer.go("deliberation:write")
    writer.page.fill("textarea[name=text]", payload)
    writer.page.click("form.ask button.btn")
    if writer.page.locator("#near").count():
        writer.page.click("form.ask button.btn")
    assert payload in writer.page.inner_text("main"), "she sees her own words as she wrote them"
    moderator = visit("moderator")
    moderator.page.on("dialog", lambda dialog: dialogs.append(dialog.message))
    moderator.go("deliberation:moderate")
    assert payload in moderator.page.inner_text("main")
    assert dialogs == []
    assert writer.complaints == []
    assert moderator.complaints == []
    for visitor in (writer, moderator):
        foreign = [one.url for one in visitor.answers if not one.url.startswith((visitor.site.url, "data:"))]
        assert foreign == []

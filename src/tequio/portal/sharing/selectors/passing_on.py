"""The ways to pass an address on: plain links, none of which asks anybody before it is pressed."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

from django.utils.translation import gettext as _

from tequio.ideas.deliberation.selectors.hall import code_of

from ..types import WayOut

SERVER = re.compile(r"^(?=.{4,100}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$")


def share_page(title: str, address: str, server: str) -> dict[str, Any]:
    """`server` is where somebody has her Mastodon account; anything that is no host name is left out."""
    server = server.strip().lower().removeprefix("https://").strip("/@")
    server = server if SERVER.match(server) else ""
    return {
        "address": address,
        "ways": _ways(title, address, server),
        "server": server,
        "code": code_of(address),
    }


def _ways(title: str, address: str, server: str) -> list[WayOut]:
    both = quote(f"{title}\n{address}", safe="")
    ways = [
        WayOut(_("E-mail"), f"mailto:?subject={quote(title, safe='')}&body={both}", is_outside=False),
        WayOut(_("SMS"), f"sms:?body={both}", is_outside=False),
        WayOut("WhatsApp", f"https://wa.me/?text={both}"),
        WayOut(
            "Telegram", f"https://t.me/share/url?url={quote(address, safe='')}&text={quote(title, safe='')}"
        ),
    ]
    if server:
        ways.append(WayOut(f"Mastodon ({server})", f"https://{server}/share?text={both}"))
    return ways

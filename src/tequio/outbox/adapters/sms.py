"""Handing one SMS to a gateway over HTTP, in the shape of RapidPro or of Kannel, or to a folder.

RapidPro: `POST /api/v2/broadcasts.json` with a token, {"urns": ["tel:+228…"], "text": …}.
Kannel: `GET /cgi-bin/sendsms` with username, password, to, text, charset, coding (0: GSM 7 bits, 2: UCS-2).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlencode, urlsplit

from tequio.base.outgoing import Answer, Forbidden, Unreachable, send

from .folder import put_file
from .trouble import NeverDeliverable, ServerAway, Undeliverable

KANNEL_PATH = "/cgi-bin/sendsms"
RAPIDPRO_PATH = "/api/v2/broadcasts.json"
# What is wrong with this one; not found may be the number or the path; all else (a wrong token, too many,
# a fault) would meet the next one too.
REFUSED = (400, 422)
NOT_FOUND = 404
# GSM 03.38 with its extension: what a phone shows from seven bits a letter.
GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà^{}\\[~]|€"
)


@dataclass(frozen=True)
class TextOut:
    key: str
    to: str
    text: str
    sender: str = ""


def send_by_gateway(message: TextOut, gateway: str) -> None:
    """`gateway` as rapidpro+https://TOKEN@host or kannel+http://user:password@host:13013, path optional.

    Raises ServerAway, Undeliverable or NeverDeliverable. The key goes along as Idempotency-Key. Kannel knows no such
    key: what it was handed without an answer is not handed over again, for it takes first and answers then.
    """
    kind, _plus, url = gateway.partition("+")
    parts = urlsplit(url)
    request = _to_kannel if kind == "kannel" else _to_rapidpro
    try:
        answer = request(message, parts)
    except Forbidden as error:
        raise ServerAway(str(error)) from error
    except Unreachable as error:
        if kind == "kannel" and error.was_sent:
            raise NeverDeliverable(
                "handed over and never answered: perhaps sent, so not sent again"
            ) from error
        raise ServerAway(str(error)) from error
    if answer.status in REFUSED:
        raise NeverDeliverable(f"the gateway refused it: {answer.status}")
    if answer.status == NOT_FOUND:
        raise Undeliverable(f"the gateway answered {answer.status}")
    if not 200 <= answer.status < 300:
        raise ServerAway(f"the gateway answered {answer.status}")


def _bare(parts: SplitResult, path: str) -> str:
    """Its address without the user's name and password."""
    place = parts.netloc.rpartition("@")[2]
    return f"{parts.scheme}://{place}{parts.path if parts.path not in ('', '/') else path}"


def _to_rapidpro(message: TextOut, parts: SplitResult) -> Answer:
    body = json.dumps({"urns": [f"tel:{message.to}"], "text": message.text}, ensure_ascii=False).encode()
    headers = {
        "Authorization": f"Token {unquote(parts.username or '')}",
        "Content-Type": "application/json; charset=utf-8",
        "Idempotency-Key": message.key,
    }
    return send("POST", _bare(parts, RAPIDPRO_PATH), headers=headers, body=body, is_trusted=True)


def _to_kannel(message: TextOut, parts: SplitResult) -> Answer:
    words = {
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "to": message.to,
        "text": message.text,
        "charset": "UTF-8",
        "coding": "0" if GSM.issuperset(message.text) else "2",
    }
    if message.sender:
        words["from"] = message.sender
    url = f"{_bare(parts, KANNEL_PATH)}?{urlencode(words)}"
    return send("GET", url, headers={"Idempotency-Key": message.key}, is_trusted=True)


def send_to_folder(message: TextOut, folder: Path) -> None:
    content = {"key": message.key, "from": message.sender, "to": message.to, "text": message.text}
    put_file(folder, f"{message.key}.json", json.dumps(content, ensure_ascii=False, indent=1).encode())

"""A translating machine at an address of the operator, in the protocol of LibreTranslate.

POST {url}/translate {"q", "source", "target", "format", "api_key"} answers {"translatedText"}.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from django.conf import settings

from tequio.base.outgoing import Forbidden, Unreachable, send

# Somebody waits in front of the page meanwhile.
SECONDS = 6.0
LARGEST = 256 * 1024


class NoAnswer(Exception):
    """The machine is away, too slow, or says something that is no translation; the message is for the log."""


@dataclass(frozen=True)
class Machine:
    url: str
    key: str = ""

    def translate(self, text: str, *, source: str, target: str) -> str:
        """`text` in `target`. Languages as BCP 47 tags; the machine knows their first part. Raises NoAnswer."""
        asked = {"q": text, "source": source.split("-")[0], "target": target.split("-")[0], "format": "text"}
        if self.key:
            asked["api_key"] = self.key
        body = json.dumps(asked).encode()
        try:
            answer = send(
                "POST", f"{self.url}/translate", headers={"Content-Type": "application/json"}, body=body,
                is_trusted=True, seconds=SECONDS, largest=LARGEST,
            )  # fmt: skip
        except (Forbidden, Unreachable) as error:
            raise NoAnswer(f"{type(error).__name__}: {error}") from error
        if answer.status != 200:
            raise NoAnswer(f"status {answer.status}")
        return _read(answer.body)


def _read(body: bytes) -> str:
    try:
        said = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise NoAnswer("the answer is no JSON") from error
    text = said.get("translatedText") if isinstance(said, dict) else None
    if not isinstance(text, str) or not text.strip():
        raise NoAnswer("the answer holds no translation")
    return text


def machine() -> Machine | None:
    """None where the operator has named none."""
    url = settings.TRANSLATE_URL.rstrip("/")
    return Machine(url, settings.TRANSLATE_KEY) if url else None

"""Settings of SMS and of the daily seal: read early, failing early."""

from __future__ import annotations

import pytest

from tequio.config.environment import BadSetting, read_environment


@pytest.mark.parametrize(
    "url",
    [
        "", "rapidpro+https://token@rapidpro.example", "kannel+http://user:word@10.0.0.5:13013",
        "kannel+https://u:p@gate.example/sendsms",
    ],
)  # fmt: skip
def test_a_gateway(url: str) -> None:
    assert read_environment({"TEQUIO_SMS_URL": url})["TEQUIO_SMS_URL"] == url


@pytest.mark.parametrize(
    "url",
    [
        "https://token@rapidpro.example",
        "rapidpro+https://rapidpro.example",
        "kannel+http://u:p@host:port",
        "sms",
    ],
)
def test_no_gateway(url: str) -> None:
    with pytest.raises(BadSetting, match="TEQUIO_SMS_URL"):
        read_environment({"TEQUIO_SMS_URL": url})


def test_addresses() -> None:
    given = read_environment({"TEQUIO_ANCHOR_MAIL": "a@example.org, b@example.org,"})
    assert given["TEQUIO_ANCHOR_MAIL"] == ["a@example.org", "b@example.org"]


@pytest.mark.parametrize("text", ["a", "A <a@example.org>", "a@example.org b@example.org", "a@b@c"])
def test_no_addresses(text: str) -> None:
    with pytest.raises(BadSetting, match="TEQUIO_ANCHOR_MAIL"):
        read_environment({"TEQUIO_ANCHOR_MAIL": text})

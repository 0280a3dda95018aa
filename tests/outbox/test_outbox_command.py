"""What an operator sees of the outbox: enough to mend it, nothing of what is written."""

from __future__ import annotations

import argparse
import json
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tequio.base.command_line import CommandFailed
from tequio.outbox import commands, services
from tequio.outbox.models import Letter, TextMessage, WebhookCall
from tequio.outbox.services import delivering

pytestmark = pytest.mark.django_db


@pytest.fixture
def three() -> tuple[Letter, TextMessage, WebhookCall]:
    return (
        services.write_letter(
            to="ama@example.org", subject="Canary subject", text="Canary text", is_secret=True
        ),
        services.write_text_message(to="+22890123456", text="Canary text"),
        services.write_call(
            receiver="x.y:1", url="https://hook.example/canary", event="e", data={"canary": 1}
        ),
    )


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    commands.add_arguments(parser)
    return commands.run(parser.parse_args(words))


def given_up(row: Any, **more: Any) -> None:
    now = timezone.now()
    type(row).objects.filter(pk=row.pk).update(
        given_up_at=now, tries=5, trouble="address refused: 550", **more
    )


def test_the_list(three: tuple[Letter, TextMessage, WebhookCall], capsys: pytest.CaptureFixture[str]) -> None:
    letter, _message, _call = three
    given_up(letter)
    assert run() == run("list") == 0
    said = capsys.readouterr().out
    assert "mail: 0 waiting, 1 given up\nsms: 1 waiting, 0 given up\nwebhook: 1 waiting, 0 given up\n" in said
    assert f"mail:{letter.pk}" in said
    assert "…@example.org" in said
    assert "given up, tries 5 address refused: 550" in said
    assert "+228…" in said
    assert "hook.example" in said
    for secret in ("anary", "ama@", "90123456"):
        assert secret not in said


def test_as_json(three: tuple[Letter, TextMessage, WebhookCall], capsys: pytest.CaptureFixture[str]) -> None:
    given_up(three[0])
    assert run("list", "--json") == 0
    said = capsys.readouterr().out
    assert "anary" not in said
    shown = json.loads(said)
    assert shown["counts"]["mail"] == {"waits": 0, "given_up": 1}
    assert [(row["name"].partition(":")[0], row["state"]) for row in shown["unsent"]] == [
        ("mail", "given up"), ("sms", "waits"), ("webhook", "waits"),
    ]  # fmt: skip


def test_what_was_sent_is_not_listed(
    three: tuple[Letter, TextMessage, WebhookCall], capsys: pytest.CaptureFixture[str]
) -> None:
    Letter.objects.update(sent_at=timezone.now())
    assert run("list", "--limit", "1") == 0
    assert "mail:" not in capsys.readouterr().out.replace("mail: 0 waiting", "")


def test_retry_by_name(
    three: tuple[Letter, TextMessage, WebhookCall], capsys: pytest.CaptureFixture[str]
) -> None:
    for row in three:
        given_up(row)
    assert run("retry", f"mail:{three[0].pk}", f"webhook:{three[2].pk}") == 0
    assert capsys.readouterr().out == "2 will be tried again.\n"
    for row, again in zip(three, (True, False, True), strict=True):
        row.refresh_from_db()
        assert (row.given_up_at is None) == again
        assert row.tries == (0 if again else 5)


def test_retry_all(
    three: tuple[Letter, TextMessage, WebhookCall], capsys: pytest.CaptureFixture[str]
) -> None:
    letter, message, _call = three
    given_up(letter, text="")  # its words are gone
    given_up(message, good_until=timezone.now())  # nobody could use it any more
    WebhookCall.objects.update(sent_at=timezone.now())
    assert run("retry", "--all") == 0
    assert capsys.readouterr().out == "0 will be tried again.\n"
    services.write_text_message(to="+22890123456", text="x")
    assert run("retry", "--all") == 0
    assert capsys.readouterr().out == "1 will be tried again.\n"


@pytest.mark.parametrize(
    "words",
    [["retry"], ["retry", "--all", "mail:1"], ["retry", "post:1"], ["retry", "mail:x"], ["retry", "7"]],
)
def test_what_cannot_be_meant(words: list[str]) -> None:
    with pytest.raises(CommandFailed):
        run(*words)


def test_a_month_later_nothing_of_it_is_left(three: tuple[Letter, TextMessage, WebhookCall]) -> None:
    letter, _message, _call = three
    long_ago = timezone.now() - timedelta(days=31)
    Letter.objects.update(sent_at=long_ago)
    TextMessage.objects.update(given_up_at=long_ago)
    WebhookCall.objects.update(written_at=long_ago)  # still waits
    assert delivering.prune() == 2
    assert not Letter.objects.exists()
    assert WebhookCall.objects.count() == 1
    assert str(letter) == "Canary subject → ama@example.org"

"""Where the demonstration has no place, and what it asks of the database."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

import pytest
from django.db import connection

from tequio.base.command_line import CommandFailed
from tequio.guards.models import PageVersion
from tequio.portal.home.commands import demo as demo_command
from tequio.portal.home.commands import pages as pages_command
from tequio.portal.home.commands import verify as verify_command
from tequio.portal.home.selectors.balance import findings


@pytest.mark.django_db
def test_elsewhere_than_in_a_demonstration_the_commands_refuse(settings: Any) -> None:
    settings.IS_DEMO = False
    for command, options in (
        (demo_command, Namespace(what="load")),
        (demo_command, Namespace(what="people", json=True)),
        (pages_command, Namespace(json=True, language="en")),
    ):
        with pytest.raises(CommandFailed, match="not a demonstration") as refused:
            command.run(options)
        assert refused.value.code == 1
    settings.IS_DEMO = True
    with pytest.raises(CommandFailed, match="not loaded yet"):
        pages_command.run(Namespace(json=True, language="en"))


@pytest.mark.django_db
def test_loading_is_quick(capsys: pytest.CaptureFixture[str], settings: Any) -> None:
    """Counted, not timed: 25,200 statements to the database and 9 seconds of one core when this was written."""
    settings.IS_DEMO = True
    sent = 0

    def count(execute: Any, *statement: Any) -> Any:
        nonlocal sent
        sent += 1
        return execute(*statement)

    with connection.execute_wrapper(count):
        assert demo_command.run(Namespace(what="load")) == 0
    assert sent < 40_000
    assert (
        "133 places, 61 invented people, 8 conversations, 6 whole processes, 25 organisations"
        in capsys.readouterr().out
    )


@pytest.mark.django_db
def test_a_demonstration_in_public_is_found(settings: Any, capsys: pytest.CaptureFixture[str]) -> None:
    settings.IS_DEMO, settings.PUBLIC_HOSTS = True, ["tequio.example"]
    assert verify_command.run(Namespace(json=False)) == 1
    assert "home.no_demonstration_in_public: this is a demonstration" in capsys.readouterr().out
    settings.PUBLIC_HOSTS = []
    PageVersion.objects.create(number=1)
    PageVersion.objects.create(number=2)
    assert [name for name, _words in findings()] == ["guards.one_page_version"]

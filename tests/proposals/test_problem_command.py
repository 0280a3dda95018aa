"""`tequio import problems FILE.csv`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tequio.config.cli import main
from tequio.territories.models import Territory


@pytest.mark.django_db
def test_the_command_says_what_it_would_do(lome: Territory, tmp_path: Path, capsys):
    path = tmp_path / "problems.csv"
    path.write_text(f"id,title_en,territory\np1,The pump is dry,{lome.code}\n", encoding="utf-8")
    assert main(["import", "problems", str(path), "--preview", "--language", "en"]) == 0
    assert "1 new" in capsys.readouterr().out

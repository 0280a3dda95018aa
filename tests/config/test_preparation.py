"""What is made before serving: compiled translations, collected files, tables."""

import gettext
import os
from pathlib import Path

import pytest
from pytest_django import Settings

from tequio.config.commands import migrate
from tequio.config.preparation import collect_static_files, unapplied_migrations
from tequio.config.translations import compile_translations


def test_translations_are_compiled_once_and_again_when_they_change(tmp_path: Path) -> None:
    source = tmp_path / "app" / "locale" / "es" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "Vote"\nmsgstr "Votación"\n'
    )
    target = source.with_suffix(".mo")
    assert compile_translations(tmp_path) == [target]
    with target.open("rb") as compiled:
        assert gettext.GNUTranslations(compiled).gettext("Vote") == "Votación"
    assert compile_translations(tmp_path) == []
    later = target.stat().st_mtime_ns + 10**9
    os.utime(source, ns=(later, later))
    assert compile_translations(tmp_path) == [target]
    assert [path.name for path in target.parent.iterdir() if ".mo." in path.name] == []


def test_static_files_are_collected_only_when_something_changed(tmp_path: Path, settings: Settings) -> None:
    source = tmp_path / "source"
    source.mkdir()
    (source / "one.css").write_text("a{}")
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATICFILES_DIRS = [str(source)]
    settings.STATIC_ROOT = str(tmp_path / "static")
    assert collect_static_files()
    assert (tmp_path / "static" / "one.css").read_text() == "a{}"
    assert not collect_static_files()
    (source / "two.css").write_text("b{}")
    assert collect_static_files()
    assert (tmp_path / "static" / "two.css").exists()


@pytest.mark.django_db
def test_a_fresh_test_database_has_every_migration() -> None:
    assert unapplied_migrations() == []


@pytest.mark.django_db(transaction=True)
def test_migrate_check_names_what_is_missing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import argparse

    options = argparse.Namespace(check=True)
    assert migrate.run(options) == 0
    monkeypatch.setattr("tequio.config.preparation.unapplied_migrations", lambda: ["people.0099_more"])
    assert migrate.run(options) == 1
    assert capsys.readouterr().out == "not applied: people.0099_more\n"

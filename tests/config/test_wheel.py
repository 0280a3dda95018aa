"""What is installed from a wheel, without the checkout around it, has everything the site reads."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from source import ROOT

BUILD = "from setuptools.build_meta import build_wheel; import sys; print(build_wheel(sys.argv[1]))"
NEEDED = ("pyproject.toml", "README.md", "LICENSE")
READ = """
from tequio.algorithms.opinion_map import VERSION
from tequio.base.explained import explanation
import tequio
print(tequio.__file__)
for language in ("en", "es", "fr", "eu"):
    text = explanation("opinion-map", language)
    print(language, text.language, len(text.body) > 1000)
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout, built without network and unpacked as pip does."""
    source, wheels = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheels")
    for name in NEEDED:
        shutil.copy(ROOT / name, source)
    shutil.copytree(
        ROOT / "src", source / "src", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info", "*.mo.*")
    )
    built = subprocess.run(
        [sys.executable, "-c", BUILD, str(wheels)],
        cwd=source,
        capture_output=True,
        text=True,
        check=False,
        timeout=900,
    )
    assert built.returncode == 0, built.stderr[-3000:]
    place = tmp_path_factory.mktemp("installed")
    with zipfile.ZipFile(next(wheels.glob("*.whl"))) as wheel:
        wheel.extractall(place)
    return place


def test_every_file_of_the_package_is_in_the_wheel(installed: Path) -> None:
    package = ROOT / "src" / "tequio"
    listed = subprocess.run(
        ["git", "ls-files", "-z", "."], cwd=package, capture_output=True, text=True, check=False
    )
    if listed.returncode:
        pytest.skip("not a checkout of git: nothing to compare with")
    names = [name for name in listed.stdout.split("\0") if name and (package / name).is_file()]
    assert len(names) > 200
    assert [name for name in names if not (installed / "tequio" / name).is_file()] == []


def run(installed: Path, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("TEQUIO_", "PYTEST", "COV_"))
    }
    kept.pop("DATABASE_URL", None)
    environ = kept | {"PYTHONPATH": str(installed), "TEQUIO_TEST": "0", "PYTHONSAFEPATH": "1"}
    return subprocess.run(
        [sys.executable, *words],
        cwd=folder,
        env=environ,
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )


def test_the_explanation_is_read_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    done = run(installed, tmp_path, "-c", READ)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0].startswith(str(installed))
    assert lines[1:] == ["en en True", "es es True", "fr fr True", "eu en True"]


def test_settings_are_read_and_data_stays_with_who_runs_it(installed: Path, tmp_path: Path) -> None:
    """Without a checkout the data folder is made in the current directory, not among the libraries."""
    tmp_path.chmod(0o755)
    done = run(
        installed, tmp_path, "-c",
        "from tequio.config import environment as e; print(e.data_folder(e.read_environment({})))",
    )  # fmt: skip
    assert done.stdout.strip() == str(tmp_path / "var"), done.stderr
    assert run(installed, tmp_path, "-m", "tequio.config.cli", "--help").returncode == 0

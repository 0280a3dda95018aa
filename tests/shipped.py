"""The site as it is shipped: granian, hashed static files, a database of its own, one house in it."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ports import free_port
from source import ROOT
from tequio.config import postgres
from tequio.config.postgres import Database, ensure_running
from tequio.config.postgres.places import socket_directory

PATIENCE_S = 180
FURNISH = """
import json, django
django.setup()
from django.test.utils import override_settings
from addresses import names, path_of
from forms import open_browser
from house import ROLES, build_house
from tequio.base.languages import INTERFACE
from tequio.ideas.deliberation.services.maps import recompute_map
house = build_house("lome")
recompute_map(house.conversation.pk)
with override_settings(ALLOWED_HOSTS=["testserver"]):
    browsers = {role: open_browser(house.person(role)) for role in ROLES}
print(json.dumps({
    "sessions": {
        role: browser.cookies["sessionid"].value for role, browser in browsers.items() if "sessionid" in browser.cookies
    },
    "paths": {language: {name: path_of(name, house, language) for name in names()} for language in INTERFACE},
    "statement": house.statement.pk,
}))
"""


@dataclass
class Shipped:
    """A running site. `sessions`: role → session cookie; `paths`: language → URL name → path."""

    url: str
    sessions: dict[str, str]
    paths: dict[str, dict[str, str]]
    statement: int
    database: Database
    server: subprocess.Popen[bytes]

    def path(self, name: str, language: str = "en") -> str:
        return self.url + self.paths[language][name]


def _environment(data: Path) -> dict[str, str]:
    kept = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("TEQUIO_", "PYTEST", "COV_", "PG"))
    }
    kept.pop("DATABASE_URL", None)
    return kept | {
        "TEQUIO_DATA": str(data),
        "TEQUIO_TEST": "0",
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT / 'tests'}",
        "DJANGO_SETTINGS_MODULE": "tequio.config.settings",
        "PYTHONWARNINGS": "ignore",
    }


def _run(environment: dict[str, str], *words: str) -> str:
    done = subprocess.run(
        [sys.executable, *words], env=environment, capture_output=True, text=True, timeout=900, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def _wait_until_it_answers(url: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while True:
        with contextlib.suppress(OSError), urllib.request.urlopen(url + "/health/", timeout=5):
            return
        assert server.poll() is None, "the server ended by itself"
        assert time.monotonic() < deadline, "the server does not answer"
        time.sleep(0.1)


@contextlib.contextmanager
def shipped_site(workers: int = 1) -> Iterator[Shipped]:
    """Made from nothing in some ten seconds, and taken away again."""
    folder = Path(tempfile.mkdtemp(prefix="tequio-shipped-", dir="/tmp")).resolve()
    folder.chmod(0o755)
    data = folder / "var"
    environment = _environment(data)
    said_before = os.environ.get("TEQUIO_TEST")
    os.environ["TEQUIO_TEST"] = "0"  # for the place of the data, which the server reckons alike
    database = ensure_running(data / "postgres")
    server = None
    try:
        _run(environment, "-m", "tequio.config.cli", "migrate")
        furnished = json.loads(_run(environment, "-c", FURNISH).splitlines()[-1])
        port = free_port()
        server = subprocess.Popen(
            [sys.executable, "-m", "tequio.config.cli", "serve", "--port", str(port), "--workers", str(workers)],
            env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        site = Shipped(f"http://127.0.0.1:{port}", **furnished, database=database, server=server)
        _wait_until_it_answers(site.url, server)
        yield site
    finally:
        if server is not None:
            server.terminate()
            server.wait(30)
        database.close()
        postgres.stop(data / "postgres")
        if said_before is None:
            del os.environ["TEQUIO_TEST"]
        else:
            os.environ["TEQUIO_TEST"] = said_before
        shutil.rmtree(socket_directory(data / "postgres"), ignore_errors=True)
        shutil.rmtree(folder)

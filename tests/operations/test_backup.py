"""The drill: one command makes the file, one brings everything back, identical to the last row (T14)."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import stat
import subprocess
import sys
import time
import urllib.request
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from installation import Host, status, wait_until
from tequio.config.backup.contents import LEFT_OUT, MADE_BY_SET_UP
from tequio.config.backup.manifest import DUMP, GUESTS, MANIFEST

from .conftest import Yard

Contents = Callable[[Host], dict[str, tuple[int, str]]]
pytestmark = pytest.mark.xdist_group("backup")
LEAVES_OUT = {"django_session", *LEFT_OUT}


@pytest.fixture(scope="module")
def backup(yard: Yard) -> Path:
    """A backup of a furnished database in which somebody was asked for a code, too."""
    host = yard.furnished()
    with yard.cluster.connect(host.database) as connection:
        connection.execute(
            'INSERT INTO door_signincode (uid, "to", purpose, digest, next, asked_at, until, tries_left) '
            "VALUES (gen_random_uuid(), 'a@example.org', 'sign-in', repeat('0', 64), '', now(), now() + interval '1 day', 5)"
        )
    path = host.folder / "all.tequio"
    host.tequio("backup", str(path))
    return path


def refuse(host: Host, *words: str) -> str:
    done = host.attempt("-m", "tequio.config.cli", *words)
    assert done.returncode == 2, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr


def rewritten(source: Path, target: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """A copy in which `change` altered an entry; whole as a zip, and its digests agree unless `change` says otherwise."""
    with zipfile.ZipFile(source) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    change(entries)
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return target


def edited(change: Callable[[dict], None]) -> Callable[[dict[str, bytes]], None]:
    def edit(entries: dict[str, bytes]) -> None:
        manifest = json.loads(entries[MANIFEST])
        change(manifest)
        entries[MANIFEST] = json.dumps(manifest).encode()

    return edit


def test_the_drill(yard: Yard, furnished: Host, empty: Host, contents: Contents) -> None:
    """Written from a site that runs, read into an empty database: every table and sequence is the same."""
    furnished.serve()
    path = furnished.folder / "drill.tequio"
    said = furnished.tequio("backup", str(path))
    furnished.stop()
    before = contents(furnished)
    assert f"{path}" in said
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [one.name for one in path.parent.glob("*.part")] == []

    assert "restored" in empty.tequio("restore", str(path))
    after = contents(empty)
    assert set(after) == set(before)
    assert before["deliberation_statementvote"][0] > 0
    assert before["files_block"][0] > 0, "no picture in it: the drill would not show that they come along"
    assert [name for name in before if before[name] != after[name] and name not in LEAVES_OUT] == []
    assert "nothing found" in empty.tequio("verify")

    empty.serve()
    assert status(empty.url + yard.paths["en"]["deliberation:results"]) == 200
    assert status(empty.url + yard.paths["en"]["deliberation:picture"]) == 200


def page(host: Host, path: str, session: str) -> str:
    request = urllib.request.Request(host.url + path, headers={"Cookie": f"sessionid={session}"})
    with urllib.request.urlopen(request, timeout=20) as answer:
        return f"{answer.url} {answer.read().decode()}"


def test_guests_go_on_members_sign_in_again_codes_are_gone(yard: Yard, backup: Path, empty: Host) -> None:
    empty.tequio("restore", str(backup))
    with zipfile.ZipFile(backup) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
        guests = archive.read(GUESTS).decode()
    assert yard.sessions["guest"] in guests
    for role in ("member", "moderator", "author"):
        assert yard.sessions[role].encode() not in everything
    with yard.cluster.connect(empty.database) as connection:
        assert connection.execute("SELECT count(*) FROM door_signincode").fetchone() == (0,)
        assert connection.execute("SELECT count(*) FROM django_session").fetchone() == (1,)
    empty.serve()
    mine = yard.paths["en"]["deliberation:mine"]
    assert "A repair must take at most two days." in page(empty, mine, yard.sessions["guest"])
    assert "/sign-in/" in page(empty, yard.paths["en"]["door:account"], yard.sessions["member"])


def test_no_table_that_names_sessions_is_in_a_backup(yard: Yard, furnished: Host) -> None:
    """Whoever writes a session's key into a table of her own has to leave it out here."""
    query = "SELECT table_name FROM information_schema.columns WHERE column_name = 'session_key'"
    with yard.cluster.connect(furnished.database) as connection:
        assert {name for (name,) in connection.execute(query)} <= LEAVES_OUT


@pytest.mark.full
def test_on_a_running_site_and_its_worker(
    yard: Yard, backup: Path, furnished: Host, contents: Contents
) -> None:
    """`--replace` under pages and worker: they go on by themselves with what was restored."""
    web = furnished.serve(workers=2)
    furnished.start("worker")
    with yard.cluster.connect(furnished.database) as connection:
        connection.execute("UPDATE people_person SET name = 'Somebody else'")
    furnished.tequio("restore", "--replace", str(backup))
    people = "SELECT count(*) FROM people_person WHERE name = 'Somebody else'"
    bump = (
        "INSERT INTO procrastinate_jobs (queue_name, task_name, args) "
        "VALUES ('default', 'guards.bump_page_version', '{}')"
    )
    with yard.cluster.connect(furnished.database) as connection:
        assert connection.execute(people).fetchone() == (0,)
        connection.execute(bump)
        wait_until(lambda: status(furnished.url + "/en/") == 200, 15)
        assert web.poll() is None
        left = "SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'guards.bump_page_version'"

        def is_done() -> bool:
            if furnished.processes[-1].poll() is not None:  # as the service manager, or `run`, does
                furnished.start("worker")
            return connection.execute(left).fetchone() == (0,)

        wait_until(is_done, 60, furnished.log())


@pytest.mark.full
def test_an_empty_file_name_and_an_existing_one(furnished: Host, backup: Path) -> None:
    before = backup.read_bytes()
    assert "there already" in refuse(furnished, "backup", str(backup))
    assert backup.read_bytes() == before
    assert "cannot be written" in refuse(furnished, "backup", "/nowhere/at/all.tequio")


def test_a_database_without_tables_has_nothing_to_keep(empty: Host) -> None:
    assert "nothing to keep" in refuse(empty, "backup", str(empty.folder / "x.tequio"))
    assert not (empty.folder / "x.tequio").exists()
    assert not (empty.folder / "x.tequio.part").exists()


def test_a_fresh_database_counts_as_empty_and_a_used_one_does_not(
    backup: Path, empty: Host, furnished: Host, contents: Contents
) -> None:
    empty.tequio("migrate")
    made = {name for name, (rows, _digest) in contents(empty).items() if rows and not name.endswith("_seq")}
    assert {name for name in made if not name.startswith("procrastinate_")} <= MADE_BY_SET_UP
    assert "file is sound" in empty.tequio("restore", "--check", str(backup))
    empty.tequio("restore", str(backup))
    before = contents(furnished)
    said = refuse(furnished, "restore", str(backup))
    assert "not empty" in said
    assert "--replace" in said
    assert contents(furnished) == before


@pytest.mark.full
def test_somebody_elses_tables_are_never_replaced(yard: Yard, backup: Path, empty: Host) -> None:
    with yard.cluster.connect(empty.database) as connection:
        connection.execute("CREATE TABLE accounts (id int); INSERT INTO accounts VALUES (1)")
        assert "not Tequio's" in refuse(empty, "restore", "--replace", str(backup))
        assert connection.execute("SELECT count(*) FROM accounts").fetchone() == (1,)


def _flip(entries: dict[str, bytes]) -> None:
    middle = len(entries[DUMP]) // 2
    entries[DUMP] = entries[DUMP][:middle] + bytes([entries[DUMP][middle] ^ 1]) + entries[DUMP][middle + 1 :]


def _no_dump(entries: dict[str, bytes]) -> None:
    entries[DUMP] = b"PGDMP, or so it says"
    edited(lambda said: said["digests"].update({DUMP: hashlib.sha256(entries[DUMP]).hexdigest()}))(entries)


BAD = {
    "a changed byte": (_flip, "damaged"),
    "an entry gone": (lambda entries: entries.pop(GUESTS), "no backup of Tequio"),
    "no manifest": (lambda entries: entries.update({MANIFEST: b"[]"}), "damaged"),
    "another format": (edited(lambda said: said.update(format=99)), "format 99"),
    "a table that is SQL": (
        edited(lambda said: said["tables"].update({"x; DROP TABLE y": {"columns": [], "rows": 0, "digest": "0"}})),
        "damaged",
    ),
    "a digest that is SQL": (
        edited(lambda said: said["tables"]["people_person"].update(digest="0' OR true --")), "damaged",
    ),
    "a newer version": (
        edited(lambda said: said["migrations"].append("people.0999_flying")), "newer version",
    ),
    "a demonstration": (edited(lambda said: said.update(is_demo=True)), "demonstration"),
    "no dump": (_no_dump, "pg_restore cannot read"),
}  # fmt: skip


QUICK = {"a changed byte", "a newer version", "a table that is SQL"}


@pytest.mark.parametrize(
    "wrong", [one if one in QUICK else pytest.param(one, marks=pytest.mark.full) for one in BAD]
)
def test_a_bad_file_touches_nothing(
    wrong: str, backup: Path, furnished: Host, contents: Contents, tmp_path: Path
) -> None:
    change, word = BAD[wrong]
    before = contents(furnished)
    bad = rewritten(backup, tmp_path / "bad.tequio", change)
    assert word in refuse(furnished, "restore", "--replace", str(bad))
    assert contents(furnished) == before


@pytest.mark.full
def test_a_file_that_was_cut_off_or_is_none(backup: Path, empty: Host, tmp_path: Path) -> None:
    cut = tmp_path / "cut.tequio"
    cut.write_bytes(backup.read_bytes()[:-1000])
    assert "only the beginning" in refuse(empty, "restore", str(cut))
    cut.write_bytes(b"")
    assert "no backup" in refuse(empty, "restore", str(cut))
    assert "There is no file" in refuse(empty, "restore", str(tmp_path / "none"))


@pytest.mark.parametrize(
    "table", ["people_person", pytest.param("deliberation_statementvote", marks=pytest.mark.full)]
)
def test_what_does_not_come_out_as_it_was_is_undone(
    table: str, backup: Path, furnished: Host, contents: Contents, tmp_path: Path
) -> None:
    """The file is sound by its own word, but the tables come out otherwise: the old database stays."""
    before = contents(furnished)
    wrong = rewritten(
        backup, tmp_path / "wrong.tequio", edited(lambda said: said["tables"][table].update(digest="7"))
    )
    said = refuse(furnished, "restore", "--replace", str(wrong))
    assert f"the table {table} did not come out as it was" in said
    assert "Nothing was changed" in said
    assert contents(furnished) == before


@pytest.mark.full
def test_a_restore_that_is_killed_leaves_the_old(
    yard: Yard, backup: Path, furnished: Host, contents: Contents
) -> None:
    """kill -9 while it waits for a page's lock, and again while it holds everything: no half database."""
    before = contents(furnished)
    killed = 0
    for pause in (0.0, 0.15, 0.3, 0.45, 0.6, 0.8):
        process = subprocess.Popen(
            [sys.executable, "-m", "tequio.config.cli", "restore", "--replace", str(backup)],
            env=furnished.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
        with yard.cluster.connect("postgres") as connection:
            busy = (
                "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'psql' AND datname = %s "
                "OR application_name = 'tequio backup' AND datname = %s"
            )
            name = furnished.database
            wait_until(
                lambda at=connection, query=busy, name=name: (
                    at.execute(query, [name, name]).fetchone() != (0,)
                )
            )
        time.sleep(pause)
        os.killpg(process.pid, signal.SIGKILL)
        killed += process.wait() == -signal.SIGKILL
    assert killed >= 3
    after = contents(furnished)
    changed = [name for name in before if after.get(name) != before[name] and name not in LEAVES_OUT]
    assert changed == [] or _is_restored(after, backup)
    assert "nothing found" in furnished.tequio("verify")


def _is_restored(found: dict[str, tuple[int, str]], backup: Path) -> bool:
    """The last kill came after the commit: then it is all of the backup."""
    with zipfile.ZipFile(backup) as archive:
        tables = json.loads(archive.read(MANIFEST))["tables"]
    return all(found[name][0] == table["rows"] for name, table in tables.items())


@pytest.mark.full
def test_a_backup_of_an_earlier_version_is_brought_forward(yard: Yard, empty: Host) -> None:
    old = yard.furnished()
    old.python("-m", "django", "migrate", "outbox", "0002")
    path = old.folder / "old.tequio"
    old.tequio("backup", str(path))
    assert "migrations follow" in empty.tequio("restore", str(path))
    assert "up to date" in empty.tequio("migrate")
    assert "nothing found" in empty.tequio("verify")


@pytest.mark.full
def test_another_key_is_said(yard: Yard, backup: Path) -> None:
    host = yard.empty(TEQUIO_SECRET_KEY="o" * 50)
    said = host.attempt("-m", "tequio.config.cli", "restore", "--check", str(backup))
    assert said.returncode == 0
    assert "another TEQUIO_SECRET_KEY" in said.stderr


@pytest.mark.full
def test_a_full_disk_leaves_no_half_file(furnished: Host, tmp_path: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("needs root: a small disk of its own")
    small = tmp_path / "small"
    small.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=40k", "tmpfs", str(small)], check=False)
    if mounted.returncode:
        pytest.skip("this machine does not let us mount a small disk")
    try:
        assert "is full" in refuse(furnished, "backup", str(small / "all.tequio"))
        assert list(small.iterdir()) == []
    finally:
        subprocess.run(["umount", str(small)], check=True)


def test_the_password_is_never_shown(furnished: Host) -> None:
    """Neither `ps` nor the environment of what we start names it."""
    from tequio.config.backup import programs

    said = furnished.python(
        "-c",
        "import django; django.setup()\n"
        "from django.db import connection; connection.settings_dict['PASSWORD'] = 'open-sesame'\n"
        "from tequio.config.backup.programs import programs\n"
        "import subprocess\n"
        "with programs() as found:\n"
        "    process = found.start('psql', '-Atc', 'SELECT 41 + 1, pg_sleep(1)', stdout=-1)\n"
        "    shown = open(f'/proc/{process.pid}/cmdline').read() + open(f'/proc/{process.pid}/environ').read()\n"
        "    print('open-sesame' in shown, process.communicate()[0].decode().strip())\n",
    )
    assert said.strip() == "False 42|"
    assert programs.SERVICE

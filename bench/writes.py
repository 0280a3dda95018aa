"""What a sign-up, a vote and a statement cost beside a POST that inserts one row; and writers side by side.

    python bench/writes.py [--each 60] [--rounds 5]

The site as it is shipped (granian, one process), in a cluster of its own with fsync on. The kinds of POST take turns
within one run, a statement without its audit record among them. CPU of the web process, and of it together with PostgreSQL's processes; ratios count.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "src")]

from crowd import Act, gather, send
from installation import Cluster, Host

PROVE = """
import json, uuid, django
django.setup()
from datetime import timedelta
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone
from tequio.people.services import begin_guest
from tequio.portal.door.models import SignInCode
found = []
for number in range(NUMBER):
    now = timezone.now()
    code = SignInCode.objects.create(to=f"new{number}.{uuid.uuid4().hex[:8]}@example.org", digest="0" * 64,
        until=now + timedelta(hours=1), tries_left=5, proven_at=now)
    session = SessionStore()
    session["door"] = str(code.uid)
    session["guest"] = begin_guest(language="en").pk
    session.save()
    found.append(session.session_key)
print(json.dumps(found))
"""


def kinds(host: Host, number: int) -> dict[str, list[Act]]:
    """`number` of each, every one valid and new."""
    acts = gather(host, people=2 * number // 5 + 1, statements=7)
    proven = json.loads(host.python("-c", PROVE.replace("NUMBER", str(number))).splitlines()[-1])
    about = (("name", "Ama Adjo"), ("language", "en"), ("year_of_birth", "1990"))
    votes = [act for act in acts if "vote" in act.said]
    begun: set[int] = set()
    first = [act for act in votes if act.person not in begun and not begun.add(act.person)]  # type: ignore[func-returns-value]
    for act in first:  # whoever answers for the first time also agrees to the words beside the buttons
        assert send(host.url, act) == 302
    done = set(first)
    votes = [act for act in votes if act not in done][:number]
    statements = [act for act in acts if "text" in act.said]
    return {
        "one row": [
            Act(act.person, act.session, "/bench/row/", (("text", "A thought of some length."),))
            for act in votes
        ],
        "a vote": votes,
        "a statement": statements[:number],
        "unrecorded": [_unrecorded(act) for act in statements[number : 2 * number]],
        "a sign-up": [Act(0, session, "/en/sign-in/join/", about) for session in proven],
    }


def _unrecorded(act: Act) -> Act:
    conversation = act.path.split("/")[3]
    return replace(act, path=f"/bench/unrecorded/{conversation}/")


def cpu(pid: int) -> float:
    """Of a process and all it started, those that ended included."""
    process = psutil.Process(pid)
    total = sum(process.cpu_times()[:4])
    for child in process.children(recursive=True):
        try:
            total += sum(child.cpu_times()[:2])
        except psutil.NoSuchProcess:
            continue
    return total


def in_turn(host: Host, cluster: Cluster, each: int, rounds: int) -> dict[str, tuple[float, float]]:
    """Kind → milliseconds of CPU a POST: web process, web and database; the middle of the rounds."""
    acts = kinds(host, each * (rounds + 1))
    assert all(len(of_kind) == each * (rounds + 1) for of_kind in acts.values())
    web, database = host.processes[-1].pid, cluster.pid()
    took: dict[str, list[tuple[float, float]]] = {name: [] for name in acts}
    for turn in range(rounds + 1):
        for name, of_kind in acts.items():
            before = cpu(web), cpu(database)
            for act in of_kind[turn * each : (turn + 1) * each]:
                status = send(host.url, act)
                if status != 302:
                    raise SystemExit(f"{name} was answered {status}\n{host.log()[-2000:]}")
            own, theirs = cpu(web) - before[0], cpu(database) - before[1]
            if turn:  # the first warms up
                took[name].append((own / each * 1000, (own + theirs) / each * 1000))
    return {
        name: (statistics.median(own for own, _ in found), statistics.median(both for _, both in found))
        for name, found in took.items()
    }


def side_by_side(host: Host, cluster: Cluster, writers: int, number: int) -> tuple[float, float, float, int]:
    """Votes a second, p50 and p95 in ms, and how often somebody was seen waiting for another's lock."""
    acts = [act for act in gather(host, people=number // 5, statements=1) if "vote" in act.said][:number]
    waits, is_over = [0], threading.Event()

    def watch() -> None:
        query = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
        with cluster.connect() as connection:
            while not is_over.wait(0.02):
                waits[0] += connection.execute(query).fetchone()[0]  # type: ignore[index]

    took: list[float] = []
    left = iter(acts)
    lock = threading.Lock()

    def write() -> None:
        while True:
            with lock:
                act = next(left, None)
            if act is None:
                return
            began = time.perf_counter()
            assert send(host.url, act) == 302
            took.append(time.perf_counter() - began)

    threads = [threading.Thread(target=write) for _ in range(writers)]
    watcher = threading.Thread(target=watch)
    watcher.start()
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - began
    is_over.set()
    watcher.join()
    ordered = sorted(took)
    p50, p95 = (ordered[int(len(ordered) * part)] * 1000 for part in (0.5, 0.95))
    return len(took) / seconds, p50, p95, waits[0]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--each", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with Cluster() as cluster:
        host = cluster.host("bench")
        host.environment["PYTHONPATH"] += os.pathsep + str(ROOT / "bench")
        host.environment["DJANGO_SETTINGS_MODULE"] = "one_row_settings"
        host.tequio("migrate")
        host.python(
            "-c",
            "import django; django.setup()\nfrom house import build_house; build_house('lome')\n"
            "import one_row; from django.db import connection; connection.cursor().execute(one_row.TABLE)",
        )
        host.serve(workers=1)
        found = in_turn(host, cluster, options.each, options.rounds)
        own, both = found["one row"]
        print(f"{'CPU ms a POST':16}{'web':>8}{'ratio':>7}{'and database':>14}{'ratio':>7}")
        for name, (mine, all_of_it) in found.items():
            print(f"{name:16}{mine:8.2f}{mine / own:7.2f}{all_of_it:14.2f}{all_of_it / both:7.2f}")
        (mine, whole), (bare, whole_bare) = found["a statement"], found["unrecorded"]
        print(
            f"record of a statement: {1 - bare / mine:.1%} of the web's CPU, {1 - whole_bare / whole:.1%} of both"
        )
        print(f"\n{'votes':16}{'a second':>9}{'p50 ms':>8}{'p95 ms':>8}{'waits seen':>12}")
        for writers in (1, 8):
            rate, p50, p95, waits = side_by_side(
                host, cluster, writers, 100 * writers if writers == 1 else 400
            )
            print(f"{writers:>2} writers      {rate:9.0f}{p50:8.1f}{p95:8.1f}{waits:12}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""What the record of acts costs: a write with and without it, sealing, verifying, eight writers at once.

    TEQUIO_TEST=1 PYTHONPATH=src python bench/audit.py

Runs in a database of its own in the cluster of the tests. Read the ratios, not the seconds.
"""

from __future__ import annotations

import multiprocessing
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

WRITES = 400
WRITERS = 8
SECONDS = 4.0
RECORDS = 100_000
MAKE = """
INSERT INTO audit_record (at, txid, actor, act, object, data, digest, is_sealed)
SELECT '2026-01-01T00:00:00Z', 1, 'system', 'test.act', 'x.y:' || n, jsonb_build_object('n', n),
    encode(sha256(convert_to(
        '["2026-01-01T00:00:00+00:00","system","test.act","x.y:' || n || '",{"n":' || n || '}]', 'UTF8')), 'hex'), false
FROM generate_series(1, %s) AS n
"""


@contextmanager
def own_database() -> Iterator[None]:
    os.environ["TEQUIO_TEST"] = "1"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tequio.config.settings")
    from tequio.config.postgres import open_database

    with open_database():
        import django

        django.setup()
        from django.db import connection

        name = connection.settings_dict["NAME"]
        connection.settings_dict["TEST"]["NAME"] = "bench_audit"
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            yield
        finally:
            connection.creation.destroy_test_db(name, verbosity=0)


def sealing() -> None:
    from django.db import connection

    from tequio.audit import invariants
    from tequio.audit.services.sealing import seal

    with connection.cursor() as cursor:
        cursor.execute(MAKE, [RECORDS])
        cursor.execute("ANALYZE audit_record")
    start, cpu = time.perf_counter(), time.process_time()
    assert seal() == RECORDS
    print(
        f"sealing {RECORDS:,} records: {time.perf_counter() - start:.2f} s, of it our CPU {time.process_time() - cpu:.2f} s"
    )
    start = time.perf_counter()
    found = [
        *invariants.every_record_fits_its_digest(), *invariants.the_chain_holds(),
        *invariants.every_sealed_record_has_its_link(),
    ]  # fmt: skip
    assert found == []
    print(f"verifying them: {time.perf_counter() - start:.2f} s")
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE audit_record, audit_link")


def one_write() -> None:
    """A statement sent by a guest, as the web does it, with and without its record; in turn, the same process."""
    from django.db import connection

    from tequio.audit import services as audit
    from tequio.base.actor import SYSTEM
    from tequio.base.multilingual import write_original
    from tequio.ideas.deliberation.services import answering
    from tequio.ideas.deliberation.services.conversations import Plan, open_conversation
    from tequio.people.services import become_member, begin_guest, grant_role
    from tequio.territories.services import rebuild_paths, save_territory

    place = save_territory(
        code="TG",
        kind="country",
        name=write_original("Togo", "fr"),
        zone="Africa/Lome",
        languages=["fr"],
        by=SYSTEM,
    )
    rebuild_paths(by=SYSTEM)
    organiser = become_member(begin_guest(language="en"), email="o@example.org", name="O")
    grant_role(organiser, "facilitator", place, by=SYSTEM)
    plan = Plan(
        question=write_original("How should we get online?", "en"),
        background={},
        languages=["en"],
        zone="Africa/Lome",
    )
    conversation = open_conversation(
        plan, territory=place, seeds=[write_original(f"Seed {n}", "en") for n in range(3)], by=organiser
    )
    writers = [begin_guest(language="en") for _ in range(WRITES)]
    real = audit.record
    took: dict[bool, list[float]] = {True: [], False: []}
    cpu = {True: 0.0, False: 0.0}
    for number, person in enumerate(writers):
        has_audit = number % 2 == 0
        audit.record = real if has_audit else (lambda *thing, **more: None)
        start, used = time.perf_counter(), time.process_time()
        answering.write_statement(conversation, f"Thought number {number} of many.", language="en", by=person)
        took[has_audit].append(time.perf_counter() - start)
        cpu[has_audit] += time.process_time() - used
    audit.record = real
    with_it, without = statistics.median(took[True][20:]), statistics.median(took[False][20:])
    print(
        f"one statement written: {with_it * 1000:.2f} ms with its record, {without * 1000:.2f} ms without: "
        f"{100 * (with_it / without - 1):+.1f} % time, {100 * (cpu[True] / cpu[False] - 1):+.1f} % of our CPU"
    )
    with connection.cursor() as cursor:
        start = time.perf_counter()
        for number in range(1_000):
            audit.record("bench.act", conversation, by=SYSTEM, number=number)
        print(f"one record alone: {(time.perf_counter() - start) * 1000 / 1_000:.2f} ms with its commit")
        cursor.execute("TRUNCATE audit_record, audit_link")


def plain(number: int, sleep: float) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO bench_write (number) VALUES (%s)", [number])
    time.sleep(sleep)


def recorded(number: int, sleep: float) -> None:
    from tequio.audit.services import record
    from tequio.base.actor import SYSTEM
    from tequio.territories.models import Territory

    record("bench.act", Territory(pk=number), by=SYSTEM, number=number)
    plain(number, sleep)


def twice(number: int, sleep: float) -> None:
    """As much for the database to write as a record, without what the record's own text costs."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO bench_record (at, actor, act, object, data, digest) VALUES (now(), %s, %s, %s, %s, %s)",
            ["system", "bench.act", f"x.y:{number}", "{}", "0" * 64],
        )
    plain(number, sleep)


def chained(number: int, sleep: float) -> None:
    """What we do not do: the head of the chain locked inside the transaction."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("UPDATE bench_head SET hash = md5(hash || %s)", [str(number)])
    recorded(number, sleep)


def write_on(act: Callable[[int, float], None], sleep: float, until: float, results: Any) -> None:
    from django.db import connection, transaction

    times = []
    number = 0
    while time.time() < until:
        start = time.perf_counter()
        with transaction.atomic():
            act(number := number + 1, sleep)
        times.append(time.perf_counter() - start)
    connection.close()
    results.put(times)


def seal_on(until: float) -> None:
    from tequio.audit.services.sealing import seal

    while time.time() < until:
        seal()
        time.sleep(0.5)


def lock_waits(until: float) -> int:
    """Samples in which a writer waited for another's lock on a row or transaction."""
    from django.db import connection

    waits = 0
    while time.time() < until:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
                "AND wait_event_type = 'Lock' AND wait_event IN ('tuple', 'transactionid')"
            )
            waits += cursor.fetchone()[0]
        time.sleep(0.02)
    return waits


def eight_writers(
    name: str, act: Callable[[int, float], None], sleep: float, *, is_sealed: bool = False
) -> float:
    from django.db import connection

    connection.close()
    fork = multiprocessing.get_context("fork")
    results = fork.Queue()
    until = time.time() + SECONDS
    writers = [fork.Process(target=write_on, args=(act, sleep, until, results)) for _ in range(WRITERS)]
    sealers = [fork.Process(target=seal_on, args=(until,))] if is_sealed else []
    for process in (*writers, *sealers):
        process.start()
    waits = lock_waits(until)
    times = sorted(one for _ in writers for one in results.get(timeout=60))
    for process in (*writers, *sealers):
        process.join(60)
    rate = len(times) / SECONDS
    print(
        f"  {name:44} {rate:7.0f} tx/s   p50 {times[len(times) // 2] * 1000:6.1f} ms   "
        f"p95 {times[len(times) * 95 // 100] * 1000:6.1f} ms   waits seen {waits}"
    )
    return rate


def main() -> int:
    with own_database():
        from django.db import connection

        sealing()
        one_write()
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE bench_write (number int); CREATE TABLE bench_head (hash text)")
            cursor.execute(
                "CREATE TABLE bench_record (id bigserial PRIMARY KEY, at timestamptz, actor text, act text, object text, "
                "data jsonb, digest text); CREATE INDEX ON bench_record (object, id)"
            )
            cursor.execute("INSERT INTO bench_head VALUES ('')")
        for sleep in (0.0, 0.010):
            print(f"{WRITERS} writers, {sleep * 1000:.0f} ms of other work in each transaction:")
            eight_writers("one small insert", plain, sleep)
            without = eight_writers("and a plain insert of a record's size", twice, sleep)
            eight_writers("with a record instead, nobody seals", recorded, sleep)
            with_it = eight_writers("with a record, sealer at work beside", recorded, sleep, is_sealed=True)
            chain = eight_writers("with a chain inside the transaction", chained, sleep)
            print(
                f"  of the rate with a plain insert: {with_it / without:.2f} sealed, {chain / without:.2f} with the chain inside"
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())

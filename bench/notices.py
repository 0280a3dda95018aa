"""Ten thousand followers of one item told by the worker, killed in the middle; digests of five thousand people.

    TEQUIO_TEST=1 PYTHONPATH=src python bench/notices.py

Runs in a database of its own in the cluster of the tests. Read the ratios, not the seconds.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import time
import uuid
from datetime import timedelta
from pathlib import Path
from typing import Any

from audit import own_database

FOLLOWERS, LETTERS_AT_ONCE, DIGESTS, EVENTS = 10_000, 2_000, 5_000, 6
KILL_AFTER = 3_000


def main() -> int:
    with own_database():
        item = make_item()
        make_people(item)
        tell(item, kill=False)
        tell(item, kill=True)
        digests(item)
    return 0


def make_item() -> Any:
    from tequio.base.actor import SYSTEM
    from tequio.base.multilingual import add_translation, write_original
    from tequio.ideas.deliberation.services.conversations import Plan, open_conversation
    from tequio.territories.services import rebuild_paths, save_territory

    place = save_territory(
        code="TG-M-lome", kind="city", name=write_original("Lomé", "fr"), zone="Africa/Lome", languages=["fr"],
        by=SYSTEM,
    )  # fmt: skip
    rebuild_paths(by=SYSTEM)
    question = write_original("How should our neighbourhoods get online?", "en")
    question = add_translation(question, "es", "¿Cómo conectamos los barrios?")
    plan = Plan(question=question, background=question, languages=["en", "es"])
    return open_conversation(plan, territory=place, by=SYSTEM).item


def make_people(item: Any) -> None:
    """All follow the item; the first of them want a letter at once, the same and more a digest."""
    from allauth.account.models import EmailAddress
    from django.db import connection
    from django.utils import timezone

    from tequio.consent.models import Consent
    from tequio.notifications.models import Follow, Preference
    from tequio.people.models import Person

    languages = ("es", "en", "fr")
    people = Person.objects.bulk_create(
        [
            Person(
                uid=uuid.uuid4(),
                name=f"Person {number}",
                is_guest=False,
                language=languages[number % 3],
                home=item.territory,
            )
            for number in range(FOLLOWERS)
        ],
        batch_size=2_000,
    )
    EmailAddress.objects.bulk_create(
        [
            EmailAddress(user=person, email=f"p{person.pk}@example.org", verified=True, primary=True)
            for person in people
        ]
    )
    Follow.objects.bulk_create([Follow(person=person, item=item, key=f"item:{item.pk}") for person in people])
    Consent.objects.bulk_create(
        [
            Consent(
                person=person,
                purpose="letters",
                version="letters-1",
                is_given=True,
                language="en",
                channel="web",
            )
            for person in people[:DIGESTS]
        ]
    )
    at_once = {"over": ["page", "digest", "at_once"]}
    Preference.objects.bulk_create(
        [
            Preference(
                person=person, rhythm="daily", next_digest_at=timezone.now() + timedelta(hours=9),
                switches=at_once if number < LETTERS_AT_ONCE else {},
            )
            for number, person in enumerate(people[:DIGESTS])
        ]
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def worker() -> None:
    """What the worker's process does with all jobs that wait."""
    from django.db import connections
    from procrastinate.contrib.django import app

    connections.settings["default"]["CONN_MAX_AGE"] = 0
    with app.replace_connector(app.connector.get_worker_connector()) as own:
        own.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)


def resident(pid: int) -> float:
    """MB of the process now."""
    for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


def run_worker(announced: int, kill_after: int = 0) -> tuple[float, list[tuple[int, float]]]:
    """(seconds, [(told by then, MB)]). `kill_after`: so many notices stand, then SIGKILL."""
    from django.db import connection

    from tequio.notifications.models import Notice

    connection.close()  # the fork must not share it
    process = multiprocessing.get_context("fork").Process(target=worker)
    began, sizes = time.perf_counter(), []
    process.start()
    while process.is_alive():
        told = Notice.objects.filter(announcement=announced).count()
        try:
            sizes.append((told, resident(process.pid or 0)))
        except FileNotFoundError:
            break
        if kill_after and told >= kill_after:
            os.kill(process.pid or 0, signal.SIGKILL)
        time.sleep(0.05)
    process.join()
    return time.perf_counter() - began, sizes


def tell(item: Any, *, kill: bool) -> None:
    from django.db import connection

    from tequio.base.actor import SYSTEM
    from tequio.notifications.models import Announcement, Notice
    from tequio.notifications.services import announce, watching
    from tequio.outbox.models import Letter

    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
        cursor.execute("DELETE FROM outbox_letter")
    announce("over", item=item, occasion="killed" if kill else "whole", by=SYSTEM)
    with connection.cursor() as cursor:  # this measures telling, not sending
        cursor.execute("DELETE FROM procrastinate_jobs WHERE task_name NOT LIKE 'notifications.%%'")
    row = Announcement.objects.latest("pk")
    seconds, sizes = run_worker(row.pk, KILL_AFTER if kill else 0)
    if kill:
        at_kill = Notice.objects.filter(announcement=row).count()
        assert KILL_AFTER <= at_kill < FOLLOWERS, f"killed too late: {at_kill}"
        assert watching.take_up_again() == 1
        more, others = run_worker(row.pk)
        seconds, sizes = seconds + more, sizes + others
        print(f"killed after {at_kill:,} notices, taken up again:")
    notices = Notice.objects.filter(announcement=row)
    people = notices.values("person").distinct().count()
    letters = Letter.objects.filter(subject__gt="")
    row.refresh_from_db()
    assert row.done_at is not None
    assert notices.count() == people == FOLLOWERS
    assert letters.values("to").distinct().count() == letters.count() == LETTERS_AT_ONCE
    started = [size for told, size in sizes if told > 0] or [0.0]
    print(
        f"{FOLLOWERS:,} followers told, {LETTERS_AT_ONCE:,} of them also by a letter at once: {seconds:.1f} s; "
        f"{notices.count() - people} twice, {FOLLOWERS - people} not; "
        f"worker {started[0]:.0f} MB at its first notices, {max(started):.0f} MB at most"
    )


def digests(item: Any) -> None:
    from django.db import connection
    from django.utils import timezone

    from tequio.base.actor import SYSTEM
    from tequio.notifications.models import Announcement, Digest, Notice, Preference
    from tequio.notifications.services import announce, telling
    from tequio.notifications.services.digests import send_due_digests
    from tequio.outbox.models import Letter

    for number in range(EVENTS):
        announce("results", item=item, occasion=str(number), by=SYSTEM)
        telling.tell_followers(Announcement.objects.latest("pk").pk)
    Letter.objects.all().delete()
    Preference.objects.update(next_digest_at=timezone.now())
    queries = 0

    def count(execute: Any, *arguments: Any) -> Any:
        nonlocal queries
        queries += 1
        return execute(*arguments)

    before = resident(os.getpid())
    began, cpu = time.perf_counter(), time.process_time()
    with connection.execute_wrapper(count):
        written = send_due_digests()
    seconds, own = time.perf_counter() - began, time.process_time() - cpu
    after = resident(os.getpid())
    assert written == DIGESTS == Letter.objects.count() == Digest.objects.count()
    assert send_due_digests() == 0
    waiting = Notice.objects.filter(digest=None, person__notice_preference__isnull=False).count()
    assert waiting == 0
    lines = Digest.objects.latest("pk").notices
    print(
        f"{DIGESTS:,} digests of {lines} notices each: {seconds:.1f} s, of it our CPU {own:.1f} s; "
        f"{queries / DIGESTS:.1f} queries a person; {after - before:+.0f} MB"
    )


if __name__ == "__main__":
    sys.exit(main())

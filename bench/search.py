"""What a search costs beside the plain list, with 20,000 things and as many statements.

    TEQUIO_TEST=1 PYTHONPATH=src python bench/search.py [--items N] [--json]

In a database of its own in the cluster of the tests. Each page is built by the view, nothing kept, in turns with the
others; the middle of a few rounds counts, and the ratio to the plain list (a door, everything, newest first).
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / part) for part in ("tests", "src")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tequio.config.settings")
ROUNDS = 9
# Few words are said often and many seldom, as people talk: the n-th is drawn 1/n as often as the first.
HEADS = {
    "es": ["agua", "barrio", "escuela"],
    "en": ["water", "street", "school"],
    "fr": ["eau", "quartier", "ecole"],
}
SYLLABLES = ("ba", "ce", "di", "fo", "gu", "la", "me", "ni", "po", "ru", "sa", "te", "vi", "zo")
PAGES = {
    "plain list": "/en/doors/ideas/?state=all",
    "search, 1 hit": "/en/search/?q=lighthouse",
    "search, two words": "/en/search/?q=water+school",
    "search, the commonest word": "/en/search/?q=water",
    "the same, narrowed by three facets": "/en/search/?q=water&kind=process&language=en&state=open",
    "the same, newest first": "/en/search/?q=water&order=newest",
    "also in other languages": "/en/search/?q=water&wide=1",
    "the box, a whole sentence": "/en/on-my-mind/?q=the+water+at+our+school+is+cold+in+the+morning",
}


def fill(number: int) -> None:
    """Processes in three languages in forty places, and a statement to each."""
    from datetime import timedelta

    from django.db import connection
    from django.utils import timezone

    from people import words
    from tequio.base.actor import SYSTEM
    from tequio.catalogue.services import make_items
    from tequio.ideas.processes.models import Process
    from tequio.territories.services import rebuild_paths, save_territory

    draw, now = random.Random(7), timezone.now()
    country = save_territory(
        code="XA", kind="country", name=words("Benchland"), zone="UTC", languages=["en"], by=SYSTEM
    )
    places = [
        save_territory(code=f"XA-{n}", kind="city", name=words(f"Town {n}"), zone="UTC", languages=["en"],
                       parents=[country], by=SYSTEM) for n in range(40)
    ]  # fmt: skip
    rebuild_paths(by=SYSTEM)

    made = ["".join(draw.choices(SYLLABLES, k=4)) for _ in range(2_000)]
    spoken = {language: [*heads, *made] for language, heads in HEADS.items()}
    weights = [1 / (rank + 3) for rank in range(len(made) + 3)]

    def say(language: str, most: int) -> str:
        return " ".join(draw.choices(spoken[language], weights, k=draw.randint(3, most)))

    def row(n: int, **more: Any) -> dict[str, Any]:
        title = words(f"{say('en', 4)} {n}" + (" lighthouse" if n == 99 else ""), say("es", 4), say("fr", 4))
        at = now - timedelta(minutes=n)
        return {"title": title, "territory": places[n % 40], "state": "published", "published_at": at, "made_at": at,
                "closes_at": now + timedelta(days=n % 60 - 20), **more}  # fmt: skip

    wholes = make_items(
        "process", [row(n, summary=words(say("en", 12), say("es", 12), say("fr", 12))) for n in range(number)]
    )
    Process.objects.bulk_create([Process(item=item) for item in wholes], batch_size=1_000)
    make_items("statement", [row(n, part_of=wholes[n], closes_at=None) for n in range(number)])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def measure() -> dict[str, Any]:
    """Page → queries, milliseconds in the middle, ratio to the plain list of the same rounds."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from tequio.guards.middleware import STORE

    client, times, queries, hits = Client(), {name: [] for name in PAGES}, {}, {}
    for turn in range(ROUNDS + 2):
        for name, path in PAGES.items():
            STORE.clear()
            STORE.current_version()
            began = time.perf_counter()
            with CaptureQueriesContext(connection) as seen:
                answer = client.get(path)
            if answer.status_code != 200:
                raise SystemExit(f"{path}: {answer.status_code}")
            queries[name] = len(seen)
            hits[name] = (
                answer.context["count"].number if "count" in answer.context else len(answer.context["hits"])
            )
            if turn > 1:
                times[name].append((time.perf_counter() - began) * 1_000)
    middle = {name: statistics.median(rounds) for name, rounds in times.items()}
    return {
        name: {
            "hits": hits[name],
            "queries": queries[name],
            "ms": round(ms, 1),
            "ratio": round(ms / middle["plain list"], 2),
        }
        for name, ms in middle.items()
    }


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--items", type=int, default=20_000)
    options.add_argument("--json", action="store_true")
    asked = options.parse_args()
    import django

    from tequio.config.postgres import open_database

    with open_database():
        django.setup()
        from django.test.utils import setup_databases, setup_test_environment, teardown_databases

        setup_test_environment()
        made = setup_databases(verbosity=0, interactive=False)
        try:
            fill(asked.items)
            result = measure()
        finally:
            teardown_databases(made, verbosity=0)
    if asked.json:
        print(json.dumps(result, indent=2))
    else:
        for name, row in result.items():
            print(f"{name:36}{row['hits']:8}{row['queries']:8}{row['ms']:10.1f}{row['ratio']:8.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""What a search costs beside the plain list, with 20,000 things and as many statements, or with ideas alone.

    TEQUIO_TEST=1 PYTHONPATH=src python bench/search.py [--items N | --ideas N] [--json]

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
PLAIN = "plain list"
PAGES = {
    PLAIN: "/en/doors/ideas/?state=all",
    "search, 1 hit": "/en/search/?q=lighthouse",
    "search, two words": "/en/search/?q=water+school",
    "search, the commonest word": "/en/search/?q=water",
    "the same, narrowed by three facets": "/en/search/?q=water&kind=process&language=en&state=open",
    "the same, newest first": "/en/search/?q=water&order=newest",
    "also in other languages": "/en/search/?q=water&wide=1",
    "the box, a whole sentence": "/en/on-my-mind/?q=the+water+at+our+school+is+cold+in+the+morning",
}
IDEA_PAGES = {
    **PAGES,
    PLAIN: "/en/ideas/",
    "the same, narrowed by three facets": "/en/search/?q=water&kind=idea&language=en&state=open",
}


class Town:
    """Forty places, and what is said in them."""

    def __init__(self) -> None:
        from django.utils import timezone

        from people import words
        from tequio.base.actor import SYSTEM
        from tequio.territories.services import rebuild_paths, save_territory

        self.draw, self.now = random.Random(7), timezone.now()
        country = save_territory(
            code="XA", kind="country", name=words("Benchland"), zone="UTC", languages=["en"], by=SYSTEM
        )
        self.places = [
            save_territory(code=f"XA-{n}", kind="city", name=words(f"Town {n}"), zone="UTC", languages=["en"],
                           parents=[country], by=SYSTEM) for n in range(40)
        ]  # fmt: skip
        rebuild_paths(by=SYSTEM)
        made = ["".join(self.draw.choices(SYLLABLES, k=4)) for _ in range(2_000)]
        self.spoken = {language: [*heads, *made] for language, heads in HEADS.items()}
        self.weights = [1 / (rank + 3) for rank in range(len(made) + 3)]

    def say(self, language: str, most: int, least: int = 3) -> str:
        return " ".join(
            self.draw.choices(self.spoken[language], self.weights, k=self.draw.randint(least, most))
        )

    def row(self, n: int, title: Any, **more: Any) -> dict[str, Any]:
        from datetime import timedelta

        at = self.now - timedelta(minutes=n)
        return {"title": title, "territory": self.places[n % 40], "state": "published", "published_at": at, "made_at": at,
                "closes_at": self.now + timedelta(days=n % 60 - 20), **more}  # fmt: skip


def fill_with_ideas(number: int) -> None:
    """Ideas as people write them: in one language, a title and 40 to 180 words; each third is translated into another."""
    from django.db import connection

    from tequio.base.multilingual import add_translation, write_original
    from tequio.catalogue.models import SearchText
    from tequio.catalogue.services import make_items, search_words
    from tequio.ideas.proposals.models import Idea

    town, tongues = Town(), list(HEADS)

    def write(n: int, least: int, most: int, more: str = "") -> Any:
        field = write_original(town.say(tongues[n % 3], most, least) + more, tongues[n % 3])
        other = tongues[(n + 1) % 3]
        return add_translation(field, other, town.say(other, most, least)) if n % 9 < 3 else field

    titles = [write(n, 3, 6, f" {n}" + (" lighthouse" if n == 99 else "")) for n in range(number)]
    items = make_items("idea", [town.row(n, title, closes_at=None) for n, title in enumerate(titles)])
    ideas = [Idea(item=item, what=write(n, 30, 120), why=write(n, 10, 60)) for n, item in enumerate(items)]
    Idea.objects.bulk_create(ideas, batch_size=1_000)
    SearchText.objects.all().delete()
    SearchText.objects.bulk_create(
        [
            SearchText(item_id=idea.pk, **search_words(title, {}, idea.what, idea.why))
            for idea, title in zip(ideas, titles, strict=True)
        ],
        batch_size=1_000,
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def fill(number: int) -> None:
    """Processes in three languages in forty places, and a statement to each."""
    from django.db import connection

    from people import words
    from tequio.catalogue.services import make_items
    from tequio.ideas.processes.models import Process

    town = Town()
    say = town.say

    def row(n: int, **more: Any) -> dict[str, Any]:
        title = words(f"{say('en', 4)} {n}" + (" lighthouse" if n == 99 else ""), say("es", 4), say("fr", 4))
        return town.row(n, title, **more)

    wholes = make_items(
        "process", [row(n, summary=words(say("en", 12), say("es", 12), say("fr", 12))) for n in range(number)]
    )
    Process.objects.bulk_create([Process(item=item) for item in wholes], batch_size=1_000)
    make_items("statement", [row(n, part_of=wholes[n], closes_at=None) for n in range(number)])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def measure(pages: dict[str, str]) -> dict[str, Any]:
    """Page → queries, milliseconds in the middle, ratio to the plain list of the same rounds."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from tequio.guards.middleware import STORE

    client, times, queries, hits = Client(), {name: [] for name in pages}, {}, {}
    for turn in range(ROUNDS + 2):
        for name, path in pages.items():
            STORE.clear()
            STORE.current_version()
            began = time.perf_counter()
            with CaptureQueriesContext(connection) as seen:
                answer = client.get(path)
            if answer.status_code != 200:
                raise SystemExit(f"{path}: {answer.status_code}")
            queries[name] = len(seen)
            shown = answer.context
            hits[name] = (
                shown["count"].number if "count" in shown else len(shown["hits"]) if "hits" in shown else None
            )
            if turn > 1:
                times[name].append((time.perf_counter() - began) * 1_000)
    middle = {name: statistics.median(rounds) for name, rounds in times.items()}
    return {
        name: {
            "hits": hits[name],
            "queries": queries[name],
            "ms": round(ms, 1),
            "ratio": round(ms / middle[PLAIN], 2),
        }
        for name, ms in middle.items()
    }


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--items", type=int, default=20_000)
    options.add_argument("--ideas", type=int, default=0)
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
            if asked.ideas:
                fill_with_ideas(asked.ideas)
            else:
                fill(asked.items)
            result = measure(IDEA_PAGES if asked.ideas else PAGES)
        finally:
            teardown_databases(made, verbosity=0)
    if asked.json:
        print(json.dumps(result, indent=2))
    else:
        for name, row in result.items():
            print(f"{name:36}{row['hits'] or '':>8}{row['queries']:8}{row['ms']:10.1f}{row['ratio']:8.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Migrations forward and back (T15): every one of ours, on empty tables and with the house standing in them.

What cannot be undone is named here with its reason; nothing is today.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable

import pytest
from django.apps import apps
from django.db.migrations.loader import MigrationLoader

from installation import Host

from .conftest import Yard

pytestmark = pytest.mark.xdist_group("migrations")
# (app, name of the migration): why it cannot be undone.
IRREVERSIBLE: dict[tuple[str, str], str] = {}
# Rows that an older version cannot hold. "app.migration: table": what goes with the way back.
GIVEN_UP = {"catalogue.0030_organisations: catalogue_itemparty": "organisations that stand for a thing"}

# Walks to a state by its words "app name"; prints what stands in the tables after each.
WALK = """
import sys, json, django
django.setup()
from django.core.management import call_command
from django.db import connection
for line in sys.stdin.read().splitlines():
    call_command("migrate", *line.replace("latest", "").split(), interactive=False, verbosity=0)
    with connection.cursor() as cursor:
        counts = {}
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            counts[table] = cursor.fetchone()[0]
    print(json.dumps(counts))
"""


def ours() -> list[str]:
    labels = [config.label for config in apps.get_app_configs() if config.name.startswith("tequio.")]
    return [label for label in labels if label in MigrationLoader(None).migrated_apps]


def our_migrations() -> list[tuple[str, str]]:
    """Each of ours, in the order in which they are applied."""
    graph = MigrationLoader(None).graph
    plan: list[tuple[str, str]] = []
    for leaf in graph.leaf_nodes():
        plan += [node for node in graph.forwards_plan(leaf) if node not in plan]
    return [node for node in plan if node[0] in ours()]


def walk(host: Host, *steps: str) -> list[dict[str, int]]:
    done = subprocess.run(
        [sys.executable, "-c", WALK], input="\n".join(steps), env=host.environment, cwd=host.folder,
        capture_output=True, text=True, timeout=900, check=False,
    )  # fmt: skip
    assert done.returncode == 0, f"{steps}: {done.stdout[-500:]} {done.stderr[-3000:]}"
    return [json.loads(line) for line in done.stdout.splitlines()]


SCHEMA = """
SELECT coalesce(string_agg(line, E'\\n' ORDER BY line), '') FROM (
    SELECT 'column ' || table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || ' ' ||
        coalesce(generation_expression, '') AS line
    FROM information_schema.columns WHERE table_schema = 'public'
    UNION ALL SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = 'public'
    UNION ALL SELECT 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT 'trigger ' || pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT 'function ' || p.oid::regprocedure || ' ' || md5(prosrc) FROM pg_proc p
    WHERE pronamespace = 'public'::regnamespace
) AS lines
"""


@pytest.fixture
def schema(yard: Yard) -> Callable[[Host], list[str]]:
    def read(host: Host) -> list[str]:
        with yard.cluster.connect(host.database) as connection:
            row = connection.execute(SCHEMA).fetchone()
        assert row
        return str(row[0]).splitlines()

    return read


def test_every_migration_can_be_undone_or_says_why_not() -> None:
    loader = MigrationLoader(None)
    found = {
        node
        for node in our_migrations()
        if any(not operation.reversible for operation in loader.get_migration(*node).operations)
    }
    assert found == set(IRREVERSIBLE)


@pytest.mark.full
def test_all_the_way_back_and_forward_again(empty: Host, schema: Callable[[Host], list[str]]) -> None:
    walk(empty, "latest")
    first = schema(empty)
    back = [f"{app} zero" for app in reversed(ours())]
    walk(empty, *back)
    left = [line for line in schema(empty) if any(f" {app}_" in line for app in ours())]
    assert left == []
    walk(empty, "latest")
    assert schema(empty) == first


def previous(app: str, name: str) -> str:
    """The state of the app before it."""
    graph = MigrationLoader(None).graph
    parents = [node for node in graph.node_map[app, name].parents if node.key[0] == app]
    return parents[0].key[1] if parents else "zero"


@pytest.mark.full
def test_one_step_back_and_forward_with_people_in_the_tables(
    furnished: Host, schema: Callable[[Host], list[str]]
) -> None:
    """From the newest state down to the first of each app: the tables that stay keep all of their rows.

    What a step itself added is empty after coming back, or gone (`GIVEN_UP`); the last step of an app takes its tables
    with it.
    """
    before = schema(furnished)
    later = [node for node in reversed(our_migrations()) if previous(*node) != "zero"]
    newest = walk(furnished, "latest")[0]
    assert newest["deliberation_statementvote"] > 0
    lost: list[str] = []
    for app, name in later:
        back, forward = walk(furnished, f"{app} {previous(app, name)}", "latest")
        for table, rows in forward.items():
            if table in back and rows != newest[table] and table != "django_migrations":
                lost.append(f"{app}.{name}: {table}")
        newest = forward
    assert set(lost) == set(GIVEN_UP)
    assert schema(furnished) == before
    assert "up to date" in furnished.tequio("migrate")

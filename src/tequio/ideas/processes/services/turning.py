"""What the phases of this moment open is written to the items, for the floors below that know no phases."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce, Now

from tequio.audit import services as audit
from tequio.base.actor import SYSTEM
from tequio.base.jobs import later
from tequio.catalogue.enums import ItemState
from tequio.guards.services import page_changed
from tequio.notifications.enums import Event
from tequio.notifications.services import announce

from ..models import Phase, Process

# A step that began longer ago is no news: a process that is brought in late, or a worker that stood still.
NEWS = timedelta(days=7)
# Comments open in two columns, or stay in one where somebody wrote without a side; what is off stays off.
# Comments know the members of an item's own organisation alone, so where that is another one members of Tequio may.
TURN = """
WITH open AS (
    SELECT DISTINCT ON (phase.process_id, feature.kind)
        phase.process_id, feature.kind, coalesce(nullif(feature.who_may, ''), process.who_may) AS who_may,
        process.methods, process.least_age, process.most_age,
        CASE WHEN coalesce(nullif(feature.who_may, ''), process.who_may) = 'ours' THEN whole.organisation_id END
            AS organisation
    FROM processes_phasefeature AS feature
    JOIN processes_phase AS phase ON phase.id = feature.phase_id
    JOIN processes_process AS process ON process.item_id = phase.process_id
    JOIN catalogue_item AS whole ON whole.id = process.item_id AND whole.state = 'published' AND whole.hidden_by = ''
    WHERE feature.act = 'comment' AND phase.process_id = ANY(%(processes)s)
    AND (phase.opens_at IS NULL OR phase.opens_at <= statement_timestamp())
    AND (phase.closes_at IS NULL OR phase.closes_at > statement_timestamp())
    ORDER BY phase.process_id, feature.kind, feature.id
), wanted AS (
    SELECT item.id, open.who_may, open.methods, open.least_age, open.most_age, open.organisation, CASE
        WHEN open.kind IS NULL AND item.comments IN ('one', 'two') THEN 'closed'
        WHEN open.kind IS NULL OR item.comments IN ('one', 'two') THEN item.comments
        WHEN item.kind = 'problem' OR EXISTS (SELECT FROM discussions_comment AS said
            WHERE said.item_id = item.id AND said.reply_to_id IS NULL AND said.side = '') THEN 'one'
        ELSE 'two' END AS comments
    FROM processes_entry AS entry
    JOIN catalogue_item AS item ON item.id = entry.item_id
    LEFT JOIN open ON open.process_id = entry.process_id AND open.kind = item.kind
    WHERE entry.process_id = ANY(%(processes)s)
), ruled AS (
    INSERT INTO discussions_discussion AS rule (item_id, who_may, methods, least_age, most_age, organisation_id,
        reads_first, comments, people, pro, contra)
    SELECT id, who_may, methods, least_age, most_age, organisation, false, 0, 0, 0, 0
    FROM wanted WHERE who_may IS NOT NULL
    ON CONFLICT (item_id) DO UPDATE SET (who_may, methods, least_age, most_age, organisation_id)
        = (excluded.who_may, excluded.methods, excluded.least_age, excluded.most_age, excluded.organisation_id)
    WHERE (rule.who_may, rule.methods, rule.least_age, rule.most_age, rule.organisation_id) IS DISTINCT FROM
        (excluded.who_may, excluded.methods, excluded.least_age, excluded.most_age, excluded.organisation_id)
    RETURNING item_id
), turned AS (
    UPDATE catalogue_item AS item SET comments = wanted.comments FROM wanted
    WHERE wanted.id = item.id AND item.comments <> wanted.comments
    RETURNING item.id
)
SELECT (SELECT count(*) FROM turned), (SELECT count(*) FROM ruled)
"""


def turn_soon(process: Process) -> None:
    """Something about its phases or entries changed: look at them at once. Ask last in a transaction."""
    later("processes.turn_one", once=f"process-{process.pk}", pk=process.pk)


def due_processes() -> list[int]:
    """Those that are out and were not looked at since the last of their phases ended."""
    unsettled = Phase.objects.filter(process=OuterRef("pk")).filter(
        Q(closes_at=None) | Q(closes_at__gt=OuterRef("turned_at"))
    )
    rows = Process.objects.filter(item__state=ItemState.PUBLISHED)
    return list(
        rows.filter(Q(turned_at=None) | Exists(unsettled)).order_by("pk").values_list("pk", flat=True)
    )


def turn_phases() -> int:
    """Every process whose phases may have changed; how many items were changed."""
    return turn(due_processes())


@transaction.atomic
def turn(processes: list[int]) -> int:
    """Write to all entries of the processes what today's phases open, and tell followers of a step that begins.

    Doing it again changes nothing. Returns how many items changed.
    """
    if not processes:
        return 0
    # Two turns of one process at once would both read what the other is about to write.
    rows = Process.objects.select_for_update(of=("self",)).filter(pk__in=processes)
    ids = list(rows.order_by("pk").values_list("pk", flat=True))
    with connection.cursor() as cursor:
        cursor.execute(TURN, {"processes": ids})
        items, rules = cursor.fetchone()
    told = _tell_of_steps(ids)
    Process.objects.filter(pk__in=ids).update(turned_at=Now())
    if items or rules or told:
        page_changed()
    return int(items)


def _tell_of_steps(processes: list[int]) -> int:
    """Followers hear of each step when it begins, once."""
    began = Coalesce(F("opens_at"), F("process__item__published_at"))
    running = Phase.objects.filter(
        Q(closes_at=None) | Q(closes_at__gt=Now()),
        process__in=processes,
        process__item__state=ItemState.PUBLISHED,
        process__item__hidden_by="",
    )
    news = running.annotate(began=began).filter(began__lte=Now(), began__gt=Now() - NEWS)
    told = 0
    for phase in news.select_related("process__item__author").order_by("process", "position"):
        item = phase.process.item
        if announce(Event.OPENED, item=item, occasion=f"phase-{phase.pk}", words=phase.title, by=SYSTEM):
            audit.record("process.step", phase.process, by=SYSTEM, phase=phase.pk)
            told += 1
    return told

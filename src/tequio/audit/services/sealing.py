"""Making the chain, after the acts: one sealer at a time, so that no writer ever waits for another."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.core.mail import send_mail
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.base.chain import START, hashes

from ..models import Anchor, Link

BATCH = 5_000
# Any number that nothing else locks by: the first eight letters of "tequio.audit" would do as well.
SEALER = 7_305_441_210

ANCHOR = """
INSERT INTO audit_anchor (day, seq, hash, made_at) VALUES (%s, %s, %s, now())
ON CONFLICT (day) DO NOTHING RETURNING id
"""


def seal() -> int:
    """Give every committed record without a link its place in the chain; how many. 0 while another seals.

    Chosen by "is not sealed", never by number: numbers are given before the commit, and a slow
    transaction's record comes to light after its successors were sealed. Then it is sealed after them.
    """
    sealed = 0
    while batch := _seal_batch():
        sealed += batch
        if batch < BATCH:
            break
    return sealed


@transaction.atomic
def _seal_batch() -> int:
    """The order within the chain is the order of sealing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [SEALER])
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute("SELECT seq, hash FROM audit_link ORDER BY seq DESC LIMIT 1")
        seq, previous = cursor.fetchone() or (0, START)
        cursor.execute(
            "SELECT id, txid || ' ' || digest FROM audit_record WHERE NOT is_sealed ORDER BY id LIMIT %s",
            [BATCH],
        )
        rows = cursor.fetchall()
        if not rows:
            return 0
        ids = [pk for pk, _content in rows]
        made = list(hashes(previous, (content for _pk, content in rows)))
        cursor.execute(
            "INSERT INTO audit_link (seq, record_id, hash) SELECT * FROM "
            "unnest(%s::bigint[], %s::bigint[], %s::varchar[])",
            [list(range(seq + 1, seq + 1 + len(rows))), ids, made],
        )
        cursor.execute("UPDATE audit_record SET is_sealed = true WHERE id = ANY(%s)", [ids])
    return len(rows)


@transaction.atomic
def anchor(day: date | None = None) -> Anchor | None:
    """Keep the end of the chain for the day and send it where an operator cannot reach it. Once a day.

    None where nothing is sealed yet, or the day has its anchor: then no second letter goes out.
    """
    head = Link.objects.order_by("-seq").first()
    if head is None:
        return None
    day = day or timezone.now().date()
    with connection.cursor() as cursor:
        cursor.execute(ANCHOR, [day, head.seq, head.hash])
        if cursor.fetchone() is None:
            return None
    made = Anchor.objects.get(day=day)
    if settings.ANCHOR_MAIL:
        send_mail(
            _("Seal of %(host)s, %(day)s: %(number)s")
            % {"host": settings.PUBLIC_HOST, "day": day.isoformat(), "number": head.seq},
            _words(made),
            None,
            settings.ANCHOR_MAIL,
        )
    return made


def _words(made: Anchor) -> str:
    """Whoever keeps this letter can tell whether what came before was rewritten."""
    command = f"tequio audit check {made.seq} {made.hash}"
    return "\n\n".join(
        [
            _("Please keep this letter. It holds the seal of everything that was recorded until today."),
            _("Number of the seal: %(number)s") % {"number": made.seq} + f"\n{made.hash}",
            _("To see whether anything before it was changed since, ask the operator to run this:"),
            f"    {command}",
            _("or compare the seal with the one of the same number in a copy of the database."),
        ]
    )

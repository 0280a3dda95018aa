"""Records are added now and sealed afterwards: none is lost, none is sealed twice, nobody waits."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from jobs import work
from tampering import act
from tequio.audit import invariants
from tequio.audit.models import Link, Record
from tequio.audit.services import record, sealing
from tequio.base.actor import SYSTEM
from tequio.territories.models import Territory


def in_thread(run: Callable[[], None]) -> threading.Thread:
    def body() -> None:
        try:
            run()
        finally:
            connection.close()

    thread = threading.Thread(target=body)
    thread.start()
    return thread


@pytest.mark.django_db
class TestARecord:
    def test_it_holds_ids_and_no_words(self) -> None:
        act(7)
        row = Record.objects.get()
        assert (row.actor, row.act, row.object, row.data) == (
            "system",
            "test.act",
            "territories.territory:7",
            {"number": 7},
        )
        assert row.digest == row.content_digest()
        assert not row.is_sealed
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_current_xact_id()::text::bigint")
            assert cursor.fetchone() == (row.txid,)

    @pytest.mark.parametrize(
        "value", ["Ama Mensah", "¿qué?", "x" * 81, 1.5, {"a": 1}, ["fine", "not fine"], b"x"]
    )
    def test_free_text_is_refused(self, value: Any) -> None:
        with pytest.raises(ValueError, match="no free text"):
            record("test.act", Territory(pk=1), by=SYSTEM, note=value)
        assert not Record.objects.exists()

    @pytest.mark.parametrize(
        "value", [None, True, -3, "", "es", "a1b2" * 20, ["es", "en"], (1, 2), "2026-01-01T00:00:00+00:00"]
    )
    def test_identifiers_are_taken(self, value: Any) -> None:
        record("test.act", Territory(pk=1), by=SYSTEM, value=value)
        assert list(invariants.every_record_fits_its_digest()) == []

    def test_no_query_but_the_insert(self, django_assert_num_queries: Any) -> None:
        with django_assert_num_queries(1):
            act(1)


@pytest.mark.django_db
class TestTheDatabaseRefuses:
    @pytest.mark.parametrize(
        "sql",
        [
            "UPDATE audit_record SET act = 'x'",
            "UPDATE audit_record SET is_sealed = false",
            "UPDATE audit_record SET is_sealed = true, actor = 'x'",
            "UPDATE audit_record SET is_sealed = true",
            "DELETE FROM audit_record",
            "UPDATE audit_link SET hash = 'x'",
            "DELETE FROM audit_link",
            "UPDATE audit_anchor SET seq = 9",
            "DELETE FROM audit_anchor",
        ],
    )
    def test_what_is_sealed_stays(self, sql: str) -> None:
        act(1)
        sealing.seal()
        sealing.anchor()
        with (
            pytest.raises(DatabaseError, match="only ever added"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql)

    @pytest.mark.parametrize(
        "sql",
        ["UPDATE audit_record SET is_sealed = true, act = 'x'", "UPDATE audit_record SET is_sealed = false"],
    )
    def test_before_it_is_sealed_too(self, sql: str) -> None:
        act(1)
        with (
            pytest.raises(DatabaseError, match="only ever added"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql)


@pytest.mark.django_db
class TestSealing:
    def test_each_gets_a_link_once(self) -> None:
        for number in range(3):
            act(number)
        assert sealing.seal() == 3
        assert sealing.seal() == 0
        act(3)
        assert sealing.seal() == 1
        assert list(Link.objects.order_by("seq").values_list("seq", "record__data__number")) == [
            (1, 0),
            (2, 1),
            (3, 2),
            (4, 3),
        ]
        assert list(invariants.the_chain_holds()) == []
        assert list(invariants.every_sealed_record_has_its_link()) == []

    def test_in_batches(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sealing, "BATCH", 2)
        for number in range(4):
            act(number)
        assert sealing.seal() == 4
        assert Link.objects.count() == 4

    def test_how_many_wait_is_said(self) -> None:
        act(1)
        act(2)
        assert list(invariants.notes()) == ["2 audit records are not sealed yet; the chain has 0 links"]
        sealing.seal()
        assert list(invariants.notes()) == ["0 audit records are not sealed yet; the chain has 2 links"]

    def test_a_record_older_than_a_minute_has_a_link(self, monkeypatch: pytest.MonkeyPatch) -> None:
        act(1)
        assert list(invariants.records_are_sealed_within_a_minute()) == []
        later = timezone.now() + timedelta(seconds=61)
        monkeypatch.setattr(invariants.timezone, "now", lambda: later)
        (finding,) = invariants.records_are_sealed_within_a_minute()
        assert finding.startswith("1 audit records wait")
        sealing.seal()
        assert list(invariants.records_are_sealed_within_a_minute()) == []


@pytest.mark.django_db(transaction=True)
class TestAtTheSameTime:
    def test_a_slow_transaction_is_not_lost(self) -> None:
        """Its numbers are given first and it commits last: choosing by number would lose it for good."""
        written, go_on = threading.Event(), threading.Event()

        def slow() -> None:
            with transaction.atomic():
                act(1)
                written.set()
                assert go_on.wait(10)

        thread = in_thread(slow)
        assert written.wait(10)
        for number in (2, 3, 4):
            act(number)
        assert sealing.seal() == 3
        go_on.set()
        thread.join(10)
        assert Record.objects.order_by("pk").values_list("data__number", flat=True)[0] == 1
        assert sealing.seal() == 1
        assert list(Link.objects.order_by("seq").values_list("record__data__number", flat=True)) == [
            2,
            3,
            4,
            1,
        ]
        assert list(invariants.the_chain_holds()) == []

    def test_eight_writers_and_two_sealers(self) -> None:
        """Every committed record is sealed exactly once; what was rolled back is in no chain."""
        each, done = 40, threading.Event()
        sealed: list[int] = []

        def write(writer: int) -> Callable[[], None]:
            def run() -> None:
                for number in range(each):
                    with transaction.atomic():
                        act(writer * 1_000 + number)
                        if number % 10 == 3:
                            time.sleep(0.02)  # slow ones among them
                        if number % 10 == 7:
                            transaction.set_rollback(True)

            return run

        def keep_sealing() -> None:
            while not done.is_set():
                sealed.append(sealing.seal())

        sealers = [in_thread(keep_sealing) for _ in range(2)]
        writers = [in_thread(write(writer)) for writer in range(8)]
        for thread in writers:
            thread.join(60)
        done.set()
        for thread in sealers:
            thread.join(10)
        sealed.append(sealing.seal())
        committed = 8 * each * 9 // 10
        assert Record.objects.count() == committed
        assert sum(sealed) == committed
        assert len([batch for batch in sealed if batch]) > 1
        assert set(Link.objects.values_list("record", flat=True)) == set(
            Record.objects.values_list("pk", flat=True)
        )
        assert list(invariants.the_chain_holds()) == []

    def test_one_sealer_at_a_time(self) -> None:
        act(1)
        held, go_on = threading.Event(), threading.Event()

        def hold() -> None:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [sealing.SEALER])
                held.set()
                assert go_on.wait(10)

        thread = in_thread(hold)
        assert held.wait(10)
        assert sealing.seal() == 0
        go_on.set()
        thread.join(10)
        assert sealing.seal() == 1

    def test_a_sealer_that_dies_leaves_nothing_half(self) -> None:
        act(1)
        with transaction.atomic():
            assert sealing.seal() == 1
            transaction.set_rollback(True)
        assert not Link.objects.exists()
        assert sealing.seal() == 1

    def test_the_job_seals_and_anchors(self, queue: None, mailoutbox: list[Any], settings: Any) -> None:
        settings.ANCHOR_MAIL = ["steward@example.org"]
        act(1)
        for name in ("audit.seal", "audit.anchor"):
            app.configure_task(name).defer(timestamp=0)
        work()
        assert Link.objects.count() == 1
        assert len(mailoutbox) == 1

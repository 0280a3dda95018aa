"""T31: whoever changes, removes or swaps a row by SQL, triggers off, is named by `tequio verify`."""

from __future__ import annotations

import argparse
import json
import time
from datetime import date
from typing import Any

import pytest
from django.db import connection

from tampering import act, by_force
from tequio.audit import commands, invariants
from tequio.audit.models import Anchor, Link, Record
from tequio.audit.services import sealing
from tequio.portal.home.commands import verify
from tequio.portal.home.selectors.balance import findings

pytestmark = pytest.mark.django_db


@pytest.fixture
def five() -> list[int]:
    """Ids of five sealed records."""
    for number in range(5):
        act(number)
    sealing.seal()
    return list(Record.objects.order_by("pk").values_list("pk", flat=True))


def found() -> list[str]:
    return [words for name, words in findings() if name.startswith("audit.")]


def swap(columns: str, one: int, other: int) -> None:
    by_force(
        f"UPDATE audit_record AS mine SET ({columns}) = (SELECT {columns} FROM audit_record AS other "
        "WHERE other.id = CASE mine.id WHEN %s THEN %s ELSE %s END) WHERE mine.id IN (%s, %s)",
        [one, other, one, one, other],
    )


class TestARow:
    def test_untouched(self, five: list[int]) -> None:
        assert found() == []

    @pytest.mark.parametrize("column", ["actor", "act", "object"])
    def test_changed(self, five: list[int], column: str) -> None:
        by_force(f"UPDATE audit_record SET {column} = 'x' WHERE id = %s", [five[2]])
        assert found() == [f"audit record {five[2]} was changed after it was written"]

    def test_changed_data(self, five: list[int]) -> None:
        by_force("""UPDATE audit_record SET data = '{"number": 9}' WHERE id = %s""", [five[0]])
        assert found() == [f"audit record {five[0]} was changed after it was written"]

    def test_changed_with_a_digest_that_fits(self, five: list[int]) -> None:
        row = Record.objects.get(pk=five[3])
        row.actor = "people.person:99"
        by_force(
            "UPDATE audit_record SET actor = %s, digest = %s WHERE id = %s",
            [row.actor, row.content_digest(), row.pk],
        )
        assert found() == [f"audit record {five[3]} was changed after it was sealed (link 4)"]

    def test_changed_transaction(self, five: list[int]) -> None:
        by_force("UPDATE audit_record SET txid = 1 WHERE id = %s", [five[3]])
        assert found() == [f"audit record {five[3]} was changed after it was sealed (link 4)"]

    @pytest.mark.parametrize("place", [0, 2, 4])
    def test_removed(self, five: list[int], place: int) -> None:
        by_force("DELETE FROM audit_record WHERE id = %s", [five[place]])
        assert found() == [f"audit record {five[place]} was removed after it was sealed (link {place + 1})"]

    @pytest.mark.parametrize("pair", [(0, 1), (1, 4), (0, 4)])
    def test_swapped(self, five: list[int], pair: tuple[int, int]) -> None:
        one, other = five[pair[0]], five[pair[1]]
        swap("at, txid, actor, act, object, data, digest", one, other)
        assert found() == [
            f"audit records {one} and {other} were swapped after they were sealed (link {pair[0] + 1})"
        ]

    def test_added_as_if_sealed(self, five: list[int]) -> None:
        act(9)
        new = Record.objects.latest("pk")
        by_force("UPDATE audit_record SET is_sealed = true WHERE id = %s", [new.pk])
        assert found() == [f"audit record {new.pk} is marked as sealed and has no link"]

    def test_changed_before_it_was_sealed(self, five: list[int]) -> None:
        act(9)
        new = Record.objects.latest("pk")
        by_force("UPDATE audit_record SET actor = 'x' WHERE id = %s", [new.pk])
        assert found() == [f"audit record {new.pk} was changed after it was written"]


class TestALink:
    def test_changed(self, five: list[int]) -> None:
        by_force("UPDATE audit_link SET hash = %s WHERE seq = 3", ["f" * 64])
        assert found() == [f"link 3 of audit record {five[2]} was changed"]

    def test_removed(self, five: list[int]) -> None:
        by_force("DELETE FROM audit_link WHERE seq = 3")
        assert set(found()) == {
            f"audit record {five[2]} is marked as sealed and has no link", "link 3 of the audit chain was removed",
        }  # fmt: skip

    def test_removed_with_its_record(self, five: list[int]) -> None:
        by_force("DELETE FROM audit_link WHERE seq = 3")
        by_force("DELETE FROM audit_record WHERE id = %s", [five[2]])
        assert found() == ["link 3 of the audit chain was removed"]


class TestAnchors:
    def test_a_whole_new_chain_is_seen_by_the_anchor(self, five: list[int]) -> None:
        """An operator who removes a record and seals everything anew leaves a chain that fits in itself."""
        anchor = sealing.anchor(date(2026, 11, 21))
        assert anchor is not None
        by_force("DELETE FROM audit_record WHERE id = %s", [five[1]])
        by_force("DELETE FROM audit_link")
        by_force("UPDATE audit_record SET is_sealed = false")
        act(9)  # as many as before
        sealing.seal()
        assert list(invariants.the_chain_holds()) == []
        assert found() == ["link 5 is not the one that was anchored on 2026-11-21"]

    def test_a_cut_end_is_seen_by_the_anchor(self, five: list[int]) -> None:
        sealing.anchor(date(2026, 11, 21))
        by_force("DELETE FROM audit_link WHERE seq = 5")
        by_force("DELETE FROM audit_record WHERE id = %s", [five[4]])
        assert found() == ["link 5 is not the one that was anchored on 2026-11-21"]

    def test_untouched(self, five: list[int]) -> None:
        anchor = sealing.anchor(date(2026, 11, 21))
        assert anchor is not None
        assert found() == []
        assert str(anchor) == f"2026-11-21: 5 {anchor.hash}"
        assert str(Link.objects.get(seq=5)) == f"5: {anchor.hash}"
        assert str(Record.objects.get(pk=five[0])) == "test.act territories.territory:0"

    def test_once_a_day_and_to_each_address(
        self, five: list[int], settings: Any, mailoutbox: list[Any]
    ) -> None:
        settings.ANCHOR_MAIL = ["steward@example.org", "press@example.org"]
        first = sealing.anchor(date(2026, 11, 21))
        assert first is not None
        assert sealing.anchor(date(2026, 11, 21)) is None
        (letter,) = mailoutbox
        assert letter.to == settings.ANCHOR_MAIL
        assert f"tequio audit check 5 {first.hash}" in letter.body
        assert "2026-11-21" in letter.subject
        act(9)
        sealing.seal()
        second = sealing.anchor(date(2026, 11, 22))
        assert second is not None
        assert second.seq == 6
        assert len(mailoutbox) == 2

    def test_nobody_to_tell_still_keeps_it(
        self, five: list[int], settings: Any, mailoutbox: list[Any]
    ) -> None:
        settings.ANCHOR_MAIL = []
        assert sealing.anchor() is not None
        assert Anchor.objects.count() == 1
        assert mailoutbox == []

    def test_nothing_to_anchor(self, mailoutbox: list[Any]) -> None:
        assert sealing.anchor() is None
        assert mailoutbox == []


def run(word: str, **more: Any) -> int:
    return commands.run(argparse.Namespace(word=word, **more))


class TestTheCommand:
    def test_words(self, five: list[int], capsys: pytest.CaptureFixture[str]) -> None:
        parser = argparse.ArgumentParser()
        commands.add_arguments(parser)
        assert vars(parser.parse_args(["check", "5", "abc"])) == {"word": "check", "number": 5, "seal": "abc"}

    def test_head_and_check(self, five: list[int], capsys: pytest.CaptureFixture[str]) -> None:
        assert run("head") == 0
        number, seal = capsys.readouterr().out.split()
        assert run("check", number=int(number), seal=seal.upper()) == 0
        assert run("check", number=9, seal=seal) == 1
        assert "There is no seal of number 9" in capsys.readouterr().out
        assert run("check", number=4, seal=seal) == 1
        assert "another one" in capsys.readouterr().out

    def test_seal(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run("head") == 0
        act(1)
        assert run("seal") == 0
        assert capsys.readouterr().out == "Nothing is sealed yet.\n1 sealed.\n"

    @pytest.mark.parametrize("as_json", [False, True])
    def test_verify_says_how_many_wait(
        self, five: list[int], as_json: bool, capsys: pytest.CaptureFixture[str]
    ) -> None:
        act(1)
        assert verify.run(argparse.Namespace(json=as_json)) == 0
        said = capsys.readouterr().out
        note = "1 audit records are not sealed yet; the chain has 5 links"
        assert (json.loads(said)["notes"] == [note]) if as_json else (f"note: {note}." in said)


@pytest.fixture
def many() -> int:
    """A hundred thousand records whose digests fit, made by the database."""
    number = 100_000
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = '40s'")  # as the worker, not as a page
        cursor.execute(
            """
            INSERT INTO audit_record (at, txid, actor, act, object, data, digest, is_sealed)
            SELECT '2026-01-01T00:00:00Z', 1, 'system', 'test.act', 'x.y:' || n, jsonb_build_object('n', n),
                encode(sha256(convert_to(
                    '["2026-01-01T00:00:00+00:00","system","test.act","x.y:' || n || '",{"n":' || n || '}]', 'UTF8'
                )), 'hex'), false
            FROM generate_series(1, %s) AS n
            """,
            [number],
        )
    return number


def test_a_hundred_thousand(many: int) -> None:
    """The limits are generous: bench/audit.py measures."""
    start = time.process_time()
    assert sealing.seal() == many
    assert Link.objects.count() == many
    by_force("UPDATE audit_record SET actor = 'x' WHERE object = 'x.y:77777'")
    assert len(found()) == 1
    assert time.process_time() - start < 20

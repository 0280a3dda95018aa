"""Letters leave once, in their own time, and none is lost while the server is away."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.mail import EmailMultiAlternatives
from django.db import connection, transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from jobs import empty_queue, make_jobs_due, work
from mail_server import Received, open_server
from ports import free_port
from tequio.outbox import services
from tequio.outbox.enums import Outcome
from tequio.outbox.models import Letter
from tequio.outbox.selectors import mailbox
from tequio.outbox.services import delivering


def write(to: str = "ama@example.org", **more: Any) -> Letter:
    return services.write_letter(**{"to": to, "subject": "Hello", "text": "Good day.\n", **more})


def make_due() -> None:
    Letter.objects.update(due_at=timezone.now() - timedelta(seconds=1))


def jobs(status: str = "todo") -> list[str | None]:
    return list(
        ProcrastinateJob.objects.filter(status=status, task_name="outbox.deliver")
        .order_by("id")
        .values_list("queueing_lock", flat=True)
    )


@pytest.mark.django_db
class TestOneLetter:
    def test_it_arrives_as_written(self, smtp: Received) -> None:
        letter = write(subject="Día   de\n mercado", text="Año nuevo: ñandú.\n.\nFin\n", html="<p>ñ</p>")
        assert delivering.deliver_letter(letter.pk) == Outcome.SENT
        ((to, message),) = smtp.letters
        assert to == ["ama@example.org"]
        assert message["To"] == "ama@example.org"
        assert message["Subject"] == "Día de mercado"
        assert message["Message-ID"] == f"<{letter.key}@tequio.example>"
        assert message["Auto-Submitted"] == "auto-generated"
        body = message.get_body(["plain"])
        assert body is not None
        assert body.get_content().replace("\r\n", "\n") == "Año nuevo: ñandú.\n.\nFin\n"
        letter.refresh_from_db()
        assert letter.sent_at is not None
        assert letter.tries == 1

    def test_it_goes_once(self, smtp: Received) -> None:
        letter = write()
        delivering.deliver_letter(letter.pk)
        assert delivering.deliver_letter(letter.pk) == Outcome.NOT_MINE
        assert len(smtp.letters) == 1

    def test_a_second_delivery_is_the_same_message(self, smtp: Received) -> None:
        """As after a kill between the server's yes and our commit."""
        letter = write()
        delivering.deliver_letter(letter.pk)
        Letter.objects.update(sent_at=None)
        delivering.deliver_letter(letter.pk)
        assert smtp.ids == [f"<{letter.key}@tequio.example>"] * 2
        assert smtp.letters[0][1]["Date"] == smtp.letters[1][1]["Date"]

    def test_words_of_a_secret_one_are_erased(self, smtp: Received) -> None:
        secret, plain = write(is_secret=True, text="1234 5678", html="<b>1234</b>"), write()
        delivering.deliver_due()
        for letter in (secret, plain):
            letter.refresh_from_db()
        assert (secret.text, secret.html) == ("", "")
        assert plain.text == "Good day.\n"
        assert "1234 5678" in smtp.letters[0][1].as_string()

    def test_in_the_demonstration_it_stays_here(self, smtp: Received, settings: Any) -> None:
        settings.IS_DEMO = True
        letter = write(is_secret=True, text="1234 5678")
        assert delivering.deliver_letter(letter.pk) == Outcome.SENT
        assert smtp.connections == 0
        assert mailbox()[0].text == "1234 5678"

    def test_too_late_it_is_not_sent_and_its_words_go(self, smtp: Received) -> None:
        letter = write(is_secret=True, good_until=timezone.now() - timedelta(seconds=1))
        assert delivering.deliver_letter(letter.pk) == Outcome.GIVEN_UP
        letter.refresh_from_db()
        assert letter.text == ""
        assert letter.sent_at is None
        assert smtp.connections == 0

    def test_as_a_file(self, settings: Any, tmp_path: Path) -> None:
        settings.MAIL_FOLDER = str(tmp_path / "letters")
        letter = write(to="ama@example.org")
        assert delivering.deliver_letter(letter.pk) == Outcome.SENT
        (file,) = (tmp_path / "letters").iterdir()
        assert file.name == f"{letter.key}.eml"
        assert b"To: ama@example.org\r\n" in file.read_bytes()

    def test_a_folder_that_cannot_be_written_is_a_server_away(self, settings: Any, tmp_path: Path) -> None:
        (tmp_path / "letters").write_text("a file stands where the folder should be")
        settings.MAIL_FOLDER = str(tmp_path / "letters")
        assert delivering.deliver_letter(write().pk) == Outcome.SERVER_AWAY


@pytest.mark.django_db
class TestRefusals:
    @pytest.mark.parametrize(
        ("word", "answer", "outcome"),
        [
            ("RCPT", "550 no such person", Outcome.GIVEN_UP),
            ("RCPT", "450 try later", Outcome.WAITS),
            ("MAIL", "452 full", Outcome.WAITS),
            ("END", "554 not this one", Outcome.GIVEN_UP),
            ("END", "451 later", Outcome.WAITS),
            ("RCPT", "421 closing", Outcome.SERVER_AWAY),
            ("HELLO", "554 no service", Outcome.SERVER_AWAY),
        ],
    )
    def test_what_the_server_says(self, smtp: Received, word: str, answer: str, outcome: Outcome) -> None:
        smtp.answers[word] = answer
        letter = write(is_secret=True)
        assert delivering.deliver_letter(letter.pk) == outcome
        letter.refresh_from_db()
        assert letter.sent_at is None
        assert (letter.given_up_at is not None) == (outcome == Outcome.GIVEN_UP)
        assert (letter.text == "") == (outcome == Outcome.GIVEN_UP)
        assert letter.trouble
        assert not smtp.letters

    def test_waiting_doubles_up_to_an_hour(self, smtp: Received, monkeypatch: pytest.MonkeyPatch) -> None:
        now = timezone.now()
        monkeypatch.setattr(delivering.timezone, "now", lambda: now)
        smtp.answers["RCPT"] = "450 later"
        letter = write()
        waits = []
        for _ in range(11):
            make_due()
            delivering.deliver_letter(letter.pk)
            letter.refresh_from_db()
            waits.append((letter.due_at - now).total_seconds())
        assert waits == [10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600, 3600]

    def test_after_three_days_it_is_given_up(self, smtp: Received) -> None:
        smtp.answers["RCPT"] = "450 later"
        letter = write()
        Letter.objects.update(written_at=timezone.now() - timedelta(days=3, seconds=1))
        assert delivering.deliver_letter(letter.pk) == Outcome.GIVEN_UP


@pytest.mark.django_db
class TestHeaderInjection:
    """T29: nothing a person typed starts another header or reaches another address."""

    HOSTILE = (
        "ama@example.org\nBcc: all@example.org",
        "ama@example.org\r\nBcc: all@example.org",
        "ama@example.org\u2028Bcc: all@example.org",
        "ama@example.org\x0bBcc: all@example.org",
        " ama@example.org",
        "",
    )

    @pytest.mark.parametrize("to", HOSTILE)
    def test_an_address_is_one_line(self, to: str) -> None:
        with pytest.raises(ValueError, match="one line"):
            write(to=to)
        assert not Letter.objects.exists()

    @pytest.mark.parametrize(
        "to",
        ["ama@example.org, all@example.org", "Ama <ama@example.org>", "ama", "ama@", "@x.org", "a b@x.org"],
    )
    def test_and_one_address(self, smtp: Received, to: str) -> None:
        letter = write(to=to)
        assert delivering.deliver_letter(letter.pk) == Outcome.GIVEN_UP
        assert smtp.connections == 0

    @pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r", "\u2028", "\x0b", "\x85"])
    def test_a_subject_is_one_line(self, smtp: Received, line_break: str) -> None:
        letter = write(subject=f"Hello{line_break}Bcc: all@example.org{line_break}{line_break}<b>body</b>")
        delivering.deliver_letter(letter.pk)
        ((to, message),) = smtp.letters
        assert to == ["ama@example.org"]
        assert message["Bcc"] is None
        assert message["Subject"] == "Hello Bcc: all@example.org <b>body</b>"

    def test_a_name_beyond_ascii_is_given_up_where_the_server_cannot(self, smtp: Received) -> None:
        assert delivering.deliver_letter(write(to="ñandú@example.org").pk) == Outcome.GIVEN_UP
        assert not smtp.letters


@pytest.mark.django_db
def test_djangos_own_mail_goes_through_the_outbox() -> None:
    message = EmailMultiAlternatives(
        "Subject", "Text", "x@example.org", ["a@example.org"], bcc=["b@example.org"]
    )
    message.attach_alternative("<p>Text</p>", "text/html")
    assert services.OutboxBackend().send_messages([message]) == 1
    assert list(Letter.objects.order_by("pk").values_list("to", "subject", "text", "html")) == [
        ("a@example.org", "Subject", "Text", "<p>Text</p>"),
        ("b@example.org", "Subject", "Text", "<p>Text</p>"),
    ]


class TestTheQueue:
    pytestmark = pytest.mark.usefixtures("queue")

    def test_rolled_back_means_never_sent(self, smtp: Received) -> None:
        with transaction.atomic():
            write()
            transaction.set_rollback(True)
        work()
        assert not jobs()
        assert not smtp.letters

    def test_many_letters_ask_once_and_all_go(self, smtp: Received) -> None:
        with transaction.atomic():
            letters = [write(to=f"p{number}@example.org") for number in range(5)]
        assert jobs() == ["outbox"]
        work()
        assert len(set(smtp.ids)) == len(smtp.ids) == len(letters)

    def test_more_than_a_batch_asks_for_the_next_round(self, smtp: Received, monkeypatch: Any) -> None:
        monkeypatch.setattr(delivering, "BATCH", 2)
        for number in range(3):
            write(to=f"p{number}@example.org")
        work()
        assert len(smtp.letters) == 2
        assert jobs() == ["outbox-again"]
        make_jobs_due()
        work()
        assert len(set(smtp.ids)) == 3
        assert not jobs()

    def test_server_down_then_up(self, mail_settings: Callable[[int], None]) -> None:
        """T29: nothing lost, nothing twice, and one letter a round knocks while it is down."""
        port = free_port()
        mail_settings(port)
        for number in range(4):
            write(to=f"p{number}@example.org")
        work()
        tried = Letter.objects.filter(tries=1)
        assert tried.count() == 1
        assert tried.get().trouble == "ConnectionRefusedError"
        assert jobs() == ["outbox-again"]
        with open_server(port) as received:
            make_due()
            make_jobs_due()
            work()
        assert len(set(received.ids)) == len(received.ids) == 4
        assert not delivering.waiting().exists()

    def test_a_new_letter_does_not_wait_for_one_that_was_put_off(self, smtp: Received) -> None:
        smtp.answers["RCPT"] = "450 later"
        write(to="first@example.org")
        work()
        assert jobs() == ["outbox-again"]
        smtp.answers.clear()
        write(to="second@example.org")
        assert sorted(filter(None, jobs())) == ["outbox", "outbox-again"]
        work()
        assert [to for to, _message in smtp.letters] == [["second@example.org"]]

    def test_asking_for_the_next_round_while_this_one_runs(self, smtp: Received) -> None:
        """The running job is no longer "todo", so the queueing lock is free for its successor."""
        smtp.answers["RCPT"] = "450 later"
        letter = write()
        for _ in range(3):
            make_due()
            make_jobs_due()
            work()
            assert jobs() == ["outbox-again"]
        letter.refresh_from_db()
        assert letter.tries == 3

    def test_a_job_that_died_does_not_hold_up_the_next(self, smtp: Received) -> None:
        write()
        with connection.cursor() as cursor:
            cursor.execute("UPDATE procrastinate_jobs SET status = 'doing'")
        write(to="second@example.org")
        work()
        assert len(smtp.letters) == 2

    def test_two_workers_share_the_letters(self, smtp: Received) -> None:
        for number in range(12):
            write(to=f"p{number}@example.org")
        gate = threading.Barrier(3)
        counts: list[int] = []

        def run() -> None:
            gate.wait(10)
            try:
                counts.append(delivering.deliver_due())
            finally:
                connection.close()

        threads = [threading.Thread(target=run) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        assert sum(counts) == 12
        assert len(set(smtp.ids)) == len(smtp.ids) == 12

    def test_the_minutely_look_finds_what_no_job_asked_for(self, smtp: Received) -> None:
        write()
        empty_queue()
        for name in ("outbox.look", "outbox.prune"):
            app.configure_task(name).defer(timestamp=0)
        work()
        assert len(smtp.letters) == 1

"""Slow senders and slow readers hold no thread that others need; answers come out as they were made."""

from __future__ import annotations

import io
import threading
import time
from collections.abc import Iterable
from typing import Any

import pytest

from tequio.base.middleware import MOST_BYTES
from tequio.config import reading_room
from tequio.config.reading_room import ReadingRoom


class Page:
    """An answer as Django gives one."""

    def __init__(self, chunks: Iterable[bytes], *, streaming: bool = False):
        self.chunks, self.streaming, self.closed_in = chunks, streaming, ""
        self.is_closed = threading.Event()

    def __iter__(self) -> Any:
        return iter(self.chunks)

    def close(self) -> None:
        self.closed_in = threading.current_thread().name
        self.is_closed.set()


def environ(body: bytes = b"", **more: Any) -> dict[str, Any]:
    return {"CONTENT_LENGTH": str(len(body)), "wsgi.input": io.BytesIO(body), **more}


def test_the_form_and_the_answer_pass_through() -> None:
    pages = []

    def echo(asked: dict[str, Any], start: Any) -> Page:
        start("200 OK", [("X-Length", asked["CONTENT_LENGTH"])])
        pages.append(Page([asked["wsgi.input"].read(), b"!"]))
        return pages[-1]

    said: list[Any] = []
    body = b"x" * (reading_room.KEPT_IN_MEMORY + 1)
    answer = b"".join(ReadingRoom(echo, 2)(environ(body), lambda *head: said.append(head)))
    assert answer == body + b"!"
    assert said == [("200 OK", [("X-Length", str(len(body)))])]
    assert pages[0].closed_in.startswith("pages"), "closed where its database connection is"


class Dripping:
    """A sender who stops half way, until she is let go on."""

    def __init__(self) -> None:
        self.is_read, self.goes_on = threading.Event(), threading.Event()

    def read(self, size: int) -> bytes:
        self.is_read.set()
        self.goes_on.wait(60)
        return b"x" * size


def test_one_thread_serves_others_beside_slow_senders() -> None:
    room = ReadingRoom(lambda asked, start: Page([b"ok"]), 1)
    senders = [Dripping() for _ in range(5)]
    slow = [
        threading.Thread(
            target=room, args=({"CONTENT_LENGTH": "10", "wsgi.input": sender}, lambda *head: None)
        )
        for sender in senders
    ]
    for thread, sender in zip(slow, senders, strict=True):
        thread.start()
        assert sender.is_read.wait(60)
    assert list(room(environ(), lambda *head: None)) == [b"ok"]
    assert all(thread.is_alive() for thread in slow), "nobody waited for one of them"
    for thread, sender in zip(slow, senders, strict=True):
        sender.goes_on.set()
        thread.join()


def test_a_form_that_is_too_large_stays_unread() -> None:
    source = io.BytesIO(b"x")
    asked = {"CONTENT_LENGTH": str(MOST_BYTES + 1), "wsgi.input": source}
    list(ReadingRoom(lambda asked, start: Page([b"no"]), 1)(asked, lambda *head: None))
    assert asked["wsgi.input"] is source
    assert source.tell() == 0


@pytest.mark.parametrize("length", ["", "abc", "-1", "0"])
def test_a_length_that_is_none(length: str) -> None:
    asked = {"CONTENT_LENGTH": length, "wsgi.input": io.BytesIO(b"abc")}
    assert list(ReadingRoom(lambda asked, start: Page([b"ok"]), 1)(asked, lambda *head: None)) == [b"ok"]


def test_a_sender_who_hangs_up_half_way_ends_the_reading() -> None:
    asked = {"CONTENT_LENGTH": "100", "wsgi.input": io.BytesIO(b"abc")}
    room = ReadingRoom(lambda asked, start: Page([asked["wsgi.input"].read()]), 1)
    assert list(room(asked, lambda *head: None)) == [b"abc"]


def test_long_answers_come_as_they_are_made() -> None:
    made: list[int] = []

    def chunks() -> Iterable[bytes]:
        for number in range(50):
            made.append(number)
            yield b"%d," % number

    page = Page(chunks(), streaming=True)
    answer = iter(ReadingRoom(lambda asked, start: page, 1)(environ(), lambda *head: None))
    assert next(answer) == b"0,"
    time.sleep(0.2)
    assert len(made) <= reading_room.CHUNKS_AHEAD + 3, "not more than a little ahead of the reader"
    assert b"".join(answer) == b"".join(b"%d," % number for number in range(1, 50))
    assert page.is_closed.wait(60), "right after its last word"
    assert page.closed_in.startswith("pages")


def test_a_reader_who_stops_gives_the_thread_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_room, "PATIENCE_S", 0.3)
    page = Page((b"x" for _ in range(1000)), streaming=True)
    pages = iter([page, Page([b"next"])])
    room = ReadingRoom(lambda asked, start: next(pages), 1)
    answer = iter(room(environ(), lambda *head: None))
    assert next(answer) == b"x"
    assert list(room(environ(), lambda *head: None)) == [b"next"]
    assert page.closed_in


def test_errors_reach_the_server() -> None:
    def fails(asked: Any, start: Any) -> Page:
        raise ValueError("before the answer")

    with pytest.raises(ValueError, match="before the answer"):
        ReadingRoom(fails, 1)(environ(), lambda *head: None)

    def breaks() -> Iterable[bytes]:
        yield b"one"
        raise ValueError("in the middle")

    answer = iter(
        ReadingRoom(lambda asked, start: Page(breaks(), streaming=True), 1)(environ(), lambda *h: None)
    )
    assert next(answer) == b"one"
    with pytest.raises(ValueError, match="in the middle"):
        next(answer)

"""Forms are read to their end before one of the few threads that work with the database takes them up.

Whoever sends slowly holds a thread that costs nearly nothing, and nobody else waits for it.
"""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from queue import Empty, Full, Queue
from typing import Any

from tequio.base.middleware import MOST_BYTES

KEPT_IN_MEMORY = 1 << 20
CHUNK = 1 << 16
# A reader of a long answer may be this far behind, and this slow, before her answer is given up.
CHUNKS_AHEAD = 8
PATIENCE_S = 30.0

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]
_END = object()


class ReadingRoom:
    """A WSGI application around another, which always runs in one of `threads` threads of ours."""

    def __init__(self, application: Application, threads: int):
        self.application = application
        self.threads = threads
        self._pool: ThreadPoolExecutor | None = None

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if self._pool is None:  # after the fork: threads do not survive it
            self._pool = ThreadPoolExecutor(self.threads, thread_name_prefix="pages")
        _read_body(environ)
        answer: Future[list[bytes] | Queue[Any]] = Future()
        self._pool.submit(self._answer, environ, start_response, answer)
        ready = answer.result()
        return ready if isinstance(ready, list) else _as_it_comes(ready)

    def _answer(self, environ: Environ, start_response: StartResponse, answer: Future[Any]) -> None:
        """Builds the answer and closes it in this thread, which is the one that holds its database connection."""
        try:
            response = self.application(environ, start_response)
            with contextlib.ExitStack() as stack:
                if hasattr(response, "close"):
                    stack.callback(response.close)
                ready = None if getattr(response, "streaming", True) else list(response)
                if ready is None:
                    _send_as_it_comes(response, answer)
            if ready is not None:
                answer.set_result(ready)
        except BaseException as error:
            if not answer.done():
                answer.set_exception(error)
        finally:
            body = environ["wsgi.input"]
            if isinstance(body, tempfile.SpooledTemporaryFile):
                body.close()


def _read_body(environ: Environ) -> None:
    """The form as a file of its own; one that is too large stays unread, to be refused."""
    said = environ.get("CONTENT_LENGTH") or "0"
    length = int(said) if said.isdigit() else 0
    if not 0 < length <= MOST_BYTES:
        return
    source = environ["wsgi.input"]
    body = tempfile.SpooledTemporaryFile(max_size=KEPT_IN_MEMORY)  # noqa: SIM115 - goes with the request
    while length > 0 and (chunk := source.read(min(CHUNK, length))):
        body.write(chunk)
        length -= len(chunk)
    body.seek(0)
    environ["wsgi.input"] = body


def _send_as_it_comes(response: Iterable[bytes], answer: Future[Any]) -> None:
    chunks: Queue[Any] = Queue(CHUNKS_AHEAD)
    answer.set_result(chunks)
    end: Any = _END
    try:
        for chunk in response:
            chunks.put(chunk, timeout=PATIENCE_S)
    except Full:
        return
    except BaseException as error:
        end = error
    with contextlib.suppress(Full):
        chunks.put(end, timeout=PATIENCE_S)


def _as_it_comes(chunks: Queue[Any]) -> Iterator[bytes]:
    while True:
        try:
            chunk = chunks.get(timeout=2 * PATIENCE_S)
        except Empty:
            raise TimeoutError("the answer stopped half-way") from None
        if chunk is _END:
            return
        if isinstance(chunk, BaseException):
            raise chunk
        yield chunk

"""People who take part while machines die under them: they send again until they are answered, with the same key."""

from __future__ import annotations

import http.client
import itertools
import json
import threading
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

import psycopg

from installation import Host

TOKEN = "t" * 32
GATHER = """
import json, sys, django
django.setup()
from django.contrib.sessions.backends.db import SessionStore
from people import words
from tequio.base.actor import SYSTEM
from tequio.catalogue.enums import ItemState
from tequio.ideas.deliberation.models import Conversation
from tequio.ideas.deliberation.services.conversations import add_statement
from tequio.people.services import begin_guest
conversation = Conversation.objects.order_by("pk").first()
for number in range(STATEMENTS):
    add_statement(conversation, words(f"Seed {number} of the crowd"), author=None, state=ItemState.PUBLISHED, by=SYSTEM)
people = []
for _ in range(PEOPLE):
    person, session = begin_guest(language="en"), SessionStore()
    session["guest"] = person.pk
    session.save()
    people.append([person.pk, session.session_key])
statements = conversation.statements.filter(item__state="published").values_list("pk", flat=True)
print(json.dumps({"conversation": conversation.pk, "statements": list(statements), "people": people}))
"""


@dataclass(frozen=True)
class Act:
    """One form: who sends it, where, and what is in it. The key stays the same however often it is sent."""

    person: int
    session: str
    path: str
    fields: tuple[tuple[str, str], ...]
    key: str = field(default_factory=lambda: uuid.uuid4().hex)

    def body(self) -> str:
        return urlencode([*self.fields, ("form_key", self.key), ("csrfmiddlewaretoken", TOKEN)])

    @property
    def said(self) -> dict[str, str]:
        return dict(self.fields)


def gather(host: Host, people: int, statements: int) -> list[Act]:
    """Every person answers every statement, and writes five of her own."""
    words = GATHER.replace("STATEMENTS", str(statements)).replace("PEOPLE", str(people))
    found: dict[str, Any] = json.loads(host.python("-c", words).splitlines()[-1])
    at = f"/en/conversations/{found['conversation']}"
    acts = []
    for number, (person, session) in enumerate(found["people"]):
        mine = [
            Act(
                person,
                session,
                f"{at}/answer/",
                (("statement", str(pk)), ("vote", "agree" if pk % 2 else "disagree")),
            )
            for pk in found["statements"]
        ]
        for thought in range(5):
            text = f"Thought {thought} of person {number}: {uuid.uuid4().hex}"
            fields = (("text", text), ("language", "en"), ("close_ones", "seen"))
            mine.insert(thought * 5, Act(person, session, f"{at}/write/", fields))
        acts.append(mine)
    return [act for turn in itertools.zip_longest(*acts) for act in turn if act]


@dataclass
class Crowd:
    """Writers side by side; each takes the next act and sends it until it is done."""

    url: str
    acts: Iterator[Act]
    writers: int = 6
    patience_s: float = 60.0
    done: list[Act] = field(default_factory=list)
    odd: list[str] = field(default_factory=list)
    tries: int = 0
    slowest: float = 0.0

    def __enter__(self) -> Crowd:
        self.is_over = threading.Event()
        self.lock = threading.Lock()
        self.threads = [threading.Thread(target=self._write, daemon=True) for _ in range(self.writers)]
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.is_over.set()
        for thread in self.threads:
            thread.join(self.patience_s + 30)

    def wait(self) -> None:
        """Until every act is done."""
        for thread in self.threads:
            thread.join(600)

    def _write(self) -> None:
        while not self.is_over.is_set():
            with self.lock:
                act = next(self.acts, None)
            if act is None:
                return
            self._insist(act)

    def _insist(self, act: Act) -> None:
        began = time.monotonic()
        while time.monotonic() - began < self.patience_s:
            status = send(self.url, act)
            self.tries += 1
            if status == 302:
                self.slowest = max(self.slowest, time.monotonic() - began)
                self.done.append(act)
                return
            if status not in (0, 409, 503):
                self.odd.append(f"{status} for {act.path} {act.fields}")
                return
            time.sleep(0.1)
        self.odd.append(f"never answered: {act.path} {act.fields}")


def send(url: str, act: Act, seconds: float = 30) -> int:
    """The answer's status, 0 where the connection ended without one."""
    parts = urlsplit(url)
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": f"sessionid={act.session}; csrftoken={TOKEN}",
        "Connection": "close",
    }
    connection = http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=seconds)
    try:
        connection.request("POST", act.path, act.body(), headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()


VOTE = """
SELECT v.value, count(*) OVER () FROM deliberation_statementvote v JOIN deliberation_participant p ON p.id = v.participant_id
WHERE p.person_id = %s AND v.statement_id = %s
"""
THOUGHT = "SELECT count(*) FROM catalogue_item WHERE kind = 'statement' AND title -> 'en' ->> 'text' = %s"


def missing(connection: psycopg.Connection[Any], acts: list[Act]) -> list[str]:
    """Acts that were acknowledged and have not exactly one effect."""
    wrong = []
    for act in acts:
        if "text" in act.said:
            row = connection.execute(THOUGHT, [act.said["text"]]).fetchone()
            if row != (1,):
                wrong.append(f"{row} times: {act.said['text']}")
        else:
            value = 1 if act.said["vote"] == "agree" else -1
            row = connection.execute(VOTE, [act.person, act.said["statement"]]).fetchone()
            if row != (value, 1):
                wrong.append(f"{row}: {act.person} on {act.fields}")
    changed = connection.execute("SELECT count(*) FROM deliberation_statementvotechange").fetchone()
    if changed != (0,):
        wrong.append(f"{changed} answers were given twice")
    return wrong

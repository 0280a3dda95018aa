"""Eight hands at one switch: one state, one fact."""

from __future__ import annotations

import threading

import pytest
from django.db import connection

from tequio.consent.enums import Purpose
from tequio.consent.models import Consent, ConsentFact
from tequio.consent.services import give
from tequio.people.services import begin_guest


@pytest.mark.django_db(transaction=True)
def test_eight_at_once_write_one_fact():
    person = begin_guest(language="en")
    given = []

    def say() -> None:
        try:
            given.append(give(person, Purpose.LETTERS, language="en", by=person))
        finally:
            connection.close()

    threads = [threading.Thread(target=say) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(given) == [False] * 7 + [True]
    assert Consent.objects.count() == ConsentFact.objects.count() == 1

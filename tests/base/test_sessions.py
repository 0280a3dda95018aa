"""Sessions of ours and of Django's are the same rows; what is taken or gone is noticed."""

import pytest
from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import CreateError, UpdateError
from django.contrib.sessions.models import Session

from tequio.base.sessions import SessionStore

pytestmark = pytest.mark.django_db


def begun(**values) -> SessionStore:
    session = SessionStore()
    session.update(values)
    session.save()
    return session


def test_each_reads_what_the_other_wrote():
    ours = begun(guest=3)
    assert db.SessionStore(ours.session_key)["guest"] == 3
    theirs = db.SessionStore(ours.session_key)
    theirs["guest"] = 4
    theirs.save()
    assert SessionStore(ours.session_key)["guest"] == 4


def test_writing_takes_one_statement(django_assert_num_queries):
    session = SessionStore()
    session["guest"] = 3
    with django_assert_num_queries(1):
        session.save()
    session["guest"] = 4
    with django_assert_num_queries(1):
        session.save()
    with django_assert_num_queries(2):  # the new row, and the old one's end
        session.cycle_key()
    assert Session.objects.count() == 1
    assert SessionStore(session.session_key)["guest"] == 4


def test_a_session_that_was_ended_is_not_written_again():
    session = begun(guest=3)
    SessionStore(session.session_key).delete()
    session["guest"] = 4
    with pytest.raises(UpdateError):
        session.save()
    assert not Session.objects.exists()


def test_a_key_that_is_taken_is_not_taken_over(monkeypatch):
    first = begun(guest=3)
    twin = SessionStore(first.session_key)
    with pytest.raises(CreateError):
        twin.save(must_create=True)
    keys = iter([first.session_key, "b" * 32])
    monkeypatch.setattr(SessionStore, "_get_new_session_key", lambda self: next(keys))
    assert begun(guest=5).session_key == "b" * 32  # the next key was tried
    assert SessionStore(first.session_key)["guest"] == 3


def test_nothing_is_deleted_without_a_key():
    begun(guest=3)
    SessionStore().delete()
    assert Session.objects.count() == 1

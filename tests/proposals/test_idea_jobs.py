"""What the worker does for ideas: supports are sealed, promised answers owed, supporters of joined ideas told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from jobs import failed, queue, strike, work
from owing import put_idea
from people import words
from tequio.audit.models import Record
from tequio.base.actor import SYSTEM
from tequio.ideas.answers.models import AnswerDue
from tequio.ideas.processes.models import Entry
from tequio.ideas.processes.services import open_process
from tequio.ideas.proposals.models import Idea, SupportAct, SupportBatch
from tequio.ideas.proposals.services.merging import merge_idea
from tequio.ideas.proposals.services.supporting import support_idea
from tequio.notifications.models import Notice
from tequio.people.models import Person
from tequio.territories.models import Territory

__all__ = ["queue"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("queue")]


@pytest.fixture
def idea(lome: Territory, member: Person) -> Idea:
    return Idea.objects.get(pk=put_idea(lome, "A ferry", by=member).pk)


def test_what_was_counted_is_sealed_once_it_is_settled(idea: Idea, alice: Person):
    support_idea(idea, by=alice)
    strike("proposals.seal_supports")
    assert not SupportBatch.objects.exists()
    SupportAct.objects.update(at=timezone.now() - timedelta(minutes=5))
    strike("proposals.seal_supports")
    batch = SupportBatch.objects.get()
    assert batch.acts == 1
    assert Record.objects.get(act="idea.seal_supports").data == {"acts": 1, "digest": batch.digest}


def test_a_day_that_is_announced_later_holds_for_ideas_of_before(idea: Idea, lome: Territory):
    process = open_process(
        title=words("A call"),
        summary={},
        background={},
        territory=lome,
        languages=["en"],
        phases=[],
        by=SYSTEM,
    )
    Entry.objects.create(item=idea.item, process=process)
    strike("proposals.owe_answers")
    assert not AnswerDue.objects.exists()
    process.answer_due = timezone.localdate() + timedelta(days=5)
    process.save()
    strike("proposals.owe_answers")
    assert AnswerDue.objects.get().item == idea.item


def test_supporters_are_told_when_it_was_joined(
    idea: Idea, lome: Territory, member: Person, bob: Person, mora: Person, make_member: Callable[..., Person]
):
    into = Idea.objects.get(pk=put_idea(lome, "A boat", by=make_member("Ama")).pk)
    support_idea(idea, by=bob)
    merge_idea(idea, into, by=mora)
    work()
    assert failed() == []
    notice = Notice.objects.get(announcement__event="joined")
    assert (notice.person, notice.announcement.item) == (bob, into.item)

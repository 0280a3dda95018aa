import pytest

from tequio.ideas.deliberation.services.answering import answer_statement, write_statement


@pytest.mark.django_db
def test_vote_and_write(conversation, guest, alice):
    s = conversation.statements.first()
    answer_statement(s, 1, by=guest)
    answer_statement(s, -1, is_important=True, by=guest)
    assert s.votes.get().value == -1
    w = write_statement(conversation, "Hello there all", language="en", by=guest)
    assert w.number == 3 and w.item.state == "held"
    from tequio.ideas.deliberation.permissions import statements_visible_to

    assert not statements_visible_to(None).filter(pk=w.pk).exists()
    assert statements_visible_to(alice).filter(pk=w.pk).exists()
    assert statements_visible_to(guest).filter(pk=w.pk).exists()
    from tequio.catalogue.selectors import search

    assert search(None, "barrio").count() == 1
    assert search(None, "neighbourhood").count() == 1

"""Pages that have everything (picture, comments, steps) and a thread besides: still few queries, no leak."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from forms import open_browser
from house import House
from tequio.base.actor import SYSTEM
from tequio.catalogue.models import Item
from tequio.catalogue.services import link_items
from tequio.guards.middleware import STORE

pytestmark = pytest.mark.django_db
NO_QUERIES = ("SAVEPOINT", "RELEASE", "SET LOCAL")


@pytest.fixture
def tied(house: House) -> House:
    """The statement grew into the process, which grew into a draft."""
    plan = Item.objects.get(pk=house.process.pk)
    link_items(house.statement.item, plan, "grew_into", by=SYSTEM)
    link_items(plan, house.draft.item, "grew_into", by=SYSTEM)
    return house


@pytest.mark.parametrize(
    "role", ["visitor", "guest", "member", "stranger", "moderator", "colleague", "author", "steward"]
)
def test_few_queries_with_a_thread(tied: House, role: str) -> None:
    counts = {}
    for name, path in (
        ("conversation", tied.conversation.item.path), ("statement", tied.statement.item.path),
        ("process", Item.objects.get(pk=tied.process.pk).path), ("comment", tied.comment.path),
    ):  # fmt: skip
        client = open_browser(tied.person(role))
        client.get(path)
        STORE.clear()
        STORE.current_version()
        with CaptureQueriesContext(connection) as queries:
            page = client.get(path)
        assert page.status_code == 200
        counts[name] = len([one for one in queries if not one["sql"].startswith(NO_QUERIES)])
        if name != "comment":
            assert "Internet for all" in page.content.decode()
        sees = role in ("moderator", "colleague", "author", "steward")
        assert (tied.secret in page.content.decode()) is (sees and name != "comment"), name
    assert max(counts.values()) <= 12, counts

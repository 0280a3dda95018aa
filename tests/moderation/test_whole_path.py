"""From the notice to the report of the year (T37), in three languages, in a browser that runs no script."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone

from forms import open_browser
from post import as_drawn
from tequio.discussions.models import Comment
from tequio.moderation.models import Appeal, Report
from tequio.outbox.models import Letter

pytestmark = pytest.mark.django_db

LANGUAGES = {
    "en": ("It insults him.", "It calls a named man a thief.", "He said so himself.", "A court has said so."),
    "es": ("Lo insulta.", "Llama ladrón a un hombre.", "Él mismo lo dijo.", "Un tribunal lo dijo."),
    "fr": ("Il l’insulte.", "Il traite un homme de voleur.", "Il l’a dit.", "Un tribunal l’a dit."),
}


def fill_in(client, path, **typed):
    """Open the page, fill in its form, send it, and follow to what it leads to."""
    page = client.get(path)
    assert page.status_code == 200, path
    form = {**as_drawn(page.content.decode(), set(typed)), **typed}
    answer = client.post(path, form)
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"]


def link_in(page, part):
    found = re.search(rf'href="([^"]*{part}[^"]*)"', page.content.decode())
    assert found, f"no link to {part}"
    return found[1].replace("&amp;", "&")


@pytest.mark.parametrize("language", ["en", "es", "fr"])
def test_the_whole_path(language, comment, writer, mora, bob, browser_of):
    words, facts, plea, verdict = LANGUAGES[language]
    visitor = open_browser()
    page = visitor.get(f"/{language}/comments/{comment.pk}/")
    where = link_in(page, "report/comment/")
    receipt = fill_in(visitor, where, rule="attack", words=words, email="vera@example.org")
    report = Report.objects.get()
    assert (report.reporter, report.language, report.words) == (None, language, words)
    shown = visitor.get(receipt)
    assert str(report.pk) in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    letter = Letter.objects.get(to="vera@example.org")
    assert receipt in letter.text

    moderator = browser_of(mora)
    queue = moderator.get(f"/{language}/moderation/")
    assert queue.status_code == 200
    desk = link_in(queue, "moderation/comment/")
    assert words in moderator.get(desk).content.decode()
    writer.language = language
    writer.save(update_fields=["language"])
    fill_in(moderator, desk, measure="hide", rule="attack", facts=facts, language=language)
    assert not Comment.objects.get().is_shown

    told = list(Letter.objects.filter(text__contains=facts).order_by("pk").values_list("to", flat=True))
    assert told == ["wim@example.org", "vera@example.org"]
    assert facts in visitor.get(receipt).content.decode()
    author = browser_of(writer)
    reasons = link_in(author.get(f"/{language}/comments/{comment.pk}/"), "/decisions/")
    page = author.get(reasons)
    assert facts in page.content.decode()
    after = fill_in(author, link_in(page, "/appeal/"), words=plea)
    assert plea in author.get(after).content.decode()

    assert "/moderation/appeals/" not in moderator.get(f"/{language}/moderation/").content.decode()
    other = browser_of(bob)
    answer = link_in(other.get(f"/{language}/moderation/"), "/moderation/appeals/")
    assert moderator.get(answer).status_code == 404
    fill_in(other, answer, outcome="overturned", facts=verdict, language=language)
    assert Comment.objects.get().is_shown
    assert Appeal.objects.get().outcome == "overturned"
    assert verdict in author.get(after).content.decode()

    log = visitor.get(f"/{language}/moderation/log/?place=TG").content.decode()
    for name in ("Wim", "Mora", "Bob", "vera", words, facts):
        assert name not in log
    figures = visitor.get(f"/{language}/moderation/figures.csv?place=TG-M-lome").content.decode()
    year = timezone.now().year
    for line in (
        "reports,attack,1",
        "measures,hide,1",
        "kinds,comment,1",
        "appeals,overturned,1",
        "found,report,1",
    ):
        assert f"{year},{line}\n" in figures
    assert visitor.get(f"/{language}/moderation/figures/").status_code == 200

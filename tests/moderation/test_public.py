"""What everybody may know: the log and the figures, and that nobody is named in them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from tequio.moderation.enums import Rule, Side
from tequio.moderation.models import Decision, Report
from tequio.moderation.selectors.figures import as_csv, figures_of
from tequio.moderation.selectors.log import log_of
from tequio.moderation.services.appealing import answer_appeal, appeal
from tequio.moderation.types import RULES

pytestmark = pytest.mark.django_db
YEAR = 2024


@pytest.fixture
def past(lome, bilbao):
    """Five decisions in Lomé and one in Bilbao, after 1 to 6 hours."""
    made = []
    for number in range(6):
        began = datetime(YEAR, 6, 1 + number, 8, tzinfo=UTC)
        place = bilbao if number == 5 else lome
        made.append(
            Decision.objects.create(
                kind="comment" if number % 2 else "conversation", territory=place, rule="spam", measure="hide",
                facts="Words nobody sees.", language="en", found="signs" if number == 0 else "report",
                began_at=began, made_at=began + timedelta(hours=1 + number),
                appeal_until=began + timedelta(days=200),
            )
        )  # fmt: skip
        Report.objects.create(
            kind="comment", territory=place, rule="law", law="Law 5", made_at=began, decision=made[-1]
        )
    return made


def test_the_figures_of_a_place_and_of_all(past, lome, togo):
    found = figures_of(YEAR, lome)
    assert (found.total_reports, found.total_decisions, found.hours, found.waiting) == (5, 5, 3.0, 0)
    assert {row.name: row.number for row in found.kinds if row.number} == {"conversation": 3, "comment": 2}
    assert {row.name: row.number for row in found.found if row.number} == {"signs": 1, "report": 4}
    assert figures_of(YEAR, togo).total_decisions == 5
    everywhere = figures_of(YEAR, None)
    assert (everywhere.total_decisions, everywhere.hours) == (6, 3.5)
    assert everywhere.years == list(range(timezone.now().year, YEAR - 1, -1))
    assert figures_of(YEAR - 1, None).hours is None


def test_answers_count_as_appeals(report_it, decide_it, writer, bob):
    report_it()
    row = appeal(decide_it(), Side.AUTHOR, words="No.", language="en", by=writer)
    year = timezone.now().year
    assert {one.name: one.number for one in figures_of(year, None).appeals if one.number} == {"waiting": 1}
    answer_appeal(row, outcome="overturned", facts="Yes.", language="en", by=bob)
    found = figures_of(year, None)
    assert (found.total_decisions, found.waiting) == (1, 0)
    assert {one.name: one.number for one in found.appeals if one.number} == {"overturned": 1}


def test_the_table_file(past, client):
    text = as_csv(figures_of(YEAR, None))
    assert text.startswith("year,table,name,number\n2024,reports,attack,0\n")
    assert "2024,measures,hide,6\n" in text
    assert text.endswith("2024,time,median_hours,3.5\n")
    answer = client.get(f"/fr/moderation/figures.csv?year={YEAR}")
    assert answer.content.decode() == text
    assert 'filename="tequio-moderation-2024.csv"' in answer["Content-Disposition"]


@pytest.mark.parametrize(
    "query",
    ["?year=1", "?year=99999", "?year=x", "?place=nowhere", "?before=x", "?before=99999999999999999999"],
)
@pytest.mark.parametrize("page", ["log/", "figures/", "figures.csv"])
def test_odd_queries_get_the_plain_page(client, lome, page, query):
    assert client.get(f"/en/moderation/{page}{query}").status_code == 200


def test_the_log_goes_on_by_key(past, lome):
    Decision.objects.bulk_create(
        Decision(kind="comment", territory=lome, rule="attack", measure="leave", facts="x", language="en", found="report")
        for _ in range(31)
    )  # fmt: skip
    first = log_of(lome)
    rest = log_of(lome, before=first.after)
    assert [len(first.lines), len(rest.lines), rest.after] == [30, 6, None]
    assert first.lines[0].decision.pk > first.lines[-1].decision.pk > rest.lines[0].decision.pk


def test_the_log_says_what_came_of_an_appeal(report_it, decide_it, writer, bob, client):
    report_it()
    row = appeal(decide_it(facts="Secret words."), Side.AUTHOR, words="No.", language="en", by=writer)
    assert str(log_of(None).lines[0].outcome) == "An appeal waits"
    answer_appeal(row, outcome="upheld", facts="Still.", language="en", by=bob)
    newest, first = log_of(None).lines
    assert (newest.is_answer, str(first.outcome)) == (True, "The decision stands")
    page = client.get("/en/moderation/log/").content.decode()
    for word in ("Wim", "Mora", "Bob", "Secret words", "Kossi", "Still."):
        assert word not in page


def test_every_rule_stands_on_the_rules_page(client):
    assert set(RULES) == set(Rule.values)
    for language in ("en", "es", "fr"):
        page = client.get(f"/{language}/rules/").content.decode()
        for rule in RULES.values():
            assert f'id="{rule.anchor}"' in page

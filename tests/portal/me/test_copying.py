"""A copy of all that is hers: complete, readable, harmless, and nobody else's."""

from __future__ import annotations

import io
import json

import pytest
from django.utils import timezone

from canaries import plant_everything
from tequio.base.errors import Refused
from tequio.files.selectors import content_of, rendition_of
from tequio.ideas.deliberation.services.answering import answer_statement, write_statement
from tequio.people.models import Person
from tequio.portal.me.enums import CopyState
from tequio.portal.me.models import DataCopy
from tequio.portal.me.selectors.belongings import belongings, secrets_of
from tequio.portal.me.services import copying
from tequio.portal.me.services.packing import read_archive

pytestmark = pytest.mark.django_db


def copy_of(person: Person, language: str = "en") -> dict[str, bytes]:
    out = io.BytesIO()
    copying.write_archive(person, out, language=language)
    out.seek(0)
    return read_archive(out)


def test_every_row_of_every_exported_model_is_in_it(make_member, conversation):
    person = make_member("Kanari.Zimmer")
    planter = plant_everything(person, conversation, "kanari.zimmer@example.org")
    files = copy_of(person)
    data = json.loads(files["data.json"])
    exported = {one.label: one for one in belongings() if one.rule.export}
    assert set(data["tables"]) == set(exported)
    assert [label for label in exported if not data["tables"][label]] == []
    text = files["data.json"].decode() + files["index.html"].decode()
    by_label = {label.lower(): one for label, one in exported.items()}
    for word, where in planter.planted.items():
        label, column = where.lower().rsplit(".", 1)
        is_shown = label in by_label and column not in secrets_of(by_label[label])
        is_bytes = is_shown and by_label[label].model._meta.get_field(column).get_internal_type() == "BinaryField"
        assert (word in text) == (is_shown and not is_bytes), where


def test_what_it_says(conversation, member):
    answer_statement(conversation.statements.get(number=0), 1, is_important=True, by=member)
    write_statement(conversation, "=HYPERLINK(evil)", language="en", by=member)
    files = copy_of(member)
    page = files["index.html"].decode()
    assert "A repair must take at most two days." in page
    assert "mina@example.org" in page
    assert "My answers" in page
    assert "deliberation" not in page
    answers = files["tables/my-answers.csv"].decode("utf-8-sig")
    head, row = answers.splitlines()
    assert head == "Conversation,Statement,Answer,Matters a lot to me,When"
    assert row.startswith("How should our neighbourhoods get online?,A repair must take at most two days.,Agree,yes,")
    assert "'=HYPERLINK(evil)" in files["tables/statements-i-wrote.csv"].decode("utf-8-sig")
    assert "password" not in files["data.json"].decode()

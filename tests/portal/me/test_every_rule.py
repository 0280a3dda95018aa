"""What each model says of people is really done: erased, exported, merged; nothing is left unsaid (T34)."""

from __future__ import annotations

import pytest
from django.utils.module_loading import import_string

from canaries import plant_everything
from tequio.base.privacy import Rule, rule_of
from tequio.people.models import Person
from tequio.people.services import begin_guest
from tequio.people.services.merging import merge_guest
from tequio.portal.me.selectors.belongings import (
    all_models,
    belongings,
    free_text,
    multilingual_columns,
    other_pointers,
    path_to_person,
    rows_of,
    secrets_of,
    unspoken_for,
    whose,
)
from tequio.portal.me.services.erasing import erase_by_operator
from tequio.portal.me.types.walk import Whose

ADDRESS = "kanari.zimmer@example.org"


@pytest.mark.parametrize("model", all_models(), ids=lambda model: model._meta.label)
def test_every_model_of_every_package_is_classed(model):
    rule = rule_of(model)
    assert isinstance(rule, Rule)
    columns = {field.name for field in model._meta.concrete_fields}
    assert {*rule.words, *rule.stays, *rule.secret} <= columns
    if rule.address:
        assert rule.address in columns


@pytest.mark.parametrize("one", belongings(), ids=lambda one: one.label)
def test_every_text_column_of_a_row_that_stays_goes_or_stays_on_purpose(one):
    assert unspoken_for(one) == []
    assert not set(one.rule.words) & set(one.rule.stays)
    assert set(one.rule.words) <= {field.name for field in free_text(one.model)}


@pytest.mark.parametrize("one", [one for one in belongings() if one.rule.forget], ids=lambda one: one.label)
def test_named_services_are_there(one):
    assert callable(import_string(one.rule.forget))


def test_columns_lead_to_people_by_every_way():
    paths = {one.label: one.path for one in belongings()}
    assert paths["people.person"] == "pk"
    assert paths["deliberation.statementvote"] == "participant__person"
    assert paths["deliberation.importfile"] == "of__by"
    assert paths["account.emailconfirmation"] == "email_address__user"
    assert paths["outbox.letter"] == paths["guards.formkey"] == ""
    assert belongings()[-1].model is Person


def test_a_rule_that_leads_to_nobody_is_an_error(monkeypatch):
    from tequio.ideas.deliberation.models import Participant, StatementVote

    monkeypatch.setattr(Participant, "privacy", Rule())
    with pytest.raises(ValueError, match="names nobody"):
        path_to_person(StatementVote, "participant")


@pytest.mark.django_db
class TestEachRule:
    @pytest.fixture
    def planted(self, make_member, conversation) -> Person:
        person = make_member("Kanari.Zimmer")
        plant_everything(person, conversation, ADDRESS)
        return person

    def test_everything_has_a_row_before(self, planted):
        hers = whose(planted)
        empty = [one.label for one in belongings() if not rows_of(one, hers).exists()]
        assert empty == ["sessions.session"]

    def test_erasing_does_what_each_says(self, planted):
        hers = whose(planted)
        before = {one.label: list(rows_of(one, hers).values_list("pk", flat=True)) for one in belongings()}
        erase_by_operator(planted, reason="letter")
        for one in belongings():
            left = one.model._base_manager.filter(pk__in=before[one.label])
            if one.rule.erase == "delete":
                assert not left.exists(), one.label
            else:
                assert left.count() == len(before[one.label]), one.label
            if one.rule.erase == "anonymise" and one.model is not Person:
                assert not rows_of(one, hers).exists(), one.label
                for values in left.values(*one.rule.words) if one.rule.words else []:
                    assert not any(values.values()), one.label
        for model, column in other_pointers(belongings()):
            assert not model._base_manager.filter(**{f"{column}__in": hers.people}).exists()

    def test_merging_moves_what_each_says(self, make_member, conversation):
        guest, member = begin_guest(language="en"), make_member("Kanari.Zimmer")
        plant_everything(guest, conversation, ADDRESS)
        mine = Whose((guest.pk,), frozenset())
        direct = [one for one in belongings() if one.column and one.model is not Person]
        before = {one.label: rows_of(one, mine).count() for one in direct}
        assert merge_guest(guest, member, by=member)
        for one in direct:
            rows = rows_of(one, mine).count()
            assert rows == (0 if one.rule.merge == "move" else before[one.label]), one.label
        assert whose(member).people == tuple(sorted([guest.pk, member.pk]))

    def test_secrets_are_never_exported(self):
        for one in belongings():
            if one.rule.export:
                assert "password" in secrets_of(one)
        assert {"data"} <= next(secrets_of(one) for one in belongings() if one.label == "mfa.authenticator")

    def test_signs_are_those_she_is_known_by(self, planted):
        signs = whose(planted).signs
        assert {ADDRESS, planted.audit_id, str(planted.uid)} <= signs
        assert list(multilingual_columns())

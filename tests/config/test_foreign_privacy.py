"""Each table of an outside package says what it holds of people."""

from __future__ import annotations

from django.apps import apps
from django.conf import settings


def outside() -> dict[str, type]:
    models = apps.get_models(include_auto_created=True)
    return {model._meta.label_lower: model for model in models if not model.__module__.startswith("tequio.")}


def test_every_outside_model_has_a_rule_and_no_rule_is_left_over():
    assert sorted(settings.FOREIGN_PRIVACY) == sorted(outside())


def test_the_column_of_a_rule_is_there():
    for label, rule in settings.FOREIGN_PRIVACY.items():
        if rule.person:
            outside()[label]._meta.get_field(rule.person.split("__")[0])


def test_who_points_at_a_person_says_so():
    for label, model in outside().items():
        names = [
            field.name
            for field in model._meta.get_fields()
            if field.concrete and field.is_relation and field.related_model._meta.label == "people.Person"
        ]
        assert not names or settings.FOREIGN_PRIVACY[label].person in names


def test_what_is_erased_or_exported_names_its_person():
    for label, rule in settings.FOREIGN_PRIVACY.items():
        if rule.export or rule.erase != "keep":
            assert rule.person, label


def test_secret_fields_are_there():
    for label, names in settings.FOREIGN_SECRETS.items():
        assert settings.FOREIGN_PRIVACY[label].export
        for name in names:
            outside()[label]._meta.get_field(name)

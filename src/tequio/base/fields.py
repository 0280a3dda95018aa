"""Model fields of our own."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from .language_tags import is_tag

STATUSES = {"original", "human", "machine"}


def validate_multilingual(value: Any) -> None:
    if not isinstance(value, dict):
        raise ValidationError(_("Write it in at least one language."))
    for tag, entry in value.items():
        if not is_tag(tag) or not isinstance(entry, dict) or entry.get("status") not in STATUSES:
            raise ValidationError(_("“%(tag)s” is not a well-formed translation."), params={"tag": tag})
    originals = sum(1 for entry in value.values() if entry["status"] == "original")
    if value and originals != 1:
        raise ValidationError(_("Exactly one language is the original."))


class MultilingualField(models.JSONField):
    """JSON in the shape of `base.multilingual`."""

    default_validators = [validate_multilingual]

    def __init__(self, *args: Any, **kwargs: Any):
        kwargs.setdefault("default", dict)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

"""What a key opens."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Scope(models.TextChoices):
    """Area and verb. What is public needs no key; reading with one shows what its owner may see."""

    ITEMS_READ = "items:read", _("Read everything I may see")
    COMMENTS_READ = "comments:read", _("Read comments as I see them")
    COMMENTS_WRITE = "comments:write", _("Write comments in my name")
    CONVERSATIONS_READ = "conversations:read", _("Read conversations as I see them, with my answers")
    STATEMENTS_WRITE = "statements:write", _("Send statements in my name")
    VOTES_WRITE = "votes:write", _("Answer statements in my name")
    IDEAS_READ = "ideas:read", _("Read ideas as I see them")
    ORGANISATIONS_READ = "organisations:read", _("Read organisations as I see them")


class Lasting(models.IntegerChoices):
    """For how many days a key is good."""

    MONTH = 30, _("30 days")
    QUARTER = 90, _("90 days")
    YEAR = 365, _("One year")

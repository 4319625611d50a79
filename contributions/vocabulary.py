"""Choices of contributions."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Notices(models.TextChoices):
    """How often a moderator gets mail about new contributions."""

    IMMEDIATE = "immediate", _("Immediately, one by one")
    DAILY = "daily", _("Once a day, in one email")
    NONE = "none", _("Not at all")

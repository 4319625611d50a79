"""Choices: roles, and the states of an invitation."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a user may do; the value is the name of the group."""

    EDITOR = "Editor", _("Editor")
    MODERATOR = "Moderator", _("Moderator")
    ADMINISTRATOR = "Administrator", _("Administrator")


class InvitationState(models.TextChoices):
    """The states of an invitation."""

    OPEN = "open", _("Open")
    ACCEPTED = "accepted", _("Accepted")
    REVOKED = "revoked", _("Revoked")
    EXPIRED = "expired", _("Expired")

"""Choices: roles, and the states of an invitation."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a user may do; the value is the name of the group."""

    EDITOR = "Editor", _("Editor")
    MODERATOR = "Moderator", _("Moderator")
    ADMINISTRATOR = "Administrator", _("Administrator")


class Delivery(models.TextChoices):
    """What becomes of a mail (EMAIL_URL)."""

    SENT = "sent", _("The mail is on its way.")
    LOGGED = (
        "logged",
        _("No mail server is set: mail is written to the log and reaches nobody. Give links yourself."),
    )
    FILED = (
        "filed",
        _("No mail server is set: mail is written to a folder and reaches nobody. Give links yourself."),
    )
    WAITING = "waiting", _("No mail server is set: mail waits until there is one. Give links yourself.")


class AddressChangeState(models.TextChoices):
    """The states of a request to change an account's email address."""

    OPEN = "open", _("Waiting for confirmation")
    CONFIRMED = "confirmed", _("Confirmed")
    CANCELLED = "cancelled", _("Cancelled")
    EXPIRED = "expired", _("Expired")


class InvitationState(models.TextChoices):
    """The states of an invitation."""

    OPEN = "open", _("Open")
    ACCEPTED = "accepted", _("Accepted")
    REVOKED = "revoked", _("Revoked")
    EXPIRED = "expired", _("Expired")

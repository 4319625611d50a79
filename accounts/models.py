"""What is stored of invitations, and of the mail that waits to be sent."""

import datetime

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.vocabulary import InvitationState
from publishing.fields.columns import in_vocabulary, vocabulary_field
from publishing.vocabulary import Language


class InvitationQuerySet(models.QuerySet):
    """Invitations, by how they stand."""

    def unanswered(self) -> "InvitationQuerySet":
        """Neither accepted nor revoked; some may have expired."""
        return self.filter(accepted_at=None, revoked_at=None)


class Invitation(models.Model):
    """A link, mailed to one address, that makes one account with the roles that it names."""

    address = models.EmailField(_("email address"))
    roles = models.ManyToManyField(
        Group,
        verbose_name=_("roles"),
        help_text=_("What the account may do. Every role opens the editors’ desk."),
    )
    language = vocabulary_field(
        Language,
        _("language"),
        default=Language.ENGLISH,
        help_text=_("The language in which the invitation is written."),
    )
    # Only the digest: who reads the table cannot come in by it.
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("invited by")
    )
    created_at = models.DateTimeField(_("made at"))
    expires_at = models.DateTimeField(_("expires at"))
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("account"),
    )
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("address"),
                name="invitation_is_the_only_unanswered_one_of_its_address",
                condition=models.Q(accepted_at=None, revoked_at=None),
            ),
            models.CheckConstraint(
                name="invitation_expires_after_it_was_made",
                condition=models.Q(expires_at__gt=models.F("created_at")),
            ),
            models.CheckConstraint(
                name="invitation_was_accepted_at_some_time_by_somebody",
                condition=models.Q(accepted_at=None, account=None)
                | models.Q(accepted_at__isnull=False, account__isnull=False),
            ),
            models.CheckConstraint(
                name="invitation_is_not_both_accepted_and_revoked",
                condition=models.Q(accepted_at=None) | models.Q(revoked_at=None),
            ),
            in_vocabulary("invitation_language_is_in_vocabulary", "language", Language),
        ]

    def __str__(self) -> str:
        return self.address

    def state_at(self, moment: datetime.datetime) -> InvitationState:
        """How it stood, or will stand, then."""
        if self.accepted_at:
            return InvitationState.ACCEPTED
        if self.revoked_at:
            return InvitationState.REVOKED
        return InvitationState.OPEN if moment < self.expires_at else InvitationState.EXPIRED


class MailQuerySet(models.QuerySet):
    """Mail, by what is left to do with it."""

    def due(self, moment: datetime.datetime) -> "MailQuerySet":
        """Not sent yet, and not to be left alone until later; the longest waiting first."""
        return self.filter(sent_at=None, next_try_at__lte=moment).order_by("next_try_at", "pk")


class Mail(models.Model):
    """A mail that waits in the same database as what it tells of, until a server took it."""

    recipient = models.EmailField(_("to"))
    subject = models.CharField(_("subject"), max_length=200)
    # Emptied once it is sent: it may hold a link that lets somebody in.
    body = models.TextField(_("text"))
    created_at = models.DateTimeField(_("made at"))
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    tries = models.PositiveIntegerField(_("attempts"), default=0)
    next_try_at = models.DateTimeField(_("next attempt at"))
    error = models.CharField(_("last error"), max_length=300, blank=True, default="")

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name = _("email")
        verbose_name_plural = _("emails")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(
                fields=["next_try_at"], name="worker_mail_that_is_due", condition=models.Q(sent_at=None)
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="mail_keeps_its_text_until_it_is_sent",
                condition=models.Q(sent_at__isnull=False, body="")
                | (models.Q(sent_at=None) & ~models.Q(body="")),
            ),
        ]

    def __str__(self) -> str:
        return self.subject

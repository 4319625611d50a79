"""What is stored: invitations, the mail queue, and requests to change an account."""

import datetime

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.vocabulary import AddressChangeState, InvitationState
from publishing.fields.columns import in_vocabulary, vocabulary_field
from publishing.vocabulary import Language

# So long a request to change an account can be confirmed.
REQUEST_VALID_FOR = datetime.timedelta(days=7)


class InvitationQuerySet(models.QuerySet):
    """Invitations, by state."""

    def unanswered(self) -> "InvitationQuerySet":
        """Neither accepted nor revoked; some may have expired."""
        return self.filter(accepted_at=None, revoked_at=None)


class Invitation(models.Model):
    """An invitation mailed to one address; its link creates one account with the given roles."""

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
    # Only the digest: a person who reads the table cannot use the link.
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

    def state_at(self, now: datetime.datetime) -> InvitationState:
        """Its state; an open invitation is expired if `now` is after `expires_at`."""
        if self.accepted_at:
            return InvitationState.ACCEPTED
        if self.revoked_at:
            return InvitationState.REVOKED
        return InvitationState.OPEN if now < self.expires_at else InvitationState.EXPIRED


class MailQuerySet(models.QuerySet):
    """Mail, by whether it has to be sent."""

    def due(self, now: datetime.datetime) -> "MailQuerySet":
        """Not sent yet, and the time of the next attempt has come; the longest waiting first."""
        return self.filter(sent_at=None, next_try_at__lte=now).order_by("next_try_at", "pk")


class Mail(models.Model):
    """A mail, saved in the transaction of the change that it reports, until a mail server has accepted it."""

    recipient = models.EmailField(_("to"))
    # Written to somebody who used the public form: their address is for moderators only.
    is_to_sender = models.BooleanField(_("to a sender of proposals"), default=False, editable=False)
    subject = models.CharField(_("subject"), max_length=200)
    # Emptied once it is sent: it may contain a secret link.
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


class AddressChangeQuerySet(models.QuerySet):
    """Changes of address, by their state."""

    def open(self, now: datetime.datetime) -> "AddressChangeQuerySet":
        """Those that can still be confirmed."""
        return self.filter(confirmed_at=None, cancelled_at=None, expires_at__gt=now)


class AddressChange(models.Model):
    """A request to give an account another email address, and what became of it.

    Its owner confirms it by a link mailed to the new address; what one administrator requests, another one.
    """

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("account")
    )
    old_address = models.EmailField(_("old address"), blank=True, default="")
    new_address = models.EmailField(_("new address"))
    # Only the digest of the owner's link is stored; administrators confirm at the desk, without a link.
    token_digest = models.CharField(max_length=64, blank=True, default="", editable=False)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("requested by")
    )
    requested_at = models.DateTimeField(_("requested at"))
    expires_at = models.DateTimeField(_("expires at"))
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("confirmed by"),
    )
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True, blank=True)

    objects = AddressChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of address")
        verbose_name_plural = _("changes of address")
        ordering = ["-requested_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["account"],
                name="address_change_is_the_only_open_one_of_its_account",
                condition=models.Q(confirmed_at=None, cancelled_at=None),
            ),
            models.CheckConstraint(
                name="address_change_expires_after_it_was_requested",
                condition=models.Q(expires_at__gt=models.F("requested_at")),
            ),
            models.CheckConstraint(
                name="address_change_was_confirmed_at_some_time_by_somebody",
                condition=models.Q(confirmed_at=None, confirmed_by=None)
                | models.Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="address_change_is_not_both_confirmed_and_cancelled",
                condition=models.Q(confirmed_at=None) | models.Q(cancelled_at=None),
            ),
        ]

    def __str__(self) -> str:
        return self.new_address

    @property
    def is_by_owner(self) -> bool:
        """Whether the account's owner requested it."""
        return self.requested_by_id == self.account_id

    def state_at(self, now: datetime.datetime) -> AddressChangeState:
        """Its state at a given time."""
        if self.confirmed_at:
            return AddressChangeState.CONFIRMED
        if self.cancelled_at:
            return AddressChangeState.CANCELLED
        return AddressChangeState.OPEN if now < self.expires_at else AddressChangeState.EXPIRED


class FactorRemovalQuerySet(models.QuerySet):
    """Removals of second factors, by whether they happened."""

    def open(self, now: datetime.datetime) -> "FactorRemovalQuerySet":
        """Requests that can still be confirmed."""
        return self.filter(removed_at=None, requested_at__gt=now - REQUEST_VALID_FOR)


class FactorRemoval(models.Model):
    """A removal of a second factor that one administrator requested, and whether another one confirmed it.

    rules.why_not_reset_password asks for those that happened.
    """

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # None once the factor is gone, whoever removed it.
    factor = models.ForeignKey("mfa.Authenticator", on_delete=models.SET_NULL, null=True, related_name="+")
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    removed_at = models.DateTimeField(null=True)

    objects = FactorRemovalQuerySet.as_manager()

    class Meta:
        verbose_name = _("removal of a second factor")
        verbose_name_plural = _("removals of second factors")
        ordering = ["-requested_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="factor_removal_was_done_at_some_time_by_somebody",
                condition=models.Q(removed_at=None, removed_by=None)
                | models.Q(removed_at__isnull=False, removed_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} at {self.requested_at:%Y-%m-%d %H:%M}"

    @property
    def expires_at(self) -> datetime.datetime:
        """Until when another administrator can confirm it."""
        return self.requested_at + REQUEST_VALID_FOR

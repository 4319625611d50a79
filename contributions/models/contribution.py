"""Contributions, and the messages between a sender and the moderators."""

import datetime
import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from publishing.fields.columns import (
    PackedField,
    in_vocabulary,
    refuse_invisible,
    refuse_invisible_in_prose,
    vocabulary_field,
)
from publishing.languages import direction
from publishing.models import Proposal
from publishing.rules import needs_four_eyes
from publishing.vocabulary import Language, PageLanguage, ProposalState
from publishing.workflow import states
from sources.models import Source


class ContributionQuerySet(models.QuerySet["Contribution"]):
    """Contributions, as the queue and the worker need them."""

    def undecided(self) -> Self:
        """Those that wait for a moderator; DOOR["max_waiting"] limits their number."""
        return self.filter(proposal__state__in=states.WAITING)

    def waiting_for(self, by: Any, now: datetime.datetime) -> Self:
        """Those that this moderator can decide now, oldest first; not those that others have to decide."""
        claimed = models.Q(proposal__claimed_until__gt=now) & ~models.Q(proposal__claimed_by=by)
        waiting = self.undecided().exclude(claimed).exclude(appeal_of=by).select_related("proposal")
        if needs_four_eyes():
            version = models.F("proposal__version")
            approved = self.model.objects.filter(
                proposal__approvals__by=by, proposal__approvals__version=version
            )
            waiting = waiting.exclude(pk__in=approved.values("pk"))
        return waiting.order_by("proposal__submitted_at", "pk")

    def sent_after(self, contribution: "Contribution") -> Self:
        """Those that were submitted after it."""
        since, key = contribution.proposal.submitted_at, contribution.pk
        return self.filter(
            models.Q(proposal__submitted_at__gt=since) | models.Q(proposal__submitted_at=since, pk__gt=key)
        )

    def to_notify(self) -> Self:
        """Those whose sender has confirmed an address and was not told the newest state."""
        return self.filter(mail_confirmed_at__isnull=False).exclude(told_state=models.F("proposal__state"))

    def not_erased(self) -> Self:
        """Those that may still contain personal data."""
        return self.filter(erased_at=None)

    def locked(self, key: Any) -> "Contribution":
        """The current contribution, locked until the transaction ends."""
        return self.select_for_update(of=["self"]).select_related("proposal__decided_by").get(pk=key)


class Contribution(models.Model):
    """A proposal from the public, with its source, its sender's wishes and its private link.

    The sender's reason is the note of the proposal; the name to credit is the credit of the proposal.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    proposal = models.OneToOneField(
        Proposal, on_delete=models.PROTECT, related_name="contribution", verbose_name=_("proposal")
    )
    # Only a digest: a person who reads the table cannot open the private link.
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    # Digest of the sender's network address, made with a key that is deleted after a day.
    sender = models.CharField(_("sender"), max_length=64, blank=True, default="")
    language = vocabulary_field(PageLanguage, _("language of the sender"))
    # The paths that the form offered; nothing else may change.
    offered = PackedField()
    # The names of the facts that it changes, between commas, for the queue: ",declared_on,provision,".
    facts = models.CharField(max_length=1000, blank=True, default="", editable=False)
    source_reference = models.CharField(
        _("source"), max_length=500, blank=True, default="", validators=[refuse_invisible]
    )
    source_page = models.CharField(
        _("page or place"), max_length=100, blank=True, default="", validators=[refuse_invisible]
    )
    source_quotation = models.TextField(
        _("quotation"), max_length=2000, blank=True, default="", validators=[refuse_invisible_in_prose]
    )
    # The source of the casebook that it is; known once a part of the proposal is published.
    source = models.ForeignKey(
        Source,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("source in the casebook"),
    )
    why_no_source = models.TextField(
        _("why no source can be given"),
        max_length=1000,
        blank=True,
        default="",
        validators=[refuse_invisible_in_prose],
    )
    name = models.CharField(_("name"), max_length=100, blank=True, default="", validators=[refuse_invisible])
    wants_credit = models.BooleanField(_("wants to be credited"), default=False)
    mail = models.EmailField(_("email address"), blank=True, default="")
    mail_confirmed_at = models.DateTimeField(_("mail address confirmed at"), null=True, blank=True)
    confirm_digest = models.CharField(max_length=64, blank=True, default="", editable=False)
    # The last state that the sender was told, on the page after sending or by mail.
    told_state = vocabulary_field(
        ProposalState, _("state last told"), default=ProposalState.SUBMITTED, editable=False
    )
    appealed_at = models.DateTimeField(_("appealed at"), null=True, blank=True)
    appeal_text = models.TextField(
        _("appeal"), max_length=2000, blank=True, default="", validators=[refuse_invisible_in_prose]
    )
    # Who made the decision that is appealed; another moderator decides the appeal.
    appeal_of = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("appeal against"),
    )
    sent_at = models.DateTimeField(_("sent at"))
    erased_at = models.DateTimeField(_("personal data erased at"), null=True, blank=True)

    objects = ContributionQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal from the public")
        verbose_name_plural = _("proposals from the public")
        ordering = ["-sent_at", "pk"]
        indexes = [
            models.Index(fields=["sender", "sent_at"], name="queue_what_else_they_sent"),
            models.Index(fields=["sent_at"], name="worker_what_to_erase", condition=models.Q(erased_at=None)),
        ]
        constraints = [
            models.CheckConstraint(
                name="contribution_names_a_source_or_says_why_not",
                condition=~models.Q(source_reference="") | ~models.Q(why_no_source=""),
            ),
            models.CheckConstraint(
                name="contribution_confirms_only_an_address_that_it_has",
                condition=~models.Q(mail="") | models.Q(mail_confirmed_at=None, confirm_digest=""),
            ),
            models.CheckConstraint(
                name="contribution_credits_somebody_with_a_name",
                condition=models.Q(wants_credit=False) | ~models.Q(name=""),
            ),
            models.CheckConstraint(
                name="contribution_is_appealed_at_some_time_against_somebody",
                condition=models.Q(appealed_at=None, appeal_of=None, appeal_text="")
                | models.Q(appealed_at__isnull=False, appeal_of__isnull=False),
            ),
            models.CheckConstraint(
                name="contribution_that_was_erased_names_nobody",
                condition=models.Q(erased_at=None) | models.Q(name="", mail="", sender="", appeal_text=""),
            ),
            in_vocabulary("contribution_language_is_in_vocabulary", "language", PageLanguage),
            in_vocabulary("contribution_told_state_is_in_vocabulary", "told_state", ProposalState),
        ]

    def __str__(self) -> str:
        return str(self.proposal_id)

    @property
    def quotation_language(self) -> str:
        """The language of the quotation: Arabic if its letters are, else that of the sender's page."""
        letters = [letter for letter in self.source_quotation if letter.isalpha()]
        arabic = [letter for letter in letters if "\u0600" <= letter <= "\u06ff"]
        if 2 * len(arabic) > len(letters):
            return self.language if direction(self.language) == "rtl" else Language.ARABIC.value
        return self.language if direction(self.language) == "ltr" else Language.OTHER.value

    @property
    def reason(self) -> str:
        """Why the sender wants the change; published with it."""
        return self.proposal.note


class Message(models.Model):
    """A message from the sender to the moderators, or from a moderator to the sender."""

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="messages")
    # Null means the sender, who writes by the private link.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    text = models.TextField(_("message"), max_length=2000, validators=[refuse_invisible_in_prose])
    said_at = models.DateTimeField(_("said at"))

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["said_at", "pk"]
        constraints = [models.CheckConstraint(name="message_says_something", condition=~models.Q(text=""))]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def is_from_sender(self) -> bool:
        """Whether the sender wrote it."""
        return self.by_id is None

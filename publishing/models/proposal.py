"""Proposals: an entry as somebody wants it to be."""

import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from publishing.beforehand import worked_out
from publishing.fields.columns import PackedField, in_vocabulary, vocabulary_field
from publishing.fields.difference import changed, difference
from publishing.languages import FALLBACKS, active_language, column_in
from publishing.models.entry import Entry
from publishing.models.names import found_by
from publishing.models.revision import Revision
from publishing.vocabulary import ChangeClass, Language, Origin, ProposalState
from publishing.workflow import states
from search.queries import lines


class ProposalQuerySet(models.QuerySet["Proposal"]):
    """Proposals, as the desk asks for them."""

    def undecided(self) -> Self:
        """Proposals that may still become public."""
        return self.filter(state__in=states.OPEN)

    def waiting(self) -> Self:
        """Proposals that wait for a reviewer, oldest first."""
        return self.filter(state__in=states.WAITING).order_by("submitted_at", "pk")

    def of_new(self, kind: str) -> Self:
        """What editors have written of new entries of the kind, while it may still become public."""
        unpublished = self.undecided().filter(kind=kind, base=None, entry=None, origin=Origin.EDITOR)
        return unpublished.filter(meant_for=None, is_practice=False).order_by("created_at")

    def locked(self, key: Any) -> "Proposal":
        """The current proposal, locked until the transaction ends."""
        return self.select_for_update(of=["self"]).select_related("base__entry", "author").get(pk=key)


class Proposal(models.Model):
    """A snapshot of a whole entry as somebody wants it to be, and the revision that it started from."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=30)
    entry = models.ForeignKey(
        Entry, on_delete=models.PROTECT, null=True, related_name="proposals", verbose_name=_("entry")
    )
    base = models.ForeignKey(
        Revision,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("started from"),
        db_index=False,
    )
    # Removed when it becomes a revision, so that nothing is stored twice.
    snapshot = PackedField(_("snapshot"), null=True)
    # What it asked for otherwise than the revision says that it became; None where that says the same.
    difference = PackedField(null=True)
    origin = vocabulary_field(Origin, _("origin"))
    state = vocabulary_field(ProposalState, _("state"), default=ProposalState.DRAFT)
    change_class = vocabulary_field(ChangeClass, _("kind of change"))
    note = models.TextField(_("public note"))
    note_language = vocabulary_field(Language, _("language of the note"), default=Language.ENGLISH)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("author"),
    )
    credit = models.CharField(_("credited name"), max_length=200, blank=True, default="")
    revision = models.ForeignKey(
        Revision,
        on_delete=models.PROTECT,
        null=True,
        related_name="proposals",
        verbose_name=_("became revision"),
    )
    # A draft to practise with: its author's alone, and never published.
    is_practice = models.BooleanField(default=False, editable=False)
    # Grows with each save of the draft, so that a late save is detected.
    version = models.PositiveIntegerField(_("version"), default=1)
    # The draft of a late save; the late save waits beside it until its author resolves the conflict.
    meant_for = models.ForeignKey(
        "self",
        on_delete=models.CASCADE,
        null=True,
        related_name="late_saves",
        verbose_name=_("meant for"),
        db_index=False,
    )
    meant_for_version = models.PositiveIntegerField(null=True)
    size = models.PositiveIntegerField(_("changes"), default=0)
    languages = models.CharField(_("languages"), max_length=30, blank=True, default="")
    submitted_at = models.DateTimeField(_("submitted at"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("decided by"),
        db_index=False,
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)
    override_reason = models.TextField(_("why published against a rule"), blank=True, default="")
    # Somebody checked it: what the sources of the changed facts said of the old values, they say of the new.
    sources_confirmed = models.BooleanField(_("the sources support the new values"), default=False)
    held_back = models.TextField(_("why it was held back"), blank=True, default="")
    publish_at = models.DateTimeField(_("publish at"), null=True, blank=True)
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    claimed_until = models.DateTimeField(null=True, blank=True)
    # What it calls the entry, and its note: folded, line by line, to be found by.
    folded = models.TextField(editable=False, default="")
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    changed_at = models.DateTimeField(_("changed at"), auto_now=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering = ["-created_at"]
        permissions = [
            ("decide_proposal", _("May decide proposals and publish")),
            ("override_rule", _("May publish against a rule, with a reason")),
        ]
        indexes = [
            models.Index(fields=["state", "submitted_at"], name="queue_oldest_first"),
            # Of few proposals: the others take no place in these.
            models.Index(
                fields=["publish_at"], name="worker_what_is_due", condition=models.Q(publish_at__isnull=False)
            ),
            models.Index(
                fields=["claimed_by"], name="desk_list_claimed", condition=models.Q(claimed_by__isnull=False)
            ),
            models.Index(
                fields=["meant_for"],
                name="late_saves_of_a_draft",
                condition=models.Q(meant_for__isnull=False),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="proposal_says_what_it_wants_until_a_revision_does",
                condition=models.Q(snapshot__isnull=False) | models.Q(revision__isnull=False),
            ),
            models.CheckConstraint(
                name="proposal_differs_only_from_the_revision_that_it_became",
                condition=models.Q(difference__isnull=True)
                | models.Q(snapshot__isnull=True, revision__isnull=False),
            ),
            models.CheckConstraint(
                name="proposal_is_claimed_by_somebody_until_some_time",
                condition=models.Q(claimed_by__isnull=True, claimed_until__isnull=True)
                | models.Q(claimed_by__isnull=False, claimed_until__isnull=False),
            ),
            models.CheckConstraint(
                name="proposal_that_is_scheduled_says_when_and_by_whom",
                condition=~models.Q(state=ProposalState.SCHEDULED)
                | models.Q(publish_at__isnull=False, decided_by__isnull=False),
            ),
            models.CheckConstraint(
                name="proposal_that_came_late_says_for_which_version",
                condition=models.Q(meant_for__isnull=True, meant_for_version__isnull=True)
                | models.Q(meant_for__isnull=False, meant_for_version__isnull=False),
            ),
            models.CheckConstraint(
                name="practice_stays_a_draft",
                condition=models.Q(is_practice=False)
                | models.Q(state=ProposalState.DRAFT, revision__isnull=True, base__isnull=True),
            ),
            in_vocabulary("proposal_origin_is_in_vocabulary", "origin", Origin),
            in_vocabulary("proposal_state_is_in_vocabulary", "state", ProposalState),
            in_vocabulary("proposal_change_class_is_in_vocabulary", "change_class", ChangeClass),
            in_vocabulary("proposal_note_language_is_in_vocabulary", "note_language", Language),
        ]

    def __str__(self) -> str:
        return str(self.id)

    def save(self, *args: Any, **options: Any) -> None:
        """With what it is found by."""
        self.fold()
        super().save(*args, **options)

    def fold(self) -> None:
        """Set what it is found by."""
        self.folded = lines([*found_by(self.wanted), self.note])

    @property
    def title(self) -> str:
        """The title of the entry, or that of the new entry, in the reader's language."""
        if self.entry is not None and self.entry.revision:
            return str(self.entry)
        fields = self.wanted["fields"]
        titles = (fields.get(column_in(language, "title")) for language in FALLBACKS[active_language()])
        return next((title for title in titles if title), str(_("Untitled")))

    @property
    def base_snapshot(self) -> dict | None:
        """The snapshot that it started from; None for a new entry."""
        return self.base.snapshot if self.base else None

    @property
    def wanted(self) -> dict:
        """The snapshot that it asks for."""
        if self.snapshot is not None:
            return self.snapshot
        published: dict = self.revision.snapshot  # type: ignore[union-attr]
        return changed(published, self.difference) if self.difference else published

    def became(self, published: dict) -> None:
        """Keep of its snapshot only what the published one, that of its revision, says otherwise."""
        self.difference = worked_out(difference, published, self.wanted) or None
        self.snapshot = None

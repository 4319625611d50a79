"""Revisions: the content of an entry each time that it was published."""

from collections.abc import Collection
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from publishing.fields.columns import in_vocabulary, vocabulary_field
from publishing.fields.snapshots import SnapshotField
from publishing.languages import active_language
from publishing.models.entry import Entry, kind_of
from publishing.vocabulary import OWN_NOTES, OWN_SIGNATURE, ChangeClass, Language


class RevisionQuerySet(models.QuerySet["Revision"]):
    """Revisions, as actions and pages ask for them."""

    def newest_of(self, entry: Any) -> "Revision":
        """The newest revision of the entry with that key."""
        return self.filter(entry_id=entry).latest("number")

    def newest_of_all(self, entries: Collection[Any]) -> Self:
        """The newest revisions of the entries with those keys."""
        return self.filter(entry_id__in=entries, number=models.F("entry__revision"))

    def last_of_all(self, entries: Collection[Any]) -> Self:
        """The revision with the highest number of each of the entries with those keys, whatever it says."""
        numbers = Revision.objects.filter(entry=models.OuterRef("entry")).order_by("-number").values("number")
        return self.filter(entry_id__in=entries, number=models.Subquery(numbers[:1]))

    def in_sight(self) -> Self:
        """Those of entries that readers find, and those of retracted entries."""
        out_of_sight = Entry.objects.published().filter(is_in_use=False)
        return self.exclude(entry__in=out_of_sight)


class Revision(models.Model):
    """The content of an entry as it was published once; never changed afterwards."""

    # The constraint of its numbers is its index.
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="revisions", db_index=False)
    # That of the entry, which never changes, so that an index holds the changes of one kind in their order.
    kind = models.CharField(_("kind"), max_length=30, default="", editable=False)
    number = models.PositiveIntegerField(_("number"))
    snapshot = SnapshotField(_("snapshot"))
    # An earlier one of the entry that is kept whole: of this one what differs is kept. None where all is.
    whole = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="+", editable=False, db_index=False
    )
    change_class = vocabulary_field(ChangeClass, _("kind of change"))
    note = models.TextField(_("public note"))
    note_language = vocabulary_field(Language, _("language of the note"), default=Language.ENGLISH)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("author"),
        db_index=False,
    )
    credit = models.CharField(_("credited name"), max_length=200, blank=True, default="")
    override_reason = models.TextField(_("why published against a rule"), blank=True, default="")
    created_at = models.DateTimeField(_("published at"))
    previous_digest = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64, unique=True)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["-pk"]
        indexes = [
            # Read from their end: a new revision fills the last page of an index, and splits no first one.
            models.Index(fields=["created_at", "id", "entry"], name="changes_page_newest_first"),
            models.Index(fields=["change_class", "created_at", "id", "entry"], name="changes_page_by_class"),
            models.Index(fields=["kind", "created_at", "id", "entry"], name="changes_page_by_kind"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "number"], name="revision_number_is_unique_in_its_entry"
            ),
            models.CheckConstraint(name="revision_has_a_note", condition=~models.Q(note="")),
            in_vocabulary("revision_change_class_is_in_vocabulary", "change_class", ChangeClass),
            in_vocabulary("revision_note_language_is_in_vocabulary", "note_language", Language),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} r{self.number}"

    def get_absolute_url(self) -> str:
        """The public address of what the revision changed, in the active language."""
        return reverse(f"{kind_of(self.entry).PAGE}-revision", args=[self.entry.slug, self.number])

    def get_record_url(self) -> str:
        """The public address of the entry as it was then, in the active language."""
        return f"{self.entry.get_record_url()}?as_of={self.number}"

    @property
    def shown_note(self) -> str:
        """The note; what the casebook itself wrote, in the active language."""
        return gettext(self.note) if self.note in OWN_NOTES else self.note

    @property
    def shown_note_language(self) -> str:
        """The language of `shown_note`."""
        return active_language() if self.note in OWN_NOTES else self.note_language

    @property
    def shown_credit(self) -> str:
        """Who is credited; the casebook itself by its name in the active language."""
        return gettext(self.credit) if self.credit == OWN_SIGNATURE else self.credit

    @property
    def has_record(self) -> bool:
        """Whether the public can read the entry as it was: it is not retracted, and this is no retraction."""
        return self.change_class != ChangeClass.RETRACTION and not self.entry.is_retracted

    def get_admin_url(self) -> str:
        """The address of the revision at the desk."""
        return reverse("admin:publishing_revision_change", args=[self.pk])


class AsKept(models.ExpressionWrapper):
    """The snapshot of a revision as a SELECT returns it: bytes that `publishing.fields.snapshots` reads."""

    def __init__(self) -> None:
        super().__init__(models.F("snapshot"), output_field=models.BinaryField())

    def select_format(self, compiler: Any, sql: str, params: Any) -> Any:
        """As the column is selected."""
        return Revision._meta.get_field("snapshot").select_format(compiler, sql, params)


class ChainHead(models.Model):
    """The single row with the digest of the newest revision; its lock lets only one publish at a time."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    digest = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        constraints = [models.CheckConstraint(name="chain_head_is_the_only_one", condition=models.Q(id=1))]

    def __str__(self) -> str:
        return self.digest


class SignedHead(models.Model):
    """The head of the chain as it was published on one day, signed; never changed afterwards."""

    day = models.DateField(_("day"), unique=True)
    line = models.TextField(_("line"))

    class Meta:
        verbose_name = _("signed head of the chain")
        verbose_name_plural = _("signed heads of the chain")
        ordering = ["-day"]
        constraints = [models.CheckConstraint(name="signed_head_has_a_line", condition=~models.Q(line=""))]

    def __str__(self) -> str:
        return self.line

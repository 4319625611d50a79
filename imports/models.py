"""Batches of imports, what became of each record, what is wrong with rows, and who is meant by names."""

import uuid
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.models import Actor
from imports.vocabulary import Answer, BatchState, DatasetScheme, Problem
from publishing.fields.columns import in_vocabulary, vocabulary_field
from publishing.models import Proposal
from sources.models import Source

# In these a batch has something left to do.
READING = (BatchState.CHECKING, BatchState.RUNNING)
AT_WORK = (*READING, BatchState.ACCEPTING)


class Mapping(models.Model):
    """How the columns of a table become what the casebook knows: rules in TOML, kept as data."""

    name = models.SlugField(_("name"), max_length=60, unique=True)
    rules = models.TextField(
        _("rules"),
        blank=True,
        default="",
        help_text=_("In TOML: which column is the number, the title, the dates, the codes."),
    )
    # The head of a table and its first rows, by which the rules were made: `imports.samples`.
    sample = models.JSONField(_("sample"), null=True)
    changed_at = models.DateTimeField(_("changed at"), auto_now=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("changed by"),
    )

    class Meta:
        verbose_name = _("mapping")
        verbose_name_plural = _("mappings")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="mapping_has_rules_or_a_sample", condition=~Q(rules="") | Q(sample__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page at the desk."""
        return reverse("imports:mapping", args=[self.name])


class ImportBatchQuerySet(models.QuerySet["ImportBatch"]):
    """Imports, as lists show them."""

    def with_names(self) -> Self:
        """With the mapping of each, without its rules and its sample, which may be long."""
        return self.select_related("mapping").defer("mapping__rules", "mapping__sample")


class ImportBatch(models.Model):
    """A file on its way into the queue: how far it has come, and what became of its rows."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    scheme = vocabulary_field(DatasetScheme, _("dataset"))
    mapping = models.ForeignKey(
        Mapping, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("mapping")
    )
    release = models.CharField(_("release"), max_length=30, blank=True, default="")
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, related_name="+", verbose_name=_("source of its claims")
    )
    file_name = models.CharField(_("file"), max_length=200)
    digest = models.CharField(_("SHA-256 of the file"), max_length=64)
    state = vocabulary_field(BatchState, _("state"), default=BatchState.CHECKING)
    why = models.TextField(_("why it ended early"), blank=True, default="")
    rows = models.PositiveIntegerField(_("rows"), default=0)
    proposed = models.PositiveIntegerField(_("rows proposed"), default=0)
    unchanged = models.PositiveIntegerField(_("rows unchanged"), default=0)
    reported = models.PositiveIntegerField(_("rows reported"), default=0)
    accepted = models.PositiveIntegerField(_("proposals accepted"), default=0)
    # So many records, in the order in which they end in the file, are dealt with.
    done = models.PositiveIntegerField(default=0)
    # Up to here its proposals were looked at by whoever accepts all of them.
    accepted_until = models.PositiveBigIntegerField(default=0)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("imported by")
    )
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    ended_at = models.DateTimeField(_("ended at"), null=True)

    objects = ImportBatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-created_at", "pk"]
        constraints = [
            in_vocabulary("import_batch_scheme_is_in_vocabulary", "scheme", DatasetScheme),
            in_vocabulary("import_batch_state_is_in_vocabulary", "state", BatchState),
            models.CheckConstraint(
                name="import_batch_adds_up",
                condition=Q(rows__gte=F("proposed") + F("unchanged") + F("reported")),
            ),
        ]

    def __str__(self) -> str:
        return " · ".join([f"{self.dataset} {self.release}".rstrip(), f"\u2068{self.file_name}\u2069"])

    def get_absolute_url(self) -> str:
        """Its page at the desk."""
        return reverse("imports:batch", args=[self.pk])

    @property
    def dataset(self) -> str:
        """The dataset in words: of another table, the mapping by which it is read."""
        if self.mapping is None:
            return str(self.get_scheme_display())
        return gettext("Mapping “%(name)s”") % {"name": f"\u2068{self.mapping.name}\u2069"}

    @property
    def read(self) -> int:
        """How many rows became something."""
        return self.proposed + self.unchanged + self.reported

    @property
    def waiting(self) -> int:
        """How many of its proposals nobody has decided."""
        return self.records.waiting().count()

    @property
    def is_at_work(self) -> bool:
        """Whether the worker has something left to do with it."""
        return self.state in AT_WORK


class ImportFile(models.Model):
    """A piece of the file of a batch, kept until the batch has ended, for the worker to go on with."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="pieces")
    number = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        ordering = ["batch", "number"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "number"], name="import_file_has_each_piece_once")
        ]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.number}"


class ImportedRecordQuerySet(models.QuerySet["ImportedRecord"]):
    """Records, as batches ask for them."""

    def with_names(self) -> Self:
        """With the import of each, and its mapping without its rules and its sample, which may be long."""
        named = self.select_related("batch__mapping")
        return named.defer("batch__mapping__rules", "batch__mapping__sample")

    def waiting(self) -> Self:
        """Those whose proposal still waits for a decision, in the order of the file."""
        return self.filter(proposal__in=Proposal.objects.undecided()).order_by("pk")


class ImportedRecord(models.Model):
    """What was last proposed of a record of a dataset: another import compares with it."""

    scheme = models.CharField(_("dataset"), max_length=90)
    number = models.CharField(_("number"), max_length=60)
    release = models.CharField(_("release"), max_length=30, blank=True, default="")
    # Of what it says; equal, it is not proposed again.
    digest = models.CharField(max_length=64)
    # What the case would be by the dataset alone, or that its editors' claims say all of it.
    proposal = models.ForeignKey(
        Proposal, on_delete=models.SET_NULL, null=True, related_name="imported", verbose_name=_("proposal")
    )
    # Not a foreign key: a new case exists only once it is accepted.
    entry_key = models.UUIDField(_("case"))
    batch = models.ForeignKey(
        ImportBatch, on_delete=models.PROTECT, related_name="records", verbose_name=_("import")
    )

    objects = ImportedRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("imported record")
        verbose_name_plural = _("imported records")
        constraints = [
            models.UniqueConstraint(fields=["scheme", "number"], name="imported_record_is_kept_once")
        ]
        indexes = [
            models.Index(fields=["batch", "id"], name="import_batch_in_order"),
            models.Index(fields=["entry_key"], name="import_records_of_a_case"),
        ]

    def __str__(self) -> str:
        return f"{self.scheme} {self.number}"


class ImportNote(models.Model):
    """What is wrong with one cell of a file."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="notes")
    row = models.PositiveIntegerField(_("row"))
    column = models.CharField(_("column"), max_length=100, blank=True, default="")
    problem = vocabulary_field(Problem, _("what is wrong"))
    value = models.CharField(_("what stands there"), max_length=200, blank=True, default="")
    refuses = models.BooleanField(_("not proposed for it"), default=False)

    class Meta:
        verbose_name = _("note on a row")
        verbose_name_plural = _("notes on rows")
        ordering = ["row", "column", "pk"]
        indexes = [models.Index(fields=["batch", "-refuses", "row", "id"], name="import_notes_in_order")]
        constraints = [in_vocabulary("import_note_problem_is_in_vocabulary", "problem", Problem)]

    def __str__(self) -> str:
        return f"{self.row} {self.column}: {self.text}"

    @property
    def text(self) -> str:
        """What is wrong, in words."""
        return str(Problem(self.problem).label) % {"value": f"\u2068{self.value}\u2069"}


class ActorName(models.Model):
    """A name of a dataset that is no name of an actor here: who is meant was asked, and is remembered."""

    catalogue = models.CharField(_("catalogue of actors"), max_length=60, blank=True, default="")
    number = models.CharField(_("number"), max_length=60, blank=True, default="")
    name = models.CharField(_("name in the dataset"), max_length=200)
    folded = models.CharField(max_length=250, editable=False)
    answer = vocabulary_field(Answer, _("answer"), default=Answer.OPEN)
    actor = models.ForeignKey(
        Actor, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("actor")
    )
    records = models.PositiveIntegerField(_("records"), default=0)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("answered by"),
    )
    answered_at = models.DateTimeField(_("answered at"), null=True)

    class Meta:
        verbose_name = _("name of an actor")
        verbose_name_plural = _("names of actors")
        ordering = ["-records", "name", "pk"]
        indexes = [models.Index(fields=["answer", "-records", "name"], name="import_names_that_wait")]
        constraints = [
            models.UniqueConstraint(
                fields=["catalogue", "number", "folded"], name="actor_name_is_asked_once"
            ),
            models.CheckConstraint(
                name="actor_name_that_is_answered_says_whom",
                condition=Q(answer=Answer.ACTOR, actor__isnull=False)
                | Q(~Q(answer=Answer.ACTOR), actor__isnull=True),
            ),
            in_vocabulary("actor_name_answer_is_in_vocabulary", "answer", Answer),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Who is meant has to be said where somebody is."""
        super().clean()
        if (self.answer == Answer.ACTOR) != (self.actor_id is not None):
            raise ValidationError({"actor": _("Choose the actor, or say that it is nobody here.")})


def key_of(*parts: Any) -> uuid.UUID:
    """The key of what an import makes: the same again for the same record."""
    return uuid.uuid5(NAMESPACE, "/".join(str(part) for part in parts))


NAMESPACE = uuid.UUID("3a0f5f57-3f0c-4a70-9d6e-6f1d4f1c9c11")

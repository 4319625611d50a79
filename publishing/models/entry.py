"""Entries, which have pages of their own, and the rows that belong to them."""

import uuid
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, ClassVar

from django.apps import apps
from django.db import models
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from publishing.addresses import address_of
from publishing.fields.columns import in_vocabulary, is_in_no_language, phrase, vocabulary_field
from publishing.fields.conditions import ConditionsInOneQuery
from publishing.fields.labels import LabelsOnce
from publishing.fields.policy import FieldPolicy, PublicAccess
from publishing.languages import (
    PAGE_LANGUAGES,
    LocalizedText,
    column_in,
    localized,
    main_language,
)
from publishing.models.entry_lists import EntryQuerySet
from publishing.vocabulary import EntryState


class Entry(LabelsOnce, ConditionsInOneQuery, models.Model):
    """One thing with a page of its own, as the public may read it now."""

    # The columns that publishing itself manages; all others are content and part of snapshots.
    MANAGED_BY_PUBLISHING: ClassVar[frozenset[str]] = frozenset(
        {
            *("id", "kind", "state", "retraction_reason", "retraction_language"),
            *("revision", "is_in_use", "published_at", "changed_at"),
        }
    )
    # Who may change which columns; every kind adds its own. `manage.py check` reports what is missing.
    FIELD_POLICY: ClassVar[FieldPolicy] = FieldPolicy(
        public=("title",),
        internal=("slug", "last_verified_on", "verify_by"),
    )
    # The facts that need a source, by name of column or of child rows.
    KEY_FACTS: ClassVar[tuple[str, ...]] = ()
    # The facts that are judgements, each with the column that says as of when it was judged.
    AS_OF: ClassVar[Mapping[str, str]] = {}
    # The texts that are read at a glance, each with the most words that it may have in a language.
    MOST_WORDS: ClassVar[Mapping[str, int]] = {}
    # The text that says in a few sentences what it is, where only its title stands beside it; or "".
    SUMMARY: ClassVar[str] = ""
    # What the public may propose for entries of this kind; every kind declares it.
    PUBLIC_ACCESS: ClassVar[PublicAccess] = PublicAccess.NOTHING
    # Whether readers see it only where another entry uses it.
    IS_REFERENCE: ClassVar[bool] = False
    # The kind of rows that hold other names (in `name` and `language`), or "".
    OTHER_NAMES: ClassVar[str] = ""
    # The names of texts that say, line by line, what it is also called.
    ALSO_CALLED: ClassVar[tuple[str, ...]] = ()
    # Whether it is also known by the initials of its names, as agreements, funds and bodies are.
    KNOWN_BY_INITIALS: ClassVar[bool] = False
    # How much those who search want its kind rather than others, from 0 to 1; every kind declares it.
    SEARCH_WEIGHT: ClassVar[float] = 0.5
    # The column with the entry where it belongs, whose name people add to its own: "RSF Sudan"; or "".
    BELONGS_TO: ClassVar[str] = ""
    # The names of further columns by which the desk finds it, besides its names and its address.
    FOUND_BY: ClassVar[tuple[str, ...]] = ()
    # The names of columns that are of one entry only: where two say the same, they are likely the same entry.
    IDENTIFIED_BY: ClassVar[tuple[str, ...]] = ()
    # The names of further columns that a new entry does not take along from another that it begins as.
    OF_ONE_ENTRY: ClassVar[tuple[str, ...]] = ()
    # The names of columns that tell entries of the same name apart, besides their address.
    DISTINGUISHED_BY: ClassVar[tuple[str, ...]] = ()
    # The names of the URLs of its page, and of the list of its kind or ""; every kind declares both.
    PAGE: ClassVar[str] = ""
    LIST_PAGE: ClassVar[str] = ""
    # The kinds of rows that its page asks readers to add, in this order.
    ROWS_TO_ADD: ClassVar[tuple[str, ...]] = ()
    # What it is for search engines, in the vocabulary of schema.org.
    SCHEMA_TYPE: ClassVar[str] = "WebPage"
    # Whether the front page shows it among the latest changes; every kind declares it.
    IS_IN_LATEST_CHANGES: ClassVar[bool] = False

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=30, editable=False)
    title = phrase(_("title"))
    slug = models.SlugField(
        _("address"),
        max_length=120,
        help_text=_(
            "The last part of the page's address, in plain Latin letters: libya-2020. "
            "The old address goes on working when you change it."
        ),
    )
    state = vocabulary_field(EntryState, _("state"), default=EntryState.PUBLISHED, editable=False)
    retraction_reason = models.TextField(_("why it was retracted"), blank=True, default="", editable=False)
    retraction_language = models.CharField(max_length=5, blank=True, default="", editable=False)
    revision = models.PositiveIntegerField(_("revision"), default=0, editable=False)
    # Whether something public points to it, or nothing must: publishing.actions.use keeps it up to date.
    is_in_use = models.BooleanField(_("in use"), default=True, editable=False)
    published_at = models.DateTimeField(_("first published"), null=True, editable=False)
    changed_at = models.DateTimeField(_("last changed"), null=True, editable=False)
    last_verified_on = models.DateField(
        _("last verified on"),
        null=True,
        blank=True,
        help_text=_("The day on which somebody last checked every fact against its sources."),
    )
    verify_by = models.DateField(
        _("verify again by"),
        null=True,
        blank=True,
        help_text=_("The day by which the facts should be checked again."),
    )

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "slug"],
                name="entry_address_is_unique_in_its_kind",
                violation_error_message=_("Another entry of this kind has that address."),
            ),
            models.CheckConstraint(
                name="entry_has_a_title",
                condition=~is_in_no_language("title"),
                violation_error_message=_("Give a title in at least one language."),
            ),
            models.CheckConstraint(
                name="entry_says_why_it_was_retracted",
                condition=models.Q(state=EntryState.PUBLISHED, retraction_reason="")
                | (models.Q(state=EntryState.RETRACTED) & ~models.Q(retraction_reason="")),
                violation_error_message=_("A retraction gives its reason."),
            ),
            models.CheckConstraint(
                name="entry_is_due_after_it_was_verified",
                condition=models.Q(verify_by__isnull=True)
                | models.Q(last_verified_on__isnull=True)
                | models.Q(verify_by__gte=models.F("last_verified_on")),
                violation_error_message=_("“Verify again by” must not be before “last verified on”."),
            ),
            in_vocabulary("entry_state_is_in_vocabulary", "state", EntryState),
        ]
        indexes = [
            models.Index(fields=["-changed_at", "id"], name="home_latest_changes"),
            models.Index(fields=["kind", "-changed_at", "-id"], name="desk_list_latest_changed"),
            models.Index(
                fields=["-changed_at"], name="desk_home_unused", condition=models.Q(is_in_use=False)
            ),
            models.Index(fields=["verify_by"], name="desk_home_to_verify"),
            models.Index(
                fields=["kind", "slug", "state", "is_in_use", "id"], name="sitemap_by_kind_and_slug"
            ),
        ]

    def __str__(self) -> str:
        return str(localized(self, "title")) or str(_("Untitled"))

    def get_absolute_url(self) -> str:
        """The address of its page, in the active language."""
        return kind_of(self).address(self.slug)

    def get_record_url(self) -> str:
        """The address of its page by slug, at which its old records can be requested with `as_of`."""
        return address_of(kind_of(self).PAGE, self.slug)

    def get_history_url(self) -> str:
        """The address of its history, in the active language."""
        return address_of(f"{kind_of(self).PAGE}-history", self.slug)

    @property
    def title_localized(self) -> LocalizedText:
        """The title, with its language."""
        return localized(self, "title")

    @property
    def written_in(self) -> str:
        """The language that it is translated from."""
        titles = {language: getattr(self, column_in(language, "title")) for language in PAGE_LANGUAGES}
        return main_language(titles)

    @property
    def other_languages(self) -> list[str]:
        """The languages that it is translated into."""
        return [language for language in PAGE_LANGUAGES if language != self.written_in]

    def twins(self) -> "Mapping[str, Entry]":
        """Other published entries that are the same thing, by the column that tells; a kind may know some."""
        return {}

    @property
    def is_retracted(self) -> bool:
        """Whether the public sees only the reason of the retraction."""
        return self.state == EntryState.RETRACTED

    @property
    def is_out_of_sight(self) -> bool:
        """Whether only the desk sees it, because nothing public uses it."""
        return not self.is_in_use and not self.is_retracted

    @classmethod
    def address(cls, slug: str) -> str:
        """The address of the page of an entry of this kind."""
        return address_of(cls.PAGE, slug)


class Child(LabelsOnce, ConditionsInOneQuery, models.Model):
    """A row that belongs to an entry: it is part of the snapshot and has no page of its own."""

    # Who may change which columns; every kind adds its own, except OF.
    FIELD_POLICY: ClassVar[FieldPolicy] = FieldPolicy(internal=("position",))
    # Whether claims may be about it; not for rows that are about facts themselves. Every kind declares it.
    IS_FACT: ClassVar[bool] = False
    # The values of the other columns in a row from the public, until an editor checks it.
    PUBLIC_DEFAULTS: ClassVar[Mapping[str, Any]] = {}
    # Whether it says which entry that is, so that no other entry can have it: a copy of the entry does not.
    IS_OF_ONE_ENTRY: ClassVar[bool] = False
    # The name of the column that says as of when the row judges, or "".
    AS_OF: ClassVar[str] = ""
    # The name of the foreign key to what it belongs to: an entry, or another child.
    OF: ClassVar[str] = ""
    # The name of the column that holds the path of a fact or a row of its entry, or "".
    ABOUT: ClassVar[str] = ""
    # The text of a link that asks readers to propose such a row, or "".
    ADD_LABEL: ClassVar[str | Promise] = ""
    # Columns: where another row of the entry says the same in all of them, it is likely the same fact again.
    ALIKE_BY: ClassVar[tuple[str, ...]] = ()
    # The name of the column with its part of the address, and of the text that it is made from, or "".
    ANCHOR: ClassVar[str] = ""
    ANCHOR_FROM: ClassVar[str] = ""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    position = models.PositiveSmallIntegerField(
        _("position"), default=0, help_text=_("Lower numbers come first.")
    )

    class Meta:
        abstract = True
        ordering = ["position", "pk"]

    def owner(self) -> Entry:
        """The entry that it belongs to."""
        owner = getattr(self, self.OF)
        return owner.owner() if isinstance(owner, Child) else owner


@cache
def kinds() -> Mapping[str, type[Entry]]:
    """Every kind of entry, by its name."""
    models_of_entries = (
        model for model in apps.get_models() if issubclass(model, Entry) and model is not Entry
    )
    return MappingProxyType({model._meta.model_name or "": model for model in models_of_entries})


def kind_of(entry: Entry) -> type[Entry]:
    """The model of the entry's kind, also for an instance of Entry itself."""
    return type(entry) if type(entry) is not Entry else kinds()[entry.kind]


@cache
def children_of(kind: type[Entry]) -> Mapping[str, type[Child]]:
    """The kinds of rows that belong to entries of this kind, by name; owners before the rows they own."""
    found: dict[str, type[Child]] = {}
    row_models = [model for model in apps.get_models() if issubclass(model, Child)]
    owners: list[type[models.Model]] = [kind]
    while owners:
        owner = owners.pop(0)
        for model in row_models:
            if issubclass(owner, owner_of(model)):
                found[model._meta.model_name or ""] = model
                owners.append(model)
    return MappingProxyType(found)


def owner_of(model: type[Child]) -> type[Entry] | type[Child]:
    """The model that rows of this kind belong to: a kind of entry or of row."""
    owner: Any = model._meta.get_field(model.OF).related_model
    return owner


def leads_to(column: Any, model: type[models.Model]) -> bool:
    """Whether the column is a relation to the model or to a subclass of it."""
    target = getattr(column, "related_model", None)
    return isinstance(target, type) and issubclass(target, model)


def kind_choices() -> list[tuple[str, str]]:
    """Every kind of entry with its label, for a choice field."""
    return [(name, capfirst(str(kind._meta.verbose_name_plural))) for name, kind in kinds().items()]

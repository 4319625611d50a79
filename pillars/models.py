"""Pillars with their sections and evidence, themes, and the terms of the glossary."""

from typing import Self
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from pillars.vocabulary import EvidenceRole, SectionKind, TermGroup
from publishing.fields.columns import in_vocabulary, is_in_no_language, phrase, prose, vocabulary_field
from publishing.fields.policy import FieldPolicy, PublicAccess
from publishing.languages import column_in
from publishing.models import Child, Entry
from publishing.models.entry_lists import EntryQuerySet
from sources.models import Image


class Theme(Entry):
    """A field of work that sections, cases and initiatives share."""

    FIELD_POLICY = FieldPolicy(public=("summary",), internal=("position",))
    SUMMARY = "summary"
    PUBLIC_ACCESS = PublicAccess.CORRECTIONS
    SEARCH_WEIGHT = 0.7
    PAGE = "pillars:theme"
    LIST_PAGE = "pillars:themes"
    IS_IN_LATEST_CHANGES = False
    IS_REFERENCE = True

    summary = prose(_("summary"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = EntryQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["position", "pk"]


class TermQuerySet(EntryQuerySet):
    """Terms, as the glossary and the texts need them."""

    def in_order(self) -> Self:
        """In the editors' order."""
        return self.order_by("position", "pk")

    def linked(self) -> Self:
        """Published terms that texts link to."""
        return self.published().filter(is_linked=True).in_order()


class Term(Entry):
    """A term of the field, with its definition."""

    FIELD_POLICY = FieldPolicy(
        public=("definition", "forms", "group"), editors=("is_linked",), internal=("position",)
    )
    SUMMARY = "definition"
    PUBLIC_ACCESS = PublicAccess.CORRECTIONS
    ALSO_CALLED = ("forms",)
    SEARCH_WEIGHT = 1.0
    PAGE = "pillars:term"
    LIST_PAGE = "pillars:terms"
    SCHEMA_TYPE = "DefinedTerm"
    IS_IN_LATEST_CHANGES = False

    definition = prose(
        _("definition"), help_text=_("One or two whole sentences that stand alone in the glossary.")
    )
    forms = prose(
        _("other forms"),
        help_text=_("Plurals, definite forms, synonyms: one on each line, as texts write them."),
    )
    group = vocabulary_field(TermGroup, _("group"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    is_linked = models.BooleanField(
        _("linked in texts"),
        default=True,
        help_text=_("Say no for words that are also ordinary words, such as “party” or “case”."),
    )

    objects = TermQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="term_has_a_definition",
                condition=~is_in_no_language("definition"),
                violation_error_message=_("Give a definition in at least one language."),
            ),
            in_vocabulary("term_group_is_in_vocabulary", "group", TermGroup),
        ]

    def title_in(self, language: str) -> str:
        """Its title in that language; empty if there is none."""
        return getattr(self, column_in(language, "title"))

    def forms_in(self, language: str) -> list[str]:
        """Its other forms in that language."""
        return forms_among(getattr(self, column_in(language, "forms")))


def forms_among(lines: str) -> list[str]:
    """The forms in a text with one on each line."""
    return [line.strip() for line in lines.splitlines() if line.strip()]


class Pillar(Entry):
    """A reference article on a field of international cooperation."""

    FIELD_POLICY = FieldPolicy(public=("summary",), internal=("position",))
    KEY_FACTS = ("section",)
    SUMMARY = "summary"
    PUBLIC_ACCESS = PublicAccess.CORRECTIONS
    SEARCH_WEIGHT = 0.9
    PAGE = "pillars:pillar"
    ROWS_TO_ADD = ("section", "claim")
    LIST_PAGE = "pillars:pillars"
    SCHEMA_TYPE = "Article"
    IS_IN_LATEST_CHANGES = True

    summary = prose(_("summary"), help_text=_("Two or three sentences that stand alone in a list."))
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = EntryQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("pillar")
        verbose_name_plural = _("pillars")
        ordering = ["position", "pk"]


class Section(Child):
    """A part of a pillar under a heading of its own."""

    FIELD_POLICY = FieldPolicy(public=("heading", "kind", "theme", "body"), internal=("anchor", "picture"))
    IS_FACT = True
    OF = "pillar"
    ADD_LABEL = _("Propose a section")
    ANCHOR, ANCHOR_FROM = "anchor", "heading"

    pillar = models.ForeignKey(Pillar, on_delete=models.CASCADE, related_name="sections")
    heading = phrase(_("heading"))
    anchor = models.SlugField(
        _("anchor"),
        max_length=60,
        help_text=_("Its part of the address: ceasefire-implementation/#breaches."),
    )
    kind = vocabulary_field(SectionKind, _("kind"))
    theme = models.ForeignKey(
        Theme,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="sections",
        verbose_name=_("theme"),
    )
    body = prose(
        _("text"),
        help_text=_(
            "Markdown: blank line for a new paragraph, **bold**, [link](address), - for a list, "
            "[@address-of-the-source, para. 3] to cite a source of the claims."
        ),
    )

    picture = models.ForeignKey(
        Image,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="sections",
        verbose_name=_("picture"),
        help_text=_("Shown below the heading. Upload it to the pictures first."),
    )

    class Meta(Child.Meta):
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        constraints = [
            models.UniqueConstraint(
                fields=["pillar", "anchor"],
                name="section_anchor_is_unique_in_its_pillar",
                violation_error_message=_("Another section of this pillar has that anchor."),
            ),
            models.CheckConstraint(
                name="section_has_a_heading",
                condition=~is_in_no_language("heading"),
                violation_error_message=_("Give a heading in at least one language."),
            ),
            in_vocabulary("section_kind_is_in_vocabulary", "kind", SectionKind),
        ]

    def __str__(self) -> str:
        return str(self.heading)


class EvidenceQuerySet(models.QuerySet):
    """Evidence, as the pages of pillars and of entries show it."""

    def about(self, key: UUID) -> Self:
        """Evidence that uses the entry of that key, with its sections and pillars."""
        of_entry = self.filter(entry_id=key).select_related("section__pillar")
        return of_entry.order_by("section__position", "pk")


class Evidence(Child):
    """An entry that illustrates a section, contradicts it, limits it, or is its origin."""

    FIELD_POLICY = FieldPolicy(public=("entry", "role", "reason"))
    IS_FACT = True
    OF = "section"

    section = models.ForeignKey(
        Section, on_delete=models.CASCADE, related_name="evidence", verbose_name=_("section")
    )
    entry = models.ForeignKey(
        Entry, on_delete=models.PROTECT, related_name="evidence_for", verbose_name=_("entry")
    )
    role = vocabulary_field(EvidenceRole, _("what it does"))
    reason = phrase(
        _("reason"), help_text=_("One line: what in the entry supports or limits this section, and how.")
    )

    objects = EvidenceQuerySet.as_manager()

    class Meta(Child.Meta):
        verbose_name = _("piece of evidence")
        verbose_name_plural = _("evidence")
        constraints = [
            models.UniqueConstraint(
                fields=["section", "entry", "role"],
                name="evidence_is_given_once_in_its_section",
                violation_error_message=_("That entry is already in this section."),
            ),
            models.CheckConstraint(
                name="evidence_has_a_reason",
                condition=~is_in_no_language("reason"),
                violation_error_message=_("Say in one line why this is evidence."),
            ),
            in_vocabulary("evidence_role_is_in_vocabulary", "role", EvidenceRole),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.reason}"

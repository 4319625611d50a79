"""The public pages of pillars, themes and the glossary."""

from collections import Counter
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from pillars.hooks import described_by
from pillars.models import Evidence, Pillar, Section, Term, Theme
from pillars.users_of_terms import entries_that_use
from pillars.vocabulary import EvidenceRole, TermGroup
from publishing.languages import PAGE_LANGUAGES, active_language
from publishing.models.entry import kinds
from publishing.snapshots.at_once import attach_entries, keys_in
from publishing.statements import objects_asked
from publishing.views import EntryDetail, EntryList
from sources import facts
from sources.folds import FoldsSources
from sources.models import Image

# So many entries of each kind the page of a term names.
MOST_USERS = 60


class PillarList(EntryList):
    """All pillars, with their sections' headings."""

    template_name = "pillars/pillar_list.html"
    cited_as = _("Pillars")
    context_object_name = "pillars"

    def get_queryset(self) -> models.QuerySet:
        """In the editors' order."""
        return Pillar.objects.in_sight().prefetch_related("sections").order_by("position", "pk")


class PillarDetail(FoldsSources, EntryDetail):
    """A pillar: its sections, with evidence for and against."""

    model = Pillar
    template_name = "pillars/pillar_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Each section with its evidence, and with the claims about it."""
        rows, _near = facts.rows_with_entries(self.object, "section", "evidence", "claim")
        sections, evidence, claims = rows["section"], rows["evidence"], rows["claim"]
        _with_pictures(sections)
        for section in sections:
            section.pieces = [piece for piece in evidence if piece.section_id == section.pk]
        grouped = facts.by_fact(claims)
        facts.attach_claims(grouped, section=sections)
        return super().get_context_data(
            sections=sections,
            claims=grouped.get("", []),
            cited=facts.cited(claims),
            balance=_balance(evidence),
            **kwargs,
        )


def _with_pictures(sections: list[Section]) -> None:
    """Read the pictures of the sections, of which the page shows more than of other entries."""
    keys = keys_in(sections, Image)
    if keys:
        attach_entries(sections, {one.pk: one for one in objects_asked(_pictures, tuple(keys))})


def _pictures(keys: tuple[UUID, ...]) -> models.QuerySet[Image]:
    return Image.objects.filter(pk__in=keys)


class ThemeList(EntryList):
    """All themes."""

    template_name = "pillars/theme_list.html"
    cited_as = _("Themes")
    context_object_name = "themes"

    def get_queryset(self) -> models.QuerySet:
        """In the editors' order."""
        return Theme.objects.in_sight().order_by("position", "pk")


class ThemeDetail(EntryDetail):
    """A theme, and the sections, cases and initiatives that share it."""

    model = Theme
    template_name = "pillars/theme_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The sections, cases and initiatives of the theme."""
        key = self.object.pk
        return super().get_context_data(
            sections=objects_asked(_sections_of_theme, key),
            cases=self.newest_of(_cases_of_theme, key),
            initiatives=self.newest_of(_initiatives_of_theme, key, parameter="initiatives"),
            **kwargs,
        )


def _sections_of_theme(key: UUID) -> models.QuerySet[Section]:
    return Section.objects.filter(theme=key).select_related("pillar")


# The kinds of cases and initiatives are known to apps that come after this one.


def _cases_of_theme(key: UUID) -> models.QuerySet:
    cases: Any = kinds()["case"]._default_manager
    return cases.filter(themes=key)


def _initiatives_of_theme(key: UUID) -> models.QuerySet:
    initiatives: Any = kinds()["initiative"]._default_manager
    return initiatives.filter(main_theme=key)


class TermList(EntryList):
    """The whole glossary, in groups."""

    template_name = "pillars/term_list.html"
    cited_as = _("Glossary")
    context_object_name = "terms"
    paginate_by = None

    def get_queryset(self) -> models.QuerySet:
        """In the editors' order."""
        return Term.objects.in_sight().in_order()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The terms by group; empty groups are left out."""
        terms = {group: [term for term in self.object_list if term.group == group] for group in TermGroup}
        groups = [(group, members) for group, members in terms.items() if members]
        described = described_by(term.slug for term in self.object_list)
        for term in self.object_list:
            term.describes = described[term.slug]
        return super().get_context_data(groups=groups, **kwargs)


class TermDetail(EntryDetail):
    """A term: its definition, and its names in the other languages."""

    model = Term
    template_name = "pillars/term_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Its forms in the language of the page; title and forms in each of the others; who uses it."""
        term, here = self.object, active_language()
        others = [
            {"language": one, "title": term.title_in(one), "forms": term.forms_in(one)}
            for one in PAGE_LANGUAGES
            if one != here and term.title_in(one)
        ]
        users = entries_that_use(term, here, at_most=MOST_USERS)
        return super().get_context_data(
            language=here,
            forms=term.forms_in(here),
            others=others,
            users=users,
            describes=described_by([term.slug])[term.slug],
            **kwargs,
        )


def _balance(evidence: list[Evidence]) -> list[tuple[str, str, int]]:
    """The number of pieces of evidence for each role: value, label, count."""
    roles = Counter(piece.role for piece in evidence)
    return [(value, str(label), roles[value]) for value, label in EvidenceRole.choices if roles[value]]

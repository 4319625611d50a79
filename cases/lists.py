"""The public pages of the lists of cases and of initiatives."""

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Page, Paginator
from django.db import models
from django.utils.translation import gettext_lazy as _

from cases import tables
from cases.filters import CaseFilter, DescribedFilter, InitiativeFilter
from cases.models import Case, Initiative
from cases.past_answers import PastAnswer, PastAnswerOfCases, PastAnswerOfInitiatives, kept_answer
from publishing.citing import KeptAnswer
from publishing.views import EntryList


class FilteredList(EntryList):
    """A list with facets; the query string contains the choices."""

    model: type[Any]
    filterset_class: type[DescribedFilter]
    answered: type[PastAnswer]
    # Which of the views of `past_answers` is cited.
    view_cited = ""

    def get_queryset(self) -> Any:
        """The keys of what answers the questions, in order."""
        self.filterset = self.filterset_class(self.request.GET)
        return self.filterset.keys

    def paginate_queryset(self, queryset: Any, page_size: int) -> tuple[Paginator, Page, Any, bool]:
        """Reads the rows of the page that is shown, and no others."""
        paginator: Any = Paginator(queryset, page_size)
        page = paginator.get_page(self.request.GET.get("page"))
        keys = [*page.object_list]
        rows = {row.pk: row for row in self.rows_shown().filter(pk__in=keys)}
        # One may be gone meanwhile.
        page.object_list = [rows[key] for key in keys if key in rows]
        return paginator, page, page.object_list, page.has_other_pages()

    def rows_shown(self) -> models.QuerySet:
        """With what an item of the list shows."""
        return self.model._default_manager.for_list()

    def not_understood(self) -> Iterable[tuple[str, str]]:
        """What the questions of the list do not know."""
        return self.filterset.not_understood

    def asked_in_words(self) -> Iterable[tuple[str, str]]:
        """The active filters."""
        return ((label, value) for label, value, _without in self.filterset.active_filters)

    def kept_answer(self) -> KeptAnswer | None:
        """What it answers now, at the address of its newest publication."""
        found: Any = self.filterset
        return kept_answer(self.answered, found, found.index.point, self.view_cited)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the filter form."""
        return super().get_context_data(filter=self.filterset, **kwargs)


class CaseList(FilteredList):
    """Ceasefire cases: as a table that can be sorted, or as cards."""

    model = Case
    filterset_class = CaseFilter
    answered = PastAnswerOfCases
    cited_as: Any = _("Ceasefire cases")
    template_name = "cases/case_list.html"
    context_object_name = "cases"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the heads of the table, and what its rows show besides their cases."""
        context = super().get_context_data(**kwargs)
        found: Any = self.filterset
        if context["page_obj"] is not None and not found.as_cards:
            context |= {
                "heads": tables.heads(found),
                "rows": tables.rows(context["cases"], found.index),
            }
        return {**context, "views": tables.views(self.request)}


class InitiativeList(FilteredList):
    """Reconstruction initiatives."""

    model = Initiative
    filterset_class = InitiativeFilter
    answered = PastAnswerOfInitiatives
    cited_as = _("Reconstruction initiatives")
    template_name = "cases/initiative_list.html"
    context_object_name = "initiatives"

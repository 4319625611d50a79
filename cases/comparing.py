"""The public page that compares cases."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from cases.comparisons import FEWEST, MOST, Comparison
from cases.former_addresses import keys_of_moved
from cases.indexes import CaseIndex, IndexOfSome
from cases.models import Case
from cases.past_pages import KeptPage, kept_page
from publishing.citing import KeptAnswer, Work
from publishing.languages import join_list
from publishing.requests import KNOWS_QUERY
from publishing.views.cited_pages import CitedPage
from publishing.views.entries import shortened

CASE, ONLY, DIFFERENCES = "case", "only", "differences"
# So many addresses of cases are read.
MOST_READ = 20


class CaseComparison(CitedPage, TemplateView):
    """Two to four cases side by side; the query string names them."""

    http_method_names = ["get", "head", "options"]
    template_name = "cases/case_comparison.html"
    page_name = "cases:compare"
    cited_as = _("Comparing ceasefire cases")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The cases and their facts, or what is wrong with the question."""
        cases, wrong = self.cases, [*self._wrong_cases]
        only, wrong_only = self._only(self.request)
        wrong += wrong_only
        if not wrong:
            self.request.META[KNOWS_QUERY] = True
        context = super().get_context_data(
            cases=cases,
            not_understood=shortened(wrong),
            problem=_problem(len(cases)),
            differing_only=only,
            **kwargs,
        )
        if context["problem"]:
            return context
        here = f"{self.here}?{self.query_cited()}"
        return context | {
            "canonical": here,
            "all_facts": here,
            "differences": f"{here}&{ONLY}={DIFFERENCES}",
            "data_query": self.query_cited() + (f"&{ONLY}={DIFFERENCES}" if only else ""),
            "groups": Comparison(cases, self.index()).groups(differing_only=only),
            "fewer": [(case, _without(case, cases)) for case in cases] if len(cases) > FEWEST else [],
        }

    @property
    def here(self) -> str:
        """The path of the page."""
        return reverse(self.page_name)

    def index(self) -> CaseIndex | None:
        """What the cases are looked up in; None for the index of all cases of today."""
        return None

    def work(self) -> Work | None:
        """The comparison; None where there is none."""
        return None if _problem(len(self.cases)) else super().work()

    def kept_answer(self) -> KeptAnswer | None:
        """The comparison at the address where it stays as it is."""
        return kept_page("cases:compare-answer", self.cases, self.query_cited())

    def query_cited(self) -> str:
        """The same cases have one address, in whatever order they were asked for."""
        return "&".join(f"{CASE}={slug}" for slug in sorted(case.slug for case in self.cases))

    def asked_in_words(self) -> Iterable[tuple[str, str]]:
        """The titles of the cases."""
        yield gettext("Cases"), join_list([str(case) for case in self.cases])

    @property
    def cases(self) -> list[Case]:
        """The cases by date, the oldest first."""
        return self._read[0]

    @property
    def _wrong_cases(self) -> list[tuple[str, str]]:
        return self._read[1]

    @cached_property
    def _read(self) -> tuple[list[Case], list[tuple[str, str]]]:
        return self._asked(self.request)

    @staticmethod
    def _asked(request: HttpRequest) -> tuple[list[Case], list[tuple[str, str]]]:
        """The cases by date, the oldest first, and what of the question is not understood."""
        slugs = [*dict.fromkeys(slug for slug in request.GET.getlist(CASE) if slug)]
        read = slugs[:MOST_READ]
        found = [*Case.objects.for_list().filter(slug__in=read).oldest_first()] if read else []
        if moved := keys_of_moved(read, found):
            keys = {*moved.values(), *(case.pk for case in found)}
            found = [*Case.objects.for_list().filter(pk__in=keys).oldest_first()]
        there = {case.pk for case in found}
        known = {case.slug for case in found} | {slug for slug, key in moved.items() if key in there}
        wrong = [(CASE, slug) for slug in slugs if slug not in known]
        for name, values in request.GET.lists():
            if name not in (CASE, ONLY):
                wrong += [(name, value) for value in values if value]
        return found, wrong

    @staticmethod
    def _only(request: HttpRequest) -> tuple[bool, list[tuple[str, str]]]:
        *others, last = [value for value in request.GET.getlist(ONLY) if value] or [""]
        wrong = [(ONLY, value) for value in others]
        if last and last != DIFFERENCES:
            wrong.append((ONLY, last))
        return last == DIFFERENCES, wrong


class PastComparison(KeptPage, CaseComparison):
    """The comparison as it was after a publication."""

    kept_name = "cases:compare-answer"

    def index(self) -> CaseIndex:
        """These cases alone, as they were."""
        return IndexOfSome([case.pk for case in self.cases])


def _problem(number: int) -> str:
    """What is wrong with so many cases; "" if nothing is."""
    if number == 0:
        return gettext("No case is chosen yet. Mark two to four cases in the list, and compare them.")
    if number < FEWEST:
        return gettext("One case alone cannot be compared. Mark one to three more in the list.")
    if number > MOST:
        return gettext("Four cases at most stand side by side. Choose among these, and leave the others out.")
    return ""


def _without(case: Case, cases: list[Case]) -> str:
    """The query without the case."""
    return "&".join(f"{CASE}={slug}" for slug in sorted(one.slug for one in cases if one is not case))

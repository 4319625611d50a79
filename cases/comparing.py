"""The public page that compares cases."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from cases.comparisons import FEWEST, MOST, Comparison
from cases.models import Case
from publishing.requests import KNOWS_QUERY
from publishing.views.entries import shortened

CASE, ONLY, DIFFERENCES = "case", "only", "differences"
# So many addresses of cases are read.
MOST_READ = 20


class CaseComparison(TemplateView):
    """Two to four cases side by side; the query string names them."""

    http_method_names = ["get", "head", "options"]
    template_name = "cases/case_comparison.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The cases and their facts, or what is wrong with the question."""
        cases, wrong = self._asked(self.request)
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
        # The same cases have one address, in whatever order they were asked for.
        asked = "&".join(f"{CASE}={slug}" for slug in sorted(case.slug for case in cases))
        here = f"{reverse('cases:compare')}?{asked}"
        return context | {
            "canonical": here,
            "all_facts": here,
            "differences": f"{here}&{ONLY}={DIFFERENCES}",
            "groups": Comparison(cases).groups(differing_only=only),
            "fewer": [(case, _without(case, cases)) for case in cases] if len(cases) > FEWEST else [],
        }

    @staticmethod
    def _asked(request: HttpRequest) -> tuple[list[Case], list[tuple[str, str]]]:
        """The cases by date, the oldest first, and what of the question is not understood."""
        slugs = [*dict.fromkeys(slug for slug in request.GET.getlist(CASE) if slug)]
        read = slugs[:MOST_READ]
        found = [*Case.objects.for_list().filter(slug__in=read).oldest_first()] if read else []
        known = {case.slug for case in found}
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


def _problem(number: int) -> str:
    """What is wrong with so many cases; "" if nothing is."""
    if number == 0:
        return _("No case is chosen yet. Mark two to four cases in the list, and compare them.")
    if number < FEWEST:
        return _("One case alone cannot be compared. Mark one to three more in the list.")
    if number > MOST:
        return _("Four cases at most stand side by side. Choose among these, and leave the others out.")
    return ""


def _without(case: Case, cases: list[Case]) -> str:
    """The query without the case."""
    return "&".join(f"{CASE}={slug}" for slug in sorted(one.slug for one in cases if one is not case))

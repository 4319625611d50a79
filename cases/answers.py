"""The pages of answers that were cited: what a list said then, and how that has changed."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import http_date
from django.views.generic import TemplateView

from cases import lifetimes, plots
from cases.past_answers import VIEW, PastAnswerOfCases, PastAnswerOfInitiatives, kept_answer
from cases.past_lists import TooManyRows
from publishing.citing import Work, work_of_list
from publishing.past import Point, point_at
from publishing.requests import KNOWS_QUERY, understood
from publishing.views.entries import shortened

PER_PAGE = 100
# So many countries are named.
MOST_COUNTRIES = 30


class AnswerOfList(TemplateView):
    """What a list answered after a publication, and how the answer has changed since."""

    http_method_names = ["get", "head", "options"]
    # A PastAnswer, or what is asked likewise.
    answered: type[Any]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The answer; 404 for what was never published; a redirect where others were published between."""
        if self.point.number != kwargs["number"]:
            here, query = reverse(self.answered.PAGE, args=[self.point.number]), request.GET.urlencode()
            return redirect(f"{here}{'?' if query else ''}{query}")
        response = super().get(request, *args, **kwargs)
        response.headers["Memento-Datetime"] = http_date(self.point.moment.timestamp())
        response.headers["Link"] = f'<{self.work().current}>; rel="original"'
        return response

    @cached_property
    def point(self) -> Point:
        """The state that the address names. Raises Http404."""
        found = point_at(self.kwargs["number"], self.answered.MADE_OF)
        if found is None:
            raise Http404
        return found

    @cached_property
    def answer(self) -> Any:
        """What is asked of it. Raises Http404 where no answer is kept."""
        try:
            return self.answered(self.point, self.request.GET)
        except TooManyRows as error:
            raise Http404 from error

    @cached_property
    def view_cited(self) -> str:
        """The view of the list that was cited."""
        asked = self.request.GET.get(VIEW, "")
        return asked if asked in self.answered.VIEWS else ""

    def work(self) -> Work:
        """The answer as others cite it."""
        page, title = self.answered.VIEWS[self.view_cited]
        then = self.answer.then
        asked = ((label, value) for label, value, _without in then.active_filters)
        kept = kept_answer(self.answered, then, self.point, self.view_cited)
        query = then.with_todays_addresses().urlencode()
        return work_of_list(str(title), reverse(page), query, asked, kept=kept)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The rows of then, the numbers, and what has changed."""
        answer, then = self.answer, self.answer.then
        pages = Paginator(answer.keys, PER_PAGE)
        page = pages.get_page(self.request.GET.get("page"))
        wrong = [*self.not_understood(), *self._not_understood(page.number)]
        if not wrong:
            self.request.META[KNOWS_QUERY] = True
        self.request.understood = understood(self.request.GET, wrong)  # type: ignore[attr-defined]
        return super().get_context_data(
            answer=answer,
            point=self.point,
            filter=then,
            heading=self.answered.VIEWS[self.view_cited][1],
            current=self.work().current,
            page_obj=page,
            rows=answer.rows([*page.object_list]),
            countries=answer.countries()[:MOST_COUNTRIES],
            since=answer.since(),
            not_understood=shortened(wrong),
            canonical=self.work().path,
            **kwargs,
        )

    def not_understood(self) -> list[tuple[str, str]]:
        """What the questions of the list do not know."""
        return [*self.answer.then.not_understood]

    def _not_understood(self, page: int) -> list[tuple[str, str]]:
        wrong = []
        for name, known in ((VIEW, self.answered.VIEWS), ("page", ("", str(page)))):
            *others, last = self.request.GET.getlist(name) or [""]
            wrong += [(name, value) for value in (*others, *([] if last in known else [last])) if value]
        return wrong


class AnswerOfCases(AnswerOfList):
    """What the list of cases answered."""

    template_name = "cases/answer.html"
    answered = PastAnswerOfCases

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With what became of them, and how long they held where the figures were cited."""
        cases = [self.answer.past.rows[key] for key in self.answer.keys]
        is_of_figures = self.view_cited == "figures"
        return super().get_context_data(
            tally=plots.tally(self.answer.outcomes()),
            panel=plots.panel("", lifetimes.by_the_editors(cases)) if is_of_figures else None,
            **kwargs,
        )


class AnswerOfInitiatives(AnswerOfList):
    """What the list of initiatives answered."""

    template_name = "cases/answer_of_initiatives.html"
    answered = PastAnswerOfInitiatives

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With how many there were on each theme."""
        return super().get_context_data(themes=self.answer.themes(), **kwargs)

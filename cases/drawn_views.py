"""The list of cases, drawn: on a map, on a line of time, in figures; each takes the questions of the list."""

import csv
from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases import lifetimes, maps, plots, timelines
from cases.lists import CaseList
from cases.models import Case, Place
from publishing.languages import PAGE_LANGUAGES, column_in

# So many places stand on the map and in its list, those with most cases first.
MOST_PLACES = 150
# So many cases are read for the curves of how long they held.
MOST_COUNTED = 5000


class CaseMap(CaseList):
    """A dot for each place in which there are cases, and the same in words."""

    template_name = "cases/case_map.html"
    view_cited = "map"
    cited_as = _("Map of the ceasefire cases")
    paginate_by = None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The places with their numbers of cases, and what cannot be drawn."""
        found = self.filterset.qs.order_by().values("pk")
        through = Case.countries.through.objects.filter(case__in=found)
        if chosen := self.filterset.chosen("country"):
            # The link of a place asks for that place alone; others are not what was asked.
            through = through.filter(place__in=chosen)
        counted = through.values("place").annotate(cases=Count("pk")).order_by("-cases", "place")
        numbers = {row["place"]: row["cases"] for row in counted}
        most = [*numbers][:MOST_PLACES]
        named = Place.objects.without_prose().filter(pk__in=most).by_title()
        places = sorted(((one, numbers[one.pk]) for one in named), key=lambda one: -one[1])
        return super().get_context_data(
            heading=self.cited_as,
            map=maps.case_map(places),
            places=places,
            further=len(numbers) - len(places),
            total=found.distinct().count(),
            nowhere=Case.objects.filter(pk__in=found, countries=None).count(),
            unplaced=[(one, number) for one, number in places if one.latitude is None],
            **kwargs,
        )


class CaseTimeline(CaseList):
    """A bar for each case, from its declaration to its end, by country; in pages, as the list is."""

    template_name = "cases/case_timeline.html"
    view_cited = "timeline"
    cited_as = _("Timeline of the ceasefire cases")
    paginate_by = 80

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The bars of the page."""
        context = super().get_context_data(heading=self.cited_as, **kwargs)
        page = context["page_obj"]
        return {
            **context,
            "total": page.paginator.count,
            "timeline": timelines.case_timeline(page.object_list),
        }


class CaseFigures(CaseList):
    """How the cases ended, and how long they held, by the editors and by each dataset."""

    template_name = "cases/case_figures.html"
    view_cited = "figures"
    cited_as = _("What became of the ceasefires")
    paginate_by = None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The tally, and a panel for each coding."""
        found = self.filterset.qs.order_by().values("pk")
        numbers = Case.objects.filter(pk__in=found).order_by().values_list("outcome").annotate(Count("pk"))
        tally = plots.tally(dict(numbers))
        cases = counted_cases(found)
        editors = lifetimes.by_the_editors(cases)
        datasets = lifetimes.by_the_datasets(cases)
        total = sum(bar.number for bar in tally)
        return super().get_context_data(
            heading=self.cited_as,
            total=total,
            tally=tally,
            newest=len(cases) if len(cases) < total else 0,
            editors=plots.panel("", editors),
            datasets=[plots.panel(book.name, coded, editors) for book, coded in datasets.items() if coded],
            **kwargs,
        )


def counted_cases(found: QuerySet) -> list[Case]:
    """Those of the cases that figures count, with what they need of each: of very many, the newest."""
    columns = ("slug", "kind", "review", "declared_on", "in_force_on", "ended_on", "outcome", "outcome_as_of")
    titles = [column_in(language, "title") for language in PAGE_LANGUAGES]
    newest = Case.objects.filter(pk__in=found).newest_first()
    return [*newest.only(*columns, *titles)[:MOST_COUNTED]]


class CaseFiguresAsText(CaseList):
    """What the curves are made of, a line for each case and coding, as CSV."""

    paginate_by = None

    def render_to_response(self, context: dict[str, Any], **options: Any) -> HttpResponse:
        """Addresses and numbers alone, which no spreadsheet takes for a formula.

        A file has no room to say which questions it did not understand: then there is none, and a line of
        text says why.
        """
        if wrong := context["not_understood"]:
            questions = ", ".join(f"{name}={value}" for name, value in wrong)
            text = gettext("This was not understood: %(questions)s") % {"questions": questions}
            return HttpResponse(
                f"{text}\n".encode("utf-8", "replace"), status=400, content_type="text/plain; charset=utf-8"
            )
        answer = HttpResponse(content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = 'attachment; filename="ceasefires-how-long-they-held.csv"'
        lines = csv.writer(answer)
        lines.writerow(["coding", "case", "days", "collapsed", "not_counted_because"])
        cases = counted_cases(self.filterset.qs.order_by().values("pk"))
        datasets = {book.name: lives for book, lives in lifetimes.by_the_datasets(cases).items()}
        for coding, lives in {"editors": lifetimes.by_the_editors(cases), **datasets}.items():
            for one in lives:
                days = ("", "") if one.life is None else (f"{one.life.days:g}", int(one.life.has_ended))
                lines.writerow([coding, one.case.slug, *days, one.reason or ""])
        return answer

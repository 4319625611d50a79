"""Pages of a few cases that the address names, at an address where they stay as they were."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import http_date

from cases.models import Case
from publishing.citing import KeptAnswer, Work
from publishing.models import Entry, OldSlug, Revision
from publishing.old_records import shown_as_they_were
from publishing.past import Point, point_of, records_at
from publishing.requests import KNOWS_QUERY, replayed
from publishing.since import moved_since
from publishing.views.entries import shortened
from publishing.vocabulary import EntryState

CASE = "case"
# So many cases are looked for that an address names.
MOST_READ = 20


def kept_page(name: str, cases: Sequence[Case], query: str) -> KeptAnswer | None:
    """The page of these cases at their newest publication; name: that of the URL of what is kept."""
    newest = Revision.objects.filter(entry__in=[case.pk for case in cases]).order_by("-pk")
    # A case is not what it was where its newest revision is another.
    found = newest.values_list("pk", "created_at").first() if cases else None
    if found is None:
        return None
    number, moment = found
    path = reverse(name, args=[number])
    return KeptAnswer(number, moment.date(), None, None, path, query)


class KeptPage:
    """A page of some cases as they were after a publication, and what has changed in them since.

    It stands before the class of the page in the bases of a view. What other entries say (names of actors,
    sources) is of today. Of a case that is retracted nothing is shown.
    """

    request: Any
    kwargs: Mapping[str, Any]
    page_name: str
    # The name of the URL of this page, and of that of today.
    kept_name = ""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page of then; 404 where none of the cases was public; a redirect from a number between."""
        if self.point.number != kwargs["number"]:
            query = request.GET.urlencode()
            return redirect(f"{reverse(self.kept_name, args=[self.point.number])}?{query}")
        self.request = replayed(request, path=request.path, query=self._query_of_today())
        with shown_as_they_were(self._records.values()):
            response: Any = super().get(self.request, *args, **kwargs)  # type: ignore[misc]
            if hasattr(response, "render"):
                response.render()
        if self._strangers:
            request.META.pop(KNOWS_QUERY, None)
        response.headers["Memento-Datetime"] = http_date(self.point.moment.timestamp())
        response.headers["Link"] = f'<{self._current}>; rel="original"'
        return response

    # --- which cases -----------------------------------------------------------------------------

    @cached_property
    def _entries(self) -> dict[str, Entry]:
        """The cases that the address names, by the address that each had or has."""
        asked = [*dict.fromkeys(self.request.GET.getlist(CASE))][:MOST_READ]
        slugs = [slug for slug in asked if slug and "\0" not in slug]
        old = OldSlug.objects.filter(kind="case", slug__in=slugs).select_related("entry")
        found = {one.slug: one.entry for one in old}
        found |= {one.slug: one for one in Entry.objects.filter(kind="case", slug__in=slugs)}
        return {slug: found[slug] for slug in slugs if slug in found}

    @cached_property
    def retracted(self) -> list[Entry]:
        """Those that are retracted now."""
        return [one for one in self._entries.values() if one.state == EntryState.RETRACTED]

    @cached_property
    def _records(self) -> dict[UUID, Revision]:
        keys = [one.pk for one in self._entries.values() if one.state != EntryState.RETRACTED]
        return records_at(self.kwargs["number"], keys) if keys else {}

    @cached_property
    def point(self) -> Point:
        """When the newest of the cases of then was published. Raises Http404."""
        found = point_of(self._records.values())
        if found is None or not Revision.objects.filter(pk__gte=self.kwargs["number"]).exists():
            raise Http404
        return found

    def _query_of_today(self) -> QueryDict:
        query = self._query_of_then.copy()
        slugs = [one.slug for one in self._entries.values() if one.pk in self._records]
        query.setlist(CASE, [*dict.fromkeys(slugs)])
        return query

    @cached_property
    def _query_of_then(self) -> QueryDict:
        asked: QueryDict = self.request.GET
        return asked

    @cached_property
    def _strangers(self) -> list[tuple[str, str]]:
        """What names no case of then."""
        known = {
            slug for slug, one in self._entries.items() if one.pk in self._records or one in self.retracted
        }
        return [(CASE, slug) for slug in self._query_of_then.getlist(CASE) if slug not in known]

    # --- what the page says ------------------------------------------------------------------------

    @property
    def here(self) -> str:
        """The path of the page."""
        return reverse(self.kept_name, args=[self.point.number])

    @property
    def _current(self) -> str:
        work = self.work()
        return work.current if work else ""

    def work(self) -> Work | None:
        """The page as others cite it; None where nothing is left to cite. Its files ask this alone."""
        if self._query_of_then is self.request.GET:
            self.request = replayed(self.request, path=self.request.path, query=self._query_of_today())
            with shown_as_they_were(self._records.values() if self.point else ()):
                return self._work()
        return self._work()

    def _work(self) -> Work | None:
        found: Work | None = super().work()  # type: ignore[misc]
        return found

    def kept_answer(self) -> KeptAnswer | None:
        """This page."""
        point, query = self.point, self.query_cited()  # type: ignore[attr-defined]
        return KeptAnswer(point.number, point.day, None, None, self.here, query)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With when it was so, and what changed since."""
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        work = self.work()
        return {
            **context,
            "kept": self.point,
            "current": work.current if work else reverse(self.page_name),
            "canonical": work.path if work else self.here,
            "retracted": self.retracted,
            "moved": self._moved(),
            "not_understood": [*context["not_understood"], *shortened(self._strangers)],
        }

    def _moved(self) -> Iterable[Any]:
        """What changed in each case that was published again."""
        before = {key: one.number for key, one in self._records.items()}
        entries = {one.pk: one for one in self._entries.values()}
        again = [one for key, one in entries.items() if key in before and one.revision != before[key]]
        return moved_since("case", again, before, lambda _change: True).values()

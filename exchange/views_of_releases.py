"""The list of all releases, and what changed between two of them."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic.base import TemplateView, View

from exchange import formats, licence
from exchange.differences import Difference, changed_entries, differences
from exchange.listed_releases import about_difference, about_release, citation, newest_first
from exchange.offline.edition_files import hand_in_path
from exchange.problems import not_understood, problem
from publishing.languages import active_language
from publishing.models import ChainHead, Release
from publishing.numbers import parse_number
from publishing.requests import KNOWS_QUERY
from publishing.views.entries import shortened

ENTRIES_ON_A_PAGE, ENTRIES_IN_AN_ANSWER = 25, 100
QUESTIONS = ("from", "to", "page")


class ReleaseList(TemplateView):
    """Every release that was made, the newest first, with its digests and how to cite it."""

    http_method_names = ["get", "head", "options"]
    template_name = "exchange/releases.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The releases, and what of the address was not understood: nothing can be asked here."""
        releases = newest_first()
        wrong = [(name, value) for name, values in self.request.GET.lists() for value in values]
        return super().get_context_data(
            releases=[(one, citation(one)) for one in releases],
            not_understood=shortened(wrong),
            hand_in=hand_in_path(),
            data_address=reverse("exchange:releases-data"),
            **kwargs,
        )


class ReleaseDifference(TemplateView):
    """Which entries came, changed and went between two releases, and which of their fields."""

    http_method_names = ["get", "head", "options"]
    template_name = "exchange/release_difference.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The two releases, by default the newest and the one before it, and a page of entries."""
        asked = Asked(self.request)
        context = {"releases": asked.releases, "not_understood": shortened(asked.not_understood)}
        if not asked.not_understood:
            self.request.META[KNOWS_QUERY] = True
        if asked.first is None or asked.last is None:
            return super().get_context_data(**context, **kwargs)
        after, until = asked.first.until_id, asked.last.until_id
        page = Paginator(changed_entries(after, until), ENTRIES_ON_A_PAGE).get_page(asked.page)
        return super().get_context_data(
            **context,
            first=asked.first,
            last=asked.last,
            data_address=difference_data_address(asked.first, asked.last),
            page_obj=page,
            differences=differences([*page.object_list], after, until),
            **kwargs,
        )


class ReleaseData(View):
    """All releases, or the one of that version, as JSON."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, version: str = "") -> HttpResponse:
        """The digests, counts and citations; 400 for any question, 404 for a version that there is not."""
        if wrong := [(name, value) for name, values in request.GET.lists() for value in values]:
            return not_understood(wrong).answer()
        releases = newest_first()
        described = [
            _about_release(one, before) for one, before in zip(releases, [*releases, None][1:], strict=True)
        ]
        if not version:
            return _sent({**_about(_("Releases"), "exchange:releases"), "releases": described})
        for one in described:
            if one["version"] == version:
                return _sent({**_about(_("Release"), "exchange:releases"), **one})
        return problem(404, _("There is no release of this version."))


class ReleaseDifferenceData(View):
    """What changed between two releases, as JSON; some entries at a time."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        """A page of entries; 400 where the question is not understood, 404 where there are not two."""
        asked = Asked(request)
        if asked.not_understood:
            return not_understood(asked.not_understood).answer()
        request.META[KNOWS_QUERY] = True
        if asked.first is None or asked.last is None:
            return problem(404, _("There are not two releases to compare yet."))
        after, until = asked.first.until_id, asked.last.until_id
        pages = Paginator(changed_entries(after, until), ENTRIES_IN_AN_ANSWER)
        if asked.page > pages.num_pages:
            return not_understood([("page", str(asked.page))]).answer()
        page = pages.page(asked.page)
        return _sent(
            {
                **_about(_("What changed between two releases"), "exchange:release-difference"),
                "from": asked.first.version,
                "to": asked.last.version,
                "count": pages.count,
                "page": page.number,
                "next": difference_data_address(asked.first, asked.last, page.number + 1)
                if page.has_next()
                else None,
                "entries": [_about_difference(one) for one in differences([*page.object_list], after, until)],
            }
        )


def difference_data_address(first: Release, last: Release, page: int = 1) -> str:
    """The address at which the difference of the two is data."""
    asked = {"from": first.version, "to": last.version} | ({"page": str(page)} if page > 1 else {})
    return f"{settings.SITE_URL}{reverse('exchange:release-difference-data')}?{urlencode(asked)}"


def _about(title: str, page: str) -> dict[str, Any]:
    """What an answer says of itself."""
    return {
        "title": title,
        "page": f"{settings.SITE_URL}{reverse(page)}",
        "language": active_language(),
        "head_of_the_chain": ChainHead.objects.get(pk=1).digest,
        "licence": licence.NAME,
        "licence_address": licence.URL,
    }


def _about_release(release: Release, before: Release | None) -> dict[str, Any]:
    return {
        **about_release(release),
        "data": f"{settings.SITE_URL}{reverse('exchange:release-data', args=[release.version])}",
        "since_the_one_before": difference_data_address(before, release) if before else None,
    }


def _about_difference(difference: Difference) -> dict[str, Any]:
    entry = difference.entry
    return {
        "id": str(entry.pk),
        "kind": entry.kind,
        "title": str(entry),
        "page": f"{settings.SITE_URL}{entry.get_absolute_url()}",
        **about_difference(difference),
    }


def _sent(content: dict[str, Any]) -> HttpResponse:
    response = HttpResponse(
        formats.dumped(content).encode("utf-8", "replace"), content_type="application/json"
    )
    response.headers["Link"] = f'<{licence.URL}>; rel="license"'
    response.headers["X-Robots-Tag"] = "noindex"
    return response


class Asked:
    """What the address asks: two releases, the earlier one first, and a page."""

    def __init__(self, request: HttpRequest) -> None:
        self.releases = [*Release.objects.order_by("-until_id")]
        self.not_understood: list[tuple[str, str]] = []
        self._query = request.GET
        by_version = {one.version: one for one in self.releases}
        newest, before = [*self.releases, None, None][:2]
        ends = [
            by_version.get(self._one(name, by_version), other)
            for name, other in (("from", before), ("to", newest))
        ]
        self.first, self.last = self._in_order(ends)
        page = self._one("page", None)
        self.page = parse_number(page or "1", max_digits=6) or 1
        self.not_understood += [*self._others()]

    def _one(self, name: str, known: Any) -> str:
        """The last value of the question, where it is known; the others are not understood."""
        values = [value for value in self._query.getlist(name) if value]
        if not values:
            return ""
        is_known = values[-1] in known if known is not None else parse_number(values[-1], max_digits=6)
        wrong = values[:-1] if is_known else values
        self.not_understood += [(name, value) for value in wrong]
        return values[-1] if is_known else ""

    def _others(self) -> Iterator[tuple[str, str]]:
        for name, values in self._query.lists():
            if name not in QUESTIONS:
                yield from ((name, value) for value in values)

    def _in_order(self, ends: list[Release | None]) -> tuple[Release | None, Release | None]:
        first, last = ends
        if first is not None and last is not None and first.until_id > last.until_id:
            return last, first
        return first, last

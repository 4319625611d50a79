"""The list of all releases, and what changed between two of them."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.views.generic.base import TemplateView

from exchange.offline.places import hand_in_path
from exchange.releases.descriptors import TITLE
from exchange.releases.differences import changed_entries, differences
from publishing.models import Release
from publishing.numbers import parse_number
from publishing.requests import KNOWS_QUERY
from publishing.views.entries import shortened

ENTRIES_ON_A_PAGE = 25
QUESTIONS = ("from", "to", "page")


class ReleaseList(TemplateView):
    """Every release that was made, the newest first, with its digests and how to cite it."""

    http_method_names = ["get", "head", "options"]
    template_name = "exchange/releases.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The releases, and what of the address was not understood: nothing can be asked here."""
        releases = [*Release.objects.select_related("until").defer("until__snapshot")]
        wrong = [(name, value) for name, values in self.request.GET.lists() for value in values]
        return super().get_context_data(
            releases=[(one, citation(one)) for one in releases],
            not_understood=shortened(wrong),
            hand_in=hand_in_path(),
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
            page_obj=page,
            differences=differences([*page.object_list], after, until),
            **kwargs,
        )


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


def citation(release: Release) -> str:
    """How the release is cited: in the language of its files, as an archive would have it."""
    at = (
        f"https://doi.org/{release.doi}"
        if release.doi
        else f"{settings.SITE_URL}/en/releases/#{release.version}"
    )
    return f"Sulh ({release.until.created_at:%Y}). {TITLE}. Release {release.version}. {at}"

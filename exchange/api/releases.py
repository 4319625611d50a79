"""Releases, and what changed between two of them, as programs read them."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from exchange import formats
from exchange.api import encoding
from exchange.api.base import ApiView
from exchange.api.views import ABOUT_PAGES, ListView
from exchange.differences import Difference, changed_entries, differences
from exchange.listed_releases import about_difference, about_release, newest_first
from exchange.problems import Problem, not_understood
from publishing.languages import PAGE_LANGUAGES
from publishing.models import Release


class Releases(ApiView):
    """All releases, or one."""

    def get(self, request: HttpRequest, version: str = "") -> HttpResponse:
        """All of them, the newest first; or the one of that version."""
        self.refuse_strangers(())
        if version:
            return self.sent({**encoding.about(), **_about_release(_from_version(version)[0])})
        return self.sent({**encoding.about(), "items": [_about_release(one) for one in newest_first()]})


class ChangesOfRelease(ListView):
    """Which entries a release has otherwise than an earlier one."""

    def get(self, request: HttpRequest, version: str) -> HttpResponse:
        """A page of them, in the order of their keys; since the release before it where none is named."""
        self.refuse_strangers({"since", *ABOUT_PAGES})
        limit, cursor = self.limit(), self.cursor()
        release, *earlier = _from_version(version)
        before = self._since(earlier)
        after, until = before.until_id if before else 0, release.until_id
        found = changed_entries(after, until).order_by("pk")
        number = found.count()
        entries = [*(found.filter(pk__gt=UUID(cursor.after)) if cursor else found)[: limit + 1]]
        items = [
            formats.dumped(_about_difference(one)).encode()
            for one in differences(entries[:limit], after, until)
        ]
        head = {"number": number, "version": version, "since": before.version if before else None}
        return self.page(head, items, entries[limit - 1].pk if len(entries) > limit else None)

    def _since(self, earlier: list[Release]) -> Release | None:
        """The release to compare with; raises the Problem of one that is not earlier."""
        asked = self.one("since")
        if asked is None:
            return earlier[0] if earlier else None
        for one in earlier:
            if one.version == asked:
                return one
        raise not_understood([("since", asked)])


def _from_version(version: str) -> list[Release]:
    """The release of that version, and those before it, the newest first."""
    releases = newest_first()
    for at, one in enumerate(releases):
        if one.version == version:
            return releases[at:]
    raise Problem(404, _("There is no release of this version."))


def _about_release(release: Release) -> dict[str, Any]:
    here = reverse("api:release", args=[release.version])
    return {
        **about_release(release),
        "url": f"{settings.SITE_URL}{here}",
        "changes": f"{settings.SITE_URL}{here}/changes",
        "pages": {one: _page(one, release) for one in PAGE_LANGUAGES},
    }


def _page(language: str, release: Release) -> str:
    with override(language):
        return f"{settings.SITE_URL}{reverse('exchange:releases')}#{release.version}"


def _about_difference(difference: Difference) -> dict[str, Any]:
    return {"entry": encoding.identity(difference.entry), **about_difference(difference)}

"""Which file of the offline edition each page and each file of the site is."""

import posixpath
import re
from collections.abc import Collection
from urllib.parse import parse_qsl, urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from publishing.languages import PAGE_LANGUAGES
from publishing.models import Entry
from publishing.models.entry import kind_of, kinds

# What the query of a page may be where it is taken along: parts of a list, its other look, open sources.
KEPT_QUERIES = re.compile(r"(?:page=\d{1,6}|as=[a-z]+|sources=open)(?:&(?:page=\d{1,6}|as=[a-z]+))?")
# Files of the site, and what the edition alone has.
FILES, OWN = ("/static/", "/media/"), "/offline/"
OTHER_PAGES = ("cases:map", "cases:timeline", "cases:figures", "portal:changes", "portal:figures")
MORE_PAGES = ("portal:signed-heads", "exchange:codebook", "exchange:releases")


def first_pages() -> list[str]:
    """The paths of the pages that are taken along: in each language lists, entries, and more."""
    lists = [kind.LIST_PAGE for kind in kinds().values() if kind.LIST_PAGE]
    paths = []
    for language in PAGE_LANGUAGES:
        with override(language):
            paths += [reverse(name) for name in ("portal:home", *lists, *OTHER_PAGES, *MORE_PAGES)]
            for entry in _entries():
                paths.append(entry.get_absolute_url())
                if not kind_of(entry).IS_REFERENCE:
                    paths.append(entry.get_history_url())
    return [*dict.fromkeys(paths)]


def _entries() -> Collection[Entry]:
    return Entry.objects.in_sight().order_by("kind", "slug").only("kind", "slug")


class EditionFiles:
    """The pages that the edition has, and the file of each."""

    def __init__(self, paths: Collection[str], own: Collection[str]) -> None:
        self._pages = {*paths, *own}
        self._own = {*own}
        self._door = _paths_of_the_door()

    def of_page(self, address: str) -> str:
        """The file of the page, from the folder of the edition; "" of one that is not taken along."""
        asked = urlsplit(address)
        if asked.path not in self._pages:
            return ""
        folder = asked.path.strip("/")
        if not asked.query:
            return f"{folder}/index.html"
        if asked.path in self._own or not KEPT_QUERIES.fullmatch(asked.query):
            return ""
        name = "-".join(f"{name}-{value}" for name, value in parse_qsl(asked.query))
        return f"{folder}/{name}.html"

    def of_file(self, address: str) -> str:
        """The file of a style sheet, a picture, a typeface or a script; "" of anything else."""
        path = urlsplit(address).path
        return path.strip("/") if path.startswith((*FILES, OWN)) else ""

    def of_proposal(self, path: str) -> tuple[str, str]:
        """Of a form of the public door: the page on which a correction is written, and which form it is."""
        for door, page in self._door.items():
            if path.startswith(door):
                return page, path.removeprefix(door).strip("/")
        return "", ""


def hand_in_path() -> str:
    """Where corrections written offline are handed in, in the active language; "" without a door."""
    return reverse(f"{settings.PUBLIC_DOOR}:hand-in") if settings.PUBLIC_DOOR else ""


def _paths_of_the_door() -> dict[str, str]:
    if not settings.PUBLIC_DOOR:
        return {}
    found = {}
    for language in PAGE_LANGUAGES:
        with override(language):
            example = reverse(f"{settings.PUBLIC_DOOR}:propose_new", args=["kind"])
            found[example.removesuffix("kind/")] = hand_in_path()
    return found


def relative_address(start: str, end: str) -> str:
    """The relative address of a file, as seen from another.

    >>> relative_address("en/cases/index.html", "static/css/tokens.css")
    '../../static/css/tokens.css'
    >>> relative_address("en/index.html", "en/index.html")
    'index.html'
    """
    return posixpath.relpath(end, posixpath.dirname(start))

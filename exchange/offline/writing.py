"""Writes the offline edition into a folder."""

import hashlib
import json
import re
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urljoin

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override

from exchange.offline.asking import Site, resolved_request
from exchange.offline.edition_files import OWN, EditionFiles, first_pages, hand_in_path
from exchange.offline.rewriting import Rewriter
from exchange.offline.searching import search_scripts
from publishing.languages import PAGE_LANGUAGES
from publishing.models import ChainHead, Revision

MANIFEST, START = "manifest.json", "index.html"
FILES_OF_STYLES = re.compile(r"url\(\s*[\"']?([^\"')]+)[\"']?\s*\)")
LICENCE_OF_SEARCH = "/static/offline/minisearch.LICENSE.txt"

Report = Callable[[int, int], None]


class PublishedMeanwhile(Exception):
    """Something was published while the edition was written."""


class Bundle(NamedTuple):
    """What was written: the head of the chain, and how much it is."""

    head: str
    pages: int
    files: int
    size: int


def write_bundle(folder: Path, report: Report = lambda _done, _all: None) -> Bundle:
    """Write all of it into the empty folder. Raises FileExistsError, NotAnswered and PublishedMeanwhile.

    report: is called after each page with how many are written, and how many are known.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise FileExistsError(f"{folder} is not empty")
    return Edition(folder).write(report)


class Edition:
    """One edition while it is written: which pages and files it has, and which are still to come."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._site = folder, Site()
        self._head = _head()
        self._own = _own_pages()
        paths = first_pages()
        self._edition = EditionFiles(paths, [*self._own])
        self._waiting = deque([*paths, *self._own])
        self._pages = {*self._waiting}
        self._files: dict[str, None] = {LICENCE_OF_SEARCH: None}
        self._digests: dict[str, str] = {}
        self._size = 0

    def write(self, report: Report) -> Bundle:
        """Write pages, then the files that they need, last the first page and what all of it is."""
        written = 0
        while self._waiting:
            self._write_page(self._waiting.popleft())
            written += 1
            report(written, len(self._pages))
        self._write_start()
        for language, script in search_scripts(PAGE_LANGUAGES).items():
            self._write(_index_of(language).strip("/"), script)
        self._write_files()
        if _head() != self._head:
            raise PublishedMeanwhile("somebody published while it was written")
        bundle = Bundle(self._head, written + 1, len(self._digests), self._size)
        manifest = {
            "site": settings.SITE_URL,
            "head": self._head,
            "pages": bundle.pages,
            "files": self._digests,
        }
        self._write(MANIFEST, json.dumps(manifest, indent=1, sort_keys=True).encode() + b"\n")
        return bundle

    def _write_page(self, address: str) -> None:
        file = self._edition.of_page(address)
        html = self._own[address]() if address in self._own else self._site.get(address).body.decode()
        self._write(file, self._rewritten(address, file, html).encode())

    def _rewritten(self, address: str, file: str, html: str) -> str:
        with override(address.split("/")[1]):
            page = Rewriter(address, file, self._edition)
            page.feed(html)
            page.close()
        new = [one for one in page.pages if one not in self._pages]
        self._pages.update(new)
        self._waiting.extend(new)
        self._files.update(page.files)
        return page.html

    def _write_start(self) -> None:
        """The first page, where a language is chosen."""
        newest = Revision.objects.order_by("pk").last()
        language = PAGE_LANGUAGES[0]
        with override(language):
            doors = [(one, f"/{one}/") for one in PAGE_LANGUAGES]
            moment = None if newest is None else newest.created_at
            context = {"doors": doors, "moment": moment, "head": self._head}
            html = render_to_string("exchange/offline/start.html", context, resolved_request(f"/{language}/"))
        self._write(START, self._rewritten(f"/{language}/", START, html).encode())

    def _write_files(self) -> None:
        """Style sheets, pictures, typefaces and scripts, and what the style sheets need."""
        waiting = deque(path for path in self._files if not path.startswith(OWN))
        known = {*waiting}
        while waiting:
            path = waiting.popleft()
            answer = self._site.get(path)
            self._write(self._edition.of_file(path), answer.body)
            if answer.media_type == "text/css":
                needed = {urljoin(path, one) for one in FILES_OF_STYLES.findall(answer.body.decode())}
                new = sorted(one for one in needed - known if self._edition.of_file(one))
                known.update(new)
                waiting.extend(new)

    def _write(self, name: str, content: bytes) -> None:
        path = self._folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        self._digests[name] = hashlib.sha256(content).hexdigest()
        self._size += len(content)


def _head() -> str:
    return ChainHead.objects.get(pk=1).digest


def _index_of(language: str) -> str:
    return f"{OWN}search-{language}.js"


def _own_pages() -> dict[str, Callable[[], str]]:
    """The pages that are rendered for the edition, by path, each with what renders it."""
    pages: dict[str, Callable[[], str]] = {}
    for language in PAGE_LANGUAGES:
        with override(language):
            templates = {reverse("portal:search"): "search", hand_in_path(): "correct"}
        for path, name in templates.items():
            if path:
                pages[path] = _rendered(name, path, language)
    return pages


def _rendered(name: str, path: str, language: str) -> Callable[[], str]:
    def render() -> str:
        context = {"index": _index_of(language), "online": f"{settings.SITE_URL}{path}"}
        with override(language):
            return render_to_string(f"exchange/offline/{name}.html", context, resolved_request(path))

    return render

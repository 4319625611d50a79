"""The pages that all processes share, where there is Redis; without it each keeps its own."""

import hashlib
import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from django.conf import settings
from django.core.cache.backends.base import BaseCache

from portal.page_cache.pages import MAX_WAIT, Address, KeptPage
from publishing.limits import errors_of_redis

Answer = TypeVar("Answer")

log = logging.getLogger(__name__)

# Seconds for which a page is there that nobody asks for.
KEPT_SECONDS = 24 * 60 * 60
# Seconds between two looks whether the page is rendered.
PAUSE = 0.02


class NotShared:
    """What a process does that has no other beside it, or no Redis."""

    def get(self, address: Address) -> KeptPage | None:
        """No page."""
        return None

    def put(self, address: Address, page: KeptPage) -> None:
        """Do nothing."""

    @contextmanager
    def turn(self, address: Address) -> Iterator[None]:
        """Go on at once."""
        yield


class SharedPages(NotShared):
    """Pages in a cache of Django; where it does not answer, each process goes on by itself."""

    def __init__(self, cache: BaseCache, release: str) -> None:
        """release: what tells pages of this release from those of another, which kept them otherwise."""
        self.cache, self._release = cache, release
        self._errors = errors_of_redis()

    def get(self, address: Address) -> KeptPage | None:
        """The page that some process rendered, if it is kept."""
        page = self._asked(lambda: self.cache.get(self._key(address)), None)
        return page if isinstance(page, KeptPage) else None

    def put(self, address: Address, page: KeptPage) -> None:
        """Give the page to the other processes."""
        self._asked(lambda: self.cache.set(self._key(address), page, KEPT_SECONDS), None)

    @contextmanager
    def turn(self, address: Address) -> Iterator[None]:
        """Let one process at a time go on; whoever has waited for MAX_WAIT goes on all the same."""
        key = f"{self._key(address)}-turn"
        end = time.monotonic() + MAX_WAIT
        while not (is_mine := self._asked(lambda: self.cache.add(key, 1, MAX_WAIT), True)):
            if time.monotonic() > end:
                break
            time.sleep(PAUSE)
        try:
            yield
        finally:
            if is_mine:
                self._asked(lambda: self.cache.delete(key), None)

    def _asked(self, ask: Callable[[], Answer], otherwise: Answer) -> Answer:
        try:
            return ask()
        except self._errors as error:
            log.warning("the cache of all processes does not answer: %s", error)
            return otherwise

    def _key(self, address: Address) -> str:
        return f"page-{self._release}-{hashlib.sha256(repr(tuple(address)).encode()).hexdigest()[:40]}"


def release() -> str:
    """What tells this release and these settings from others: a digest of all files that make pages."""
    found = hashlib.sha256(repr((settings.SITE_URL, settings.PUBLIC_DOOR)).encode())
    folders = [settings.ROOT / app for app in settings.INSTALLED_APPS if (settings.ROOT / app).is_dir()]
    files = [file for folder in (*folders, *settings.LOCALE_PATHS) for file in folder.rglob("*.[pm][yo]")]
    files += [*(settings.ROOT / "templates").rglob("*.*"), settings.STATIC_ROOT / "staticfiles.json"]
    for file in sorted(files):
        found.update(file.read_bytes() if file.exists() else b"")
    return found.hexdigest()[:20]

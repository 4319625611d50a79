"""Where failed sign-ins and requests for data are counted: files that all processes of a machine share."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.filebased import FileBasedCache
from django.db import OperationalError


class CountsInFiles(FileBasedCache):
    """Django's cache of files, in which `add` and `incr` are one step for all threads and processes.

    django-allauth counts inside a lock that it takes with `add`; Django's own lets two take it at once.
    """

    def add(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Store it if there is nothing under the key; whether it was stored."""
        with self._alone():
            return super().add(key, value, timeout, version)

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> int:
        """Add to the count: of two at once, none is lost. Raises ValueError if there is none."""
        with self._alone():
            return super().incr(key, delta, version)

    def set(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        """Store it; a disk that is full is answered as a database is that cannot write."""
        try:
            super().set(key, value, timeout, version)
        except OSError as error:
            raise OperationalError(f"nothing can be counted: {error}") from error

    def _cull(self) -> None:
        """Make room, of what has expired first: a count that still holds is given up last."""
        files = self._list_cache_files()  # type: ignore[attr-defined]
        if len(files) < self._max_entries:
            return
        for name in files:
            self._delete_expired(name)
        super()._cull()  # type: ignore[misc]

    def _delete_expired(self, name: str) -> None:
        try:
            with open(name, "rb") as file:
                self._is_expired(file)  # type: ignore[attr-defined]
        except FileNotFoundError:
            # Somebody else was faster.
            return

    @contextmanager
    def _alone(self) -> Iterator[None]:
        try:
            self._createdir()  # type: ignore[attr-defined]
            path = os.path.join(self._dir, "lock")  # type: ignore[attr-defined]
            lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise OperationalError(f"nothing can be counted: {error}") from error
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)

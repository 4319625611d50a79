"""The language of a request and where its addresses begin, kept in its thread and nowhere else."""

import threading
from types import ModuleType

from django.urls import base
from django.utils.translation import trans_real

# Where Django keeps each of them: read some hundred times for a page.
KEPT: tuple[tuple[ModuleType, str], ...] = (
    (trans_real, "_active"),
    (base, "_urlconfs"),
    (base, "_prefixes"),
)


def keep_in_threads() -> None:
    """Let Django keep them as it did before it knew asynchronous code, of which there is none here.

    Its own storage looks for whoever might have handed work to this thread, behind a lock: to read from it
    takes ten times as long.
    """
    for module, name in KEPT:
        before = getattr(module, name)
        if isinstance(before, threading.local):
            continue
        plain = threading.local()
        if hasattr(before, "value"):
            plain.value = before.value
        setattr(module, name, plain)

"""No text that somebody sends makes a regular expression look at it again and again: one would hold a whole process."""

import pkgutil
import re
import time
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import Any

from django.conf import settings

# What is repeated, what comes before it and what behind: so that a pattern begins often, and never ends.
REPEATED = [
    *(
        " ",
        "\n",
        "-",
        ".",
        "[",
        "(",
        '"',
        "a",
        "A",
        "1",
        "م",
        "\u0301",
        "\u200f",
        "\u202e",
        "\u00a0",
        "\\",
        "{",
    ),
    *(
        "a.",
        "a-",
        "a/",
        "1.",
        "1,",
        "1 ",
        " a",
        "A/",
        "[a",
        "](",
        "a\n",
        "\n ",
        '""',
        "a@",
        "http://",
        "10.1234/",
    ),
]
AROUND = [("", ""), ("[", "\0")]
LENGTH = 3_000
# Seconds for one text: what looks at each letter once takes a thousandth.
MOST_SECONDS = 0.015
# Asked of the beginning of a text alone; all others are looked for at every place of it.
AT_THE_BEGINNING = {
    "imports.sheets.INDEX",
    "portal.page_cache.changes.WRITES",
    "publishing.fields.written_dates.SHORT_YEAR",
    "sources.identifiers.ANY_SYMBOL",
    "sources.locators.RECORD",
    "sources.page_metadata.DAY",
}
# What Django writes, what runs where it is imported, and what needs a client that few have.
UNREAD = {"migrations", "__main__", "wsgi", "metrics"}


def patterns() -> dict[str, re.Pattern[Any]]:
    """Each pattern that a module of ours keeps, by its name."""
    found: dict[str, re.Pattern[Any]] = {}
    for module in _modules():
        for name, value in vars(module).items():
            for one in _patterns_in(value):
                found.setdefault(f"{module.__name__}.{name} {one.pattern[:60]!r}", one)
    return found


def _modules() -> Iterator[Any]:
    for app in [*settings.INSTALLED_APPS, "config", "search"]:
        if (settings.ROOT / app).is_dir():
            package = import_module(app)
            yield package
            for one in pkgutil.walk_packages(package.__path__, f"{app}."):
                if not UNREAD.intersection(one.name.split(".")):
                    yield import_module(one.name)


def _patterns_in(value: Any) -> Iterable[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, (tuple, list)):
        for one in value:
            yield from _patterns_in(one)
    elif isinstance(value, dict):
        yield from _patterns_in([*value.values()])


def seconds(ask: Callable[[Any], Any], text: str | bytes) -> float:
    """The least that it takes to ask it of the text."""
    taken = []
    for _try in range(3):
        began = time.thread_time()
        ask(text)
        taken.append(time.thread_time() - began)
        if taken[-1] < MOST_SECONDS:
            break
    return min(taken)


def _whole(text: str, is_of_bytes: bool) -> str | bytes:
    return text.encode() if is_of_bytes else text


def slow_texts(name: str, pattern: re.Pattern[Any]) -> list[tuple[str, str, str]]:
    """What it takes too long for."""
    ask: Any = pattern.match if name.partition(" ")[0] in AT_THE_BEGINNING else pattern.findall
    is_of_bytes = isinstance(pattern.pattern, bytes)
    return [
        (before, one, behind)
        for one in REPEATED
        for before, behind in AROUND
        if seconds(ask, _whole(f"{before}{one * (LENGTH // len(one))}{behind}", is_of_bytes)) > MOST_SECONDS
    ]


def test_the_time_that_a_pattern_takes_grows_as_its_text_does() -> None:
    slow = {name: texts[:3] for name, one in patterns().items() if (texts := slow_texts(name, one))}

    assert slow == {}

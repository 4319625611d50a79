"""Which files of ours a request passes through, and which of them docs/architecture.md names."""

import re
import sys
from collections.abc import Callable, Iterator
from inspect import CO_OPTIMIZED
from types import FrameType
from typing import Any

from config.env import ROOT

FILE = re.compile(r"`([a-z_]+/[a-z_/]*(?:\.py)?)`")


def visited(request: Callable[[], Any]) -> tuple[list[str], Any]:
    """The files of ours in which a function runs, in the order of the first call, and the answer."""
    found: dict[str, None] = {}
    ours = f"{ROOT}/"

    def note(frame: FrameType, event: str, _argument: Any) -> None:
        code, name = frame.f_code, frame.f_code.co_filename
        # What runs while a module is imported is no function.
        if event == "call" and name.startswith(ours) and code.co_flags & CO_OPTIMIZED:
            found[name.removeprefix(ours)] = None

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        answer = request()
    finally:
        sys.setprofile(before)
    return [name for name in found if not name.startswith(("tests/", ".venv/"))], answer


def named_in(heading: str) -> list[str]:
    """The files and folders that the steps below the heading name, each once, in their order."""
    steps = (line for line in _section(heading) if re.match(r"\d+\. |   ", line))
    return list(dict.fromkeys(name for line in steps for name in FILE.findall(line)))


def used_by_steps(heading: str) -> tuple[str, ...]:
    """The files and folders in the table below the heading."""
    rows = (line for line in _section(heading) if line.startswith("|"))
    return tuple(name for row in rows for name in FILE.findall(row.split("|")[1]))


def _section(heading: str) -> Iterator[str]:
    text = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    return iter(text.split(f"\n## {heading}\n")[1].split("\n## ")[0].splitlines())

"""Writes docs/benchmarks.md: what each goal says, what was measured, whether it is reached."""

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.benchmarks.drawing import drawing
from tests.benchmarks.lines import Lines
from tests.benchmarks.measuring import Measurement

GOALS = Path(__file__).with_name("goals.toml")
NOT_MEASURED = "not measured"
OPENING = """\
# Benchmarks

Written by `make bench`: the goals, and what was measured. Each measurement is a line of
[benchmarks.jsonl](benchmarks.jsonl); the goals, and why one is not reached, stand in
[tests/benchmarks/goals.toml](../tests/benchmarks/goals.toml). Change that, not this page.
"""
METHOD = """\
## How it was measured

* Casebooks of synthetic cases (`manage.py make_cases`, 17 rows a case, in three languages) beside the starter content,
  served by `manage.py run` on SQLite. They are kept under `var/benchmarks/`.
* Time is CPU time, user and system, of all processes and threads that serve (the worker apart), as the kernel's
  scheduler counts it, divided by the requests. On a machine with other work it grows less than seconds on the clock,
  and ratios hardly at all: the bare view took BARE here. Of seconds on the clock the shortest of several tries counts.
* "Bare" is a Django view that returns the same bytes from memory, behind the middleware that `startproject` writes,
  under the same server with the same options. All that is compared with it takes turns with it in shuffled rounds of
  one run. Of each the quickest round counts, since other work on the machine only ever adds time. The view measured
  against itself is the control.
* Pages are asked for over a connection that stays open, with `Accept-Encoding: br, gzip`. Kept pages are of the
  smallest casebook; rendered ones are measured with `PAGE_CACHE_MEGABYTES=0`, at each size, without the first request.
* The list as CSV is that of all cases, in all columns. A dataset of ceasefires, made up, is read into proposals, two
  rows of each; of these some are accepted, as a moderator would accept them all.
* Publications are corrections of different cases through `publishing.actions`, by two processes of four threads, when the
  worker has done what waited at the start.
* A change of something else is the number that each publication leaves (decision 29).

`make bench` measures all; `SIZES=1000,10000` chooses the sizes, `ONLY=warm,cold` the groups of figures.
"""


@dataclass(frozen=True)
class Row:
    """One limit of a goal, and what was measured of it."""

    text: str
    said: str
    verdict: str
    is_reached: bool | None


def goals() -> list[dict[str, Any]]:
    """The goals of the file."""
    found: list[dict[str, Any]] = tomllib.loads(GOALS.read_text(encoding="utf-8"))["goal"]
    return found


def write_report(lines: Lines, folder: Path) -> None:
    """Write the page and the drawing."""
    (folder / "benchmarks.md").write_text(page(lines), encoding="utf-8")
    (folder / "benchmarks.svg").write_text(drawing(lines), encoding="utf-8")


def page(lines: Lines) -> str:
    """The whole page."""
    bare = min((one.value for one in lines.of("bare view")), default=0)
    method = METHOD.replace("BARE", f"{number(bare)} ms")
    parts = [OPENING, _machine(lines), _goals(lines), method, _growth(lines), _kept(lines)]
    return "\n".join(parts)


# --- goals ------------------------------------------------------------------------------------


def _goals(lines: Lines) -> str:
    rows, whys = [], []
    for number, goal in enumerate(goals(), start=1):
        judged = judge(goal, lines)
        rows.append(
            f"| {number} | {goal['what']} | {_listed(one.text for one in judged)}"
            f" | {_listed(one.said for one in judged)} | {_listed(one.verdict for one in judged)} |"
        )
        if any(one.is_reached is False for one in judged) and goal.get("why"):
            whys.append(f"* **{number}, {goal['what']}**: {goal['why']}")
    head = "| | what | goal | measured | |\n|---|---|---|---|---|\n"
    reasons = f"\n## Why some are not reached\n\n{chr(10).join(whys)}\n" if whys else ""
    return f"## The goals\n\n{head}{chr(10).join(rows)}\n{reasons}"


def _listed(several: Iterable[str]) -> str:
    return "<br>".join(several)


def judge(goal: dict[str, Any], lines: Lines) -> list[Row]:
    """The rows of a goal."""
    if not goal.get("built", True):
        return [Row(goal["goal"], NOT_MEASURED, "not built", None)]
    if where := goal.get("elsewhere"):
        return [Row(goal["goal"], NOT_MEASURED, f"elsewhere: {where}", None)]
    return [_judged(limit, lines) for limit in goal["limits"]]


def _judged(limit: dict[str, Any], lines: Lines) -> Row:
    found = [
        one
        for one in lines.of(limit["figure"])
        if one.page == limit.get("page", one.page) and one.size == limit.get("at", one.size)
    ]
    if not found:
        return Row(limit["text"], NOT_MEASURED, NOT_MEASURED, None)
    is_least = "least" in limit
    bound = float(limit["least"] if is_least else limit["most"])
    worst = (min if is_least else max)(found, key=lambda one: one.value)
    is_reached = worst.value >= bound if is_least else worst.value <= bound
    return Row(
        limit["text"], _said(found, worst, lines), _verdict(is_reached, worst.value, bound), is_reached
    )


def _verdict(is_reached: bool, value: float, bound: float) -> str:
    if is_reached:
        return "reached"
    small, large = sorted((value, bound))
    return f"**missed: {large / small:.1f} ×**" if small else "**missed**"


def _said(found: Sequence[Measurement], worst: Measurement, lines: Lines) -> str:
    values = sorted(one.value for one in found)
    said = f"{number(values[0])} to {number(values[-1])}" if len(found) > 1 else number(values[0])
    sizes = {one.size for one in lines.of(worst.figure)}
    where = [worst.page] if worst.page and len(found) > 1 else []
    where += [f"{worst.size:,} cases"] if len(sizes) > 1 and len({one.size for one in found}) > 1 else []
    return f"{said} {worst.unit}" + (f" ({', '.join(where)})" if where else "")


def number(value: float) -> str:
    """The value as people write it, with two or three figures that count."""
    if value == int(value) or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


# --- what it was measured on --------------------------------------------------------------------


def _machine(lines: Lines) -> str:
    said = []
    for run in lines.runs.values():
        versions = ", ".join(f"{name} {version}" for name, version in run.versions.items())
        said.append(
            (f"{run.machine}. {versions}.", f"{run.group} ({run.at[:16].replace('T', ' ')}, load {run.load})")
        )
    machines: dict[str, list[str]] = {}
    for machine, group in said:
        machines.setdefault(machine, []).append(group)
    told = "\n".join(f"* {machine} Groups: {', '.join(groups)}." for machine, groups in machines.items())
    return f"Measured on:\n\n{told}\n"


# --- growth -----------------------------------------------------------------------------------


def _growth(lines: Lines) -> str:
    parts = ["## Growth by the number of cases", "", "![CPU time by the number of cases](benchmarks.svg)", ""]
    for title, figure, size_figure in (
        ("Pages of entries, rendered", "entries: CPU", "entries: size"),
        ("Lists of cases, rendered", "lists: CPU", "lists: size"),
        ("Other public pages, rendered", "others: CPU", "others: size"),
        ("The desk", "desk: CPU", ""),
    ):
        if table := _table(lines, figure, size_figure):
            parts += [f"{title}: ms of CPU{', kB before compression' if size_figure else ''}.", "", table, ""]
    return "\n".join(parts)


def _table(lines: Lines, figure: str, size_figure: str) -> str:
    found = {(one.page, one.size): one.value for one in lines.of(figure)}
    heavy = {(one.page, one.size): one.value for one in lines.of(size_figure)}
    sizes = sorted({size for _page, size in found})
    rows = [f"| | {' | '.join(f'{size:,}' for size in sizes)} |", f"|---|{'---|' * len(sizes)}"]
    for name in dict.fromkeys(page for page, _size in found):
        cells = [_cell(found.get((name, size)), heavy.get((name, size))) for size in sizes]
        rows.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(rows) if found else ""


def _cell(milliseconds: float | None, kilobytes: float | None) -> str:
    if milliseconds is None:
        return ""
    return number(milliseconds) + (f", {kilobytes:.0f} kB" if kilobytes is not None else "")


# --- kept pages -------------------------------------------------------------------------------


def _kept(lines: Lines) -> str:
    figures = (
        "warm",
        "unchanged",
        "behind nginx",
        "behind nginx that keeps pages",
        "asked again",
        "bare again",
        "server alone",
    )
    found = {(one.figure, one.page): one.value for one in lines.of("bare view")}
    for figure in figures:
        found |= {(one.figure, one.page): one.value for one in lines.of(figure)}
    names = dict.fromkeys(page for _figure, page in found)
    rows = [
        "| | bare, ms | kept | 304 | nginx | nginx that keeps pages | asked again, of rendering | control: bare again | waitress alone |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for name in names:
        cells = [found.get((figure, name)) for figure in ("bare view", *figures)]
        rows.append(f"| {name} | {' | '.join('' if one is None else number(one) for one in cells)} |")
    return "\n".join(["## Kept pages, as ratios to the bare view", "", *rows, ""])

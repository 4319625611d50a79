"""The whole benchmark with twenty cases and few rounds, so that it keeps working."""

import json
import multiprocessing
import re
import sqlite3
import xml.etree.ElementTree
from contextlib import closing
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from tests.benchmarks import cold, desk, in_bulk, serving
from tests.benchmarks.__main__ import main
from tests.benchmarks.casebooks import Casebook
from tests.benchmarks.lines import Lines
from tests.benchmarks.measuring import Measurement, ratio
from tests.benchmarks.report import goals, judge
from tests.benchmarks.servers import NGINX
from tests.factories import an_account

CASES = 20
QUICKLY = ["--without-starter", "--rounds=4", "--quick=2", "--slow=1", "--seconds=1"]


@pytest.fixture
def casebooks(tmp_path: Path, settings: Any) -> Path:
    """The folder of a casebook of twenty cases, made from the tests' own tables: migrations take longer."""
    settings.DEVELOPMENT = True
    an_account("admin", is_staff=True, is_superuser=True)
    call_command("make_cases", CASES)
    with (
        closing(sqlite3.connect(connection.settings_dict["NAME"])) as tables,
        closing(sqlite3.connect(tmp_path / f"{CASES}.sqlite3")) as copy,
    ):
        tables.backup(copy)
    return tmp_path


# What is done inside a casebook without serving it: in a copy of this process, which has all loaded that it needs.
INSIDE = ("queries", "queries at the desk", "bytes", "faults", "refuse", "export", "bring")


@pytest.fixture
def quick_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is loaded again, and nothing tried again, which only steadies figures."""
    loaded_anew, processes = Casebook.inside, multiprocessing.get_context("fork")

    def inside(casebook: Casebook, what: str, *arguments: Any) -> Any:
        if what not in INSIDE:
            return loaded_anew(casebook, what, *arguments)
        answers = processes.SimpleQueue()
        one = processes.Process(target=answer, args=(casebook, what, arguments, answers))
        one.start()
        found = answers.get()
        one.join()
        return json.loads(found)

    monkeypatch.setattr(Casebook, "inside", inside)
    for module, name in ((cold, "ROUNDS"), (desk, "TRIES"), (serving, "STARTS"), (in_bulk, "ROUNDS")):
        monkeypatch.setattr(module, name, 1)


def answer(casebook: Casebook, what: str, arguments: tuple, answers: Any) -> None:
    """Put what a function of inside.py returns into the queue."""
    found = "null"
    try:
        connection.settings_dict["NAME"] = str(casebook.database)
        connection.connect()
        functions = import_module("tests.benchmarks.inside").FUNCTIONS
        found = json.dumps(functions[what](*json.loads(json.dumps(arguments))))
    finally:
        answers.put(found)


@pytest.mark.django_db(transaction=True)
@pytest.mark.one_database
@pytest.mark.usefixtures("quick_processes")
def test_it_measures_every_goal_and_finds_that_a_view_takes_as_long_as_itself(casebooks: Path) -> None:
    main([f"--sizes={CASES}", f"--casebooks={casebooks}", f"--to={casebooks}", *QUICKLY])

    lines = Lines(casebooks / "benchmarks.jsonl")
    page = (casebooks / "benchmarks.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d+) \| (.+?) \|", page, re.MULTILINE)
    assert [name for _number, name in rows] == [goal["what"] for goal in goals()]
    assert not_measured(lines) == set()
    [control] = lines.of("bare again")
    # A crowded machine disturbs either; a view that were measured wrongly would be off by more.
    assert 0.4 < control.value < 2.5
    [rendered, kept] = [
        next(one.value for one in lines.of(figure) if one.page.startswith("case"))
        for figure in ("entries: CPU and bare", "warm")
    ]
    assert rendered > 4 * kept
    drawn = xml.etree.ElementTree.fromstring((casebooks / "benchmarks.svg").read_text(encoding="utf-8"))  # noqa: S314 (made here)
    assert len(drawn.findall(".//{*}polyline")) >= 5


def not_measured(lines: Lines) -> set[str]:
    """The figures of goals of which nothing was measured, though this run could."""
    missing = set()
    for limit in (one for goal in goals() for one in goal.get("limits", [])):
        could = ("growth" not in limit["figure"]) and ("nginx" not in limit["figure"] or NGINX)
        if could and not lines.of(limit["figure"]):
            missing.add(limit["figure"])
    return missing


GOAL = {"what": "a page", "limits": [{"figure": "a", "most": 3.0, "text": "3"}]}


@pytest.mark.parametrize(
    "goal, values, verdict",
    [
        (GOAL, [1, 3], "reached"),
        (GOAL, [1, 6], "**missed: 2.0 ×**"),
        (GOAL, [], "not measured"),
        ({**GOAL, "limits": [{"figure": "a", "least": 10.0, "text": "10"}]}, [5, 20], "**missed: 2.0 ×**"),
        ({**GOAL, "limits": [{"figure": "a", "most": 0, "text": "none"}]}, [1], "**missed**"),
        ({**GOAL, "limits": [{"figure": "a", "most": 1, "at": 10, "text": "1"}]}, [5], "not measured"),
        ({"what": "a page", "built": False, "goal": "3"}, [1], "not built"),
    ],
    ids=["reached", "missed", "nothing", "too-few", "none-allowed", "another-size", "not-built"],
)
def test_a_goal_is_judged_by_the_worst_that_was_measured(
    goal: dict[str, Any], values: list[float], verdict: str, tmp_path: Path
) -> None:
    lines = Lines(tmp_path / "lines")
    lines.measured["group"] = [Measurement("a", f"page {value}", 20, value, "ms") for value in values]

    assert [one.verdict for one in judge(goal, lines)] == [verdict]


def test_a_ratio_is_that_of_the_quickest_rounds() -> None:
    assert ratio([6.0, 90.0, 7.0], [4.0, 2.0, 3.0]) == 3.0

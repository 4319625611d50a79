"""The lock files: complete, with hashes, and without addresses of package indexes."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from config.bootstrap import LOCKS
from config.env import ROOT

PROJECT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
DEPENDENCIES = tomllib.loads(PROJECT)["project"]["dependencies"]
GROUPS = tomllib.loads(PROJECT)["dependency-groups"]
REQUIRED = {
    "runtime": DEPENDENCIES,
    "development": [*DEPENDENCIES, *GROUPS["dev"]],
    "postgresql": GROUPS["postgresql"],
    "redis": GROUPS["redis"],
    "metrics": GROUPS["metrics"],
}
# name==version, an optional marker, hashes, and then who needs it, each on a line of its own.
LOCKED = re.compile(
    r"^(?P<name>[A-Za-z0-9._-]+)(?:\[[a-z,]+\])?==(?P<version>\S+)(?: ; [^\\\n]+)?"
    r"(?: \\\n    --hash=sha256:[0-9a-f]{64})+(?:\n    # .+)+$",
    re.MULTILINE,
)
COMMENT = re.compile(r"^#.*$", re.MULTILINE)

each_lock = pytest.mark.parametrize("purpose", LOCKS)


@each_lock
def test_every_direct_dependency_is_locked(purpose: str) -> None:
    assert set(names(REQUIRED[purpose])) <= versions(LOCKS[purpose]).keys()


def test_every_direct_dependency_says_why_it_is_there() -> None:
    without_reason = re.findall(r'^    "([a-z][^"]*)",[ ]*$', PROJECT.split("# --- Python")[0], re.MULTILINE)

    assert without_reason == []


@each_lock
def test_a_lock_holds_packages_with_hashes_and_comments_and_nothing_else(purpose: str) -> None:
    rest = COMMENT.sub("", LOCKED.sub("", LOCKS[purpose].read_text(encoding="utf-8")))

    assert rest.strip() == ""


@each_lock
def test_a_lock_names_no_place_on_the_network_or_on_a_machine(purpose: str) -> None:
    text = LOCKS[purpose].read_text(encoding="utf-8")

    assert re.findall(r"\S*(?:://|index|find-links)\S*|(?<=\s)/\S+", text) == []


@pytest.mark.parametrize("purpose", ["runtime", "postgresql", "redis", "metrics"])
def test_development_runs_exactly_what_readers_get(purpose: str) -> None:
    assert versions(LOCKS[purpose]).items() <= versions(LOCKS["development"]).items()


def test_what_few_installations_need_is_not_installed_for_all() -> None:
    assert not {"psycopg", "psycopg-binary", "redis", "prometheus-client"} & versions(LOCKS["runtime"]).keys()


def names(requirements: Iterable[str | dict[str, str]]) -> Iterator[str]:
    """The packages that a list of requirements asks for, with those of the groups that it includes."""
    for one in requirements:
        if isinstance(one, str):
            yield normal(re.split(r"[^A-Za-z0-9._-]", one)[0])
        else:
            yield from names(GROUPS[one["include-group"]])


def versions(lock: Path) -> dict[str, str]:
    """What a lock pins."""
    return {normal(match["name"]): match["version"] for match in LOCKED.finditer(lock.read_text("utf-8"))}


def normal(name: str) -> str:
    """The one spelling of a package's name."""
    return re.sub(r"[-_.]+", "-", name).lower()

"""The locks: complete, hashed, explained, and silent about where packages are fetched from."""

import re
import tomllib

import pytest
from config.lock import DEVELOPMENT, RUNTIME, normal, reasons

from config.env import ROOT

PROJECT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
DECLARED = tomllib.loads(PROJECT)
DIRECT = {
    RUNTIME: DECLARED["project"]["dependencies"],
    DEVELOPMENT: DECLARED["project"]["dependencies"] + DECLARED["dependency-groups"]["dev"],
}
# name==version, an optional marker, and then hashes, each on a line of its own.
LOCKED = re.compile(
    r"^(?P<name>[A-Za-z0-9._-]+)(?:\[[a-z,]+\])?==(?P<version>\S+)(?: ; [^\\\n]+)?"
    r"(?: \\\n    --hash=sha256:[0-9a-f]{64})+$",
    re.MULTILINE,
)
COMMENT = re.compile(r"^# .+$", re.MULTILINE)

both_locks = pytest.mark.parametrize("lock", [RUNTIME, DEVELOPMENT], ids=["runtime", "development"])


@both_locks
def test_every_direct_dependency_is_locked_beside_its_reason(lock):
    text = lock.read_text(encoding="utf-8")
    why = reasons(PROJECT)

    missing = [
        name
        for name in (normal(re.split(r"[^A-Za-z0-9._-]", one)[0]) for one in DIRECT[lock])
        if not re.search(
            rf"^# {re.escape(why.get(name, '(no reason)'))}\n{re.escape(name)}[\[=]", text, re.MULTILINE
        )
    ]

    assert missing == []


@both_locks
def test_a_lock_holds_packages_with_hashes_and_comments_and_nothing_else(lock):
    rest = COMMENT.sub("", LOCKED.sub("", lock.read_text(encoding="utf-8")))

    assert rest.strip() == ""


@both_locks
def test_a_lock_names_no_place_on_the_network_or_on_a_machine(lock):
    text = lock.read_text(encoding="utf-8")

    assert re.findall(r"\S*(?:://|index|find-links)\S*|(?<=\s)/\S+", text) == []


def test_development_runs_exactly_what_readers_get():
    runtime, development = (versions(lock.read_text(encoding="utf-8")) for lock in (RUNTIME, DEVELOPMENT))

    assert runtime.items() <= development.items()


def versions(lock):
    return {normal(match["name"]): match["version"] for match in LOCKED.finditer(lock)}

"""No statement stays open while a reader's line is slow: SQLite could not begin its log again meanwhile."""

import re
from pathlib import Path

import pytest

from config.env import ROOT

ANSWERS = ("views", "admin", "feeds", "sitemaps", "templatetags", "context")
OPEN = re.compile(r"\.iterator\(|StreamingHttpResponse|FileResponse|server_side")
FILES = [
    path
    for app in ("accounts", "cases", "config", "contributions", "desk", "pillars", "portal", "publishing", "sources")
    for path in (ROOT / app).rglob("*.py")
    if app in {"config", "desk"} or {*path.relative_to(ROOT / app).with_suffix("").parts} & {*ANSWERS}
]  # fmt: skip
# Long lists are sent in pages of finished statements (tests/faults/test_slow_downloads.py).
ANSWERS_IN_PAGES = [
    ROOT / "exchange" / f"{name}.py" for name in ("views", "formats", "records", "lists", "metadata")
]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_an_answer_is_made_before_it_is_sent(path: Path) -> None:
    assert OPEN.findall(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", ANSWERS_IN_PAGES, ids=lambda path: path.name)
def test_data_is_sent_in_pages_of_finished_statements(path: Path) -> None:
    found = OPEN.findall(path.read_text(encoding="utf-8"))

    assert {*found} <= {"StreamingHttpResponse"}


def test_the_files_are_found() -> None:
    assert len(FILES) > 80

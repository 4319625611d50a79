"""Modules are short enough to be read in one go."""

from config.env import ROOT

MOST_LINES = 300
# Django writes migrations.
UNREAD = {".venv", "var", "migrations"}


def test_no_module_has_more_than_300_lines():
    modules = (path for path in ROOT.rglob("*.py") if not UNREAD & {*path.relative_to(ROOT).parts})
    lines = {str(path.relative_to(ROOT)): len(path.read_bytes().splitlines()) for path in modules}

    assert {name: count for name, count in lines.items() if count > MOST_LINES} == {}
    assert len(lines) > 1000

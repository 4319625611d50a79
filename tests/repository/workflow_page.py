"""Writes docs/workflow.md from the table of transitions: python -m tests.repository.workflow_page."""

from config.env import ROOT
from publishing.workflow.transitions import TRANSITIONS, diagram

PAGE = ROOT / "docs" / "workflow.md"
HEAD = """# The way of a proposal

Everything that is not public yet is a proposal. This page is written by `python -m tests.repository.workflow_page` from
`publishing/workflow/transitions.py`, the one table that rules and buttons read; a test fails when the two differ.

"""


def rendered() -> str:
    """The page."""
    rows = [
        f"| `{one.name}` | {', '.join(one.sources)} | {one.target.value} | {one.who.value} | {one.needs or '—'} |"
        for one in TRANSITIONS.values()
    ]
    table = "\n".join(["| step | from | to | whose | needs |", "| --- | --- | --- | --- | --- |", *rows])
    return f"{HEAD}```mermaid\n{diagram()}\n```\n\n{table}\n"


if __name__ == "__main__":
    PAGE.write_text(rendered(), encoding="utf-8")

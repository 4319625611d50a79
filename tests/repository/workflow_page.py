"""Writes docs/workflow.md from the table of transitions; the page names the command."""

from config.env import ROOT
from publishing.vocabulary import ProposalState
from publishing.workflow.transitions import TRANSITIONS

PAGE = ROOT / "docs" / "workflow.md"
HEAD = """# The way of a proposal

Everything that is not public yet is a proposal. This page is written from `publishing/workflow/transitions.py`, the one
table that rules and buttons read, by `DJANGO_SETTINGS_MODULE=config.settings python -m tests.repository.workflow_page`; a
test fails when the two differ.

"""


def rendered() -> str:
    """The page."""
    rows = [
        f"| `{one.name}` | {', '.join(one.sources)} | {one.target.value} | {one.who.value} | {', '.join(one.needs) or '—'} |"
        for one in TRANSITIONS.values()
    ]
    table = "\n".join(["| step | from | to | whose | needs |", "| --- | --- | --- | --- | --- |", *rows])
    return f"{HEAD}```mermaid\n{diagram()}\n```\n\n{table}\n"


def diagram() -> str:
    """The table as a Mermaid state diagram: an editor's proposal begins as a draft, one of the public submitted."""
    steps = TRANSITIONS.values()
    moves = [
        f"    {source.value} --> {one.target.value}: {one.name} ({one.who.value})"
        for one in steps
        for source in one.sources
    ]
    ends = sorted(
        {one.target.value for one in steps} - {source.value for one in steps for source in one.sources}
    )
    first = [f"    [*] --> {state.value}" for state in (ProposalState.DRAFT, ProposalState.SUBMITTED)]
    return "\n".join(["stateDiagram-v2", *first, *moves, *(f"    {end} --> [*]" for end in ends)])


if __name__ == "__main__":
    PAGE.write_text(rendered(), encoding="utf-8")

"""States and steps are listed in one table; all other code reads it."""

import ast
import functools
import re
from collections import Counter

import pytest

import publishing.actions  # noqa: F401 - registers what the steps run
from config.env import ROOT
from publishing.vocabulary import ProposalState
from publishing.workflow.running import registered, runs
from publishing.workflow.states import PARTS
from publishing.workflow.transitions import TRANSITIONS
from tests.repository.test_one_door import sources

STATES = "publishing/workflow/states.py"
STEPS = "publishing/workflow/transitions.py"
# The number of places that set a state: one changes it, two set that of new proposals.
MOVING = {
    "publishing/actions/steps.py": 1,
    "publishing/actions/publishing.py": 1,
    "publishing/actions/new_entries.py": 1,
    # Proposals of an import, as they are made.
    "publishing/actions/many_proposals.py": 1,
}
# The states of batches are another vocabulary.
OF_BATCHES = {"imports/actions.py"}
# The word that a condition of a template, or a comparison of a script, compares with.
COMPARED = re.compile(
    r"""\{%\s*(?:el)?if\s[^%]*["'](?P<word>\w+)["']|(?:[!=]==?\s*|\bcase\s+)["'](?P<other>\w+)["']"""
)


def test_every_state_is_in_exactly_one_part():
    times = Counter(state for part in PARTS for state in part)

    assert times == dict.fromkeys(ProposalState, 1)


def test_each_step_has_exactly_one_action_that_runs_it():
    assert registered() == set(TRANSITIONS)
    with pytest.raises(LookupError):
        runs("accept")(lambda proposal, *, by: None)
    with pytest.raises(LookupError):
        runs("no_such_step")(lambda proposal, *, by: None)


def test_no_other_file_lists_states():
    assert found_in_files("states", but={STATES, STEPS}) == {}


def test_no_other_file_lists_steps():
    assert found_in_files("steps", but={STEPS}) == {}


def test_every_change_of_a_proposals_state_goes_through_one_function():
    found = found_in_files("changes", but=OF_BATCHES)

    assert {file: len(lines) for file, lines in found.items()} == MOVING


@pytest.mark.parametrize(
    "code",
    [
        "WAITING = (ProposalState.SUBMITTED, ProposalState.IN_REVIEW)",
        "queryset.filter(state__in=['submitted', 'in_review'])",
        "proposal.state in {ProposalState.DRAFT, ProposalState.NEEDS_INFORMATION}",
        "proposal.state == ProposalState.DRAFT or proposal.state == ProposalState.SCHEDULED",
        "(*WAITING, ProposalState.DRAFT, ProposalState.SCHEDULED)",
    ],
)
def test_a_second_list_of_states_is_noticed(code):
    assert lists_of_states(code) == [1]


@pytest.mark.parametrize(
    "code",
    [
        "DECISIONS = frozenset({'accept', 'decline'})",
        "TAKEN = {'accept': take, 'decline': refuse}",
        "step in ('submit', 'accept')",
        "step == 'submit' or step == 'claim'",
    ],
)
def test_a_second_list_of_steps_is_noticed(code):
    assert lists_of_steps(code) == [1]


@pytest.mark.parametrize(
    "code",
    [
        "proposal.state = ProposalState.SUBMITTED",
        "proposal.state, proposal.submitted_at = target, now",
        "self.proposal.state: str = 'draft'",
        "Proposal.objects.filter(pk=1).update(state='draft')",
        "Proposal.objects.create(kind='case', state=state)",
        "Proposal(state='accepted')",
        "setattr(proposal, 'state', 'draft')",
    ],
)
def test_another_change_of_state_is_noticed(code):
    assert changes_of_state(code) == [1]


@pytest.mark.parametrize(
    "code",
    [
        "entry.state = EntryState.RETRACTED",
        "entry.state, entry.reason = EntryState.PUBLISHED, ''",
        "Proposal.objects.filter(state='draft')",
        "state = proposal.state",
    ],
)
def test_what_changes_no_proposals_state_passes(code):
    assert changes_of_state(code) == []


def test_templates_and_scripts_ask_for_no_state_and_no_step_by_its_name():
    files = [*ROOT.glob("templates/**/*.html"), *ROOT.glob("static/**/*.js")]

    assert len(files) > 200
    assert {file.name: found for file in files if (found := compared_in(file.read_text("utf-8")))} == {}


@pytest.mark.parametrize(
    "text",
    [
        '{% if proposal.state == "declined" %}',
        "{% elif is_open and step.name == 'accept' %}",
        'if (button.dataset.step === "claim") {',
        'switch (state) { case "draft": break; }',
    ],
)
def test_a_comparison_with_a_state_or_a_step_is_noticed(text):
    assert compared_in(text)


def compared_in(text):
    """The states and steps by whose name a template or a script decides something; "submit" is a kind of button."""
    words = (match["word"] or match["other"] for match in COMPARED.finditer(text))
    return sorted({*words} & {*TRANSITIONS, *ProposalState.values} - {"submit"})


def found_in_files(what, *, but):
    """The lines that the check of that name found, by file."""
    return {file: found[what] for file, found in found_by_all().items() if found[what] and file not in but}


@functools.cache
def found_by_all():
    """What each check found in each file, those of the one door among them; each is read once."""
    checks = {"states": lists_of_states, "steps": lists_of_steps, "changes": changes_of_state}
    files = {*sources(), *(ROOT / "publishing" / "actions").glob("*.py")}
    texts = {str(file.relative_to(ROOT)): file.read_text(encoding="utf-8") for file in sorted(files)}
    return {file: {what: lines_in(code) for what, lines_in in checks.items()} for file, code in texts.items()}


@functools.lru_cache(maxsize=1)
def nodes_in(code):
    """All of them, for one check after the other."""
    return [*ast.walk(ast.parse(code))]


def lists_of_states(code):
    """The lines that list two or more states."""
    return _lines_with_two(code, _state_of)


def lists_of_steps(code):
    """The lines that list two or more steps."""
    return _lines_with_two(code, _step_of)


def _lines_with_two(code, name_of):
    return [
        node.lineno
        for node in nodes_in(code)
        if len({name for one in _together(node) if (name := name_of(one))}) > 1
    ]


def _together(node):
    """The nodes that it lists: members, keys, or the right sides of comparisons."""
    if isinstance(node, ast.Tuple | ast.List | ast.Set):
        return node.elts
    if isinstance(node, ast.Dict):
        return node.keys
    if isinstance(node, ast.BoolOp):
        return [side for one in node.values if isinstance(one, ast.Compare) for side in one.comparators]
    return []


def _state_of(node):
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        is_state = node.value.id == "ProposalState" and node.attr in ProposalState.__members__
        return ProposalState[node.attr].value if is_state else ""
    is_text = isinstance(node, ast.Constant) and node.value in ProposalState.values
    return node.value if is_text else ""


def _step_of(node):
    return node.value if isinstance(node, ast.Constant) and node.value in TRANSITIONS else ""


def changes_of_state(code):
    """The lines that set the state of a proposal; states of entries are another vocabulary."""
    return [node.lineno for node in nodes_in(code) if _assigns(node) or _calls(node)]


def _assigns(node):
    if isinstance(node, ast.Assign):
        pairs = [pair for target in node.targets for pair in _pairs(target, node.value)]
    elif isinstance(node, ast.AnnAssign | ast.AugAssign):
        pairs = [(node.target, node.value)]
    else:
        return False
    return any(
        isinstance(target, ast.Attribute) and target.attr == "state" and not _is_of_entries(value)
        for target, value in pairs
    )


def _pairs(target, value):
    if isinstance(target, ast.Tuple):
        # Of starred values nobody can tell which name gets which.
        is_plain = isinstance(value, ast.Tuple) and not any(
            isinstance(one, ast.Starred) for one in value.elts
        )
        values = value.elts if is_plain else [value] * len(target.elts)
        return list(zip(target.elts, values, strict=True))
    return [(target, value)]


def _is_of_entries(value):
    return isinstance(value, ast.Attribute) and ast.unparse(value).startswith("EntryState.")


def _calls(node):
    if not isinstance(node, ast.Call):
        return False
    name = ast.unparse(node.func)
    if name == "setattr":
        return ast.unparse(node.args[1]) == "'state'"
    writes = name == "Proposal" or name.endswith((".update", ".create", ".get_or_create"))
    return writes and any(one.arg == "state" and not _is_of_entries(one.value) for one in node.keywords)

"""Every step, for every role, with one's own proposals and those of others: rule and page agree."""

import datetime
import itertools
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any
from unittest.mock import patch

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from desk import proposals
from publishing import rules
from publishing.models import Proposal
from publishing.vocabulary import Origin, ProposalState
from publishing.workflow.step import Who
from publishing.workflow.transitions import TRANSITIONS
from tests.factories import an_account, edited, newest, proposal_of, publish_case
from tests.kept import kept
from tests.rendering import without_html
from tests.whole_site.reading import Document

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

ROLES = ("reader", "editor", "moderator")
WHOSE = ("own", "others")
STEPS = tuple(name for name, one in TRANSITIONS.items() if one.who in (Who.AUTHORS, Who.MODERATORS))
CELLS = list(itertools.product(STEPS, ROLES, WHOSE, ProposalState))
ONE_PAGE_IN = 4
SENT = {
    "note": "Why it is so.",
    "reason": "unsourced",
    "at_0": "2099-01-01",
    "at_1": "10:00",
    "accept:finding_en": "on",
}


def expected(step: str, role: str, whose: str, state: ProposalState, four_eyes: bool) -> bool:
    """The expected answer, computed in another way than the rules do."""
    if state not in TRANSITIONS[step].sources or role == "reader":
        return False
    if step == "reopen":
        # Nobody has decided it recently; undoing one's own decision has tests of its own.
        return False
    if TRANSITIONS[step].who is Who.AUTHORS:
        return whose == "own" or role == "moderator"
    if role == "editor":
        return False
    decides = step in {"accept", "accept_some", "schedule", "decline"}
    return not (four_eyes and whose == "own" and decides)


def somebody(role: str) -> Any:
    """An account with this role only."""
    account = an_account(role, is_staff=True)
    writes = Permission.objects.filter(codename__in=("add_case", "change_case"))
    sees = Permission.objects.filter(codename="view_proposal")
    decides = Permission.objects.filter(codename__in=("decide_proposal", "override_rule"))
    given = {"reader": [], "editor": [*writes, *sees], "moderator": [*writes, *sees, *decides]}[role]
    account.user_permissions.set(given)
    return account


@kept
def wanted() -> dict[str, Any]:
    """A change of two facts of a published case."""
    case = publish_case()
    return {"base": newest(case), "snapshot": edited(case, finding_en="Changed.", finding_fr="Changé.")}


def proposal_in(
    wanted: dict[str, Any], state: ProposalState, author: Any, again: Proposal | None = None
) -> Proposal:
    """A proposal of the author with the change, in the given state; `again`: one with which nothing was done."""
    proposal = again or proposal_of(wanted["snapshot"], by=author, base=wanted["base"])
    later, is_scheduled = timezone.now() + datetime.timedelta(days=1), state == ProposalState.SCHEDULED
    Proposal.objects.filter(pk=proposal.pk).update(
        state=state, publish_at=later if is_scheduled else None, decided_by=author if is_scheduled else None
    )
    return Proposal.objects.get(pk=proposal.pk)


@pytest.mark.parametrize("four_eyes", [False, True], ids=["two eyes", "four eyes"])
@pytest.mark.parametrize("role", ROLES)
def test_the_rule_says_what_the_truth_table_says(
    wanted: dict[str, Any], role: str, four_eyes: bool, settings: Any
) -> None:
    settings.FOUR_EYES = four_eyes
    by, other, now = somebody(role), an_account(), timezone.now()
    untouched: dict[str, Proposal] = {}

    for step, _role, whose, state in (cell for cell in CELLS if cell[1] == role):
        author = by if whose == "own" else other
        proposal = untouched[whose] = proposal_in(wanted, state, author, untouched.get(whose))

        is_allowed = rules.why_not(step, proposal, by, now) is None

        assert is_allowed == expected(step, role, whose, state, four_eyes), (step, role, whose, state)


@pytest.mark.parametrize("four_eyes", [False, True], ids=["two eyes", "four eyes"])
@pytest.mark.parametrize("step", STEPS)
def test_the_door_does_what_the_truth_table_says(
    wanted: dict[str, Any], step: str, four_eyes: bool, settings: Any
) -> None:
    settings.FOUR_EYES = four_eyes
    accounts, clients = {role: somebody(role) for role in ROLES}, {role: Client() for role in ROLES}
    for role in ROLES:
        clients[role].force_login(accounts[role])
    other = an_account()
    untouched: dict[Any, Proposal] = {}

    cells = [cell for cell in CELLS if cell[0] == step and is_asked_at_the_door(cell, four_eyes)]
    for number, (_step, role, whose, state) in enumerate(cells, STEPS.index(step)):
        author = accounts[role] if whose == "own" else other
        proposal = untouched[author] = proposal_in(wanted, state, author, untouched.get(author))
        address = reverse("admin:publishing_proposal_step", args=[proposal.pk, step])

        # What is refused shows the same page to four eyes as to two, and whichever step it was: each is made by some.
        with without_page() if four_eyes or number % ONE_PAGE_IN else nullcontext():
            answer = clients[role].post(address, SENT)

        is_done = answer.status_code == 302 and answer.url != reverse("admin:index")
        assert is_done == expected(step, role, whose, state, four_eyes), (
            role,
            whose,
            state,
            answer.status_code,
        )
        after = Proposal.objects.get(pk=proposal.pk)
        assert after.state == (TRANSITIONS[step].target if is_done else state)
        if is_done:
            untouched.clear()
        # The published change would prevent the same change in the next cell.
        if after.revision is not None:
            wanted["base"] = newest(after.entry)
            wanted["snapshot"] = _changed_once_more(wanted["base"].snapshot)


def is_asked_at_the_door(cell: tuple[str, str, str, ProposalState], four_eyes: bool) -> bool:
    """Whether a form is sent for the cell; the rule alone answers for all of them.

    The reader, who may do nothing in any state, sends one for each state. Four eyes only take from what is
    allowed: a form is sent for all that two eyes would allow, and for one other state of each role.
    """
    step, role, whose, state = cell
    number = [*ProposalState].index(state) + STEPS.index(step)
    if role == "reader" and WHOSE[number % len(WHOSE)] != whose:
        return False
    if not four_eyes or expected(step, role, whose, state, four_eyes=False):
        return True
    return number % len(ProposalState) == ROLES.index(role)


@contextmanager
def without_page() -> Iterator[None]:
    """Nor is anything read that only the page of a proposal would say."""
    with without_html(), patch.object(proposals, "review_context", lambda *_asked: {}):
        yield


def _changed_once_more(snapshot: dict[str, Any]) -> dict[str, Any]:
    fields = {**snapshot["fields"]}
    fields["finding_en"] += "."
    fields["finding_fr"] += "."
    return {**snapshot, "fields": fields}


@pytest.mark.parametrize("step", [name for name, one in TRANSITIONS.items() if one.who is Who.WORKER])
def test_nobody_does_what_the_casebook_does_by_itself(wanted: dict[str, Any], step: str) -> None:
    proposal = proposal_in(wanted, TRANSITIONS[step].sources[0], an_account())

    assert rules.why_not(step, proposal, an_account(), timezone.now()).code == "not_yours"
    assert rules.why_not(step, proposal, None, timezone.now()) is None


@pytest.mark.parametrize("step", [name for name, one in TRANSITIONS.items() if one.who is Who.SENDERS])
def test_only_who_sent_a_proposal_through_the_public_door_does_what_senders_do(
    wanted: dict[str, Any], step: str
) -> None:
    proposal = proposal_in(wanted, TRANSITIONS[step].sources[0], an_account())
    now = timezone.now()

    assert rules.why_not(step, proposal, None, now).code == "not_yours"
    proposal.origin = Origin.PUBLIC
    assert rules.why_not(step, proposal, None, now) is None
    assert rules.why_not(step, proposal, an_account(), now).code == "not_yours"


def test_a_claim_keeps_others_away_until_it_runs_out(wanted: dict[str, Any]) -> None:
    proposal, moderator = proposal_in(wanted, ProposalState.IN_REVIEW, an_account()), somebody("moderator")
    now = timezone.now()
    proposal.claimed_by, proposal.claimed_until = an_account(), now + datetime.timedelta(minutes=1)

    assert rules.why_not("accept", proposal, moderator, now).code == "claimed"
    assert rules.why_not("accept", proposal, moderator, now + datetime.timedelta(minutes=2)) is None


def test_a_step_that_is_not_possible_is_grey_and_says_why(wanted: dict[str, Any]) -> None:
    proposal, client = proposal_in(wanted, ProposalState.SUBMITTED, an_account()), Client()
    client.force_login(somebody("editor"))

    page = client.get(reverse("admin:publishing_proposal_change", args=[proposal.pk])).content.decode()

    assert 'id="why-accept">Only a moderator can do that.<' in page
    assert "submit it for review" not in page
    assert page.count("disabled aria-describedby=") >= 6


def test_what_is_possible_stands_before_what_is_not(wanted: dict[str, Any]) -> None:
    proposal, client = proposal_in(wanted, ProposalState.SUBMITTED, an_account()), Client()
    client.force_login(somebody("moderator"))

    page = client.get(reverse("admin:publishing_proposal_change", args=[proposal.pk])).content.decode()

    buttons = [one for one in Document.of(page).all("button") if one["data-step"]]
    assert {one["data-step"] for one in buttons} == {
        name for name, one in TRANSITIONS.items() if one.who in (Who.AUTHORS, Who.MODERATORS)
    }
    are_grey = ["disabled" in one.attributes for one in buttons]
    assert are_grey == sorted(are_grey)
    assert {True, False} == {*are_grey}

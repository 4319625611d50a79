"""Concurrent publishing: nothing is lost or silently overwritten, and there is no deadlock."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from publishing import snapshots
from publishing.actions import publishing, retracting, steps
from publishing.models import ChainHead, Entry, Proposal, Revision
from publishing.rules import Conflicted, Refusal
from publishing.snapshots import Path
from tests.factories import (
    an_account,
    edited,
    key,
    newest,
    proposal_of,
    publish_actor,
    publish_case,
    publish_pillar,
    snapshot_of,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.every_database]

EDITORS = range(8)
# Seconds that a crowded machine may take for anything; whoever waits goes on as soon as it is done.
PATIENCE = 600
COLUMNS = (
    "finding_en", "finding_ar", "finding_fr", "narrative_en", "narrative_ar", "narrative_fr",
    "title_ar", "title_fr",
)  # fmt: skip


def all_at_once(*functions: Callable[[], Any]) -> list[Any]:
    """Run each function in its own thread at the same time; returns each result, or the code of a refusal."""
    ready = Barrier(len(functions))

    def begin(function: Callable[[], Any]) -> Any:
        ready.wait(timeout=PATIENCE)
        try:
            return function()
        except Refusal as refusal:
            return refusal.code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(functions)) as pool:
        return [
            future.result(timeout=PATIENCE)
            for future in [pool.submit(begin, function) for function in functions]
        ]


def publishes(proposal: Proposal) -> Callable[[], Any]:
    """A function that publishes the proposal and returns the number of the revision."""
    author = proposal.author
    return lambda: publishing.publish(proposal, by=author).number


def assert_history_holds(entry: Entry, revisions: int) -> None:
    """The revision numbers have no gap, the tables equal the newest revision, and the chain is valid."""
    history = list(Revision.objects.filter(entry_id=entry.pk).order_by("number"))
    assert [one.number for one in history] == [*range(1, revisions + 1)]
    assert Entry.objects.get(pk=entry.pk).revision == revisions
    assert history[-1].snapshot == snapshots.freeze(entry)
    chain = list(Revision.objects.order_by("pk"))
    assert [one.previous_digest for one in chain] == ["", *(one.digest for one in chain[:-1])]
    assert [one.digest for one in chain] == [steps.digest(one) for one in chain]
    assert ChainHead.objects.get().digest == chain[-1].digest


def test_edits_of_different_columns_and_rows_are_all_kept() -> None:
    case = publish_case(**dict.fromkeys(COLUMNS, "Before"))
    base, rows = newest(case), [key() for _ in EDITORS]
    mine = [edited(case, {"event": [{"id": rows[one]}]}, **{COLUMNS[one]: f"By {one}"}) for one in EDITORS]
    proposals = [proposal_of(snapshot, base=base) for snapshot in mine]

    numbers = all_at_once(*map(publishes, proposals))

    assert sorted(numbers) == [*range(2, 10)]
    case.refresh_from_db()
    assert [getattr(case, column) for column in COLUMNS] == [f"By {one}" for one in EDITORS]
    assert {*snapshots.freeze(case)["rows"]["event"]} == {*rows}
    assert_history_holds(case, revisions=9)


def test_of_edits_of_the_same_column_one_is_accepted_and_the_others_are_told() -> None:
    case = publish_case(finding_en="Before")
    base = newest(case)
    proposals = [proposal_of(edited(case, finding_en=f"By {one}"), base=base) for one in EDITORS]

    outcomes = all_at_once(*map(publishes, proposals))

    assert Counter(outcomes) == {2: 1, "conflict": 7}
    case.refresh_from_db()
    assert case.finding_en == f"By {outcomes.index(2)}"
    assert Proposal.objects.filter(base=base, state="draft").count() == 7
    assert_history_holds(case, revisions=2)


def test_editors_who_begin_again_after_each_conflict_all_come_into_the_history_once() -> None:
    case = publish_case(finding_en="Before")
    account = an_account()

    def persistent(one: int) -> int:
        while True:
            proposal = proposal_of(edited(case, finding_en=f"By {one}"), by=account, base=newest(case))
            try:
                return publishing.publish(proposal, by=account).number
            except Conflicted:
                continue

    numbers = all_at_once(*(lambda one=one: persistent(one) for one in EDITORS))

    assert sorted(numbers) == [*range(2, 10)]
    history = Revision.objects.filter(entry_id=case.pk, number__gt=1)
    findings = Counter(one.snapshot["fields"]["finding_en"] for one in history)
    assert findings == Counter(f"By {one}" for one in EDITORS)
    assert_history_holds(case, revisions=9)


def test_a_proposal_that_all_accept_at_once_is_published_once() -> None:
    case = publish_case(finding_en="Before")
    proposal = proposal_of(edited(case, finding_en="After"), base=newest(case))

    outcomes = all_at_once(*[publishes(proposal)] * 8)

    assert Counter(outcomes) == {2: 1, "decided": 7}
    assert_history_holds(case, revisions=2)


def test_of_new_entries_with_one_address_one_gets_it() -> None:
    proposals = [proposal_of(snapshot_of("theme", slug="peace")) for _ in EDITORS]

    outcomes = all_at_once(*map(publishes, proposals))

    assert Counter(outcomes) == {1: 1, "address_taken": 7}
    assert_history_holds(Entry.objects.get(slug="peace"), revisions=1)


def test_publishing_entries_that_point_to_each_other_comes_to_no_deadlock() -> None:
    cases = [publish_case(finding_en="Before") for _ in range(4)]
    section = key()
    pillar = publish_pillar(rows={"section": [{"id": section}]})
    pointing = [edited(pillar, {"evidence": [{"section": section, "entry": case}]}) for case in cases]
    proposals = [proposal_of(snapshot, base=newest(pillar)) for snapshot in pointing]
    proposals += [proposal_of(edited(case, finding_en="After"), base=newest(case)) for case in cases]

    outcomes = all_at_once(*map(publishes, proposals))

    assert sorted(outcomes[:4]) == [2, 3, 4, 5]
    assert outcomes[4:] == [2] * 4
    assert_history_holds(pillar, revisions=5)


def test_what_is_retracted_and_taken_into_use_at_once_is_one_of_the_two() -> None:
    actor, account = publish_actor(), an_account()
    proposals = [proposal_of(snapshot_of("case", {"participation": [{"actor": actor}]})) for _ in range(7)]

    def retract_it() -> str:
        retracting.retract(actor, by=account, reason="Wrong.", language="en")
        return "retracted"

    *used, retracted = all_at_once(*map(publishes, proposals), retract_it)

    is_retracted = Entry.objects.get(pk=actor.pk).is_retracted
    assert is_retracted is (retracted == "retracted")
    assert {*used} == ({"dangling_reference"} if is_retracted else {1})


def test_conflicts_resolved_while_others_publish_come_to_no_deadlock() -> None:
    case = publish_case(finding_en="Before")
    base, account = newest(case), an_account()
    mine = [proposal_of(edited(case, finding_en=f"By {one}"), base=base) for one in EDITORS]
    theirs = publishing.publish(mine[0], by=account)
    choices = {Path(column="finding_en"): "mine"}

    def resolving(proposal: Proposal) -> Callable[[], Any]:
        return lambda: (
            publishing.resolve_and_publish(
                proposal, by=account, choices=choices, against=theirs.number
            ).number
        )

    outcomes = all_at_once(*map(resolving, mine[1:5]), *map(publishes, mine[1:5]))

    assert outcomes.count(3) == 1
    assert {*outcomes} <= {3, "conflict", "decided"}
    assert_history_holds(case, revisions=3)

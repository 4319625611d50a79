"""Each rule refuses with its code, and a refused action writes nothing."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from publishing.actions import publishing, retracting
from publishing.models import Proposal
from publishing.rules import Refusal
from publishing.vocabulary import ProposalState
from tests.factories import (
    edited,
    key,
    newest,
    proposal_of,
    publish_actor,
    publish_case,
    publish_change,
    publish_pillar,
    publish_source,
    publish_theme,
    snapshot_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
STILL_OPEN = {"draft", "submitted", "in_review", "needs_information", "scheduled"}


def refusal_of(action: Callable[[], Any], all_rows: Callable) -> Refusal:
    """The refusal of the action; asserts that it wrote nothing."""
    before = all_rows()
    with pytest.raises(Refusal) as refused:
        action()
    assert all_rows() == before
    assert str(refused.value) == refused.value.message
    return refused.value


# --- who -------------------------------------------------------------------------------------


def adding(by: Any) -> Callable[[], Any]:
    proposal = proposal_of(snapshot_of("case"), by=by)
    return lambda: publishing.publish(proposal, by=by)


def changing(by: Any) -> Callable[[], Any]:
    case = publish_case()
    proposal = proposal_of(edited(case, finding_en="Changed"), by=by, base=newest(case))
    return lambda: publishing.publish(proposal, by=by)


def retracts(by: Any) -> Callable[[], Any]:
    case = publish_case()
    return lambda: retracting.retract(case, by=by, reason="Wrong.", language="en")


def restoring(by: Any) -> Callable[[], Any]:
    case = publish_case()
    first = newest(case)
    publish_change(case, finding_en="Changed")
    return lambda: retracting.restore(first, by=by, note="Back.", language="en")


EVERY_ACTION = pytest.mark.parametrize(
    "action", [adding, changing, retracts, restoring], ids=lambda one: one.__name__
)


@EVERY_ACTION
def test_who_lacks_the_permission_may_not(action: Callable, reader: Any, all_rows: Callable) -> None:
    assert refusal_of(action(reader), all_rows).code == "not_permitted"


@EVERY_ACTION
@pytest.mark.parametrize("role", ["editor", "administrator"])
def test_who_has_the_permission_may(action: Callable, role: str, request: pytest.FixtureRequest) -> None:
    assert action(request.getfixturevalue(role))().author.username == role


@pytest.mark.parametrize(
    "verb, action",
    [("add", adding), ("change", changing), ("delete", retracts), ("change", restoring)],
    ids=["adding", "changing", "retracting", "restoring"],
)
def test_each_action_asks_for_its_own_permission(
    verb: str, action: Callable, editor: Any, all_rows: Callable
) -> None:
    editor.user_permissions.remove(*editor.user_permissions.filter(codename=f"{verb}_case"))

    assert refusal_of(action(editor), all_rows).code == "not_permitted"


def test_an_account_that_was_closed_may_do_nothing(editor: Any, all_rows: Callable) -> None:
    editor.is_active = False

    assert refusal_of(adding(editor), all_rows).code == "not_permitted"


def test_a_proposal_cannot_change_an_entry_of_another_kind_than_it_says(
    editor: Any, all_rows: Callable
) -> None:
    case = publish_case()
    editor.user_permissions.remove(*editor.user_permissions.filter(codename="change_case"))
    proposal = proposal_of(snapshot_of("theme", id=str(case.pk)), by=editor, base=newest(case))

    assert refusal_of(lambda: publishing.publish(proposal, by=editor), all_rows).code == "another_entry"


def test_a_proposal_cannot_change_another_entry_than_it_started_from(editor: Any, all_rows: Callable) -> None:
    proposal = proposal_of(snapshot_of("case"), by=editor, base=newest(publish_case()))

    assert refusal_of(lambda: publishing.publish(proposal, by=editor), all_rows).code == "another_entry"


# --- when ------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", ProposalState.values)
def test_a_proposal_is_decided_once(state: str, editor: Any) -> None:
    proposal = proposal_of(snapshot_of("theme"), by=editor)
    Proposal.objects.update(state=state, publish_at=timezone.now(), decided_by=editor)

    try:
        publishing.publish(proposal, by=editor)
        code = None
    except Refusal as refusal:
        code = refusal.code

    assert code == (None if state in STILL_OPEN else "decided")


def test_publishing_twice_is_refused(editor: Any, all_rows: Callable) -> None:
    proposal = proposal_of(snapshot_of("theme"), by=editor)
    publishing.publish(proposal, by=editor)

    assert refusal_of(lambda: publishing.publish(proposal, by=editor), all_rows).code == "decided"


@pytest.mark.parametrize("note", ["", "  \n"])
def test_nothing_is_published_without_a_note(note: str, editor: Any, all_rows: Callable) -> None:
    proposal = proposal_of(snapshot_of("theme"), by=editor)
    Proposal.objects.update(note=note)

    assert refusal_of(lambda: publishing.publish(proposal, by=editor), all_rows).code == "no_note"


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_nothing_is_retracted_without_a_reason(reason: str, editor: Any, all_rows: Callable) -> None:
    case = publish_case()

    def action() -> Any:
        return retracting.retract(case, by=editor, reason=reason, language="en")

    assert refusal_of(action, all_rows).code == "no_reason"


def test_nothing_is_retracted_twice(editor: Any, all_rows: Callable) -> None:
    case = publish_case()
    retracting.retract(case, by=editor, reason="Wrong.", language="en")

    def action() -> Any:
        return retracting.retract(case, by=editor, reason="Wrong.", language="en")

    assert refusal_of(action, all_rows).code == "retracted"


def test_nothing_is_published_where_nothing_changed(all_rows: Callable) -> None:
    case = publish_case(latitude="32.9", longitude="13.18", declared_on="2020-10-23", narrative_en="One\nTwo")
    typed = {"latitude": "32.90", "declared_on": "٢٠٢٠-١٠-٢٣", "narrative_en": "One\r\nTwo", "themes": []}
    proposal = proposal_of(edited(case, **typed), base=newest(case))

    assert (
        refusal_of(lambda: publishing.publish(proposal, by=proposal.author), all_rows).code
        == "nothing_changed"
    )


def test_a_change_that_somebody_else_made_meanwhile_is_nothing_new(all_rows: Callable) -> None:
    case = publish_case()
    proposal = proposal_of(edited(case, finding_en="Alike"), base=newest(case))
    publish_change(case, finding_en="Alike")

    assert (
        refusal_of(lambda: publishing.publish(proposal, by=proposal.author), all_rows).code
        == "nothing_changed"
    )


def test_a_new_entry_cannot_overwrite_one_that_exists(all_rows: Callable) -> None:
    proposal = proposal_of(edited(publish_case(), finding_en="Overwritten"))

    assert refusal_of(lambda: publishing.publish(proposal, by=proposal.author), all_rows).code == "exists"


# --- what ------------------------------------------------------------------------------------


@pytest.mark.parametrize("is_retracted", [False, True], ids=["published", "retracted"])
def test_an_address_belongs_to_one_entry_of_its_kind(
    is_retracted: bool, editor: Any, all_rows: Callable
) -> None:
    case = publish_case(slug="taken")
    if is_retracted:
        retracting.retract(case, by=editor, reason="Wrong.", language="en")
    proposal = proposal_of(snapshot_of("case", slug="taken"))

    refusal = refusal_of(lambda: publishing.publish(proposal, by=proposal.author), all_rows)

    assert refusal.code == "address_taken"
    assert "taken" in refusal.message


def pointing(to: Any, way: str) -> dict[str, Any]:
    section = key()
    return {
        "column": lambda: snapshot_of("initiative", main_theme=publish_theme(), follows=to),
        "set": lambda: snapshot_of("case", themes=[to]),
        "row": lambda: snapshot_of("case", {"participation": [{"actor": to}]}),
        "any kind": lambda: snapshot_of(
            "pillar", {"section": [{"id": section}], "evidence": [{"section": section, "entry": to}]}
        ),
    }[way]()


EVERY_WAY = pytest.mark.parametrize("way", ["column", "set", "row", "any kind"])


@EVERY_WAY
def test_an_entry_cannot_point_to_what_is_not_there(way: str, all_rows: Callable) -> None:
    proposal = proposal_of(pointing(key(), way))

    assert (
        refusal_of(lambda: publishing.publish(proposal, by=proposal.author), all_rows).code
        == "dangling_reference"
    )


@pytest.mark.parametrize("way", ["column", "set", "row"])
def test_an_entry_cannot_point_to_one_of_the_wrong_kind(way: str, all_rows: Callable) -> None:
    proposal = proposal_of(pointing(publish_source(), way))

    assert (
        refusal_of(lambda: publishing.publish(proposal, by=proposal.author), all_rows).code
        == "dangling_reference"
    )


@EVERY_WAY
def test_an_entry_cannot_point_to_a_retracted_one(way: str, editor: Any, all_rows: Callable) -> None:
    one = {"column": publish_case, "set": publish_theme, "row": publish_actor, "any kind": publish_case}[
        way
    ]()
    retracting.retract(one, by=editor, reason="Wrong.", language="en")
    proposal = proposal_of(pointing(one, way))

    refusal = refusal_of(lambda: publishing.publish(proposal, by=proposal.author), all_rows)

    assert refusal.code == "dangling_reference"
    assert "1 entries" in refusal.message


def test_an_entry_may_point_to_itself() -> None:
    source = publish_source()

    publish_change(source, {"claim": [{"source": source}]})

    assert source.claims.get().source == source


def test_a_row_of_one_that_was_taken_out_meanwhile_is_a_conflict_to_decide(all_rows: Callable) -> None:
    provision = key()
    case = publish_case(rows={"provision": [{"id": provision}]})
    mine = proposal_of(edited(case, {"assessment": [{"provision": provision}]}), base=newest(case))
    without = edited(case)
    del without["rows"]["provision"][provision]
    theirs = proposal_of(without, base=newest(case))
    publishing.publish(theirs, by=theirs.author)

    assert refusal_of(lambda: publishing.publish(mine, by=mine.author), all_rows).code == "conflict"


def test_a_row_cannot_belong_to_a_row_of_another_entry(all_rows: Callable) -> None:
    section = key()
    publish_pillar(rows={"section": [{"id": section}]})
    evidence = {"section": section, "entry": publish_theme()}
    proposal = proposal_of(snapshot_of("pillar", {"evidence": [evidence]}))

    assert (
        refusal_of(lambda: publishing.publish(proposal, by=proposal.author), all_rows).code == "dangling_row"
    )

"""Retracting an entry, and restoring an old version."""

from collections.abc import Callable
from typing import Any

import pytest

from publishing import snapshots
from publishing.actions import publishing, retracting
from publishing.models import Entry, Proposal, Revision
from publishing.rules import Refusal
from publishing.vocabulary import ChangeClass, EntryState
from tests.factories import (
    edited,
    key,
    newest,
    proposal_of,
    publish_actor,
    publish_case,
    publish_change,
    publish_initiative,
    publish_pillar,
    publish_place,
    publish_source,
    publish_theme,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def retract(entry: Entry, by: Any, reason: str = "It was wrong.") -> Revision:
    return retracting.retract(entry, by=by, reason=reason, language="en")


# --- retracting ------------------------------------------------------------------------------


@pytest.mark.every_database
def test_what_is_retracted_leaves_the_content_tables_and_keeps_its_base_row(
    editor: Any, all_rows: Callable
) -> None:
    theme, place = publish_theme(), publish_place()
    before = all_rows()
    rows = {"provision": [{}], "claim": [{}], "externalid": [{}]}
    case = publish_case(themes=[theme], countries=[place], rows=rows)

    retract(case, editor, " It was wrong. ")

    after = all_rows()
    content = [name for name in before if name.startswith(("cases_", "sources_", "pillars_", "portal_"))]
    assert [after[name] for name in content] == [before[name] for name in content]
    entry = Entry.objects.get(pk=case.pk)
    assert (entry.state, entry.retraction_reason) == ("retracted", "It was wrong.")
    assert not Entry.objects.published().filter(pk=case.pk).exists()


def test_a_retraction_is_a_revision_that_keeps_what_was_said(editor: Any) -> None:
    case = publish_case(finding_en="Once said", rows={"provision": [{}]})
    content = snapshots.freeze(case)

    revision = retract(case, editor)

    assert (revision.number, revision.change_class, revision.note) == (
        2,
        ChangeClass.RETRACTION,
        "It was wrong.",
    )
    assert revision.snapshot == content
    assert Entry.objects.get(pk=case.pk).revision == 2
    assert Proposal.objects.get(revision=revision).state == "accepted"


def users_of_everything() -> dict[str, tuple[Entry, Entry]]:
    """Entries, each with another entry that points to it in a different way."""
    theme, other_theme, third_theme = publish_theme(), publish_theme(), publish_theme()
    place, home, actor, source = publish_place(), publish_place(), publish_actor(), publish_source()
    case, followed, section = publish_case(), publish_case(), key()
    return {
        "member of a set": (theme, publish_case(themes=[theme])),
        "place in a set": (place, publish_case(countries=[place])),
        "column": (home, publish_actor(home=home)),
        "column of a theme": (other_theme, publish_initiative(main_theme=other_theme)),
        "column of a case": (followed, publish_initiative(follows=followed)),
        "row": (actor, publish_case(rows={"participation": [{"actor": actor}]})),
        "claim": (source, publish_case(rows={"claim": [{"source": source}]})),
        "section": (third_theme, publish_pillar(rows={"section": [{"theme": third_theme}]})),
        "evidence of any kind": (
            case,
            publish_pillar(
                rows={"section": [{"id": section}], "evidence": [{"section": section, "entry": case}]}
            ),
        ),
    }


@pytest.mark.every_database
@pytest.mark.parametrize(
    "way",
    [
        "member of a set", "place in a set", "column", "column of a theme", "column of a case", "row",
        "claim", "section", "evidence of any kind",
    ],
)  # fmt: skip
def test_what_another_entry_uses_cannot_be_retracted_and_the_user_is_named(
    way: str, editor: Any, all_rows: Callable
) -> None:
    used, user = users_of_everything()[way]
    before = all_rows()

    with pytest.raises(Refusal) as refused:
        retract(used, editor)

    assert refused.value.code == "in_use"
    assert user.title_en in refused.value.message
    assert all_rows() == before


def test_an_entry_that_only_uses_itself_can_be_retracted(editor: Any) -> None:
    source = publish_source()
    publish_change(source, {"claim": [{"source": source}]})

    retract(source, editor)

    assert Entry.objects.get(pk=source.pk).is_retracted


def test_an_entry_whose_user_was_retracted_can_be_retracted_too(editor: Any) -> None:
    actor = publish_actor()
    case = publish_case(rows={"participation": [{"actor": actor}]})
    retract(case, editor)

    retract(actor, editor)

    assert Entry.objects.get(pk=actor.pk).is_retracted


# --- restoring -------------------------------------------------------------------------------


@pytest.mark.every_database
def test_what_was_retracted_can_be_restored_whole(editor: Any) -> None:
    case = publish_case(slug="libya-2020", rows={"provision": [{}], "event": [{}]})
    content, first_published = snapshots.freeze(case), case.published_at
    retraction = retract(case, editor)

    revision = retracting.restore(retraction, by=editor, note="It was right after all.", language="en")

    entry = Entry.objects.get(pk=case.pk)
    assert snapshots.freeze(entry) == content == revision.snapshot
    assert (entry.state, entry.retraction_reason, entry.retraction_language) == (EntryState.PUBLISHED, "", "")
    assert (entry.revision, revision.change_class, entry.published_at) == (
        3,
        ChangeClass.RESTORATION,
        first_published,
    )


def test_an_older_revision_can_be_restored_and_the_history_goes_on(editor: Any) -> None:
    case = publish_case(finding_en="First", slug="one")
    first = newest(case)
    publish_change(case, {"event": [{}]}, finding_en="Second", slug="two")

    revision = retracting.restore(first, by=editor, note="Back.", language="fr")

    case.refresh_from_db()
    assert (case.finding_en, case.slug, case.events.count()) == ("First", "one", 0)
    assert (revision.number, revision.note_language) == (3, "fr")
    assert [one.snapshot["fields"]["finding_en"] for one in case.revisions.order_by("number")] == [
        "First", "Second", "First",
    ]  # fmt: skip


def test_restoring_what_is_public_now_is_refused(editor: Any) -> None:
    case = publish_case()

    with pytest.raises(Refusal) as refused:
        retracting.restore(newest(case), by=editor, note="Back.", language="en")

    assert refused.value.code == "nothing_changed"


def test_what_points_to_a_retracted_entry_cannot_be_restored(editor: Any, all_rows: Callable) -> None:
    actor = publish_actor()
    case = publish_case(rows={"participation": [{"actor": actor}]})
    retraction = retract(case, editor)
    retract(actor, editor)
    before = all_rows()

    with pytest.raises(Refusal) as refused:
        retracting.restore(retraction, by=editor, note="Back.", language="en")

    assert refused.value.code == "dangling_reference"
    assert all_rows() == before


def test_a_change_begun_before_a_retraction_does_not_bring_the_entry_back(
    editor: Any, all_rows: Callable
) -> None:
    case = publish_case()
    proposal = proposal_of(edited(case, finding_en="Typo mended"), by=editor, base=newest(case))
    retract(case, editor)
    before = all_rows()

    with pytest.raises(Refusal) as refused:
        publishing.publish(proposal, by=editor)

    assert refused.value.code == "retracted"
    assert all_rows() == before

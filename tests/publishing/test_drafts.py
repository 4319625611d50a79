"""Drafts: saves of several people are merged, or wait in a conflict; autosaves and presence."""

from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from publishing.actions import drafting
from publishing.models import DraftVersion, FormAutosave, Presence, Proposal, Revision
from publishing.rules import Conflicted, Refusal
from publishing.snapshots import Path
from publishing.vocabulary import ProposalState
from tests.factories import an_account, edited, newest, publish_case, snapshot_of

pytestmark = [pytest.mark.django_db, pytest.mark.every_database]
PROVENANCE = {"note": "", "note_language": "en", "change_class": "correction", "override_reason": "A test."}


@pytest.fixture
def case() -> Any:
    return publish_case(finding_en="Before.", finding_ar="قبل")


@pytest.fixture
def draft(case: Any) -> Proposal:
    return drafting.begin_draft(
        edited(case, finding_en="Draft."), by=an_account(), base=newest(case), **PROVENANCE
    )


def saved(draft: Proposal, case: Any, version: int, **fields: Any) -> Proposal:
    return drafting.save_draft(draft, edited(case, **fields), by=an_account(), version=version, **PROVENANCE)


def wanted(draft: Proposal) -> dict[str, Any]:
    return Proposal.objects.get(pk=draft.pk).wanted["fields"]


def test_a_draft_is_in_no_table_that_readers_read(draft: Proposal, case: Any) -> None:
    case.refresh_from_db()

    assert case.finding_en == "Before."
    assert Revision.objects.count() == 1


def test_a_late_save_is_joined_where_nothing_collides(draft: Proposal, case: Any) -> None:
    saved(draft, case, 1, finding_en="Draft.", finding_fr="Leur.")

    mine = saved(draft, case, 1, finding_en="Draft.", finding_ar="لي")

    assert mine.pk == draft.pk
    fields = wanted(draft)
    assert (fields["finding_en"], fields["finding_fr"], fields["finding_ar"]) == ("Draft.", "Leur.", "لي")
    assert [one.number for one in DraftVersion.objects.filter(proposal=draft)] == [3, 2, 1]


@pytest.mark.parametrize("choice, expected", [("mine", "Mine."), ("theirs", "Theirs.")])
def test_a_late_save_that_collides_waits_until_its_author_has_chosen(
    draft: Proposal, case: Any, choice: str, expected: str
) -> None:
    saved(draft, case, 1, finding_en="Theirs.")
    late = saved(draft, case, 1, finding_en="Mine.", finding_fr="À moi.")
    assert (late.meant_for, wanted(draft)["finding_en"]) == (draft, "Theirs.")

    drafting.resolve_late_save(late, by=an_account(), choices={Path(column="finding_en"): choice}, against=2)

    assert (wanted(draft)["finding_en"], wanted(draft)["finding_fr"]) == (expected, "À moi.")
    assert Proposal.objects.get(pk=late.pk).state == ProposalState.SUPERSEDED


def test_choices_against_an_older_save_are_asked_again(draft: Proposal, case: Any) -> None:
    saved(draft, case, 1, finding_en="Theirs.")
    late = saved(draft, case, 1, finding_en="Mine.")
    saved(draft, case, 2, finding_en="Theirs once more.")

    with pytest.raises(Conflicted):
        drafting.resolve_late_save(
            late, by=an_account(), choices={Path(column="finding_en"): "mine"}, against=2
        )

    assert wanted(draft)["finding_en"] == "Theirs once more."


TEXTS = st.fixed_dictionaries(
    {name: st.sampled_from(["", "a", "b"]) for name in ("finding_en", "finding_fr")}
)


@given(theirs=TEXTS, mine=TEXTS)
def test_no_save_is_lost_whatever_two_people_write(theirs: dict, mine: dict) -> None:
    """Each changed text of each save is in the draft, or in a late save beside it."""
    case = publish_case(finding_en="0", finding_fr="0")
    start = drafting.begin_draft(edited(case), by=an_account(), base=newest(case), **PROVENANCE)

    saved(start, case, 1, **theirs)
    second = saved(start, case, 1, **mine)

    assert second.wanted["fields"] | mine == second.wanted["fields"] or second.meant_for_id is None
    collides = any(theirs[name] != mine[name] for name in mine)
    assert (second.meant_for_id is not None) == collides


def test_publishing_a_draft_leaves_no_save_of_it_behind(draft: Proposal, case: Any) -> None:
    provenance = PROVENANCE | {"note": "Done."}

    drafting.finish_draft(
        draft, edited(case, finding_en="Done."), by=an_account(), version=1, at=None, **provenance
    )

    assert newest(case).snapshot["fields"]["finding_en"] == "Done."
    assert DraftVersion.objects.count() == 0


def test_a_refused_publication_leaves_the_draft_as_it_was(draft: Proposal, case: Any, all_rows: Any) -> None:
    before = all_rows()

    with pytest.raises(Refusal) as refused:
        drafting.finish_draft(
            draft, edited(case, finding_en="Done."), by=an_account(), version=1, at=None, **PROVENANCE
        )

    assert refused.value.code == "no_note"
    assert all_rows() == before


def test_a_draft_of_something_new_is_no_entry() -> None:
    draft = drafting.begin_draft(snapshot_of("case"), by=an_account(), base=None, **PROVENANCE)

    assert (draft.entry, draft.size > 0, draft.languages) == (None, True, "en")


def test_typing_is_kept_for_one_person_and_one_form() -> None:
    one, other = an_account(), an_account("other", is_staff=True)

    drafting.autosave_form("add:case", [("title_en", "A")], by=one)
    drafting.autosave_form("add:case", [("title_en", "B"), ("note", "")], by=one)
    drafting.autosave_form("add:case", [("title_en", "C")], by=other)

    assert FormAutosave.objects.get(by=one).fields == [["title_en", "B"], ["note", ""]]
    drafting.discard_autosave("add:case", by=one)
    assert [typing.by for typing in FormAutosave.objects.all()] == [other]


def test_who_was_here_a_moment_ago_is_shown_and_then_forgotten() -> None:
    one, other = an_account(), an_account("other", is_staff=True)
    drafting.note_presence("add:case", by=other)

    assert [presence.by for presence in drafting.note_presence("add:case", by=one)] == [other]

    drafting.delete_expired_form_state(timezone.now() + 2 * drafting.PRESENCE_TIMEOUT)
    assert Presence.objects.count() == 0

"""What the translation desk refuses, and conflicts: no input is lost."""

from typing import Any

import pytest
from django.test import Client

from publishing.actions import publishing, retracting
from publishing.actions.translating import check_translations
from publishing.models import Entry, Proposal, Revision, TranslationCheck
from publishing.rules import Refusal
from publishing.vocabulary import ProposalState
from tests.desk.translating.board import BOARD, NOTE_FIELDS, desk_of, send
from tests.factories import an_account, newest, publish_change, publish_theme

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param({"note": ""}, id="no note"),
        pytest.param({"note_language": "xx"}, id="no language of the note"),
        pytest.param({"based_on": "x"}, id="a number that is none"),
        pytest.param({"text__finding": "a\u202eb"}, id="what cannot be seen"),
        pytest.param({"text__finding": "a" * 20_001}, id="too long"),
    ],
)
def test_a_refusal_keeps_everything_that_was_typed(desk: Client, case: Entry, typed: dict) -> None:
    answer = send(desk, case, **{"text__title": "كتبته بتعب", **typed})

    assert answer.status_code == 200
    assert "كتبته بتعب" in answer.content.decode()
    assert "errorlist" in answer.content.decode()
    assert newest(case).number == 2


def test_nothing_changed_is_said(desk: Client, case: Entry) -> None:
    answer = send(desk, case, text__title="قديم", text__finding="")

    assert "Nothing was changed" in answer.content.decode()
    assert Proposal.objects.count() == 2


def test_what_was_typed_survives_a_retraction(desk: Client, case: Entry) -> None:
    retracting.retract(case, by=an_account(), reason="Gone.", language="en")

    answer = send(desk, case, text__title="كتبته بتعب", based_on=2)

    assert "retracted in the meantime" in answer.content.decode()
    assert "كتبته بتعب" in answer.content.decode()


def test_two_translators_of_one_text_meet_where_conflicts_are_resolved(
    desk: Client, editor: Any, case: Entry
) -> None:
    publish_change(case, title_ar="عنوان الآخر")

    answer = send(desk, case, text__title="عنواني", based_on=2)

    mine = Proposal.objects.get(state=ProposalState.DRAFT)
    assert answer["Location"] == f"/en/admin/publishing/proposal/{mine.pk}/resolve/"
    assert mine.wanted["fields"]["title_ar"] == "عنواني"
    assert mine.author == editor


def test_a_text_whose_row_was_taken_out_meanwhile_is_a_conflict_and_not_lost(
    desk: Client, case: Entry
) -> None:
    before = newest(case)
    (row,) = before.snapshot["rows"]["provision"]
    without = {**before.snapshot, "rows": {**before.snapshot["rows"], "provision": {}}}
    publishing.publish_at_once(without, by=an_account(), base=before, note="Out.", note_language="en",
                            change_class="correction")  # fmt: skip

    answer = desk.post(
        desk_of(case), {**NOTE_FIELDS, "based_on": before.number, f"text:provision/{row}/text": "كتبته بتعب"}
    )

    assert "/resolve/" in answer["Location"]
    assert (
        Proposal.objects.get(state=ProposalState.DRAFT).wanted["rows"]["provision"][row]["text_ar"]
        == "كتبته بتعب"
    )


@pytest.mark.parametrize(
    "path, status",
    [
        ("00000000-0000-4000-8000-000000000000/ar/", 404),
        ("{pk}/xx/", 404),
        ("{pk}/AR/", 404),
        ("not-a-key/ar/", 404),
    ],
)
def test_an_address_of_nothing_is_not_there(desk: Client, case: Entry, path: str, status: int) -> None:
    address = BOARD + path.format(pk=case.pk)

    assert desk.get(address).status_code == status
    assert desk.post(address, {"based_on": "1"}).status_code == status


def test_forged_names_write_nothing(desk: Client, case: Entry) -> None:
    answer = desk.post(
        desk_of(case),
        {
            **NOTE_FIELDS,
            "based_on": 2,
            "text:slug": "taken",
            "text:retraction_reason": "x",
            "still:finding": "on",
        },
    )

    assert answer.status_code == 200
    assert (Revision.objects.count(), TranslationCheck.objects.count()) == (2, 0)
    assert desk.post(desk_of(case), {**NOTE_FIELDS, "based_on": 99}).status_code == 404


def test_hostile_text_stays_text(desk: Client) -> None:
    theme = publish_theme(title_en="<script>one()</script>", title_ar="<b>ب</b>")
    publish_change(theme, title_en="<script>two()</script>")

    for address in (BOARD, desk_of(theme)):
        page = desk.get(address).content.decode()
        assert "<script>one" not in page
        assert "<script>two" not in page


def test_a_check_of_what_is_not_there_is_refused(case: Entry) -> None:
    for path in ("finding", "slug", "provision/x/text"):
        with pytest.raises(Refusal) as refused:
            check_translations(newest(case), by=an_account(), paths=[path], language="ar")
        assert refused.value.code == "no_such_text"


def test_a_check_by_somebody_without_the_right_is_refused(case: Entry, reader: Any) -> None:
    with pytest.raises(Refusal) as refused:
        check_translations(newest(case), by=reader, paths=["title"], language="ar")
    assert refused.value.code == "not_permitted"

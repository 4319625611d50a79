"""A save at the desk writes one proposal, one revision and one line in the log, or nothing."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.test import Client

from cases.models import Case
from publishing.models import Entry, Proposal, Revision
from publishing.vocabulary import ChangeClass, ProposalState
from tests.desk.sheets import NOTE, Sheet
from tests.factories import newest, publish_case, publish_change, publish_one_of_each, publish_page

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

SMALLEST_CASE = {
    "title_en": "A ceasefire",
    "slug": "a-ceasefire",
    "ceasefire_class": "preliminary_ceasefire",
    "sidedness": "bilateral",
}


def counted() -> tuple[int, int, int, int]:
    return Entry.objects.count(), Proposal.objects.count(), Revision.objects.count(), LogEntry.objects.count()


def test_adding_writes_one_accepted_proposal_one_revision_and_one_line_in_the_log(
    desk: Client, editor: Any
) -> None:
    answer = Sheet.new(desk, "case", **SMALLEST_CASE).save(public_note="وقف جديد", note_language="ar")

    assert answer.status_code == 302
    assert counted() == (1, 1, 1, 1)
    case, proposal, revision, log = (
        Case.objects.get(),
        Proposal.objects.get(),
        Revision.objects.get(),
        LogEntry.objects.get(),
    )
    assert (proposal.state, proposal.revision, proposal.author) == (ProposalState.ACCEPTED, revision, editor)
    assert (revision.note, revision.note_language, revision.author) == ("وقف جديد", "ar", editor)
    assert (revision.change_class, revision.number, case.revision) == (ChangeClass.ADDITION, 1, 1)
    assert (log.action_flag, log.user, log.object_id) == (ADDITION, editor, str(case.pk))
    assert log.change_message == "وقف جديد"


def test_changing_writes_one_accepted_proposal_one_revision_and_one_line_in_the_log(
    desk: Client, editor: Any
) -> None:
    case = publish_case()
    before = counted()

    answer = Sheet.of(desk, case, finding_en="It held.", change_class="typo").save()

    assert answer.status_code == 302
    assert [now - then for now, then in zip(counted(), before, strict=True)] == [0, 1, 1, 1]
    revision = newest(case)
    assert (revision.number, revision.change_class, revision.author) == (2, ChangeClass.TYPO, editor)
    assert revision.snapshot["fields"]["finding_en"] == "It held."
    assert Case.objects.get().finding_en == "It held."
    assert Proposal.objects.get(revision=revision).state == ProposalState.ACCEPTED
    assert LogEntry.objects.get().action_flag == CHANGE


def test_the_editor_is_told_what_was_published_and_where_to_see_it(desk: Client) -> None:
    case = publish_case(title_en="A ceasefire")

    answer = Sheet.of(desk, case, finding_en="It held.").save()
    html = desk.get(answer.url).content.decode()

    assert "“A ceasefire” is published as revision 2." in html
    assert f'href="{case.get_absolute_url()}"' in html


@pytest.mark.parametrize("button", ["_save", "_continue", "_addanother"])
def test_every_button_of_the_form_publishes(desk: Client, button: str) -> None:
    case = publish_case()

    answer = Sheet.of(desk, case, finding_en="It held.").save(**{button: "1"})

    assert answer.status_code == 302
    assert desk.get(answer.url).status_code == 200
    assert newest(case).number == 2


def test_a_save_that_changes_nothing_publishes_nothing_and_says_so(desk: Client) -> None:
    entries = publish_one_of_each()
    before = counted()

    for entry in entries.values():
        answer = Sheet.of(desk, entry).save()

        assert "Nothing was changed" in answer.content.decode(), entry.kind
    assert counted() == before


def test_a_note_is_compulsory(desk: Client, all_rows: Callable) -> None:
    case = publish_case()
    sheet = Sheet.of(desk, case, finding_en="It held.", public_note=" ")
    before = all_rows()

    answer = sheet.save()

    assert answer.status_code == 200
    assert "This field is required." in answer.content.decode()
    assert all_rows() == before


def test_what_the_form_refuses_changes_no_table_and_keeps_all_that_was_typed(
    desk: Client, all_rows: Callable
) -> None:
    case = publish_case(rows={"provision": [{"text_en": "Withdraw."}]})
    sheet = Sheet.of(desk, case, finding_fr="Elle a tenu.", declared_on="2020-13", public_note="La note")
    sheet.add("events", event_type="signature", title_en="Signed in <Geneva>")
    sheet.add("claims", about="finding", value_en="Says so", confidence="low")
    before = all_rows()

    answer = sheet.save()

    assert all_rows() == before
    html = answer.content.decode()
    for typed in ("Elle a tenu.", "2020-13", "La note", "Signed in &lt;Geneva&gt;", "Says so", "Withdraw."):
        assert typed in html, typed


REFUSED = {
    "address of another": ({"slug": "taken"}, "Another entry of this kind has that address."),
    "address that another had": ({"slug": "once-taken"}, "The address “once-taken” belongs to another entry"),
    "constraint of the table": (
        {"outcome": "holding", "outcome_as_of": ""},
        "Say as of when the outcome is known.",
    ),
    "no title": ({"title_en": ""}, "Give a title in at least one language."),
    "verified after due": (
        {"last_verified_on": "2024-02-01", "verify_by": "2024-01-01"},
        "“Verify again by” must not be before",
    ),
}


@pytest.mark.parametrize("typed, message", REFUSED.values(), ids=REFUSED)
def test_what_the_rules_refuse_comes_back_with_all_that_was_typed(
    desk: Client, all_rows: Callable, typed: dict[str, str], message: str
) -> None:
    publish_case(slug="taken")
    publish_change(publish_case(slug="once-taken"), slug="moved-on")
    case = publish_case()
    sheet = Sheet.of(desk, case, finding_fr="Elle a tenu.", public_note="La note", **typed)
    sheet.add("events", event_type="signature", title_en="Signed in Geneva")
    before = all_rows()

    answer = sheet.save()

    assert all_rows() == before
    html = answer.content.decode()
    for text in (message, "Elle a tenu.", "La note", "Signed in Geneva", *filter(None, typed.values())):
        assert text in html, text


def test_a_constraint_that_only_the_database_sees_comes_back_in_the_form(
    desk: Client, all_rows: Callable
) -> None:
    case = publish_case()
    sheet = Sheet.of(desk, case, public_note="La note")
    sheet.add("breaches", breach_type="direct_fire", status="alleged", killed="3")
    before = all_rows()

    answer = sheet.save()

    assert all_rows() == before
    assert "A count needs a reporter: say who reports it." in answer.content.decode()
    assert 'value="3"' in answer.content.decode()


def test_the_line_ends_that_browsers_send_are_no_change(desk: Client) -> None:
    page = publish_page(body_en="One.\n\nTwo.", summary_en="A\nB")
    sheet = Sheet.of(desk, page, title_fr="Une page")

    sheet.save()

    assert sheet.values["body_en"] == ["One.\r\n\r\nTwo."]
    fields = newest(page).snapshot["fields"]
    assert (fields["body_en"], fields["summary_en"], fields["title_fr"]) == (
        "One.\n\nTwo.",
        "A\nB",
        "Une page",
    )


def test_the_line_ends_in_rows_are_no_change(desk: Client) -> None:
    case = publish_case(
        rows={"provision": [{"text_en": "One.\nTwo.", "quotation": "A\nB", "quotation_language": "en"}]}
    )

    answer = Sheet.of(desk, case).save()

    assert "Nothing was changed" in answer.content.decode()


def test_a_note_keeps_its_line_ends_as_one_character(desk: Client) -> None:
    case = publish_case()

    Sheet.of(desk, case, finding_en="It held.").save(**{**NOTE, "public_note": "One.\r\nTwo."})

    assert newest(case).note == "One.\nTwo."

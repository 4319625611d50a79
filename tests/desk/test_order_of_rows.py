"""The order of rows: what a form tells of it becomes their positions, and new rows stand behind the others."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from publishing.models import Entry, Proposal
from tests.desk.sheets import Fields, Sheet, boxes_of, change_page, send
from tests.factories import key, newest, publish_actor, publish_case

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

SAID = {"public_note": "A test wants it.", "note_language": "en", "override_reason": "A test wants it."}


def parties(entry: Entry) -> list[str]:
    """The keys of the parties as the page shows them."""
    rows = newest(entry).snapshot["rows"]["participation"]
    return sorted(rows, key=lambda one: (rows[one]["position"], one))


def positions(entry: Entry, kind: str = "participation") -> dict[str, int]:
    return {one: row["position"] for one, row in newest(entry).snapshot["rows"][kind].items()}


def a_case(*places: int) -> tuple[Entry, list[str]]:
    """A case with parties at these positions, and the keys of these."""
    keys = [key() for _place in places]
    rows = [
        {"id": one, "actor": str(publish_actor(title_en=f"Party {number}").pk), "position": place}
        for number, (one, place) in enumerate(zip(keys, places, strict=True))
    ]
    return publish_case(rows={"participation": rows}), keys


def sent(desk: Client, entry: Entry, **values: str) -> Any:
    """The form of the entry with no row opened, with these values."""
    fields = boxes_of(desk, change_page(entry)).values
    typed = {name: [text] for name, text in {**SAID, **values}.items()}
    return send(desk, change_page(entry), fields | typed)


def test_rows_that_were_moved_unopened_are_saved_in_the_order_that_was_told(desk: Client) -> None:
    case, [first, second, third] = a_case(1, 2, 3)

    answer = sent(desk, case, **{"participations-order": f"{third} {first} {second}"}, _save="")

    assert answer.status_code == 302
    assert parties(case) == [third, first, second]
    assert positions(case) == {third: 1, first: 2, second: 3}


def test_rows_of_one_position_get_one_each(desk: Client) -> None:
    case, [first, second, third] = a_case(0, 0, 0)

    sent(desk, case, **{"participations-order": f"{second} {third} {first}"}, _save="")

    assert positions(case) == {second: 0, third: 1, first: 2}


@pytest.mark.parametrize(
    "order", ["nonsense", "\x00", "#9999999", "#0 #0", "00000000-0000-0000-0000-000000000000", "x" * 9_000]
)
def test_an_order_that_names_no_row_changes_nothing(desk: Client, order: str) -> None:
    case, _keys = a_case(1, 2)
    before = positions(case)

    assert (
        sent(desk, case, **{"participations-order": order}, finding_en="It held.", _save="").status_code
        == 302
    )

    assert positions(case) == before


def test_a_row_that_the_order_does_not_name_follows(desk: Client) -> None:
    case, [first, second, third] = a_case(4, 5, 6)

    sent(desk, case, **{"participations-order": f"{third} {third} {key()}"}, _save="")

    assert parties(case) == [third, first, second]


def test_new_rows_stand_behind_the_others_in_the_order_of_the_form(desk: Client) -> None:
    case, keys = a_case(1, 7)
    sheet = Sheet.of(desk, case)
    for number in (8, 9):
        sheet.add("participations", actor=publish_actor(title_en=f"Party {number}"), role="mediator")

    assert sheet.save().status_code == 302

    after = positions(case)
    assert sorted(after.values()) == [1, 7, 8, 9]
    assert {after[one] for one in keys} == {1, 7}


def test_a_new_row_keeps_the_position_that_was_typed(desk: Client) -> None:
    case, [first, _second] = a_case(3, 7)
    actor = publish_actor(title_en="Party 8")

    Sheet.of(desk, case).add("participations", actor=actor, role="mediator", position="2").save()

    after = positions(case)
    [new] = after.keys() - {first, _second}
    assert after[new] == 2


def test_a_new_row_stands_where_the_order_has_it_also_behind_one_opened_later(desk: Client) -> None:
    case, [first, second] = a_case(1, 2)
    actor = publish_actor(title_en="Party 8")
    fields = Fields(desk.get(change_page(case)).content.decode()).values
    stored = desk.get(f"{change_page(case)}?row={second}&number=1").content.decode()
    fields |= Fields(f'<form method="post">{stored}</form>').values
    fields |= {"participations-0-actor": [str(actor.pk)], "participations-0-role": ["mediator"]}
    fields |= {"participations-TOTAL_FORMS": ["2"], "participations-order": [f"{first} #0 {second}"]}

    answer = desk.post(
        change_page(case), fields | {name: [text] for name, text in {**SAID, "_save": ""}.items()}
    )

    assert answer.status_code == 302
    [new] = positions(case).keys() - {first, second}
    assert parties(case) == [first, new, second]


def test_a_form_that_comes_back_keeps_the_order_and_shows_its_rows_so(desk: Client) -> None:
    case, [first, second, third] = a_case(1, 2, 3)

    page = sent(
        desk, case, **{"participations-order": f"{third} {first} {second}"}, _open=first
    ).content.decode()

    assert f'name="participations-order" value="{third} {first} {second}"' in page
    at = [page.index(f'value="{one}"') for one in (third, second)]
    assert at[0] < page.index('id="participations-0"') < at[1]


def test_new_events_are_reviewed_by_date_and_not_by_key(desk: Client) -> None:
    case = publish_case()
    days = ["2022-09-14", "2022-07-05", "2022-08-12", "2022-06-03", "2022-07-07"]
    sheet = Sheet.of(desk, case)
    for day in days:
        sheet.add("events", happened_on=day, event_type="signature", title_en=f"On {day}")
    sheet.save(_draft="")
    [draft] = Proposal.objects.filter(entry=case, revision=None)

    page = desk.get(reverse("admin:publishing_proposal_change", args=[draft.pk])).content.decode()

    at = [page.index(f"On {day}") for day in sorted(days)]
    assert at == sorted(at)

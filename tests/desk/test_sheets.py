"""A `Sheet` has the same fields as the HTML of the page: for each kind of entry, new or stored, and a draft."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from publishing.actions import drafting
from publishing.models import Entry
from publishing.models.entry import kinds
from tests.desk.sheets import Sheet, ShownSheet, add_page, change_page
from tests.factories import an_account, edited, newest
from tests.whole_site.filled import publish_filled, wherever_it_fits

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def without(values: dict[str, list[str]], names: set[str]) -> dict[str, list[str]]:
    return {name: one for name, one in values.items() if name not in names}


def assert_both_hold_the_same(desk: Client, address: str) -> None:
    quick, shown = Sheet(desk, address), ShownSheet(desk, address)

    # Each opened form has tokens of its own. Nobody reads what finds a claim in the list of all, and how many rows
    # there may be; and a browser with scripts sends no names that are typed instead of chosen.
    ends = ("MIN_NUM_FORMS", "MAX_NUM_FORMS", "-named")
    drawn = {
        "csrfmiddlewaretoken",
        "form_token",
        *(name for name in shown.inputs if name.startswith("_claims") or name.endswith(ends)),
    }
    assert without(quick.values, drawn) == without(shown.values, drawn)
    buttons = {name for name, one in shown.inputs.items() if one.get("type") == "submit"}
    assert {*quick.inputs} - drawn == {*shown.inputs} - buttons - drawn
    assert len(quick.values) > 10


@pytest.mark.parametrize("kind", kinds())
def test_of_a_new_entry(desk: Client, kind: str) -> None:
    assert_both_hold_the_same(desk, add_page(kind))
    assert_both_hold_the_same(desk, f"{add_page(kind)}?_popup=1&_to_field=entry_ptr")


def test_of_an_entry_of_each_kind_with_rows(desk: Client, one_of_each: dict[str, Entry]) -> None:
    for entry in one_of_each.values():
        assert_both_hold_the_same(desk, change_page(entry))


def test_of_entries_with_text_in_every_box(desk: Client) -> None:
    text = "\n <b>'A' & \"b\"</b>\r\nA second line\n"

    for entry in publish_filled(wherever_it_fits(text)).values():
        assert_both_hold_the_same(desk, change_page(entry))


def test_of_a_draft_and_of_what_was_typed(desk: Client, editor: Any, one_of_each: dict[str, Entry]) -> None:
    case = one_of_each["case"]
    changed = edited(case, {"event": [{"title_en": "A day"}]}, finding_en="Otherwise")
    draft = drafting.begin_draft(
        changed, by=editor, base=newest(case), note="A note", note_language="en", change_class="correction"
    )
    address = f"{change_page(case)}?proposal={draft.pk}"

    assert_both_hold_the_same(desk, address)
    assert "A day" in {value for values in Sheet(desk, address).values.values() for value in values}


def test_of_somebody_who_may_publish_nothing_alone(db: None) -> None:
    author = an_account("author", is_staff=True)
    author.user_permissions.set(Permission.objects.filter(codename="add_theme"))
    desk = Client()
    desk.force_login(author)

    assert_both_hold_the_same(desk, add_page("theme"))
    assert "publish_at_0" not in Sheet(desk, add_page("theme")).inputs

"""Buttons that add rows to a form without a script, and how many rows each of its parts says that it has."""

import re
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client

from desk.rehearsing import copy_of_names
from publishing.models import Entry, Revision
from tests.desk.sheets import Fields, add_page, change_page, send
from tests.factories import newest, publish_actor, publish_case

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


class Form:
    """A form as a browser without a script holds it."""

    def __init__(self, desk: Client, address: str) -> None:
        self.desk, self.address = desk, address
        self.shown(desk.get(address))

    def shown(self, answer: Any) -> "Form":
        assert answer.status_code == 200, answer.status_code
        self.html = answer.content.decode()
        self.values = Fields(self.html).values
        return self

    def type(self, **typed: str) -> "Form":
        assert {*typed} <= {*Fields(self.html).inputs}
        self.values |= {name: [value] for name, value in typed.items()}
        return self

    def press(self, value: str) -> "Form":
        return self.shown(send(self.desk, self.address, self.values | {"_open": [value]}))

    def counts(self, rows: str) -> set[str]:
        """What stands beside the link to the part, and in its heading."""
        heading = re.search(rf'id="{rows}-heading"[^>]*>[^<]*<span class="count">(\d+)<', self.html)
        link = re.search(rf'href="#{rows}-group">[^<]*</a>\s*<span class="count">(\d+)<', self.html)
        assert heading
        assert link
        return {heading[1], link[1]}


def a_case() -> Entry:
    actors = [publish_actor(title_en=f"Party {number}") for number in range(2)]
    return publish_case(
        rows={"participation": [{"actor": str(one.pk), "remark_en": "Late."} for one in actors]}
    )


def test_a_row_is_added_and_all_that_was_typed_stays(desk: Client) -> None:
    form = Form(desk, add_page("case")).type(finding_en="Half a sen")

    form.press("add:events").type(**{"events-0-title_en": "The guns fall silent"}).press("add:events")

    assert form.values["events-TOTAL_FORMS"] == ["2"]
    assert form.values["events-0-title_en"] == ["The guns fall silent"]
    assert form.values["finding_en"] == ["Half a sen"]
    assert form.counts("events") == {"2"}
    assert 'class="mistakes"' not in form.html
    assert not Revision.objects.exists()


def test_a_row_is_copied_with_what_was_typed_in_it_and_becomes_another(desk: Client) -> None:
    case = a_case()
    first = next(iter(newest(case).snapshot["rows"]["participation"]))
    form = Form(desk, change_page(case)).press(first).type(**{"participations-0-remark_en": "Early."})

    form.press("copy:participations-0").type(**{"participations-1-role": "mediator"})

    assert form.values["participations-1-remark_en"] == ["Early."]
    assert form.values["participations-1-position"] == [""]
    assert "participations-1-id" not in form.values or form.values["participations-1-id"] == [""]
    assert form.counts("participations") == {"3"}
    said = {"public_note": ["A test wants it."], "override_reason": ["A test wants it."], "_save": [""]}
    assert desk.post(change_page(case), form.values | said).status_code == 302
    after = newest(case).snapshot["rows"]["participation"]
    assert len(after) == 3
    assert sorted(row["remark_en"] for row in after.values()) == ["Early.", "Early.", "Late."]


def test_rows_that_are_to_be_deleted_do_not_count_and_neither_do_new_ones_that_go(desk: Client) -> None:
    case = a_case()
    first, second = newest(case).snapshot["rows"]["participation"]
    form = Form(desk, change_page(case))
    assert form.counts("participations") == {"2"}

    form.press(first).type(**{"participations-0-DELETE": "on"}).press("add:participations")
    assert form.counts("participations") == {"2"}

    form.type(**{"participations-1-DELETE": "on"}).press(second)
    assert form.counts("participations") == {"1"}


def test_a_new_row_that_goes_again_is_not_saved(desk: Client) -> None:
    case = a_case()
    form = Form(desk, change_page(case)).press("add:events")
    form.type(**{"events-0-title_en": "Typed by mistake", "events-0-DELETE": "on"})
    said = {"public_note": ["A test wants it."], "override_reason": ["A test wants it."], "_save": [""]}

    assert desk.post(change_page(case), form.values | {"finding_en": ["It held."]} | said).status_code == 302

    assert newest(case).snapshot["rows"]["event"] == {}


NO_BUTTONS = (
    *("add:", "add:nothing", "copy:participations-9", "copy:participations-x", "copy:"),
    *("look:events", "put:events", ":"),
)


def test_a_button_that_there_is_not_adds_nothing(desk: Client) -> None:
    form = Form(desk, change_page(a_case()))

    for pressed in NO_BUTTONS:
        form.press(pressed)

        counts = [form.values[f"{rows}-TOTAL_FORMS"] for rows in ("participations", "events")]
        assert counts == [["0"], ["0"]], pressed


def test_the_box_for_texts_of_another_language_is_open_where_it_says_something(desk: Client) -> None:
    texts = {"events-0-title_en": "The guns fell silent", "events-0-title_ar": "صمتت المدافع"}
    form = Form(desk, add_page("case")).press("add:events").type(**texts)

    page = form.press("add:events").html

    opened = re.findall(r'<details class="more-of-row"( open)?>', page[page.index('id="events-0"') :])
    assert opened[:2] == [" open", ""]


def test_a_form_that_is_sent_empty_comes_back(desk: Client) -> None:
    assert desk.post(change_page(a_case()), {}).status_code == 200


def test_each_part_of_the_form_has_all_that_was_sent_and_changes_its_own_copy_alone():
    sent = QueryDict("name=Juba&theme=1&theme=2")

    copied = copy_of_names(sent)
    copied["name"] = "Torit"
    copied.appendlist("theme", "3")

    assert dict(sent.lists()) == {"name": ["Juba"], "theme": ["1", "2"]}
    assert dict(copied.lists()) == {"name": ["Torit"], "theme": ["1", "2", "3"]}

"""Entries are chosen in a form whose browser runs no script: by a typed name, in a list, or made on the way."""

import re
from typing import Any

import pytest
from django.test import Client

from publishing.models import Entry
from tests.desk.sheets import NOTE, Fields, change_page, send
from tests.factories import newest, publish_actor, publish_case, publish_place, publish_source
from tests.kept import kept

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


class Plain:
    """A form as a browser without a script holds it: what stands in <noscript> is in it."""

    def __init__(self, desk: Client, entry: Entry, page: str = "") -> None:
        self.desk, self.address = desk, change_page(entry)
        self._show(page or page_of(desk, entry))

    def _show(self, html: str) -> None:
        self.html = html
        self.values = Fields(self.html).values | {name: [text] for name, text in NOTE.items()}

    def type(self, **typed: str) -> "Plain":
        assert typed.keys() <= self.values.keys(), typed.keys() - self.values.keys()
        self.values |= {name: [text] for name, text in typed.items()}
        return self

    def press(self, button: str, value: str = "") -> int:
        """Press a button; the status of the answer, which is shown."""
        answer = send(self.desk, self.address, self.values | {button: [value]})
        if answer.status_code == 200:
            self._show(answer.content.decode())
        return answer.status_code

    def offered(self, name: str) -> list[str]:
        """The choices of a select that are not chosen yet."""
        [options] = re.findall(rf'<select name="{name}".*?</select>', self.html, re.DOTALL)
        return re.findall(r"<option value=\"[^\"]+\">\s*([^<]+?)\s*</option>", options)


def page_of(desk: Client, entry: Entry) -> str:
    """The page of the form, before anything was typed."""
    html: str = desk.get(change_page(entry)).content.decode()
    return html


@kept
def case() -> Entry:
    return publish_case()


@pytest.fixture(scope="module")
def shown() -> dict[Any, str]:
    """The page of the case, made for the first test that opens it: nobody has changed anything yet."""
    return {}


@pytest.fixture
def form(desk: Client, case: Entry, shown: dict[Any, str]) -> Plain:
    if case.pk not in shown:
        shown[case.pk] = page_of(desk, case)
    return Plain(desk, case, shown[case.pk])


def rows(form: Plain, kind: str) -> list[dict]:
    entry = Entry.objects.get(pk=form.address.split("/")[-3])
    return [*newest(entry).snapshot["rows"][kind].values()]


@pytest.mark.parametrize("name", ["الأمم المتحدة", "  un-org "])
def test_a_typed_name_is_the_entry_that_alone_has_it(form: Plain, name: str) -> None:
    actor = publish_actor(slug="un-org", title_en="United Nations", title_ar="الأمم المتحدة")
    publish_actor(title_en="Union of Nations")

    form.press("_open", "add:participations")
    form.type(**{"participations-0-actor-named": name, "participations-0-role": "mediator"})
    assert form.press("_save") == 302

    assert [row["actor"] for row in rows(form, "participation")] == [str(actor.pk)]


def test_a_name_of_several_is_asked_about_and_chosen_in_the_list_that_comes_back(form: Plain) -> None:
    actors = [publish_actor(title_en="Joint Commission", slug=f"commission-{number}") for number in "ab"]
    form.press("_open", "add:participations")
    form.type(**{"participations-0-actor-named": "Joint Commission", "participations-0-role": "monitor"})

    assert form.press("_save") == 200
    assert "“Joint Commission” is the name of several: choose one in the list." in form.html
    offered = form.offered("participations-0-actor")
    assert len(offered) == 2
    assert all(one.startswith("Joint Commission · ") for one in offered)
    assert {one[-1] for one in offered} == {"a", "b"}
    assert form.values["participations-0-actor"] == [""]

    form.type(**{"participations-0-actor": str(actors[1].pk)})
    assert form.press("_save") == 302
    assert [row["actor"] for row in rows(form, "participation")] == [str(actors[1].pk)]


def test_a_name_is_looked_up_before_anything_is_saved(form: Plain) -> None:
    source = publish_source(title_en="The Memorandum of Understanding")
    form.press("_open", "new:outcome")
    form.type(**{"claims-0-source-named": "memorandum"})

    form.type(**{"claims-0-stance": "nonsense"})

    assert form.press("_open", "look-up:claims-0-source") == 200
    # Nobody asked yet whether all of it is right.
    assert "errorlist" not in form.html
    form.type(**{"claims-0-stance": "supports"})
    assert form.values["claims-0-source"] == [str(source.pk)]
    assert form.values["claims-0-source-named"] == [""]
    assert form.press("_save") == 302
    [claim] = rows(form, "claim")
    assert (claim["about"], claim["source"]) == ("outcome", str(source.pk))


def test_a_name_that_nothing_has_is_refused_and_kept_with_the_way_to_make_it(form: Plain) -> None:
    form.press("_open", "add:participations")
    form.type(**{"participations-0-actor-named": "<b>Nobody</b>\x00", "participations-0-role": "monitor"})

    assert form.press("_open", "look-up:participations-0-actor") == 200
    assert "Nothing here is called “&lt;b&gt;Nobody&lt;/b&gt;" in form.html
    assert form.press("_save") == 200
    assert "Nothing here is called “&lt;b&gt;Nobody&lt;/b&gt;" in form.html
    assert form.values["participations-0-actor-named"][0].startswith("<b>Nobody</b>")
    [beside] = re.findall(r'name="participations-0-actor-named".*?</noscript>', form.html, re.DOTALL)
    assert '<a href="/en/admin/cases/actor/add/" target="_blank"' in beside


def test_several_are_typed_into_one_box_and_add_to_those_that_are_chosen(desk: Client) -> None:
    chad, sudan, mali = (publish_place(title_en=name) for name in ("Chad", "Sudan", "Mali"))
    form = Plain(desk, publish_case(countries=[chad]))

    form.type(**{"countries-named": "Sudan; nowhere\nMali"})
    assert form.press("_save") == 200
    assert "Nothing here is called “nowhere”." in form.html
    assert form.values["countries-named"] == ["nowhere"]
    assert form.type(**{"countries-named": ""}).press("_save") == 302

    countries = newest(Entry.objects.get(pk=form.address.split("/")[-3])).snapshot["fields"]["countries"]
    assert {*countries} == {str(one.pk) for one in (chad, sudan, mali)}


def test_a_blank_row_of_the_script_has_no_box_for_names(form: Plain) -> None:
    assert "picture-named" in form.html
    assert "__prefix__-actor-named" not in form.html


def test_a_semicolon_in_a_box_of_one_belongs_to_the_name(form: Plain) -> None:
    publish_source(title_en="Agreement of Zenda")
    annex = publish_source(title_en="Agreement of Zenda; Annex")
    form.press("_open", "new:outcome")

    form.type(**{"claims-0-source-named": "Agreement of Zenda; Protocol"})
    assert form.press("_save") == 200
    assert "Nothing here is called “Agreement of Zenda; Protocol”" in form.html
    assert form.values["claims-0-source-named"] == ["Agreement of Zenda; Protocol"]
    form.type(**{"claims-0-source-named": "Agreement of Zenda; Annex"})
    assert form.press("_save") == 302

    assert [row["source"] for row in rows(form, "claim")] == [str(annex.pk)]


def test_a_semicolon_parts_names_unless_an_entry_has_all_of_it_as_its_name(desk: Client) -> None:
    publish_place(title_en="Isle")
    publish_place(title_en="Mali; Sudan; Isle; Islet")
    islands, sudan, mali = (publish_place(title_en=name) for name in ("Isle; Islet", "Sudan", "Mali"))
    form = Plain(desk, publish_case())

    assert form.type(**{"countries-named": "Sudan; Isle; Islet; Mali"}).press("_save") == 302

    countries = newest(Entry.objects.get(pk=form.address.split("/")[-3])).snapshot["fields"]["countries"]
    assert {*countries} == {str(one.pk) for one in (islands, sudan, mali)}


def test_names_beyond_those_that_are_looked_up_at_once_stay_in_the_box_and_are_said(desk: Client) -> None:
    mali = publish_place(title_en="Mali")
    form = Plain(desk, publish_case())

    assert form.type(**{"countries-named": "Mali; " * 50 + "Sudan"}).press("_save") == 200

    assert "Only 50 names are looked up at once" in form.html
    assert form.values["countries-named"] == ["Sudan"]
    assert str(mali.pk) in form.values["countries"]


def test_a_name_of_several_stays_in_its_box_until_one_is_chosen(form: Plain) -> None:
    actors = [publish_actor(title_en="Joint Commission", slug=f"commission-{number}") for number in "ab"]
    form.press("_open", "add:participations")
    form.type(**{"participations-0-actor-named": "Joint Commission", "participations-0-role": "monitor"})
    form.press("_open", "look-up:participations-0-actor")

    assert form.values["participations-0-actor-named"] == ["Joint Commission"]
    assert form.press("_save") == 200
    form.press("_open", "copy:participations-0")
    assert form.values["participations-1-actor-named"] == ["Joint Commission"]
    for number, role in enumerate(("monitor", "guarantor")):
        chosen = {f"participations-{number}-actor": str(actors[1].pk), f"participations-{number}-role": role}
        form.type(**chosen)
    form.press("_open", "look-up:participations-0-actor")
    assert form.values["participations-0-actor-named"] == [""]
    assert form.values["participations-0-actor"] == [str(actors[1].pk)]
    assert form.press("_save") == 302
    assert {row["actor"] for row in rows(form, "participation")} == {str(actors[1].pk)}


def test_a_name_of_several_is_asked_about_although_one_of_them_was_chosen_before(form: Plain) -> None:
    first, second = (publish_source(title_en=title) for title in ("Report A", "Report B"))
    form.press("_open", "new:outcome")
    form.type(**{"claims-0-source": str(first.pk), "claims-0-source-named": "report"})

    assert form.press("_save") == 200
    assert "“report” is the name of several" in form.html
    form.type(**{"claims-0-source": str(second.pk)})
    assert form.press("_save") == 302
    assert [row["source"] for row in rows(form, "claim")] == [str(second.pk)]


def test_the_same_source_is_also_one_that_is_only_typed_above(form: Plain) -> None:
    first, second = (publish_source(title_en=title) for title in ("Report A", "Report B"))
    for fact in ("outcome", "declared_on", "finding"):
        form.press("_open", f"new:{fact}")
    form.type(**{"claims-0-source": str(first.pk), "claims-0-locator": "p. 1"})
    form.type(**{"claims-1-source-named": "Report B", "claims-1-locator": "p. 2"})

    form.press("_open", "same:claims-2")

    assert [form.values[f"claims-{number}-source"] for number in (1, 2)] == [[str(second.pk)]] * 2
    assert form.values["claims-2-locator"] == ["p. 2"]

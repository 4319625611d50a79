"""A casebook takes of the starter content what fits what its editors did since, and starts whatever they did."""

import io
from typing import Any

import pytest
from django.core.management import call_command

from portal.actions import not_yet_present, publish_starter, publishable
from portal.management.commands import load_starter
from portal.starter.reading import all_keys, read_all
from publishing.actions import retracting
from publishing.models import Entry
from publishing.snapshots import Snapshot
from tests.factories import an_account, publish_actor, publish_change, publish_place, snapshot_of

pytestmark = [pytest.mark.django_db, pytest.mark.every_database]


@pytest.fixture
def starter(db: None, monkeypatch: pytest.MonkeyPatch) -> list[Snapshot]:
    """A place, an actor at home there, another place, and a case about the actor."""
    place, other = snapshot_of("place", slug="yemen"), snapshot_of("place", slug="oman")
    actor = snapshot_of("actor", slug="an-actor", home=place["id"])
    case = snapshot_of("case", {"participation": [{"actor": actor["id"]}]}, slug="a-case")
    content = [place, other, actor, case]
    monkeypatch.setattr(load_starter, "read_all", lambda: content)
    return content


def load() -> str:
    said = io.StringIO()
    call_command("load_starter", by=an_account().username, stdout=said)
    return said.getvalue()


def slugs(entries: Any = None) -> set[str]:
    return {*(Entry.objects.all() if entries is None else entries).values_list("slug", flat=True)}


def test_all_of_it_is_published_where_nothing_stands_against_it(starter):
    assert load() == "4 entries published, 0 were there already.\n"
    assert slugs() == {"yemen", "oman", "an-actor", "a-case"}


def test_an_address_of_another_entry_leaves_out_what_has_it_and_what_points_there(starter):
    publish_actor(slug="an-actor", title_en="The editors' own")

    said = load()

    assert "2 entries published, 0 were there already." in said
    assert said.endswith("public here: actor/an-actor, case/a-case\n")
    assert slugs() == {"yemen", "oman", "an-actor"}


def test_an_earlier_address_of_another_entry_does_so_too(starter):
    publish_change(publish_place(slug="oman"), slug="sultanate-of-oman")

    assert "place/oman" in load()


def test_what_points_to_a_retracted_entry_is_left_out(starter):
    by = an_account()
    list(publish_starter(starter[:1], by=by))
    retracting.retract(Entry.objects.get(slug="yemen"), by=by, reason="It was wrong.", language="en")

    possible, left_out = publishable(not_yet_present(starter))

    assert [one["fields"]["slug"] for one in possible] == ["oman"]
    assert [one["fields"]["slug"] for one in left_out] == ["an-actor", "a-case"]
    load()


def test_a_second_start_says_nothing_of_what_is_left_out_again(starter):
    publish_actor(slug="an-actor")
    load()
    said = io.StringIO()

    call_command("load_starter", by=an_account().username, quiet_if_complete=True, stdout=said)

    assert said.getvalue() == ""


def test_a_start_that_finds_all_of_it_reads_no_file_of_an_entry(starter, monkeypatch):
    load()
    monkeypatch.setattr(load_starter, "all_keys", lambda: {one["id"] for one in starter})
    monkeypatch.setattr(load_starter, "read_all", lambda: pytest.fail("It was read."))

    call_command("load_starter", by=an_account().username, quiet_if_complete=True)


def test_a_start_that_finds_a_part_of_it_loads_the_rest(starter, monkeypatch):
    list(publish_starter(starter[:1], by=an_account()))
    monkeypatch.setattr(load_starter, "all_keys", lambda: {one["id"] for one in starter})
    said = io.StringIO()

    call_command("load_starter", by=an_account().username, quiet_if_complete=True, stdout=said)

    assert said.getvalue() == "3 entries published, 1 were there already.\n"


def test_the_keys_are_known_without_reading_all_of_it():
    assert all_keys() == {one["id"] for one in read_all()}

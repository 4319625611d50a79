"""Many new entries, published at once, leave the tables as if they had been published one after the other."""

import datetime
import itertools
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from publishing.actions import publishing
from publishing.actions.new_entries import AT_ONCE, publish_new
from publishing.integrity import broken_links, differing_entries
from publishing.models import Entry, Proposal, Revision
from publishing.rules import Refusal
from publishing.snapshots import Snapshot, rehearsal
from publishing.vocabulary import ChangeClass, Origin
from tests.factories import an_account, key, publish_place, publish_source, snapshot_of

pytestmark = [pytest.mark.django_db, pytest.mark.every_database]

SAID = {
    "note": "First published.",
    "note_language": "en",
    "credit": "Sulh",
    "override_reason": "It is new.",
}
MADE_BY_THE_DATABASE = {"id", "proposal", "revision", "previous_digest", "digest"}
NOW = datetime.datetime(2026, 2, 3, 4, 5, tzinfo=datetime.UTC)


@pytest.fixture
def _time_stands_still(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)


@pytest.fixture
def wanted(db: None) -> list[Snapshot]:
    """Entries of several kinds: some point to earlier ones, some to what is public already."""
    country, place = publish_place(slug="yemen"), snapshot_of("place", slug="aden")
    state = snapshot_of(
        "actor", {"alias": [{"id": key(), "name": "Old name", "language": "en"}]}, home=place["id"]
    )
    theme = snapshot_of("theme", slug="monitoring", title_fr="Surveillance")
    source, unused = publish_source(slug="letter"), snapshot_of("source", slug="nobody-cites-it")
    report = snapshot_of("source", slug="report", publisher="A ministry", published_on="2020-01")
    provision = key()
    rows = {
        "participation": [{"id": key(), "actor": state["id"]}],
        "provision": [{"id": provision, "text_en": "They stop."}],
        "assessment": [{"id": key(), "provision": provision, "assessed_on": "2021-01-01"}],
        "claim": [
            {"id": key(), "source": source, "about": "declared_on"},
            {"id": key(), "source": report["id"], "about": f"provision/{provision}"},
        ],
    }
    case = snapshot_of(
        "case",
        rows,
        slug="aden-2020",
        declared_on="2020-10-23",
        themes=[theme["id"]],
        countries=sorted([place["id"], str(country.pk)]),
        narrative_en="It says so [@report].",
        narrative_ar="كذا يقول [@report].",
    )
    bare = snapshot_of("case", slug="bare")
    return [place, unused, theme, report, state, case, bare]


def one_by_one(wanted: list[Snapshot], by: Any) -> None:
    for snapshot in wanted:
        proposal = publishing.propose(
            snapshot, by=None, base=None, change_class=ChangeClass.ADDITION, origin=Origin.IMPORT, **SAID
        )
        publishing.publish(proposal, by=by)


def tables() -> dict[str, list[dict[str, Any]]]:
    """What all tables say, but for numbers that the database gives."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        columns = [one.attname for one in model._meta.concrete_fields]
        kept = [
            name for name in columns if name.removesuffix("_id") not in MADE_BY_THE_DATABASE or model is Entry
        ]
        if model._meta.app_label not in {"auth", "sessions", "contenttypes"}:
            found[model._meta.label] = sorted(model._base_manager.values(*kept), key=repr)
    return found


@pytest.mark.usefixtures("_time_stands_still")
def test_the_tables_say_the_same_as_after_one_by_one(wanted):
    by = an_account()
    with rehearsal():
        one_by_one(wanted, by)
        expected = tables()

    publish_new(wanted, by=by, **SAID)

    found = tables()
    assert expected.keys() == found.keys()
    assert {label: found[label] for label in found if found[label] != expected[label]} == {}
    assert [*broken_links(), *differing_entries()] == []


def test_each_revision_belongs_to_its_entry_and_its_proposal(wanted):
    revisions = publish_new(wanted, by=an_account(), **SAID)

    assert [str(one.entry_id) for one in revisions] == [one["id"] for one in wanted]
    for revision in revisions:
        assert revision == Revision.objects.get(entry=revision.entry_id)
        assert Proposal.objects.get(entry=revision.entry_id).revision == revision


def test_what_points_to_one_of_them_comes_later(wanted):
    assert publish_new(list(reversed(wanted[:1])) + wanted[1:], by=an_account(), **SAID)

    with pytest.raises(Refusal) as refused:
        publish_new([snapshot_of("actor", home=key())], by=an_account(), **SAID)
    assert refused.value.code == "dangling_reference"


def refusals(wanted: list[Snapshot]) -> Iterator[tuple[str, list[Snapshot]]]:
    place = wanted[0]
    yield "address_taken", [place, snapshot_of("place", slug="aden")]
    yield "address_taken", [snapshot_of("place", slug="yemen")]
    yield "impossible_value", [{**place, "fields": {**place["fields"], "slug": "x" * 121}}]
    yield "entry_has_a_title", [snapshot_of("place", title_en="")]


@pytest.mark.parametrize("number", range(4))
def test_a_refusal_writes_nothing(wanted, number):
    code, refused_ones = next(itertools.islice(refusals(wanted), number, None))
    before = tables()

    with pytest.raises(Refusal) as refused:
        publish_new([*wanted[1:3], *refused_ones], by=an_account(), **SAID)

    assert refused.value.code == code
    assert tables() == before


def test_an_entry_that_is_there_is_refused(wanted):
    publish_new(wanted[:1], by=an_account(), **SAID)

    with pytest.raises(Refusal) as refused:
        publish_new(wanted[:2], by=an_account(), **SAID)
    assert refused.value.code == "exists"


def test_what_is_lacking_needs_a_reason(wanted):
    with pytest.raises(Refusal) as refused:
        publish_new(wanted, by=an_account(), **SAID | {"override_reason": ""})

    assert refused.value.code == "unready"


def test_many_take_hardly_more_queries_than_few(db):
    by = an_account()
    with CaptureQueriesContext(
        connection,
    ) as few:
        publish_new([snapshot_of("source") for _one in range(5)], by=by, **SAID)
    with CaptureQueriesContext(connection) as many:
        publish_new([snapshot_of("source") for _one in range(AT_ONCE)], by=by, **SAID)

    # The row of its own kind is written one by one.
    assert len(many) <= len(few) + AT_ONCE

"""Pages that read the tables as they would be: every SELECT sees it, and nothing is written."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.models import Case, Place, Provision
from publishing import snapshots
from publishing.actions import retracting
from publishing.models import Entry
from publishing.vocabulary import EntryState
from tests.factories import (
    an_account,
    edited,
    newest,
    publish_case,
    publish_one_of_each,
    publish_place,
    snapshot_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.every_database]

# Kinds of rows that no other row belongs to.
ROWS_ALONE = {"alias", "assessment", "externalid"}


def test_an_entry_of_every_kind_is_read_as_its_snapshot_says() -> None:
    entries = publish_one_of_each()
    rows_taken_out = 0

    for kind, entry in entries.items():
        wanted = edited(entry, title_en="Another title", title_ar="عنوان آخر", slug=f"other-{kind}")
        for name in ROWS_ALONE & wanted["rows"].keys():
            for key in [*wanted["rows"][name]][1:]:
                del wanted["rows"][name][key]
                rows_taken_out += 1

        with snapshots.shown_with([wanted], {}):
            assert snapshots.freeze(entry) == wanted, kind
            assert type(entry)._base_manager.get(slug=f"other-{kind}") == entry

        assert snapshots.freeze(entry) == newest(entry).snapshot, kind

    assert rows_taken_out


def test_a_new_entry_is_there_with_its_rows_and_members() -> None:
    place = publish_place()
    wanted = snapshot_of("case", {"provision": [{"text_en": "Fire ceases"}]}, countries=[place])

    with snapshots.shown_with([wanted], {wanted["id"]: {"is_in_use": True}}):
        case = Case.objects.get(pk=wanted["id"])
        texts = [provision.text_en for provision in case.provisions.all()]
        countries = [*case.countries.all()]
        is_in_use = case.is_in_use

    assert (texts, countries, is_in_use) == (["Fire ceases"], [place], True)
    assert not Entry.objects.filter(pk=wanted["id"]).exists()


def test_an_entry_that_was_retracted_is_there_again() -> None:
    place = publish_place(title_en="Gone", iso_code="LBY")
    last = newest(place).snapshot
    retracting.retract(place, by=an_account(), reason="A duplicate.", language="en")

    with snapshots.shown_with([last], {last["id"]: {"state": EntryState.PUBLISHED}}):
        again = Place.objects.published().get(pk=place.pk)

    assert (again.title_en, again.iso_code) == ("Gone", "LBY")
    assert not Place.objects.filter(pk=place.pk).exists()


def test_others_keep_what_they_have() -> None:
    one, other = (
        publish_case(slug=text, rows={"provision": [{"text_en": text}]}) for text in ("one", "other")
    )

    with snapshots.shown_with([edited(one, {"provision": [{"text_en": "more"}]}, finding_en="New")], {}):
        texts = {*Provision.objects.values_list("case__slug", "text_en")}
        findings = {*Case.objects.values_list("slug", "finding_en")}

    assert texts == {("one", "one"), ("one", "more"), ("other", "other")}
    assert findings == {("one", "New"), ("other", other.finding_en)}


def test_a_per_cent_sign_in_a_statement_without_parameters_stays_one() -> None:
    case = publish_case(title_en="Half")

    with snapshots.shown_with([edited(case, title_en="50%")], {}), connection.cursor() as cursor:
        cursor.execute("""SELECT "title_en" FROM "publishing_entry" WHERE "title_en" LIKE '50%'""")
        found = cursor.fetchall()

    assert found == [("50%",)]


def test_nothing_is_written_and_no_lock_is_taken(all_rows: Callable[[], Any]) -> None:
    case = publish_case()
    wanted = edited(case, {"provision": [{}]}, finding_en="New")
    before = all_rows()

    with CaptureQueriesContext(connection) as statements, snapshots.shown_with([wanted], {}):
        assert Case.objects.get().finding_en == "New"

    assert {statement["sql"].split()[0] for statement in statements} <= {"SELECT", "WITH"}
    assert all_rows() == before

"""Rows of every kind: added, changed and deleted at the desk, and in the snapshot afterwards."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from cases.models import Assessment
from publishing import snapshots
from publishing.models import Entry
from publishing.models.entry import children_of, kinds
from tests.desk.sheets import Sheet, ShownSheet
from tests.factories import key, newest, publish_case, publish_pillar

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def rows(entry: Entry, kind: str) -> dict[str, dict[str, Any]]:
    return newest(entry).snapshot["rows"][kind]


# By kind of row: the kind of its entry, the name of its formset, the values to add (a name means the entry
# of that name), the values to change.
ROWS: dict[str, tuple[str, str, dict[str, Any], dict[str, Any]]] = {
    "alias": ("actor", "aliases", {"name": "اسم آخر", "language": "ar"}, {"language": "fr"}),
    "membership": ("actor", "memberships", {"organisation": "organisation", "since_on": "1945"}, {"until_on": "2020-05"}),
    "participation": ("case", "participations", {"actor": "actor", "role": "mediator"}, {"remark_ar": "ملاحظة"}),
    "document": ("case", "documents", {"title_en": "The text", "document_type": "agreement"}, {"source": "source"}),
    "provision": ("case", "provisions", {"topic": "cessation", "strength": "3", "text_fr": "Cesser."}, {"locator": "1(a)"}),
    "assessment": ("case", "assessment_set", {"assessed_on": "2021-03", "implementation": "2"}, {"narrative_ar": "نُفّذ."}),
    "mechanism": ("case", "mechanisms", {"name_en": "A watch", "mechanism_type": "monitoring"}, {"actor": "organisation"}),
    "event": ("case", "events", {"event_type": "signature", "title_fr": "Signé"}, {"happened_on": "2020-10-23"}),
    "breach": ("case", "breaches", {"breach_type": "direct_fire", "status": "alleged", "began_on": "2020"},
               {"reported_by": "organisation", "killed": "3"}),
    "partner": ("initiative", "partners", {"actor": "actor", "role": "implementer"}, {"is_party_to_the_conflict": "on"}),
    "funding": ("initiative", "fundings", {"disbursed": "12.50", "as_of": "2021-02", "currency": "EUR"}, {"actor": "actor"}),
    "result": ("initiative", "results", {"value": "3.00", "as_of": "2022", "indicator_en": "Schools"}, {"is_target": "on"}),
    "section": ("pillar", "sections", {"heading_ar": "قسم", "anchor": "more", "kind": "role"}, {"body_fr": "Texte\nlong"}),
    "evidence": ("pillar", "evidence_set", {"role": "limits", "entry": "case", "reason_en": "It limits it."},
                 {"reason_fr": "Limite."}),
    "claim": ("case", "claims", {"about": "outcome", "value_en": "It held", "source": "source", "confidence": "high"},
              {"locator": "p. 3"}),
    "externalid": ("source", "external_ids", {"scheme": "pa_x", "value": "77"}, {"release": "v10"}),
}  # fmt: skip


def test_every_kind_of_row_is_tried_here() -> None:
    known = {name for kind in kinds().values() for name in children_of(kind)}

    assert ROWS.keys() == known


@pytest.mark.parametrize("whose", sorted({whose for whose, *_row in ROWS.values()}))
def test_rows_are_added_changed_and_deleted_and_the_snapshot_says_so(
    desk: Client, whose: str, one_of_each: dict[str, Entry]
) -> None:
    """A row of each kind that the entry has, all in the same three saves."""
    entry, tried = one_of_each[whose], {kind: row[1:] for kind, row in ROWS.items() if row[0] == whose}
    before = {kind: rows(entry, kind) for kind in tried}
    adding, changing, fresh = Sheet.of(desk, entry), {}, {}
    added = {kind: as_typed(one_of_each, entry, kind, values) for kind, (_name, values, _to) in tried.items()}

    for kind, (name, *_values) in tried.items():
        adding.add(name, **added[kind])
    assert adding.save().status_code == 302
    after_adding = {kind: rows(entry, kind) for kind in tried}
    sheet = Sheet.of(desk, entry)
    for kind, (name, _values, to) in tried.items():
        (fresh[kind],) = after_adding[kind].keys() - before[kind].keys()
        changing[kind] = as_typed(one_of_each, entry, kind, to, is_new=False)
        sheet.change(name, fresh[kind], **changing[kind])
    assert sheet.save().status_code == 302
    after_changing = {kind: rows(entry, kind) for kind in tried}
    sheet = Sheet.of(desk, entry)
    for kind, (name, *_values) in tried.items():
        sheet.delete(name, fresh[kind])
    assert sheet.save().status_code == 302

    for kind in tried:
        columns = {one.name: one for one in snapshots.row_columns(children_of(kinds()[whose])[kind])}
        for typed, found in ((added, after_adding), (changing, after_changing)):
            for column, value in typed[kind].items():
                stands = found[kind][fresh[kind]][column]
                assert stands == stored(columns[column], value), (kind, column)
        assert after_changing[kind].keys() == after_adding[kind].keys(), kind
    assert {kind: rows(entry, kind) for kind in tried} == before
    assert newest(entry).number == 4
    assert snapshots.freeze(entry) == newest(entry).snapshot


def as_typed(
    entries: dict[str, Entry], entry: Entry, kind: str, values: dict[str, Any], *, is_new: bool = True
) -> dict[str, Any]:
    """The values with the entries that they name; a new row that belongs to another has the first of these."""
    typed = {one: entries.get(value, value) for one, value in values.items()}
    if is_new and (owner := {"assessment": "provision", "evidence": "section"}.get(kind)):
        typed[owner] = next(iter(rows(entry, owner)))
    return typed


def stored(column: Any, typed: Any) -> Any:
    """The typed values as a snapshot has them."""
    if isinstance(typed, Entry):
        return str(typed.pk)
    return True if typed == "on" else snapshots.as_stored(column, typed)


def test_a_row_of_another_row_may_move_between_those_of_this_entry_only(desk: Client) -> None:
    mine, other, foreign = key(), key(), key()
    case = publish_case(
        rows={"provision": [{"id": mine}, {"id": other}], "assessment": [{"provision": mine}]}
    )
    publish_case(rows={"provision": [{"id": foreign}]})
    assessment = Assessment.objects.get()

    moved = Sheet.of(desk, case).change("assessment_set", assessment.pk, provision=other).save()
    refused = Sheet.of(desk, case).change("assessment_set", assessment.pk, provision=foreign).save()

    assert moved.status_code == 302
    assert "Select a valid choice." in refused.content.decode()
    assert rows(case, "assessment")[str(assessment.pk)]["provision"] == other


def test_the_choice_of_owners_holds_those_of_this_entry_only(desk: Client) -> None:
    case = publish_case(rows={"provision": [{"text_en": "Ours"}]})
    publish_case(rows={"provision": [{"text_en": "Foreign"}]})

    page = ShownSheet.of(desk, case).answer.content.decode()

    assert "Ours" in page
    assert "Foreign" not in page


def test_deleting_a_row_deletes_what_belongs_to_it(desk: Client, one_of_each: dict[str, Entry]) -> None:
    case = one_of_each["case"]
    (provision,) = rows(case, "provision")

    answer = Sheet.of(desk, case).delete("provisions", provision).save()

    assert answer.status_code == 302
    assert (rows(case, "provision"), rows(case, "assessment")) == ({}, {})


def test_a_section_and_the_order_of_two_others_change_in_one_save(desk: Client) -> None:
    first, second = key(), key()
    pillar = publish_pillar(
        rows={
            "section": [
                {"id": first, "anchor": "a", "position": 1},
                {"id": second, "anchor": "b", "position": 2},
            ]
        }
    )

    sheet = (
        Sheet.of(desk, pillar)
        .change("sections", first, position="2")
        .change("sections", second, position="1")
    )
    answer = sheet.add("sections", heading_en="New", anchor="c", kind="role", position="3").save()

    assert answer.status_code == 302
    assert sorted((row["position"], row["anchor"]) for row in rows(pillar, "section").values()) == [
        (1, "b"),
        (2, "a"),
        (3, "c"),
    ]


REFUSED_ROWS: dict[str, tuple[str, str, dict[str, Any], str]] = {
    "the same role twice": ("case", "participations", {"actor": "actor", "role": "signatory"}, "duplicate"),
    "the same name twice": ("actor", "aliases", {"name": "A third name"}, "duplicate"),
    "a member of itself": ("actor", "memberships", {"organisation": "actor"}, "An actor cannot be a member of itself."),
    "an end before the beginning": ("case", "events", {"event_type": "signature", "happened_on": "2020-05", "until_on": "2020-04"}, "It cannot end before it begins."),
    "two amounts in one row": ("initiative", "fundings", {"pledged": "1", "disbursed": "1", "as_of": "2020"}, "Give one amount"),
    "the same anchor twice": ("pillar", "sections", {"heading_en": "X", "anchor": "monitoring", "kind": "role"}, "duplicate"),
    "evidence without a reason": ("pillar", "evidence_set", {"role": "limits", "entry": "case"}, "Say in one line why this is evidence."),
    "a claim without source and high confidence": ("case", "claims", {"about": "outcome", "value_en": "So", "confidence": "high"}, "A claim without a source has low confidence."),
    "an id that is there": ("case", "external_ids", {"scheme": "pa_x", "value": "2320"}, "duplicate"),
}  # fmt: skip


@pytest.mark.parametrize("whose, name, added, message", REFUSED_ROWS.values(), ids=REFUSED_ROWS)
def test_a_row_that_the_tables_would_refuse_comes_back_in_the_form(
    desk: Client,
    all_rows: Callable,
    whose: str,
    name: str,
    added: dict[str, Any],
    message: str,
    one_of_each: dict[str, Entry],
) -> None:
    entries = one_of_each
    entry = entries[whose]
    added = {one: entries.get(value, value) for one, value in added.items()}
    if name == "evidence_set":
        added["section"] = next(iter(rows(entry, "section")))
    sheet = Sheet.of(desk, entry, title_fr="Titre tapé").add(name, **added)
    before = all_rows()

    answer = sheet.save()

    assert answer.status_code == 200
    assert message in answer.content.decode()
    assert "Titre tapé" in answer.content.decode()
    assert all_rows() == before

"""Rows that are new, removed, moved or changed are put into words."""

import pytest

from publishing import snapshots
from publishing.comparison import ChangeKind, LineKind
from tests.factories import edited, key, publish_case, publish_source, with_rows
from tests.publishing.lines import a_case_with_provisions, as_text, lines_of, only, part

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def test_a_new_row_shows_all_its_values_and_is_decided_as_a_whole() -> None:
    case = publish_case()
    row = key()

    line = only(
        lines_of(case, edited(case, {"provision": [{"id": row, "text_en": "Fire ceases", "strength": 3}]}))
    )

    assert (line.kind, line.change_kind, line.label) == (LineKind.ROW, ChangeKind.ADDED, "Provision")
    assert "Fire ceases" in line.name
    assert as_text(part(line, "What is agreed (English)")) == "+Fire ceases"
    assert {one.change_kind for one in line.parts} == {ChangeKind.ADDED}
    assert [one.path for one in line.decisions()] == [f"provision/{row}"]


def test_the_position_and_the_empty_values_of_a_new_row_are_not_shown() -> None:
    case = publish_case()

    line = only(lines_of(case, edited(case, {"event": [{"title_en": "A day", "position": 7}]})))

    assert {as_text(one) for one in line.parts} == {"+A day", "+Signature"}


def test_a_zero_is_shown() -> None:
    case, keys = a_case_with_provisions("Fire ceases")

    line = only(lines_of(case, edited(case, {"assessment": [{"provision": keys[0], "implementation": 0}]})))

    assert as_text(part(line, "Implementation")) == "+Not begun"


def test_a_removed_row_is_shown_with_its_values() -> None:
    case, keys = a_case_with_provisions("Fire ceases", "Forces withdraw")
    after = snapshots.freeze(case)
    del after["rows"]["provision"][keys[1]]

    line = only(lines_of(case, after))

    assert (line.change_kind, line.path) == (ChangeKind.REMOVED, f"provision/{keys[1]}")
    assert "Forces withdraw" in line.name
    assert as_text(part(line, "What is agreed (English)")) == "-Forces withdraw"


def test_a_row_is_identified_by_its_key_whatever_its_values() -> None:
    case, keys = a_case_with_provisions("Fire ceases", "Forces withdraw")
    after = snapshots.freeze(case)
    rows = after["rows"]["provision"]
    rows[keys[0]]["text_en"], rows[keys[1]]["text_en"] = (
        rows[keys[1]]["text_en"],
        rows[keys[0]]["text_en"],
    )

    lines = lines_of(case, after)

    assert [(one.change_kind, one.path) for one in lines] == [
        (ChangeKind.CHANGED, f"provision/{keys[0]}"),
        (ChangeKind.CHANGED, f"provision/{keys[1]}"),
    ]
    assert [as_text(one.parts[0]) for one in lines] == [
        "-Fire ceases +Forces withdraw",
        "-Forces withdraw +Fire ceases",
    ]


def test_a_row_that_only_changed_its_position_has_moved() -> None:
    case, keys = a_case_with_provisions("First", "Second", "Third")
    after = snapshots.freeze(case)
    positions = {keys[0]: 2, keys[1]: 0, keys[2]: 1}
    for row, position in positions.items():
        after["rows"]["provision"][row]["position"] = position

    lines = {one.path.split("/")[1]: one for one in lines_of(case, after)}

    assert {one.change_kind for one in lines.values()} == {ChangeKind.MOVED}
    assert as_text(only(list(lines[keys[0]].parts))) == "-1 +3"
    assert as_text(only(list(lines[keys[2]].parts))) == "-3 +2"


def test_a_row_that_moved_and_changed_shows_both() -> None:
    case, keys = a_case_with_provisions("First", "Second")
    after = snapshots.freeze(case)
    rows = after["rows"]["provision"]
    rows[keys[0]] |= {"position": 1, "text_en": "First of all"}
    rows[keys[1]] |= {"position": 0}

    lines = {one.path.split("/")[1]: one for one in lines_of(case, after)}

    assert (lines[keys[0]].change_kind, lines[keys[1]].change_kind) == (ChangeKind.CHANGED, ChangeKind.MOVED)
    assert {one.kind for one in lines[keys[0]].parts} == {LineKind.POSITION, LineKind.TEXT}


def test_a_row_of_a_row_names_its_owner() -> None:
    case, keys = a_case_with_provisions("Fire ceases")

    line = only(lines_of(case, edited(case, {"assessment": [{"provision": keys[0]}]})))

    assert (line.change_kind, line.label) == (ChangeKind.ADDED, "Assessment")
    assert "Fire ceases" in line.within


def test_a_claim_names_the_fact_that_it_is_about() -> None:
    case, source = publish_case(), publish_source()

    line = only(lines_of(case, edited(case, {"claim": [{"source": source, "about": "finding"}]})))

    about = only([one for one in line.parts if str(one.new) == "Finding"])
    assert about.kind is LineKind.VALUE


def test_own_columns_come_first_then_rows_in_their_order() -> None:
    case, keys = a_case_with_provisions("First", "Second")
    after = edited(case, {"event": [{}]}, narrative_en="A story", finding_en="A finding")
    for one in keys:
        after["rows"]["provision"][one]["text_fr"] = "Texte"

    paths = [one.path for one in lines_of(case, after)]

    assert paths[:2] == ["finding_en", "narrative_en"]
    assert paths[2:4] == [f"provision/{one}" for one in keys]
    assert paths[4].startswith("event/")


def test_new_rows_stand_in_the_order_of_their_dates() -> None:
    case = publish_case()
    days = ["2020-08-12", "2020-07-05", "2020-06-03", "2021", "2020-07"]
    after = with_rows(snapshots.freeze(case), {"event": [{"happened_on": day} for day in days]})

    found = [str(part(line, "On").new) for line in lines_of(case, after)]

    assert found == ["3 June 2020", "July 2020", "5 July 2020", "12 August 2020", "2021"]

"""Changes put into words, in the reader's language: what changed, its old and its new value."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from publishing import comparison, snapshots
from publishing.comparison import ChangeKind, Line, LineKind
from publishing.models import Entry
from publishing.snapshots import Snapshot
from tests.factories import (
    edited,
    key,
    publish_actor,
    publish_case,
    publish_place,
    publish_source,
    with_rows,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def lines_of(entry: Entry, after: Snapshot) -> list[Line]:
    """What changed from what is public, in words."""
    return comparison.lines_between(snapshots.freeze(entry), after)


def only(lines: list[Line]) -> Line:
    (line,) = lines
    return line


def part(line: Line, label: str) -> Line:
    return only([one for one in line.parts if one.label == label])


def as_text(line: Line) -> str:
    """What was removed and added, as "-old +new"."""
    if line.kind is LineKind.TEXT:
        signs = {"removed": "-", "added": "+"}
        return " ".join(
            f"{signs[segment.status]}{segment.text.strip()}"
            for segment in line.segments
            if segment.status in signs
        )
    return " ".join(f"{sign}{value}" for sign, value in (("-", line.old), ("+", line.new)) if value)


# --- labels and values -------------------------------------------------------------------


@pytest.mark.parametrize(
    "language, label",
    [("en", "Finding (English)"), ("ar", "الخلاصة (الإنكليزية)"), ("fr", "Constat (anglais)")],
)
def test_a_column_is_named_in_the_readers_language(language: str, label: str) -> None:
    case = publish_case()

    with override(language):
        line = only(lines_of(case, edited(case, finding_en="It held.")))

    assert (line.label, line.kind, line.change_kind, line.path) == (
        label,
        LineKind.TEXT,
        ChangeKind.ADDED,
        "finding_en",
    )


@pytest.mark.parametrize(
    "language, old, new",
    [
        ("en", "Bilateral", "Unilateral"),
        ("ar", "ثنائي", "أحادي الجانب"),
        ("fr", "Bilatéral", "Unilatéral"),
    ],
)
def test_a_choice_is_shown_by_its_label_and_never_by_its_code(language: str, old: str, new: str) -> None:
    case = publish_case(sidedness="bilateral")

    with override(language):
        line = only(lines_of(case, edited(case, sidedness="unilateral")))

    assert (line.kind, line.change_kind) == (LineKind.VALUE, ChangeKind.CHANGED)
    assert (str(line.old), str(line.new)) == (old, new)
    assert (line.old.language, line.new.language) == (language, language)


@pytest.mark.parametrize(
    "language, expected",
    [("en", "August 2020"), ("ar", "آب/أغسطس 2020"), ("fr", "août 2020")],
)
def test_a_date_is_shown_in_words_at_its_precision(language: str, expected: str) -> None:
    case = publish_case()

    with override(language):
        line = only(lines_of(case, edited(case, declared_on="2020-08")))

    assert (line.change_kind, str(line.new)) == (ChangeKind.ADDED, expected)


def test_yes_and_no_are_words() -> None:
    case = publish_case(is_for_holiday=False)

    line = only(lines_of(case, edited(case, is_for_holiday=True)))

    assert as_text(line) == "-no +yes"


def test_another_entry_is_shown_by_its_title_in_the_language_that_it_has() -> None:
    source, other = publish_source(title_en="The agreement"), publish_source(title_en="", title_ar="الاتفاق")
    row = key()
    case = publish_case(rows={"claim": [{"id": row, "source": source}]})
    after = snapshots.freeze(case)
    after["rows"]["claim"][row]["source"] = str(other.pk)

    line = only(lines_of(case, after))

    change = part(line, "Source")
    assert as_text(change) == "-The agreement +الاتفاق"
    assert (change.old.language, change.new.language) == ("en", "ar")


def test_an_entry_that_no_longer_exists_is_shown_as_withdrawn() -> None:
    case, place = publish_case(), publish_place()
    before, after = snapshots.freeze(case), edited(case, countries=[place])
    after["fields"]["countries"] = [key()]

    line = only(comparison.lines_between(before, after))

    assert as_text(only(list(line.parts))) == "+(withdrawn)"


def test_members_of_a_set_are_added_and_removed_one_by_one() -> None:
    here, there = publish_place(title_en="Lebanon"), publish_place(title_en="Libya")
    case = publish_case(countries=[here])

    line = only(lines_of(case, edited(case, countries=[there])))

    assert (line.kind, line.label) == (LineKind.SET, "Countries")
    assert {(one.change_kind, as_text(one)) for one in line.parts} == {
        (ChangeKind.REMOVED, "-Lebanon"),
        (ChangeKind.ADDED, "+Libya"),
    }
    assert {one.path for one in line.decisions()} == {f"countries/{here.pk}", f"countries/{there.pk}"}


# --- texts -------------------------------------------------------------------------------


def test_a_text_shows_which_words_changed_and_its_language() -> None:
    case = publish_case(finding_ar="صمدت الهدنة عاما")

    line = only(lines_of(case, edited(case, finding_ar="صمدت الهدنة عامين")))

    assert (line.language, as_text(line)) == ("ar", "-عاما +عامين")


def test_a_quotation_is_in_the_language_of_its_own_column() -> None:
    row = key()
    case = publish_case(
        rows={"provision": [{"id": row, "quotation": "cesser le feu", "quotation_language": "fr"}]}
    )
    after = snapshots.freeze(case)
    after["rows"]["provision"][row]["quotation"] = "cesser tout feu"

    line = only(lines_of(case, after))

    assert part(line, "Quotation").language == "fr"


def test_a_long_text_shows_the_words_around_the_change_and_folds_the_rest() -> None:
    story = " ".join(f"word-{number}" for number in range(200))
    case = publish_case(narrative_en=story)

    line = only(lines_of(case, edited(case, narrative_en=story.replace("word-100", "another"))))

    assert [segment.status.value for segment in line.segments] == [
        "folded", "unchanged", "removed", "added", "unchanged", "folded",
    ]  # fmt: skip
    assert sum(segment.words for segment in line.segments if segment.status == "unchanged") < 30


# --- rows --------------------------------------------------------------------------------


def a_case_with_provisions(*texts: str) -> tuple[Any, list[str]]:
    keys = [key() for _text in texts]
    rows = [
        {"id": key_of_row, "text_en": text, "position": position}
        for position, (key_of_row, text) in enumerate(zip(keys, texts, strict=True))
    ]
    return publish_case(rows={"provision": rows}), keys


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


# --- whole snapshots ---------------------------------------------------------------------


def test_equal_snapshots_have_no_changes() -> None:
    case, _keys = a_case_with_provisions("First")

    assert lines_of(case, snapshots.freeze(case)) == []


def test_without_an_earlier_snapshot_everything_is_new() -> None:
    actor = publish_actor(description_en="A mission", rows={"alias": [{"name": "UNSMIL"}]})

    lines = comparison.lines_between(None, snapshots.freeze(actor))

    assert {one.change_kind for one in lines if one.kind is LineKind.ROW} == {ChangeKind.ADDED}
    assert {"title_en", "description_en", "slug"} <= {one.path for one in lines}


def test_every_change_can_be_decided_and_none_twice() -> None:
    case, keys = a_case_with_provisions("First", "Second")
    after = edited(case, {"event": [{}]}, finding_en="A finding", countries=[publish_place()])
    after["rows"]["provision"][keys[0]] |= {"text_en": "Changed", "strength": 3}
    del after["rows"]["provision"][keys[1]]

    decided = [one.path for line in lines_of(case, after) for one in line.decisions()]

    changes = snapshots.diff(snapshots.freeze(case), snapshots.conformed(after))
    assert sorted(decided) == sorted(str(one.path) for one in changes)


def test_names_are_looked_up_in_one_query_however_many_there_are() -> None:
    case = publish_case()
    few = with_rows(edited(case), {"participation": [{"actor": publish_actor()}]})
    many = with_rows(edited(case), {"participation": [{"actor": publish_actor()} for _one in range(20)]})
    before = snapshots.freeze(case)

    counts = []
    for after in (few, many):
        with CaptureQueriesContext(connection) as captured:
            comparison.lines_between(before, after)
        counts.append(len(captured))

    assert counts == [1, 1]


def test_new_rows_stand_in_the_order_of_their_dates() -> None:
    case = publish_case()
    days = ["2020-08-12", "2020-07-05", "2020-06-03", "2021", "2020-07"]
    after = with_rows(snapshots.freeze(case), {"event": [{"happened_on": day} for day in days]})

    found = [str(part(line, "On").new) for line in lines_of(case, after)]

    assert found == ["3 June 2020", "July 2020", "5 July 2020", "12 August 2020", "2021"]

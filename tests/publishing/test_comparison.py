"""Changes put into words: whose they are, what they were and became, in the reader's language."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from publishing import comparison, snapshots
from publishing.comparison import How, Line, Shape
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

pytestmark = pytest.mark.django_db


def lines_of(entry: Entry, after: Snapshot) -> list[Line]:
    """What changed from what is public, in words."""
    return comparison.between(snapshots.freeze(entry), after)


def only(lines: list[Line]) -> Line:
    (line,) = lines
    return line


def part(line: Line, label: str) -> Line:
    return only([one for one in line.parts if one.label == label])


def told(line: Line) -> str:
    """What was taken out and put in, as "-old +new"."""
    if line.shape is Shape.TEXT:
        signs = {"taken_out": "-", "put_in": "+"}
        return " ".join(f"{signs[one.how]}{one.text.strip()}" for one in line.stretches if one.how in signs)
    return " ".join(f"{sign}{said}" for sign, said in (("-", line.old), ("+", line.new)) if said)


# --- labels and values -------------------------------------------------------------------


@pytest.mark.parametrize(
    "language, label",
    [("en", "Finding (English)"), ("ar", "الخلاصة (الإنكليزية)"), ("fr", "Constat (anglais)")],
)
def test_a_column_is_called_as_the_reader_calls_it(language: str, label: str) -> None:
    case = publish_case()

    with override(language):
        line = only(lines_of(case, edited(case, finding_en="It held.")))

    assert (line.label, line.shape, line.how, line.path) == (label, Shape.TEXT, How.ADDED, "finding_en")


@pytest.mark.parametrize(
    "language, old, new",
    [
        ("en", "Bilateral", "Unilateral"),
        ("ar", "من جانبين", "من جانب واحد"),
        ("fr", "Bilatéral", "Unilatéral"),
    ],
)
def test_a_choice_is_told_by_its_name_and_never_by_its_code(language: str, old: str, new: str) -> None:
    case = publish_case(sidedness="bilateral")

    with override(language):
        line = only(lines_of(case, edited(case, sidedness="unilateral")))

    assert (line.shape, line.how) == (Shape.VALUE, How.CHANGED)
    assert (str(line.old), str(line.new)) == (old, new)
    assert (line.old.language, line.new.language) == (language, language)


@pytest.mark.parametrize(
    "language, said",
    [("en", "August 2020"), ("ar", "آب/أغسطس 2020"), ("fr", "août 2020")],
)
def test_a_date_is_told_in_words_with_the_precision_that_it_has(language: str, said: str) -> None:
    case = publish_case()

    with override(language):
        line = only(lines_of(case, edited(case, declared_on="2020-08")))

    assert (line.how, str(line.new)) == (How.ADDED, said)


def test_yes_and_no_are_words() -> None:
    case = publish_case(is_for_holiday=False)

    line = only(lines_of(case, edited(case, is_for_holiday=True)))

    assert told(line) == "-no +yes"


def test_another_entry_is_told_by_its_title_in_the_language_that_it_has() -> None:
    source, other = publish_source(title_en="The agreement"), publish_source(title_en="", title_ar="الاتفاق")
    row = key()
    case = publish_case(rows={"claim": [{"id": row, "source": source}]})
    after = snapshots.freeze(case)
    after["rows"]["claim"][row]["source"] = str(other.pk)

    line = only(lines_of(case, after))

    change = part(line, "Source")
    assert told(change) == "-The agreement +الاتفاق"
    assert (change.old.language, change.new.language) == ("en", "ar")


def test_an_entry_that_is_gone_is_withdrawn_and_no_key() -> None:
    case, place = publish_case(), publish_place()
    before, after = snapshots.freeze(case), edited(case, countries=[place])
    after["fields"]["countries"] = [key()]

    line = only(comparison.between(before, after))

    assert told(only(list(line.parts))) == "+(withdrawn)"


def test_members_of_a_set_come_and_go_one_by_one() -> None:
    here, there = publish_place(title_en="Lebanon"), publish_place(title_en="Libya")
    case = publish_case(countries=[here])

    line = only(lines_of(case, edited(case, countries=[there])))

    assert (line.shape, line.label) == (Shape.SET, "Countries")
    assert {(one.how, told(one)) for one in line.parts} == {
        (How.REMOVED, "-Lebanon"),
        (How.ADDED, "+Libya"),
    }
    assert {one.path for one in line.decisions()} == {f"countries/{here.pk}", f"countries/{there.pk}"}


# --- texts -------------------------------------------------------------------------------


def test_a_text_says_which_words_changed_and_in_which_language_it_is() -> None:
    case = publish_case(finding_ar="صمدت الهدنة عاما")

    line = only(lines_of(case, edited(case, finding_ar="صمدت الهدنة عامين")))

    assert (line.language, told(line)) == ("ar", "-عاما +عامين")


def test_a_quotation_is_in_the_language_that_stands_beside_it() -> None:
    row = key()
    case = publish_case(
        rows={"provision": [{"id": row, "quotation": "cesser le feu", "quotation_language": "fr"}]}
    )
    after = snapshots.freeze(case)
    after["rows"]["provision"][row]["quotation"] = "cesser tout feu"

    line = only(lines_of(case, after))

    assert part(line, "Quotation").language == "fr"


def test_a_long_text_shows_what_stands_around_the_change_and_folds_the_rest() -> None:
    story = " ".join(f"word-{number}" for number in range(200))
    case = publish_case(narrative_en=story)

    line = only(lines_of(case, edited(case, narrative_en=story.replace("word-100", "another"))))

    assert [one.how.value for one in line.stretches] == [
        "folded", "kept", "taken_out", "put_in", "kept", "folded",
    ]  # fmt: skip
    assert sum(one.words for one in line.stretches if one.how == "kept") < 30


# --- rows --------------------------------------------------------------------------------


def a_case_with_provisions(*texts: str) -> tuple[Any, list[str]]:
    keys = [key() for _text in texts]
    rows = [
        {"id": one, "text_en": text, "position": place}
        for place, (one, text) in enumerate(zip(keys, texts, strict=True))
    ]
    return publish_case(rows={"provision": rows}), keys


def test_a_row_that_comes_tells_all_that_it_says_and_is_taken_whole() -> None:
    case = publish_case()
    row = key()

    line = only(
        lines_of(case, edited(case, {"provision": [{"id": row, "text_en": "Fire ceases", "strength": 3}]}))
    )

    assert (line.shape, line.how, line.label) == (Shape.ROW, How.ADDED, "Provision")
    assert "Fire ceases" in line.name
    assert told(part(line, "What is agreed (English)")) == "+Fire ceases"
    assert {one.how for one in line.parts} == {How.ADDED}
    assert [one.path for one in line.decisions()] == [f"provision/{row}"]


def test_where_a_new_row_stands_and_what_it_leaves_open_is_not_told() -> None:
    case = publish_case()

    line = only(lines_of(case, edited(case, {"event": [{"title_en": "A day", "position": 7}]})))

    assert {told(one) for one in line.parts} == {"+A day", "+Signature"}


def test_a_zero_says_something() -> None:
    case, keys = a_case_with_provisions("Fire ceases")

    line = only(lines_of(case, edited(case, {"assessment": [{"provision": keys[0], "implementation": 0}]})))

    assert told(part(line, "Implementation")) == "+Not begun"


def test_a_row_that_goes_is_told_with_what_it_said() -> None:
    case, keys = a_case_with_provisions("Fire ceases", "Forces withdraw")
    after = snapshots.freeze(case)
    del after["rows"]["provision"][keys[1]]

    line = only(lines_of(case, after))

    assert (line.how, line.path) == (How.REMOVED, f"provision/{keys[1]}")
    assert "Forces withdraw" in line.name
    assert told(part(line, "What is agreed (English)")) == "-Forces withdraw"


def test_a_row_is_the_same_by_its_key_whatever_it_says() -> None:
    case, keys = a_case_with_provisions("Fire ceases", "Forces withdraw")
    after = snapshots.freeze(case)
    rows = after["rows"]["provision"]
    rows[keys[0]]["text_en"], rows[keys[1]]["text_en"] = (
        rows[keys[1]]["text_en"],
        rows[keys[0]]["text_en"],
    )

    lines = lines_of(case, after)

    assert [(one.how, one.path) for one in lines] == [
        (How.CHANGED, f"provision/{keys[0]}"),
        (How.CHANGED, f"provision/{keys[1]}"),
    ]
    assert [told(one.parts[0]) for one in lines] == [
        "-Fire ceases +Forces withdraw",
        "-Forces withdraw +Fire ceases",
    ]


def test_a_row_that_only_changed_its_place_has_moved() -> None:
    case, keys = a_case_with_provisions("First", "Second", "Third")
    after = snapshots.freeze(case)
    places = {keys[0]: 2, keys[1]: 0, keys[2]: 1}
    for one, place in places.items():
        after["rows"]["provision"][one]["position"] = place

    lines = {one.path.split("/")[1]: one for one in lines_of(case, after)}

    assert {one.how for one in lines.values()} == {How.MOVED}
    assert told(only(list(lines[keys[0]].parts))) == "-1 +3"
    assert told(only(list(lines[keys[2]].parts))) == "-3 +2"


def test_a_row_that_moved_and_changed_has_changed_and_tells_both() -> None:
    case, keys = a_case_with_provisions("First", "Second")
    after = snapshots.freeze(case)
    rows = after["rows"]["provision"]
    rows[keys[0]] |= {"position": 1, "text_en": "First of all"}
    rows[keys[1]] |= {"position": 0}

    lines = {one.path.split("/")[1]: one for one in lines_of(case, after)}

    assert (lines[keys[0]].how, lines[keys[1]].how) == (How.CHANGED, How.MOVED)
    assert {one.shape for one in lines[keys[0]].parts} == {Shape.PLACE, Shape.TEXT}


def test_a_row_of_a_row_names_the_row_that_it_belongs_to() -> None:
    case, keys = a_case_with_provisions("Fire ceases")

    line = only(lines_of(case, edited(case, {"assessment": [{"provision": keys[0]}]})))

    assert (line.how, line.label) == (How.ADDED, "Assessment")
    assert "Fire ceases" in line.within


def test_a_claim_says_of_which_fact_it_speaks_by_its_name() -> None:
    case, source = publish_case(), publish_source()

    line = only(lines_of(case, edited(case, {"claim": [{"source": source, "about": "finding"}]})))

    about = only([one for one in line.parts if str(one.new) == "Finding"])
    assert about.shape is Shape.VALUE


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


def test_snapshots_that_say_the_same_have_nothing_to_tell() -> None:
    case, _keys = a_case_with_provisions("First")

    assert lines_of(case, snapshots.freeze(case)) == []


def test_without_one_before_all_is_new() -> None:
    actor = publish_actor(description_en="A mission", rows={"alias": [{"name": "UNSMIL"}]})

    lines = comparison.between(None, snapshots.freeze(actor))

    assert {one.how for one in lines if one.shape is Shape.ROW} == {How.ADDED}
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
            comparison.between(before, after)
        counts.append(len(captured))

    assert counts == [1, 1]

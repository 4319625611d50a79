"""Changes put into words, in the reader's language: what changed, its old and its new value."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from publishing import comparison, snapshots
from publishing.comparison import ChangeKind, LineKind
from tests.factories import edited, key, publish_actor, publish_case, publish_place, publish_source, with_rows
from tests.publishing.lines import a_case_with_provisions, as_text, lines_of, only, part

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


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

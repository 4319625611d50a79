"""The ages of texts are the same whether computed step by step or from the whole history."""

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publishing.fields.columns import language_of_column, stem
from publishing.languages import PAGE_LANGUAGES, stem_and_language
from publishing.models.entry import children_of, kinds
from publishing.translations.staleness import (
    PastRevision,
    ages_after_revision,
    ages_from_history,
    checked,
    count_translations,
    source_of,
    texts_of,
    translation_status,
)
from publishing.vocabulary import ChangeClass

WORDS = st.sampled_from(["", "one", "two", "three"])
TEXT = st.fixed_dictionaries(dict.fromkeys(PAGE_LANGUAGES, WORDS))
PATHS = ("title", "finding", "provision/1/text", "provision/2/text")
CLASSES = st.sampled_from(["addition", "correction", "typo"])


def snapshot(**texts: str) -> dict[str, Any]:
    """A snapshot with these columns; the columns of other languages are empty."""
    names = {name.rsplit("_", 1)[0] for name in texts}
    whole = {f"{name}_{language}": "" for name in names for language in PAGE_LANGUAGES}
    return {"kind": "case", "id": "1", "fields": whole | texts, "rows": {}}


def history(*steps: tuple[str, dict[str, Any]], checks: dict[int, Any] | None = None) -> list[PastRevision]:
    return [
        PastRevision(number, values, change_class, (checks or {}).get(number, []))
        for number, (change_class, values) in enumerate(steps, start=1)
    ]


OLD = snapshot(title_en="Old", title_ar="قديم", title_fr="Vieux")
NEW = snapshot(title_en="New", title_ar="قديم", title_fr="Vieux")
NEW_AR = snapshot(title_en="New", title_ar="جديد", title_fr="Vieux")


@st.composite
def texts(draw: Any) -> dict[str, dict[str, str]]:
    return {path: draw(TEXT) for path in draw(st.sets(st.sampled_from(PATHS)))}


def as_snapshot(of: dict[str, dict[str, str]]) -> dict[str, Any]:
    result: dict[str, Any] = {"kind": "case", "id": "1", "fields": {}, "rows": {}}
    for path, wordings in of.items():
        *owner, name = path.split("/")
        columns = (
            result["rows"].setdefault(owner[0], {}).setdefault(owner[1], {}) if owner else result["fields"]
        )
        columns |= {f"{name}_{language}": wording for language, wording in wordings.items()}
    return result


# --- what is a text ------------------------------------------------------------------------------


def test_a_text_is_the_columns_of_an_entry_or_of_a_row_in_every_language() -> None:
    values = snapshot(title_en="A", title_ar="ب")
    values["fields"] |= {"slug": "a", "outcome_as_of": "2008"}
    values["rows"] = {"provision": {"k": {"text_en": "T", "text_ar": "", "text_fr": None, "strength": 2}}}

    assert texts_of(values) == {
        "title": {"en": "A", "ar": "ب", "fr": ""},
        "provision/k/text": {"en": "T", "ar": "", "fr": ""},
    }


@given(texts())
def test_every_text_of_a_snapshot_is_found(wanted: dict) -> None:
    assert texts_of(as_snapshot(wanted)) == wanted


# --- ages ----------------------------------------------------------------------------------------


@given(texts(), texts(), texts(), CLASSES, CLASSES)
def test_a_text_has_an_age_in_each_language_in_which_it_says_something(
    one: dict, two: dict, three: dict, first: str, second: str
) -> None:
    ages = ages_after_revision({}, {}, one, number=1, change_class="addition")
    ages = ages_after_revision(ages, one, two, number=2, change_class=first)
    ages = ages_after_revision(ages, two, three, number=3, change_class=second)

    assert {path: {*of} for path, of in ages.items()} == {
        path: {language for language, wording in wordings.items() if wording}
        for path, wordings in three.items()
    }
    assert all(1 <= age <= 3 for of in ages.values() for age in of.values())


@given(texts(), texts(), CLASSES)
def test_only_what_changed_gets_younger(before: dict, after: dict, change_class: str) -> None:
    old = ages_after_revision({}, {}, before, number=1, change_class="addition")

    new = ages_after_revision(old, before, after, number=2, change_class=change_class)

    for path, of in new.items():
        for language, age in of.items():
            was, now = before.get(path, {}).get(language), after[path][language]
            assert (age == 2) == (not was or (was != now and change_class != "typo"))


@given(st.lists(st.tuples(CLASSES, texts()), min_size=1, max_size=6))
def test_step_by_step_gives_the_same_as_all_at_once(steps: list) -> None:
    ages, before = {}, {}
    for number, (change_class, after) in enumerate(steps, start=1):
        ages, before = (
            ages_after_revision(ages, before, after, number=number, change_class=change_class),
            after,
        )

    values = [(change_class, as_snapshot(of)) for change_class, of in steps]

    assert ages == ages_from_history(history(*values))


@given(st.lists(texts(), min_size=1, max_size=5), st.data())
def test_a_restoration_restores_the_status_of_its_texts(values: list, data: Any) -> None:
    restored = data.draw(st.sampled_from(values))
    steps = [("correction", as_snapshot(of)) for of in values]

    ages = ages_from_history(history(*steps, ("restoration", as_snapshot(restored))))

    for path, wordings in restored.items():
        latest = max(number for number, of in enumerate(values, start=1) if of.get(path) == wordings)
        assert ages[path] == ages_from_history(history(*steps[:latest]))[path]


def test_the_arguments_are_not_changed() -> None:
    ages = {"title": {"en": 2, "ar": 1}}
    copied = copy.deepcopy(ages)

    checked(ages, [("title", "ar")], 2)
    ages_after_revision(ages, texts_of(OLD), texts_of(NEW), number=3, change_class="correction")

    assert ages == copied


@pytest.mark.parametrize(
    "steps, checks, wanted",
    [
        pytest.param([("addition", OLD)], {}, "done", id="new texts count from their revision"),
        pytest.param([("addition", OLD), ("correction", NEW)], {}, "stale", id="the source changed"),
        pytest.param([("addition", OLD), ("typo", NEW)], {}, "done", id="a typing error was mended"),
        pytest.param(
            [("addition", OLD), ("correction", NEW), ("correction", NEW_AR)],
            {},
            "done",
            id="translated again",
        ),
        pytest.param(
            [("addition", OLD), ("correction", NEW), ("typo", NEW_AR)],
            {},
            "stale",
            id="mending an error in the translation is no translation",
        ),
        pytest.param([("addition", OLD), ("correction", NEW_AR)], {}, "done", id="both at once"),
        pytest.param(
            [("addition", OLD), ("correction", NEW), ("restoration", OLD)], {}, "done", id="restored"
        ),
        pytest.param(
            [("addition", OLD), ("correction", NEW), ("retraction", NEW), ("restoration", NEW)],
            {},
            "stale",
            id="retracted and restored as it was",
        ),
        pytest.param([("addition", OLD), ("correction", NEW)], {2: [("title", "ar")]}, "done", id="checked"),
        pytest.param(
            [("addition", OLD), ("correction", NEW)],
            {1: [("title", "ar")]},
            "stale",
            id="checked before the change",
        ),
        pytest.param(
            [("addition", OLD), ("correction", NEW), ("correction", OLD), ("restoration", NEW)],
            {2: [("title", "ar")]},
            "done",
            id="restored to what was checked",
        ),
        pytest.param(
            [("addition", OLD), ("correction", snapshot(title_en="New", title_fr="Vieux"))],
            {},
            "missing",
            id="emptied",
        ),
    ],
)
def test_the_status_of_the_arabic_title(steps: list, checks: dict, wanted: str) -> None:
    ages = ages_from_history(history(*steps, checks=checks))

    assert translation_status(ages, "title", "ar") == wanted
    assert getattr(count_translations(ages, "ar"), wanted) == 1


# --- one more language ---------------------------------------------------------------------------


@pytest.fixture(params=["es", "id"])
def fourth(request: Any, monkeypatch: Any) -> Iterator[str]:
    """A fourth language of the pages, which older snapshots do not have."""
    for module in ("publishing.languages", "publishing.translations.staleness"):
        monkeypatch.setattr(f"{module}.PAGE_LANGUAGES", (*PAGE_LANGUAGES, request.param))
    stem_and_language.cache_clear()
    yield request.param
    stem_and_language.cache_clear()


def test_a_new_language_takes_no_text_from_old_snapshots(fourth: str) -> None:
    old = snapshot(title_en="Old", title_ar="قديم")
    old["fields"] |= {"ucdp_id": "a column that only ends like a language"}

    assert texts_of(old) == {"title": {"en": "Old", "ar": "قديم", "fr": "", fourth: ""}}


def test_a_new_language_loses_no_mark_of_staleness(fourth: str) -> None:
    with_the_language = copy.deepcopy(NEW)
    with_the_language["fields"] |= {f"title_{fourth}": "", "slug": "an-edit-elsewhere"}
    past = [("addition", OLD), ("correction", NEW)]
    before = ages_from_history(history(*past))

    all_at_once = ages_from_history(history(*past, ("correction", with_the_language)))
    step_by_step = ages_after_revision(
        before, texts_of(NEW), texts_of(with_the_language), number=3, change_class="correction"
    )

    assert before == all_at_once == step_by_step == {"title": {"en": 2, "ar": 1, "fr": 1}}
    assert [translation_status(before, "title", one) for one in ("ar", "fr", fourth)] == [
        "stale",
        "stale",
        "missing",
    ]


# --- what follows --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "ages, path, source",
    [
        ({"title": {"en": 1, "fr": 1}}, "title", "en"),
        ({"title": {"ar": 1, "fr": 1}, "finding": {"en": 1, "ar": 1}}, "finding", "ar"),
        ({"title": {"en": 1}, "finding": {"fr": 1}}, "finding", "fr"),
        ({"title": {"en": 1}, "finding": {}}, "finding", None),
    ],
    ids=["English", "the entry's own", "the only one", "nothing said"],
)
def test_the_language_that_a_text_is_translated_from(ages: dict, path: str, source: str | None) -> None:
    assert source_of(ages, path) == source


@given(texts(), texts())
def test_the_counts_add_up(one: dict, two: dict) -> None:
    ages = ages_from_history(history(("addition", as_snapshot(one)), ("correction", as_snapshot(two))))
    written = [path for path, wordings in two.items() if any(wordings.values())]

    for language in PAGE_LANGUAGES:
        count = count_translations(ages, language)

        assert count.missing + count.stale + count.done == len(written)
        assert (count.stale_since is None) == (count.stale == 0)


def test_a_snapshot_of_a_time_with_fewer_languages_keeps_its_ages() -> None:
    old, new = copy.deepcopy(OLD), copy.deepcopy(NEW)
    del old["fields"]["title_fr"], new["fields"]["title_fr"]

    assert texts_of(old) == {"title": {"en": "Old", "ar": "قديم", "fr": ""}}
    past = history(("addition", old), ("correction", new), ("correction", NEW))
    assert ages_from_history(past) == {"title": {"en": 2, "ar": 1, "fr": 3}}


def test_the_name_of_a_column_tells_whether_it_is_in_a_language() -> None:
    kinds_of_rows = [row for kind in kinds().values() for row in children_of(kind).values()]
    columns = [column for model in (*kinds().values(), *kinds_of_rows) for column in model._meta.fields]

    assert [
        column.name
        for column in columns
        if stem_and_language(column.name) != (stem(column), language_of_column(column))
    ] == []


def test_the_codes_are_those_of_the_vocabulary() -> None:
    assert (ChangeClass.TYPO, ChangeClass.RESTORATION) == ("typo", "restoration")

"""The starter content is whole: three languages, nothing that the models refuse, published once."""

import os
import re
from collections import Counter
from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import models

from cases.models import Case, Initiative
from portal.actions import not_yet_present, publish_starter
from publishing import rules, snapshots
from publishing.fields.columns import language_of_column, stem
from publishing.languages import PAGE_LANGUAGES, columns_of_text
from publishing.markdown_citations import slugs_in
from publishing.models import Child, Entry, Revision
from publishing.models.entry import children_of, kinds
from publishing.snapshots import Snapshot
from sources import facts
from sources.rules import unnamed_citations
from tests.factories import an_account
from tests.starter import starter_content

pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.usefixtures("casebook")]

LEAST_CASES, LEAST_INITIATIVES = 40, 25
ROWS = {name: model for kind in kinds().values() for name, model in children_of(kind).items()}
# Codes of a catalogue, as in "ImPK = 1", are the same in every language; words are not.
WORDS = re.compile(r"[A-Za-z]{2,} [A-Za-z]{2,} [A-Za-z]{2,}")


@pytest.fixture(scope="module")
def content() -> list[Snapshot]:
    """All snapshots of the starter content."""
    return starter_content()


def test_one_process_alone_publishes_the_casebook(request: pytest.FixtureRequest) -> None:
    """Else each would, and read all pages for itself."""
    assert "PYTEST_XDIST_WORKER" not in os.environ or request.node.nodeid.endswith("@casebook")


def test_every_text_is_there_in_three_languages(content: list[Snapshot]) -> None:
    assert [*untranslated(content)] == []


def test_a_text_that_lacks_a_language_is_noticed(content: list[Snapshot]) -> None:
    fields = {**content[0]["fields"], "title_fr": ""}

    assert [*untranslated([{**content[0], "fields": fields}])] == [f"{fields['slug']} title_fr"]


def test_no_text_stands_twice_as_its_own_translation(content: list[Snapshot]) -> None:
    same = {
        f"{snapshot['fields']['slug']} {name}: {texts['en'][:40]}"
        for snapshot in content
        for name, texts in _texts(snapshot)
        if texts["ar"] in {texts["en"], texts["fr"]} and WORDS.search(texts["ar"])
    }

    assert same == set()


def test_the_tables_can_hold_every_entry(content: list[Snapshot]) -> None:
    refused = {snapshot["fields"]["slug"]: rules.why_not_thaw(snapshot) for snapshot in content}

    assert {slug: str(refusal) for slug, refusal in refused.items() if refusal} == {}


@pytest.mark.parametrize("kind", sorted(kinds()))
def test_every_entry_passes_the_checks_of_its_model(kind: str) -> None:
    for entry in kinds()[kind].objects.all():
        check_what_the_tables_do_not(entry)


@pytest.mark.parametrize("row", ROWS, ids=ROWS)
def test_every_row_passes_the_checks_of_its_model(row: str) -> None:
    for one in ROWS[row]._default_manager.all():
        check_what_the_tables_do_not(one)


def test_what_is_published_is_what_was_written(content: list[Snapshot]) -> None:
    written = snapshots.freeze_all(Entry.objects.published())

    assert written == {snapshot["id"]: snapshot for snapshot in content}


@pytest.mark.parametrize("slug, least", [("lebanon-2008", 31), ("libya-2020", 44)])
def test_every_key_fact_of_the_two_fullest_cases_has_a_source_and_the_place_in_it(
    slug: str, least: int
) -> None:
    case = Case.objects.get(slug=slug)
    placed = [claim for claim in case.claims.select_related("source") if claim.locator]

    covered = facts.coverage(case, placed, facts.rows_of(case))

    assert covered.unsourced == ()
    assert covered.total >= least


@pytest.mark.parametrize("language", PAGE_LANGUAGES)
def test_no_two_entries_of_a_kind_have_one_title(content: list[Snapshot], language: str) -> None:
    titles = Counter((one["kind"], one["fields"][f"title_{language}"].casefold()) for one in content)

    assert [title for title, times in titles.items() if times > 1] == []


def test_every_narrative_cites(content: list[Snapshot]) -> None:
    narratives = {
        f"{snapshot['fields']['slug']} {column}": text
        for snapshot in content
        for column, text in snapshot["fields"].items()
        if column.startswith("narrative_") and text
    }

    assert len(narratives) >= 3 * (LEAST_CASES + LEAST_INITIATIVES)
    assert [name for name, text in narratives.items() if not any(slugs_in(text))] == []


def test_the_languages_of_a_narrative_cite_the_same(content: list[Snapshot]) -> None:
    differing = []
    for snapshot in content:
        cited = {
            frozenset(slugs_in(snapshot["fields"].get(column) or ""))
            for column in columns_of_text("narrative")
        }
        differing += [snapshot["fields"]["slug"]] if len(cited) > 1 else []

    assert differing == []


def test_there_is_enough_to_be_a_reference() -> None:
    areas = ("security-and-justice", "governance-and-participation", "economy-and-livelihoods",
             "education-and-basic-services", "capacity-and-gender-equality")  # fmt: skip

    assert Case.objects.count() >= LEAST_CASES
    assert Initiative.objects.count() >= LEAST_INITIATIVES
    by_area = {area: Initiative.objects.filter(main_theme__slug=area).count() for area in areas}
    assert min(by_area.values()) >= 4, by_area


def test_no_case_is_poor() -> None:
    poor = {}
    for case in Case.objects.all():
        claims = list(case.claims.select_related("source"))
        covered = facts.coverage(case, claims, facts.rows_of(case))
        if covered.sourced < 6 or case.events.count() < 3:
            poor[case.slug] = (covered.sourced, case.events.count())

    assert poor == {}


def test_what_is_published_is_verified(content: list[Snapshot]) -> None:
    said = StringIO()

    call_command("verify", stdout=said)

    whole = f"{len(content)} revisions and {len(content)} entries: the chain holds, the tables agree.\n"
    assert said.getvalue() == whole


def test_a_second_load_publishes_nothing(content: list[Snapshot]) -> None:
    before = Revision.objects.count()

    again = [*publish_starter(not_yet_present(content), by=an_account())]

    assert again == []
    assert Revision.objects.count() == before == len(content)


def test_the_second_load_leaves_what_was_retracted(content: list[Snapshot]) -> None:
    Entry.objects.filter(pk=content[0]["id"]).update(state="retracted", retraction_reason="It was wrong.")

    assert not_yet_present(content) == []


def check_what_the_tables_do_not(row: models.Model) -> None:
    """The checks of its model, but for those by which the tables let it in."""
    points = {
        column.name
        for column in row._meta.concrete_fields
        if isinstance(column, models.ForeignKey) and not column.get_limit_choices_to()
    }
    row.full_clean(exclude=points, validate_unique=False, validate_constraints=False)


def untranslated(content: list[Snapshot]) -> Iterator[str]:
    """Every text that one language has and another lacks."""
    for snapshot in content:
        for name, texts in _texts(snapshot):
            if any(texts.values()):
                yield from (
                    f"{snapshot['fields']['slug']} {name}_{one}" for one in PAGE_LANGUAGES if not texts[one]
                )


def _texts(snapshot: Snapshot) -> Iterator[tuple[str, dict[str, str]]]:
    """Every text of an entry and its rows, by language."""
    kind = kinds()[snapshot["kind"]]
    places: list[tuple[str, type[models.Model], dict]] = [("", kind, snapshot["fields"])]
    for name, model in children_of(kind).items():
        places += [(f"{name} {key[:8]} ", model, row) for key, row in snapshot["rows"][name].items()]
    for label, model, values in places:
        for name in _names_of_texts(model):
            yield f"{label}{name}", {one: values[f"{name}_{one}"] for one in PAGE_LANGUAGES}


def _names_of_texts(model: type[models.Model]) -> set[str]:
    columns = snapshots.row_columns(model) if issubclass(model, Child) else snapshots.content_columns(model)
    return {stem(column) for column in columns if language_of_column(column)}


def test_every_citation_is_of_a_source_of_the_claims(content: list[Snapshot]) -> None:
    assert [shortcoming.about for snapshot in content for shortcoming in unnamed_citations(snapshot)] == []

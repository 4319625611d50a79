"""The tag that shows one fact of an entry, and what readers are asked to add."""

import pytest
from django.template import Context, Template

from publishing.models.entry import children_of, kinds
from tests.factories import publish_case, publish_initiative, publish_theme
from tests.whole_site.reading import Document

pytestmark = pytest.mark.one_database

DOOR = "/en/propose/case/one/"


def shown(tag, entry, **context):
    html = Template("{% load citing %}" + tag).render(
        Context({"entry": entry, "claims_by_fact": {}, **context})
    )
    return Document.of(f"<dl>{html}</dl>")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name, label, value",
    [
        pytest.param("ceasefire_class", "Class", "Preliminary ceasefire", id="a word of a vocabulary"),
        pytest.param("declared_on", "Declared or signed", "May 2008", id="a date"),
        pytest.param("ended_on", "Ended", "date unknown", id="a date that nobody knows"),
        pytest.param("finding", "Finding", "It held", id="a text"),
    ],
)
def test_a_fact_is_named_and_told_as_its_column_says(name, label, value):
    case = publish_case(ceasefire_class="preliminary_ceasefire", declared_on="2008-05", finding_en="It held")

    page = shown(f'{{% fact entry "{name}" %}}', case)

    assert page.text == f"{label} {value}"


@pytest.mark.django_db
def test_entries_are_links_to_their_pages():
    theme = publish_theme(title_en="Housing")
    initiative = publish_initiative(main_theme=theme)

    page = shown('{% fact entry "main_theme" %}', initiative)

    assert page.one("a")["href"] == theme.get_absolute_url()
    assert page.text == "Theme Housing"


@pytest.mark.django_db
def test_what_hangs_on_a_fact_is_said_with_it():
    case = publish_case(outcome="collapsed", outcome_as_of="2021")

    assert shown('{% fact entry "outcome" %}', case).text == "Outcome Collapsed as of 2021"


@pytest.mark.django_db
def test_the_page_may_use_other_words():
    page = shown('{% fact entry "finding" label="In short" value="Well" %}', publish_case())

    assert page.text == "In short Well"


@pytest.mark.django_db
def test_a_correction_is_proposed_at_all_columns_of_the_fact():
    page = shown('{% fact entry "countries,place_name" label="Where" %}', publish_case(), door=DOOR)

    assert page.one("a")["href"] == f"{DOOR}countries,place_name/"


@pytest.mark.django_db
@pytest.mark.parametrize("door", ["", None])
def test_without_a_door_nothing_is_asked(door):
    page = shown('{% fact entry "scope" %}{% suggest_row entry "event" %}', publish_case(), door=door)

    assert list(page.all("a")) == []


@pytest.mark.parametrize("kind", kinds().values(), ids=kinds())
def test_each_row_that_readers_are_asked_for_has_words_for_that(kind):
    rows = children_of(kind)

    assert [name for name in kind.ROWS_TO_ADD if not (name in rows and rows[name].ADD_LABEL)] == []

"""The page of a source: its address first, then what rests on it, entry by entry."""

import pytest
from django.test import Client

from publishing.models import Entry
from sources import views
from sources.models import Source
from tests.factories import publish_case, publish_source
from tests.whole_site.reading import Document, Element

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def cited_by(number: int) -> Source:
    """A source that so many cases cite, each for two facts."""
    source = publish_source(url="https://example.org/report", publisher="Somebody")
    for one in range(number):
        claims = [{"source": source, "about": fact} for fact in ("finding", "declared_on")]
        publish_case(title_en=f"Truce {one}", slug=f"truce-{one}", rows={"claim": claims})
    return source


def read(client: Client, address: str) -> Document:
    return Document.of(client.get(address).content.decode())


def folds(document: Document) -> list[Element]:
    return [*document.all("details", class_="citing-entry")]


def test_its_address_comes_first(client: Client) -> None:
    document = read(client, cited_by(1).get_absolute_url())

    assert [one.text for one in document.all("dt")][:2] == ["Link", "Publisher"]


@pytest.mark.parametrize("cases, are_open", [(3, True), (4, False)])
def test_what_rests_on_it_is_folded_where_it_is_much(client: Client, cases: int, are_open: bool) -> None:
    document = read(client, cited_by(cases).get_absolute_url())

    assert ["open" in one.attributes for one in folds(document)] == [are_open] * cases
    [summary, *_others] = document.all("summary")
    assert " ".join(summary.text.split()) == "Truce 0 Ceasefire case · 2 facts"


def test_one_entry_that_is_asked_for_is_open(client: Client) -> None:
    source = cited_by(5)
    asked = Entry.objects.get(slug="truce-2")

    document = read(client, f"{source.get_absolute_url()}?citing={asked.pk}")

    [fold] = folds(document)
    assert "open" in fold.attributes
    assert "Truce 2" in fold.text


def test_each_fold_leads_to_its_entry_and_holds_the_anchor_of_its_claims(client: Client) -> None:
    source = cited_by(4)
    claim = source.cited_in.filter(entry__slug="truce-3").with_sources().first()
    assert claim is not None

    document = read(client, source.get_absolute_url())

    [fold] = [one for one in folds(document) if "Truce 3" in one.text]
    links = [one for one in document.all("a") if fold in one.above]
    assert [(one["href"], one.text) for one in links] == [("/en/cases/truce-3/", "To the page of Truce 3")]
    assert claim.anchor in {one["id"] for one in document.all("tr") if fold in one.above}


def test_much_cited_entries_show_the_first_facts_and_lead_to_all(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "MOST_CLAIMS", 4)
    source = cited_by(2)
    entry = publish_case(
        title_en="Long truce",
        slug="long-truce",
        rows={"claim": [{"source": source, "value_en": f"Value {number}"} for number in range(7)]},
    )

    document = read(client, source.get_absolute_url())
    [link] = [one for one in document.all("a") if one.text == "All 7 facts of Long truce"]
    whole = read(client, link["href"])

    assert facts_in(document) == [1, 1, 1]
    assert "7 facts" in " ".join(folds(document)[0].text.split())
    assert link["href"] == f"{source.get_absolute_url()}?citing={entry.pk}"
    assert facts_in(whole) == [7]
    assert [one for one in whole.all("a") if one.text.startswith("All 7 facts")] == []


def facts_in(document: Document) -> list[int]:
    """How many facts stand in each fold."""
    rows = [*document.all("tr", class_="supports")]
    return [sum(fold in row.above for row in rows) for fold in folds(document)]


def test_of_claims_at_one_position_the_first_has_the_anchor(client: Client) -> None:
    source = publish_source()
    about = [("finding", 10), ("declared_on", 10), ("outcome", 20)]
    publish_case(rows={"claim": [{"source": source, "about": one, "position": at} for one, at in about]})

    rows = [row for row in read(client, source.get_absolute_url()).all("tr") if "supports" in row.classes]

    assert [bool(row["id"]) for row in rows] == [True, False, True]

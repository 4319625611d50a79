"""Who says so is one line beside each fact; the line opens, and one address has all lines open."""

import pytest
from django.test import Client

from publishing.languages import PAGE_LANGUAGES
from publishing.models import Entry
from tests.factories import key, publish_case, publish_initiative, publish_pillar, publish_source
from tests.kept import kept
from tests.portal.fronts import a_front, ask
from tests.whole_site.parts.pages import in_order, inside, words
from tests.whole_site.reading import Document

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@kept
def case() -> Entry:
    """Its outcome is disputed, its class has no source, and one of its promises is quoted."""
    source, promise = publish_source(title_en="Report", published_on="2019"), key()
    claims = in_order(
        {"about": "outcome", "source": source, "stance": "differs", "value_en": "Collapsed"},
        {"about": "outcome", "source": publish_source(title_en="Letter"), "stance": "supports"},
        {"about": "outcome", "source": source, "stance": "context"},
        {"about": "outcome", "source": source, "stance": "supports"},
        {"about": "ceasefire_class", "source": None},
    )
    case = publish_case(
        outcome="holding",
        outcome_as_of="2021",
        narrative_en="One.\n\nTwo.\n\nThree.\n\nFour.",
        rows={
            "claim": claims,
            "provision": [{"id": promise, "quotation": "كل شيء", "quotation_language": "ar"}],
        },
    )
    section = key()
    publish_pillar(rows={"section": [{"id": section}], "evidence": [{"section": section, "entry": case}]})
    return case


def read(client: Client, entry: Entry, query: str = "", language: str = "en") -> Document:
    address = f"/{language}{entry.get_absolute_url()[3:]}{query}"
    return Document.of(client.get(address).content.decode())


def lines(document: Document) -> list[str]:
    return [
        words(one)
        for fold in document.all("details", class_="vouched")
        for one in inside(document, fold, "summary")
    ]


def test_the_line_counts_what_sources_say_and_the_disagreement_stays_visible(
    client: Client, case: Entry
) -> None:
    document = read(client, case)

    first, second = lines(document)
    assert second == "1 source, 1 for context, 1 from before, 1 says otherwise (Outcome)"
    assert first.startswith("the wording")
    [loud] = document.all("strong", class_="differs")
    assert words(loud) == "1 says otherwise"


def test_that_a_source_is_missing_is_not_folded(client: Client, case: Entry) -> None:
    [missing] = read(client, case).all("span", class_="no-source")

    assert not any(above.name == "details" for above in missing.above)


def test_all_that_is_said_is_on_the_page_folded_or_not(client: Client, case: Entry) -> None:
    text = read(client, case).text

    for said in ("Collapsed", "Report", "Letter", "كل شيء", "Three.", "Four."):
        assert said in text


@pytest.mark.parametrize("language", PAGE_LANGUAGES)
def test_one_address_has_everything_open(client: Client, case: Entry, language: str) -> None:
    folded = [*read(client, case, language=language).all("details")]
    opened = [*read(client, case, "?sources=open", language).all("details")]

    assert len(folded) == len(opened)
    assert [one for one in folded if "open" in one.attributes] == []
    # What the page asks of readers, and what it offers them, is not said of the case.
    apart = {"ask-readers", "cite-and-follow"}
    parts = [one for one in opened if not any(apart & {*above.classes} for above in one.above)]
    assert parts
    assert all("open" in one.attributes for one in parts)


def test_the_link_leads_there_and_back(client: Client, case: Entry) -> None:
    def link(query: str) -> str:
        [line] = (document := read(client, case, query)).all("p", class_="fold-sources")
        return inside(document, line, "a")[0]["href"]

    assert (link(""), link("?sources=open")) == ("?sources=open", "?")
    assert (link("?as_of=1"), link("?as_of=1&sources=open")) == ("?as_of=1&sources=open", "?as_of=1")


@pytest.mark.parametrize(
    "query", ["sources=all", "sources=", "sources=open&sources=open", "sources=%ED%A0%80"]
)
def test_what_the_address_cannot_mean_is_said(client: Client, case: Entry, query: str) -> None:
    document = read(client, case, f"?{query}")

    [said] = document.all("p", class_="not-understood")
    assert words(said).startswith("Not understood: sources =")
    assert not [one for one in document.all("details") if "open" in one.attributes]


def test_the_open_page_is_kept_and_one_that_nobody_understands_is_not(case: Entry) -> None:
    front, address = a_front(), case.get_absolute_url()

    for _time in range(2):
        ask(front, f"{address}?sources=open")
        ask(front, f"{address}?sources=zzz")
        ask(front, f"{address}?sources=open&zzz=1")

    assert (front.counts["kept"], front.counts["rendered"], front.counts["not kept"]) == (1, 1, 4)


def test_the_rest_of_a_long_account_is_folded_and_a_short_one_is_not(client: Client, case: Entry) -> None:
    document = read(client, case)

    [more] = document.all("details", class_="more")
    assert words(more) == "Read on: 2 more paragraphsThree. Four."
    assert [
        *read(client, publish_case(narrative_en="One.\n\nTwo.\n\nThree.")).all("details", class_="more")
    ] == []


def test_the_sources_of_an_initiative_are_folded_too(client: Client) -> None:
    claim = {"about": "summary", "source": publish_source(title_en="Report")}

    assert lines(read(client, publish_initiative(rows={"claim": [claim]}))) == ["1 source (Summary)"]

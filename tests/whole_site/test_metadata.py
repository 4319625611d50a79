"""What pages say of themselves to programs: reference managers, search engines, messengers."""

import json
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse
from PIL import Image

from publishing.models import Entry
from tests.factories import (
    edited,
    newest,
    proposal_of,
    publish_actor,
    publish_case,
    publish_change,
    publish_one_of_each,
    publish_pillar,
    publish_source,
)
from tests.whole_site.reading import Document

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

SITE = "http://localhost:8000"
MAX_BYTES_OF_A_CARD = 60_000


def head(client: Client, address: str) -> dict[str, list[str]]:
    """The metadata of the page, by name or property."""
    document = Document.of(client.get(address).content.decode())
    found: dict[str, list[str]] = {}
    for one in document.all("meta"):
        if one["content"] and (name := one["name"] or one["property"]):
            found.setdefault(name, []).append(one["content"])
    return found


# --- Zotero ---------------------------------------------------------------------------------

# What its translator for embedded metadata makes of the names of the Highwire Press.
HIGHWIRE_TYPES = {
    "citation_journal_title": "journalArticle",
    "citation_technical_report_institution": "report",
    "citation_conference_title": "conferencePaper",
    "citation_conference": "conferencePaper",
    "citation_book_title": "bookSection",
    "citation_dissertation_institution": "thesis",
}
HIGHWIRE_FIELDS = {
    "citation_title": "title",
    "citation_publication_date": "date",
    "citation_date": "date",
    "citation_publisher": "publisher",
    "citation_public_url": "url",
    "citation_language": "language",
}
# Those of its kinds that DC.type may name.
ITEM_TYPES = {"webpage", "report", "book", "thesis", "journalArticle", "dataset", "encyclopediaArticle"}
OPEN_GRAPH_TYPES = {"website": "webpage", "book": "book", "music.song": "audioRecording"}
DUBLIN_CORE_GUESSES = {"text": "journalArticle", "article": "journalArticle", "image": "artwork"}


def as_zotero_reads(found: dict[str, list[str]]) -> dict[str, Any]:
    """The item, by the rules and the order of Zotero's translators “Embedded Metadata” and “RDF”."""
    by_highwire = next((kind for name, kind in HIGHWIRE_TYPES.items() if name in found), None)
    guess = "journalArticle" if "citation_title" in found else None
    rdf = {name.lower(): values[0] for name, values in found.items() if name[:3].lower() in {"dc.", "og:"}}
    said = rdf.get("dc.type", "")
    by_dublin_core = said if said in ITEM_TYPES else None
    kind = (
        OPEN_GRAPH_TYPES.get(rdf.get("og:type", ""))
        or by_dublin_core
        or by_highwire
        or guess
        or ("webpage" if rdf else None)
        or DUBLIN_CORE_GUESSES.get(said.lower())
    )
    item: dict[str, Any] = {
        "itemType": kind,
        "title": rdf.get("dc.title") or rdf.get("og:title"),
        "date": rdf.get("dc.date"),
        "url": rdf.get("og:url"),
        "language": rdf.get("dc.language"),
        "publicationTitle": rdf.get("dc.source") or rdf.get("og:site_name"),
        "rights": rdf.get("dc.rights"),
        "creators": [rdf["dc.creator"]] if "dc.creator" in rdf else [],
    }
    # What Highwire names say goes before.
    item |= {field: found[name][0] for name, field in HIGHWIRE_FIELDS.items() if name in found}
    if "citation_author" in found:
        item["creators"] = found["citation_author"]
    return item


def test_zotero_takes_a_case_for_a_page_of_the_web_at_its_revision(client: Client) -> None:
    case = publish_case(slug="a-truce", title_en='A "truce" & more', finding_en="It held.")
    publish_change(case, title_en='The "truce" & more')

    item = as_zotero_reads(head(client, "/en/cases/a-truce/"))

    assert item == {
        "itemType": "webpage",
        "title": 'The "truce" & more',
        "date": f"{newest_day(case):%Y/%m/%d}",
        "url": f"{SITE}/en/cases/a-truce/?as_of=2",
        "language": "en",
        "publisher": "Sulh",
        "publicationTitle": "Sulh",
        "rights": f"{SITE}/en/about/",
        "creators": ["Sulh"],
    }


def newest_day(entry: Entry) -> Any:
    return entry.revisions.latest("number").created_at


def test_zotero_takes_every_kind_of_entry_revision_and_list_for_a_page_of_the_web(client: Client) -> None:
    entries = publish_one_of_each().values()
    pages = [one.get_absolute_url() for one in entries]
    pages += [f"{one.get_history_url()}1/" for one in entries]

    for address in [*pages, "/en/cases/?outcome=unknown", "/en/initiatives/"]:
        item = as_zotero_reads(head(client, address))
        assert item["itemType"] == "webpage", address
        assert item["title"], address


def test_a_revision_names_itself_and_not_the_newest(client: Client) -> None:
    case = publish_case(slug="a-truce", title_en="Before")
    publish_change(case, title_en="After")

    item = as_zotero_reads(head(client, "/en/cases/a-truce/history/1/"))

    assert (item["title"], item["url"]) == ("Before", f"{SITE}/en/cases/a-truce/?as_of=1")


# --- what is not to be cited ----------------------------------------------------------------


def claims(client: Client, address: str) -> list[str]:
    """What the page says as if it were to be cited."""
    answer = client.get(address)
    document = Document.of(answer.content.decode())
    names = [one["name"] for one in document.all("meta") if one["name"].startswith(("citation_", "DC."))]
    blocks = [one["type"] for one in document.all("script") if one["type"] == "application/ld+json"]
    links = [one["rel"] for one in document.all("link") if one["rel"] in {"cite-as", "describedby"}]
    return [*names, *blocks, *links, *(["header"] if "cite-as" in answer.headers.get("Link", "") else [])]


def test_neither_an_old_record_nor_a_preview_nor_an_unused_entry_claims_to_be_citable(
    client: Client, editor: Any
) -> None:
    case = publish_case(slug="a-truce")
    assert claims(client, "/en/cases/a-truce/")
    assert claims(client, "/en/cases/a-truce/?as_of=1") == []

    actor = publish_actor(slug="a-state")
    Entry.objects.filter(pk=actor.pk).update(is_in_use=False)
    proposal = proposal_of(edited(case, title_en="Otherwise"), base=newest(case))
    client.force_login(editor)
    assert claims(client, "/en/actors/a-state/") == []
    preview = reverse("admin:publishing_proposal_preview", args=[proposal.pk, "en"])
    assert "Otherwise" in client.get(preview).content.decode()
    assert claims(client, preview) == []
    assert "og:title" not in head(client, preview)


def test_pages_with_nothing_to_cite_claim_nothing(client: Client) -> None:
    publish_case(slug="a-truce")

    for address in ("search/", "brief/", "cases/a-truce/history/", "cases/compare/", "cases/no-such/"):
        assert claims(client, f"/en/{address}") == [], address


# --- search engines -------------------------------------------------------------------------


def linked_data(client: Client, address: str) -> dict[str, Any]:
    document = Document.of(client.get(address).content.decode())
    [block] = [one for one in document.all("script") if one["type"] == "application/ld+json"]
    read: dict[str, Any] = json.loads(block.text)
    return read


def test_linked_data_says_what_a_page_is_from_when_by_whom_and_based_on_what(client: Client) -> None:
    source = publish_source(slug="a-report")
    case = publish_case(
        slug="a-truce", title_en="A truce", finding_en="It held.", rows={"claim": [{"source": source}]}
    )

    data = linked_data(client, "/en/cases/a-truce/")

    assert data["@context"] == "https://schema.org"
    assert (data["@type"], data["name"], data["inLanguage"]) == ("Dataset", "A truce", "en")
    assert data["url"] == f"{SITE}/en/cases/a-truce/"
    assert data["identifier"] == f"{SITE}/en/cases/a-truce/?as_of=1"
    assert data["publisher"] == {"@type": "Organization", "name": "Sulh", "url": f"{SITE}/"}
    assert data["dateModified"] == f"{newest_day(case):%Y-%m-%d}"
    assert data["license"] == f"{SITE}/en/about/"
    assert data["description"] == "It held."
    assert data["isBasedOn"] == [f"{SITE}/en/sources/a-report/"]


def test_each_kind_is_what_search_engines_know(client: Client) -> None:
    kinds = {
        one.kind: linked_data(client, one.get_absolute_url())["@type"]
        for one in publish_one_of_each().values()
    }

    assert {kinds[one] for one in ("case", "initiative")} == {"Dataset"}
    assert (kinds["pillar"], kinds["term"], kinds["page"]) == ("Article", "DefinedTerm", "WebPage")
    assert linked_data(client, "/en/cases/")["@type"] == "CollectionPage"


def test_linked_data_cannot_end_its_block(client: Client) -> None:
    title = "</script><script>alert(1)</script><!-- \u2028 & 'x'"
    publish_pillar(slug="a-pillar", title_en="A pillar")
    case = publish_case(slug="a-truce")
    case.__class__.objects.filter(pk=case.pk).update(title_en=title)

    page = client.get("/en/cases/a-truce/").content.decode()

    assert "<script>alert" not in page
    assert linked_data(client, "/en/cases/a-truce/")["name"] == title


# --- messengers -----------------------------------------------------------------------------


@pytest.mark.parametrize("language, locale", [("en", "en_GB"), ("ar", "ar_AR"), ("fr", "fr_FR")])
def test_a_shared_link_has_title_summary_and_picture_in_its_language(
    client: Client, language: str, locale: str
) -> None:
    publish_case(
        slug="a-truce", title_en='A "truce"', title_fr="Une trêve", title_ar="هدنة", finding_en="It “held”."
    )
    address = f"/{language}/cases/a-truce/"

    found = head(client, address)

    titles = {"en": 'A "truce"', "ar": "هدنة", "fr": "Une trêve"}
    assert found["og:title"] == [titles[language]]
    assert found["og:locale"] == [locale]
    assert found["og:url"] == [f"{SITE}{address}"]
    assert found["og:description"] == found["description"] == ["It “held”."]
    assert found["twitter:card"] == ["summary_large_image"]
    assert found["og:image"] == [f"{SITE}/cards/case/a-truce/1-{language}.png"]
    [card] = head(client, f"/{language}/cases/")["og:image"]
    assert card.startswith(f"{SITE}/static/cards/{language}.")
    file = finders.find(f"cards/{language}.png")
    assert file
    with Image.open(file) as picture:
        assert (picture.size, picture.format) == ((1200, 630), "PNG")
    with open(file, "rb") as opened:
        assert len(opened.read()) <= MAX_BYTES_OF_A_CARD


def test_a_page_that_is_no_entry_is_shared_with_its_own_title(client: Client) -> None:
    assert head(client, "/en/changes/")["og:title"] == ["Corrections and changes"]
    assert head(client, "/en/cases/no-such/")["og:title"] != []

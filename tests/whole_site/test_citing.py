"""Every kind of public page says how to cite it, to people, to Zotero and to programs for references."""

import json
import re
from functools import partial

import bibtexparser
import pytest
import rispy
from django.test import Client

from publishing.models import Revision
from tests.factories import publish_case, publish_one_of_each
from tests.kept import kept
from tests.whole_site.reading import Document
from tests.whole_site.test_metadata import as_zotero_reads, head

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

SITE = "http://localhost:8000"
# Of each page that is no entry: what is asked, and the title by which it is cited; its address without what
# nobody understood.
PAGES = {
    "": ("An open casebook of peace practice", ""),
    "pillars/": ("Pillars", ""),
    "themes/": ("Themes", ""),
    "glossary/": ("Glossary", ""),
    "initiatives/": ("Reconstruction initiatives", ""),
    "actors/?kind=state&order=roles": ("Actors (Kind: State)", "kind=state&order=roles"),
    "sources/?type=report&q=zz": ("Sources (Words: zz; Type: Report)", "type=report&q=zz"),
    "changes/?change=all": ("Corrections and changes (Kind of change: All changes, including additions)", "change=all"),
    "figures/": ("What happened to proposals", ""),
    "signed-heads/": ("How to check that history was not rewritten", ""),
    "codebook/": ("Codebook", ""),
    "search/?q=truce&kind=case": ("Search (Words: “truce”; Kind: Ceasefire cases)", "q=truce&kind=case"),
    "cases/compare/?case=b&case=a&only=differences": ("Comparing ceasefire cases (Cases: A, B)", "case=a&case=b"),
    "brief/?case=b&case=a": ("Brief (Cases: B, A)", "case=b&case=a"),
}  # fmt: skip
# These are cited as they were after one publication.
KEPT = ("initiatives/", "changes/", "cases/compare/", "brief/")


@partial(kept, autouse=True)
def casebook() -> None:
    publish_one_of_each()
    publish_case(slug="a", title_en="A", declared_on="2001")
    publish_case(slug="b", title_en="B", declared_on="2002")


@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_cited_with_its_title_and_what_is_understood(client: Client, address: str) -> None:
    title, query = PAGES[address]
    if address.startswith("changes/"):
        title = f"{title}: {Revision.objects.in_sight().count()}"
    page = f"/en/{address.partition('?')[0]}"
    html = client.get(f"/en/{address}{'&' if '?' in address else '?'}zzz=1").content.decode()
    document = Document.of(html)

    item = as_zotero_reads(head(client, f"/en/{address}"))
    files = {one["type"]: one["href"] for one in document.all("link", rel="describedby")}
    read = {kind: client.get(link).content.decode() for kind, link in files.items()}

    after = "".join(re.findall(r"answers/\d+/", item["url"]))
    assert bool(after) == address.startswith(KEPT)
    cited = f"{SITE}{page}{after}{'?' if query else ''}{query}"
    assert (item["itemType"], item["title"], item["url"]) == ("webpage", title, cited)
    [of_csl] = json.loads(read["application/vnd.citationstyles.csl+json"])
    assert (of_csl["title"], of_csl["URL"]) == (title, cited)
    # What is cited as it was is the same whenever it is read.
    assert ("accessed" in of_csl) != bool(after)
    [of_bibtex] = bibtexparser.parse_string(read["application/x-bibtex"]).entries
    assert of_bibtex.fields_dict["url"].value == cited
    [of_ris] = rispy.loads(read["application/x-research-info-systems"])
    assert (of_ris["title"], of_ris["urls"]) == (title, [cited])
    lines = [" ".join(one.text.split()) for one in document.all("dd", class_="citation")]
    assert len(lines) == 2
    assert all(title in line and cited in line for line in lines)


@pytest.mark.parametrize("language", ["ar", "fr"])
@pytest.mark.parametrize("address", PAGES)
def test_in_each_language_its_files_are_there(client: Client, language: str, address: str) -> None:
    document = Document.of(client.get(f"/{language}/{address}").content.decode())

    files = [one["href"] for one in document.all("link", rel="describedby")]

    assert len(files) == 3
    assert all(one.startswith(f"/{language}/") for one in files)
    assert {client.get(one).status_code for one in files} == {200}


def test_nothing_that_is_not_asked_has_files(client: Client) -> None:
    for address in ("search", "brief", "cases/compare"):
        assert client.get(f"/en/{address}/cite.bib").status_code == 404


# --- data and feeds ---------------------------------------------------------------------------


def alternates(client: Client, address: str) -> dict[str, str]:
    document = Document.of(client.get(address).content.decode())
    return {one["type"]: one["href"] for one in document.all("link", rel="alternate") if one["type"]}


LISTS = {
    "cases/?outcome=unknown&zzz=1&page=1": "cases.{}?outcome=unknown",
    "cases/map/?outcome=unknown": "cases.{}?outcome=unknown",
    "initiatives/": "initiatives.{}",
    "actors/?kind=state": "actors.{}?kind=state",
    "sources/": "sources.{}",
    "glossary/": "glossary.{}",
}


@pytest.mark.parametrize("address, data", LISTS.items())
def test_a_list_names_its_data_in_its_head(client: Client, address: str, data: str) -> None:
    found = alternates(client, f"/en/{address}")

    assert found == {
        "text/csv": f"/en/{data.format('csv')}",
        "application/json": f"/en/{data.format('json')}",
    }
    assert {client.get(one).status_code for one in found.values()} == {200}


def test_an_entry_names_its_data_and_its_feed_and_the_log_its_feed(client: Client) -> None:
    assert alternates(client, "/en/cases/a/") == {
        "application/json": "/en/cases/a.json",
        "application/atom+xml": "/en/cases/a/history/feed.xml",
    }
    assert alternates(client, "/en/changes/?kind=case&zzz=1") == {
        "application/atom+xml": "/en/changes/feed.xml?kind=case"
    }
    assert alternates(client, "/en/") == {"application/atom+xml": "/en/changes/feed.xml"}


def test_lists_and_entries_lead_to_what_their_columns_mean(client: Client) -> None:
    for address, anchor in (("cases/", "case"), ("glossary/", "term"), ("cases/a/", "case")):
        document = Document.of(client.get(f"/en/{address}").content.decode())
        links = {one["href"] for one in document.all("a")}
        assert f"/en/codebook/#{anchor}" in links
    anchors = {one["id"] for one in Document.of(client.get("/en/codebook/").content.decode()).all("section")}
    assert {"case", "term"} <= anchors


def test_an_old_record_names_the_data_of_then_and_a_missing_page_none(client: Client) -> None:
    assert alternates(client, "/en/cases/a/?as_of=1") == {"application/json": "/en/cases/a.json?as_of=1"}
    assert alternates(client, "/en/cases/no-such/") == {}

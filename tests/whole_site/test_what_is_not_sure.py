"""What pages say of what is not sure, not known, moved, taken away or not there."""

import re
from typing import Any

import pytest
from django.test import Client

from publishing.actions import retracting
from publishing.models import Entry
from publishing.models.entry import kinds
from tests.factories import publish_case, publish_change, publish_initiative
from tests.whole_site.reading import Document, address_of

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

DAY = re.compile(r"\b(?:[1-9]|[12]\d|3[01])(?:er)?\s+[^\W\d_]")


# --- not sure ----------------------------------------------------------------------------


def test_a_claim_without_a_source_says_so(client: Client) -> None:
    case = publish_case(rows={"claim": [{"about": "outcome", "source": None}]})

    document = _page(client, case, "en")

    assert document.one("span", class_="no-source").text == "No source yet"


def test_a_partner_that_is_a_party_to_the_conflict_is_called_that(
    client: Client, one_of_each: dict[str, Entry]
) -> None:
    actor = one_of_each["actor"]
    initiative = publish_initiative(rows={"partner": [{"actor": actor, "is_party_to_the_conflict": True}]})

    document = _page(client, initiative, "en")

    assert "is itself a party to the conflict" in document.one("p", class_="warning").text


# --- dates -------------------------------------------------------------------------------


@pytest.mark.parametrize("date, shown", [
    ("2008", {"en": "2008", "ar": "2008", "fr": "2008"}),
    ("2008-05", {"en": "May 2008", "ar": "أيار/مايو 2008", "fr": "mai 2008"}),
])  # fmt: skip
def test_a_date_of_unknown_day_is_never_shown_as_a_day(
    client: Client, language: str, date: str, shown: dict[str, str]
) -> None:
    case = publish_case(declared_on=date, in_force_on=date, rows={
        "event": [{"happened_on": date}], "breach": [{"began_on": date}], "mechanism": [{"began_on": date}],
        "document": [{"dated_on": date}],
    })  # fmt: skip

    document = _page(client, case, language)

    dated = [run.text for run in document.visible if "2008" in run.text]
    assert len(dated) >= 5
    assert {text for text in dated if shown[language] not in text} == set()
    assert {text for text in dated if DAY.search(text)} == set()
    assert not [one for one in document.elements if one["datetime"].startswith("2008")]


def test_a_day_that_is_known_would_be_noticed(client: Client) -> None:
    case = publish_case(declared_on="2008-05-15")

    assert [
        run.text for run in _page(client, case, "en").visible if DAY.search(run.text) and "2008" in run.text
    ]


def test_a_date_that_is_not_known_is_called_unknown(client: Client) -> None:
    assert "date unknown" in _page(client, publish_case(), "en").text


# --- moved, retracted, not there ---------------------------------------------------------


@pytest.mark.parametrize("kind", sorted(kinds()))
def test_an_old_address_leads_to_the_new_one_for_ever(
    client: Client, kind: str, language: str, one_of_each: dict[str, Entry]
) -> None:
    entry = one_of_each[kind]
    old = address_of(entry, language)

    publish_change(entry, slug="moved-elsewhere")

    response = client.get(old)
    assert (response.status_code, response["Location"]) == (302, old.replace(entry.slug, "moved-elsewhere"))


@pytest.mark.parametrize("written_in", ["en", "ar", "fr"])
def test_a_retracted_entry_gives_its_reason_in_the_language_that_it_is_in(
    client: Client, editor: Any, language: str, written_in: str
) -> None:
    case = publish_case(title_ar="قضية", narrative_en="What was said.")
    address = address_of(case, language)
    retracting.retract(case, by=editor, reason="Two <b>cases</b> in one.", language=written_in)

    response = client.get(address)

    document = Document.of(response.content.decode())
    reason = document.one("blockquote")
    assert response.status_code == 410
    assert (reason.text.strip(), reason["lang"]) == ("Two <b>cases</b> in one.", written_in)
    assert document.one("html")["lang"] == language
    assert document.one("meta", name="robots")["content"] == "noindex"
    assert "What was said" not in document.text


def test_a_retracted_entry_leaves_every_list(client: Client, editor: Any) -> None:
    case = publish_case(title_en="Gone for good", declared_on="2026")
    assert "Gone for good" in client.get("/en/cases/").content.decode()

    retracting.retract(case, by=editor, reason="It was wrong.", language="en")

    for address in ("/en/cases/", "/en/", "/sitemap-entries.xml"):
        assert case.slug not in client.get(address).content.decode()


def test_a_page_that_is_not_there_says_so_in_its_language(client: Client, language: str) -> None:
    response = client.get(f"/{language}/no/such/page/")

    document = Document.of(response.content.decode())
    assert response.status_code == 404
    assert document.one("html")["lang"] == language
    assert f"/{language}/" in {link["href"] for link in document.all("a")}
    assert document.one("meta", name="robots")["content"] == "noindex"


def test_an_error_of_ours_has_a_page_without_database_or_templates_of_others(
    monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setattr("cases.lists.CaseList.get_queryset", lambda self: 1 / 0)

    response = Client(raise_request_exception=False).get(f"/{language}/cases/")

    assert response.status_code == 500
    assert Document.of(response.content.decode()).one("html")["lang"] == language


def test_home_has_one_address(client: Client, language: str) -> None:
    response = client.get(f"/{language}/home/")

    assert (response.status_code, response["Location"]) == (302, f"/{language}/")


def _page(client: Client, entry: Entry, language: str) -> Document:
    return Document.of(client.get(address_of(entry, language)).content.decode())

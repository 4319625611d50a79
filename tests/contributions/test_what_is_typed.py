"""What somebody types or pastes at the public door is understood, or comes back with the place marked."""

import unicodedata
from typing import Any

import pytest
from django.test import Client

from cases.models import Actor, Case
from contributions.models import Contribution
from sources.models import Source
from tests.contributions.conftest import Sender, the_only_one
from tests.factories import publish_case, publish_source
from tests.whole_site.reading import Document

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def page(sender: Sender, of: Any, at: str = "") -> str:
    """The form as it is shown."""
    return sender.client.get(sender.address(of, at)).content.decode()


# --- text -----------------------------------------------------------------------------------


def test_a_quotation_from_a_pdf_is_kept_without_what_nobody_sees(case: Case, sender: Sender) -> None:
    sender.send(
        case, "finding", source_quotation="the cessa\u00adtion\x0bof hosti\u00adlities\u200b", **CHANGED
    )

    assert the_only_one().source_quotation == "the cessation\nof hostilities"


@pytest.mark.parametrize("name", ["reason", "source_reference", "source_page", "why_no_source", "name"])
def test_every_box_beside_the_facts_is_cleaned(case: Case, sender: Sender, name: str) -> None:
    sender.send(case, "finding", **{**CHANGED, name: "\u2068Tre\u0302ve\u2069\ufeff"})

    assert (
        getattr(contribution := the_only_one(), name, None) == "Trêve"
        or contribution.proposal.note == "Trêve"
    )


def test_the_same_title_in_other_letters_is_no_change(sender: Sender) -> None:
    case = publish_case(title_fr="Yémen : la trêve de 2022", title_en="Yemen")
    decomposed = unicodedata.normalize("NFD", case.title_fr)

    answer = Sender(sender.client, "fr").send(case, "title", **{"f:title_fr": decomposed})

    assert answer.status_code == 422
    assert not Contribution.objects.exists()


def test_what_is_refused_comes_back_with_the_place_marked(case: Case, sender: Sender) -> None:
    text = "All foreign fighters leave \u202enihtiw\u202c three months"

    answer = sender.send(case, "finding", **{**CHANGED, "reason": text})

    assert answer.status_code == 422
    assert "hters leave [U+202E]nihtiw" in answer.content.decode()
    assert answer.context["form"]["reason"].value() == text


def test_breaks_in_a_box_of_one_line_are_spaces(case: Case, sender: Sender) -> None:
    answer = sender.send(case, "title", **{"f:title_en": "Libya\r\n2020\tagreement"})

    assert answer.status_code == 302
    assert the_only_one().proposal.wanted["fields"]["title_en"] == "Libya 2020 agreement"


def test_the_finding_has_a_box_in_which_it_is_seen_whole(sender: Sender) -> None:
    case = publish_case(finding_en="It held, " * 50, title_en="Short")

    finding = Document.of(page(sender, case, "finding")).one("textarea", name="f:finding_en")
    title = page(sender, case, "title")

    assert int(finding.attributes["rows"]) >= 9
    assert '<input type="text" name="f:title_en"' in title


CHANGED = {"f:finding_en": "It was signed in Geneva, under the United Nations."}


# --- nothing is cut ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "of, at",
    [
        ("case", ""),
        ("case", "declared_on"),
        ("case", "breach/new"),
        ("case", "claim/new"),
        ("case", "provision/new"),
    ],
)
def test_no_box_lets_the_browser_cut_what_is_pasted(case: Case, sender: Sender, of: str, at: str) -> None:
    shown = page(sender, case, at)

    assert "maxlength" not in shown
    assert 'type="number"' not in shown


def test_the_form_of_a_new_entry_cuts_nothing_either(sender: Sender) -> None:
    for kind in ("case", "source", "actor", "initiative"):
        assert "maxlength" not in page(sender, kind)


def test_a_text_that_is_too_long_is_kept_with_a_message(case: Case, sender: Sender) -> None:
    answer = sender.send(case, "title", **{"f:title_en": "a" * 301})

    assert answer.status_code == 422
    assert "300" in answer.context["form"].errors["f:title_en"][0]
    assert answer.context["form"]["f:title_en"].value() == "a" * 301


# --- dates ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "language, typed",
    [
        ("en", " 2022-04-12"),
        ("en", "\t2022-04-12"),
        ("en", "\u200f2022-04-12"),
        ("en", "12 April 2022"),
        ("en", "12/04/2022"),
        ("fr", "12 avril 2022"),
        ("ar", "١٢ نيسان ٢٠٢٢"),
        ("ar", "12 أبريل 2022"),
    ],
)
def test_a_date_is_taken_as_the_page_writes_it(case: Case, client: Client, language: str, typed: str) -> None:
    answer = Sender(client, language).send(case, "declared_on", **{"f:declared_on": typed})

    assert answer.status_code == 302
    assert the_only_one().proposal.wanted["fields"]["declared_on"] == "2022-04-12"


def test_the_private_page_says_the_date_in_words(case: Case, sender: Sender) -> None:
    answer = sender.send(case, "declared_on", **{"f:declared_on": "12/04/2022"})

    assert "12 April 2022" in sender.client.get(answer.url).content.decode()


def test_how_a_date_is_written_stands_beside_it_from_the_start(case: Case, client: Client) -> None:
    assert "3 October 2022, October 2022, 2022" in page(Sender(client), case, "declared_on")
    assert "3 octobre 2022" in page(Sender(client, "fr"), case, "declared_on")


def test_after_another_mistake_the_form_says_what_was_understood(case: Case, sender: Sender) -> None:
    answer = sender.send(case, "declared_on", reason="", **{"f:declared_on": "12/04/2022"})

    assert answer.status_code == 422
    assert "Understood as 12 April 2022." in answer.content.decode()
    assert answer.context["form"]["f:declared_on"].value() == "12/04/2022"


def test_a_hijri_date_is_asked_about(case: Case, sender: Sender) -> None:
    answer = sender.send(case, "declared_on", **{"f:declared_on": "1429-05-16"})

    assert answer.status_code == 422
    assert "Hijri calendar. Did you mean 22 May 2008?" in answer.content.decode()


@pytest.mark.parametrize("typed, status", [("2202-04-12", 422), ("2202 CE", 302), ("1999", 302)])
def test_a_date_centuries_from_the_others_of_the_record_is_asked_about(
    sender: Sender, typed: str, status: int
) -> None:
    case = publish_case(in_force_on="2020-10-23", ended_on=None)

    answer = sender.send(case, "ended_on" if typed > "2020" else "declared_on", **{
        "f:ended_on" if typed > "2020" else "f:declared_on": typed
    })  # fmt: skip

    assert answer.status_code == status


BREACH = {"f:breach/new/breach_type": "direct_fire", "f:breach/new/status": "alleged"}


# --- numbers ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed, number", [("٥", 5), ("1,250", 1250), ("1 250", 1250), (" 7\u200f", 7)])
def test_a_number_is_taken_in_any_digits(case: Case, sender: Sender, typed: str, number: int) -> None:
    answer = sender.send(
        case,
        "breach/new",
        **{"f:breach/new/killed": typed, **BREACH, "f:breach/new/reported_by": str(Actor.objects.get().pk)},
    )

    assert answer.status_code == 302
    [row] = the_only_one().proposal.wanted["rows"]["breach"].values()
    assert row["killed"] == number


def test_what_is_no_number_is_not_emptied(case: Case, sender: Sender) -> None:
    answer = sender.send(case, "breach/new", **{"f:breach/new/killed": "a dozen"})

    assert answer.status_code == 422
    assert "“a dozen” is not a whole number" in answer.content.decode()


# --- sources -----------------------------------------------------------------------------------------

NEW = {"f:title_en": "Ceasefires", "f:source_type": "academic", "f:language": "en"}


def test_an_identifier_is_reduced(sender: Sender) -> None:
    sent = {**NEW, "f:identifier_scheme": "doi", "f:identifier": "https://doi.org/10.1177/ABC.5"}

    assert sender.send("source", **sent).status_code == 302
    assert the_only_one().proposal.wanted["fields"]["identifier"] == "10.1177/abc.5"


def test_what_is_no_identifier_of_its_kind_is_marked(sender: Sender) -> None:
    answer = sender.send(
        "source", **NEW, **{"f:identifier_scheme": "isbn", "f:identifier": "978-0-306-40615-8"}
    )

    assert answer.status_code == 422
    assert "no ISBN" in answer.context["form"].errors["f:identifier"][0]


def test_a_source_that_is_there_is_pointed_to(sender: Sender) -> None:
    there = publish_source(url="https://example.org/report", title_en="The report")

    answer = sender.send("source", **NEW, **{"f:url": "http://www.example.org/report/?utm_source=x"})

    assert answer.status_code == 422
    assert f'<a href="/en/sources/{there.slug}/"><bdi>The report</bdi></a>' in answer.content.decode()
    assert Source.objects.count() == 1

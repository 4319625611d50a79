"""The page of a term names the cases and initiatives that use it, in the language of the page."""

import pytest
from django.test import Client
from django.utils.translation import override

from pillars import users_of_terms
from pillars.users_of_terms import entries_that_use
from publishing.actions.retracting import retract
from publishing.snapshots import shown_with
from tests.factories import an_account, edited, publish_case, publish_initiative, publish_term
from tests.kept import kept
from tests.whole_site.reading import Document

pytestmark = [pytest.mark.django_db, pytest.mark.every_database]


@pytest.fixture(autouse=True, params=[1000, 0], ids=["few", "many"])
def most_looked_at(request, monkeypatch):
    """Few that may use a term are looked at by their keys, many in the order of their titles."""
    monkeypatch.setattr(users_of_terms, "MOST_LOOKED_AT", request.param)


@kept
def truce():
    return publish_term(
        slug="truce",
        title_en="truce",
        forms_en="hudna\ntruces\ncease-fire agreements",
        title_ar="هدنة",
        forms_ar="الهدنة",
        title_fr="trêve",
    )


@pytest.mark.parametrize(
    "text",
    [
        *("A truce held.", "Two Truces.", "The hudna of May.", "It was a **truce**, they said."),
        *(
            "[A truce](/en/cases/)-of-sorts",
            "the truce’s end",
            "TRUCE",
            "Cease-fire Agreements.",
            "«truce»",
        ),
    ],
)
def test_an_entry_that_uses_a_form_is_named(truce, text):
    case = publish_case(narrative_en=text)

    assert entries_that_use(truce, "en", at_most=9) == [case]


@pytest.mark.parametrize("text", ["", "A ceasefire.", "Untrucelike.", "The hudnas.", "هدنة"])
def test_an_entry_that_does_not_is_left_out(truce, text):
    publish_case(narrative_en=text)

    assert entries_that_use(truce, "en", at_most=9) == []


@pytest.mark.parametrize(
    "text", ["أُعلنت هدنة.", "انتهت الهدنة.", "وبالهدنة توقف القتال.", "فكهدنة", "وللهدنة"]
)
def test_arabic_finds_it_with_article_and_particles(truce, text):
    case = publish_case(narrative_ar=text)

    assert entries_that_use(truce, "ar", at_most=9) == [case]


def test_they_come_by_title_and_no_more_than_are_asked_for(truce):
    cases = {title: publish_case(title_en=title, narrative_en="A truce.") for title in ("c", "a", "d", "b")}
    publish_case(title_en="0", narrative_en="Nothing.", finding_en="A truce.")

    assert entries_that_use(truce, "en", at_most=3) == [cases["a"], cases["b"], cases["c"]]


def test_as_of_another_time_the_texts_of_that_time_are_looked_at(truce):
    case = publish_case(narrative_en="It held.")
    draft = edited(case, narrative_en="A truce.")

    with shown_with([draft], {}):
        assert entries_that_use(truce, "en", at_most=9) == [case]
    assert entries_that_use(truce, "en", at_most=9) == []


def test_the_page_names_cases_and_initiatives(truce):
    case, initiative = (
        publish_case(narrative_en="A truce."),
        publish_initiative(narrative_en="After the truce."),
    )
    retract(publish_case(narrative_en="A truce."), by=an_account(), reason="Wrong", language="en")

    with override("en"):
        page = Document.of(Client().get(truce.get_absolute_url()).content.decode())
        links = {link["href"] for link in page.all("a")}

        assert {case.get_absolute_url(), initiative.get_absolute_url()} <= links
        assert page.one("h2", id="used-in").text == "Where it is used"
        cases = {one for one in links if one.startswith("/en/cases/")} - {"/en/cases/"}
        assert cases == {case.get_absolute_url()}


def test_a_term_that_nothing_uses_says_nothing_of_it(truce):
    page = Document.of(Client().get(truce.get_absolute_url()).content.decode())

    assert [*page.all("h2", id="used-in")] == []


def test_a_form_in_another_script_is_marked_as_such(truce):
    term = publish_term(title_en="hudna", forms_en="هدنة\nhudnah", title_ar="هدنة قديمة", forms_ar="hudna")

    pages = {}
    for language in ("en", "ar"):
        with override(language):
            pages[language] = Document.of(Client().get(term.get_absolute_url()).content.decode())
    marked = {
        language: {(one["lang"], one.text) for one in page.all("bdi") if one.above[-1].name == "li"}
        for language, page in pages.items()
    }
    assert ("ar", "هدنة") in marked["en"]
    assert ("", "hudna") in marked["ar"]
    assert "hudnah" not in {text for _language, text in marked["en"]}

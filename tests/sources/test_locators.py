"""Where in a source something stands is said in the reader's language, and what is a name stays a name."""

import re

import pytest
from django.test import Client
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from publishing.languages import PAGE_LANGUAGES
from sources import locators
from tests.factories import key, publish_case, publish_source
from tests.starter import starter_content
from tests.whole_site.reading import Document, address_of

pytestmark = pytest.mark.one_database

WRITTEN = [
    "paras. 1 and 2",
    "Annex 1-A, Article II, paragraph 1",
    "AgtId 2544, 2548 and 2560",
    "Tajikistan, Cease Fire, 1997",
    "passage on the truce, and on the background",
    " , and , to ",
    "",
]
SAID = {
    "para. 3": ("par. 3", "الفقرة 3"),
    "paras. 1 and 2": ("par. 1 et 2", "الفقرتان 1 و2"),
    "paragraphs 1 and 2": ("par. 1 et 2", "الفقرتان 1 و2"),
    "paras. 1 to 3": ("par. 1 à 3", "الفقرات 1 إلى 3"),
    "paras. 1 and 4 to 6": ("par. 1 et 4 à 6", "الفقرات 1 و4 إلى 6"),
    "paras. 2, 5 and 8": ("par. 2, 5 et 8", "الفقرات 2، 5 و8"),
    "para. 6(a)": ("par. 6(a)", "الفقرة 6(a)"),
    "annex, points 1 to 4": ("annexe, points 1 à 4", "المرفق، النقاط 1 إلى 4"),
    "Article 33, para. 1": ("article 33, par. 1", "المادة 33، الفقرة 1"),
    "Art. IV": ("art. IV", "المادة IV"),
    "p. 2, last paragraph": ("p. 2, dernier paragraphe", "ص. 2، الفقرة الأخيرة"),
    "second paragraph": ("deuxième paragraphe", "الفقرة الثانية"),
    "heading and para. 2": ("titre et par. 2", "العنوان والفقرة 2"),
    "item (a), and annex": ("point (a), et annexe", "البند (a)، والمرفق"),
    "variable ended": ("variable ended", "المتغير ended"),
    "variables DevHum and Stage": ("variables DevHum et Stage", "المتغيران DevHum وStage"),
    "variables fixed, partial, implement and p_peaceprocess": (
        "variables fixed, partial, implement et p_peaceprocess",
        "المتغيرات fixed، partial، implement وp_peaceprocess",
    ),
    "variable ended, para. 2, 3": ("variable ended, par. 2, 3", "المتغير ended، الفقرة 2، 3"),
    "Doha Agreement, fourth": ("Accord de Doha, quatrième point", "اتفاق الدوحة، رابعاً"),
    "Beirut agreement, points 2 and 3": (
        "Accord de Beyrouth, points 2 et 3",
        "اتفاق بيروت، النقطتان 2 و3",
    ),
    "second heading and para. 5": ("deuxième titre et par. 5", "العنوان الثاني والفقرة 5"),
    "single paragraph": ("paragraphe unique", "الفقرة الوحيدة"),
    "meeting 5896": ("séance 5896", "الجلسة 5896"),
    "passage beginning “The clashes”": (
        "passage commençant par “The clashes”",
        "المقطع الذي يبدأ بعبارة “The clashes”",
    ),
    "ceasefires 700069 and 700072": ("cessez-le-feu 700069 et 700072", "القيدان 700069 و700072"),
    "articles 2 and 4": ("articles 2 et 4", "المادتان 2 و4"),
    "items 1 and 2, annex": ("points 1 et 2, annexe", "البندان 1 و2، المرفق"),
    "paras. 1 and 2, 5": ("par. 1 et 2, 5", "الفقرات 1 و2، 5"),
    "ceasefires 346078, 346079 and 346080": (
        "cessez-le-feu 346078, 346079 et 346080",
        "القيود 346078، 346079 و346080",
    ),
}
# A name or a sentence of the source; a usual word in it is no place.
KEPT = [
    "AgtId 1367",
    "uniq_id 666096",
    "Joint Statement",
    "Tajikistan, Cease Fire, 1997",
    "Stockholm Agreement",
    "annex on effective mediation",
    "passage on the truce in Tripoli",
    "points agreed by the 5+5 Commission",
    "paras. 2 and implement",
    "section on the background of the programme",
    "opening paragraph",
    "paragraph-by-paragraph comments",
    "introduction and address",
    "paras. 1 and last",
    "running head",
    "p.3",
]
# In the starter content: numbers of records, names of variables, titles that a database gave, one description.
NAMES = re.compile(
    r"“[^”]*”|\b(?:paid|uniq_id) \d+|المتغير.*|(?:Tajikistan|Lebanon|Sudan|Aceh|Mindanao Final Agreement)\b.*"
    r"|Joint Statement|Key Recent Developments|passage on the truce in Tripoli"
)
HOSTILE = [
    "<script>alert(1)</script>",
    "para. 1, <img src=x onerror=alert(1)>",
    "section “<b onclick=x()>”",
    '"><svg onload=alert(1)>',
]


def said(locator: str, language: str) -> str:
    with override(language):
        return locators.localized(locator)


@pytest.mark.parametrize("locator", WRITTEN)
def test_english_stays_as_it_was_written(locator: str) -> None:
    assert said(locator, "en") == locator


@pytest.mark.parametrize("locator", SAID)
def test_usual_words_are_said_in_french(locator: str) -> None:
    assert said(locator, "fr") == SAID[locator][0]


@pytest.mark.parametrize("locator", SAID)
def test_usual_words_are_said_in_arabic(locator: str) -> None:
    assert said(locator, "ar") == SAID[locator][1]


@pytest.mark.parametrize("language", ["ar", "fr"])
@pytest.mark.parametrize("locator", KEPT)
def test_what_is_not_understood_stays_whole(locator: str, language: str) -> None:
    assert said(locator, language) == locator


@pytest.mark.parametrize(
    "locator, french, arabic",
    [
        ("Joint Statement, para. 2", "Joint Statement, par. 2", "Joint Statement، الفقرة 2"),
        ("annex, closing words", "annexe, closing words", "المرفق، closing words"),
    ],
)
def test_what_is_understood_is_said_beside_what_is_not(locator: str, french: str, arabic: str) -> None:
    assert (said(locator, "fr"), said(locator, "ar")) == (french, arabic)


def test_a_quoted_heading_stays_as_it_is() -> None:
    locator = "section “Background, terms and annex 1 to 3”, para. 1"

    assert said(locator, "fr") == "section “Background, terms and annex 1 to 3”, par. 1"


@pytest.mark.django_db
def test_a_quoted_heading_runs_as_its_own_letters_do(client: Client) -> None:
    source = publish_source()
    claim = {"source": source, "about": "finding", "locator": "section “Caretaker role”, para. 2"}
    case = publish_case(finding_en="It held", rows={"claim": [claim]})

    page = Document.of(client.get(address_of(case, "ar")).content.decode())

    quoted = [one for one in page.all("bdi") if one.text == "“Caretaker role”"]
    assert [one.above[-1]["class"] for one in quoted] == ["locator"]
    assert quoted[0].above[-1].text == "القسم “Caretaker role”، الفقرة 2"


def test_a_word_of_a_locator_is_usual_whatever_the_case_of_its_letters() -> None:
    assert said("PREAMBLE", "fr") == said("Preamble", "fr") == "préambule"


@pytest.mark.parametrize("language", ["ar", "fr"])
@pytest.mark.parametrize("word", locators.WORDS)
def test_every_usual_word_is_found(word: str, language: str) -> None:
    with override(language):
        assert locators.localized(word) == str(locators.WORDS[word])


def test_the_starter_content_says_its_places_in_words_that_are_usual() -> None:
    written = {
        row["locator"]
        for snapshot in starter_content()
        for rows in snapshot["rows"].values()
        for row in rows.values()
        if row.get("locator")
    }

    english = {one for one in written if re.search(r"[a-z]{3,}", NAMES.sub("", said(one, "ar")))}

    assert len(written) > 200
    assert english == set()


@given(st.text(max_size=200), st.sampled_from(PAGE_LANGUAGES))
def test_any_text_is_said_somehow(locator: str, language: str) -> None:
    assert bool(said(locator, language)) == bool(locator)


@pytest.mark.django_db
@pytest.mark.parametrize("language", PAGE_LANGUAGES)
@pytest.mark.parametrize("locator", HOSTILE)
def test_a_hostile_locator_stays_text_in_the_page(client: Client, locator: str, language: str) -> None:
    source, provision = publish_source(), key()
    case = publish_case(
        rows={
            "provision": [{"id": provision, "locator": locator}],
            "claim": [{"about": "outcome", "source": source, "locator": locator}],
        }
    )

    shown = {
        entry: Document.of(client.get(address_of(entry, language)).content.decode())
        for entry in (case, source)
    }

    places = {entry: [one.text for one in page.all("bdi", class_="locator")] for entry, page in shown.items()}
    assert places == {case: [said(locator, language)] * 2, source: [said(locator, language)]}

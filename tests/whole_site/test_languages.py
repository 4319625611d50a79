"""Every page speaks its own language, names its two others, and marks what is in another."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import urlsplit

import polib
import pytest
from django.conf import settings
from django.test import Client

from publishing.languages import PAGE_LANGUAGES, direction
from tests.whole_site.reading import Answer, Document, Element, Run

pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.usefixtures("casebook")]

ARABIC_LETTER = re.compile(r"[\u0621-\u064a]")
LATIN_WORDS = re.compile(r"[A-Za-zÀ-ÿ]{3,}(?:[ ,’'-]+[A-Za-zÀ-ÿ]{2,}){2,}")
MARKS = frozenset(",;?")
WORD = re.compile(r"(?<!\w)[A-Za-z]+(?!\w)")
PLACEHOLDER = re.compile(r"%\([a-z_]+\)[sd]|%[sd]")
ADDRESSES_WITH_QUESTIONS = [
    "/cases/?outcome=holding&since=2000&page=1",
    "/cases/libya-2020/?x=%D8%A7&y=1",
    "/nowhere/?page=2",
    "/no/such/address/at/all/?page=2",
]


def other_languages(answer: Answer) -> list[Element]:
    """The links to a page in each language; a feed is an alternate too, but no translation."""
    return [link for link in answer.document.all("link", rel="alternate") if link["type"] == ""]


def test_every_page_says_its_language_and_direction(site: dict[str, Answer]) -> None:
    said = {address: answer.document.one("html").attributes for address, answer in site.items()}

    assert said == {
        address: {"lang": answer.language, "dir": direction(answer.language)}
        for address, answer in site.items()
    }


def test_every_page_names_itself_in_the_three_languages(site: dict[str, Answer]) -> None:
    for address, answer in site.items():
        named = {link["hreflang"]: link["href"] for link in other_languages(answer)}
        rest = address.removeprefix(f"/{answer.language}")

        assert named == {one: f"{settings.SITE_URL}/{one}{rest}" for one in PAGE_LANGUAGES}


def test_the_other_languages_of_every_page_are_pages_and_name_it_back(site: dict[str, Answer]) -> None:
    for address, answer in site.items():
        for link in other_languages(answer):
            other = site[urlsplit(link["href"]).path]

            assert f"{settings.SITE_URL}{address}" in {one["href"] for one in other_languages(other)}


@pytest.mark.parametrize("address", ADDRESSES_WITH_QUESTIONS)
def test_the_language_switch_keeps_the_page_and_what_was_asked(
    client: Client, language: str, address: str
) -> None:
    document = Document.of(client.get(f"/{language}{address}").content.decode())

    switch = {
        link["hreflang"]: link["href"]
        for link in document.all("a")
        if any("languages" in above.classes for above in link.above)
    }

    assert switch == {one: f"/{one}{address}" for one in PAGE_LANGUAGES}


def test_the_languages_name_themselves(site: dict[str, Answer]) -> None:
    for answer in site.values():
        names = [link for link in answer.document.all("a") if link["hreflang"]]

        assert [(link["lang"], link.text) for link in names] == [
            ("en", "English"),
            ("ar", "العربيّة"),
            ("fr", "Français"),
        ]
        assert [link["lang"] for link in names if link["aria-current"]] == [answer.language]


def test_no_word_of_ours_stays_english(site: dict[str, Answer]) -> None:
    said = {
        (answer.language, " ".join(run.text.split())): answer.address
        for answer in site.values()
        if answer.language != "en"
        for run in answer.document.visible
        if run.inside.language == answer.language and run.inside.name != "bdi"
    }
    english = {language: english_of(language) for language in ("ar", "fr")}

    left = {
        (text, address) for (language, text), address in said.items() if english[language].is_said_by(text)
    }

    assert left == set()


def test_english_words_would_be_noticed() -> None:
    english = english_of("ar")

    assert english.is_said_by("Ceasefire cases")
    assert english.is_said_by("3 of 12 key facts have a source.")
    assert not english.is_said_by("دراسات الحالة")


def test_english_text_on_arabic_pages_is_marked_as_english(site: dict[str, Answer]) -> None:
    unmarked = {
        (answer.address, run.text[:60])
        for answer in site.values()
        if answer.language == "ar"
        for run in answer.document.visible
        if LATIN_WORDS.search(run.text) and not ARABIC_LETTER.search(run.text) and not _is_set_apart(run)
    }

    assert unmarked == set()


def test_arabic_text_on_other_pages_is_marked_as_arabic(site: dict[str, Answer]) -> None:
    unmarked = {
        (answer.address, run.text[:60])
        for answer in site.values()
        if answer.language != "ar"
        for run in answer.document.visible
        if ARABIC_LETTER.search(run.text) and not _is_set_apart(run)
    }

    assert unmarked == set()


def test_arabic_is_punctuated_as_arabic(site: dict[str, Answer]) -> None:
    found = {
        (answer.address, stretch[-50:])
        for answer in site.values()
        if answer.language == "ar"
        for stretch in misplaced_punctuation(answer.document)
    }

    assert found == set()


@pytest.mark.parametrize(
    "html, count",
    [("<p lang=ar>ليبيا, مصر", 1), ("<p lang=ar><a>ليبيا</a>, <a>مصر</a>", 1), ("<p lang=ar>ليبيا؛ مصر؟", 0),
     ("<p lang=ar>ليبيا;", 1), ("<p lang=ar>لماذا?", 1), ("<p lang=ar>ليبيا 1,000", 0),
     ("<p lang=en>Libya, Egypt", 0)],
)  # fmt: skip
def test_european_punctuation_in_arabic_is_noticed(html: str, count: int) -> None:
    assert len(misplaced_punctuation(Document.of(html))) == count


def test_one_kind_of_digits_is_used(site: dict[str, Answer]) -> None:
    others = {
        (answer.address, run.text[:40])
        for answer in site.values()
        for run in answer.document.visible
        if re.search("[٠-٩۰-۹]", run.text)
    }

    assert others == set()


def test_an_address_without_a_language_leads_to_the_readers_own(client: Client, language: str) -> None:
    response = client.get("/", headers={"accept-language": f"{language};q=0.9, de;q=0.8"})

    assert (response.status_code, response["Location"]) == (302, f"/{language}/")
    assert "Accept-Language" in response["Vary"]


def test_the_language_of_the_address_wins_over_the_browsers(client: Client) -> None:
    document = Document.of(client.get("/ar/cases/", headers={"accept-language": "fr"}).content.decode())

    assert document.one("html")["lang"] == "ar"


def misplaced_punctuation(document: Document) -> list[str]:
    """Arabic words followed by a comma, semicolon or question mark of another writing."""
    found = []
    before = ""
    for run in document.visible:
        if run.inside.language == "ar" and MARKS & {*run.text}:
            found += re.findall(r"[^,;?]*[\u0621-\u064a][ )»]*[,;?](?!\S*\w{2}=)", run.text)
            if run.text[0] in ",;?" and ARABIC_LETTER.search(before[-3:]):
                found.append(before + run.text)
        before = run.text
    return found


def _is_set_apart(run: Run) -> bool:
    """Whether it stands in an element that says its language, or that keeps its direction to itself."""
    page, around = run.inside.above[0], (*run.inside.above[1:], run.inside)
    return run.inside.language != page.language or any(_keeps_to_itself(one) for one in around)


def _keeps_to_itself(element: Element) -> bool:
    return element.name in {"bdi", "option", "code"}


# So few letters beside placeholders tell no language.
SHORTEST = 2


def _as_words(part: str) -> str:
    """The pattern of whole words: "%(count)s change" is not found in "échange", nor "or" in "example.org"."""
    before = r"(?<!\w)" if part[:1].isalpha() else ""
    after = r"(?!\w)" if part[-1:].isalpha() else ""
    return f"{before}{re.escape(part)}{after}"


@dataclass
class Words:
    """Texts without a placeholder; and patterns of the others, by the longest word of each."""

    whole: set[str] = field(default_factory=set)
    shapes: dict[str, list[re.Pattern[str]]] = field(default_factory=lambda: defaultdict(list))

    def is_said_by(self, text: str) -> bool:
        shapes = (shape for word in {*WORD.findall(text)} for shape in self.shapes.get(word, ()))
        return text in self.whole or any(shape.fullmatch(text) for shape in shapes)


@cache
def english_of(language: str) -> Words:
    """What the pages' own words look like where nobody translated them."""
    catalogue = polib.pofile(f"{settings.LOCALE_PATHS[0]}/{language}/LC_MESSAGES/django.po")
    said = Words()
    for entry in catalogue:
        # "1 million" is French too, but for the kind of its space.
        first = entry.msgstr_plural.get(0, entry.msgstr)
        same = first.split() == entry.msgid.split()
        for english in filter(None, (entry.msgid, entry.msgid_plural)):
            parts = [" ".join(part.split()) for part in PLACEHOLDER.split(english)]
            # "or" is a word of French too.
            if len(re.findall("[A-Za-z]", "".join(parts))) > SHORTEST and not same:
                if len(parts) == 1:
                    said.whole.add(parts[0])
                else:
                    longest = max(WORD.findall(" ".join(parts)), key=len)
                    said.shapes[longest].append(re.compile(r"\s*.+?\s*".join(map(_as_words, parts))))
    return said

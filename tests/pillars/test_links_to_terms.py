"""Texts lead from the first use of a term to what it means, and from nowhere else."""

import time
from typing import Any

import pytest

from pillars.terms import PageTerms
from publishing import markdown
from publishing.actions import retracting
from tests.factories import publish_term
from tests.whole_site.reading import Document

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


# How often as long as the text takes to be parsed; processor time, so that tests beside this one do not count.
SLOW = 8
LONG = 200_000


def linked(text: str, language: str = "en") -> str:
    """What Markdown becomes on a page of its own."""
    return markdown.rendered_with(PageTerms(language).linked, text)


def link(slug: str, text: str) -> str:
    """A link to a term, as the cleaner leaves it."""
    return (
        f'<button class="term" type="button" popovertarget="term-{slug}">{text}</button>'
        f'<a class="to-term" href="#term-{slug}" title="{text}"></a>'
    )


def together(html: str) -> str:
    """What stands on one line."""
    return f'<span class="together">{html}</span>'


def links(html: str) -> list[tuple[str, str]]:
    """Where the links to terms lead, and what they say."""
    return [(f"#{one['popovertarget']}", one.text) for one in Document.of(html).all("button", class_="term")]


def test_the_first_use_leads_to_the_meaning_and_no_other_does() -> None:
    publish_term(slug="truce", title_en="truce", forms_en="truces")

    assert linked("Two truces.\n\nA truce, a truce.") == (
        f"<p>Two {together(link('truce', 'truces') + '.')}</p>\n<p>A truce, a truce.</p>\n"
    )


@pytest.mark.parametrize(
    "language, text, held",
    [
        ("en", "So (a truce), then “truce”.", "truce),"),
        ("en", "So (truce), then.", "(truce),"),
        ("en", "a truce—or none", "truce—"),
        ("fr", "la «\u00a0trêve\u00a0» dite", "«\u00a0trêve\u00a0»"),
        ("fr", "une trêve\u00a0; puis", "trêve\u00a0;"),
        ("fr", "l’armistice, puis", "l’armistice,"),
        ("ar", "«هدنة»، ثم", "«هدنة»،"),
    ],
)
def test_no_line_ends_between_a_term_and_the_marks_beside_it(language: str, text: str, held: str) -> None:
    titles = {"en": "truce", "fr": "trêve", "ar": "هدنة"}
    publish_term(
        slug="truce", **{f"title_{one}": title for one, title in titles.items()}, forms_fr="armistice"
    )

    document = Document.of(linked(text, language))

    [span] = document.all("span", class_="together")
    assert span.text == held
    assert document.one("p").text == text


def test_a_term_between_spaces_stands_alone() -> None:
    publish_term(title_en="truce")

    assert "together" not in linked("No truce here")


def test_the_first_use_of_the_page_counts_and_not_that_of_the_text() -> None:
    publish_term(slug="truce", title_en="truce")
    page = PageTerms("en")

    assert [len(links(markdown.rendered_with(page.linked, "A truce."))) for _text in range(2)] == [1, 0]


def test_a_word_within_another_term_is_no_use_of_its_own() -> None:
    publish_term(slug="ceasefire", title_en="ceasefire")
    publish_term(slug="definitive", title_en="definitive ceasefire")

    assert links(linked("A definitive ceasefire, a definitive ceasefire, a ceasefire.")) == [
        ("#term-definitive", "definitive ceasefire"),
        ("#term-ceasefire", "ceasefire"),
    ]
    assert (
        linked("A definitive ceasefire, a definitive ceasefire, a ceasefire.").index(">ceasefire</button>")
        > 100
    )


@pytest.mark.parametrize("text", [
    "[a truce](https://a.example/)", "[**truce**](https://a.example/)", "# A truce", "## A *truce*", "### Truce",
    "`truce`", "    truce", "```\ntruce\n```", "> truce", "> one\n>\n> - a **truce**", "[x](https://a.example/ 'truce')",
])  # fmt: skip
def test_no_link_stands_in_links_headings_quotations_and_code(text: str) -> None:
    publish_term(title_en="truce")

    assert linked(text) == markdown.rendered(text)
    assert len(links(linked(f"{text}\n\nAnd then a truce."))) == 1


@pytest.mark.parametrize("text", [
    "a *truce*", "- a truce", "1. truce", "| a |\n|---|\n| truce |", "**truce**", "x[^1]\n\n[^1]: A truce.",
])  # fmt: skip
def test_a_link_stands_in_all_other_text(text: str) -> None:
    publish_term(title_en="truce")

    assert len(links(linked(text))) == 1


@pytest.mark.parametrize("text", [
    "a & b < c > d \"e\" 'f' \u00a0 g", "&lt;b&gt; &amp;amp; &nbsp;", "1 < 2 **>** 3 & [x>y](https://a.example/?a=1&b=2)",
    "[x](https://a.example/ '<truce> \"y\"')", "<script>alert(1)</script> &lt;script&gt;",
])  # fmt: skip
def test_all_that_is_no_term_stays_as_it_was(text: str) -> None:
    publish_term(slug="truce", title_en="truce")

    html = linked(f"{text}\n\n{text} truce")

    assert links(html) == [("#term-truce", "truce")]
    assert html.replace(link("truce", "truce"), "truce") == markdown.rendered(f"{text}\n\n{text} truce")


@pytest.mark.parametrize("title", ["amp", "lt", "gt", "nbsp", "script", "p", "strong", "href", "class"])
def test_a_term_is_not_found_in_markup(title: str) -> None:
    publish_term(title_en=title)
    text = "a & b < c > d \u00a0 **e** [x](https://a.example/)"

    assert linked(text) == markdown.rendered(text)


@pytest.mark.parametrize(
    "text",
    ["> > truce\n>\n> truce", "> - truce\n>\n> *truce* truce", "## *truce* truce", "[*truce* truce](https://a.example/)"],
    ids=["a quotation in another", "a list in a quotation", "a heading", "a link"],
)  # fmt: skip
def test_what_is_closed_is_closed_until_its_end(text: str) -> None:
    publish_term(title_en="truce")

    assert links(linked(text)) == []
    assert len(links(linked(f"{text}\n\ntruce"))) == 1


def test_a_term_is_found_over_the_end_of_a_line_and_beside_marks_of_no_meaning() -> None:
    publish_term(slug="ceasefire", title_en="definitive ceasefire")

    across = link("ceasefire", "definitive\nceasefire")
    assert linked("A * definitive\nceasefire *.") == f"<p>A * {across} *.</p>\n"


def test_what_was_read_of_a_text_stays_as_it_is() -> None:
    publish_term(title_en="truce")
    tokens = markdown.RENDERER.parse("A truce.")

    assert PageTerms("en").linked(tokens) != tokens == markdown.RENDERER.parse("A truce.")


def test_a_hostile_title_is_text() -> None:
    publish_term(slug="hostile", title_en="b<script>alert(1)</script>", forms_en='x"onclick=y&amp;z')

    html = linked('So b<script>alert(1)</script>, x"onclick=y&amp;z')

    assert links(html) == [("#term-hostile", "b<script>alert(1)</script>")]
    assert html == (
        f'<p>So {together(link("hostile", "b&lt;script&gt;alert(1)&lt;/script&gt;") + ",")} x"onclick=y&amp;z</p>\n'
    )


def test_an_ampersand_may_be_part_of_a_term() -> None:
    publish_term(slug="m-and-v", title_en="M&V")

    assert linked("The M&V & more.") == (f"<p>The {link('m-and-v', 'M&amp;V')} &amp; more.</p>\n")


def test_ordinary_words_and_retracted_terms_are_not_linked(editor: Any) -> None:
    publish_term(title_en="party", is_linked=False)
    retracting.retract(publish_term(title_en="truce"), by=editor, reason="It was wrong.", language="en")

    assert links(linked("A party to a truce.")) == []


def test_a_word_is_found_in_the_language_of_the_page_alone() -> None:
    publish_term(slug="truce", title_en="truce", title_fr="trêve")

    assert links(linked("Une trêve, a truce.", "fr")) == [("#term-truce", "trêve")]


def test_a_long_text_with_many_terms_is_read_soon() -> None:
    for number in range(60):
        publish_term(
            title_en=f"ceasefire of kind{number}", forms_en=f"truce {number} of us\nthe pause{number}"
        )
    sentence = "The ceasefire of the parties & a truce of the pause in *this* text holds.\n\n"
    begun = time.process_time()
    tokens = markdown.RENDERER.parse(sentence * (LONG // len(sentence)))
    to_parse = time.process_time() - begun
    page = PageTerms("en")
    page.linked(markdown.RENDERER.parse("First."))

    begun = time.process_time()
    same = page.linked(tokens)

    assert time.process_time() - begun < SLOW * to_parse
    assert [one.content for one in same] == [one.content for one in tokens]
    assert page.found == {}


def test_what_was_made_of_the_glossary_follows_its_content() -> None:
    publish_term(title_en="truce")
    first = PageTerms("en").forms

    again = PageTerms("en").forms
    publish_term(title_en="pause")
    after = PageTerms("en").forms

    assert first is again
    assert {*after} - {*first} == {"pause"}

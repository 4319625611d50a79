"""Texts lead from the first use of a term to what it means, and from nowhere else."""

import time
import uuid
from typing import Any

import pytest
from django.db import connection
from django.template import engines
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from pillars.models import Pillar
from pillars.terms import PageTerms, forms_of, uses
from publishing import actions, markdown
from publishing.templatetags.reading import prose
from tests.factories import key, publish_pillar, publish_source, publish_term
from tests.whole_site.reading import Document, Element, address_of

pytestmark = pytest.mark.django_db

# Ten times what it takes: the tests run beside others.
SLOW = 0.5
LONG = 200_000


# --- words -------------------------------------------------------------------------------


def found(language: str, text: str, *spellings: str) -> list[str]:
    """What is found in the text of one term that is written in these ways."""
    forms = forms_of(language, ((uuid.uuid4(), spellings),))
    return [text[start:end] for start, end, _term in uses(text, forms)]


@pytest.mark.parametrize("language, text, shown", [
    ("en", "A truce held.", ["truce"]),
    ("en", "TRUCE, Truces and truce's end", ["TRUCE", "Truces", "truce"]),
    ("en", "a “truce”", ["truce"]),
    ("en", "Untruce, truced, truce_1, truce2", []),
    ("en", "a truce-like pause, a post-truce order", []),
    ("en", "power-sharing, power\u2011sharing, power sharing", ["power-sharing", "power\u2011sharing"]),
    ("en", "a joint\ncommission, a joint\u00a0 commission", ["joint\ncommission", "joint\u00a0 commission"]),
    ("en", "joint, commission", []),
    ("fr", "La trêve, d’une trêve, l'entrée de la TRÊVE", ["trêve", "trêve", "TRÊVE"]),
    ("fr", "des cessez-le-feu ; le Cessez-le-feu", ["cessez-le-feu", "Cessez-le-feu"]),
    ("fr", "partenaires d'exécution, partenaires d’exécution", ["partenaires d'exécution", "partenaires d’exécution"]),
    ("fr", "treve, trêves-là", []),
    ("ar", "هدنة، الهدنة؛ والهدنة", ["هدنة", "الهدنة", "والهدنة"]),
    ("ar", "فالهدنة بالهدنة كالهدنة وبالهدنة", ["فالهدنة", "بالهدنة", "كالهدنة", "وبالهدنة"]),
    ("ar", "لهدنة، للهدنة، وللهدنة", ["لهدنة", "للهدنة", "وللهدنة"]),
    ("ar", "هُدنة وهُدْنَةٌ وهـدنة", ["هُدنة", "وهُدْنَةٌ", "وهـدنة"]),
    ("ar", "وقفًا لإطلاق النار، وقفاً لإطلاق النار", ["وقفًا لإطلاق النار", "وقفاً لإطلاق النار"]),
    ("ar", "لوقف إطلاق النّار", ["لوقف إطلاق النّار"]),
    ("ar", "لجنة مشتركة، للجنة المشتركة، باللجنة المشتركة", ["لجنة مشتركة", "للجنة المشتركة", "باللجنة المشتركة"]),
    ("ar", "مهدنة، هدنتان، سهدنة", []),
    ("en", "والهدنة", []),
])  # fmt: skip
def test_words_are_found_whole_and_however_they_are_written(
    language: str, text: str, shown: list[str]
) -> None:
    spellings = {
        "en": ("truce", "truces", "power-sharing", "joint commission", "هدنة"),
        "fr": ("trêve", "cessez-le-feu", "partenaires d’exécution"),
        "ar": (
            "هدنة",
            "وقف إطلاق النار",
            "وقفاً لإطلاق النار",
            "لجنة مشتركة",
            "اللجنة المشتركة",
        ),
    }

    assert found(language, text, *spellings[language]) == shown


@pytest.mark.parametrize("order", [1, -1])
def test_the_longest_form_is_taken(order: int) -> None:
    spellings = ["ceasefire", "ceasefire agreement", "ceasefire agreement text"][::order]

    assert found("en", "the ceasefire agreement texts", *spellings) == ["ceasefire agreement"]


@pytest.mark.parametrize(
    "title", ["(a+)+$", "a|b", ".*", "[", "\\", "a{9}", "*truce*", "*truce", "?", "ا(", "  "]
)
def test_a_title_is_no_pattern(title: str) -> None:
    assert found("en", "aaaaaaaaaaaaaaaaaaaaaaaa! b truce [ x", title) == []


def test_a_sign_behind_a_word_is_part_of_the_form() -> None:
    assert found("en", "C, C+ and C++.", "C++") == ["C++"]


# --- one page ----------------------------------------------------------------------------


def linked(text: str, language: str = "en") -> str:
    """What Markdown becomes on a page of its own."""
    return PageTerms(language).linked(markdown.rendered(text))


def links(html: str) -> list[tuple[str, str]]:
    """Where the links to terms lead, and what they say."""
    return [(link["href"], link.text) for link in Document.of(html).all("a", class_="term")]


def test_the_first_use_leads_to_the_meaning_and_no_other_does() -> None:
    publish_term(slug="truce", title_en="truce", forms_en="truces")

    assert linked("Two truces.\n\nA truce, a truce.") == (
        '<p>Two <a class="term" href="#term-truce">truces</a>.</p>\n<p>A truce, a truce.</p>\n'
    )


def test_the_first_use_of_the_page_counts_and_not_that_of_the_text() -> None:
    publish_term(slug="truce", title_en="truce")
    page = PageTerms("en")

    assert [len(links(page.linked("<p>A truce.</p>"))) for _text in range(2)] == [1, 0]


def test_a_word_within_another_term_is_no_use_of_its_own() -> None:
    publish_term(slug="ceasefire", title_en="ceasefire")
    publish_term(slug="definitive", title_en="definitive ceasefire")

    assert links(linked("A definitive ceasefire, a definitive ceasefire, a ceasefire.")) == [
        ("#term-definitive", "definitive ceasefire"),
        ("#term-ceasefire", "ceasefire"),
    ]
    assert (
        linked("A definitive ceasefire, a definitive ceasefire, a ceasefire.").index("ceasefire</a>.") > 100
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
    assert html.replace('<a class="term" href="#term-truce">truce</a>', "truce") == markdown.rendered(
        f"{text}\n\n{text} truce"
    )


@pytest.mark.parametrize("title", ["amp", "lt", "gt", "nbsp", "script", "p", "strong", "href", "class"])
def test_a_term_is_not_found_in_markup(title: str) -> None:
    publish_term(title_en=title)
    text = "a & b < c > d \u00a0 **e** [x](https://a.example/)"

    assert linked(text) == markdown.rendered(text)


@pytest.mark.parametrize("name", ["a", "blockquote", "code", "h2", "h3", "h4", "h5", "pre", "sup"])
def test_what_is_closed_is_closed_until_its_end(name: str) -> None:
    publish_term(title_en="truce")
    html = f'<{name} title="a > b"><em>truce</em> truce</{name}>'

    assert PageTerms("en").linked(html) == html
    assert len(links(PageTerms("en").linked(f"{html}<p>truce</p>"))) == 1


def test_a_hostile_title_is_text() -> None:
    publish_term(slug="hostile", title_en="b<script>alert(1)</script>", forms_en='x"onclick=y&amp;z')

    html = linked('So b<script>alert(1)</script>, x"onclick=y&amp;z')

    assert links(html) == [("#term-hostile", "b<script>alert(1)</script>")]
    assert html == (
        '<p>So <a class="term" href="#term-hostile">b&lt;script&gt;alert(1)&lt;/script&gt;</a>, '
        'x"onclick=y&amp;z</p>\n'
    )


def test_an_ampersand_may_be_part_of_a_term() -> None:
    publish_term(slug="m-and-v", title_en="M&V")

    assert linked("The M&V & more.") == (
        '<p>The <a class="term" href="#term-m-and-v">M&amp;V</a> &amp; more.</p>\n'
    )


def test_ordinary_words_and_retracted_terms_are_not_linked(editor: Any) -> None:
    publish_term(title_en="party", is_linked=False)
    actions.retract(publish_term(title_en="truce"), by=editor, reason="It was wrong.", language="en")

    assert links(linked("A party to a truce.")) == []


def test_a_word_is_found_in_the_language_of_the_page_alone() -> None:
    publish_term(slug="truce", title_en="truce", title_fr="trêve")

    assert links(linked("Une trêve, a truce.", "fr")) == [("#term-truce", "trêve")]


def test_a_long_text_with_many_terms_is_read_soon() -> None:
    for number in range(60):
        publish_term(
            title_en=f"ceasefire of kind{number}", forms_en=f"truce {number} of us\nthe pause{number}"
        )
    sentence = "<p>The ceasefire of the parties &amp; a truce of the pause in <em>this</em> text holds.</p>\n"
    html = sentence * (LONG // len(sentence))
    page = PageTerms("en")
    page.linked("<p>First.</p>")

    begun = time.monotonic()
    same = page.linked(html)

    assert time.monotonic() - begun < SLOW
    assert same == html


def test_what_was_made_of_the_glossary_follows_its_content() -> None:
    publish_term(title_en="truce")
    first = PageTerms("en").forms

    again = PageTerms("en").forms
    publish_term(title_en="pause")
    after = PageTerms("en").forms

    assert first is again
    assert {*after} - {*first} == {"pause"}


# --- in templates ------------------------------------------------------------------------


def a_pillar(**texts: str) -> Pillar:
    """A pillar of one section with these texts."""
    return publish_pillar(rows={"section": [{"anchor": "part", **texts}]})


def test_a_pillar_explains_at_its_foot_each_term_that_it_uses(client: Client, language: str) -> None:
    titles = {"en": "truce", "ar": "هدنة", "fr": "trêve"}
    term = publish_term(
        slug="truce",
        **{f"title_{one}": title for one, title in titles.items()},
        definition_en="A *pause*.", definition_ar="*توقف*.", definition_fr="Une *pause*.",
    )  # fmt: skip
    publish_term(title_en="unused", title_ar="مهمل", title_fr="inutile")
    pillar = a_pillar(**{f"body_{one}": f"{title}. {title}." for one, title in titles.items()})

    document = _page(client, pillar, language)

    assert [link.text for link in document.all("a", class_="term")] == [titles[language]]
    foot = _foot(document)
    assert [link["href"] for link in _inside(document, foot, "a")] == [address_of(term, language)]
    assert [one.text for one in _inside(document, foot, "dt")] == [titles[language]]
    assert [one.text for one in _inside(document, foot, "em")] == [
        {"en": "pause", "ar": "توقف", "fr": "pause"}[language]
    ]
    assert {"term-truce", "terms-here"} <= document.ids


def test_each_link_finds_its_meaning_on_the_page(client: Client) -> None:
    words = ("truce", "pause", "breach")
    for word in words:
        publish_term(slug=word, title_en=word)
    pillar = publish_pillar(
        rows={"section": [{"anchor": word, "body_en": f"A {word} and a truce."} for word in words]}
    )

    document = _page(client, pillar, "en")

    wanted = [link["href"].removeprefix("#") for link in document.all("a", class_="term")]
    assert sorted(wanted) == sorted(f"term-{word}" for word in words)
    assert [one["id"] for one in _inside(document, _foot(document), "div") if one["id"]] == wanted


def test_a_page_that_uses_no_term_has_no_list_of_them(client: Client) -> None:
    publish_term(title_en="truce")

    document = _page(client, a_pillar(body_en="Nothing."), "en")

    assert [*document.all("section", class_="terms-here")] == []


def test_text_in_another_language_leads_nowhere(client: Client) -> None:
    publish_term(title_en="truce", title_fr="trêve")
    pillar = a_pillar(body_en="A truce, la trêve.")

    document = _page(client, pillar, "fr")

    assert "A truce" in document.text
    assert [*document.all("a", class_="term"), *document.all("section", class_="terms-here")] == []


@pytest.mark.parametrize("language", ["en", "fr"], ids=["in the language of the page", "in another"])
def test_a_text_without_terms_is_the_same_as_ever(language: str) -> None:
    source = publish_source(remark_en="A *remark* & more.\n\n## Of a truce")
    publish_term(title_en="truce")

    with override(language):
        as_ever = prose(source, "remark")
        assert _rendered('{% defined source "remark" %}', source=source) == as_ever


def test_a_text_that_is_missing_is_nothing() -> None:
    with override("en"):
        assert (
            _rendered('{% defined source "remark" %}{% terms_here %}', source=publish_source()).strip() == ""
        )


def test_the_page_of_a_term_leads_to_others_and_not_to_itself(client: Client) -> None:
    publish_term(slug="truce", title_en="truce")
    pause = publish_term(slug="pause", title_en="pause", definition_en="A pause is no truce.")

    document = _page(client, pause, "en")

    assert [link["href"] for link in document.all("a", class_="term")] == ["#term-truce"]
    assert len([*_inside(document, _foot(document), "dt")]) == 1


def test_the_page_of_a_term_names_it_in_the_other_languages(client: Client, language: str) -> None:
    titles = {"en": "truce", "ar": "هدنة", "fr": "trêve"}
    forms = {"en": "truces\n\n armistice ", "ar": "هدن", "fr": "trêves"}
    term = publish_term(
        **{f"title_{one}": text for one, text in titles.items()},
        **{f"forms_{one}": text for one, text in forms.items()},
    )

    document = _page(client, term, language)

    shown = {one: [run.text for run in document.runs if _is_of(run.inside, one)] for one in titles}
    assert {one: texts for one, texts in shown.items() if texts} == {
        one: [titles[one], *forms[one].split()] for one in titles if one != language
    }
    own = [one.text for one in document.all("li") if one.language == language]
    assert {text.strip() for text in forms[language].split()} <= {*own}


def test_all_terms_of_a_page_are_read_at_once(client: Client) -> None:
    for number in range(20):
        publish_term(title_en=f"word{number}")
    sections = [{"anchor": f"part-{n}", "body_en": f"Of word{n}."} for n in range(20)]
    address = address_of(publish_pillar(rows={"section": sections}), "en")
    client.get(address)

    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)

    assert len([*Document.of(answer.content.decode()).all("a", class_="term")]) == 20
    assert len([query for query in captured if "pillars_term" in query["sql"]]) == 1


def test_the_glossary_is_in_groups_and_in_order(client: Client) -> None:
    publish_term(slug="breach", title_en="breach", group="breaches", position=1)
    first, second = sorted([key(), key()])
    publish_term(id=first, slug="truce", title_en="truce", position=3)
    publish_term(id=second, slug="pause", title_en="pause", position=2)

    document = Document.of(client.get("/en/glossary/").content.decode())

    assert [one.text for one in document.all("h2", id="group-fighting_stops")] == ["How fighting stops"]
    assert [
        one["id"] for one in document.all("div") if "dl" in {above.name for above in one.above} and one["id"]
    ] == [
        "pause",
        "truce",
        "breach",
    ]
    assert "group-sources" not in document.ids


@pytest.fixture(params=["en", "ar", "fr"])
def language(request: pytest.FixtureRequest) -> Any:
    """Each language of the pages."""
    return request.param


def _rendered(template: str, **context: Any) -> str:
    whole = engines["django"].from_string("{% load glossary %}" + template)
    return whole.render(context, RequestFactory().get("/"))


def _page(client: Client, entry: Any, language: str) -> Document:
    response = client.get(address_of(entry, language))
    assert response.status_code == 200
    return Document.of(response.content.decode())


def _is_of(element: Element, language: str) -> bool:
    return any(one.name == "dd" and one["lang"] == language for one in (*element.above, element))


def _foot(document: Document) -> Element:
    return document.one("section", class_="terms-here")


def _inside(document: Document, element: Element, name: str) -> list[Element]:
    return [one for one in document.all(name) if any(above is element for above in one.above)]

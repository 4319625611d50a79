"""Pages explain the terms that they use, and the glossary lists them all."""

from typing import Any

import pytest
from django.db import connection
from django.template import engines
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from pillars.models import Pillar
from publishing.templatetags.reading import prose
from tests.factories import key, publish_change, publish_pillar, publish_source, publish_term
from tests.whole_site.reading import Document, Element, address_of

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


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

    assert [link.text for link in document.all("button", class_="term")] == [titles[language]]
    foot = _foot(document)
    assert [link["href"] for link in _inside(document, foot, "a")] == [address_of(term, language)]
    assert [link.text for link in _inside(document, foot, "a")] == [titles[language]]
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

    wanted = [link["popovertarget"] for link in document.all("button", class_="term")]
    assert sorted(wanted) == sorted(f"term-{word}" for word in words)
    assert [one["id"] for one in _inside(document, _foot(document), "div") if one["id"]] == wanted


def test_a_page_that_uses_no_term_has_no_list_of_them(client: Client) -> None:
    publish_term(title_en="truce")

    document = _page(client, a_pillar(body_en="Nothing."), "en")

    assert [*document.all("div", class_="terms-here")] == []


def test_text_in_another_language_leads_nowhere(client: Client) -> None:
    publish_term(title_en="truce", title_fr="trêve")
    pillar = a_pillar(body_en="A truce, la trêve.")

    document = _page(client, pillar, "fr")

    assert "A truce" in document.text
    assert [*document.all("button", class_="term"), *document.all("div", class_="terms-here")] == []


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

    assert [link["popovertarget"] for link in document.all("button", class_="term")] == ["term-truce"]
    assert len([*_inside(document, _foot(document), "a")]) == 1


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

    with CaptureQueriesContext(connection) as captured:
        answers = [client.get(address), client.get(address)]

    for answer in answers:
        assert len([*Document.of(answer.content.decode()).all("button", class_="term")]) == 20
    # How all are written, and what those of the page mean.
    assert len([query for query in captured if "pillars_term" in query["sql"]]) == 2 * len(answers)


def test_what_is_kept_of_the_glossary_follows_every_publication(client: Client) -> None:
    term = publish_term(title_en="word")
    pillar = publish_pillar(rows={"section": [{"body_en": "Of word and of deed."}]})
    address = address_of(pillar, "en")

    def linked() -> list[str]:
        document = Document.of(client.get(address).content.decode())
        return [one["popovertarget"] for one in document.all("button", class_="term")]

    before = linked()
    publish_change(term, title_en="deed", slug="deed")

    assert before == [f"term-{term.slug}"]
    assert linked() == ["term-deed"]


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
    return document.one("div", class_="terms-here")


def _inside(document: Document, element: Element, name: str) -> list[Element]:
    return [one for one in document.all(name) if any(above is element for above in one.above)]

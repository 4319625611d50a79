"""The search says whatever it does besides looking for what was typed, and ranks it below that."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from publishing.actions import retracting
from tests.factories import an_account, publish_actor, publish_case, publish_term
from tests.portal.test_search_page import asked, lines, titles

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def test_a_word_of_a_name_is_not_taken_for_another_that_sounds_like_it(client: Client) -> None:
    publish_case(title_en="Truce of spring")
    publish_case(title_en="Trace of summer")

    page = asked(client, "q=truce")

    assert titles(page) == ["Truce of spring"]
    assert lines(page, "search-also") == []


def test_another_spelling_of_a_name_is_looked_for_and_said(client: Client) -> None:
    publish_case(title_en="Hudaydah agreement", title_fr="Accord de Hodeidah")
    publish_case(slug="port", title_en="Port of Hudaydah")

    page = asked(client, "q=Hodeidah")

    assert titles(page) == ["Hudaydah agreement", "Port of Hudaydah"]
    [line] = lines(page, "search-also")
    assert line.startswith("Other spellings were searched, too: Hudaydah.")
    [literal] = [one["href"] for one in page.all("a") if "literal=1" in one["href"]]
    assert titles(asked(client, literal.removeprefix("?"))) == ["Hudaydah agreement"]


def test_what_has_a_word_as_it_was_typed_stands_before_what_has_another_spelling(client: Client) -> None:
    publish_actor(slug="bashar", title_en="Bashar")
    publish_case(title_en="A report", finding_en="It names Basher once.")

    page = asked(client, "q=Basher")

    assert titles(page) == ["A report", "Bashar"]
    assert lines(page, "search-also")[0].startswith("Other spellings were searched, too: Bashar.")


def test_two_words_that_are_one_for_others_are_both(client: Client) -> None:
    publish_term(title_en="ceasefire")

    page = asked(client, "q=cease fire")

    assert titles(page) == ["ceasefire"]
    assert lines(page, "search-also")[0].startswith("Other spellings were searched, too: ceasefire.")


def test_a_word_that_occurs_nowhere_is_said_also_where_nothing_is_near(client: Client) -> None:
    publish_case(title_en="Truce of spring")

    page = asked(client, "q=truce 2586")

    assert titles(page) == ["Truce of spring"]
    assert lines(page, "search-repair") == [
        "Nothing here has the word “2586”.",
        "Nothing has all of these words. These entries have some of them.",
    ]
    assert lines(asked(client, "q=zzqqxx"), "search-repair") == ["Nothing here has the word “zzqqxx”."]


def test_words_that_say_too_little_are_named(client: Client) -> None:
    publish_case(title_en="Truce of spring")

    assert lines(asked(client, "q=the truce of spring"), "search-also") == [
        "These words are too common to search for: the, of."
    ]
    assert lines(asked(client, "q=truce"), "search-also") == []


def test_an_abbreviation_is_found_though_it_is_a_common_word_elsewhere(client: Client) -> None:
    publish_actor(title_en="African Union", rows={"alias": [{"name": "AU"}]})
    publish_case(title_en="Accord au Mali")

    page = asked(client, "q=AU")

    assert titles(page) == ["African Union"]
    assert lines(page, "search-also") == []


def test_nothing_retracted_is_found_by_an_abbreviation(client: Client) -> None:
    union = publish_actor(title_en="African Union", rows={"alias": [{"name": "AU"}]})
    retracting.retract(union, by=an_account(), reason="Wrong.", language="en")

    page = asked(client, "q=AU")

    assert titles(page) == []
    assert "Nothing was found." in page.text


def test_the_literal_search_says_so_and_leads_back(client: Client) -> None:
    publish_case(title_en="Truce of spring")

    page = asked(client, "q=truce&literal=1")

    [line] = lines(page, "search-also")
    assert line.startswith("The words were searched exactly as typed.")
    assert "?q=truce" in [one["href"] for one in page.all("a")]


def test_one_link_leads_to_the_literal_search_whatever_was_looked_for(client: Client) -> None:
    publish_actor(title_en="Basher of Yemen", title_fr="Bashar du Yémen")

    page = asked(client, "q=Bashar yemne")

    assert len(lines(page, "search-also")) == len(lines(page, "search-repair")) == 1
    assert len([one for one in page.all("a") if "literal=1" in one["href"]]) == 1


@pytest.mark.parametrize("language, label", [("en", "Actors"), ("ar", "الجهات الفاعلة"), ("fr", "Acteurs")])
def test_the_number_and_the_title_are_those_of_the_kind_that_is_shown(
    client: Client, language: str, label: str
) -> None:
    for number in range(3):
        publish_case(slug=f"truce-{number}", title_en=f"Truce {number}")
    publish_actor(title_en="Truce committee")

    def said(query: str) -> tuple[list[str], str]:
        page = asked(client, query, language)
        [title] = page.all("title")
        return lines(page, "count"), title.text

    every, of_kind, one = (said(query) for query in ("q=truce", "q=truce&kind=case", "q=truce&kind=actor"))
    assert "4" in every[0][0]
    assert "3" in of_kind[0][0]
    assert one[0] not in (every[0], of_kind[0])
    assert one[1].startswith(f"{label} · ")
    assert len({every[1], of_kind[1], one[1]}) == 3


def test_words_that_are_only_compared_with_a_slip_are_not_read_whole(client: Client) -> None:
    publish_actor(title_en="Hezbollah")

    with CaptureQueriesContext(connection) as captured:
        assert titles(asked(client, "q=Hezbolxh")) == ["Hezbollah"]

    comparing = [one["sql"] for one in captured.captured_queries if '"letters" BETWEEN' in one["sql"]]
    assert comparing
    assert not any('"shown"' in one for one in comparing)

"""Pages ask the database as often for twenty rows as for one."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from publishing.models import Entry
from publishing.models.entry import kinds
from tests.factories import (
    publish_actor,
    publish_case,
    publish_change,
    publish_image,
    publish_initiative,
    publish_page,
    publish_pillar,
    publish_place,
    publish_source,
    publish_term,
    publish_theme,
)
from tests.whole_site.counting import FEW, MANY, Rows, shared

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


# --- lists -------------------------------------------------------------------------------


def a_case(number: int) -> Entry:
    return publish_case(
        declared_on=f"20{number % 100:02}",
        countries=[shared(publish_place)],
        themes=[shared(publish_theme)],
        rows={"participation": [{"actor": shared(publish_actor)}], "claim": [{}]},
    )


def an_initiative(number: int) -> Entry:
    rows: Rows = {"partner": [{"actor": shared(publish_actor)}], "claim": [{}]}
    return publish_initiative(main_theme=shared(publish_theme), countries=[shared(publish_place)], rows=rows)


def an_actor(number: int) -> Entry:
    actor = publish_actor(home=shared(publish_place), rows={"alias": [{}]})
    publish_case(rows={"participation": [{"actor": actor}]})
    return actor


def a_source(number: int) -> Entry:
    source = publish_source()
    publish_case(rows={"claim": [{"source": source}]})
    return source


def a_pillar(number: int) -> Entry:
    return publish_pillar(rows={"section": [{"theme": shared(publish_theme)}, {"anchor": "another"}]})


def a_theme(number: int) -> Entry:
    return publish_theme()


def a_term(number: int) -> Entry:
    return publish_term()


def a_place(number: int) -> Entry:
    return publish_place()


def a_page(number: int) -> Entry:
    return publish_page()


def a_picture(number: int) -> Entry:
    return publish_image()


def a_revision(number: int) -> Entry:
    theme = publish_theme()
    publish_change(theme, title_fr="Un autre titre")
    return theme


def a_case_of_a_place(number: int) -> Entry:
    place = kinds()["place"].objects.filter(slug="a-place").first() or publish_place(slug="a-place")
    return publish_case(countries=[place])


def what_stands_on_the_front_page(number: int) -> tuple[Entry, ...]:
    return a_case(number), an_initiative(number), a_pillar(number)


LISTS: dict[str, tuple[str, Callable[[int], object]]] = {
    "cases": ("/en/cases/", a_case),
    "cases asked for": ("/en/cases/?role=signatory&since=1990&order=title", a_case),
    "cases as cards": ("/en/cases/?as=cards&q=case", a_case),
    "cases on a map": ("/en/cases/map/", a_case),
    "cases on a line of time": ("/en/cases/timeline/", a_case),
    "cases in figures": ("/en/cases/figures/?since=1990", a_case),
    "initiatives": ("/en/initiatives/", an_initiative),
    "initiatives asked for": ("/en/initiatives/?theme=-none&donor=-none", an_initiative),
    "actors": ("/en/actors/", an_actor),
    "sources": ("/en/sources/", a_source),
    "pillars": ("/en/pillars/", a_pillar),
    "themes": ("/en/themes/", a_theme),
    "glossary": ("/en/glossary/", a_term),
    "cases as data": ("/en/cases.csv", a_case),
    "initiatives as data": ("/en/initiatives.json", an_initiative),
    "actors as data": ("/en/actors.csv", an_actor),
    "sources as data": ("/en/sources.xlsx", a_source),
    "glossary as data": ("/en/glossary.csv", a_term),
    "cases of the API": ("/api/v1/cases?limit=200", a_case),
    "cases of the API as of a day": ("/api/v1/cases?as_of=2099-01-01", a_case),
    "actors of the API": ("/api/v1/actors", an_actor),
    "sources of the API": ("/api/v1/sources?order=citations", a_source),
    "pillars of the API": ("/api/v1/pillars", a_pillar),
    "claims of the API": ("/api/v1/claims", a_case),
    "changes of the API": ("/api/v1/changes?change=all", a_revision),
    "home": ("/en/", what_stands_on_the_front_page),
    "sitemap": ("/sitemap.xml", a_theme),
    "part of the sitemap": ("/sitemap-entries.xml", a_theme),
    "changes": ("/en/changes/?change=all", a_case),
    "feed of changes": ("/en/changes/feed.xml?change=all", a_case),
    "feed of corrections": ("/en/changes/feed.xml", a_revision),
    "changes in a country": ("/en/changes/?change=all&country=a-place", a_case_of_a_place),
    "file that cites a list": ("/en/cases/cite.bib?role=signatory", a_case),
}
DESKS: dict[str, Callable[[int], object]] = {
    "cases_case": a_case,
    "cases_initiative": an_initiative,
    "cases_actor": an_actor,
    "cases_place": a_place,
    "sources_source": a_source,
    "sources_image": a_picture,
    "pillars_pillar": a_pillar,
    "pillars_theme": a_theme,
    "pillars_term": a_term,
    "portal_page": a_page,
    "publishing_entry": a_case,
    "publishing_revision": a_revision,
    "publishing_proposal": a_revision,
}


# Lists of what is published alike are asked one after the other.
MADE = {make.__name__: make for make in (*(make for _address, make in LISTS.values()), *DESKS.values())}


@pytest.mark.parametrize("name", MADE)
def test_a_list_takes_as_many_queries_for_twenty_as_for_one(
    queries: Callable, client: Client, administrator: Any, name: str
) -> None:
    publish_one = MADE[name]
    public = [address for address, make in LISTS.values() if make is publish_one]
    desks = [reverse(f"admin:{desk}_changelist") for desk, make in DESKS.items() if make is publish_one]

    def counted() -> dict[str, int]:
        client.logout()
        found = {address: queries(address) for address in public}
        client.force_login(administrator)
        return found | {address: queries(address) for address in desks}

    # Six initiatives and six changes stand on the front page, so that "few" there means enough of them.
    few = 6 if publish_one is what_stands_on_the_front_page else FEW
    for number in range(few):
        publish_one(number)
    before = counted()

    for number in range(MANY - FEW):
        publish_one(number)

    assert before
    assert counted() == before

"""Nonsense in an address, a query or a form gets a plain answer, soon, and never an error of ours."""

import re
import time
from typing import Any

import pytest
from django.test import Client

from publishing.languages import direction
from publishing.models import Entry
from tests.databases import some_on_every_database
from tests.factories import publish_case, publish_one_of_each, publish_place
from tests.kept import kept
from tests.whole_site.nonsense import (
    AUTOCOMPLETE,
    DESKS,
    FORMS,
    GARBAGE,
    HOSTILE,
    HOSTILE_TO_DATABASES,
    IN_TURN,
    PATHS,
    PATHS_TO_DATABASES,
    PLAIN,
    QUERIES,
    QUERIES_TO_DATABASES,
)
from tests.whole_site.reading import Document, corpus

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.one_database,
    pytest.mark.usefixtures("small_casebook", "remembered"),
]


@kept
def small_casebook() -> None:
    """Something of each kind, and what some of the questions name."""
    publish_one_of_each()
    countries = [publish_place(slug=slug, title_en=slug.capitalize()) for slug in ("libya", "lebanon")]
    publish_case(slug="libya-2020", countries=countries, outcome="holding", outcome_as_of="2020")
    Entry.objects.update(is_in_use=True)


@pytest.fixture
def visitor() -> Client:
    """Somebody who sees an error of ours as an answer, as on the network."""
    return Client(raise_request_exception=False)


@pytest.fixture
def at_the_desk(visitor: Client, administrator: Any) -> Client:
    """The same, signed in as an administrator."""
    visitor.force_login(administrator)
    return visitor


# --- queries -----------------------------------------------------------------------------


@pytest.mark.parametrize("query", some_on_every_database(HOSTILE, HOSTILE_TO_DATABASES))
def test_a_hostile_query_gets_a_plain_page(visitor: Client, query: str) -> None:
    _is_plain(visitor, "/ar/cases/", query)
    _is_plain(visitor, next(IN_TURN), query)


@pytest.mark.parametrize("query", some_on_every_database(QUERIES, QUERIES_TO_DATABASES))
def test_a_query_of_nonsense_gets_a_plain_page(visitor: Client, query: str) -> None:
    for address in ("/en/cases/", "/ar/initiatives/", "/fr/sources/", next(IN_TURN)):
        _is_plain(visitor, address, query)


def test_what_was_not_understood_is_said_beside_its_field(visitor: Client) -> None:
    html = visitor.get("/en/cases/?since=abc&outcome=nothing").content.decode()

    assert {one["id"] for one in Document.of(html).all("p", class_="error")} == {
        "id_since_error",
        "id_outcome_error",
    }


# --- addresses ---------------------------------------------------------------------------


@pytest.mark.parametrize("path", some_on_every_database(PATHS, PATHS_TO_DATABASES))
def test_an_address_of_nonsense_gets_a_plain_page(visitor: Client, path: str) -> None:
    response = visitor.get(path)
    if response.status_code in {301, 302}:
        assert response["Location"].startswith("/")
        assert not response["Location"].startswith(("//", "/\\"))
        response = visitor.get(response["Location"])

    assert response.status_code in PLAIN
    assert Document.of(response.content.decode()).one("h1").text


@pytest.mark.parametrize(
    "kind", ["cases", "initiatives", "actors", "places", "sources", "pillars", "themes", "glossary"]
)
def test_an_entry_that_is_not_there_is_not_found_in_its_language(
    visitor: Client, kind: str, language: str
) -> None:
    response = visitor.get(f"/{language}/{kind}/no-such-entry/")

    assert response.status_code == 404
    _speaks(response.content.decode(), language)


# --- the desk ----------------------------------------------------------------------------


@pytest.mark.parametrize("key", GARBAGE, ids=lambda key: key[:10])
@pytest.mark.parametrize("what", ["change/", "history/", "delete/", ""])
def test_a_key_that_is_none_opens_nothing_at_the_desk(at_the_desk: Client, key: str, what: str) -> None:
    for model in (
        "cases/case",
        "publishing/revision",
        "publishing/proposal",
        "publishing/entry",
        "portal/page",
    ):
        response = at_the_desk.get(f"/en/admin/{model}/{key}/{what}")

        assert response.status_code in {*PLAIN, 302, 403}, model
        assert response.headers.get("Location", "/en/admin/").startswith("/en/admin/")


@pytest.mark.every_database
@pytest.mark.parametrize("desk", DESKS)
def test_a_list_at_the_desk_asked_for_nonsense_answers(at_the_desk: Client, desk: str) -> None:
    for question in DESKS[desk].split("&"):
        response = at_the_desk.get(f"/fr/admin/{desk}/", QUERY_STRING=question, follow=True)

        assert response.status_code in {*PLAIN, 403}, question


@pytest.mark.every_database
@pytest.mark.parametrize(
    "question", ["cases/actor/?actor_type__exact=%00", "publishing/proposal/?state__exact=%00"]
)
def test_a_null_byte_in_a_filter_of_the_desk_is_answered(at_the_desk: Client, question: str) -> None:
    assert at_the_desk.get(f"/fr/admin/{question}").status_code in {*PLAIN, 302}


@pytest.mark.every_database
@pytest.mark.parametrize("query", AUTOCOMPLETE)
def test_autocomplete_of_nonsense_answers(at_the_desk: Client, query: str) -> None:
    assert at_the_desk.get("/en/admin/autocomplete/", QUERY_STRING=query).status_code in {*PLAIN, 403}


@pytest.mark.parametrize("sent", some_on_every_database(FORMS, ["a great number", "null bytes"]))
def test_a_form_of_nonsense_changes_nothing_at_the_desk(at_the_desk: Client, sent: dict[str, Any]) -> None:
    case = Entry.objects.get(kind="case", slug="libya-2020")

    response = at_the_desk.post(f"/en/admin/cases/case/{case.pk}/change/", sent)

    assert response.status_code in PLAIN
    assert Entry.objects.get(pk=case.pk).revision == case.revision


def test_a_key_that_is_none_in_a_box_of_autocomplete_is_refused(at_the_desk: Client) -> None:
    case = Entry.objects.get(kind="case", slug="libya-2020")

    response = at_the_desk.post(f"/en/admin/cases/case/{case.pk}/change/", {"themes": "x", "countries": "y"})

    assert response.status_code == 200


@pytest.mark.parametrize("target", [row["input"] for row in corpus("redirects")],
                         ids=[row["id"] for row in corpus("redirects")])  # fmt: skip
def test_the_sign_in_leads_nowhere_else(
    visitor: Client, administrator: Any, target: str, settings: Any
) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    administrator.set_password("correct horse battery")
    administrator.save()
    target = target.replace("HOST", settings.SITE_HOST)

    response = visitor.post(
        "/en/accounts/login/", {"login": "administrator", "password": "correct horse battery", "next": target}
    )

    assert response.status_code == 302
    there = response["Location"]
    assert not there.startswith(("//", "/\\"))
    assert there.startswith("/") or ("://" not in there and ":" not in there.split("/")[0])


def _is_plain(client: Client, address: str, query: str) -> None:
    """A page in the language of the address, and soon; the first of a process also compiles templates."""
    took = []
    while not took or (took[-1] >= 1 and len(took) < 3):
        begun = time.process_time()
        response = client.get(address, QUERY_STRING=query.encode().decode("latin-1"))
        took.append(time.process_time() - begun)

    assert response.status_code in PLAIN, (address, query[:80])
    assert min(took) < 1, (address, query[:80])
    _speaks(response.content.decode(), address.split("/")[1])


def _speaks(html: str, language: str) -> None:
    assert re.search(f'<html lang="{language}" dir="{direction(language)}">', html)

"""An old address leads on, and no browser remembers that for ever."""

import pytest
from django.test import Client

from tests.factories import publish_actor, publish_change

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.mark.every_database
def test_an_entry_that_takes_its_address_back_is_found_there(client: Client) -> None:
    actor = publish_actor(slug="a")
    publish_change(actor, slug="b")
    away = client.get("/en/actors/a/")
    publish_change(actor, slug="a")
    back = client.get("/en/actors/b/")

    assert (away.status_code, away.url) == (302, "/en/actors/b/")
    assert (back.status_code, back.url) == (302, "/en/actors/a/")
    assert client.get("/en/actors/a/").status_code == 200


@pytest.mark.parametrize(
    "rest", [pytest.param("", marks=pytest.mark.every_database), "?as_of=1", "history/", "history/1/"]
)
def test_no_redirect_from_an_old_address_is_permanent(rest: str, client: Client) -> None:
    publish_change(publish_actor(slug="a"), slug="b")

    answer = client.get(f"/en/actors/a/{rest}")

    assert (answer.status_code, answer.url) == (302, f"/en/actors/b/{rest}")


@pytest.mark.parametrize("rest", [pytest.param("", marks=pytest.mark.every_database), "history/"])
def test_capitals_in_an_address_do_no_harm(rest: str, client: Client) -> None:
    publish_actor(slug="red-cross")

    assert client.get(f"/en/actors/Red-Cross/{rest}").url == f"/en/actors/red-cross/{rest}"
    assert client.get("/en/propose/actor/Red-Cross/").url == "/en/propose/actor/red-cross/"
    assert client.get("/en/actors/Blue-Cross/").status_code == 404

"""So many lists are made at the same time, for one network and for all; each leaves its place to the next."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from exchange import formats, limits
from tests.exchange.reading import sent
from tests.factories import publish_case

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

ELSEWHERE = "203.0.113.9"


@pytest.fixture(autouse=True)
def _few(settings: Any) -> None:
    """Two for one network, three for all."""
    publish_case()
    settings.DATA_LIMITS = {**settings.DATA_LIMITS, "downloads_at_once": 2, "downloads_at_once_of_all": 3}


def begun(client: Client, address: str = "/en/cases.csv", **more: Any) -> Any:
    """An answer of which nothing is read yet."""
    return client.get(address, **more)


@pytest.mark.parametrize("ending", ["csv", "json", "geojson", "xlsx"])
def test_a_network_takes_so_many_at_once(client: Client, ending: str) -> None:
    address = f"/en/cases.{ending}"
    open_ones = [begun(client, address) for _number in range(2)]

    refused = client.get(address)
    b"".join(open_ones[0])
    again = client.get(address)

    assert (refused.status_code, refused["Content-Type"]) == (429, "application/problem+json")
    assert (refused["Retry-After"], "10 seconds" in refused.json()["detail"]) == ("10", True)
    assert again.status_code == 200


def test_all_networks_take_so_many_at_once(client: Client) -> None:
    open_ones = [begun(client), begun(client), begun(client, REMOTE_ADDR=ELSEWHERE)]

    refused = client.get("/fr/cases.csv", REMOTE_ADDR=ELSEWHERE)

    assert [one.status_code for one in open_ones] == [200, 200, 200]
    assert (refused.status_code, refused["Retry-After"]) == (503, "10")
    # Who was refused keeps no place of their own.
    b"".join(open_ones[0])
    assert [begun(client, REMOTE_ADDR=ELSEWHERE).status_code, begun(client).status_code] == [200, 503]


def test_who_goes_away_leaves_the_place(client: Client) -> None:
    for _number in range(5):
        answer = begun(client)
        assert answer.status_code == 200
        # As `answer.close` does, which also tells the database that the request has ended.
        for close in answer._resource_closers:
            close()


def test_what_fails_leaves_the_place(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_args: Any) -> Any:
        yield b"begun"
        raise ZeroDivisionError

    monkeypatch.setattr(formats, "as_csv", fails)
    for _number in range(5):
        with pytest.raises(ZeroDivisionError):
            b"".join(begun(client))


def test_who_asks_what_a_file_is_takes_no_place(client: Client) -> None:
    for _number in range(5):
        assert client.head("/en/cases.csv").status_code == 200
        assert client.get("/en/cases.csv-metadata.json").status_code == 200
        assert client.get("/en/cases.csv?colour=red").status_code == 400
    assert sent(client, "/en/cases.csv")


def test_what_died_holds_its_place_for_a_while_only(rf: Any) -> None:
    seconds: list[Any] = []
    add = cache.add
    slots = limits.Slots(rf.get("/"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            cache, "add", lambda key, value, timeout: seconds.append(timeout) or add(key, value, timeout)
        )
        limits.Slots(rf.get("/"))

    slots.keep()
    slots.free()
    slots.free()

    assert {*seconds} == {limits.SECONDS_OF_A_SLOT}
    assert limits.Slots(rf.get("/"))

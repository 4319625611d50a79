"""A site on this machine, and the road to it."""

import socket
from collections.abc import Iterator
from typing import Any

import pytest

from sources import links
from tests.sources.sites import HOME, Road, Site


@pytest.fixture
def road(monkeypatch: pytest.MonkeyPatch) -> Road:
    """What `socket.create_connection` is while a test runs: nobody lives anywhere yet."""
    road = Road()
    monkeypatch.setattr(socket, "create_connection", road)
    return road


@pytest.fixture
def site(road: Road) -> Iterator[Site]:
    """http://site.example/, which lives on loopback."""
    with Site() as site:
        road.ends[HOME, 80] = site.port
        yield site


@pytest.fixture
def short_hops(monkeypatch: pytest.MonkeyPatch) -> float:
    """Hops of half a second."""
    monkeypatch.setattr(links, "HOP_SECONDS", 0.5)
    return 0.5


@pytest.fixture
def no_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """To connect anywhere fails the test."""

    def connect(address: Any, *args: Any, **options: Any) -> None:
        pytest.fail(f"a connection to {address}")

    monkeypatch.setattr(socket, "create_connection", connect)

"""What a first visit costs, from a server as readers have it: bytes over the wire, and how often it asks."""

import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from tests.faults.finished import give_database
from tests.faults.servers import PATIENCE, Casebook, killed_at_the_end

# One process takes all, and starts the server.
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("weight")]

PAGES = [
    "",
    "cases/",
    "cases/map/",
    "cases/timeline/",
    "cases/figures/",
    "cases/libya-2020/",
    "pillars/ceasefire-implementation/",
]
MAX_BYTES = 100_000
MAX_BYTES_OF_HTML = 30_000
MAX_REQUESTS = 8


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a casebook that runs as `make run` runs it: its own database, files compressed."""
    for casebook in killed_at_the_end(Casebook(tmp_path_factory.mktemp("weight"))):
        give_database(casebook, tmp_path_factory)
        casebook.start()
        yield f"http://localhost:{casebook.port}"
        casebook.stop(signal.SIGTERM)


@dataclass
class Visit:
    """All that one page asked for: address to bytes over the wire, with the headers."""

    asked: dict[str, str] = field(default_factory=dict)
    encodings: dict[str, str] = field(default_factory=dict)
    weights: dict[str, int] = field(default_factory=dict)

    @classmethod
    def to(cls, address: str, browser: Browser) -> "Visit":
        """With an empty cache."""
        profile, visit = browser.new_context(viewport={"width": 1280, "height": 800}), cls()
        page = profile.new_page()
        network = profile.new_cdp_session(page)
        network.on("Network.requestWillBeSent", lambda event: visit._asks(event))
        network.on("Network.responseReceived", lambda event: visit._hears(event))
        network.on("Network.loadingFinished", lambda event: visit._has(event))
        network.send("Network.enable")
        page.goto(address, wait_until="networkidle")
        visit._wait_for_all(page)
        profile.close()
        return visit

    def _wait_for_all(self, page: Page) -> None:
        """Until the browser has told the weight of all that it asked for; on a busy machine it tells late."""
        end = time.monotonic() + PATIENCE
        while self.weights.keys() != set(self.asked.values()) and time.monotonic() < end:
            page.wait_for_timeout(50)

    def _asks(self, event: dict[str, Any]) -> None:
        self.asked[event["requestId"]] = event["request"]["url"]

    def _hears(self, event: dict[str, Any]) -> None:
        headers = {name.lower(): value for name, value in event["response"]["headers"].items()}
        self.encodings[self.asked[event["requestId"]]] = headers.get("content-encoding", "")

    def _has(self, event: dict[str, Any]) -> None:
        self.weights[self.asked[event["requestId"]]] = event["encodedDataLength"]


@pytest.mark.parametrize("address", PAGES, ids=lambda address: address or "home")
@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_first_visit_is_light(browser: Browser, served: str, language: str, address: str) -> None:
    page = f"{served}/{language}/{address}"

    visit = Visit.to(page, browser)

    assert {urlsplit(asked).netloc for asked in visit.asked.values()} == {urlsplit(served).netloc}
    assert len(visit.asked) <= MAX_REQUESTS, visit.weights
    assert visit.weights.keys() == set(visit.asked.values())
    assert sum(visit.weights.values()) <= MAX_BYTES, visit.weights
    assert visit.weights[page] <= MAX_BYTES_OF_HTML, visit.weights
    assert not [
        one for one, how in visit.encodings.items() if not how and not one.endswith((".woff2", ".svg"))
    ]

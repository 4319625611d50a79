"""docs/architecture.md names the files of three requests as they are really called; how often these ask the database."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from publishing.models import Entry
from tests.contributions.conftest import Sender, limited
from tests.contributions.queue.pages import press, waiting
from tests.desk.sheets import Sheet
from tests.factories import an_account, publish_actor, publish_case, publish_source, publish_theme
from tests.repository.walking import named_in, used_by_steps, visited

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

USED = used_by_steps("What these paths use")
MOST_FILES_OF_AN_ACCEPT = 25
MOST_QUERIES = 90


@pytest.fixture
def case(settings: Any) -> Entry:
    limited(settings, min_seconds=0)
    publish_source(url="https://www.un.org/")  # which senders name
    rows = {"participation": [{"actor": publish_actor()}], "claim": [{"source": publish_source()}]}
    return publish_case(declared_on="2020-10-23", themes=[publish_theme()], rows=rows)


@pytest.fixture
def desk() -> Client:
    client = Client()
    client.force_login(an_account("moderator", is_staff=True, is_superuser=True))
    return client


class Requests:
    """Requests that correct one date; the first of a kind fills what a process remembers."""

    def __init__(self, case: Entry, desk: Client) -> None:
        self.case, self.desk, self.sender = case, desk, Sender(Client())

    def proposal(self, day: str) -> Callable[[], Any]:
        filled = self.sender.filled(self.case, "declared_on", **{"f:declared_on": day})
        return lambda: self.sender.client.post(self.sender.address(self.case, "declared_on"), filled)

    def accept(self, day: str) -> Callable[[], Any]:
        one = waiting(self.case, **{"declared_on": day})
        return lambda: press(self.desk, one, "accept")

    def save(self, day: str) -> Callable[[], Any]:
        sheet = Sheet.of(self.desk, self.case, declared_on=day)
        return lambda: sheet.save(_publish="1")


@pytest.fixture
def requests(case: Entry, desk: Client) -> Requests:
    return Requests(case, desk)


def files_of(request: Callable[[str], Callable[[], Any]]) -> list[str]:
    """The files of the second such request."""
    assert request("2020-10-24")().status_code == 302
    files, answer = visited(request("2020-10-25"))
    assert answer.status_code == 302
    return files


def without_what_is_used(files: list[str]) -> list[str]:
    return [name for name in files if not name.startswith(USED)]


def test_the_path_of_a_public_proposal(requests: Requests):
    named = named_in("The path of a public proposal")

    assert without_what_is_used(files_of(requests.proposal)) == named


def test_the_path_of_an_accept(requests: Requests):
    named = without_what_is_used(named_in("The path of an Accept"))

    assert without_what_is_used(files_of(requests.accept)) == named
    assert len(named) <= MOST_FILES_OF_AN_ACCEPT


def test_the_path_of_a_save(requests: Requests):
    named = named_in("The path of a save")
    known = {*named, *named_in("The path of an Accept")}

    files = files_of(requests.save)

    assert [name for name in files if name in named] == named
    # How the rows of a form are read is in another table, file by file.
    assert {name for name in without_what_is_used(files) if not _reads_rows(name)} <= known


def test_an_accept_and_a_save_ask_the_database_at_most_90_times(requests: Requests):
    counts = {}
    for request in (requests.accept, requests.save):
        request("2020-10-24")()
        send = request("2020-10-25")
        with CaptureQueriesContext(connection) as captured:
            assert send().status_code == 302
        counts[request.__name__] = len(captured)
        requests.case.refresh_from_db()

    assert {name: count for name, count in counts.items() if count > MOST_QUERIES} == {}


def _reads_rows(name: str) -> bool:
    return name.startswith("desk/") or name in {"sources/claim_forms.py", "sources/admin/sourced.py"}

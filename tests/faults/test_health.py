"""What machines ask: whether the process lives, and whether it can serve."""

from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client

from config import health

ADDRESSES = ("/healthz", "/readyz")


@pytest.mark.every_database
@pytest.mark.django_db
@pytest.mark.parametrize("address", ADDRESSES)
def test_nothing_of_an_answer_is_kept(address: str) -> None:
    response = Client().get(address)

    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert not response.cookies


# Without its mark, pytest-django lets no test ask the database.
def test_whether_the_process_lives_is_told_without_the_database() -> None:
    assert Client().get("/healthz").content == b"alive\n"


@pytest.mark.every_database
@pytest.mark.django_db
def test_who_asks_by_http_is_not_sent_to_https(settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = True

    assert [Client().get(address).status_code for address in ADDRESSES] == [200, 200]
    assert Client().get("/robots.txt").status_code == 301


@pytest.mark.every_database
@pytest.mark.django_db
def test_a_database_without_a_migration_is_not_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "migrations", lambda: frozenset({("publishing", "9999_of_tomorrow")}))

    response = Client().get("/readyz")

    assert (response.status_code, response.content) == (503, b"1 migrations are not applied\n")


@pytest.mark.every_database
@pytest.mark.django_db
def test_a_database_that_does_not_answer_is_not_ready() -> None:
    def refuse(*_args: Any) -> None:
        raise OperationalError("gone")

    with connection.execute_wrapper(refuse):
        answers = [Client().get(address) for address in ADDRESSES]

    assert [one.status_code for one in answers] == [200, 503]
    assert answers[1].content == b"the database does not answer\n"
    assert answers[1].headers["Cache-Control"] == "no-store"

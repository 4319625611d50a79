"""A database that went away: pages say that it passes, in the reader's language, and go on when it is back."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import DataError, OperationalError, connection
from django.test import Client

from config import views
from config.services import MAX_WAIT, Services
from tests.factories import an_account, publish_change, publish_theme
from tests.portal.fronts import a_front, ask

PAGES = [
    ("get", "/en/themes/", "en"),
    ("get", "/fr/?as_of=1", "fr"),
    ("get", "/ar/admin/", "ar"),
    ("post", "/ar/accounts/login/", "ar"),
    ("post", "/fr/propose/theme/security/title_en/", "fr"),
]


@contextmanager
def away() -> Iterator[None]:
    """On PostgreSQL, every connection is ended and no other let in; on SQLite, no file is at its address."""
    name = connection.settings_dict["NAME"]
    connection.close()
    if connection.vendor == "sqlite":
        file = Path(name)
        kept = file.rename(file.with_suffix(".kept"))
        file.mkdir()
        try:
            yield
        finally:
            connection.close()
            file.rmdir()
            kept.rename(file)
    else:
        _let_in(name, "false")
        try:
            yield
        finally:
            connection.close()
            _let_in(name, "true")


def _let_in(name: str, whether: str) -> None:
    quoted = connection.ops.quote_name(name)
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"ALTER DATABASE {quoted} ALLOW_CONNECTIONS {whether}")
        cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])


@pytest.mark.every_database
@pytest.mark.django_db(transaction=True)
def test_pages_say_that_the_database_is_away_and_go_on_when_it_is_back() -> None:
    publish_theme(slug="security")
    client = Client(raise_request_exception=False)
    client.force_login(an_account("editor", is_staff=True))

    with away():
        gone = [getattr(client, method)(address) for method, address, _language in PAGES]
        health = [client.get(address).status_code for address in ("/healthz", "/readyz")]
    back = [client.get(address).status_code for address in ("/en/themes/", "/readyz")]

    assert [one.status_code for one in gone] == [503] * len(PAGES)
    assert {one.headers["Retry-After"] for one in gone} == {str(views.RETRY_AFTER)}
    assert {one.headers["Cache-Control"] for one in gone} == {"no-store"}
    for response, (method, _address, language) in zip(gone, PAGES, strict=True):
        assert f'<html lang="{language}"' in response.content.decode()
        assert ("form-again" in response.content.decode()) == (method == "post")
    assert (health, back) == ([200, 503], [200, 200])


@pytest.mark.every_database
@pytest.mark.django_db(transaction=True)
def test_pages_that_are_kept_go_on_while_the_database_is_away() -> None:
    theme = publish_theme(slug="security")
    front = a_front()
    whole = ask(front, "/ar/themes/security/")

    with away():
        begun = time.monotonic()
        gone = [ask(front, "/ar/themes/security/") for _ in range(20)]
        waited = time.monotonic() - begun
        unread = ask(front, "/en/themes/")
    front.asks_again_at = 0.0
    publish_change(theme, title_ar="الأمن أولاً")
    after = ask(front, "/ar/themes/security/")

    assert [one.body for one in gone] == [whole.body] * 20
    # Were the database asked each time, each would wait for it.
    assert waited < len(gone) * MAX_WAIT / 4
    assert (unread.status, unread.headers["Retry-After"]) == (503, str(views.RETRY_AFTER))
    assert "الأمن أولاً" in after.body.decode()


@pytest.mark.every_database
@pytest.mark.django_db
@pytest.mark.parametrize("error, status", [(OperationalError("full"), 503), (DataError("a mistake"), 500)])
def test_only_what_passes_is_told_to_pass(error: Exception, status: int) -> None:
    def fail(*_args: Any) -> None:
        raise error

    with connection.execute_wrapper(fail):
        response = Client(raise_request_exception=False).get("/en/themes/")

    assert response.status_code == status


def test_every_wait_for_a_database_ends_and_an_address_may_say_when(tmp_path: Path) -> None:
    addresses = {
        "FILE": "sqlite:///a.sqlite3",
        "FILE_SOON": "sqlite:///a.sqlite3?timeout=1",
        "SERVER": "postgresql://host/name",
        "SERVER_SOON": "postgresql://host/name?connect_timeout=1",
    }
    (tmp_path / "environment").write_text("".join(f"{name}={url}\n" for name, url in addresses.items()))
    env = Services(tmp_path / "environment")

    of = {name: env.database(name, "a test", "")["OPTIONS"] for name in addresses}

    assert (of["FILE"]["timeout"], of["FILE_SOON"]["timeout"]) == (MAX_WAIT, 1)
    assert MAX_WAIT < 5
    assert (of["SERVER"]["connect_timeout"], of["SERVER_SOON"]["connect_timeout"]) == ("4", "1")
    assert of["SERVER"]["options"] == "-c lock_timeout=4s -c statement_timeout=20s"

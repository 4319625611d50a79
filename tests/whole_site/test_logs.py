"""No log holds the address of a private page, however it came there."""

import logging
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, get_resolver

from config.logs import WithoutSecretAddresses

pytestmark = pytest.mark.one_database

TOKEN = "c7t-zyxsecretword_1"
PRIVATE = {
    "accept_invitation": f"/en/accounts/invitation/{TOKEN}/",
    "confirm_address": f"/en/accounts/address/confirm/{TOKEN}/",
    "account_reset_password_from_key": f"/fr/accounts/password/reset/key/1-{TOKEN}/",
    "preview": f"/ar/preview/{TOKEN}/",
    "follow": f"/en/proposals/{TOKEN}/",
    "confirm": f"/en/proposals/confirm/{TOKEN}/",
}


def logged(message: str, *args: Any, error: Exception | None = None) -> str:
    record = logging.LogRecord("a", logging.ERROR, "", 0, message, args, error and (type(error), error, None))
    return WithoutSecretAddresses("%(message)s").format(record)


@pytest.mark.parametrize("address", PRIVATE.values(), ids=PRIVATE)
def test_the_secret_of_an_address_is_written_nowhere(address: str) -> None:
    quoted = address.replace("/", "%2F")
    for text in (
        logged("Not Found: %s", address),
        logged(f"GET https://casebook.example{address}?next=1 HTTP/1.1"),
        logged("%(where)s", {"where": address}),
        logged("%s", Exception(address)),
        logged("failed", error=ValueError(f"no {address}")),
        logged(f"/en/accounts/login/?next={quoted}"),
    ):
        assert TOKEN not in text, text
        assert "…" in text


@pytest.mark.parametrize(
    "address", ["/en/proposals/", "/en/accounts/password/reset/key/done/", "/en/cases/libya-2020/"]
)
def test_other_addresses_are_written_whole(address: str) -> None:
    assert logged("Not Found: %s", address) == f"Not Found: {address}"


def test_every_address_with_a_secret_is_known_here() -> None:
    assert {name for name, keys in addresses() if {"token", "uidb36"} & keys} == {*PRIVATE}


def addresses(patterns: Any = None) -> list[tuple[str, set[str]]]:
    """Every address by name, with what it is made of."""
    found: list[tuple[str, set[str]]] = []
    for one in patterns or get_resolver().url_patterns:
        if isinstance(one, URLPattern):
            found.append((one.name or "", {*one.pattern.regex.groupindex}))
        else:
            found += addresses(one.url_patterns)
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("address", PRIVATE.values(), ids=PRIVATE)
def test_a_refused_request_is_logged_without_it(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    handler = logging.StreamHandler()
    handler.setFormatter(WithoutSecretAddresses("%(message)s"))
    logging.getLogger().addHandler(handler)
    try:
        Client().put(address)
    finally:
        logging.getLogger().removeHandler(handler)

    assert TOKEN not in capsys.readouterr().err


def test_every_log_is_written_so() -> None:
    formatters = settings.LOGGING["formatters"]
    assert {formatters[name]["()"] for name in formatters} == {
        "config.logs.WithoutSecretAddresses",
        "config.logs.JsonLines",
    }
    assert {one["formatter"] for one in settings.LOGGING["handlers"].values()} == {settings.LOG_FORMAT}
    assert not logging.getLogger("django").handlers

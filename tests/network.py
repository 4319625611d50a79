"""A closed door to the network, for all tests."""

import ipaddress
import socket
from collections.abc import Callable, Iterator
from typing import Any
from unittest.mock import patch

import pytest
from django.test import override_settings


@pytest.fixture(scope="session", autouse=True)
def _no_network() -> Iterator[None]:
    """A test that reaches beyond this machine fails; what the worker would look at there, it leaves."""
    lookup = socket.getaddrinfo

    def guarded(call: Callable) -> Callable:
        def to(self: socket.socket, address: Any) -> Any:
            if self.family != socket.AF_UNIX:
                _refuse_to_leave(address[0])
            return call(self, address)

        return to

    def guarded_lookup(host: Any, *args: Any, **options: Any) -> Any:
        _refuse_to_leave(host)
        return lookup(host, *args, **options)

    with (
        patch.object(socket.socket, "connect", guarded(socket.socket.connect)),
        patch.object(socket.socket, "connect_ex", guarded(socket.socket.connect_ex)),
        patch.object(socket, "getaddrinfo", guarded_lookup),
        override_settings(CHECK_SENT_LINKS=False),
    ):
        yield


def _refuse_to_leave(host: Any) -> None:
    name = host.decode() if isinstance(host, bytes) else host
    if name in (None, "", "localhost"):
        return
    try:
        address = ipaddress.ip_address(name)
        # A server looks up the address of all its networks.
        is_here = address.is_loopback or address.is_unspecified
    except ValueError:
        is_here = False
    if not is_here:
        raise ConnectionRefusedError(f"a test reached for the network: {host}")

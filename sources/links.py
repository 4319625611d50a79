"""Checks whether a link still works, without connecting to private addresses.

What an editor typed, or what a server answers, decides where this machine connects to. So the IP
addresses of each hop are checked, and the connection goes to exactly the address that was checked.
"""

import re
import socket
import ssl
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from sources.vocabulary import LinkResult

Address = IPv4Address | IPv6Address
Resolve = Callable[[str], list[str]]
IsPublic = Callable[[Address], bool]

HOP_SECONDS = 5.0
MAX_REDIRECTS = 3
MAX_ADDRESSES = 3
MAX_URL_LENGTH = 4_000
# Bytes of the response head. Of the body at most one read of BYTES_AT_A_TIME is received.
MAX_HEAD_LENGTH = 16 * 1024
BYTES_AT_A_TIME = 1024

PORTS = {"http": 80, "https": 443}
PERMANENT = frozenset({301, 308})
REDIRECTS = PERMANENT | {302, 303, 307}
# The server does not support HEAD: try GET.
HEAD_NOT_SUPPORTED = frozenset({405, 501})

HOST_NAME = re.compile(r"[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})+")
# Resolvers read a name that ends like this as an IPv4 address, in one of its old notations.
NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
# Last labels of names that exist only on this machine or network, or nowhere.
PRIVATE_SUFFIXES = frozenset(
    {
        *("alt", "arpa", "corp", "home", "internal", "intranet", "invalid", "lan", "local"),
        *("localdomain", "localhost", "onion", "private", "test"),
    }
)
END_OF_HEAD = re.compile(rb"\r?\n\r?\n")
STATUS = re.compile(rb"HTTP/1\.[01] ([1-5][0-9]{2})(?=[ \r\n]|\Z)")
LOCATION = re.compile(rb"^location:(.*)", re.IGNORECASE | re.MULTILINE)

# The only block of public IPv6 addresses.
GLOBAL_UNICAST = ip_network("2000::/3")
NAT64 = ip_network("64:ff9b::/96")
# Global for the ipaddress module, but not public: protocols, tunnels, documentation, cloud internals.
NEVER_PUBLIC = tuple(
    map(ip_network, ("192.0.0.0/24", "192.88.99.0/24", "168.63.129.16/32", "2001::/23", "3fff::/20"))
)


class NotPublic(Exception):
    """The address is not, or not certainly, on the public web."""


@dataclass(frozen=True)
class LinkResponse:
    """How a link answered; the HTTP status of the last server, None if there was no answer."""

    result: LinkResult
    status_code: int | None = None


@dataclass(frozen=True)
class Destination:
    """Where one hop leads: `host` is a name or address in ASCII, `target` a path with its query."""

    scheme: str
    host: str
    port: int
    target: str


# --- which addresses are public ------------------------------------------------------------


def addresses_of(host: str) -> list[str]:
    """The IP addresses of a host name. Raises OSError if there are none."""
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def is_public(address: Address) -> bool:
    """Whether the address is public; for an embedded IPv4 address, whether that one is."""
    if isinstance(address, IPv6Address):
        if (embedded := _embedded_ipv4(address)) is not None:
            return is_public(embedded)
        if address.scope_id or address not in GLOBAL_UNICAST:
            return False
    return (
        address.is_global
        and not address.is_multicast
        and not any(address in network for network in NEVER_PUBLIC)
    )


def _embedded_ipv4(address: IPv6Address) -> IPv4Address | None:
    if address in NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour


# --- checking ------------------------------------------------------------------------------


def check_link(url: str, *, resolve: Resolve = addresses_of, is_public: IsPublic = is_public) -> LinkResponse:
    """Request the link as a browser would, follow redirects, and return how it answered; keeps no content.

    Raises nothing for what the link or a server says. Takes at most HOP_SECONDS for each of
    MAX_REDIRECTS + 1 hops; the addresses of each hop are checked.
    """
    has_moved = False
    try:
        for hop in range(MAX_REDIRECTS + 1):
            destination = destination_of(url)
            status, location = _request_hop(destination, resolve, is_public)
            if status not in REDIRECTS:
                return LinkResponse(_result_of(status, has_moved), status)
            has_moved = has_moved or (hop == 0 and status in PERMANENT)
            url = next_url(url, location)
    except NotPublic:
        return LinkResponse(LinkResult.NOT_PUBLIC)
    except OSError:
        return LinkResponse(LinkResult.UNREACHABLE)
    return LinkResponse(LinkResult.UNREACHABLE, status)


def _result_of(status: int, has_moved: bool) -> LinkResult:
    if 200 <= status < 300:
        return LinkResult.MOVED if has_moved else LinkResult.WORKS
    if status in (404, 410):
        return LinkResult.GONE
    return LinkResult.REFUSED if 400 <= status < 500 else LinkResult.UNREACHABLE


def next_url(url: str, location: str) -> str:
    """The URL of the next hop. Raises ConnectionError if there is none, NotPublic if it is not valid."""
    if not location:
        raise ConnectionError("a redirect to nowhere")
    try:
        return urljoin(url, location.replace(" ", "%20"))
    except ValueError as error:
        raise NotPublic from error


# --- parsing a URL -------------------------------------------------------------------------


def destination_of(url: str) -> Destination:
    """The destination of the URL. Raises NotPublic unless it is a plain web URL of a public-looking host."""
    if len(url) > MAX_URL_LENGTH or not url.isprintable() or {" ", "\\"} & {*url}:
        raise NotPublic
    try:
        parts = urlsplit(url)
        host, port = _plain_host(parts.hostname or ""), parts.port
    except ValueError as error:
        raise NotPublic from error
    default_port = PORTS.get(parts.scheme)
    if default_port is None or "@" in parts.netloc or port not in (None, *PORTS.values()):
        raise NotPublic
    if ("[" in parts.netloc) != (":" in host):
        raise NotPublic
    target = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~")
    if parts.query:
        target += "?" + quote(parts.query, safe="/?%:@!$&'()*+,;=~")
    return Destination(parts.scheme, host, port or default_port, target)


def host_of(url: str) -> str:
    """The host of the URL; empty if it is not a URL that we check."""
    try:
        return destination_of(url).host
    except NotPublic:
        return ""


def _plain_host(host: str) -> str:
    """The host in ASCII, as resolvers read it. Raises NotPublic or ValueError."""
    if ":" in host:
        return str(ip_address(host))
    host = host.encode("idna").decode("ascii").lower().removesuffix(".")
    end = host.rpartition(".")[2]
    if NUMBER.fullmatch(end):
        return str(IPv4Address(host))
    if not HOST_NAME.fullmatch(host) or end in PRIVATE_SUFFIXES:
        raise NotPublic
    return host


# --- one hop -------------------------------------------------------------------------------


def _request_hop(destination: Destination, resolve: Resolve, is_public: IsPublic) -> tuple[int, str]:
    """The status and Location of the response. Raises NotPublic, or OSError if none comes in time."""
    deadline = time.monotonic() + HOP_SECONDS
    addresses = public_addresses(destination.host, deadline, resolve, is_public)
    for method in ("HEAD", "GET"):
        with connected(destination, addresses, deadline) as connection:
            connection.settimeout(seconds_left(deadline))
            connection.sendall(request(method, destination))
            status, location = _read_head(connection, deadline)
        if status not in HEAD_NOT_SUPPORTED:
            break
    return status, location


def public_addresses(host: str, deadline: float, resolve: Resolve, is_public: IsPublic) -> list[Address]:
    """The addresses to connect to, IPv4 first. Raises NotPublic unless all are public."""
    try:
        found = [ip_address(host)]
    except ValueError:
        found = [ip_address(one) for one in _with_deadline(deadline, resolve, host)]
    if not all(map(is_public, found)):
        raise NotPublic
    return sorted(found, key=lambda address: address.version)[:MAX_ADDRESSES]


def _with_deadline(deadline: float, call: Callable, *args: Any) -> Any:
    """The result of the call. Raises TimeoutError after the deadline, since resolvers have no timeout."""
    pool = ThreadPoolExecutor(max_workers=1)
    try:
        return pool.submit(call, *args).result(timeout=seconds_left(deadline))
    finally:
        pool.shutdown(wait=False)


def connected(destination: Destination, addresses: list[Address], deadline: float) -> socket.socket:
    """A connection to the first address that accepts it; for https with TLS. Raises OSError."""
    failure: OSError = ConnectionError("no address")
    for tries_left, address in zip(range(len(addresses), 0, -1), addresses, strict=True):
        try:
            seconds = seconds_left(deadline) / tries_left
            plain = socket.create_connection((str(address), destination.port), timeout=seconds)
        except OSError as error:
            failure = error
            continue
        return plain if destination.scheme == "http" else _with_tls(plain, destination.host, deadline)
    raise failure


def _with_tls(plain: socket.socket, host: str, deadline: float) -> socket.socket:
    """The connection with TLS and a verified certificate. Raises OSError, after closing the connection."""
    try:
        plain.settimeout(seconds_left(deadline))
        return ssl.create_default_context().wrap_socket(plain, server_hostname=host)
    except OSError:
        plain.close()
        raise


def request(method: str, destination: Destination, accept: str = "*/*") -> bytes:
    """The head of a request that asks for nothing but this, and hangs up."""
    host = f"[{destination.host}]" if ":" in destination.host else destination.host
    if destination.port != PORTS[destination.scheme]:
        host = f"{host}:{destination.port}"
    lines = (
        f"{method} {destination.target} HTTP/1.1",
        f"Host: {host}",
        "User-Agent: Mozilla/5.0 (compatible; Sulh link check)",
        f"Accept: {accept}",
        "Connection: close",
    )
    return "\r\n".join((*lines, "", "")).encode("ascii")


def _read_head(connection: socket.socket, deadline: float) -> tuple[int, str]:
    """The status and Location of the first final response. Raises ConnectionError if it is not HTTP."""
    unread, length = b"", 0
    while length <= MAX_HEAD_LENGTH:
        if end := END_OF_HEAD.search(unread):
            head, unread = unread[: end.start()], unread[end.end() :]
            if not (status := STATUS.match(head)):
                break
            if int(status[1]) >= 200:
                location = found[1] if (found := LOCATION.search(head)) else b""
                return int(status[1]), location.strip(b" \t\r").decode("utf-8", "replace")
            continue
        connection.settimeout(seconds_left(deadline))
        read = connection.recv(BYTES_AT_A_TIME)
        if not read:
            break
        unread, length = unread + read, length + len(read)
    raise ConnectionError("no HTTP in the answer")


def seconds_left(deadline: float) -> float:
    """The seconds until the deadline. Raises TimeoutError after it."""
    if (seconds := deadline - time.monotonic()) <= 0:
        raise TimeoutError
    return seconds

"""One careful look at a link: does it still answer?

What an editor typed, or a server says, decides where this machine connects to. So each hop is
judged by the addresses behind its name, and the connection goes to the very address that was judged.
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
Judge = Callable[[Address], bool]

HOP_SECONDS = 5.0
MAX_REDIRECTS = 3
MAX_ADDRESSES = 3
MAX_URL_LENGTH = 4_000
# Bytes of an answer's head. What is read at a time is all of the body that is ever read.
MAX_HEAD_LENGTH = 16 * 1024
BYTES_AT_A_TIME = 1024

PORTS = {"http": 80, "https": 443}
PERMANENT = frozenset({301, 308})
REDIRECTS = PERMANENT | {302, 303, 307}
# The server does not know HEAD.
TRY_GET = frozenset({405, 501})

HOST_NAME = re.compile(r"[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})+")
# Resolvers read a name that ends so as an IPv4 address, in any of its old spellings.
NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
# Ends of names that mean something on this machine or this network alone, or nothing anywhere.
PRIVATE_ENDS = frozenset(
    {
        *("alt", "arpa", "corp", "home", "internal", "intranet", "invalid", "lan", "local"),
        *("localdomain", "localhost", "onion", "private", "test"),
    }
)
END_OF_HEAD = re.compile(rb"\r?\n\r?\n")
STATUS = re.compile(rb"HTTP/1\.[01] ([1-5][0-9]{2})(?=[ \r\n]|\Z)")
LOCATION = re.compile(rb"^location:[ \t]*(.*?)[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)

# Only here are IPv6 addresses given to the public.
GIVEN_OUT = ip_network("2000::/3")
NAT64 = ip_network("64:ff9b::/96")
# Global by their number, and still not public: protocols' own, tunnels, documentation, a cloud's inside.
NEVER_PUBLIC = tuple(
    map(ip_network, ("192.0.0.0/24", "192.88.99.0/24", "168.63.129.16/32", "2001::/23", "3fff::/20"))
)


class NotPublic(Exception):
    """The address is not one that anybody on the web could follow, or not surely so."""


@dataclass(frozen=True)
class Seen:
    """How a link answered; the status is the last server's, None where there was none."""

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
    """The addresses behind a name; raises OSError where there are none."""
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def is_public(address: Address) -> bool:
    """Whether anybody on the internet can mean the same by it; of a wrapped IPv4 address, that one."""
    if isinstance(address, IPv6Address):
        if (wrapped := _wrapped(address)) is not None:
            return is_public(wrapped)
        if address.scope_id or address not in GIVEN_OUT:
            return False
    return (
        address.is_global
        and not address.is_multicast
        and not any(address in network for network in NEVER_PUBLIC)
    )


def _wrapped(address: IPv6Address) -> IPv4Address | None:
    if address in NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour


# --- looking -------------------------------------------------------------------------------


def look(url: str, *, resolve: Resolve = addresses_of, is_public: Judge = is_public) -> Seen:
    """Ask for the link as a browser would, follow it, and say how it answered; keeps no content.

    Raises nothing for what the link or a server says. Takes at most HOP_SECONDS for each of
    MAX_REDIRECTS + 1 hops; each hop is judged anew.
    """
    has_moved = False
    try:
        for hop in range(MAX_REDIRECTS + 1):
            destination = destination_of(url)
            status, location = _ask(destination, resolve, is_public)
            if status not in REDIRECTS:
                return Seen(_meaning(status, has_moved), status)
            has_moved = has_moved or (hop == 0 and status in PERMANENT)
            url = _onwards(url, location)
    except NotPublic:
        return Seen(LinkResult.NOT_PUBLIC)
    except OSError:
        return Seen(LinkResult.UNREACHABLE)
    return Seen(LinkResult.UNREACHABLE, status)


def _meaning(status: int, has_moved: bool) -> LinkResult:
    if 200 <= status < 300:
        return LinkResult.MOVED if has_moved else LinkResult.WORKS
    if status in (404, 410):
        return LinkResult.GONE
    return LinkResult.REFUSED if 400 <= status < 500 else LinkResult.UNREACHABLE


def _onwards(url: str, location: str) -> str:
    """The next hop's address; raises ConnectionError where there is none, NotPublic if unreadable."""
    if not location:
        raise ConnectionError("a redirect to nowhere")
    try:
        return urljoin(url, location.replace(" ", "%20"))
    except ValueError as error:
        raise NotPublic from error


# --- reading an address --------------------------------------------------------------------


def destination_of(url: str) -> Destination:
    """Where the address leads; raises NotPublic unless it is a plain web address of a public-looking host."""
    if len(url) > MAX_URL_LENGTH or not url.isprintable() or {" ", "\\"} & {*url}:
        raise NotPublic
    try:
        parts = urlsplit(url)
        host, port = _plain_host(parts.hostname or ""), parts.port
    except ValueError as error:
        raise NotPublic from error
    usual = PORTS.get(parts.scheme)
    if usual is None or "@" in parts.netloc or port not in (None, *PORTS.values()):
        raise NotPublic
    if ("[" in parts.netloc) != (":" in host):
        raise NotPublic
    target = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~")
    if parts.query:
        target += "?" + quote(parts.query, safe="/?%:@!$&'()*+,;=~")
    return Destination(parts.scheme, host, port or usual, target)


def host_of(url: str) -> str:
    """The host that the address names; nothing where it is not one that we look at."""
    try:
        return destination_of(url).host
    except NotPublic:
        return ""


def _plain_host(host: str) -> str:
    """The host in ASCII, as resolvers will read it; raises NotPublic or ValueError."""
    if ":" in host:
        return str(ip_address(host))
    host = host.encode("idna").decode("ascii").lower().removesuffix(".")
    end = host.rpartition(".")[2]
    if NUMBER.fullmatch(end):
        return str(IPv4Address(host))
    if not HOST_NAME.fullmatch(host) or end in PRIVATE_ENDS:
        raise NotPublic
    return host


# --- one hop -------------------------------------------------------------------------------


def _ask(destination: Destination, resolve: Resolve, is_public: Judge) -> tuple[int, str]:
    """The answer's status and Location; raises NotPublic, or OSError where none comes in time."""
    deadline = time.monotonic() + HOP_SECONDS
    addresses = _judged(destination.host, deadline, resolve, is_public)
    for method in ("HEAD", "GET"):
        with _connected(destination, addresses, deadline) as connection:
            connection.settimeout(_left(deadline))
            connection.sendall(_request(method, destination))
            status, location = _read_head(connection, deadline)
        if status not in TRY_GET:
            break
    return status, location


def _judged(host: str, deadline: float, resolve: Resolve, is_public: Judge) -> list[Address]:
    """The addresses to connect to, IPv4 first; raises NotPublic unless every one is public."""
    try:
        found = [ip_address(host)]
    except ValueError:
        found = [ip_address(one) for one in _in_time(deadline, resolve, host)]
    if not all(map(is_public, found)):
        raise NotPublic
    return sorted(found, key=lambda address: address.version)[:MAX_ADDRESSES]


def _in_time(deadline: float, call: Callable, *args: Any) -> Any:
    """What the call gives; TimeoutError where it takes too long, for resolvers know no time-out."""
    pool = ThreadPoolExecutor(max_workers=1)
    try:
        return pool.submit(call, *args).result(timeout=_left(deadline))
    finally:
        pool.shutdown(wait=False)


def _connected(destination: Destination, addresses: list[Address], deadline: float) -> socket.socket:
    """A connection to the first of the addresses that takes it; over TLS, to a server of that name."""
    failure: OSError = ConnectionError("no address")
    for tries_left, address in zip(range(len(addresses), 0, -1), addresses, strict=True):
        try:
            seconds = _left(deadline) / tries_left
            plain = socket.create_connection((str(address), destination.port), timeout=seconds)
        except OSError as error:
            failure = error
            continue
        return plain if destination.scheme == "http" else _secured(plain, destination.host, deadline)
    raise failure


def _secured(plain: socket.socket, host: str, deadline: float) -> socket.socket:
    """The connection over TLS, the certificate verified; raises OSError, and then it is closed."""
    try:
        plain.settimeout(_left(deadline))
        return ssl.create_default_context().wrap_socket(plain, server_hostname=host)
    except OSError:
        plain.close()
        raise


def _request(method: str, destination: Destination) -> bytes:
    host = f"[{destination.host}]" if ":" in destination.host else destination.host
    if destination.port != PORTS[destination.scheme]:
        host = f"{host}:{destination.port}"
    lines = (
        f"{method} {destination.target} HTTP/1.1",
        f"Host: {host}",
        "User-Agent: Mozilla/5.0 (compatible; Sulh link check)",
        "Accept: */*",
        "Connection: close",
    )
    return "\r\n".join((*lines, "", "")).encode("ascii")


def _read_head(connection: socket.socket, deadline: float) -> tuple[int, str]:
    """The status and Location of the first final answer; raises ConnectionError where it is no HTTP."""
    unread, length = b"", 0
    while length <= MAX_HEAD_LENGTH:
        if end := END_OF_HEAD.search(unread):
            head, unread = unread[: end.start()], unread[end.end() :]
            if not (status := STATUS.match(head)):
                break
            if int(status[1]) >= 200:
                location = LOCATION.search(head)
                return int(status[1]), location[1].decode("utf-8", "replace") if location else ""
            continue
        connection.settimeout(_left(deadline))
        read = connection.recv(BYTES_AT_A_TIME)
        if not read:
            break
        unread, length = unread + read, length + len(read)
    raise ConnectionError("no HTTP in the answer")


def _left(deadline: float) -> float:
    """The seconds until the deadline; raises TimeoutError once it is over."""
    if (seconds := deadline - time.monotonic()) <= 0:
        raise TimeoutError
    return seconds

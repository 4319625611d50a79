"""Links that lead to this machine or its network, or may: refused before any connection."""

import json
import socket
from ipaddress import ip_address
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources import links
from sources.links import LinkResponse, check_link
from sources.vocabulary import LinkResult
from tests.sources.sites import OTHER_PUBLIC, PUBLIC, SITE, Road, Site, status

CORPUS = [
    json.loads(line)
    for line in (Path(__file__).parent.parent / "corpora" / "ssrf_urls.jsonl").read_text("utf-8").splitlines()
]
NOT_PUBLIC, REFUSED, UNREACHABLE = LinkResult.NOT_PUBLIC, LinkResult.REFUSED, LinkResult.UNREACHABLE


@pytest.mark.parametrize("row", CORPUS, ids=[row["id"] for row in CORPUS])
@pytest.mark.usefixtures("no_connection")
def test_an_address_inside_is_refused_before_any_connection(row: dict[str, str]) -> None:
    """Also when a resolver swears that the name is public; remarks behind the address are left out too."""
    as_given, bare = row["input"], row["input"].split(" ")[0]

    assert check_link(as_given, resolve=lambda _host: [PUBLIC]) == LinkResponse(NOT_PUBLIC)
    assert check_link(bare, resolve=lambda _host: [PUBLIC]) == LinkResponse(NOT_PUBLIC)


@pytest.mark.parametrize(
    "url",
    [
        *("https://www.un.org/", "http://good.example:80/", "http://93.184.215.14/", "http://1und1.de/"),
        *("http://[2606:4700::1111]/", "https://GOOD.example./a%20b", "http://xn--4gbrim.example:443/"),
    ],
)
def test_control_a_public_address_passes_the_check(road: Road, url: str) -> None:
    check_link(url, resolve=lambda _host: [PUBLIC])

    assert [address in (PUBLIC, "2606:4700::1111") for address, _port in road.taken] == [True]


@pytest.mark.parametrize(
    "url",
    [
        *("", "/", "//site.example/", "http://", "http:///a", "https:site.example", "javascript:alert(1)"),
        *(f"http://site.example:{port}/" for port in ("0", "22", "8000", "8443", "x", "65616")),
        *(f"http://{user}@site.example/" for user in ("", ":", "a", "a:b")),
        *("http://site.example\\@a.b/", "http://site.exa\nmple/", "http://site.example/\r\nHost: a.b"),
        *("http://site.example/\x00", "http://a b.c/", "http://site.example\u202e/", "http://\ud800.b/"),
        *("http://%31%32%37.0.0.1/", "http://127.0.0.1./", "http://0x7f000001/", "http://10.0.0.0x1/"),
        *(
            "http://1.2.3/",
            "http://8.8.8.010/",
            "http://[::ffff:10.0.0.1]/",
            "http://[v1.a]/",
            "http://[1.1.1.1]/",
        ),
        *("http://router/", "http://a..b/", "http://．．/", "http://xn--/", f"http://{'a' * 64}.example/"),
        *("http://site.example/a b", "http://site.example/a\\b"),
        f"http://site.example/{'a' * links.MAX_URL_LENGTH}",
    ],
)
@pytest.mark.usefixtures("no_connection")
def test_what_is_no_plain_address_of_the_public_web_is_refused(url: str) -> None:
    assert check_link(url, resolve=lambda _host: [PUBLIC]) == LinkResponse(NOT_PUBLIC)


@given(url=st.text() | st.text().map("http://{}".format) | st.text().map("http://site.example{}".format))
def test_no_address_raises(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setattr(socket, "create_connection", Road())

    assert check_link(url, resolve=lambda _host: [PUBLIC]).result in {NOT_PUBLIC, UNREACHABLE}


INSIDE = [
    *("0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "168.63.129.16", "169.254.169.254"),  # noqa: S104
    *("172.31.255.255", "192.0.0.192", "192.0.2.1", "192.168.1.1", "198.18.0.1", "203.0.113.9"),
    *("224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255", "::", "::1", "::127.0.0.1"),
    *("::ffff:127.0.0.1", "::ffff:0:127.0.0.1", "64:ff9b::10.0.0.1", "64:ff9b:1::8.8.8.8", "100::1"),
    *("2001::1", "2001:db8::1", "2002:a00:1::", "3fff::1", "5f00::1", "fc00::1", "fd00:ec2::254"),
    *("fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1", "ff0e::1", "2606:4700::1111%eth0"),
]
OUTSIDE = [
    *("93.184.215.14", "8.8.8.8", "172.32.0.1", "2606:4700::1111", "::ffff:8.8.8.8"),
    *("64:ff9b::8.8.8.8", "2002:808:808::"),
]


@pytest.mark.parametrize("address", INSIDE)
@pytest.mark.usefixtures("no_connection")
def test_one_inner_address_among_public_ones_is_enough_to_refuse(address: str) -> None:
    assert check_link(SITE, resolve=lambda _host: [PUBLIC, address, OTHER_PUBLIC]) == LinkResponse(NOT_PUBLIC)


@pytest.mark.parametrize("address", OUTSIDE)
def test_control_public_addresses_are_public(road: Road, address: str) -> None:
    check_link(SITE, resolve=lambda _host: [address])

    assert road.taken == [(str(ip_address(address)), 80)]


def test_a_name_that_changes_its_address_gains_nothing(road: Road) -> None:
    answers = [[PUBLIC], ["127.0.0.1"]]
    with Site() as site:
        road.ends[PUBLIC, 80] = site.port
        site.answers["/a"] = status(405)

        first = check_link(f"{SITE}/a", resolve=lambda _host: answers.pop(0))
        second = check_link(f"{SITE}/a", resolve=lambda _host: answers.pop(0))

    assert (first, second) == (LinkResponse(REFUSED, 405), LinkResponse(NOT_PUBLIC))
    assert road.taken == [(PUBLIC, 80), (PUBLIC, 80)], "HEAD and GET, both to the address that was judged"
    assert site.paths == ["HEAD /a", "GET /a"]


def test_a_name_that_changes_its_address_between_redirects_is_judged_anew(road: Road) -> None:
    answers = [[PUBLIC], ["127.0.0.1"]]
    with Site() as site:
        road.ends[PUBLIC, 80] = site.port
        site.answers["/a"] = status(302, Location="/b")

        seen = check_link(f"{SITE}/a", resolve=lambda _host: answers.pop(0))

    assert seen == LinkResponse(NOT_PUBLIC)
    assert road.taken == [(PUBLIC, 80)]

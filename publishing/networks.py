"""The networks from which a request came, by which attempts and senders are counted."""

import ipaddress

from allauth.account.adapter import get_adapter
from django.http import HttpRequest


def network_of(request: HttpRequest) -> str:
    """The address that identifies the sender; for IPv6 the /64 network of the household."""
    return _network(get_adapter(request).get_client_ip(request), 32, 64)


def wide_network_of(request: HttpRequest) -> str:
    """The network that one customer of a provider may have as a whole: of IPv4 the /24, of IPv6 the /48."""
    return _network(get_adapter(request).get_client_ip(request), 24, 48)


def _network(address: str, bits_of_4: int, bits_of_6: int) -> str:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped:
        parsed = parsed.ipv4_mapped
    bits = bits_of_4 if parsed.version == 4 else bits_of_6
    return str(ipaddress.ip_network(f"{parsed}/{bits}", strict=False).network_address)

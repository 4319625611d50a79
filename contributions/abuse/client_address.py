"""The network address by which senders are counted."""

import ipaddress

from allauth.account.adapter import get_adapter
from django.http import HttpRequest


def network_of(request: HttpRequest) -> str:
    """The address that identifies the sender; for IPv6 the /64 network of the household."""
    address = get_adapter(request).get_client_ip(request)
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if parsed.version == 6 and not parsed.ipv4_mapped:
        return str(ipaddress.ip_network(f"{parsed}/64", strict=False).network_address)
    return str(parsed)

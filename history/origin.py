"""Where the request that is being answered came from, masked."""

import ipaddress
from contextvars import ContextVar
from typing import Final

from allauth.account.adapter import get_adapter
from allauth.core.internal.ratelimit import truncate_ip
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

IPV4_KEPT: Final = 24  # bits: the network of an office, not its machines
IPV6_KEPT: Final = 48
origin: ContextVar[str] = ContextVar("origin", default="")


def masked(address: str) -> str:
    """192.0.2.0/24 for 192.0.2.7; empty for what is no address."""
    try:
        known = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return ""
    kept = IPV4_KEPT if known.version == 4 else IPV6_KEPT
    return str(ipaddress.ip_network((known, kept), strict=False))


def host_of(request: HttpRequest) -> str:
    """Whom a limit counts: the address a request came from, behind as many proxies as the settings trust, as allauth's own
    limits count it. Of IPv6 the first 64 bits, since a household has all the rest. Empty when it cannot be told."""
    try:
        return str(truncate_ip(get_adapter().get_client_ip(request) or ""))
    except PermissionDenied:
        return ""


def origin_of(request: HttpRequest) -> str:
    return masked(host_of(request))

"""The last step before the socket: which addresses may be reached."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Iterable
from typing import Any

from revisor.errors import EgressRefused

IpAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
IpNetwork = ipaddress.IPv4Network | ipaddress.IPv6Network

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an IPv4 address
_UNICAST = ipaddress.IPv6Network("2000::/3")  # IANA's allocation: what lies outside is local or unassigned
_DOCUMENTATION = ipaddress.IPv6Network("3fff::/20")  # RFC 9637, which Python 3.11 does not know


def _reaches(address: IpAddress) -> IpAddress:
    """The address that a packet to it finally reaches: IPv4 inside IPv6 is unwrapped."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if inner is None and address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        return inner or address
    return address


_SPECIAL = (
    ipaddress.IPv4Network("192.0.0.0/24"),  # RFC 6890: protocol assignments; some count as global
    ipaddress.IPv4Network("192.88.99.0/24"),  # RFC 7526: the deprecated 6to4 relay
)


def is_public(address: IpAddress) -> bool:
    """Whether the address lies on the public internet (IANA's special-purpose registries)."""
    reached = _reaches(address)
    if isinstance(reached, ipaddress.IPv6Address) and (reached not in _UNICAST or reached in _DOCUMENTATION):
        return False
    return reached.is_global and not reached.is_multicast and not any(reached in n for n in _SPECIAL)


def check(host: str, allow: Iterable[IpNetwork] = ()) -> None:
    """Let an address pass that is public or in an allowed network. Raises EgressRefused.

    host: an IP address as text. A name is refused: names are resolved before this step.
    """
    try:
        address = ipaddress.ip_address(host)
    except ValueError as error:
        raise EgressRefused(f"{host} is not a resolved address") from error
    if is_public(address) or any(_reaches(address) in network or address in network for network in allow):
        return
    raise EgressRefused(f"{host} is not on the public internet")


def guard(reactor: Any, allow: Iterable[IpNetwork]) -> None:  # noqa: ANN401  # Twisted types no reactor
    """Check every outgoing TCP connection of a Twisted reactor, after names are resolved.

    At this place neither a redirect nor a name that resolves to another address later slips through.
    """
    networks = tuple(allow)
    connect: Callable[..., object] = reactor.connectTCP

    def guarded(host: str, port: int, *args: object, **kwargs: object) -> object:
        check(host, networks)
        return connect(host, port, *args, **kwargs)

    reactor.connectTCP = guarded

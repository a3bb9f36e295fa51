"""Which addresses a crawl may reach."""

from __future__ import annotations

import ipaddress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revisor.errors import EgressRefused
from scrapers.egress import IpNetwork, check, guard, is_public

LOOPBACK = (ipaddress.ip_network("127.0.0.0/8"),)

PUBLIC = (
    "8.8.8.8",
    "172.32.0.1",
    "100.128.0.1",
    "2606:4700::1111",
    "::ffff:8.8.8.8",
    "2002:808:808::1",  # 6to4 of 8.8.8.8
    "64:ff9b::808:808",  # NAT64 of 8.8.8.8
    "2001:0:4136:e378:8000:63bf:f7f7:f7f7",  # Teredo of 8.8.8.8
)
NOT_PUBLIC = (
    "127.0.0.1",
    "127.255.255.254",
    "10.0.0.1",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "169.254.169.254",  # where clouds hand out credentials
    "100.64.0.1",  # carrier-grade NAT, RFC 6598
    "100.127.255.255",
    "0.0.0.0",  # noqa: S104  # an address to refuse
    "0.1.2.3",
    "255.255.255.255",
    "240.0.0.1",
    "224.0.0.1",
    "233.252.0.1",
    "239.1.1.1",
    "198.18.0.1",
    "192.0.2.1",
    "198.51.100.1",
    "203.0.113.1",
    "192.0.0.1",
    "::",
    "::1",
    "fe80::1",
    "fe80::1%eth0",
    "::1%lo",
    "fec0::1",
    "fc00::1",
    "fd00:ec2::254",
    "ff02::1",
    "ff0e::1",
    "2001:db8::1",
    "3fff::1",
    "100::1",
    "100:0:0:1::1",
    "5f00::1",
    "4000::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:169.254.169.254",
    "::127.0.0.1",  # IPv4-compatible, deprecated
    "::ffff:0:127.0.0.1",  # IPv4-translated, RFC 2765
    "2002:7f00:1::",  # 6to4 of 127.0.0.1
    "2002:a9fe:a9fe::1",
    "2001:0:4136:e378:8000:63bf:80ff:fffe",  # Teredo of 127.0.0.1
    "64:ff9b::7f00:1",  # NAT64 of 127.0.0.1
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::808:808",  # local-use NAT64, RFC 8215
)
NO_ADDRESS = (
    "localhost",
    "news.example",
    "",
    "2130706433",
    "0x7f000001",
    "127.1",
    "0177.0.0.1",
    "127.0.0.1.",
    "127.0.0.1:80",
    "[::1]",
    " 127.0.0.1",
    "8.8.8.8%eth0",
    "１２７.0.0.1",
)


@pytest.mark.parametrize("host", PUBLIC)
def test_the_public_internet_may_be_reached(host: str) -> None:
    check(host)


@pytest.mark.parametrize("host", NOT_PUBLIC)
def test_nothing_else_may_be_reached(host: str) -> None:
    with pytest.raises(EgressRefused, match="not on the public internet"):
        check(host)


@pytest.mark.parametrize("host", NO_ADDRESS)
def test_what_is_no_plain_address_is_refused_also_when_all_networks_are_allowed(host: str) -> None:
    everything = [ipaddress.ip_network("0.0.0.0/0"), ipaddress.ip_network("::/0")]
    with pytest.raises(EgressRefused, match="not a resolved address"):
        check(host, everything)


@pytest.mark.parametrize(
    ("host", "network", "allowed"),
    [
        ("127.0.0.1", "127.0.0.0/8", True),
        ("::ffff:127.0.0.1", "127.0.0.0/8", True),
        ("64:ff9b::7f00:1", "127.0.0.0/8", True),
        ("::1", "127.0.0.0/8", False),
        ("10.0.0.1", "127.0.0.0/8", False),
        ("10.1.2.3", "10.1.0.0/16", True),
        ("10.2.0.1", "10.1.0.0/16", False),
        ("fd00::1", "fd00::/8", True),
        ("fe80::1%eth0", "fe80::/10", True),
        ("10.0.0.1", "fd00::/8", False),
        ("8.8.8.8", "127.0.0.0/8", True),
    ],
)
def test_a_portal_may_allow_a_network_of_its_own(host: str, network: str, allowed: bool) -> None:
    networks = [ipaddress.ip_network(network)]
    if allowed:
        check(host, networks)
    else:
        with pytest.raises(EgressRefused):
            check(host, networks)


@given(st.ip_addresses(v=4))
def test_an_address_wrapped_in_another_is_judged_as_itself(inner: ipaddress.IPv4Address) -> None:
    number = int(inner)
    for wrapped in (0xFFFF << 32 | number, 0x2002 << 112 | number << 80, 0x0064_FF9B << 96 | number):
        assert is_public(ipaddress.IPv6Address(wrapped)) == is_public(inner)


@given(st.ip_addresses(v=4))
def test_what_any_registry_calls_local_is_never_public(address: ipaddress.IPv4Address) -> None:
    if address.is_private or address.is_loopback or address.is_link_local or address.is_reserved:
        assert not is_public(address) or address in ipaddress.ip_network("192.0.0.0/24")


class FakeReactor:
    """Keeps what it was told to connect to."""

    def __init__(self) -> None:
        self.connected: list[tuple[Any, ...]] = []

    def connectTCP(self, *args: Any, **kwargs: Any) -> str:  # noqa: N802  # Twisted's name
        self.connected.append((args, kwargs))
        return "a connector"


@pytest.mark.parametrize(
    ("allow", "host"),
    [
        ((), "news.example"),
        ((), "127.0.0.1"),
        ((), "169.254.169.254"),
        (LOOPBACK, "10.0.0.1"),
        (LOOPBACK, "localhost"),
    ],
)
def test_the_guard_refuses_before_a_socket_is_opened(allow: tuple[IpNetwork, ...], host: str) -> None:
    reactor = FakeReactor()
    guard(reactor, allow)
    with pytest.raises(EgressRefused, match=host):
        reactor.connectTCP(host, 80, "factory")
    assert reactor.connected == []


def test_the_guard_passes_the_rest_on_unchanged() -> None:
    reactor = FakeReactor()
    guard(reactor, iter(LOOPBACK))
    for host in ("8.8.8.8", "127.0.0.1", "127.0.0.2"):
        assert reactor.connectTCP(host, 443, "factory", timeout=3, bindAddress=None) == "a connector"
    assert reactor.connected == [
        ((host, 443, "factory"), {"timeout": 3, "bindAddress": None})
        for host in ("8.8.8.8", "127.0.0.1", "127.0.0.2")
    ]

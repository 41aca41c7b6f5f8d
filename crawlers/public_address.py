"""Which IP addresses a crawl may connect to: public ones. Pure.

A page names hosts, and who owns a name decides where it leads: to this machine, to its network, to the metadata service
of a cloud. None of them is a marketplace.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

# Addresses that carry an IPv4 address in their last bits, which is where the connection ends.
_TRANSLATED = (IPv6Network("64:ff9b::/96"), IPv6Network("::/96"), IPv6Network("::ffff:0:0:0/96"))


def is_public(address: str) -> bool:
    """Whether an IP address (as text, an IPv6 one with or without a zone) is a public one that answers to one host."""
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, IPv6Address):
        embedded = _embedded(ip)
        if embedded is not None:
            return is_public(str(embedded))
        if ip.is_site_local:
            return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved and not ip.is_unspecified


def is_private_literal(host: str) -> bool:
    """Whether a host is written as an IP address, and not a public one."""
    try:
        ip_address(host.strip("[]").partition("%")[0])
    except ValueError:
        return False
    return not is_public(host.strip("[]"))


def _embedded(ip: IPv6Address) -> IPv4Address | None:
    if ip.ipv4_mapped is not None:
        return ip.ipv4_mapped
    if ip.sixtofour is not None:
        return ip.sixtofour
    if ip.teredo is not None:
        return ip.teredo[1]
    if any(ip in network for network in _TRANSLATED):
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    return None

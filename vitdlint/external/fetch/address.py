"""Which addresses may be asked: public ones only, whatever a page, a redirect or a name server says."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

_NAT64 = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"))
"""RFC 6052 and RFC 8215: the last 32 bits are an IPv4 address."""
_NOT_PUBLIC = (IPv4Network("192.0.0.0/24"), IPv4Network("168.63.129.16/32"))
"""What some versions of Python take for public: protocol assignments (RFC 6890), and the service of Azure's hosts."""
_COMPATIBLE = IPv6Network("::/96")
"""RFC 4291 section 2.5.5.1: deprecated, and still routed by some."""
_LOCAL = (
    ".local",
    ".localhost",
    ".internal",
    ".lan",
    ".home",
    ".corp",
    ".intranet",
    ".localdomain",
    ".home.arpa",
)


class PrivateAddressError(OSError):
    """A host has no public address."""


def public(address: str) -> bool:
    """Whether an address is one of the public Internet.

    False for private, loopback, link-local (cloud metadata too), shared, reserved, multicast and unspecified ones, for
    IPv6 addresses that carry such an IPv4 address (mapped, NAT64, 6to4, Teredo), and for what is no address.
    """
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, IPv6Address):
        inner = _carried(ip)
        if inner is not None:
            return public(str(inner)) and ip not in _NAT64[1]
        if ip in _COMPATIBLE or ip.is_site_local:
            return False
    if isinstance(ip, IPv4Address) and any(ip in network for network in _NOT_PUBLIC):
        return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def local_name(host: str) -> bool:
    """Whether a host name is one that only a local network knows; those are never asked, not even by a proxy."""
    name = host.rstrip(".").lower()
    if name.replace(".", "").isdigit() or name.startswith("0x") or ":" in name:
        return not public(name)
    return "." not in name or name.endswith(_LOCAL)


def _carried(ip: IPv6Address) -> IPv4Address | None:
    if ip.ipv4_mapped is not None:
        return ip.ipv4_mapped
    if ip.sixtofour is not None:
        return ip.sixtofour
    if ip.teredo is not None:
        return ip.teredo[1]
    if any(ip in network for network in _NAT64):
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    return None

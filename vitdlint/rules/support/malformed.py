"""What makes a web address malformed, as malformed-url reports it."""

from __future__ import annotations

import re

from ...core.lazy_re import lazy_re
from ...external.address import Address, address_of, is_external
from ...external.doi import RESOLVER
from ...page.markdown.body import Link
from .placeholders import placeholder_at

_ILLEGAL = lazy_re(r"[\"<>\\`]|\{(?![\w.-]*\})|(?<![\w.{-])\}|\|+\Z")
_ILLEGAL_LATER = lazy_re(r"\"|<(?=[/A-Za-z])|(?<=[\"'])>|[|`>]+\Z")
"""The same in a query or fragment, which may hold all else (URL Standard, "query state"): what a tag leaves there."""
_QUOTED = lazy_re(
    r'(?:(?<=[=+ &:(,])|(?<=%(?:20|28|2B|2C|3A)))"[^"<>]*"(?=[&+ ),]|%[0-9A-F]{2}|\Z)', re.IGNORECASE
)
"""A quoted phrase in a search; servers take it."""
_TEMPLATE = lazy_re(r"\{[\w.-]*\}")
_SECOND_SCHEME = lazy_re(r"https?[:;]?/{0,2}https?:/|https?://https?(?:[:/]|\Z)", re.IGNORECASE)
SLASHES = lazy_re(r"https?:/{3,}", re.IGNORECASE)
_EXAMPLE = lazy_re(r"https?://(?:[\w-]+\.)*example(?:\.(?:com|net|org))?(?:[:/?#]|\Z)")
"""Nobody follows an address on a host that is reserved for examples (RFC 2606)."""
_BAD_PERCENT = lazy_re(r"%(?![0-9A-Fa-f]{2})")


def fault(target: str) -> str | None:
    """What is wrong with a target, as the end of a sentence; None if nothing is, or if it is no web address that is checked."""
    return address_fault(target) if is_external(target) and not _EXAMPLE.match(target) else None


def has_entity(link: Link) -> bool:
    """Whether Hugo shows and links the `&amp;` in an address as it is written: it decodes none in these."""
    return link.kind in ("bare", "autolink") and "&amp;" in link.target and not _EXAMPLE.match(link.target)


def address_fault(target: str) -> str | None:
    """The same, where the target is known to be a web address."""
    if _SECOND_SCHEME.match(target):
        return "begins twice"
    if SLASHES.match(target):
        return "has too many slashes after its scheme"
    address = address_of(target)
    if address is None or RESOLVER.match(target):
        return None
    if not address.host:
        return "names no host"
    if address.port and (not address.port.isdigit() or int(address.port[:6]) > 65535):
        return (
            None
            if _TEMPLATE.fullmatch(address.port)
            else f'has the port "{address.port}", which is not a number'
        )
    later = _QUOTED.sub("", address.rest[len(address.path) :])
    found = _ILLEGAL.search(address.path) or _ILLEGAL_LATER.search(later)
    if found is not None:
        holder = placeholder_at(found.string, found.start())
        return "contains a quotation mark" if found[0] == '"' else f'contains "{holder or found[0]}"'
    if address.rest.endswith("]") and "[" not in address.rest:
        return 'contains "]"'
    return _path_fault(address)


def _path_fault(address: Address) -> str | None:
    path = address.path
    if path.count("(") > path.count(")") and "%29" not in path:
        return 'has a "(" that is not closed'
    bad = _BAD_PERCENT.search(path)
    return f'has "{path[bad.start() : bad.start() + 3]}", which is not an escape' if bad else None

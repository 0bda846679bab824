"""Which URLs Hugo's own render hooks cannot parse: an error of `urls.Parse`, Go's url.Parse, fails the whole build."""

from __future__ import annotations

from ipaddress import IPv6Address

from ..core.lazy_re import lazy_re

_ODD = lazy_re(r"[%:\x00-\x1f\x7f]|//")
"""Every URL that is refused has one of these."""
_SCHEME = lazy_re(r"([A-Za-z][A-Za-z0-9+.-]*):")
_ESCAPE = lazy_re(r"%(?![0-9A-Fa-f]{2})")
_CONTROL = lazy_re(r"[\x00-\x1f\x7f]")
_PORT = lazy_re(r"(?::\d*)?")
_BAD_IN_HOST = lazy_re(r"[ {}|\\^`#?/@%]")
_BAD_USER = lazy_re(r"[^A-Za-z0-9\-._:~!$&'()*+,;=%@]")


def refused(url: str) -> bool:
    """Whether Go refuses to parse it."""
    if _ODD.search(url) is None:
        return False
    rest, _, fragment = url.partition("#")
    if _CONTROL.search(url) or _ESCAPE.search(fragment) or rest.startswith(":"):
        return True
    scheme = _SCHEME.match(rest)
    rest = (rest[scheme.end() :] if scheme else rest).partition("?")[0]
    if not rest.startswith("/"):
        return scheme is None and (":" in rest.partition("/")[0] or _ESCAPE.search(rest) is not None)
    if rest.startswith("//") and (scheme is not None or not rest.startswith("///")):
        authority, slash, path = rest[2:].partition("/")
        rest = slash + path
        if not _authority(authority):
            return True
    return _ESCAPE.search(rest) is not None


def _authority(authority: str) -> bool:
    user, at, host = authority.rpartition("@")
    if at and (_BAD_USER.search(user) or _ESCAPE.search(user)):
        return False
    if host.startswith("["):
        inside, closed, port = host[1:].rpartition("]")
        return bool(closed) and _is_ipv6(inside.partition("%25")[0]) and _PORT.fullmatch(port) is not None
    name, colon, port = host.partition(":")
    return _BAD_IN_HOST.search(name) is None and _PORT.fullmatch(colon + port) is not None


def _is_ipv6(text: str) -> bool:
    try:
        IPv6Address(text)
    except ValueError:
        return False
    return True

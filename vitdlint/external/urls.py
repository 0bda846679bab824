"""External URLs: which links have one, under which name it is kept, and which of its parts are nobody's business."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote, urlsplit

from ..core.lazy_re import lazy_re
from ..core.model import Span
from ..page.markdown.body import Link

_UNSAFE = lazy_re(r"[^!-~]")
_NORMAL = lazy_re(r"https?://[a-z0-9][a-z0-9.-]*/(?:[!\"$-~]*[!\"$->@-~])?")
"""What `normal` would give back as it is: most URLs, found ten times as fast."""
_USER = lazy_re(r"(?<=://)[^/?#@\s]*@")
_OPENS = (
    r"(?i)(?<=[?&;])((?:[\w.-]*(?:token|secret|passw(?:or)?d|pwd|api[_-]?key|access[_-]?key|signature|credential|session"
    r"|sessid)|sid|auth|sig|jwt|key)=)"
)
"""Parameters whose values open something; an ordinary word in front (`access_token`) belongs to the name."""
_SECRET = lazy_re(_OPENS + r"([^&#;]+)")
_SECRET_IN_TEXT = lazy_re(_OPENS + r"""([^&#;\s"'<>()\[\]]+)""")


class Spot(NamedTuple):
    """One place on the site that links to a URL."""

    span: Span
    """The characters of the destination."""
    kind: str
    """As in Link.kind; decides how a new destination is written there."""
    fragment: str
    """With its `#`, or ''."""


def external_urls(links: Iterable[tuple[str, Link]]) -> dict[str, list[Spot]]:
    """The http(s) URLs of some links, without fragments, each with its places.

    The links come with the path of their page. The query is part of the URL. A protocol-relative target (`//host`)
    is asked about over https. What is no URL, or is completed by a shortcode, is left out: see `unaskable`.
    """
    found: dict[str, list[Spot]] = {}
    for path, link in links:
        url, mark, fragment = _web_target(link).partition("#")
        if url and "{{" not in url and (name := normal(url)):
            found.setdefault(name, []).append(
                Spot(Span(path, link.start, link.end), link.kind, mark + fragment)
            )
    return found


def unaskable(links: Iterable[tuple[str, Link]]) -> dict[str, int]:
    """Why some links that look external are not asked about, with counts."""
    counts: dict[str, int] = {}
    for _, link in links:
        if url := _web_target(link).partition("#")[0]:
            reason = (
                "a shortcode completes the address" if "{{" in url else "" if normal(url) else "no valid URL"
            )
            if reason:
                counts[reason] = counts.get(reason, 0) + 1
    return counts


def _web_target(link: Link) -> str:
    """A link's target, if it is one for http or https; else ''."""
    url = link.target.strip()
    if url.startswith("//"):
        return "https:" + url
    return url if url[:5].lower() in ("http:", "https") else ""


def normal(url: str) -> str:
    """The URL as it is asked for and compared: ASCII, scheme and host in lower case; '' if it is not http(s)."""
    if _NORMAL.fullmatch(url):
        return url
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname, parts.port
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not host:
        return ""
    if not host.isascii():
        try:
            host = _punycode(host)
        except UnicodeError:
            return ""
    if _UNSAFE.search(host):
        return ""
    host = f"[{host}]" if ":" in host else host
    user = parts.netloc.rpartition("@")[0]
    netloc = (f"{_ascii(user)}@" if user else "") + host + ("" if port is None else f":{port}")
    query = f"?{_ascii(parts.query)}" if parts.query else ""
    return f"{parts.scheme}://{netloc}{_ascii(parts.path) or '/'}{query}"


def masked(url: str) -> str:
    """The URL without user name, password and the values of parameters that look like keys.

    A four-digit mark of what is hidden stays, so that two URLs are still two.
    """
    if "@" not in url and "=" not in url:
        return url
    url = _USER.sub(lambda m: m[0] if m[0].startswith("***") else f"***{_mark(m[0])}@", url)
    return _SECRET.sub(lambda m: m[0] if m[2].startswith("***") else f"{m[1]}***{_mark(m[2])}", url)


def covered(text: str) -> str:
    """A text with the secret parts of its URLs starred out, every character in its place: for excerpts."""
    if "://" not in text or ("@" not in text and "=" not in text):
        return text
    text = _USER.sub(lambda m: "*" * (len(m[0]) - 1) + "@", text)
    return _SECRET_IN_TEXT.sub(lambda m: m[1] + "*" * len(m[2]), text)


def host_of(url: str) -> str:
    """The host name of a normal URL, without its port. By hand: a pass asks often, and urlsplit is slow."""
    netloc = url.partition("//")[2].partition("/")[0].rpartition("@")[2]
    return netloc[1:].partition("]")[0] if netloc.startswith("[") else netloc.partition(":")[0].lower()


@cache
def domain_of(host: str) -> str:
    """The registrable domain of a host: hosts of one domain are asked one after the other.

    An address, a local name and a public suffix are returned as they are.
    """
    if host.replace(".", "").isdigit() or ":" in host or "." not in host:
        return host
    return _suffixes().privatesuffix(host) or host


@lru_cache(maxsize=1 << 10)
def is_top_level_domain(label: str) -> bool:
    """Whether a host name may end with that label, in lower case: the list of public suffixes knows all that exist."""
    if label.startswith("xn--"):  # the library knows how each name in letters is written in ASCII
        return _suffixes().publicsuffix(f"x.{label}", accept_unknown=False) is not None
    return label in _top_level_domains()


def moved_to(spot: Spot, target: str) -> str | None:
    """How a new destination is written at that place, with the place's fragment; None if it cannot be."""
    new = target + spot.fragment if "#" not in target else target
    if masked(new) != new:
        return None
    new = (
        new.replace("(", "%28")
        .replace(")", "%29")
        .replace('"', "%22")
        .replace("'", "%27")
        .replace("`", "%60")
    )
    if spot.kind == "html":
        return new.replace("&", "&amp;").replace("<", "%3C").replace(">", "%3E")
    return new.replace("<", "%3C").replace(">", "%3E").replace("*", "%2A")


@cache
def _top_level_domains() -> frozenset[str]:
    """The rules of one label, also of one below a wildcard (`*.ck`).

    Read from the library's file: the library itself takes a tenth of a second to load, in every process.
    """
    from publicsuffixlist import PSLFILE  # only odd endings ask

    lines = Path(PSLFILE).read_text(encoding="utf-8").split("\n")
    alone = [line for line in lines if "." not in line and "/" not in line and line]
    return frozenset([*alone, *(line[2:] for line in lines if line[:2] == "*.")])


@cache
def _suffixes() -> Any:
    from publicsuffixlist import PublicSuffixList  # reads a list of 10,000 suffixes

    return PublicSuffixList(only_icann=False)


def _punycode(host: str) -> str:
    from idna import IDNAError, encode  # only names outside ASCII need the tables

    try:
        return encode(host, uts46=True).decode("ascii")
    except IDNAError as error:
        raise UnicodeError(str(error)) from error


def _ascii(text: str) -> str:
    return _UNSAFE.sub(lambda m: quote(m[0], errors="replace"), text) if _UNSAFE.search(text) else text


def _mark(secret: str) -> str:
    return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()[:4]

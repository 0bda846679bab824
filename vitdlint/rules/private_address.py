"""A link leads to the author's own machine or network.

`http://localhost:1313/posts/x/`, `http://192.168.1.20/chart.png`, `http://wiki.local/`: copied from a preview
or an intranet. Readers get an error, or a page of a server on their own machine.

Tutorials link to `localhost` on purpose: it is the reader's own machine. So only links to Hugo's own preview
(port 1313) are reported, unless `localhost` is set. Where the visible text shows the address
(`<http://localhost:1313/>`), the link is on purpose too. Images are always reported: nobody else can see them.
Addresses that are reserved for documentation (192.0.2.0/24, 198.51.100.0/24, 203.0.113.0/24, 2001:db8::/32)
are never reported.

Link to the published page (a path from the root, `/posts/x/`, for this site's own), or remove the link. Add hosts
that your readers can reach to `hosts`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from ..core.lazy_re import lazy_re
from ..core.model import Finding, Severity
from ..core.rule import Bad, Good, Rule
from ..external.address import address_of
from ..hugo.glob import match
from ..page.markdown.body import Link
from ..page.page import Page

_SUSPECT = lazy_re(
    r"\s*(?:https?:|ftp:)?//(?:[^/?#@\s]*@)?(?:localhost|\d[\d.]*(?:[:/?#]|\Z)|\[|[^/?#:]*"
    r"\.(?:localhost|local|lan|internal|intranet|localdomain|home\.arpa)\.?(?:[:/?#]|\Z))",
    re.IGNORECASE,
)
_DOCUMENTATION = ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32", "3fff::/20")
"""RFC 5737, RFC 3849, RFC 9637."""


class Options(NamedTuple):
    """Options of private-address."""

    hosts: tuple[str, ...] = ()
    """Globs of hosts that readers can reach, such as "*.internal" on an intranet's own site."""
    localhost: bool = False
    """Report every link to the reader's own machine, whatever its port."""


def check(page: Page, options: Options) -> Iterator[Finding]:
    """Check the host of every external link."""
    if not any(map(_is_suspect, page.body.authorities)):
        return
    for link in page.body.links:
        if _SUSPECT.match(link.target) is None:
            continue
        address = address_of(link.target)
        host = address.host.removesuffix(".") if address else ""
        if not _is_private(host) or any(match(glob, host) for glob in options.hosts):
            continue
        on_purpose = _is_loopback(host) and address and address.port != "1313" and not options.localhost
        if not _is_image(link) and (on_purpose or _is_shown(page, link, host)):
            continue
        yield Finding(
            page.span(link.start, link.end),
            f'"{host}" is on the author\'s machine or network; readers cannot reach it',
            help="link to the published page, or remove the link",
        )


@lru_cache(maxsize=2000)
def _is_suspect(authority: str) -> bool:
    """Whether the host needs a closer look; a site links to few hosts, and to those often."""
    return _SUSPECT.match(authority) is not None


def _is_shown(page: Page, link: Link, host: str) -> bool:
    """Whether the text of the link names the host."""
    if link.attribute == "a.href":
        return host in page.text[link.outer_end : link.outer_end + 80].partition("<")[0].lower()
    return host in page.text[link.text_start : link.text_end].lower()


def _is_loopback(host: str) -> bool:
    return host in ("localhost", "[::1]") or host.endswith(".localhost") or host.startswith(("127.", "0."))


def _is_image(link: Link) -> bool:
    return link.kind == "image" or link.attribute.startswith(("img.", "source.", "video.", "audio."))


def _is_private(host: str) -> bool:
    from ipaddress import ip_address, ip_network  # few pages have such a link

    try:
        ip = ip_address(host.strip("[]").partition("%")[0])
    except ValueError:
        return not host[-1:].isdigit() and not host.startswith("[")
    if any(ip in ip_network(net) for net in _DOCUMENTATION):
        return False
    return not ip.is_global


RULE = Rule(
    "VD708",
    "private-address",
    on=Page,
    check=check,
    options=Options,
    severity=Severity.WARNING,
    examples=(
        Good(
            "Open <http://localhost:1313/> or [localhost:1313](http://localhost:1313/), not `http://127.0.0.1/`.\n"
        ),
        Good(
            "[a](http://192.0.2.1/) [b](http://8.8.8.8/) [c](https://10.example.org/) [d](http://[2001:db8::1]/)\n"
        ),
        Good(
            '<a href="http://10.0.0.7/">10.0.0.7</a> See [the dashboard](http://localhost:9001/) that you started.\n'
        ),
        Good("[wiki](https://wiki.internal/)\n", options={"hosts": ["*.internal"]}),
        Bad(
            "[chart](http://localhost:1313/posts/x/) ![scan](http://10.0.0.7/a.png)\n",
            at=["1:9-1:39", "1:49-1:70"],
        ),
        Bad(
            "[a](http://[fd00::1]/x) [b](https://nas.local/y) [c](http://192.168.1.20)\n",
            at=["1:5", "1:29", "1:54"],
        ),
        Bad("[a](http://127.0.0.1/x)\n", options={"localhost": True}, at=["1:5-1:23"]),
        Bad('<a href="http://172.16.0.1/">here</a>\n', at=["1:10-1:28"]),
    ),
)

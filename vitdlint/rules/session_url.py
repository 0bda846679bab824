"""An external address contains the session of the person who copied it.

`;jsessionid=…`, `PHPSESSID=…`, `sid=…`: the number belongs to one visit. For a reader it has expired, and some
servers answer with an error or a log-in page. If it has not expired yet, a stranger may continue the visit.

Remove the parameter and check that the address still works, or link to the page another way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..core.lazy_re import lazy_re
from ..core.model import Finding, Severity
from ..core.rule import Bad, Good, NoOptions, Rule
from ..external.address import is_external
from ..page.page import Page

_SESSION = lazy_re(
    r"[?&;](?P<name>jsessionid|phpsessid|aspsessionid\w*|cfid|cftoken|oscsid|zenid|s?session_?id|sid|sessid"
    r"|asp\.net_sessionid)="
    r"(?P<value>[\w.!*~-]{4,})",
    re.IGNORECASE,
)
_HEX = lazy_re(r"[0-9A-Fa-f-]+")


def check(page: Page, _: NoOptions) -> Iterator[Finding]:
    """Look for the parameters that web frameworks keep sessions in."""
    if "=" not in page.body.targets:
        return
    for link in page.body.links:
        found = _SESSION.search(link.target) if "=" in link.target else None
        if found is None or not is_external(link.target) or not _is_token(found["name"], found["value"]):
            continue
        yield Finding(
            page.span(link.start, link.end),
            f'the address contains a session id ("{found["name"]}"), which has expired for other readers',
            help="remove the parameter, and check that the address works without it",
        )


def _is_token(name: str, value: str) -> bool:
    """Short names are used for other things too; a session's number is long and has digits."""
    if name.lower() in ("sid", "sessionid", "session_id", "sessid"):
        digits = sum(c.isdigit() for c in value)
        return len(value) >= 16 and digits >= 4 and (value.isalnum() or _HEX.fullmatch(value) is not None)
    return True


RULE = Rule(
    "VD709",
    "session-url",
    on=Page,
    check=check,
    severity=Severity.WARNING,
    examples=(
        Good(
            "[a](https://example.org/?sid=42) [b](https://example.org/talks?session_id=keynote-2019-on-vitamins)\n"
        ),
        Good("[c](/search?PHPSESSID=abcdef) [d](https://example.com/itm/1?_trksid=p2047675.l2557)\n"),
        Bad(
            "[a](http://example.org/a.do;jsessionid=0A1B2C3D4E?x=1) [b](http://example.org/?PHPSESSID=8f0c1d2e)\n",
            at=["1:5-1:54", "1:60-1:98"],
        ),
        Bad("[c](https://example.org/search?sid=aae0e6d8-4c5d-4a40-9c6d)\n", at=["1:5"]),
    ),
)

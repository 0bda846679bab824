"""What a URL can answer: the classes, and one answer."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """The class of an answer. Values are the words in the state file and in reports."""

    OK = "ok"
    MOVED = "moved-permanent"
    """Redirected for good, and what is there works."""
    ELSEWHERE = "moved-temporary"
    SUSPICIOUS = "moved-suspicious"
    """Redirected to something that is likely not the page: the site's root, a login, a foreign site."""
    GONE = "gone"
    """404, 410, or a registry that knows no such id."""
    NO_DOMAIN = "dns-dead"
    """NXDOMAIN; never a resolver that failed."""
    TLS = "tls-bad"
    SERVER_ERROR = "server-error"
    UNREACHABLE = "unreachable"
    """A timeout, a reset, a refusal, a broken protocol, a redirect loop, a resolver that failed."""
    RATE_LIMITED = "rate-limited"
    BLOCKED = "blocked"
    """The host blocks bots; the page may be fine for readers."""
    INVALID = "invalid"
    """Not a URL that may be asked: unparsable, or the address is not public."""
    NOT_CHECKED = "not-checked"
    """No verdict in this pass; `code` says why."""

    @property
    def alive(self) -> bool:
        """Whether a reader gets the page: resets every streak."""
        return self in _ALIVE

    @property
    def dying(self) -> bool:
        """Whether it counts towards a dead link."""
        return self in (Kind.GONE, Kind.NO_DOMAIN)

    @property
    def slow(self) -> bool:
        """Whether it counts towards being unreachable."""
        return self in _SLOW

    @property
    def failed(self) -> bool:
        """Whether it is worth a second try at the end of the pass."""
        return self.dying or self.slow


_ALIVE = frozenset({Kind.OK, Kind.MOVED, Kind.ELSEWHERE})
_SLOW = frozenset({Kind.SERVER_ERROR, Kind.UNREACHABLE, Kind.TLS, Kind.INVALID})


class Answer(NamedTuple):
    """What one URL answered at one moment."""

    kind: Kind
    code: str
    """The detail: a status code, NXDOMAIN, timeout, expired…; for not-checked the reason."""
    at: datetime
    """In UTC, to the second."""
    final: str = ""
    """Where the last redirect led; '' if there was none."""
    moved: str = ""
    """Where the permanent redirects at the start of the chain lead; '' if the first was not permanent."""
    clean: bool = False
    """Every redirect was permanent."""
    until: datetime | None = None
    """When the host wants to be asked again."""
    first: bool = False
    """A failure that no second try has confirmed yet."""

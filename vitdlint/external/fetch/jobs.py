"""What is to be asked: one job a URL (or a batch of ids), and what one request of it led to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from ..answer import Answer
from ..redirects import Hop


@dataclass(slots=True)
class Job:
    """A question on its way. A redirect makes it wait in the queue of the next host, holding nothing meanwhile."""

    urls: tuple[str, ...]
    """The URLs that get the answer: one, or those of a batch."""
    kind: str
    """page, doi, pmc or pubmed."""
    target: str
    """What is requested next."""
    hops: tuple[Hop, ...] = ()
    cookies: dict[str, str] = field(default_factory=dict)
    """Set by hosts of the chain: `domain name` to value."""
    rate_limited: int = 0
    """How often a host asked it to wait."""
    not_before: float = 0.0
    """On the loop's clock; for second tries."""
    second: bool = False
    """A second try of something that failed."""


class Step(NamedTuple):
    """What one request led to."""

    answers: tuple[tuple[str, Answer], ...] = ()
    again: Job | None = None
    """The job with its next target, or the same one to be tried later."""
    pause: float = 0.0
    """Seconds for which the host of the request wants to be left alone."""
    limited: bool = False
    """The answer was rate-limited."""

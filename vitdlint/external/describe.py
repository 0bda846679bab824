"""What an answer's detail means, in words for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .answer import Kind

if TYPE_CHECKING:  # loaded where the state file is read
    from .state import Record

_KINDS = {
    Kind.OK: "it works",
    Kind.MOVED: "it has moved permanently",
    Kind.ELSEWHERE: "it redirects",
    Kind.SUSPICIOUS: "it redirects to what is likely another page",
    Kind.TLS: "its certificate is not trusted",
    Kind.SERVER_ERROR: "its server fails",
    Kind.UNREACHABLE: "it cannot be reached",
    Kind.RATE_LIMITED: "its host got too many requests",
    Kind.BLOCKED: "its host blocks programs",
    Kind.INVALID: "it cannot be asked",
    Kind.NOT_CHECKED: "there is no answer",
}


def gone(code: str) -> str:
    """Why a link counts as gone: "it answers 404", "its domain does not exist"."""
    if code == "NXDOMAIN":
        return "its domain does not exist"
    if code in ("DOI", "PMID", "PMC"):
        return f"the registry knows no such {code}"
    return f"it answers {code}"


def story(record: Record) -> list[str]:
    """What is known about a URL, in sentences: the last answer, since when it is so, and what follows."""
    r = record
    what = gone(r.code) if r.kind.dying else f"{_KINDS[r.kind]} ({r.code})" if r.code else _KINDS[r.kind]
    lines = [f"Since {r.since.isoformat()}: {what}. Last asked on {r.checked.date().isoformat()}."]
    if r.dead is not None:
        lines.append(f"It counts as dead since {r.dead.isoformat()}.")
    if r.ok is not None and not r.kind.alive:
        lines.append(f"It worked last on {r.ok.isoformat()}.")
    if r.moved or r.final:
        lines.append(f"It leads to {r.moved or r.final}")
    if len(r.snapshot) > 1:
        lines.append(f"There is a copy: {r.snapshot}")
    return lines

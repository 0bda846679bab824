"""How to cure a cause in one step, as text to paste: a redirect, an alias, `extra-urls`, a shortcode, a suppression.

Only what the data bears out is offered: a redirect where nearly every target has a page of the same name elsewhere.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from shlex import join, split
from typing import NamedTuple

from .causes import Cause

_NEARLY = 0.9
"""The share of findings that one redirect must cure."""
_PLAIN = re.compile(r"[\w/.-]+\Z")
_YEAR = timedelta(days=365)


class Cure(NamedTuple):
    """One step that settles findings."""

    advice: str
    """What to do: the beginning of a sentence, in which the text of `paste` is the object."""
    paste: tuple[str, ...] = ()
    """The lines to paste."""
    findings: int = 0
    """How many findings are gone after it."""


def cures(cause: Cause, command: str = "vitdlint check", today: date | None = None) -> tuple[Cure, ...]:
    """The steps that cure a cause, the best first; `command` is what a person has run."""
    return tuple(_cures(cause, command, today))


def _cures(cause: Cause, command: str, today: date | None) -> Iterator[Cure]:
    count = len(cause.diagnostics)
    if cause.kind == "fix":
        yield Cure("fix them all", (f"{command} --fix --select {cause.name}",), count)
    elif cause.kind == "unsafe-fix":
        yield Cure("look at the fixes", (f"{command} --diff --unsafe-fixes --select {cause.name}",), count)
    elif cause.name == "unknown-shortcode":
        if _PLAIN.match(cause.label):
            yield Cure(
                "correct the name, or write this template",
                (f"layouts/_shortcodes/{cause.label}.html",),
                count,
            )
    elif cause.kind == "host":
        if today is not None and cause.code.startswith("VD8"):
            yield _ignored(cause, today)
    elif cause.name in ("dead-link", "missing-file") and cause.label.startswith("/"):
        absent = _is_absent(cause)
        if absent:
            yield from _of_target(cause) if cause.kind == "target" else _of_family(cause)
        if cause.kind in ("target", "family"):
            yield Cure("see all ways to end these links", (_cure_command(cause.label, command),), count)
        # Last, since the links stay as they are. Not for the root of the site: nothing would ever be reported there.
        if absent and cause.kind == "family" and cause.label.rpartition("/*")[0] and _moved(cause) is None:
            yield Cure(
                "if your host serves or redirects these addresses, put this in vitdlint.toml",
                (f"extra-urls = [{json.dumps(cause.label)}]",),
                count,
            )


def _cure_command(target: str, command: str) -> str:
    """The command that shows them, for the same site as `command`."""
    words = split(command)[2:]
    folder = words if len(words) == 1 and not words[0].startswith("-") else []
    return join(["vitdlint", "cure", target, *folder])


def _is_absent(cause: Cause) -> bool:
    """Whether there is simply nothing at the target, and no other reason: then whatever is put there cures the link."""
    return all("no page has" in d.message or d.message.endswith("on this site") for d in cause.diagnostics)


def _of_target(cause: Cause) -> Iterator[Cure]:
    """One page or file that is missing."""
    count, meant = len(cause.diagnostics), cause.diagnostics[0].meant
    if cause.name == "missing-file":
        if _PLAIN.match(cause.label):
            yield Cure("put the file there", (f"static{cause.label}",), count)
    elif meant:
        yield Cure(
            f"add this to the front matter of {meant}", (f"aliases: [{json.dumps(cause.label)}]",), count
        )


def _of_family(cause: Cause) -> Iterator[Cure]:
    """Many pages or files that are missing."""
    if (moved := _moved(cause)) is not None:
        start, to, count = moved
        yield Cure(
            "one redirect, in static/_redirects if your host reads it", (f"{start}*  {to}:splat  301",), count
        )
    elif cause.name == "missing-file":
        folder = cause.label.rpartition("/*")[0]
        yield Cure(f"put {cause.targets:,} files back", (f"static{folder}/",), len(cause.diagnostics))


def _moved(cause: Cause) -> tuple[str, str, int] | None:
    """A folder, the one in which nearly all of its pages are now, and how many findings that explains."""
    start = cause.label.partition("*")[0]
    ends: Counter[str] = Counter()
    for diagnostic in cause.diagnostics:
        rest = (diagnostic.cause or "")[len(start) :].strip("/")
        meant = diagnostic.meant.rstrip("/")
        if rest and meant.endswith(f"/{rest}"):
            ends[meant.removesuffix(rest)] += 1
    if not ends:
        return None
    to, count = min(ends.items(), key=lambda item: (-item[1], item[0]))
    return (start, to, count) if count >= _NEARLY * len(cause.diagnostics) and to != start else None


def _ignored(cause: Cause, today: date) -> Cure:
    return Cure(
        "if they work for readers, put this in vitdlint.toml",
        (
            "[[links.ignore]]",
            f"url = {json.dumps(cause.label)}",
            'reason = "the host blocks us"',
            f'expires = "{today + _YEAR}"',
        ),
        len(cause.diagnostics),
    )

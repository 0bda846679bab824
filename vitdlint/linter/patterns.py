"""Patterns of link targets: what the targets of many links have in common, and how many links of a site match each.

A pattern is a path with `*` for one name and `**` for everything below: `/tags/*.html`, `/tags/*`, `/old/**`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # a report that is recalled needs no site
    from ..site.links import Links

_EXTENSION = re.compile(r"\.[A-Za-z0-9]{1,5}\Z")
_SPECIAL = re.compile(r"[*?\[\]{}\\]")
"""What means something in a glob: no pattern is made of a folder that holds it."""
_HOST = re.compile(r"https?://[^/?#]+")


def patterns(target: str) -> tuple[str, ...]:
    """The patterns that a target matches, the most special first: a path of the site, or a URL."""
    if (host := _HOST.match(target)) is not None:
        return (f"{host[0]}/*",)
    if not target.startswith("/") or "#" in target or _SPECIAL.search(target):
        return ()
    folder, _, name = target.rstrip("/").rpartition("/")
    if not name:
        return ()
    found = [f"{folder}/*"] if folder else []  # what is at the root has nothing in common
    if (extension := _EXTENSION.search(name)) is not None:
        found.insert(0, f"{folder}/*{extension[0]}")
    if folder.count("/") > 1:
        found.append(f"/{folder.split('/', 2)[1]}/**")
    return tuple(found)


def matched(links: Links) -> Counter[str]:
    """How many of these links have a target on the site that matches each pattern."""
    targets = Counter(
        target.path for _, _, target in links.all if target.path and target.status != "external"
    )
    counts: Counter[str] = Counter()
    for target, number in targets.items():
        for pattern in patterns(target):
            counts[pattern] += number
    return counts


def summed(counts: Mapping[str, int], less: Mapping[str, int], more: Mapping[str, int]) -> dict[str, int]:
    """Such counts after some links are gone and others have come."""
    found = Counter(counts)
    found.subtract(less)
    found.update(more)
    return dict(sorted(_positive(found.items())))


def _positive(items: Iterable[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    return ((pattern, number) for pattern, number in items if number > 0)

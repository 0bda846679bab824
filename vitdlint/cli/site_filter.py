"""`vitdlint site --match GLOB --state STATE --dead --summary`: some pages, or how many there are of each sort."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator

from ..core.errors import UsageError
from ..core.globs import matcher, wrong_in
from ..core.options import nearest
from ..hugo.publication import Output
from .options import SiteOptions

STATES = ("published", "draft", "future", "expired", "headless", "not-rendered", "shadowed", "resource")

_MOST = 12
"""Sections in a summary; the rest is one line."""


def require_text(options: SiteOptions) -> None:
    """UsageError for what would do nothing."""
    given = {"--match": options.match, "--state": options.state, "--dead": options.dead}
    flags = [flag for flag, value in {**given, "--summary": options.summary}.items() if value]
    if flags and options.output_format != "text":
        raise UsageError(
            f"--output-format {options.output_format} does not take {flags[0]}; leave one of them out"
        )
    for state in options.state or ():
        if state not in STATES:
            near = nearest(state, STATES)
            raise UsageError(f'--state: there is no state "{state}"; there are {", ".join(STATES)}.{near}')
    for glob in options.match or ():
        if (wrong := wrong_in(glob)) is not None:
            raise UsageError(f'--match: "{glob}" is no glob: {wrong}')


def filter_of(options: SiteOptions, dead: Container[str]) -> Callable[[Output], bool]:
    """Whether a page is wanted; `dead` are the files with dead links."""
    matches = matcher(tuple(options.match or ()))

    def wanted(page: Output) -> bool:
        names = [name for name in (page.path, page.url.strip("/")) if name]
        return (
            (not options.match or any(map(matches, names)))
            and (not options.state or page.state in options.state)
            and (not options.dead or page.path in dead)
        )

    return wanted


def summary(pages: Iterable[Output]) -> Iterator[str]:
    """How many pages there are of each kind, language and section, a line each."""
    listed = list(pages)
    yield from _counts("kind", (page.kind for page in listed))
    languages = Counter(page.language for page in listed)
    if len(languages) > 1:
        yield from _counts("language", (page.language for page in listed))
    yield from _counts(
        "section", (page.url.strip("/").partition("/")[0] or "(top)" for page in listed if page.url)
    )


def _counts(name: str, values: Iterable[str]) -> Iterator[str]:
    counts = Counter(values)
    for value, count in counts.most_common(_MOST):
        yield f"{count:>7,}  {name} {value}"
    if len(counts) > _MOST:
        left = counts.total() - sum(count for _, count in counts.most_common(_MOST))
        yield f"{left:>7,}  in {len(counts) - _MOST:,} other {name}s"

"""Check a site as it is on disk: the last report again if nothing has changed since, else only what has."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from importlib import import_module
from os import PathLike
from pathlib import Path

from ..core.clock import current_time
from ..core.errors import UsageError
from ..core.model import Outcome, Report
from ..files.find_site import Given, Located, locate, shown
from ..files.scan_beside import scan_beside
from ..files.tree import is_inside
from .incremental.last_run import COARSE, digest, recalled, stored_folders
from .incremental.store import Cache, default_file
from .run_settings import RunSettings

_OF_A_CHANGE = ("frontmatter.read", "hugo.publication", "hugo.config", "page.page", "page.read", "site.links")
"""What a run loads that finds a change, in pieces of some milliseconds, while another process looks for one."""


def lint(
    *paths: str | PathLike[str],
    config: str | PathLike[str] | None = None,
    select: Iterable[str] | None = None,
    ignore: Iterable[str] | None = None,
    environment: str = "production",
    clock: str | None = None,
    plugins: bool = True,
    external: bool = False,
    cached: bool = True,
    jobs: int | None = None,
) -> Report:
    """Check pages or folders (none: all of the site that the current folder is in) against their whole site.

    `config` is the configuration file (None: the nearest `vitdlint.toml`); `select` and `ignore` replace its keys;
    `clock` is the current time as RFC 3339; `external` also checks external links, by the answers that `vitdlint links`
    has stored; `cached` uses and stores results in the user's cache folder; `jobs` is the number of worker processes
    (None: one a core). Raises UsageError, ConfigError and PluginError, each with the sentence that a person reads.
    """
    named = [Path(path) for path in paths]
    chosen = {"select": select, "ignore": ignore}
    given = tuple(Given(key, {key: tuple(words)}) for key, words in chosen.items() if words is not None)
    settings = RunSettings(
        now=current_time(clock),
        environment=environment,
        plugins=plugins,
        external=external,
        jobs=jobs,
        cached=cached,
        started=time.time_ns(),
    )
    located = locate(named, None if config is None else Path(config), given)
    outcome = check_site(located, settings)
    require_pages(located, named, outcome)
    return outcome.narrow(covers(located, named))


def check_site(located: Located, settings: RunSettings) -> Outcome:
    """The outcome for the whole site; without its `site` if it was recalled. Raises ConfigError and PluginError."""
    if not settings.cached or settings.external:
        from .session import open_session  # loads every rule

        # One check alone needs no results of pages, which take half of the memory.
        return open_session(located, settings, None if settings.cached else Cache(None)).check()
    cache = Cache(default_file(str(located.root)))
    key = settings.key(located)
    load = (partial(import_module, f"..{name}", __package__) for name in _OF_A_CHANGE)
    scanned = scan_beside(located.disk, *stored_folders(cache, key), load)
    last = recalled(cache.recall(key), settings.now)
    state = edit = None
    scanned()
    if last is not None:
        state = located.disk.state(last.folders, last.paths, settings.started - COARSE)
        edit = last.changed(state, partial(digest, located.disk))
        if edit is not None and not edit.paths:
            if state != last.state:
                cache.keep({key: last._replace(state=state).pickled()})
            return last.outcome
    from .rerun import SiteState, resume
    from .session import open_session

    state_now = SiteState(key, located.tree, located.disk, settings.started)
    return resume(open_session(located, settings, cache), state_now, last, state, edit)


def covers(located: Located, paths: Sequence[Path]) -> Callable[[str], bool]:
    """Which site paths the named files and folders cover; without any, all."""
    named = [located.path_of(path) for path in paths]
    if not named or "." in named:
        return lambda _: True
    exact, below = frozenset(named), tuple(f"{n}/" for n in named)
    return lambda path: path in exact or path.startswith(below)


def require_pages(located: Located, paths: Sequence[Path], outcome: Outcome) -> None:
    """UsageError unless each named path holds a page, or something that is reported: nothing matched is never silent."""
    reported = {d.place.path for d in outcome.report.diagnostics}
    for path in paths:
        covered = covers(located, [path])
        if not any(map(covered, outcome.pages)) and not any(map(covered, reported)):
            raise UsageError(f"{path}: no page of the site is there, so nothing was checked")
    if not outcome.pages:
        content = located.root / "content"
        if (
            content.is_symlink()
            and content.is_dir()
            and not is_inside(str(located.root), os.path.realpath(content))
        ):
            raise UsageError(
                f"{shown(content)} leads out of the site, where nothing is read: check the site from a folder that holds both"
            )
        raise UsageError(f"{shown(located.root)}: the content folder holds no page, so nothing was checked")

"""Check a state of the site from what the last run has stored about it, and store this one.

Stored are three values in the cache: the report with a mark for each file (`incremental/last_run.py`), and the
publication and the findings with which the report follows a change (`incremental/body_edits.py`).
"""

from __future__ import annotations

import os
import pickle
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from ..core.gc import without_gc
from ..core.model import Outcome
from ..files.tree import DiskTree, Tree, digest_of
from ..page.page import Settings
from ..site.site import Site
from . import workers
from .incremental import body_edits, page_results
from .incremental.last_run import (
    COARSE,
    Edit,
    LastRun,
    digest,
    folders_key,
    folders_of,
    marked,
    recalled,
    steady,
)
from .incremental.outline import outline_key, outline_of, pickled, stored_outline, with_links
from .incremental.store import unpickled
from .page_work import PageResult
from .pipeline import Job, beside
from .session import Session

if TYPE_CHECKING:  # a site on disk does without
    from ..files.git_tree import GitTree

_FEW = 8
"""With at most so many changed pages nothing is stored: the next run checks them again in less time."""


class SiteState(NamedTuple):
    """A state of the site that differs visibly from any other, and where it is stored."""

    key: bytes
    """In the cache."""
    tree: Tree
    files: DiskTree | GitTree
    """What identifies the files of the tree."""
    started: int
    """When the run began, in ns, before it looked at anything."""
    buffer: str = ""
    """The page that the tree has another text of than the disk: an editor's, which no later run asks for again."""

    def state(self, folders: tuple[str, ...], paths: tuple[str, ...]) -> Mapping[str, bytes | str]:
        """A mark for each file there."""
        found = self.files.state(folders, paths, self.started - COARSE)
        return {**found, self.buffer: b""} if self.buffer else found

    def digest(self, path: str) -> str | None:
        """What identifies the content of a page whose mark is another."""
        if path == self.buffer:
            return digest_of(self.tree.read(path))
        return digest(self.files, path) if isinstance(self.files, DiskTree) else self.files.identify(path)


def resume(
    session: Session,
    slot: SiteState,
    memory: LastRun | None = None,
    state: Mapping[str, bytes | str] | None = None,
    edit: Edit | None = None,
    *,
    before: Site | None = None,
    passing: bool = False,
) -> Outcome:
    """The outcome for that state: as stored, with some pages checked again, or from scratch.

    `memory` is the stored run, `state` how its files are now, and `edit` what has happened to its pages, where that has been
    looked up; `before` is the site that this one is compared with.
    A `passing` state is stored only if all of it had to be checked: the next run will ask for another one.
    """
    cache = session.cache
    if memory is None and cache.lasting:
        memory = session.last_runs.get(slot.key) or recalled(cache.recall(slot.key), session.settings.now)
    if memory is not None:
        session.last_runs[slot.key] = memory
    if state is None:
        state = slot.state(memory.folders, memory.paths) if memory is not None else {}
        edit = memory.changed(state, slot.digest) if memory is not None else None
    job = session.job(slot.tree)
    outcome = None
    if memory is not None and edit is not None and memory.snapshot is not None and session.answers is None:
        with without_gc():  # what is stored has no cycles
            outcome = _advanced(session, slot, job, memory, memory.snapshot, state, edit, passing=passing)
    if outcome is None:
        outcome = session.outcome(job, partial(_identify, slot, memory, state))
        if not slot.buffer:
            _keep(session, slot, job, outcome, memory)
    if before is None or before.addresses.publication is outcome.site.addresses.publication:
        return outcome
    return beside(job, outcome, before.addresses.sources)


def _advanced(
    session: Session,
    slot: SiteState,
    job: Job,
    memory: LastRun,
    keys: tuple[bytes, bytes],
    state: Mapping[str, bytes | str],
    edit: Edit,
    *,
    passing: bool,
) -> Outcome | None:
    """From the stored run, if only pages have changed and nothing is in doubt."""
    cache = session.cache
    if len(edit.paths) >= workers.WORTH_IT:
        return None  # so many are better checked by several processes
    settings = unpickled(memory.settings)
    job = job._replace(settings=settings if isinstance(settings, Settings) else None)
    salt = session.salt(job)
    addresses = session.addresses.get(keys[0]) or body_edits.stored_addresses(job, cache, keys[0])
    findings = body_edits.stored_findings(cache, keys[1])
    if addresses is None or findings is None:
        return None

    def load(path: str, digest: str) -> PageResult | None:
        return page_results.kept(cache, salt(findings.names[path][-1]), path, digest)

    site = Site(addresses, body_edits.StoredFacts(memory.digests, load))
    found = None
    if edit.paths == edit.changed:
        found = body_edits.advance(job, memory.outcome, site, findings, edit.changed)
    if found is None:
        from .incremental import outline_edits  # an edit of a body needs none of it
        from .incremental.edited_site import known_site

        outline = stored_outline(cache, keys[0]) if len(edit.paths) <= outline_edits.MOST else None
        if outline is None:
            return None
        known = known_site(site, outline)
        followed = outline_edits.follow(job, memory.outcome, known, findings, outline, edit)
        if names := body_edits.names_in(known.addresses, keys[0]):
            cache.keep(names)
        return followed.outcome if followed is not None else None
    session.addresses[keys[0]] = addresses
    outcome, results, now_found = found
    values, forget = body_edits.names_in(addresses, keys[0]), list[bytes]()
    if len(edit.changed) > _FEW and not passing:
        page_results.keep(cache, [(salt(findings.names[r.facts.path][-1]), r) for r in results])
        new = os.urandom(16)
        now = memory._replace(
            state=state,
            digests={**memory.digests, **{r.facts.path: r.facts.digest for r in results}},
            outcome=_slim(outcome),
            snapshot=(keys[0], new),
        )
        session.last_runs[slot.key] = now
        values |= {new: body_edits.stored(now_found()), slot.key: now.pickled()}
        forget = [keys[1]]
        outline = stored_outline(cache, keys[0])
        if outline is not None:
            values[outline_key(keys[0])] = pickled(with_links(outline, outcome.links, edit.changed))
    if values:
        cache.keep(values, forget)
    return outcome


def _identify(
    slot: SiteState, memory: LastRun | None, state: Mapping[str, bytes | str], path: str
) -> str | None:
    """What identifies a page's content, where that is known without reading it."""
    if not isinstance(slot.files, DiskTree):
        return slot.files.identify(path)
    mark = state.get(path)
    return (
        memory.digests.get(path) if memory is not None and mark and memory.state.get(path) == mark else None
    )


def _keep(session: Session, slot: SiteState, job: Job, outcome: Outcome, last: LastRun | None) -> None:
    """Store the outcome for the whole site, if a later run may report it again."""
    others = marked(map(str, session.project.files), slot.started)
    if not session.cache.lasting or session.answers is not None:
        return
    if outcome.report.crashed or others is None:
        return
    folders, paths = slot.files.looked_at()
    # The disk is looked at again; what git holds stays.
    files = DiskTree(slot.files.root) if isinstance(slot.files, DiskTree) else slot.files
    pages = outcome.site.pages
    keys = os.urandom(16), os.urandom(16)
    memory = LastRun(
        folders,
        paths,
        slot._replace(files=files).state(folders, paths),
        {path: facts.digest for path, facts in pages.items()},
        others,
        _bounds(job, outcome),
        _slim(outcome),
        pickle.dumps(job.page_work.settings, pickle.HIGHEST_PROTOCOL),
        keys,
    )
    session.addresses[keys[0]] = outcome.site.addresses
    session.last_runs[slot.key] = memory
    old = last.snapshot if last is not None else None
    cache = session.cache
    cache.bound(sum(facts.size for facts in pages.values()), len(pages))
    # One after the other: at once they would be a tenth of the memory that a large site takes.
    cache.keep({keys[0]: body_edits.publication_of(outcome)})
    cache.keep({outline_key(keys[0]): pickled(outline_of(outcome, job.config))})
    cache.keep({keys[1]: body_edits.stored(body_edits.findings_in(outcome))})
    cache.keep(
        {
            slot.key: memory.pickled(),
            folders_key(slot.key): folders_of(memory),
            **body_edits.names_in(outcome.site.addresses, keys[0]),
        },
        forget=(*old, body_edits.names_key(old[0]), outline_key(old[0])) if old is not None else (),
    )


def _bounds(job: Job, outcome: Outcome) -> tuple[float, float]:
    """From when to when no page is published or expires, and no ignore either; seconds since 1970."""
    zone = job.hugo.default.time_zone
    since, until = steady((facts.front for facts in outcome.site.pages.values()), job.now, zone)
    for ignore in job.ignores:
        end = datetime.combine(ignore.expires + timedelta(1), time(), job.now.tzinfo).timestamp()
        if end <= job.now.timestamp():
            since = max(since, end)
        else:
            until = min(until, end)
    return since, until


def _slim(outcome: Outcome) -> Outcome:
    return outcome._replace(links=None, raised=(), names={})

"""One configured site, judged as often as a command needs: as it is, with texts replaced, or as it was."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from ..core.model import Outcome
from ..external import Web
from ..files.tree import OverlayTree, Tree
from ..hugo.config import load as load_hugo
from ..reporters.progress import judging
from ..site.addresses import Addresses
from . import workers
from .expiring_ignores import expiring
from .incremental import page_results
from .incremental.last_run import LastRun
from .incremental.store import Cache
from .pipeline import Job, lint, page_work
from .project import Project


@dataclass(frozen=True)
class Session:
    """All that stays the same from one judgement to the next."""

    project: Project
    now: datetime
    environment: str
    jobs: int
    cache: Cache | None
    program: bytes
    reference: bool = False
    answers: Callable[..., Web] | None = None
    """What is known about a site's external links; `old` may name the site that it is compared with."""
    addresses: dict[bytes, Addresses] = field(default_factory=dict, repr=False)
    """Addresses as they were read from the cache, by the key of the publication: two states of a site often share it."""
    last_runs: dict[bytes, LastRun] = field(default_factory=dict, repr=False)
    """What was read from the cache of earlier runs, by its key."""
    quiet: bool = False
    """Show no progress on a terminal."""

    def judge(
        self, tree: Tree | None = None, identify: Callable[[str], str | None] = lambda _: None
    ) -> Outcome:
        """The outcome for a tree (None: the site as it is).

        `identify` gives what identifies a file's content (see `digest_of`), where that is known without reading it.
        """
        return self.run(self.job(tree), identify)

    def run(self, job: Job, identify: Callable[[str], str | None]) -> Outcome:
        """The outcome of a job of this session; see `judge`."""
        pages = workers.processes(self.jobs, job.tree.read)
        if self.cache is not None:
            pages = page_results.stored(self.jobs, job.tree.read, self.cache, self.salt(job), identify)
        with judging(pages, quiet=self.quiet) as shown:
            return lint(job, shown)

    def job(self, tree: Tree | None = None) -> Job:
        """What decides the outcome for a tree (None: the site as it is)."""
        own = self.project.located.tree
        tree = tree or own
        return Job(
            tree=tree,
            hugo=self.project.hugo if tree is own else load_hugo(tree, self.environment),
            config=self.project.config,
            schemas=self.project.schemas,
            now=self.now,
            reference=self.reference,
            answers=self.answers,
            ignores=expiring(self.project.config, self.project.located.root),
        )

    def salt(self, job: Job) -> bytes:
        """What decides a page's result besides its path and content."""
        return page_results.salt_of(self.program, page_work(job))

    def overlaid(self, texts: Mapping[str, str]) -> Outcome:
        """The outcome with some files' texts replaced."""
        if not texts:
            return self.judge()
        files = {path: text.encode("utf-8", "surrogateescape") for path, text in texts.items()}
        return self.judge(OverlayTree(self.project.located.tree, files))

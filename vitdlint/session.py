"""One configured site, judged as often as a command needs: as it is, with texts replaced, or as it was."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from . import pool
from .cache import Cache
from .engine import Job, lint, page_work
from .expiring import expiring
from .hugo.config import HugoConfig
from .hugo.config import load as load_hugo
from .model import Outcome
from .project import Project
from .reporters.progress import judging
from .tree import OverlayTree, Tree
from .web import Web


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
    quiet: bool = False
    """Show no progress on a terminal."""

    def judge(self, tree: Tree | None = None, before: Mapping[str, str] | None = None) -> Outcome:
        """The outcome for a tree (None: the site as it is); `before` holds the URLs of an earlier state of it."""
        hugo = self.project.hugo if tree is None else self._hugo(tree)
        tree = tree or self.project.located.tree
        job = Job(
            tree=tree,
            hugo=hugo,
            config=self.project.config,
            schemas=self.project.schemas,
            now=self.now,
            reference=self.reference,
            answers=self.answers,
            before=before,
            ignores=expiring(self.project.config, self.project.located.root),
        )
        pages = pool.processes(self.jobs, tree.read)
        if self.cache is not None:
            salt = pool.salt_of(self.program, page_work(job))
            pages = pool.remembered(self.jobs, tree.read, self.cache, salt)
        with judging(pages, quiet=self.quiet) as shown:
            return lint(job, shown)

    def overlaid(self, texts: Mapping[str, str]) -> Outcome:
        """The outcome with some files' texts replaced."""
        if not texts:
            return self.judge()
        files = {path: text.encode("utf-8", "surrogateescape") for path, text in texts.items()}
        return self.judge(OverlayTree(self.project.located.tree, files))

    def _hugo(self, tree: Tree) -> HugoConfig:
        return load_hugo(tree, self.environment)

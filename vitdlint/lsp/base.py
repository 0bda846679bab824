"""A site that was checked as a whole: what edits of front matter are worked out from."""

from __future__ import annotations

from functools import cached_property

from ..core.model import Outcome
from ..linter.config import Config
from ..linter.incremental.body_edits import SiteFindings
from ..linter.incremental.edited_site import known_site
from ..linter.incremental.last_run import Edit
from ..linter.incremental.outline import Outline, outline_of
from ..linter.incremental.outline_edits import Followed, follow
from ..linter.pipeline import Job
from ..site.site import Site


class Base:
    """The outcome of a check, and what has to be known besides; the latter is made once."""

    def __init__(
        self, outcome: Outcome, findings: SiteFindings, site: Site, whole: Outcome, config: Config
    ) -> None:
        """`outcome` is `whole` without what is needed only once."""
        self.findings = findings
        self._outcome = outcome
        self._site = site
        self._config = config
        self._whole = [whole]

    def prepare(self) -> None:
        """Make what an edit needs; else the first edit does."""
        _ = self._known

    def follow(self, job: Job, edit: Edit) -> Followed | None:
        """What comes of an edit since then; None if the whole site has to be checked."""
        outline, site = self._known
        return follow(job, self._outcome, site, self.findings, outline, edit)

    @cached_property
    def _known(self) -> tuple[Outline, Site]:
        outline = outline_of(self._whole.pop(), self._config)
        return outline, known_site(self._site, outline)

"""Check a site again and again with other texts: after a few edits only what they touch, else all of it."""

from __future__ import annotations

from collections.abc import Mapping

from ..core.model import Outcome
from ..files.tree import digest_of
from . import workers
from .incremental import body_edits, page_results
from .incremental.body_edits import SiteFindings
from .page_work import PageResult
from .session import Session


class Rounds:
    """The last texts with their outcome, from which the next one follows."""

    def __init__(self, session: Session, first: Outcome, findings: SiteFindings | None = None) -> None:
        self.session = session
        self.texts: dict[str, str] = {}
        """New texts by path; all other files are as they are."""
        self.outcome = first
        self._findings = findings
        self._results: dict[str, tuple[bytes, PageResult]] = {}

    def note(self, result: tuple[bytes, PageResult]) -> None:
        """Take the result of a page with a text that may be in the next round; see `Session.result`."""
        self._results[result[1].facts.path] = result

    def check(self, texts: Mapping[str, str]) -> Outcome:
        """The outcome with these texts."""
        if texts != self.texts:
            changed = {p for p in texts.keys() | self.texts.keys() if texts.get(p) != self.texts.get(p)}
            page_results.keep(self.session.cache, self._results.values())
            if not self._advance(texts, changed):
                self.outcome, self._findings = self.session.check(self.session.overlay(texts)), None
            self.texts = dict(texts)
            self._results.clear()
        return self.outcome

    def _advance(self, texts: Mapping[str, str], changed: set[str]) -> bool:
        """Whether the outcome follows from the last one; see `body_edits.advance`."""
        if len(changed) >= workers.WORTH_IT or not changed.issubset(self.outcome.site.pages):
            return False
        findings = self._findings or body_edits.findings_in(self.outcome)
        job = self.session.job(self.session.overlay(texts))
        known = {
            path: result
            for path, (_, result) in self._results.items()
            if path in texts
            and result.facts.digest == digest_of(texts[path].encode("utf-8", "surrogateescape"))
        }
        found = body_edits.advance(job, self.outcome, self.outcome.site, findings, changed, known)
        if found is not None:
            self.outcome, self._findings = found.outcome, found.findings()
        return found is not None

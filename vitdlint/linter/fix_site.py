"""Fix a site in memory: each fix is proved by parsing its page again, and no safe one moves a URL."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from ..core.model import Diagnostic, Outcome, Report
from ..edits.fix import Fixed, apply_fixes
from ..edits.same_page import changed_besides
from ..files.tree import digest_of
from ..site.site import Site
from .incremental.body_edits import SiteFindings
from .rounds import Rounds
from .session import Session


class FixedSite(NamedTuple):
    """What the fixes make of a site."""

    result: Fixed
    original: Mapping[str, bytes]
    """The bytes that each changed file had."""
    after: Outcome
    """With the new texts."""


def fix_site(
    session: Session,
    first: Outcome,
    narrow: Callable[[Report], Report],
    *,
    unsafe: bool,
    findings: SiteFindings | None = None,
) -> FixedSite:
    """Apply the fixes of what `narrow` leaves of a report. `first` is the outcome for the session's own tree.

    `findings` are those of `first`, where it follows from an earlier outcome.
    """
    original: dict[str, bytes] = {}
    rounds = Rounds(session, first, findings)

    def text_of(path: str) -> str | None:
        try:
            data = original[path] if path in original else session.project.located.tree.read(path)
            text = data.decode("utf-8")
        except (OSError, UnicodeDecodeError):
            return None
        facts = first.site.pages.get(path)
        if facts is not None and facts.digest != digest_of(data):
            return None  # changed since it was checked: the places of its findings mean nothing any more
        original[path] = data
        return text

    def report(texts: Mapping[str, str]) -> Report:
        return narrow(rounds.check(texts).report)

    def moved(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
        was = _addresses(rounds.check(before).site)
        return sorted(was - _addresses(rounds.check(after).site))

    def besides(path: str, before: str, after: str, found: Sequence[Diagnostic]) -> str | None:
        if path not in first.site.pages:
            return None
        names = first.names[path]
        new = session.parse(path, after, names[0])
        if len(names) == 1:  # else it may have several schemas
            rounds.note(session.result(new, names[0]))
        return changed_besides(session.parse(path, before), new, found)

    result = apply_fixes(report, text_of, unsafe=unsafe, same_parse=besides, same_urls=moved)
    after = rounds.check(result.texts)._replace(notes=first.notes, fail_on=first.fail_on)
    return FixedSite(result, original, after)


def _addresses(site: Site) -> set[str]:
    """Every URL, alias, term URL and anchor that a link from elsewhere may use."""
    found = set(site.addresses.sources)
    for output in site.addresses.publication.outputs:
        if (
            output.state != "shadowed"
        ):  # a page that is not published yet, or by a theme that is elsewhere, counts too
            found.add(output.url)
            facts = site.facts(output)
            if facts is not None:
                found.update(f"{output.url}#{anchor.id}" for anchor in facts.anchors)
    return found

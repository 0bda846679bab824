"""What is found on one page, as far as it shows while the rest of the site is not known yet."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterable, Iterator
from os.path import commonprefix
from typing import Any, NamedTuple

from ..core.model import Diagnostic
from ..hugo.publication import Publication
from ..linter.pipeline import settle
from ..linter.run_rules import Placer, rules_on, run
from ..linter.session import Session
from ..page.page import Facts, Page
from ..site.addresses import Addresses, SiteSettings
from ..site.links import Links
from ..site.site import Site


class SiteAsWas(NamedTuple):
    """The site as it was checked last, with another text of the page."""

    site: Site
    reported: tuple[Diagnostic, ...]
    """What was found on the page."""
    text: str
    """Its text then."""


def glance(
    session: Session, path: str, text: str, name: str, was: SiteAsWas | None = None
) -> list[Diagnostic]:
    """What the rules about pages and links find, and what was found by those about sites where the text is the same."""
    job, page = session.job(), session.parse(path, text, name)
    active = rules_on(job.config, Page)
    raised = list(session.result(page, name)[1].diagnostics)
    if was is None:
        addresses, old = Addresses(job.hugo, Publication(()), SiteSettings()), []
    else:
        addresses = was.site.addresses
        links_rules = rules_on(job.config, Links)
        active += links_rules
        facts: Any = ChainMap({path: page.facts}, was.site.pages)  # type: ignore[arg-type]  # is only read
        links = Links(Site(addresses, facts), {path: page.facts})
        raised += run(links_rules, links, Placer(facts, job.tree), [])
        of_site = {a.rule.code for a in rules_on(job.config, Site)}
        before = [d for d in was.reported if d.code in of_site]
        old = list(_moved(before, was.text, page.text, page.facts)) if before else []
    ran = {a.rule.code for a in active}
    report, _ = settle(job, {path: page.facts}, {path: name}, raised, (), ran, (), addresses)
    return sorted((*(d for d in report.diagnostics if d.place.path == path), *old), key=lambda d: d.order)


def _moved(found: Iterable[Diagnostic], was: str, now: str, facts: Facts) -> Iterator[Diagnostic]:
    """Findings about an earlier text at their places in another one; not those about what is no longer there."""
    start = _in_common(was, now)
    end = len(was) - _in_common(was[start:][::-1], now[start:][::-1])
    for diagnostic in found:
        place = diagnostic.place
        if place.end <= start or place.start >= end:
            by = len(now) - len(was) if place.start >= end else 0
            yield diagnostic._replace(
                place=facts.place(place.start + by, place.end + by), related=(), fix=None
            )


def _in_common(one: str, other: str) -> int:
    """How many first characters two texts have in common."""
    return len(commonprefix([one, other]))  # noqa: RUF071  # of texts, not of paths

"""The subject of the rules about external links: a site's links, and what is known about each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from ..core.model import NotChecked
from ..page.markdown.body import Link
from .settings import LinksConfig
from .urls import Spot, external_urls, masked, unaskable

if TYPE_CHECKING:  # the configuration imports this package, and need not load the site for it
    from ..site.links import Links
    from .state import Record


class Web(NamedTuple):
    """A site's external links and the records about them."""

    links: Mapping[str, tuple[Spot, ...]]
    """Every external URL of the site, without fragments, with its places."""
    records: Mapping[str, Record]
    """By URL. One that is missing was never asked."""
    today: date
    new: frozenset[str] = frozenset()
    """URLs that this change adds to the site."""
    config: LinksConfig = LinksConfig()
    unaskable: Mapping[str, int] = {}
    """Why links that look external are never asked about, with counts."""
    stored: tuple[NotChecked, ...] = ()
    """What of the state file is not used."""

    def known(self) -> Iterator[tuple[str, Record, Spot]]:
        """Every place that links to a URL which was asked and is not ignored, sorted by URL, with the URL's record."""
        for url in sorted(self.links):
            record = self.records.get(url)
            if record is not None and self.config.ignored(url, self.today) is None:
                yield from ((url, record, spot) for spot in self.links[url])

    def not_checked(self) -> tuple[NotChecked, ...]:
        """How many external links nobody knows anything about, and why; what of the state file is not used."""
        reasons = Counter(self.unaskable)
        for url in self.links:
            if self.config.ignored(url, self.today) is not None:
                reasons["ignored by the configuration"] += 1
            elif url not in self.records:
                new = url in self.new
                reasons[
                    "added by this change, not asked yet" if new else "not asked yet; run `vitdlint links`"
                ] += 1
        unknown = (NotChecked("external links", reason, count) for reason, count in sorted(reasons.items()))
        return (*unknown, *self.stored)


def web_of(
    links: Iterable[tuple[str, Link]],
    records: Mapping[str, Record],
    config: LinksConfig,
    today: date,
    new: frozenset[str] = frozenset(),
) -> Web:
    """The subject, from a site's links (each with the path of its page) and the records of the state file."""
    links = tuple(links)
    urls = external_urls(links)
    found = {url: records[name] for url in urls if (name := masked(url)) in records}
    return Web(
        {url: tuple(spots) for url, spots in urls.items()}, found, today, new, config, unaskable(links)
    )


def site_links(links: Links) -> Iterator[tuple[str, Link]]:
    """The links of a site that lead elsewhere, each with the path of its page."""
    for page, link, target in links.all:
        if target.status == "external" and page.path is not None:
            yield page.path, link

"""Everything on a site that a link can lead to, listed once for as long as its addresses hold."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from ..core.number_of import number_of
from ..hugo.publication import Output
from ..site.addresses import Addresses
from .proposal import Proposal

_STATES = {"draft": "draft", "future": "not published yet", "expired": "expired"}


class Candidates:
    """By how a link names them."""

    def __init__(self, addresses: Addresses) -> None:
        self.addresses = addresses

    @cached_property
    def urls(self) -> list[Proposal]:
        """Pages, aliases and files, by URL."""
        addresses, found = self.addresses, list[Proposal]()
        for page in _named(addresses):
            remark = _STATES.get(page.state, "")
            what = " · ".join(filter(None, (remark, page.kind if page.kind != "page" else "", page.path)))
            name = page.title or page.term or page.url
            found.append(
                Proposal(page.url, name, "page", f"{page.url}  {what}", page.path or "", bool(remark))
            )
            found += [
                Proposal(alias.url, name, "page", f"{alias.url}  alias of {page.url}", page.path or "", True)
                for alias in page.aliases
            ]
        for file, source in addresses.publication.files.items():
            if source is not None:
                url = addresses.url(file)
                found.append(Proposal(url, file.rpartition("/")[2], "file", f"{url}  {source}"))
        return found

    @cached_property
    def logical(self) -> list[Proposal]:
        """Pages by logical path, as `ref` names them."""
        return [
            Proposal(
                page.logical,
                page.title or page.logical,
                "page",
                " · ".join(filter(None, (page.logical, _STATES.get(page.state, "")))),
                page.path or "",
                page.state in _STATES,
            )
            for page in _named(self.addresses)
            if page.path is not None
        ]

    @cached_property
    def terms(self) -> dict[str, list[Proposal]]:
        """The terms of each taxonomy as they are written most often, with how many pages use them."""
        uses: dict[tuple[str, str], dict[str, int]] = {}
        for term in self.addresses.uses:
            spelled = uses.setdefault((term.taxonomy, term.key), {})
            spelled[term.value] = spelled.get(term.value, 0) + 1
        found: dict[str, list[Proposal]] = {}
        for (taxonomy, _), spelled in uses.items():
            value = max(spelled, key=lambda each: spelled[each])
            count = sum(spelled.values())
            found.setdefault(taxonomy, []).append(
                Proposal(value, value, "term", f"on {number_of(count, 'page')}")
            )
        return found


def _named(addresses: Addresses) -> Iterator[Output]:
    return (
        page for page in addresses.publication.outputs if page.url and page.state in ("published", *_STATES)
    )


_last: list[Candidates] = []


def candidates(addresses: Addresses) -> Candidates:
    """The list of these addresses: the last few are kept."""
    for known in _last:
        if known.addresses is addresses:
            return known
    _last.insert(0, Candidates(addresses))
    del _last[4:]
    return _last[0]

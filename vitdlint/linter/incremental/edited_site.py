"""A site before and after an edit of a few pages: what they are now, and what Hugo makes of the site then."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from ...hugo.publication import Term, TermKey
from ...hugo.republish import Difference, listed_alone, republish
from ...page.page import Facts
from ...site.addresses import Addresses
from ...site.keys import KeyUse
from ...site.missing import sections_of
from ...site.site import Site
from ...site.suggest import Index
from ..page_work import PageResult, read_or_error
from ..pipeline import Job, site_settings
from .last_run import Edit
from .outline import Outline


class DoubtError(Exception):
    """What an edit changes is not certain: the whole site has to be checked."""


def sure(*holds: bool) -> None:
    """Raise DoubtError unless all of it holds."""
    if not all(holds):
        raise DoubtError


@dataclass(frozen=True)
class EditedSite:
    """Both states, and their difference."""

    edit: Edit
    outline: Outline
    before: Site
    site: Site
    """As it is now."""
    difference: Difference
    results: Mapping[str, PageResult]
    """Of the changed and added pages, as they are now."""

    @property
    def states(self) -> tuple[tuple[Site, frozenset[str]], tuple[Site, frozenset[str]]]:
        """Before and after, each with those pages of the edit that are there."""
        return (
            (self.before, self.edit.changed | self.edit.removed),
            (self.site, self.edit.changed | self.edit.added),
        )


def known_site(before: Site, outline: Outline) -> Site:
    """The site of an earlier run with what its outline says, so that not all pages have to be read for that."""
    addresses = replace(before.addresses, known_terms=lambda: outline.terms)
    return replace(before, addresses=addresses, known_keys=outline.keys)


def edited_site(
    job: Job, before: Site, names: Mapping[str, tuple[str, ...]], outline: Outline, edit: Edit
) -> EditedSite:
    """The site of `known_site` after an edit, with its pages as they are in the job's tree. Raises DoubtError.

    `names` are the paths of each page below the content folder, before.
    """
    results = _read(job, names, edit)
    pages = _Pages(before.pages, edit, {path: result.facts for path, result in results.items()})
    was, terms = before.addresses, before.addresses.terms
    found = republish(job.templates, was.publication, terms, before.pages, pages, edit.paths, job.now)
    if found is None:
        raise DoubtError
    outputs = (*found.removed, *found.added)
    beside = [{o.path for o in some if o.state == "resource"} for some in (found.removed, found.added)]
    sure({file.path for file in found.listed} == results.keys(), (beside[0] ^ beside[1]) <= edit.paths)
    sure(not any(o.text_from for o in outputs), was.shown_elsewhere.isdisjoint(edit.paths))

    def candidates() -> Index:
        return was.candidates.changed(found.after, found.removed, found.added)

    def terms_now() -> _Terms:
        return _Terms(outline.terms, found.terms)

    addresses = Addresses(job.hugo, found.after, site_settings(job), candidates, terms_now)
    if found.after.missing and sections_of(found.removed) != sections_of(found.added):
        sure(sections_of(found.after.outputs) == sections_of(was.publication.outputs))
    edited = EditedSite(edit, outline, before, Site(addresses, pages), found, results)
    return replace(edited, site=replace(edited.site, known_keys=_keys(edited)))


def _read(job: Job, names: Mapping[str, tuple[str, ...]], edit: Edit) -> dict[str, PageResult]:
    """The pages as they are now."""
    there = edit.changed | edit.added
    files = listed_alone(job.hugo, job.tree, there)
    sure({file.path for file in files} == there, len(files) == len(there))
    sure(all(len(names.get(path, ("",))) == 1 for path in edit.paths))
    work, found = job.page_work, {}
    for file in files:
        result = work(file, read_or_error(lambda path=file.path: job.tree.read(path)))  # type: ignore[misc]  # path is bound now
        sure(not result.crashes, not result.facts.unreadable, result.facts.not_checked is None)
        found[file.path] = result
    return found


def _keys(edited: EditedSite) -> KeyUse:
    """The use of keys now."""
    (before, were), (site, are) = edited.states
    counts = Counter(edited.outline.keys.counts)
    counts.subtract(_own_keys(before.pages, were))
    counts.update(_own_keys(site.pages, are))
    return KeyUse({key: count for key, count in counts.items() if count}, len(site.pages))


def _own_keys(pages: Mapping[str, Facts], paths: Iterable[str]) -> Iterator[str]:
    return (key.lower() for path in paths for key in pages[path].front.data)


class _Pages(Mapping[str, Facts]):
    """The facts of all pages after an edit."""

    def __init__(self, before: Mapping[str, Facts], edit: Edit, new: Mapping[str, Facts]) -> None:
        self._before = before
        self._gone = edit.removed
        self._new = new

    def __getitem__(self, path: str) -> Facts:
        if path in self._gone:
            raise KeyError(path)
        return self._new[path] if path in self._new else self._before[path]

    def __contains__(self, path: object) -> bool:
        return path in self._new or (path in self._before and path not in self._gone)

    def __iter__(self) -> Iterator[str]:
        return iter(sorted({*self._before, *self._new} - self._gone))

    def __len__(self) -> int:
        return len(self._before) - len(self._gone) + sum(path not in self._before for path in self._new)


class _Terms(Mapping[TermKey, tuple[Term, ...]]):
    """The uses of each term after an edit."""

    def __init__(
        self, before: Mapping[TermKey, tuple[Term, ...]], changed: Mapping[TermKey, tuple[Term, ...]]
    ) -> None:
        self._before = before
        self._changed = changed

    def __getitem__(self, key: TermKey) -> tuple[Term, ...]:
        uses = self._changed[key] if key in self._changed else self._before[key]
        if not uses:
            raise KeyError(key)
        return uses

    def __iter__(self) -> Iterator[TermKey]:
        yield from (key for key in self._before if self._changed.get(key, True))
        yield from (key for key, uses in self._changed.items() if uses and key not in self._before)

    def __len__(self) -> int:
        return sum(1 for _ in self)

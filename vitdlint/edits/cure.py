"""What ends the dead links to one target, or to all that match a glob: each way as new texts. Nothing here is written.

A way takes only pages that were certainly meant: of the same name, or the one that a person has named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ..core.model import Diagnostic, Edit, PlacedEdit, PlacedFix, Report, Severity, Span
from ..core.number_of import number_of
from ..frontmatter.edit import NoEditError, with_item
from ..page.page import Facts, Page
from ..site.answers import Target
from ..site.links import Linked, Links
from ..site.relink import goal_of, is_live, relink
from ..site.targets import as_written, glob, is_download
from .fix import apply_fixes
from .same_page import changed_besides

Goals = Sequence[tuple[Linked, Target | None]]
"""Dead links, each with what was meant."""


Rounds = tuple[tuple[Diagnostic, ...], ...]


class Way(NamedTuple):
    """One way to end them."""

    name: str
    """What a person calls it: link, alias, redirect, unlink."""
    words: str
    """What is done, as a command."""
    texts: Mapping[str, str]
    """New texts of files, by path below the site's root."""
    rounds: Rounds = ()
    """Where pages are edited as fixes edit them: the edits, round by round; see `edits.follow`."""


def dead_links(links: Links, target: str, to: str = "") -> Goals:
    """The dead links whose path is the target, or matches it as a glob; `to` is what was meant, if a person has said so."""
    wanted = glob(target)
    found = [
        linked
        for rule in ("dead-link", "missing-file")
        for linked in links.dead.get(rule, ())
        if linked[2].path and (linked[2].path == target or wanted.match(linked[2].path))
    ]
    return [(linked, _goal(links, linked, to)) for linked in found]


def _goal(links: Links, linked: Linked, to: str) -> Target | None:
    page, _, target = linked
    if to:
        answer = links.site.resolve(to, page, "html")
        if not is_live(answer):
            return None
        return goal_of(answer.page, target.fragment, target.query) if answer.page else answer
    meant = links.meant(linked)
    return meant.goal if meant is not None and meant.exact and not target.reason else None


def ways(
    links: Links, goals: Goals, parse: Callable[[str, str], Page], text_of: Callable[[str], str | None]
) -> Iterator[Way]:
    """What can be done, the least for readers to notice first."""
    known = [(linked, goal) for linked, goal in goals if goal is not None]
    texts, rounds = _edited(links, map(_relinked(links), known), parse, text_of)
    if texts:
        yield Way(
            "link", f"change {number_of(sum(map(len, rounds)), 'link')} to what was meant", texts, rounds
        )
    texts, aliases = _aliased(links, known, text_of)
    if aliases:
        yield Way("alias", f"add {number_of(aliases, 'alias')} to the pages that were meant", texts)
    if (redirects := _redirects_file(links)) and (lines := _lines(links, known)):
        old = text_of(redirects) or ""
        end = "" if not old or old.endswith("\n") else "\n"
        new = old + end + "".join(f"{line}\n" for line in lines)
        words = f"add {number_of(len(lines), 'line')} to {redirects}, if your host reads that file"
        yield Way("redirect", words, {redirects: new})
    texts, rounds = _edited(links, (_unlinked(linked, text_of) for linked, _ in goals), parse, text_of)
    if texts:
        yield Way(
            "unlink", f"remove {number_of(sum(map(len, rounds)), 'link')} and keep the text", texts, rounds
        )


Edits = tuple[Linked, tuple[Edit, ...]] | None


def _relinked(links: Links) -> Callable[[tuple[Linked, Target]], Edits]:
    def edits(known: tuple[Linked, Target]) -> Edits:
        (page, link, _), goal = known
        new = relink(links.site, page, link, goal)
        if new is None or new.elsewhere:
            return None
        span = Span(page.path or "", link.start, link.end)
        return known[0], (Edit(span, as_written(new.text, link)),)

    return edits


def _unlinked(linked: Linked, text_of: Callable[[str], str | None]) -> Edits:
    """The marks around the text of an inline link; other links have no text of their own, or share their target."""
    page, link, _ = linked
    path = page.path or ""
    text = text_of(path) or ""
    inline = link.outer_start < link.text_start <= link.text_end < link.start <= link.end < link.outer_end
    if link.kind != "link" or not inline or text[link.outer_start : link.text_start] != "[":
        return None
    if not text[link.text_end : link.start].startswith("]("):
        return None
    spans = ((link.outer_start, link.text_start), (link.text_end, link.outer_end))
    return linked, tuple(Edit(Span(path, start, end), "") for start, end in spans)


def _edited(
    links: Links,
    wanted: Iterator[Edits],
    parse: Callable[[str, str], Page],
    text_of: Callable[[str], str | None],
) -> tuple[Mapping[str, str], Rounds]:
    """The pages with these edits, without those that would change more of a page; and the edits."""
    found = [_placed(links.site.pages[each[0][0].path or ""], *each) for each in wanted if each is not None]

    def besides(path: str, before: str, after: str, fixed: Sequence[Diagnostic]) -> str | None:
        return changed_besides(parse(path, before), parse(path, after), fixed)

    first = Report(tuple(found), pages=0)
    done = apply_fixes(lambda _: Report((), pages=0), text_of, same_parse=besides, first=first)
    return done.texts, done.rounds


def _placed(facts: Facts, linked: Linked, edits: tuple[Edit, ...]) -> Diagnostic:
    """Edits as those of a finding, so that they are applied as fixes are."""
    _, link, _ = linked
    placed = tuple(PlacedEdit(facts.place(edit.span.start, edit.span.end), edit.text) for edit in edits)
    place = facts.place(link.start, link.end)
    fix = PlacedFix("cure", safe=True, edits=placed)
    return Diagnostic(place, "", "cure", Severity.ERROR, f"{link.target} {link.start}", fix=fix)


def _aliased(
    links: Links, known: Sequence[tuple[Linked, Target]], text_of: Callable[[str], str | None]
) -> tuple[Mapping[str, str], int]:
    texts: dict[str, str] = {}
    done: set[tuple[str, str]] = set()
    for (_, _, target), goal in known:
        page = goal.page
        if page is None or page.path is None or is_download(target.path):
            continue
        alias = links.site.addresses.alias_of(links.site.addresses.url(target.path[1:]), page)
        text = texts.get(page.path) or text_of(page.path)
        if alias is None or text is None or (page.path, alias) in done:
            continue
        try:
            texts[page.path] = with_item(text, "aliases", alias)
        except NoEditError:
            continue
        done.add((page.path, alias))
    return texts, len(done)


def _redirects_file(links: Links) -> str:
    """The file in which a static site's host looks for redirects; '' where a template makes it."""
    addresses = links.site.addresses
    if addresses.config.multihost:
        return ""
    if "_redirects" in addresses.publication.files:
        return addresses.publication.files["_redirects"] or ""
    folder = next((m.source for m in addresses.config.mounted("static") if not m.module), "")
    return f"{folder.rstrip('/')}/_redirects" if folder else ""


def _lines(links: Links, known: Sequence[tuple[Linked, Target]]) -> tuple[str, ...]:
    """A redirect for each target, the same for all that have moved from one folder to another."""
    pairs: dict[str, str] = {}
    for (_, _, target), goal in known:
        pairs.setdefault(links.site.addresses.url(target.path[1:]), goal.url)
    folders = {_folders(old, new) for old, new in pairs.items()}
    if len(pairs) > 1 and len(folders) == 1 and "" not in (moved := next(iter(folders))):
        return (f"{moved[0]}*  {moved[1]}:splat  301",)
    return tuple(f"{old}  {new}  301" for old, new in pairs.items())


def _folders(old: str, new: str) -> tuple[str, str]:
    """The folders of two URLs that end alike; '' for others."""
    name = old.rstrip("/").rpartition("/")[2]
    if not name or new.rstrip("/").rpartition("/")[2] != name:
        return "", ""
    return old.rstrip("/").removesuffix(name), new.rstrip("/").removesuffix(name)

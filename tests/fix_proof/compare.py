"""The laws: what two builds of a site, without and with the fixes, must have in common."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple
from urllib.parse import unquote

from vitdlint.core.model import Report

from .allowed import MAKES_LIVE, MAY_CHANGE_URL, MAY_DROP_LINK, MAY_REMOVE_REPEATED, MAY_REMOVE_TEXT
from .content import Content, Link, content, words
from .fixes import Applied
from .served import Destination, Served


class Violation(NamedTuple):
    """A law that is broken."""

    law: str
    file: str
    """Of the built site; of the source where a law is about that."""
    page: str
    """For people: the source and the file."""
    before: str
    after: str
    fixes: tuple[Applied, ...] = ()
    """Those that were applied to the page: one of them did it."""

    @property
    def suspects(self) -> tuple[Applied, ...]:
        """The fixes whose lines share most words with what was broken."""
        here = set(words(f"{self.before} {self.after}"))
        shared = {fix: len(here & set(words(f"{fix.source} {fix.title}"))) for fix in self.fixes}
        most = max(shared.values(), default=0)
        return tuple(fix for fix, count in shared.items() if count == most)

    def __str__(self) -> str:
        lines = [f"{self.law}: {self.page}", f"    before: {self.before}", f"    after:  {self.after}"]
        return "\n".join([*lines, *(f"    fix:    {fix}" for fix in self.suspects[:4])])


class Pair(NamedTuple):
    """A page before and after, with what was fixed in its source."""

    file: str
    name: str
    """For people: the source, or the file if Hugo made the page by itself."""
    before: Content
    after: Content
    markup: frozenset[str]
    """The words in the tags of the page after."""
    fixes: tuple[Applied, ...]

    def broken(self, law: str, before: object, after: object) -> Violation:
        return Violation(law, self.file, self.name, str(before), str(after), self.fixes)


def compare(before: Served, after: Served, fixes_of: dict[str, tuple[Applied, ...]]) -> Iterator[Violation]:
    """Every law about the built files that is broken. `fixes_of` maps a source to the fixes that changed it."""
    for file in sorted(before.files - after.files):
        what = "alias" if file in before.redirects else "page" if file in before.heads else "file"
        yield Violation(f"{what} lost", file, file, what, "nothing")
    for file in sorted(before.files & after.files):
        if file in before.redirects:
            if before.redirects[file] != after.redirects.get(file):
                yield Violation(
                    "alias changed", file, file, before.redirects[file], after.redirects.get(file, "no alias")
                )
        elif file in before.heads and before.text(file) != after.text(file):
            old, new = before.heads[file], after.heads.get(file, {})
            if file in after.redirects:
                yield Violation("page became an alias", file, file, old["url"], after.redirects[file])
                continue
            source = old["source"]
            pair = Pair(
                file,
                f"{source} ({file})" if source else file,
                content(before.text(file)),
                content(after.text(file)),
                frozenset(re.findall(r"\w+", " ".join(re.findall(r"<[^>]*>", after.text(file))))),
                fixes_of.get(source, ()),
            )
            yield from _heads(pair, old, new)
            yield from _texts(pair)
            yield from _anchors(pair)
            yield from _links(pair, before, after)


def _heads(pair: Pair, old: dict, new: dict) -> Iterator[Violation]:
    """Title, description and terms; the title of a page that Hugo made is that of whichever page names it first."""
    for key in ("url", "kind", "lang", "source"):
        if old[key] != new.get(key):
            yield pair.broken(f"{key} changed", old[key], new.get(key))
    for key in ("title", "description") if old["source"] else ():
        yield from _words(pair, f"{key} loses text", [old[key]], [new.get(key, "")])
    urls = {t["url"] for t in new.get("terms", ())}
    for term in old["terms"]:
        if term["url"] not in urls:
            yield pair.broken("term lost", term, sorted(urls))


def _texts(pair: Pair) -> Iterator[Violation]:
    yield from _words(pair, "text lost", pair.before.blocks, pair.after.blocks)
    lost = Counter(pair.before.images) - Counter(pair.after.images)
    if len(pair.after.images) < len(pair.before.images):
        yield pair.broken("image lost", sorted(lost.elements()), f"{len(pair.after.images)} images")


def _words(pair: Pair, law: str, before: Sequence[str], after: Sequence[str]) -> Iterator[Violation]:
    """Runs of words that are gone, except what a fix of the page may remove."""
    for lost, gained, old, new in _runs(before, after):
        if not _may_be_lost(pair, lost, gained, old):
            yield pair.broken(law, old, new)


def _runs(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[str, str, str, str]]:
    """(words lost, words in their place, what is around them before, and after), the words marked by ⟦ and ⟧."""
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag in ("equal", "insert"):
            continue
        old, new = words(" ".join(before[a:b])), words(" ".join(after[c:d]))
        for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            if kind in ("delete", "replace"):
                yield " ".join(old[i:j]), " ".join(new[k:m]), _marked(old, i, j), _marked(new, k, m)


def _marked(found: list[str], start: int, end: int) -> str:
    shown = [*found[max(0, start - 12) : start], f"⟦{' '.join(found[start:end])}⟧", *found[end : end + 12]]
    return " ".join(shown)


def _may_be_lost(pair: Pair, lost: str, gained: str, old: str) -> bool:
    if lost.replace(" ", "") == gained.replace(" ", ""):
        return True  # the same text, broken into words in another way
    rules = {d.rule for d in pair.fixes}
    if rules & MAY_REMOVE_REPEATED.keys() and {*words(lost)} <= {*words(" ".join(pair.after.blocks))}:
        return True
    if any(re.fullmatch(MAY_REMOVE_TEXT[rule][0], old) for rule in rules & MAY_REMOVE_TEXT.keys()):
        return True
    return any(MAKES_LIVE[rule][0] == ".*" for rule in rules & MAKES_LIVE.keys()) and pair.markup.issuperset(
        re.findall(r"\w+", lost)
    )


def _anchors(pair: Pair) -> Iterator[Violation]:
    for lost in sorted(pair.before.ids - pair.after.ids):
        yield pair.broken(
            "heading id lost" if lost in pair.before.headings else "anchor lost", lost, "nothing"
        )


def _links(pair: Pair, before: Served, after: Served) -> Iterator[Violation]:
    """Every link that led somewhere leads there still, in the same order."""
    old = [(link, before.lead(link.href, pair.file)) for link in pair.before.links]
    new = [(link, after.lead(link.href, pair.file)) for link in pair.after.links]
    for was, now in _paired(old, new, (_itself, _likeness, _place)):
        if len(was) == len(now) == 1 and _place(was[0]) == _place(now[0]):
            yield from _same(pair, was[0], now[0])
            continue
        instead = ", ".join(f"{link.href!r} -> {to}" for link, to in now) or "no link"
        for link, to in was:
            if to.alive and not _may_be_dropped(pair, link):
                yield pair.broken("link leads elsewhere", f"{link.kind} {link.href!r} -> {to}", instead)


_Led = tuple[Link, Destination]


def _paired(
    old: Sequence[_Led], new: Sequence[_Led], keys: Sequence[Callable[[_Led], object]]
) -> Iterator[tuple[Sequence[_Led], Sequence[_Led]]]:
    """Stretches of both that belong together: links that are alike by the first key, the rest by the next …"""
    for tag, a, b, c, d in SequenceMatcher(
        None, [keys[0](x) for x in old], [keys[0](x) for x in new], autojunk=False
    ).get_opcodes():
        if tag == "equal":
            yield from (([x], [y]) for x, y in zip(old[a:b], new[c:d], strict=True))
        elif keys[1:] and a < b and c < d:
            yield from _paired(old[a:b], new[c:d], keys[1:])
        else:
            yield old[a:b], new[c:d]


def _itself(led: _Led) -> object:
    return led


def _likeness(led: _Led) -> object:
    """A link's place, and the letters of its path: most fixes change only what is around them."""
    return *_place(led), re.sub(r"\W", "", unquote(led[0].href.partition("?")[0]))


def _place(led: _Led) -> tuple[str, str, str]:
    link, to = led
    return link.kind, to.kind, to.where


def _may_be_dropped(pair: Pair, link: Link) -> bool:
    rules = {d.rule for d in pair.fixes} & MAY_DROP_LINK.keys()
    return any(re.fullmatch(MAY_DROP_LINK[rule][0], link.href) for rule in rules)


def _same(pair: Pair, old: tuple[Link, Destination], new: tuple[Link, Destination]) -> Iterator[Violation]:
    """Two links that lead to the same file or host: also to the same place there?"""
    (was, there), (now, here) = old, new
    said = f"{was.kind} {was.href!r} -> {there}", f"{now.href!r} -> {here}"
    if (there.fragment and here.fragment != there.fragment) or (here.lost and not there.lost):
        yield pair.broken("fragment lost", *said)
    if there.kind == "host" and was.href != now.href:
        rules = {d.rule for d in pair.fixes} & MAY_CHANGE_URL.keys()
        if not any(re.fullmatch(MAY_CHANGE_URL[rule][0], f"{was.href} {now.href}") for rule in rules):
            yield pair.broken("external URL changed", *said)


def new_findings(
    before: Report, after: Report, fixes_of: dict[str, tuple[Applied, ...]]
) -> Iterator[Violation]:
    """Findings that only the fixed site has, except in text that a fix made live, and those that say it in new words."""
    old = Counter((d.place.path, d.name, d.message) for d in before.diagnostics)
    new = Counter((d.place.path, d.name, d.message) for d in after.diagnostics)
    gone = Counter(key[:2] for key in (old - new).elements())
    for path, rule, message in sorted((new - old).elements()):
        if gone[path, rule]:
            gone[path, rule] -= 1
            continue
        fixes = fixes_of.get(path, ())
        if not any(re.fullmatch(MAKES_LIVE[d.rule][0], rule) for d in fixes if d.rule in MAKES_LIVE):
            yield Violation("new finding", path, path, "nothing", f"{rule}: {message}", fixes)

"""The laws: what two builds of a site, without and with the fixes, must have in common."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from vitdlint.core.model import Report

from .align import Led, aligned, led
from .allowed import (
    EVERYTHING,
    MAKES_LIVE,
    MAY_CUT_URL,
    MAY_DROP_LINK,
    MAY_JOIN_WORDS,
    MAY_REMOVE_REPEATED,
    MAY_REMOVE_TEXT,
    MAY_REMOVE_WORDS,
    MAY_REWRITE_URL,
)
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
    """The words that are no text: in the tags of the page after, and in the links and tags of the source."""
    fixes: tuple[Applied, ...]

    @property
    def rules(self) -> frozenset[str]:
        """Of the fixes."""
        return frozenset(fix.rule for fix in self.fixes)

    def broken(self, law: str, before: object, after: object) -> Violation:
        return Violation(law, self.file, self.name, str(before), str(after), self.fixes)


def compare(before: Served, after: Served, fixes_of: dict[str, tuple[Applied, ...]]) -> Iterator[Violation]:
    """Every law about the built files that is broken. `fixes_of` maps a source to the fixes that changed it."""
    for file in sorted(before.files - after.files):
        what = "alias" if file in before.redirects else "page" if file in before.heads else "file"
        yield Violation(f"{what} lost", file, file, what, "nothing")
    both = before.files & after.files
    claimed_twice = {f for f in both if _owner(before, f) != _owner(after, f)}
    before.unsure = after.unsure = before.mixed | after.mixed | claimed_twice
    for file in sorted(both & before.redirects.keys() & after.redirects.keys()):
        if (
            not after.lead(before.redirects[file], file).alive
            and before.lead(before.redirects[file], file).alive
        ):
            yield Violation("alias changed", file, file, before.redirects[file], after.redirects[file])
    for file in sorted(both - before.unsure):
        if file in before.heads and before.text(file) != after.text(file):
            old, new = before.heads[file], after.heads[file]
            source = old["source"]
            pair = Pair(
                file,
                f"{source} ({file})" if source else file,
                content(before.text(file)),
                content(after.text(file)),
                _markup(after.text(file), fixes_of.get(source, ())),
                fixes_of.get(source, ()),
            )
            yield from _heads(pair, old, new)
            yield from _texts(pair)
            yield from _anchors(pair)
            yield from _links(pair, before, after)


def _owner(served: Served, file: str) -> object:
    """The source of a page; where an alias leads: a fix that is safe changes neither."""
    return served.redirects.get(file), served.heads.get(file, {}).get("source")


def _markup(html: str, fixes: tuple[Applied, ...]) -> frozenset[str]:
    source = "\n".join(fix.source for fix in fixes)
    tags, addresses = re.findall(r"<[^>]*>", f"{html}\n{source}"), re.findall(r"\]\(\S*|\]\[[^]]*", source)
    return frozenset(words(" ".join([*tags, *addresses])))


def _heads(pair: Pair, old: dict, new: dict) -> Iterator[Violation]:
    """Title, description and terms; the title of a page that Hugo made is that of whichever page names it first."""
    for key in ("url", "kind", "lang"):
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
    repeated = pair.rules & MAY_REMOVE_REPEATED.keys() and lost.keys() <= {*pair.after.images}
    if len(pair.after.images) < len(pair.before.images) and not repeated:
        yield pair.broken("image lost", sorted(lost.elements()), f"{len(pair.after.images)} images")


def _words(pair: Pair, law: str, before: Sequence[str], after: Sequence[str]) -> Iterator[Violation]:
    """Runs of words that are gone, except what a fix of the page may remove."""
    for a, b, c, d in _unlike(before, after):
        old, new = words(" ".join(before[a:b])), words(" ".join(after[c:d]))
        for i, j, k, m in _unlike(old, new):
            if i < j and not _may_be_lost(pair, old, i, j, "".join(new[k:m])):
                yield pair.broken(law, _marked(old, i, j), _marked(new, k, m))


def _unlike(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """The stretches in which two sequences differ."""
    for tag, *stretch in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield tuple(stretch)  # type: ignore[misc]  # of four


def _marked(found: list[str], start: int, end: int) -> str:
    shown = [*found[max(0, start - 12) : start], f"⟦{' '.join(found[start:end])}⟧", *found[end : end + 12]]
    return " ".join(shown)


def _may_be_lost(pair: Pair, old: list[str], start: int, end: int, gained: str) -> bool:
    """Whether the fixes of the page explain why these words are gone."""
    lost = old[start:end]
    letters = iter(gained)
    if len(gained) <= 2 * len("".join(lost)) + 4 and all(letter in letters for letter in "".join(lost)):
        return True  # the same text, broken into words in another way, and perhaps a little more
    rules, excused = pair.rules, set[str]()
    for rule in rules & MAY_REMOVE_WORDS.keys():
        excused.update(MAY_REMOVE_WORDS[rule][0])
    if rules & MAY_JOIN_WORDS.keys():
        excused.update(word for word in lost if word in gained)
    if rules & MAY_REMOVE_REPEATED.keys():
        excused.update(words(" ".join(pair.after.blocks)))
    if any(MAKES_LIVE[rule][0] == EVERYTHING for rule in rules & MAKES_LIVE.keys()):
        excused.update(pair.markup, (word for word in lost if not word.isalnum() or word in gained))
        had, has = (Counter(words(" ".join(page.blocks))) for page in (pair.before, pair.after))
        excused.update(word for word in lost if has[word] >= had[word])
    if all(word in excused for word in lost):
        return True
    rest = [n for n in range(start, end) if old[n] not in excused]
    spans = [(i, j) for i in range(start, rest[0] + 1) for j in range(rest[-1] + 1, end + 1)]
    patterns = [MAY_REMOVE_TEXT[rule][0] for rule in rules & MAY_REMOVE_TEXT.keys()]
    return any(re.fullmatch(pattern, _marked(old, *span)) for span in spans for pattern in patterns)


def _anchors(pair: Pair) -> Iterator[Violation]:
    for lost in sorted(pair.before.ids - pair.after.ids):
        law = "heading id lost" if lost in pair.before.headings else "anchor lost"
        yield pair.broken(law, lost, "nothing")


def _links(pair: Pair, before: Served, after: Served) -> Iterator[Violation]:
    """Every link that led somewhere leads there still, in the same order."""
    kept = [link for link in pair.before.links if not _may_be_dropped(pair, link)]
    old = [led(link, _lead(before, link, pair.file)) for link in kept]
    new = [led(link, _lead(after, link, pair.file)) for link in pair.after.links]
    for was, now in aligned(old, new):
        if len(was) == len(now) == 1 and was[0].place == now[0].place:
            yield from _same(pair, was[0], now[0], new)
            continue
        for one in was:
            if one.to.alive:
                yield pair.broken("link leads elsewhere", one, ", ".join(map(str, now)) or "no link")


def _lead(served: Served, link: Link, file: str) -> Destination:
    """Where a link leads; on a page in a further output format, any format of a page is that page.

    There, Hugo's own render hooks choose the format by whether the page has a table.
    """
    to, head = served.lead(link.href, file), served.heads[file]
    if head["first"] != head["url"] and to.where in served.heads:
        return to._replace(where=served.heads[to.where]["first"])
    return to


def _may_be_dropped(pair: Pair, link: Link) -> bool:
    if pair.rules & MAY_REMOVE_REPEATED.keys() and link in pair.after.links:
        return True
    return any(re.fullmatch(MAY_DROP_LINK[rule][0], link.href) for rule in pair.rules & MAY_DROP_LINK.keys())


def _same(pair: Pair, old: Led, new: Led, all_new: Sequence[Led]) -> Iterator[Violation]:
    """Two links that lead to the same file or host: also to the same place there?"""
    there, here = old.to, new.to
    if (there.fragment and here.fragment != there.fragment) or (here.lost and not there.lost):
        yield pair.broken("fragment lost", old, new)
    was, now = old.link.href, new.link.href
    # It may have been aligned with a link that is new.
    candidates = [one.link.href for one in all_new if one.place == old.place]
    changed = there.kind == "host" and was != now
    if changed and not any(_may_be_rewritten(pair, was, one) for one in candidates):
        yield pair.broken("external URL changed", old, new)


def _may_be_rewritten(pair: Pair, was: str, now: str) -> bool:
    """Whether the addresses are the same but for what the fixes of the page cut out, or one becomes the other."""
    whole = [MAY_REWRITE_URL[rule][0] for rule in pair.rules & MAY_REWRITE_URL.keys()]
    if any(re.fullmatch(pattern, f"{was} {now}") for pattern in whole):
        return True
    patterns = [MAY_CUT_URL[rule][0] for rule in sorted(pair.rules & MAY_CUT_URL.keys())]
    return _without(was, patterns) == _without(now, patterns)


def _without(url: str, patterns: Sequence[str]) -> str:
    """What is left after cutting as often as there is something to cut."""
    cut = url
    for pattern in patterns:
        cut = re.sub(pattern, "", cut)
    return cut if cut == url else _without(cut, patterns)


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

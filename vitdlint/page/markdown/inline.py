"""The inline content of one block, read as goldmark reads it: from left to right, with delimiters settled last.

This is the reference for what is a link, emphasis, code or a raw tag within a paragraph, and where it is.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, field

from ...core.lazy_re import lazy_re
from ...hugo.markup import Markup
from . import linkify
from .characters import escaped, is_punctuation
from .delimiters import Run, matched, run_at
from .links import TITLE, destination, normalized_label
from .parts import Inline, Span
from .typographer import Marks

_SPECIAL = r"[\\`*_~\[\]!<\n]"
_SPACES = re.compile(r"[ \t\n]*")
_BREAK = lazy_re(r"[ \t]*\n[ \t]*")
_TICKS = re.compile(r"`+")
_AUTOLINK = lazy_re(r"<[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\x00-\x20<>\x7f]*>")
_MAIL = lazy_re(
    r"<[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
    r"(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*>"
)
_ATTRIBUTE = (
    r"""[\n \t]+[a-zA-Z_:][a-zA-Z0-9:._-]*(?:[\n \t]*=[\n \t]*(?:[^"'=<>`\x00-\x20]+|'[^']*'|"[^"]*"))?"""
)
_HTML = lazy_re(
    rf"<(?:[A-Za-z][A-Za-z0-9-]*(?:{_ATTRIBUTE})*[\n \t]*/?>|/[A-Za-z][A-Za-z0-9-]*[\n \t]*>"
    r"|!--(?:-?>|(?s:.)*?-->)|\?(?s:.)*?\?>|![A-Z](?s:.)*?>|!\[CDATA\[(?s:.)*?\]\]>)"
)
_LABEL = lazy_re(r"\[((?:[^\[\]\\]|\\(?s:.))*)\]")
_FOOTNOTE = lazy_re(r"\^((?:[^\[\]\\]|\\(?s:.))+)\]")
_LABEL_LIMIT = 999  # CommonMark 0.31, section 4.7


@dataclass(slots=True)
class _Bracket:
    """A `[` or `![` that may become a link."""

    start: int
    text: int
    image: bool
    runs: int
    """How many delimiter runs came before it."""


@dataclass(slots=True)
class Found:
    """What the content of a block consists of, in offsets of that content."""

    inlines: list[Inline] = field(default_factory=list)
    hidden: list[Span] = field(default_factory=list)
    """What is not text: syntax, code, tags, targets, line breaks."""


def read(
    content: str,
    page: Callable[[int], int],
    references: Mapping[str, Span],
    footnotes: Container[str],
    markup: Markup,
) -> Found:
    """The constructs of the inline `content`.

    Targets are offsets in the page already: `page` says where in it an offset of the content is, and
    `references` where each reference's destination is.
    """
    reader = _Reader(content, page, references, footnotes, markup)
    reader.run()
    reader.found.inlines.sort(key=lambda inline: (inline.start, -inline.end))
    reader.found.hidden.sort()
    return reader.found


class _Reader:
    def __init__(
        self,
        content: str,
        page: Callable[[int], int],
        references: Mapping[str, Span],
        footnotes: Container[str],
        markup: Markup,
    ) -> None:
        self.content = content
        self.page = page
        self.references = references
        self.footnotes = footnotes
        self.markup = markup
        self.found = Found()
        self.runs: list[Run] = []
        self.brackets: list[_Bracket] = []
        self.last_link = -1
        """Where the latest link began: brackets before it can only become images."""
        self.fresh = 0
        """Just after the last construct, or at the start of a line: a bare link may begin here."""
        self.ticks: dict[int, list[int]] = {}
        """Where runs of how many backquotes begin."""
        self.marks: Marks | None = None
        self.skip: dict[int, int] = {}
        """From where to where there is no text, for the typographer."""
        self.pointless = 0
        """Up to here there is no `>` in the line."""
        self.unclosed: set[str] = set()
        """Closers that were looked for in vain, and need not be again."""

    def run(self) -> None:
        content = self.content
        candidates = linkify.candidates(content, lambda _: True) if self.markup.linkify else iter(())
        candidate = next(candidates, None)
        position, length = 0, len(content)
        openers = (re.escape(opener) for opener, _ in self.markup.passthrough)
        pattern = re.compile("|".join([*openers, _SPECIAL]))
        stop = -1
        while position < length:
            if stop < position:
                special = pattern.search(content, position)
                stop = length if special is None else special.start()
            while candidate is not None and candidate[0] < position:
                candidate = next(candidates, None)
            if candidate is not None and candidate[0] <= stop:
                end = self._bare(*candidate)
                if end is None:
                    candidate = next(candidates, None)
                else:
                    position = end
                continue
            if stop == length:
                break
            position = self._special(stop)
        self._settle(0)

    def _hide(self, start: int, end: int) -> None:
        if end > start:
            self.found.hidden.append((start, end))

    def _add(
        self, kind: str, start: int, end: int, inner_start: int, inner_end: int, target: Span = (0, 0)
    ) -> int:
        self.found.inlines.append(Inline(kind, start, end, inner_start, inner_end, target))
        self.fresh = end
        self.skip[inner_end if kind in {"link", "image"} else start] = end
        return end

    def _special(self, at: int) -> int:
        """Read what begins at the special character, and say where to go on."""
        content = self.content
        character = content[at]
        for opener, closer in self.markup.passthrough:
            if (
                content.startswith(opener, at)
                and (passed := self._passthrough(at + len(opener), closer)) is not None
            ):
                self._hide(at, passed)
                return self._add("passthrough", at, passed, at + len(opener), passed - len(closer))
        if character == "\\":
            return self._escape(at)
        if character == "\n":
            start = at
            while start > 0 and content[start - 1] in " \t":
                start -= 1
            end = _BREAK.match(content, at)
            self.fresh = at + 1 if end is None else end.end()
            self._hide(start, self.fresh)
            return self.fresh
        if character == "`":
            return self._code(at)
        if character == "<":
            return self._angle(at)
        if character == "[":
            return self._open(at, at + 1, image=False)
        if character == "!":
            return self._open(at, at + 2, image=True) if content.startswith("[", at + 1) else at + 1
        if character == "]":
            return self._close(at)
        return self._run(at) if character in "*_~" else at + 1

    def _passthrough(self, start: int, closer: str) -> int | None:
        """Where what goldmark passes through ends, if the closer follows."""
        end = -1 if closer in self.unclosed else self.content.find(closer, start)
        if end < 0:
            self.unclosed.add(closer)
            return None
        return end + len(closer) if end > start else None

    def _escape(self, at: int) -> int:
        following = self.content[at + 1 : at + 2]
        if following == "\n":
            self._hide(at, at + 1)
            return at + 1
        if following and following < "\x80" and is_punctuation(following):
            self._hide(at, at + 1)
            return at + 2
        return at + 1

    def _code(self, at: int) -> int:
        content = self.content
        if not self.ticks:
            for run in _TICKS.finditer(content):
                self.ticks.setdefault(run.end() - run.start(), []).append(run.start())
        inner = at + 1
        while content.startswith("`", inner):
            inner += 1
        width = inner - at
        runs = self.ticks.get(width, [])
        index = bisect_right(runs, at)
        if index < len(runs):
            end = runs[index] + width
            self._hide(at, end)
            return self._add("code", at, end, inner, runs[index])
        self.fresh = inner
        return inner

    def _angle(self, at: int) -> int:
        content = self.content
        for pattern in (_MAIL, _AUTOLINK):
            if (match := pattern.match(content, at)) is not None:
                self._hide(*match.span())
                inner = (at + 1, match.end() - 1)
                return self._add("autolink", at, match.end(), *inner, inner)
        if not self._endless(at) and (match := _HTML.match(content, at)) is not None:
            self._hide(*match.span())
            return self._add("html", *match.span(), *match.span())
        if self.markup.typographer and content.startswith("<<", at):
            self.fresh = at + 2  # one typographic mark: the second one opens no tag
            return self.fresh
        return at + 1

    def _endless(self, at: int) -> bool:
        """Whether a comment or the like begins that never ends; each kind is looked for once only."""
        content = self.content
        for opener, closer in (("<!--", "-->"), ("<?", "?>"), ("<![CDATA[", "]]>"), ("<!", ">")):
            if content.startswith(opener, at):
                if closer in self.unclosed:
                    return True
                if content.find(closer, at + 2) < 0:
                    self.unclosed.add(closer)
                    return True
                return False
        return False

    def _open(self, start: int, text: int, *, image: bool) -> int:
        content = self.content
        if (
            self.footnotes
            and (label := _FOOTNOTE.match(content, text)) is not None
            and label[1] in self.footnotes
        ):
            self._hide(text - 1, label.end())
            return self._add("footnote", text - 1, label.end(), *label.span(1))
        self.brackets.append(_Bracket(start, text, image, len(self.runs)))
        self.fresh = text
        return text

    def _close(self, at: int) -> int:
        if not self.brackets:
            return at + 1
        bracket = self.brackets.pop()
        if not bracket.image and self.last_link > bracket.start:
            return at + 1
        content = self.content
        after = at + 1
        result: tuple[int, Span] | None = None
        if content.startswith("(", after):
            result = self._inline_target(after + 1)
        elif (label := _LABEL.match(content, after)) is not None:
            text = label[1] if label[1].strip() else content[bracket.text : at]
            target = self._reference(text)
            if target is None:
                return at + 1
            result = label.end(), target
        if result is None:
            target = self._reference(content[bracket.text : at])
            if target is None:
                return at + 1
            result = after, target
        end, target = result
        self._settle(bracket.runs)
        self._hide(bracket.start, bracket.text)
        self._hide(at, end)
        if not bracket.image:
            self.last_link = bracket.start
        kind = "image" if bracket.image else "link"
        return self._add(kind, bracket.start, end, bracket.text, at, target)

    def _reference(self, label: str) -> Span | None:
        if not self.references or len(label) > _LABEL_LIMIT:
            return None
        return self.references.get(normalized_label(label))

    def _inline_target(self, position: int) -> tuple[int, Span] | None:
        """Where the link whose `(` has just been read ends, and its destination."""
        content = self.content
        position = _skip(content, position)
        if content.startswith(")", position):
            return position + 1, self._span_in_page((position, position))
        line_end = content.find("\n", position)
        line_end = len(content) if line_end < 0 else line_end
        if content.startswith("<", position) and position < self.pointless:
            return None
        target = destination(content, position, line_end)
        if target is None:
            if content.find(">", position, line_end) < 0:
                self.pointless = line_end
            return None
        end = target[1] + (target[0] > position)
        position = _skip(content, end)
        if content.startswith(")", position):
            return position + 1, self._span_in_page(target)
        title = TITLE.match(content, position)
        if title is None:
            return None
        position = _skip(content, title.end())
        return (position + 1, self._span_in_page(target)) if content.startswith(")", position) else None

    def _span_in_page(self, span: Span) -> Span:
        start = self.page(span[0])
        return start, start + span[1] - span[0]

    def _run(self, at: int) -> int:
        """A run of delimiters."""
        content = self.content
        character = content[at]
        end = at + 1
        while end < len(content) and content[end] == character:
            end += 1
        if character == "~" and (not self.markup.strikethrough or end - at > 2):
            return end
        self.runs.append(run_at(content, at, end))
        self.fresh = end
        return end

    def _settle(self, bottom: int) -> None:
        """Match the delimiter runs from the number `bottom` on, and forget them."""
        for inline in matched(self.runs[bottom:]):
            self.found.inlines.append(inline)
            self._hide(inline.start, inline.inner_start)
            self._hide(inline.inner_end, inline.end)
        del self.runs[bottom:]

    def _bare(self, at: int, stop: int) -> int | None:
        """Where to go on after the bare link that is there, if goldmark sees it."""
        if self.brackets or not self._looks(at):
            return None
        self._hide(at, stop)
        return self._add("bare", at, stop, at, stop, (at, stop))

    def _looks(self, at: int) -> bool:
        """Whether goldmark looks for a bare link at this place."""
        if at == self.fresh:
            return True
        content = self.content
        before = content[at - 1]
        if before == " ":
            return True
        if before in "(~*_":
            return not escaped(content, at - 1)
        if not self.markup.typographer or before not in "'\"-.<>":
            return False
        if self.marks is None:
            self.marks = Marks(content, 0, self.skip)
        self.marks.advance(at)
        return at in self.marks.ends


def _skip(content: str, position: int) -> int:
    match = _SPACES.match(content, position)
    return position if match is None else match.end()

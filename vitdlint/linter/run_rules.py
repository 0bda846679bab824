"""Run rules on a subject, and give what they find its rule, its severity and its lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from ..core.model import (
    Diagnostic,
    Finding,
    NotChecked,
    Place,
    PlacedEdit,
    PlacedFix,
    PlacedRelated,
    Severity,
    Span,
)
from ..core.rule import RAISED, AnyRule
from ..files.tree import Tree
from ..page.page import Facts, Page, place
from ..page.read import line_starts
from ..rules.support.run_facts import Crash
from .config import Active, Config


def rules_on(config: Config, subject: type[Any]) -> tuple[Active, ...]:
    """The active rules that check such a subject."""
    return tuple(a for a in config.active if a.rule.on is subject)


def run(
    active: Sequence[Active], subject: Any, placer: Callable[..., Place], crashes: list[Crash]
) -> Iterator[Diagnostic]:
    """Every active rule on one subject; a rule that raises is noted, and the others go on.

    Of what one rule finds on one page no more is placed than RAISED.
    """
    counts: Counter[tuple[str, str]] = Counter()
    for each in active:
        rule = each.rule
        try:
            for finding in rule.check(subject, each.options):
                counts[rule.name, finding.span.path] += 1
                if counts[rule.name, finding.span.path] > RAISED:
                    if isinstance(subject, Page):
                        break
                    continue
                yield placed(finding, rule, each.severity or finding.severity or rule.severity, placer)
        except (KeyboardInterrupt, GeneratorExit):
            raise
        except BaseException as error:  # noqa: BLE001  # here the unexpected becomes a report; a rule may end the program
            crashes.append(_crash(subject, rule, error))


def not_checked_by(active: Sequence[Active], subject: Any, crashes: list[Crash]) -> tuple[NotChecked, ...]:
    """What a subject says that it could not check for its rules; nothing where one of them has raised."""
    if not active or any(crash.rule == a.rule.name for crash in crashes for a in active):
        return ()
    try:
        found: tuple[NotChecked, ...] = subject.not_checked
    except (Exception, SystemExit) as error:  # noqa: BLE001  # as above
        crashes.append(_crash(subject, active[0].rule, error))
        return ()
    return found


def _crash(subject: Any, rule: AnyRule, error: BaseException) -> Crash:
    path = subject.path if isinstance(subject, Page) else ""
    return Crash(path, rule.name, f"{type(error).__name__}: {error}{_where(error, rule)}")


def placed(finding: Finding, rule: AnyRule, severity: Severity, placer: Callable[..., Place]) -> Diagnostic:
    """A finding with its rule, its severity, and every span turned into lines and columns."""
    fix = None
    if finding.fix is not None:
        edits = tuple(PlacedEdit(_place(placer, e.span), e.text) for e in finding.fix.edits)
        fix = PlacedFix(finding.fix.title, finding.fix.safe, edits, finding.fix.reshapes)
    related = tuple(PlacedRelated(_place(placer, r.span), r.message) for r in finding.related)
    where = _place(placer, finding.span)
    return Diagnostic(
        where,
        rule.code,
        rule.name,
        severity,
        finding.message,
        finding.help,
        fix,
        related,
        finding.cause,
        rule.of_page,
        finding.meant,
        fails_build=rule.fails_build and not finding.builds,
    )


def _place(placer: Callable[..., Place], span: Span) -> Place:
    # A page's own placer takes offsets, the site's takes spans: one page needs no lookup by path.
    return placer(span) if isinstance(placer, Placer) else placer(span.start, span.end)


class Placer:
    """Lines and columns for spans of any file of the site; files that are no pages are read when asked for."""

    def __init__(self, facts: Mapping[str, Facts], tree: Tree) -> None:
        self._facts = facts
        self._tree = tree

    def __call__(self, span: Span) -> Place:
        """The place of a span."""
        facts = self._facts.get(span.path)
        if facts is not None:
            return facts.place(span.start, span.end)
        if span.end == 0:
            return place(span.path, [0], 0, 0)  # the file as a whole, which may be large
        try:
            lines: Any = line_starts(self._tree.read(span.path).decode("utf-8", "replace"))
        except OSError:
            lines = [0]
        return place(span.path, lines, span.start, span.end)


def _where(error: BaseException, rule: AnyRule) -> str:
    """The innermost line of a traceback that is the rule's own, else where its check begins (one that yields no findings)."""
    from traceback import walk_tb  # a rule that fails is rare

    code = rule.check.__code__
    lines = [
        line for frame, line in walk_tb(error.__traceback__) if frame.f_code.co_filename == code.co_filename
    ]
    return f" ({code.co_filename.rpartition('/')[2]}:{(lines or [code.co_firstlineno])[-1]})"

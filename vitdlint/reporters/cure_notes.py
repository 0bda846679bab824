"""What the findings of a cause have in common, and how to cure it, as notes below a finding."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from ..core.number_of import number_of
from ..core.visible import visible
from ..linter.causes import Cause
from ..linter.cures import cures
from . import Context
from .paint import Paint


def notes(cause: Cause, context: Context, paint: Paint, indent: str, where: str = "") -> Iterator[str]:
    """Lines, each ended; those to paste are never wrapped. The sample's own help where no cure is known.

    `where` is the folder that nearly all of the findings are in, if that says something.
    """
    count = len(cause.diagnostics)
    if cause.links:
        common = f"{count:,} of the {cause.links:,} links to {cause.label}; {cause.targets:,} targets"
        yield from _note(f"one cause: {common}", context, indent)
    elif cause.kind in ("family", "host"):
        yield from _note(f"one cause: {cause.label}; {cause.targets:,} targets", context, indent)
    elif cause.kind == "wording" and cause.targets:
        yield from _note(f"{cause.targets:,} different targets", context, indent)
    if where:
        there = sum(diagnostic.place.path.startswith(where) for diagnostic in cause.diagnostics)
        share = "all" if there == count else f"{there:,} of {count:,}"
        yield from _note(f"{share} in {context.shown(where.rstrip('/'))}/", context, indent)
    offered = cures(cause, context.any_rule, context.today)
    for cure in offered:
        advice = f"{cure.advice} (settles {number_of(cure.findings, 'finding')}):"
        yield from _note(advice, context, indent, paint("help", "cure"))
        yield from (f"{indent}      {visible(line)}\n" for line in cure.paste)
    if not offered and cause.sample.help and cause.kind != "others":
        yield from _note(cause.sample.help, context, indent, paint("help", "help"))


def _note(text: str, context: Context, indent: str, label: str = "") -> Iterator[str]:
    width = max(20, context.width - len(indent) - 8)
    lines = wrap(visible(text), width, break_on_hyphens=False, break_long_words=False)
    for number, line in enumerate(lines):
        begin = f"= {label}: " if label else "= "
        yield f"{indent}{begin if number == 0 else '  '}{line}\n"

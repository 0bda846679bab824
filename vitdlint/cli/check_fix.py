"""`check --fix` and `--diff`: new texts, written whole or not at all, or printed as a patch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from ..core.model import Diagnostic, Exit, Report
from ..core.terminal import earned, write_bytes
from ..edits.fix import Fixed, apply_fixes, diff
from ..edits.follow import followed
from ..edits.same_page import changed_besides
from ..edits.transaction import Change
from ..files.find_site import repository_root
from ..files.tree import digest_of
from ..linter.rounds import Rounds
from ..site.site import Site
from .check_baseline import Baseline, write_with
from .check_task import Found, Task

_RULES = 8
"""So many rules are named in the sentence about what was fixed."""


def fix(task: Task) -> Found:
    """Write the fixes, of recorded findings too, and what is recorded of them; what is found afterwards."""
    fixed = _fixed(task)
    return fixed.found._replace(done=_write(task, fixed))


def print_patch(task: Task) -> Exit:
    """Print what `fix` would write as a patch for `git apply`, byte for byte."""
    fixed = _fixed(task)
    root = task.located.root
    top = repository_root(root) or root
    prefix = f"{root.relative_to(top)}/" if root != top else ""
    task.note(*fixed.found.report.notes)
    texts = fixed.result.texts
    code = Exit.FOUND if texts and not task.options.exit_zero else Exit.CLEAN
    earned(code)
    write_bytes(diff(texts, lambda p: fixed.original[p].decode("utf-8"), lambda p: f"{prefix}{p}"))
    if fixed.result.applied:
        flags = "--fix --unsafe-fixes" if task.options.unsafe_fixes else "--fix"
        task.note(f"{flags} would fix {_counted(fixed.result.applied, len(texts))}")
    return code


class _FixedSite(NamedTuple):
    result: Fixed
    original: Mapping[str, bytes]
    """The bytes that each changed file had."""
    found: Found
    """In the new texts, without what the baseline has then."""
    baseline: Baseline | None
    """As the fixes change it; None where it stays."""


def _fixed(task: Task) -> _FixedSite:
    """What the fixes make of the site."""
    session = task.session()
    first = session.check()
    task.require_pages(first)
    read = task.located.tree.read
    original: dict[str, bytes] = {}

    def text_of(path: str) -> str | None:
        try:
            data = original[path] if path in original else read(path)
            text = data.decode("utf-8")
        except (OSError, UnicodeDecodeError):
            return None
        facts = first.site.pages.get(path)
        if facts is not None and facts.digest != digest_of(data):
            return None  # changed since it was checked: the places of its findings mean nothing any more
        original[path] = data
        return text

    rounds = Rounds(session, first)

    def report(texts: Mapping[str, str]) -> Report:
        return rounds.check(texts).narrow(task.covers)

    def moved(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
        was = _addresses(rounds.check(before).site)
        return sorted(was - _addresses(rounds.check(after).site))

    def besides(path: str, before: str, after: str, found: Sequence[Diagnostic]) -> str | None:
        if path not in first.site.pages:
            return None
        names = first.names[path]
        new = session.parse(path, after, names[0])
        if len(names) == 1:  # else it may have several schemas
            rounds.note(session.result(new, names[0]))
        return changed_besides(session.parse(path, before), new, found)

    result = apply_fixes(
        report, text_of, unsafe=task.options.unsafe_fixes, same_parse=besides, same_urls=moved
    )
    read_after = session.overlay(result.texts).read
    after = rounds.check(result.texts)._replace(notes=first.notes, fail_on=first.fail_on)
    baseline = task.baseline
    if baseline is not None and result.texts:
        baseline = baseline.after_fixes(
            first.report.diagnostics,
            after.report.diagnostics,
            task.text_of(read),
            task.text_of(read_after),
            partial(followed, rounds=result.rounds),
        )
        task = task._replace(baseline=baseline)
    found = task.found(after, read_after)
    return _FixedSite(result, original, found, baseline if result.texts else None)


def _write(task: Task, fixed: _FixedSite) -> str:
    """Write the new texts, and say what was left alone and why; the sentence about what was done."""
    result = fixed.result
    root = task.located.root
    groups = [
        [
            Change(Path(root, path), fixed.original[path], result.texts[path].encode("utf-8"))
            for path in sorted(unit)
        ]
        for unit in result.units
    ]
    change = fixed.baseline.change() if fixed.baseline is not None else None
    written = write_with(root, groups, change)
    kept = "it was left alone" if written.paths else "nothing was written; run again"
    task.warn(*(f"{path}: changed meanwhile, so {kept}" for path in written.changed_meanwhile))
    for refused in result.refused:
        place = refused.diagnostic.place
        task.warn(f"{place.path}:{place.line}: {refused.diagnostic.name} was not fixed: {refused.reason}")
    if not result.settled:
        task.warn("not settled after eight rounds; run again, and report it if that never ends")
    return f"fixed {_counted(result.applied, len(written.paths))}" if result.applied else ""


def _counted(applied: Sequence[Diagnostic], files: int) -> str:
    """`3 findings in 2 files: 2 prose-link, 1 bad-host`."""
    rules = Counter(diagnostic.name for diagnostic in applied)
    ranked = sorted(rules.items(), key=lambda item: (-item[1], item[0]))
    shown = [f"{count:,} {name}" for name, count in ranked[:_RULES]]
    if others := ranked[_RULES:]:
        shown.append(f"{sum(count for _, count in others):,} of {len(others):,} other rules")
    total = len(applied)
    return f"{total:,} finding{'s' * (total != 1)} in {files:,} file{'s' * (files != 1)}: {', '.join(shown)}"


def _addresses(site: Site) -> set[str]:
    """Every URL, alias, term URL and anchor that a link from elsewhere may use."""
    found = set(site.addresses.sources)
    for output in site.addresses.publication.outputs:
        if (
            output.state != "shadowed"
        ):  # a page that is not published yet, or by a theme that is elsewhere, counts too
            found.add(output.url)
            facts = site.facts(output)
            if facts is not None:
                found.update(f"{output.url}#{anchor.id}" for anchor in facts.anchors)
    return found

"""`check --fix`, `--diff` and `--add-suppressions`: new texts, written whole or not at all."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from ..core.errors import UsageError
from ..core.model import Diagnostic, Outcome, Report
from ..edits.fix import Mended, diff, mend
from ..edits.same_page import mended as changed_besides
from ..edits.transaction import Change, Written, write
from ..files.tree import digest_of
from ..linter.pipeline import page_settings
from ..linter.session import Session
from ..page.page import Page
from ..page.read import read_page
from ..site.site import Site


def mended(
    session: Session, first: Outcome, covers: Callable[[str], bool], *, unsafe: bool
) -> tuple[Mended, dict[str, bytes]]:
    """What the fixes of the covered findings make of the site, and the bytes that each file had."""
    read = session.project.located.tree.read
    original: dict[str, bytes] = {}

    def text_of(path: str) -> str | None:
        try:
            data = original[path] if path in original else read(path)
            text = data.decode("utf-8")
        except (OSError, UnicodeDecodeError):
            return None
        facts = first.site.pages.get(path)
        if facts is not None and facts.digest != digest_of(data):
            return None  # changed since it was judged: the places of its findings mean nothing any more
        original[path] = data
        return text

    last: tuple[Mapping[str, str], Outcome] = ({}, first)

    def judge(texts: Mapping[str, str]) -> Outcome:
        nonlocal last
        if texts != last[0]:
            last = (dict(texts), session.overlaid(texts))
        return last[1]

    def moved(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
        gone = _addresses(judge(before).site) - _addresses(judge(after).site)
        return sorted(gone)

    own = session.project
    settings = page_settings(own.hugo, own.config, own.located.tree, reference=session.reference)

    def parse(path: str, text: str) -> Page:
        return read_page(path, text.encode("utf-8", "surrogatepass"), settings, None)

    def besides(path: str, before: str, after: str, found: Sequence[Diagnostic]) -> str | None:
        if path not in first.site.pages:
            return None
        return changed_besides(parse(path, before), parse(path, after), found)

    result = mend(
        lambda texts: judge(texts).narrow(covers),
        text_of,
        unsafe=unsafe,
        same_parse=besides,
        same_urls=moved,
        first=first.narrow(covers),
    )
    return result, original


def write_mended(session: Session, result: Mended, original: Mapping[str, bytes]) -> Report:
    """Write the new texts and say what was done, and what was left alone and why."""
    root = session.project.located.root
    written: Written = write(
        root,
        [
            [
                Change(Path(root, path), original[path], result.texts[path].encode("utf-8"))
                for path in sorted(unit)
            ]
            for unit in result.units
        ],
    )
    if result.applied:
        fixes = len(result.applied)
        files = len(written.paths)
        sys.stderr.write(
            f"vitdlint: {fixes:,} finding{'s' * (fixes != 1)} mended in {files:,} file{'s' * (files != 1)}\n"
        )
    for path in written.changed_meanwhile:
        sys.stderr.write(f"vitdlint: {path}: changed meanwhile, so it was left alone\n")
    for refused in result.refused:
        place = refused.diagnostic.place
        sys.stderr.write(
            f"vitdlint: {place.path}:{place.line}: {refused.diagnostic.name} was not mended: {refused.reason}\n"
        )
    if not result.settled:
        sys.stderr.write(
            "vitdlint: not settled after eight rounds; run again, and report it if that never ends\n"
        )
    return result.report


def print_patch(session: Session, result: Mended, original: Mapping[str, bytes]) -> None:
    """The change as a patch for `git apply`, on standard output, byte for byte."""
    root = session.project.located.root
    top = next((f for f in (root, *root.parents) if (f / ".git").exists()), root)
    prefix = f"{root.relative_to(top)}/" if root != top else ""
    sys.stdout.flush()
    for piece in diff(result.texts, lambda p: original[p].decode("utf-8"), lambda p: f"{prefix}{p}"):
        sys.stdout.buffer.write(piece.encode("utf-8"))
    sys.stdout.buffer.flush()


def _addresses(site: Site | None) -> set[str]:
    """Every URL, alias, term URL and anchor that a link from elsewhere may use."""
    if site is None:
        raise UsageError("a recalled report cannot be mended")
    found = set(site.addresses.sources)
    for output in site.addresses.publication.outputs:
        if output.state == "published":
            found.add(output.url)
            facts = site.facts(output)
            if facts is not None:
                found.update(f"{output.url}#{anchor.id}" for anchor in facts.anchors)
    return found

"""`vitdlint cure TARGET`: the ways to end the dead links to one target or family, and the chosen one written."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from shlex import quote

from ..core import terminal
from ..core.clock import current_time
from ..core.errors import UsageError
from ..core.model import Exit
from ..edits.cure import Way, dead_links, ways
from ..edits.fix import diff
from ..edits.toml_file import with_settings
from ..edits.transaction import Change, recover
from ..files.find_site import locate, repository_root, shown
from ..linter.run_settings import RunSettings
from ..linter.session import Session, open_session
from ..site.links import Links
from .check_baseline import opened, write_with
from .config_options import baseline_file
from .options import CureOptions
from .output import text_reader


def cure(options: CureOptions) -> int:
    """Show the ways, or write one in a journalled step or print it as a patch; the exit code."""
    located = locate([] if options.path is None else [options.path])
    settings = RunSettings(
        current_time(options.clock), environment=options.environment, plugins=False, cached=False
    )
    terminal.note(*recover(located.root))
    session = open_session(located, settings)
    links = session.links()
    goals = dead_links(links, options.target, options.to or "")
    if not goals:
        raise UsageError(
            f'no dead link leads to "{options.target}"; name its path as `vitdlint check` shows it'
        )
    offered = [
        *ways(links, goals, session.parse, lambda path: _text(session, path)),
        _extra(session, options.target),
    ]
    chosen = next((way for way in offered if way.name == options.by), None)
    if chosen is None:
        if options.by is not None:
            raise UsageError(
                f"--by {options.by}: none of these links can be ended so{_HINT if not options.to else ''}"
            )
        pages = len({linked[0].path for linked, _ in goals})
        terminal.say(f"{_many(len(goals), 'dead link')} on {_many(pages, 'page')}:")
        for path, goal in {linked[2].path: goal for linked, goal in goals[:_SHOWN]}.items():
            terminal.say(f"  {path}" + (f" -> {goal.url}" if goal is not None else ""))
        terminal.say("", "Ways to end them:", *(f"  {way.name:<11} {way.words}" for way in offered))
        command = f"vitdlint cure {quote(options.target)} --by {offered[0].name}"
        terminal.say("", f"{command} --dry-run   # a patch; without --dry-run it is written")
        return Exit.CLEAN
    ended = _proved(session, links, chosen) if chosen.name != "extra-urls" else len(goals)
    if options.dry_run:
        top = repository_root(located.root) or located.root
        prefix = f"{located.root.relative_to(top)}/" if located.root != top else ""
        terminal.write_bytes(
            diff(chosen.texts, lambda path: _text(session, path), lambda path: f"{prefix}{path}")
        )
    else:
        _write(session, chosen)
    say = terminal.error_text if options.dry_run else terminal.say
    would = "would be " if options.dry_run else ""
    say(f"{_many(ended, 'dead link')} {would}ended, {_many(len(chosen.texts), 'file')} {would}changed")
    return Exit.CLEAN


_SHOWN = 10
"""So many links are listed."""
_HINT = "; name the page that was meant with --to"


def _text(session: Session, path: str) -> str | None:
    try:
        return session.project.located.tree.read(path).decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return None


def _extra(session: Session, target: str) -> Way:
    """`extra-urls` in the configuration, which then says that something else answers these addresses."""
    located = session.project.located
    file = located.config or located.root / "vitdlint.toml"
    table = ("tool", "vitdlint") if file.name == "pyproject.toml" else ()
    before = file.read_text(encoding="utf-8") if file.exists() else ""
    try:
        text = with_settings(before, {(*table, "extra-urls"): (target,)})
    except ValueError:
        text = f"extra-urls = [{json.dumps(target)}]\n{before}"
    words = f"accept these addresses in {file.name}, if your host serves or redirects them"
    return Way("extra-urls", words, {located.path_of(file): text})


def _proved(session: Session, links: Links, way: Way) -> int:
    """How many dead links are ended. UsageError where a link would die by it."""
    before, after = _wrong(links), _wrong(session.links(session.overlay(way.texts)))
    if worse := after - before:
        path, target = min(worse)
        raise UsageError(
            f'--by {way.name}: the link to "{target}" in {path} would lead nowhere; nothing was written'
        )
    return (before - after).total()


def _wrong(links: Links) -> Counter[tuple[str, str]]:
    wrong = links.led("dead", "unpublished", "dead-fragment", "fragment-lost")
    return Counter((page.path or "", link.target) for page, link, _ in wrong)


def _write(session: Session, way: Way) -> None:
    root = session.project.located.root
    changes = [
        Change(root / path, _bytes(root / path), text.encode("utf-8"))
        for path, text in sorted(way.texts.items())
    ]
    written = write_with(root, [changes], _recorded(session, way.texts))
    if written.changed_meanwhile:
        raise UsageError(f"{shown(written.changed_meanwhile[0])} changed meanwhile; nothing was written")


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None


def _recorded(session: Session, texts: Mapping[str, str]) -> Change | None:
    """The baseline as it is true of the new texts."""
    located = session.project.located
    file = baseline_file(located, None)
    if file is None:
        return None
    tree = session.overlay(texts)
    before, after = session.check().report, session.check(tree).report
    baseline = opened(file, located, session.settings.environment, update=False)
    return baseline.after_move(
        before, after, text_reader(located.tree.read), text_reader(tree.read), {}
    ).change()


def _many(count: int, what: str) -> str:
    return f"{count:,} {what}{'s' * (count != 1)}"

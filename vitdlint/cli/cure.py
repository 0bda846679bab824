"""`vitdlint cure TARGET`: the ways to end the dead links to one target or family, and the chosen one written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import partial
from shlex import quote

from ..core import terminal
from ..core.clock import current_time
from ..core.errors import UsageError
from ..core.model import Exit
from ..core.number_of import number_of
from ..edits.cure import Way, dead_links, ways
from ..edits.follow import followed
from ..edits.toml_file import with_settings
from ..edits.transaction import Change, recover
from ..files.find_site import locate, shown
from ..files.tree import digest_of
from ..linter.config_layers import baseline_file
from ..linter.run_settings import RunSettings
from ..linter.session import Session, open_session
from ..site.links import Links
from .check_baseline import opened, write_with
from .options import CureOptions
from .output import text_reader
from .patch import show_patch


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
    originals = _Originals(session, links)
    offered = [
        *ways(links, goals, session.parse, originals.text),
        *_extra(session, options.target, originals),
    ]
    chosen = next((way for way in offered if way.name == options.by), None)
    if chosen is None:
        if options.by is not None:
            raise UsageError(
                f"--by {options.by}: none of these links can be ended so{_HINT if not options.to else ''}"
            )
        pages = len({linked[0].path for linked, _ in goals})
        terminal.say(f"{number_of(len(goals), 'dead link')} on {number_of(pages, 'page')}:")
        for path, goal in {linked[2].path: goal for linked, goal in goals[:_SHOWN]}.items():
            terminal.say(f"  {path}" + (f" -> {goal.url}" if goal is not None else ""))
        terminal.say("", "Ways to end them:", *(f"  {way.name:<11} {way.words}" for way in offered))
        if offered:
            command = f"vitdlint cure {quote(options.target)} --by {offered[0].name}"
            terminal.say("", f"{command} --dry-run   # a patch; without --dry-run it is written")
        return Exit.CLEAN
    ended = _proved(session, links, chosen) if chosen.name != "extra-urls" else len(goals)
    if options.dry_run:
        show_patch(located.root, chosen.texts, originals.text)
    else:
        _write(session, chosen, originals)
    say = terminal.error_text if options.dry_run else terminal.say
    would = "would be " if options.dry_run else ""
    say(
        f"{number_of(ended, 'dead link')} {would}ended, {number_of(len(chosen.texts), 'file')} {would}changed"
    )
    return Exit.CLEAN


_SHOWN = 10
"""So many links are listed."""
_HINT = "; name the page that was meant with --to"


class _Originals:
    """The files as the change is computed from them."""

    def __init__(self, session: Session, links: Links) -> None:
        self._read = session.project.located.tree.read
        self._pages = links.site.pages
        self.data: dict[str, bytes | None] = {}

    def text(self, path: str) -> str | None:
        """A file's text; None for one that is not there, is not UTF-8, or has changed since it was checked."""
        try:
            data = self.data.setdefault(path, self._read(path))
            text = (data or b"").decode("utf-8")
        except FileNotFoundError:
            self.data[path] = None
            return None
        except (OSError, UnicodeDecodeError):
            return None
        facts = self._pages.get(path)
        return None if facts is not None and facts.digest != digest_of(data or b"") else text


def _extra(session: Session, target: str, originals: _Originals) -> Iterator[Way]:
    """`extra-urls` in the configuration, which then says that something else answers these addresses."""
    located = session.project.located
    file = located.config or located.root / "vitdlint.toml"
    table = ("tool", "vitdlint") if file.name == "pyproject.toml" else ()
    path = located.path_of(file)
    if path.startswith("../"):
        return
    try:
        text = with_settings(originals.text(path) or "", {(*table, "extra-urls"): (target,)})
    except ValueError:
        return
    words = f"accept these addresses in {file.name}, if your host serves or redirects them"
    yield Way("extra-urls", words, {path: text})


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


def _write(session: Session, way: Way, originals: _Originals) -> None:
    root = session.project.located.root
    changes = [
        Change(root / path, originals.data[path], text.encode("utf-8"))
        for path, text in sorted(way.texts.items())
    ]
    written = write_with(root, [changes], _recorded(session, way))
    if written.changed_meanwhile:
        raise UsageError(f"{shown(written.changed_meanwhile[0])} changed meanwhile; nothing was written")


def _recorded(session: Session, way: Way) -> Change | None:
    """The baseline as it is true of the new texts."""
    located = session.project.located
    file = baseline_file(located, None)
    if file is None:
        return None
    tree = session.overlay(way.texts)
    before, after = session.check().report, session.check(tree).report
    baseline = opened(file, located, session.settings.environment, update=False)
    old, new = text_reader(located.tree.read), text_reader(tree.read)
    if not way.rounds:
        return baseline.after_move(before, after, old, new, {}).change()
    follow = partial(followed, rounds=way.rounds)
    return baseline.after_fixes(before.diagnostics, after.diagnostics, old, new, follow).change()

"""Run the examples of a rule through the whole engine, each a miniature site in memory, and say where they are wrong."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from ..core.errors import ConfigError
from ..core.model import Diagnostic, Outcome
from ..core.rule import PAGE, AnyRule, Bad, Good
from ..external import Web
from ..external.settings import LinksConfig
from ..external.state import parse
from ..external.subject import site_links, web_of
from ..files.find_site import Given
from ..files.tree import MemoryTree
from ..hugo.config import load as load_hugo
from ..page.markdown.body import Link
from ..rules import ALL
from .config import Config, load
from .config_layers import Layer, joined
from .pipeline import Job, lint
from .schemas import schemas_in
from .workers import here

NOW = datetime(2026, 1, 31, 12, tzinfo=UTC)
"""The current time in examples."""
HUGO = """baseURL = "https://example.org/"
[markup.goldmark.renderer]
unsafe = true
"""
"""The configuration of an example that has none of its own."""
ROUNDS = 8
"""How often fixes are applied until none is left."""


def failures(rule: AnyRule) -> Iterator[str]:
    """What is wrong with a rule's examples, a text each; nothing if they hold."""
    if not rule.examples:
        yield "it has no examples; give it at least one Good and one Bad"
    for number, example in enumerate(rule.examples, 1):
        name = f"example {number} ({type(example).__name__})"
        try:
            yield from (f"{name}: {words}" for words in _failures(rule, example))
        except ConfigError as error:
            yield f"{name}: {error}"


def _failures(rule: AnyRule, example: Good) -> Iterator[str]:
    outcome = run(rule, example)
    if outcome.report.crashed:
        crashes = {d.message for d in outcome.report.diagnostics if d.name == "rule-crashed"}
        yield f"{'; '.join(sorted(crashes))}"
        return
    found = outcome.report.diagnostics
    expected = in_order(example.at if isinstance(example, Bad) else ())
    full, short = places(found), places(found, ends=False)
    shown = [long if long in expected else begin for long, begin in zip(full, short, strict=True)]
    if shown != expected:
        yield (
            f"expected findings at {_listed(expected)}, found them at {_listed(shown)}"
            + "".join(f"\n  {place}: {d.message}" for place, d in zip(full, found, strict=True))
        )
        return
    if isinstance(example, Bad) and example.fixed is not None:
        yield from _fix_failures(rule, example, outcome)


def _fix_failures(rule: AnyRule, example: Bad, outcome: Outcome) -> Iterator[str]:
    safe = {d.fix.safe for d in outcome.report.diagnostics if d.fix}
    if safe != {not example.unsafe}:
        kinds = " and ".join(sorted("safe" if kind else "unsafe" for kind in safe)) or "no"
        yield f"expected {'unsafe' if example.unsafe else 'safe'} fixes, found {kinds} ones"
        return
    files = example.tree
    for _ in range(ROUNDS):
        after = fixed(outcome, files, unsafe=example.unsafe)
        if after == files:
            break
        files = after
        outcome = run(rule, example, files)
    given = example.fixed or {}
    expected = {**example.tree, **({PAGE: given} if isinstance(given, str) else given)}
    for path in sorted(files):
        if files[path] != expected.get(path):
            lines = difflib.unified_diff(
                expected.get(path, "").splitlines(),
                files[path].splitlines(),
                "expected",
                "found",
                lineterm="",
            )
            yield f"{path} is fixed to another text\n  " + "\n  ".join(lines)
    if any(d.fix for d in outcome.report.diagnostics):
        yield "after the fixes it still offers fixes"


def job_of(files: Mapping[str, str], settings: Mapping[str, Any], rule: AnyRule | None = None) -> Job:
    """A run over files in memory, with one rule active, or those that the settings select."""
    configured = any(p.startswith(("hugo.", "config.", "config/")) for p in files)
    tree = MemoryTree(files if configured else {"hugo.toml": HUGO, **files})
    config = config_of(settings, rule)
    return Job(
        tree=tree,
        hugo=load_hugo(tree, "production"),
        config=config,
        schemas=schemas_in(config, tree.read),
        now=NOW,
    )


def run(rule: AnyRule, example: Good, files: Mapping[str, str] | None = None) -> Outcome:
    """One example, or the same example with other files."""
    settings = dict(example.settings)
    if example.options:
        settings["rules"] = {**settings.get("rules", {}), rule.name: dict(example.options)}
    job = job_of(example.tree if files is None else files, settings, rule)
    job = job._replace(before=example.before)
    if rule.on is Web:
        config = job.config.keys.links
        job = job._replace(answers=lambda links: web(site_links(links), example.web, config))
    return lint(job, here)


def config_of(table: Mapping[str, Any], only: AnyRule | None = None) -> Config:
    """A configuration from a table in memory; with `only`, that rule alone is active."""
    if only is None:
        return load(joined([_in_memory(table)]), ALL)
    rules = [rule for rule in ALL if rule.code != only.code]
    alone = {"select": (only.name,), "extend-select": (), "ignore": ()}
    return load(joined([_in_memory(table), _in_memory(alone)]), [*rules, only])


def _in_memory(table: Mapping[str, Any]) -> Layer:
    return Layer(table, Given("", table))


def web(links: Iterable[tuple[str, Link]], answers: Mapping[str, str], config: LinksConfig) -> Web:
    """What is known about some links.

    `answers` maps a URL to the rest of its line in a state file ("gone 2026-05-02T06:00:00Z 2026-05-01 404 row=2");
    a URL after a "+" is new in this change.
    """
    lines = [f"{url.removeprefix('+')} {rest}" for url, rest in answers.items()]
    records, damaged, _ = parse("\n".join(lines), NOW)
    if damaged:
        raise ConfigError([f"no line of a state file: {lines[damaged[0] - 1]}"])
    new = frozenset(url[1:] for url in answers if url.startswith("+"))
    return web_of(links, records, config, NOW.date(), new)


def places(diagnostics: Iterable[Diagnostic], *, ends: bool = True) -> list[str]:
    """`path:line:column-line:column` of each; the path is left out for a page that is given as a plain string."""
    found = []
    for diagnostic in diagnostics:
        p = diagnostic.place
        path = "" if p.path == PAGE else f"{p.path}:"
        found.append(f"{path}{p.line}:{p.column}" + (f"-{p.end_line}:{p.end_column}" if ends else ""))
    return found


def in_order(at: Sequence[str]) -> list[str]:
    """Places in the order of a report. Raises ConfigError for what is no place."""
    if isinstance(at, str):
        raise ConfigError([f'at must be a list of places: at=["{at}"]'])

    def key(place: str) -> tuple[str, int, int]:
        found = re.fullmatch(r"(?:(.*):)?(\d+):(\d+)(?:-\d+:\d+)?", place)
        if found is None:
            raise ConfigError([f'"{place}" is not a place; write line:column or path:line:column'])
        return (found[1] or PAGE, int(found[2]), int(found[3]))

    return sorted(at, key=key)


def fixed(outcome: Outcome, files: Mapping[str, str], *, unsafe: bool) -> dict[str, str]:
    """The files after every fix of the report is applied (overlapping ones wait)."""
    texts = dict(files)
    taken: dict[str, list[tuple[int, int, str]]] = {}
    for diagnostic in outcome.report.diagnostics:
        fix = diagnostic.fix
        if fix is None or (not fix.safe and not unsafe):
            continue
        edits = [(e.place.path, e.place.start, e.place.end, e.text) for e in fix.edits]
        if any(s < e and b < t for path, b, e, _ in edits for s, t, _ in taken.get(path, ())):
            continue
        for path, begin, end, text in edits:
            if (begin, end, text) not in taken.setdefault(path, []):
                taken[path].append((begin, end, text))
    for path, edits_ in taken.items():
        for begin, end, text in sorted(edits_, reverse=True):
            texts[path] = texts[path][:begin] + text + texts[path][end:]
    return texts


def _listed(found: Sequence[str]) -> str:
    return ", ".join(found) or "no place"

"""Run a rule's example through the whole engine: a miniature site in memory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from vitdlint.core.errors import ConfigError
from vitdlint.core.model import Diagnostic
from vitdlint.core.options import Mistake, fill
from vitdlint.core.rule import PAGE, AnyRule, Good
from vitdlint.external import Web
from vitdlint.external.settings import LinksConfig
from vitdlint.external.state import parse
from vitdlint.external.subject import site_links, web_of
from vitdlint.files.tree import MemoryTree
from vitdlint.hugo.config import load as load_hugo
from vitdlint.linter.config import Config, Keys, load
from vitdlint.linter.pipeline import Job, Outcome, lint
from vitdlint.linter.workers import here
from vitdlint.page.markdown.body import Link
from vitdlint.rules import ALL
from vitdlint.schema import load as load_schema
from vitdlint.schema import shipped

NOW = datetime(2026, 1, 31, 12, tzinfo=UTC)
HUGO = """baseURL = "https://example.org/"
[markup.goldmark.renderer]
unsafe = true
"""


def job_of(files: Mapping[str, str], settings: Mapping[str, Any], rule: AnyRule | None = None) -> Job:
    """A run over files in memory, with one rule active, or those that the settings select."""
    tree = MemoryTree({"hugo.toml": HUGO, **files} if not _configured(files) else files)
    config = config_of(settings, rule)
    schemas = tuple((c.pages, load_schema(c.use, tree.read)) for c in config.keys.schema)
    return Job(
        tree=tree,
        hugo=load_hugo(tree, "production"),
        config=config,
        schemas=(*schemas, ("*", shipped())),
        now=NOW,
    )


def run(rule: AnyRule, case: Good, files: Mapping[str, str] | None = None) -> Outcome:
    """One example, or the same example with other files."""
    settings = dict(case.settings)
    if case.options:
        settings["rules"] = {**settings.get("rules", {}), rule.name: dict(case.options)}
    job = job_of(case.tree if files is None else files, settings, rule)
    job = job._replace(before=case.before)
    if rule.on is Web:
        settings = job.config.keys.links
        job = job._replace(answers=lambda links: web(site_links(links), case.web, settings))
    return lint(job, here)


def config_of(table: Mapping[str, Any], only: AnyRule | None = None) -> Config:
    """A configuration from a table in memory; with `only`, that rule alone is active."""
    mistakes: list[Mistake] = []
    keys = vars(fill(Keys, table, (), mistakes))
    if mistakes:
        raise ConfigError([mistake.message for mistake in mistakes])
    if only is not None:
        keys = {**keys, "select": (only.name,), "extend_select": (), "ignore": ()}
    return load(None, ALL, keys)


def web(links: Iterable[tuple[str, Link]], answers: Mapping[str, str], config: LinksConfig) -> Web:
    """What is known about some links.

    `answers` maps a URL to the rest of its line in a state file ("gone 2026-05-02T06:00:00Z 2026-05-01 404 row=2");
    a URL after a "+" is new in this change.
    """
    records, damaged = parse("\n".join(f"{url.removeprefix('+')} {rest}" for url, rest in answers.items()))
    assert not damaged, f"no such line in a state file: {list(answers.items())[damaged[0] - 1]}"
    new = frozenset(url[1:] for url in answers if url.startswith("+"))
    return web_of(links, records, config, NOW.date(), new)


def places(diagnostics: tuple[Diagnostic, ...], *, ends: bool = True) -> list[str]:
    """`path:line:column-line:column` of each; the path is left out for the page that a plain string stands for."""
    found = []
    for diagnostic in diagnostics:
        p = diagnostic.place
        path = "" if p.path == PAGE else f"{p.path}:"
        found.append(f"{path}{p.line}:{p.column}" + (f"-{p.end_line}:{p.end_column}" if ends else ""))
    return found


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


def _configured(files: Mapping[str, str]) -> bool:
    return any(p.startswith(("hugo.", "config.", "config/")) for p in files)

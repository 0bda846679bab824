"""Run a rule's example through the whole engine: a miniature site in memory."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from vitdlint.core.model import Diagnostic
from vitdlint.core.rule import PAGE, AnyRule, Good
from vitdlint.external import Web
from vitdlint.external.subject import example as web_example
from vitdlint.external.subject import site_links
from vitdlint.files.tree import MemoryTree
from vitdlint.hugo.config import load as load_hugo
from vitdlint.linter.config import example
from vitdlint.linter.pipeline import Job, Outcome, lint
from vitdlint.linter.workers import here
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
    config = example(ALL, settings, rule)
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
        job = job._replace(
            answers=lambda links: web_example(site_links(links), case.web, settings, NOW.date())
        )
    return lint(job, here)


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

"""For each typing mistake there is one finding, at the true place, and its words lead to the page that was meant."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

import pytest
from support.hugo_build import build
from support.typing_errors import TYPOS, corrected

from vitdlint.core.model import Diagnostic
from vitdlint.linter.examples import job_of
from vitdlint.linter.pipeline import lint
from vitdlint.linter.workers import here

HUGO = 'disableKinds = ["taxonomy", "term", "RSS", "sitemap", "robotsTXT", "404", "home", "section"]\n'
LAYOUT = """{{ jsonify (dict "title" .Title "draft" .Draft "date" (.Date.Format "2006-01-02")
  "params" .Params "body" .RawContent) }}"""
NOTHING = {"title": "", "draft": False, "date": "0001-01-01", "body": "Text\n"}
ADDED = {*NOTHING, "iscjklanguage", "lastmod", "publishdate"}
"""What Hugo has among the parameters without being asked, or is asked for by another name."""

HELP = re.compile(
    r"write (?:`(.+?)`|(\".+?\")|(?:a|(\d)) (spaces?) (?:instead|here))(?:,? (?:or|if) .*)?|remove [a-z ]+",
    re.DOTALL,
)


def followed(finding: Diagnostic, page: str) -> str:
    """The page after somebody wrote, in the marked place, what the help says, to the letter."""
    found = HELP.fullmatch(finding.help or "")
    assert found, f"{finding.message}: {finding.help}"
    new = found[1] or found[2] or " " * int(found[3] or bool(found[4]))
    return page[: finding.place.start] + new + page[finding.place.end :]


def findings(page: str) -> tuple[Diagnostic, ...]:
    return lint(job_of({"content/posts/page.md": page}, {}), here).report.diagnostics


def hugo_reads(pages: dict[str, str]) -> dict[str, dict[str, Any]]:
    """What Hugo makes of pages, by name; empty if it refuses one."""
    tree = {"hugo.toml": HUGO, "layouts/single.html": LAYOUT}
    tree |= {f"content/p/{i}.md": page for i, page in enumerate(pages.values())}
    built = build(tree, "--buildDrafts", "--buildFuture", pages=False)
    if built.code:
        return {}
    return {name: fields(built.files[f"p/{i}/index.html"]) for i, name in enumerate(pages)}


def fields(output: bytes) -> dict[str, Any]:
    """A page's fields, in the form of `meant`, with everything that it has."""
    page = json.loads(output)
    params = page.pop("params")
    return page | {key: value for key, value in params.items() if key not in ADDED}


@cache
def hugo_on_corrected() -> dict[str, dict[str, Any]]:
    return hugo_reads({name: corrected(typo) for name, typo in TYPOS.items()})


@pytest.mark.parametrize("name", TYPOS)
def test_the_finding_is_at_the_error_and_its_words_say_what_to_type(name: str) -> None:
    typo = TYPOS[name]
    (finding,) = findings(typo["page"])
    words = f"{finding.message}\n{finding.help}"
    line, _, column = typo["at"].partition(":")
    assert finding.name == typo.get("rule", "front-matter-syntax"), words
    assert (finding.place.line, str(finding.place.column) if column else "") == (int(line), column), words
    for word in typo.get("words", ()):
        assert word in words
    if "words" not in typo:
        assert followed(finding, typo["page"]) == corrected(typo), words


@pytest.mark.parametrize("name", TYPOS)
def test_the_corrected_page_is_what_the_author_meant(name: str) -> None:
    typo = TYPOS[name]
    meant = {**NOTHING, **json.loads(typo["meant"]), "body": typo.get("body", "Text\n")}
    assert hugo_on_corrected(), "Hugo refuses one of the corrected pages"
    assert hugo_on_corrected()[name] == meant
    assert [found.message for found in findings(corrected(typo))] == []


@pytest.mark.slow
@pytest.mark.parametrize("name", TYPOS)
def test_hugo_on_the_page_as_typed(name: str) -> None:
    typo = TYPOS[name]
    read = hugo_reads({name: typo["page"]})
    assert read == ({name: {**NOTHING, **json.loads(typo["hugo"])}} if "hugo" in typo else {})

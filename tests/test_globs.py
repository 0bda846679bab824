"""What docs/globs.md says of each kind of glob is what the program does."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from support.paths import ROOT

from vitdlint.core.globs import matcher
from vitdlint.core.rule import PAGE
from vitdlint.external.settings import IgnoredLink, LinksConfig
from vitdlint.hugo.glob import match, match_name
from vitdlint.linter.examples import job_of
from vitdlint.linter.pipeline import lint
from vitdlint.linter.workers import here

TEXT = (ROOT / "docs" / "globs.md").read_text(encoding="utf-8")


def reported(link: str, settings: dict[str, object]) -> bool:
    """Whether a page with that link, and nothing else wrong, has a finding."""
    return bool(lint(job_of({PAGE: f"Text [x]({link}).\n"}, settings), here).report.diagnostics)


def url_path(glob: str, path: str) -> bool:
    return not reported(f"<{path}>", {"select": ["dead-link"], "extra-urls": [glob]})


def fragment(glob: str, name: str) -> bool:
    return not reported(f"#{name}", {"select": ["dead-fragment"], "known-anchors": [glob]})


def url(glob: str, text: str) -> bool:
    config = LinksConfig(ignore=(IgnoredLink(glob, "a reason", "2026-12-31"),))
    return config.ignored(text, date(2026, 1, 1)) is not None


def host(glob: str, name: str) -> bool:
    insecure = {"select": ["insecure-scheme"], "rules": {"insecure-scheme": {"hosts": [glob]}}}
    return not reported(f"http://{name}/", insecure)


KINDS: dict[str, Callable[[str, str], bool]] = {
    "files": lambda glob, path: matcher((glob,))(path),
    "URL paths": url_path,
    "fragments": fragment,
    "whole URLs": url,
    "Hugo's own": match,
    "hosts": host,
    "names": match_name,
}


def examples() -> Iterator[tuple[str, str, str, bool]]:
    """Kind, glob, text, and whether it matches."""
    for line in TEXT.partition("\nExamples")[2].splitlines():
        kind, *cells = (cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip("| ")))
        if kind in KINDS and len(cells) == 3:
            (glob,) = re.findall("`([^`]*)`", cells[0])
            for cell, matches in ((cells[1], True), (cells[2], False)):
                yield from ((kind, glob, text, matches) for text in re.findall("`([^`]*)`", cell))


EXAMPLES = list(examples())


def test_there_are_examples_of_every_kind() -> None:
    assert {(kind, matches) for kind, _, _, matches in EXAMPLES} == {
        (k, m) for k in KINDS for m in (True, False)
    }


@pytest.mark.parametrize(("kind", "glob", "text", "matches"), EXAMPLES)
def test_a_glob_matches_what_the_page_says(kind: str, glob: str, text: str, matches: bool) -> None:
    assert KINDS[kind](glob, text) is matches


def test_a_later_glob_of_exclude_takes_back_what_an_earlier_one_matched() -> None:
    files = {"content/posts/a.md": "[x](/no/)\n", "content/posts/b.md": "[x](/no/)\n"}
    settings = {"select": ["dead-link"], "exclude": ["posts/*", "!posts/b.md"]}
    found = lint(job_of(files, settings), here).report.diagnostics
    assert [d.place.path for d in found] == ["content/posts/b.md"]

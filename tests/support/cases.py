"""Small sites in one text file each, what is right about them, and the whole program run on them in this process.

A site is a header of `#` lines, then each file after a line `-- path --`. What is right is in tests/cases/expected:

    [name-of-the-file]                       # without .txtar
    why = "why this is right, where the header leaves it open"
    later = "the issue that it waits for"
    wrong = "what is wrong today"            # the test is expected to fail
    wrong_in = ["findings"]                  # or "fix" or "reruns": which tests
    options = ["--clock=2026-05-10T22:30:00Z"]
    maybe = ["path:line:column rule severity"]   # allowed, not required
    not_checked = ["what (count): beginning of the reason"]
    external = ["https://…"]                 # every link that leaves the site
    fixed = {"path:line" = "the line after --fix"}
    fixed_unsafely = {"path:line" = "the line after --fix --unsafe-fixes"}
    [name-of-the-file.findings]
    "path:line:column rule severity" = "words that its message, help or related places must have"

Any part of a finding may hold the wildcards of fnmatch; one that ends with " +" stands for one or more. Words may be a
list; those that begin with "!" must be missing.
"""

from __future__ import annotations

import contextlib
import gc
import io
import json
import re
import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from support.paths import ROOT, SHARED
from vitdlint.cli.app import run

HERE = ROOT / "tests" / "cases"
NEIGHBOURS = HERE / "neighbours"
REPORTS = SHARED / "cases"
CLOCK = "--clock=2026-06-15T12:00:00Z"


@dataclass(frozen=True)
class Case:
    """What is right about one site; see the top of this file."""

    name: str
    findings: Mapping[str, str | list[str]]
    maybe: Sequence[str] = ()
    not_checked: Sequence[str] | None = None
    external: Sequence[str] | None = None
    fixed: Mapping[str, str] | None = None
    fixed_unsafely: Mapping[str, str] | None = None
    options: Sequence[str] = (CLOCK,)
    why: str = ""
    later: str = ""
    wrong: str = ""
    wrong_in: Sequence[str] = ("findings",)

    @property
    def file(self) -> Path:
        """Where the site is: below REPORTS, which may be missing, unless it is a neighbour."""
        own = NEIGHBOURS / f"{self.name}.txtar"
        return own if own.is_file() else REPORTS / own.name


def expected() -> list[Case]:
    """Every case that is written down. TypeError for a key that there is not."""
    tables = [tomllib.loads(file.read_text("utf-8")) for file in sorted((HERE / "expected").glob("*.toml"))]
    cases = [Case(name, **{"findings": {}, **keys}) for table in tables for name, keys in table.items()]
    assert len({case.name for case in cases}) == len(cases), "a case is written down twice"
    return cases


def files_of(file: Path) -> dict[str, str]:
    """The site in a text file."""
    parts = re.split(r"(?m)^-- (.+) --\n", file.read_text("utf-8"))
    return dict(zip(parts[1::2], parts[2::2], strict=True))


@dataclass(frozen=True)
class Found:
    """A finding of a report, lines and columns included."""

    path: str
    line: int
    column: int
    name: str
    severity: str
    rest: str
    """Its message, help, fix and related places, one a line."""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column} {self.name} {self.severity}"


def shell(*argv: str) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of a command line that runs in this process and folder."""
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(2))
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run(argv)
    gc.enable()  # a run of its own ends before it is worth it
    texts = []
    for stream in (out, err):
        stream.seek(0)
        texts.append(stream.read())
    return code, texts[0], texts[1]


def check(*options: str) -> dict[str, Any]:
    """The JSON report of the site in this folder."""
    code, out, err = shell("check", "--output-format", "json", *options)
    assert code in (0, 1), err or out
    report: dict[str, Any] = json.loads(out)
    assert (code == 1) == (report["summary"]["errors"] > 0)
    return report


def found(report: Mapping[str, Any], *, grown: Collection[str] = ()) -> list[Found]:
    """The findings of a report; files that have `grown` got a line after their first, which does not count."""

    def line(place: Mapping[str, Any]) -> int:
        number: int = place["line"]
        return number - (number > 1 and place["path"] in grown)

    def rest(finding: Mapping[str, Any]) -> Iterator[str]:
        yield finding["message"]
        yield finding["help"] or ""
        if fix := finding["fix"]:
            yield f"{fix['title']} ({'safe' if fix['safe'] else 'unsafe'})"
            yield from (f"{e['path']}:{line(e)}:{e['column']} -> {e['text']!r}" for e in fix["edits"])
        for other in finding["related"]:
            yield f"{other['path']}:{line(other)}:{other['column']} {other['message']}"

    return [
        Found(d["path"], line(d), d["column"], d["name"], d["severity"], "\n".join(rest(d)))
        for d in report["diagnostics"]
    ]


def differences(case: Case, findings: Sequence[Found]) -> list[str]:
    """Every finding that is too much, missing or worded otherwise."""
    left = dict.fromkeys(case.findings, 0)
    problems = []
    for finding in findings:
        key = next(
            (key for key in left if _matches(key, finding) and (not left[key] or key[-1] == "+")), None
        )
        if key is not None:
            left[key] += 1
            problems += _wording(finding, case.findings[key])
        elif not any(_matches(key, finding) for key in case.maybe):
            problems.append(f"not right: {finding}: {finding.rest}")
    return problems + [f"missing: {key}" for key, count in left.items() if not count]


def _matches(key: str, finding: Found) -> bool:
    pattern = key.removesuffix(" +")
    return pattern == str(finding) or fnmatchcase(str(finding), pattern)


def _wording(finding: Found, words: str | list[str]) -> Iterator[str]:
    for word in [words] if isinstance(words, str) else words:
        if word.startswith("!"):
            if word[1:] in finding.rest:
                yield f"{finding} must not say {word[1:]!r}: {finding.rest}"
        elif word not in finding.rest:
            yield f"{finding} must say {word!r}: {finding.rest}"

"""What a run does not need it does not load, for start-up time is part of every hook and every save; and it leaves no process behind."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from support.run import VITDLINT, write

from vitdlint.linter.incremental.last_run import COARSE
from vitdlint.linter.workers import WORTH_IT

PAGE = "---\ntitle: Ferries\ndate: 2024-03-01\ntags: [sea]\n---\n\n# Ferries\n\nSee [the harbour](https://example.com/a).\n"

RUNS = {
    "version": ("--version",),
    "recalled": ("check",),
    "one page": ("check", "--no-cache"),
    "edited page": ("check",),
}

WEB = {"asyncio", "httpcore", "httpx", "ssl", "vitdlint.external.fetch", "vitdlint.external.state"}
PARSERS = {"jsonschema", "markdown_it", "mdit_py_plugins", "re2", "referencing", "yaml"}
OTHERS = {"jinja2", "rapidfuzz", "rich", "tomlkit", "vitdlint.edits.transaction"}
OTHERS |= {"html.entities", "vitdlint.edits.fix", "vitdlint.files.git", "vitdlint.linter.cures"}
PROCESSES = {"concurrent.futures", "logging", "multiprocessing", "socket"}
VALIDATORS = {
    "publicsuffixlist",
    "vitdlint.linter.config",
    "vitdlint.linter.pipeline",
    "vitdlint.hugo.config",
    "vitdlint.core.rule",
    "vitdlint.rules",
}

NOT_LOADED = {
    "version": WEB
    | PARSERS
    | OTHERS
    | PROCESSES
    | VALIDATORS
    | {
        "dataclasses",
        "email",
        "inspect",
        "json",
        "re",
        "sqlite3",
        "subprocess",
        "typer",
        "vitdlint.cli.options",
    },
    "recalled": WEB
    | PARSERS
    | OTHERS
    | PROCESSES
    | VALIDATORS
    | {"email", "json", "jsonschema_rs", "pyromark", "tomli"},
    "one page": WEB
    | PARSERS
    | OTHERS
    | (PROCESSES - {"socket"})
    | {"platformdirs", "tempfile", "vitdlint.page.markdown.reparse"},
    "edited page": WEB
    | PARSERS
    | OTHERS
    | PROCESSES
    | {"decimal", "email", "jsonschema_rs"}
    | {"vitdlint.linter.incremental.edited_site", "vitdlint.linter.incremental.outline_edits"},
}
"""By kind of run. Each is there because it was once loaded for nothing, or costs more than 5 ms."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One page, old enough to be recognised by its times."""
    root = tmp_path_factory.mktemp("site")
    write(root, {"hugo.toml": 'baseURL = "https://example.org/"\n', "content/posts/ferries.md": PAGE})
    time.sleep(COARSE / 1e9 + 0.2)
    return root


def loaded(run: str, site: Path) -> set[str]:
    """The modules that the program has loaded at the end of a run; not those that Python itself came with."""
    code = (
        "import os, sys\nos._exit = sys.exit\nbefore = set(sys.modules)\n"
        f"sys.argv = ['vitdlint', *{RUNS[run]!r}]\n"
        "from vitdlint.__main__ import main\n"
        "try:\n    main()\nfinally:\n    print('\\n', *{*sys.modules} - before)"
    )
    env = {**os.environ, "XDG_CACHE_HOME": str(site / ".cache")}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=site, env=env, capture_output=True, text=True, check=True
    )
    return set(done.stdout.splitlines()[-1].split())


@pytest.mark.parametrize("run", RUNS)
def test_a_run_loads_nothing_that_it_does_not_need(run: str, site: Path) -> None:
    if RUNS[run] == ("check",):
        loaded(run, site)  # the one that is recalled
    if run == "edited page":
        with (site / "content/posts/ferries.md").open("a") as page:
            page.write("One more line.\n")
    modules = loaded(run, site)
    assert "vitdlint" in modules
    assert ("vitdlint.rules" in modules) == ("page" in run)
    assert not modules & NOT_LOADED[run], modules & NOT_LOADED[run]


@pytest.mark.skipif(os.name == "nt", reason="no sessions of processes")
def test_a_run_in_several_processes_leaves_none_behind(tmp_path: Path) -> None:
    write(tmp_path, {"hugo.toml": "", **{f"content/p{n}.md": PAGE for n in range(WORTH_IT + 1)}})
    process = subprocess.Popen(
        [*VITDLINT, "check", "--no-cache", "--jobs=3", "--exit-zero"],
        cwd=tmp_path,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    assert process.wait(60) == 0
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)

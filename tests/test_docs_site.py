"""The documentation: every command is one of the program, Hugo builds it, vitdlint finds nothing in it, it can be searched."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from support.chromium import chromium
from support.hugo_build import hugo_binary
from support.paths import ROOT
from support.run import run

from vitdlint.cli.app import application
from vitdlint.cli.options import COMMANDS

DOCS = ROOT / "docs"
PAGES = sorted(
    [*ROOT.glob("*.md"), *DOCS.glob("*.md"), *DOCS.glob("rules/*.md"), *ROOT.glob("editors/*/README.md")]
)
_BLOCK = re.compile(r"^```(?:sh|console)\n(.*?)^```", re.MULTILINE | re.DOTALL)
_INLINE = re.compile(r"(?<!`)`(vitdlint [^`\n]+)`(?!`)")


def commands(text: str) -> list[str]:
    """The lines of a page's shell blocks that call vitdlint, without the prompt, and the calls within its sentences."""
    lines = (line.removeprefix("$ ") for block in _BLOCK.findall(text) for line in block.splitlines())
    found = (re.sub(r"^[A-Z_]+=\S+ ", "", line) for line in lines)
    return [line for line in found if line.startswith("vitdlint ")] + _INLINE.findall(text)


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_command_is_parsed_by_the_program(page: Path) -> None:
    for line in commands(page.read_text(encoding="utf-8")):
        words = shlex.split(line, comments=True)[1:]
        if "<" in words:
            words = words[: words.index("<")]
        if words[0] not in COMMANDS:
            assert words in (["--install-completion"], ["--version"])
            continue
        if words in (["explain"], ["mv"], ["cure"]):
            continue  # a command by its name, in a sentence
        # Options that the program does not know, and arguments that are missing, are raised here; nothing is run.
        assert isinstance(application(words)(words, standalone_mode=False), COMMANDS[words[0]]), line


def test_vitdlint_finds_nothing_in_its_own_documentation() -> None:
    done = run(
        "check", "--extend-select", "orphan-page", "--output-format", "concise", "--no-cache", cwd=DOCS
    )
    assert done.returncode == 0, done.stdout
    assert done.stdout.startswith("Nothing found"), done.stdout


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The documentation as Hugo builds it."""
    public = tmp_path_factory.mktemp("docs")
    done = subprocess.run(
        [
            str(hugo_binary()),
            "build",
            "--panicOnWarning",
            "--noBuildLock",
            "--destination",
            str(public),
            "--baseURL",
            "/",
        ],
        cwd=DOCS,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return public


def test_every_page_is_built_with_its_first_heading_as_title(site: Path) -> None:
    for page in DOCS.glob("*.md"):
        name = "" if page.stem == "README" else page.stem
        html = (site / name / "index.html").read_text(encoding="utf-8")
        heading = page.read_text(encoding="utf-8").partition("\n")[0].removeprefix("# ")
        assert f"<title>{heading if name else 'vitdlint'}" in html.replace("&rsquo;", "'")
        assert html.count("<h1") == 1


def test_the_script_of_the_search_is_clean() -> None:
    oxlint = shutil.which("oxlint", path=f"{Path(sys.executable).parent}:{os.environ['PATH']}")
    if oxlint is None:
        pytest.skip("needs oxlint")
    done = subprocess.run(
        [oxlint, "--deny-warnings", DOCS / "assets/search.js"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_every_page_is_in_the_menu(site: Path) -> None:
    html = (site / "index.html").read_text(encoding="utf-8")
    menu = set(re.findall(r'<li><a href="?/([a-z-]+)/', html))
    assert menu == {page.stem for page in DOCS.glob("*.md")} - {"README"} | {"rules"}


def test_the_index_of_the_search_has_every_page(site: Path) -> None:
    index = {page["url"]: page for page in json.loads((site / "index.json").read_text(encoding="utf-8"))}
    assert index["/faq/"]["title"] == "Questions"
    assert "render hook" in index["/faq/"]["text"]
    assert len(index) > 120


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    """Where the documentation is served."""
    handler = partial(Quiet, directory=str(site))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


class Quiet(SimpleHTTPRequestHandler):
    """A server that prints nothing."""

    def log_message(self, *_: object) -> None:
        pass


@pytest.mark.parametrize("width", [390, 1280])
def test_a_newcomer_finds_the_answer_in_a_real_browser(address: str, width: int) -> None:
    with chromium() as browser:
        page = browser.new_page(viewport={"width": width, "height": 800})
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"{address}/")
        page.click("text=why is this link dead?")
        page.wait_for_url("**/faq/#why-is-this-link-dead")
        if width < 800:
            assert not page.is_visible("nav ul")  # the contents are folded away on a phone
            page.click("nav summary")
        page.click("nav >> text=Suppress")
        page.wait_for_selector("h1 >> text='Suppress a finding'")
        page.fill("#search", "wayback snapshot")
        page.click("#found a")
        page.wait_for_selector("h1 >> text='Check external links'")
        for question, answer in (
            ("why is this link dead?", "/faq/#why-is-this-link-dead"),
            ("only new findings", "/faq/#how-do-i-get-only-new-findings"),
            ("why is this link dead though the page exists?", "/faq/"),
            ("How do I run it on GitHub only for new findings?", "/ci/"),
            ("how do I ignore one finding?", "/suppress/"),
            ("dead-link", "/rules/dead-link/"),
        ):
            page.fill("#search", question)
            page.click(f'#found li:first-child a[href$="{answer}"]')
            page.wait_for_url(f"**{answer}")
        page.fill("#search", "xyzzy")
        page.wait_for_selector("#found >> text=Nothing found.")
        for path in ("", "rules/", "rules/dead-link/", "keys/", "accuracy/", "performance/"):
            page.goto(f"{address}/{path}")
            wide = page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            assert wide <= 0, path
    assert not errors

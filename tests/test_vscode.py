"""The extension of VS Code says the same in its manifest, its source and its README, and as the server does."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from typing import Any

import pytest
from support.paths import ROOT

import vitdlint
from vitdlint.cli.options import COMMANDS

FOLDER = ROOT / "editors" / "vscode"
if not FOLDER.is_dir():
    pytest.skip("the sdist has no editors", allow_module_level=True)

MANIFEST: dict[str, Any] = json.loads((FOLDER / "package.json").read_text())
CONTRIBUTES = MANIFEST["contributes"]
SETTINGS: dict[str, Any] = CONTRIBUTES["configuration"]["properties"]
SOURCE = {path.name: path.read_text() for path in (FOLDER / "src").iterdir()}
README = (FOLDER / "README.md").read_text()


def test_every_command_is_declared_done_and_described() -> None:
    declared = {each["command"]: each["title"] for each in CONTRIBUTES["commands"]}
    assert declared.keys() == set(re.findall(r'^  "(vitdlint\.\w+)":', SOURCE["commands.ts"], re.MULTILINE))
    assert set(re.findall(r"^\| vitdlint: (.*?) \|", README, re.MULTILINE)) == set(declared.values())
    assert {each["command"] for each in CONTRIBUTES["menus"]["commandPalette"]} <= declared.keys()
    called = re.search(r'status\.command = "(.*?)"', SOURCE["server.ts"])
    assert called is not None
    assert called[1] in declared


def test_every_setting_is_read_and_described_with_its_default() -> None:
    read = dict(re.findall(r'\bset\.get(?:<.*?>)?\("(\w+)", (.*?)\)', SOURCE["settings.ts"]))
    own = {name.removeprefix("vitdlint."): each for name, each in SETTINGS.items()}
    assert own.pop("trace.server")["default"] == "off"  # the client reads it by itself
    assert {name: json.loads(default) for name, default in read.items()} == {
        name: each["default"] for name, each in own.items()
    }
    table = dict(re.findall(r"^\| `(vitdlint\.[\w.]+)` \| `(.*?)` \|", README, re.MULTILINE))
    said = {name: str(each["default"]).replace("'", '"') for name, each in SETTINGS.items()}
    assert table == said
    assert (
        set(re.findall(r'"(vitdlint\.(?:path|arguments|environment))"', SOURCE["extension.ts"]))
        <= said.keys()
    )


def test_an_untrusted_workspace_chooses_no_program_and_runs_no_plugin() -> None:
    untrusted = MANIFEST["capabilities"]["untrustedWorkspaces"]
    assert untrusted["supported"] == "limited"
    assert set(untrusted["restrictedConfigurations"]) == SETTINGS.keys() - {"vitdlint.trace.server"}
    assert "trusted: vscode.workspace.isTrusted" in SOURCE["server.ts"]
    assert "onDidGrantWorkspaceTrust" in SOURCE["extension.ts"]
    assert "shell" not in "".join(SOURCE.values()).lower().replace("without a shell", "")


def test_it_asks_the_server_for_what_the_server_has() -> None:
    pytest.importorskip("pygls")
    from vitdlint.lsp.actions import FIX_ALL
    from vitdlint.lsp.diagnostics import SOURCE as REPORTED_BY

    commands, server = SOURCE["commands.ts"], SOURCE["server.ts"]
    assert re.findall(r'kind: "(.*?)"', commands) == [FIX_ALL]
    assert f'"{FIX_ALL}"' in README
    assert re.findall(r'source === "(.*?)"', commands) == [REPORTED_BY]
    assert (
        set(re.findall(r'\brun\("(\w+)"', commands)) | set(re.findall(r'args: \["(\w+)"\]', server))
        <= COMMANDS.keys()
    )
    sent = re.search(r"initializationOptions: \{(.*?)\}", server)
    known = re.findall(r"^\| `(\w+)` \|", (ROOT / "docs" / "editors.md").read_text(), re.MULTILINE)
    assert sent is not None
    assert {part.partition(":")[0].strip() for part in sent[1].split(",")} <= set(known)


def test_it_has_the_version_and_license_of_the_rest_and_names_no_registry() -> None:
    lock = (FOLDER / "package-lock.json").read_text()
    assert MANIFEST["version"] == json.loads(lock)["version"] == vitdlint.__version__
    assert (FOLDER / "LICENSE").read_bytes() == (ROOT / "LICENSE").read_bytes()
    assert '"resolved"' not in lock
    wanted = {**MANIFEST["dependencies"], **MANIFEST["devDependencies"]}
    assert [v for v in wanted.values() if not re.fullmatch(r"[\d.]+", v)] == []
    assert (FOLDER / "icon.png").read_bytes()[16:24] == bytes([0, 0, 0, 128, 0, 0, 0, 128])


def test_typescript_finds_no_error() -> None:
    node, tsc = shutil.which("node"), FOLDER / "node_modules" / "typescript" / "bin" / "tsc"
    if node is None or not tsc.is_file():
        pytest.skip("needs node, and `npm ci` in editors/vscode")
    done = subprocess.run([node, tsc, "-p", FOLDER], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")

"""VS Code as a server for a browser: code-server of npm, with the extension, in `build/`."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from support.paths import ROOT

VERSION = "4.100.3"
"""The last for node 20."""
FOLDER = ROOT / "build" / "code-server"
PACKAGE = FOLDER / "node_modules" / "code-server"
CODE = PACKAGE / "lib" / "vscode"
NPM = ("npm", "install", "--silent", "--ignore-scripts", "--no-audit", "--no-fund")
SETTINGS = {
    "chat.commandCenter.enabled": False,
    "editor.minimap.enabled": False,
    "explorer.compactFolders": False,
    "extensions.autoCheckUpdates": False,
    "extensions.autoUpdate": False,
    "extensions.ignoreRecommendations": True,
    "files.autoSave": "off",
    "git.enabled": False,
    "security.workspace.trust.enabled": False,
    "telemetry.telemetryLevel": "off",
    "window.commandCenter": False,
    "workbench.colorTheme": "Default Light Modern",
    "workbench.startupEditor": "none",
    "workbench.tips.enabled": False,
}


def install() -> None:
    """Install code-server (about 290 MB), unless it is there. No script of a package runs."""
    if not (PACKAGE / "out").is_dir():
        FOLDER.mkdir(parents=True, exist_ok=True)
        subprocess.run([*NPM, "--prefix", FOLDER, f"code-server@{VERSION}"], check=True)
    if not (CODE / "node_modules.asar").is_symlink():
        subprocess.run([*NPM, "--omit=dev", "--no-save"], cwd=CODE, check=True)
        (CODE / "node_modules.asar").symlink_to("node_modules")
    # It is compiled by one of the scripts, and hashes passwords, of which there are none here.
    stub = "module.exports = { hash: async () => '', verify: async () => true };\n"
    (FOLDER / "node_modules" / "argon2" / "argon2.js").write_text(stub)


@contextmanager
def serving(extension: Path, site: Path, home: Path) -> Iterator[str]:
    """The URL of VS Code with the extension and the folder of a site; all that it writes is below `home`."""
    program = home / "vitdlint"
    program.parent.mkdir(parents=True, exist_ok=True)
    program.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m vitdlint "$@"\n')
    program.chmod(0o755)
    settings = home / "data" / "Machine" / "settings.json"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(json.dumps({**SETTINGS, "vitdlint.path": str(program)}))
    command = [
        "node",
        str(PACKAGE),
        "--config",
        str(home / "config.yaml"),
        "--user-data-dir",
        str(home / "data"),
    ]
    command += ["--extensions-dir", str(home / "extensions")]
    env = {**os.environ, "XDG_CACHE_HOME": str(home / "cache"), "XDG_DATA_HOME": str(home / "share")}
    with (home / "log.txt").open("wb") as log:
        subprocess.run(
            [*command, "--install-extension", extension], check=True, stdout=log, stderr=log, env=env
        )
        with socket.create_server(("127.0.0.1", 0)) as free:
            address = f"127.0.0.1:{free.getsockname()[1]}"
        options = ["--auth=none", f"--bind-addr={address}", "--disable-telemetry", "--disable-update-check"]
        server = subprocess.Popen(
            [*command, *options, "--disable-workspace-trust"], stdout=log, stderr=log, env=env
        )
        try:
            _wait(f"http://{address}/healthz", server)
            yield f"http://{address}/?folder={site}"
        finally:
            server.terminate()
            server.wait(20)


def _wait(url: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        try:
            urlopen(url, timeout=5).close()
        except (URLError, OSError):
            if server.poll() is not None:
                break
            time.sleep(0.1)
        else:
            return
    sys.exit("code-server does not start: see its log.txt")

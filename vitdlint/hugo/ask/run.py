"""Run the user's own `hugo` on a site, with everything that it writes in a temporary folder."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

from ...core.errors import HugoFailedError, UsageError
from ...core.visible import visible
from ..config import HugoConfig
from .built import Built, read_built
from .overlay import Question, write_overlay

_OLDEST = (0, 123)
"""Whose templates know logical paths."""
TIMEOUT = 600
"""Seconds."""
_MOST_LINES = 5


def find_hugo(named: Path | None) -> str:
    """The program to run. UsageError if there is none."""
    found = shutil.which("hugo" if named is None else str(named.absolute()))
    if found is None:
        where = "on the PATH; --hugo FILE names another one" if named is None else f"at {named}"
        raise UsageError(f"--ask-hugo: there is no hugo {where}")
    return str(Path(found).absolute())


def build(
    hugo: str,
    root: Path,
    config: HugoConfig,
    now: datetime,
    questions: Iterable[Question] = (),
    timeout: float = TIMEOUT,
) -> Built:
    """Build the site at `root` as it would be at that time, and read what came of it. Raises HugoFailedError."""
    with tempfile.TemporaryDirectory(prefix="vitdlint-") as name:
        folder = Path(name).resolve()
        log = folder / "said"
        overlay = write_overlay(config, folder, questions, _version(hugo, root, log))
        _copy_compiled(root, config, folder / "resources")
        main = next((path for path in config.documents if "/" not in path), None)
        public = folder / "public"
        arguments = [
            *("--config", ",".join(filter(None, (main, str(overlay.file))))),
            *("--destination", str(public)),
            *("--environment", config.environment),
            *("--clock", now.isoformat(timespec="seconds")),
            "--noBuildLock",
        ]
        if code := _run([hugo, *arguments], root, log, timeout, overlay.variables):
            words = "\n".join(_errors(log))
            raise HugoFailedError(f"hugo cannot build the site (it ended with {code}):\n{words}")
        return read_built(public)


def _copy_compiled(root: Path, config: HugoConfig, into: Path) -> None:
    """Styles and scripts that the site has compiled before: this machine may lack what it takes."""
    assets = root / str(config.raw.get("resourcedir") or "resources") / "_gen" / "assets"
    if assets.is_dir():
        shutil.copytree(assets, into / "_gen" / "assets", symlinks=True)


def _version(hugo: str, root: Path, log: Path) -> tuple[int, int]:
    """HugoFailedError for a program that is no hugo, or too old."""
    _run([hugo, "version"], root, log, 30, {})
    text = log.read_bytes()[:2_000].decode("utf-8", "replace")
    found = re.search(r"\bhugo v(\d{1,4})\.(\d{1,4})", text)
    if found is None:
        raise HugoFailedError(f"{hugo} does not say which version of Hugo it is")
    version = int(found[1]), int(found[2])
    if version < _OLDEST:
        raise HugoFailedError(
            f"hugo is {version[0]}.{version[1]}; --ask-hugo needs {_OLDEST[0]}.{_OLDEST[1]} or later"
        )
    return version


def _run(command: list[str], folder: Path, log: Path, timeout: float, variables: Mapping[str, str]) -> int:
    """Wait for the end of a command, and of all that it has started; its exit code."""
    with log.open("wb") as out:
        try:
            process = subprocess.Popen(
                command,
                cwd=folder,
                env={**os.environ, **variables},
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        except OSError as error:
            raise HugoFailedError(f"{command[0]}: {error.strerror}") from None
        try:
            return process.wait(timeout)
        except subprocess.TimeoutExpired:
            raise HugoFailedError(f"hugo did not end within {timeout:.0f} s") from None
        finally:
            if process.poll() is None:
                _kill(process)


def _kill(process: subprocess.Popen[bytes]) -> None:
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (AttributeError, OSError):  # no groups on Windows
        process.kill()
    process.wait()


def _errors(log: Path) -> list[str]:
    """The last lines of what Hugo said, first of all its errors."""
    with log.open("rb") as file:
        file.seek(max(0, log.stat().st_size - 20_000))
        lines = [
            line.rstrip() for line in file.read().decode("utf-8", "replace").splitlines() if line.strip()
        ]
    errors = [line for line in lines if line.startswith(("ERROR", "Error"))] or lines
    return [f"  {visible(line)[:500]}" for line in errors[-_MOST_LINES:]] or ["  (it printed nothing)"]

"""What is measured: commands, and the state that each of them finds.

No case sees the leavings of another. A cold one starts without a cache. Every other one has a cache that an unmeasured
run has just brought up to date, of files that are old enough to be recognised by their times. Then comes the one change
that the case is named after, to a page that no earlier round has changed; afterwards git takes it back.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from meter import Command, megabytes, seconds
from sites import Site

BIN = Path(sys.executable).parent
CHECK = (str(BIN / "vitdlint"), "check", "--output-format", "json", "--exit-zero")
CROSS_FILE_RULES = """[global]
flavor = "hugo"
[MD057]
absolute-links = "relative_to_roots"
roots = ["content"]
"""


@dataclass
class Case:
    """One thing to measure, and what came out."""

    name: str
    tool: str
    kind: str
    """cold, warm or changed: what it is compared with."""
    words: Sequence[str]
    site: Site
    change: Callable[[], None] | None = None
    whole: Sequence[str] = ()
    """The run that fills the cache, if it is another."""
    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    megabytes: float = 0.0

    def measure(self, *, memory: bool) -> None:
        """One run from a state of its own: its seconds, or its memory."""
        command = self._command(self.words)
        if self.kind == "cold":
            shutil.rmtree(self._cache, ignore_errors=True)
        else:
            self.site.grow_old()
            seconds(self._command(self.whole or self.words))
        if self.change is not None:
            self.change()
        if memory:
            self.megabytes = megabytes(command)
        else:
            wall, cpu = seconds(command)
            self.wall.append(wall)
            self.cpu.append(cpu)
        if self.change is not None:
            self.site.restore()

    @property
    def _cache(self) -> Path:
        return self.site.scratch / f"{self.tool} {self.kind}"

    def _command(self, words: Sequence[str]) -> Command:
        folder = self.site.folder if self.change is None else self.site.repository
        filled = [word.replace("{cache}", str(self._cache)) for word in words]
        return Command(filled, folder, {"XDG_CACHE_HOME": str(self._cache)})


def cases_of(site: Site, installed: Mapping[str, str], other: Path | None) -> Iterator[Case]:
    """Everything that the programs on this machine allow. `other` is the folder of another vitdlint's command."""
    for kind in ("cold", "warm"):
        yield Case(f"vitdlint, {kind}", "vitdlint", kind, CHECK, site)
        if other is not None:
            words = (str(other / "vitdlint"), *CHECK[1:])
            yield Case(f"vitdlint of --other, {kind}", "other", kind, words, site)
    for name, change, more in (
        ("one page changed", site.change_body, ()),
        ("one title changed", site.change_title, ()),
        ("one page added", site.add, ()),
        ("--since HEAD", site.stage, ("--since", "HEAD")),
        ("--staged", site.stage, ("--staged",)),
    ):
        yield Case(f"vitdlint, {name}", "vitdlint", "changed", (*CHECK, *more), site, change, CHECK)
    if (BIN / "rumdl").exists():
        configured = site.scratch / "cross.toml"
        configured.write_text(CROSS_FILE_RULES)
        for tool, config in (
            ("rumdl", ("--no-config",)),
            ("rumdl with cross-file rules", ("--config", str(configured))),
        ):
            words = (str(BIN / "rumdl"), "check", "--quiet", "--cache-dir", "{cache}", *config, "content")
            for kind in ("cold", "warm"):
                yield Case(f"{tool}, {kind}", tool, kind, words, site)
            yield Case(f"{tool}, one page changed", tool, "changed", words, site, site.change_body)
    if "markdownlint-cli2" in installed:
        words = (installed["markdownlint-cli2"], "content/**/*.md")
        yield Case("markdownlint-cli2", "markdownlint-cli2", "cold", words, site)
    if "linkinator" in installed:
        built = site.scratch / "built"
        build = f"{BIN / 'hugo'} --quiet --noBuildLock --cleanDestinationDir --destination {built}"
        check = (
            f"{installed['linkinator']} {built} --recurse --skip '^https?://(?!localhost)' --verbosity error"
        )
        words = ("sh", "-c", f"{build} && {{ {check} || true; }}")
        yield Case("Hugo, then linkinator on what it built", "linkinator", "cold", words, site)


NPM = ("markdownlint-cli2", "linkinator")
"""Peers that npm has."""


def found(*, fetch: bool) -> Mapping[str, str]:
    """The commands of those peers that are installed; `fetch` has npx bring the others."""
    here = {name: shutil.which(name) for name in NPM}
    for name in NPM if fetch else ():
        if here[name] is None:
            words = ["npx", "--yes", "--package", name, "--call", f"command -v {name}"]
            here[name] = subprocess.run(words, stdout=subprocess.PIPE, text=True, check=True).stdout.strip()
    return {name: command for name, command in here.items() if command}

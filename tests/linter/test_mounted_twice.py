"""A content file that Hugo sees at several places is checked there, whatever the cache holds and however many work."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from support.cases import check
from support.run import write

MOUNTS = """baseURL = "https://bread.example/"
[[module.mounts]]
source = "shared"
target = "content/{}"
[[module.mounts]]
source = "{}"
target = "content/{}"
"""
SITE = {
    "bread.json": '{"required": ["baker"], "properties": {"key": {"x-unique": "site"}}}',
    "cake.json": '{"required": ["oven"]}',
    "vitdlint.toml": '[[schema]]\npages = "bread/**"\nuse = "bread.json"\n[[schema]]\npages = "cake/**"\nuse = "cake.json"\n',
    "shared/rye.md": "---\ntitle: Rye\nkey: one\n---\n[none](/none/)\n",
    "shared/wheat.md": "---\ntitle: Wheat\nkey: one\nbaker: Jo\n---\nLight.\n",
    "shared/deep/oat.md": "---\ntitle: Oat\noven: hot\n---\n[rye](/bread/rye/)\n",
}


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(write(tmp_path / "site", SITE))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "site"


def age(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on no file is too young to be recognised by its times."""
    real = time.time_ns
    monkeypatch.setattr(time, "time_ns", lambda: real() + 10**13)


def reported(report: dict[str, Any]) -> list[str]:
    return [f"{d['path']} {d['name']} {d['message']}" for d in report["diagnostics"]]


@pytest.mark.parametrize(
    ("mounts", "count"),
    [
        (("bread", "shared", "cake"), 4),
        (("cake", "shared/deep", "bread"), 3),
        (("bread", "shared", "bread"), 2),
    ],
)
def test_every_schema_is_asked_with_and_without_a_cache(
    site: Path, mounts: tuple[str, str, str], count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(site, {"hugo.toml": MOUNTS.format(*mounts)})
    cold = check("--no-cache")
    assert len([line for line in reported(cold) if "schema" in line]) == count
    assert check() == cold
    age(monkeypatch)
    assert check() == cold
    for text in ("[none](/none/)\n", "[gone](/gone/)\n\n## Part\n"):
        write(site, {"shared/rye.md": f"---\ntitle: Rye\nkey: one\n---\nMore.\n\n{text}"})
        assert check() == check("--no-cache")


def test_a_mount_that_moves_brings_another_schema(site: Path) -> None:
    reports = []
    for mounts in (("bread", "none", "x"), ("cake", "none", "x"), ("bread", "none", "x")):
        write(site, {"hugo.toml": MOUNTS.format(*mounts)})
        reports.append(check())
        assert reports[-1] == check("--no-cache")
    assert reported(reports[0]) == reported(reports[2]) != reported(reports[1])


def test_several_processes_find_the_same(site: Path) -> None:
    pages = {f"shared/p{n}.md": f"---\ntitle: Page {n}\n---\nText {n}.\n" for n in range(220)}
    write(site, {"hugo.toml": MOUNTS.format("bread", "shared", "cake"), **pages})
    one = check("--no-cache", "--jobs", "1")
    assert check("--jobs", "2") == check("--jobs", "2") == one

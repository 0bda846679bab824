"""Arrows point down, and each dependency has one door."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "vitdlint"

LAYERS = [
    ["__main__"],
    ["cli"],
    ["commands"],
    ["changes", "resume", "session"],
    ["reporters", "fixer", "journal", "baseline", "suppressions", "patch", "move", "mentions"],
    ["fingerprint", "same", "infer", "propose"],
    ["project", "pool", "cache", "probe", "recall", "snapshot", "expiring"],
    ["engine"],
    ["config"],
    ["rules"],
    ["settled"],
    ["web"],
    ["site"],
    ["source"],
    ["suppress"],
    ["hugo"],
    ["page"],
    ["schema"],
    ["markdown", "frontmatter", "hugo.markup", "hugo.dates", "hugo.names"],
    ["git_tree"],
    ["git"],
    [
        "nogc",
        "rule",
        "options",
        "globs",
        "clock",
        "tree",
        "html",
        "manual",
        "docs_url",
        "terminal",
        "locate",
        "errors",
    ],
    ["model"],
    [""],
]
"""From the top down; a module may import from its own line and from lower ones. `a.b` is placed before `a`."""

DOORS = {
    "typer": {"cli"},
    "rich": {"reporters", "probe", "commands"},
    "markdown_it": {"markdown.reference"},
    "mdit_py_plugins": {"markdown.reference"},
    "pyromark": {"markdown.fast"},
    "yaml": {"frontmatter"},
    "jsonschema": {"schema"},
    "jsonschema_rs": {"schema"},
    "referencing": {"schema"},
    "httpx": {"probe"},
    "httpcore": {"probe"},
    "sqlite3": {"cache"},
    "rapidfuzz": {"site.suggest"},
    "pathspec": {"globs"},
    "publicsuffixlist": {"probe", "web"},
    "platformdirs": {"cache"},
    "pygls": {"lsp"},
    "re2": {"patterns"},
}

MODULES = sorted(PACKAGE.rglob("*.py"))


def name_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(p for p in parts if p != "__init__")


def layer_of(module: str) -> int:
    best = max(
        (
            known
            for line in LAYERS
            for known in line
            if module == known or module.startswith(f"{known}.") or not known
        ),
        key=len,
    )
    return next(i for i, line in enumerate(LAYERS) if best in line)


def imports(path: Path) -> list[tuple[str, bool]]:
    """Every imported module, as (dotted name, ours): relative ones as seen from the package."""
    package = ["vitdlint", *path.relative_to(PACKAGE).with_suffix("").parts[:-1]]
    found = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found += [(alias.name, False) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            found.append((node.module or "", False))
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1][1:]
            module = ".".join([*base, *(node.module or "").split(".")]).strip(".")
            names = [f"{module}.{a.name}".strip(".") for a in node.names]
            known = {name_of(p) for p in MODULES}
            found += [(n if n in known else module, True) for n in names]
    return found


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_imports_only_downwards(path: Path) -> None:
    module = name_of(path)
    for imported, ours in imports(path):
        if ours:
            assert layer_of(imported) >= layer_of(module), f"{module} imports {imported}, which lies above it"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_each_dependency_has_one_door(path: Path) -> None:
    module = name_of(path)
    for imported, ours in imports(path):
        doors = DOORS.get(imported.partition(".")[0])
        if not ours and doors is not None:
            assert any(module == d or module.startswith(f"{d}.") for d in doors), (
                f"{module} imports {imported}"
            )


def test_rules_do_not_import_each_other() -> None:
    for path in (PACKAGE / "rules").glob("[!_]*.py"):
        for imported, ours in imports(path):
            assert not (ours and imported.startswith("rules.") and imported != "rules"), (
                f"{path.name}: {imported}"
            )

"""The rooms of `vitdlint/`: imports point down, nothing goes round in a circle, and each dependency has one door."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from re import _constants, _parser  # type: ignore[attr-defined]  # there is no public way to read an expression
from typing import Any

import pytest
from support.paths import ROOT

PACKAGE = ROOT / "vitdlint"

ROOMS = [
    "__main__",
    "cli",
    "lsp",
    "reporters",
    "linter",
    "rules",
    "edits",
    "external",
    "site",
    "page",
    "schema",
    "hugo",
    "frontmatter",
    "files",
    "core",
]
"""From the top down: a room may import from rooms below it, and from the version in `vitdlint/__init__.py`."""

DOORS = {
    "typer": {"cli"},
    "rich": {"reporters", "external", "cli"},
    "markdown_it": {"page.markdown.reference"},
    "mdit_py_plugins": {"page.markdown.reference"},
    "pyromark": {"page.markdown.fast"},
    "yaml": {"frontmatter"},
    "jsonschema": {"schema"},
    "jsonschema_rs": {"schema"},
    "referencing": {"schema"},
    "httpx": {"external.fetch"},
    "httpcore": {"external.fetch"},
    "sqlite3": {"linter.incremental.store"},
    "rapidfuzz": {"site.suggest"},
    "pathspec": {"core.globs"},
    "publicsuffixlist": {"external"},
    "platformdirs": {"linter.incremental.store"},
    "jinja2": {"reporters.html"},
    "lsprotocol": {"lsp"},
    "pygls": {"lsp"},
    "re2": {"rules.support.re2"},
    "tomli": {"core.toml"},
    "tomlkit": {"edits.toml_file"},
    "tomllib": set(),
}

PATHS = {".".join(p.relative_to(PACKAGE).with_suffix("").parts): p for p in sorted(PACKAGE.rglob("*.py"))}
MODULES = {name.removesuffix("__init__").removesuffix("."): path for name, path in PATHS.items()}


def imports(module: str) -> Iterator[tuple[str, bool]]:
    """Every module that a module imports, wherever in it, as (dotted name, ours)."""
    path = MODULES[module]
    package = ["vitdlint", *path.relative_to(PACKAGE).parts[:-1]]
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from ((alias.name, False) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield node.module or "", False
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1][1:]
            base += node.module.split(".") if node.module else []
            for alias in node.names:
                name = ".".join([*base, alias.name])
                yield (name if name in MODULES else ".".join(base)), True


OURS = {name: {target for target, ours in imports(name) if ours and target != name} for name in MODULES}


def test_every_room_is_listed() -> None:
    assert {name.partition(".")[0] for name in MODULES} - {""} == set(ROOMS)
    entries = [e for e in PACKAGE.iterdir() if e.name != "__pycache__"]
    assert len(entries) <= 18


@pytest.mark.parametrize("module", MODULES)
def test_a_room_imports_only_from_rooms_below_it(module: str) -> None:
    room = module.partition(".")[0]
    for target in OURS[module]:
        other = target.partition(".")[0]
        if room and other and other != room:
            assert ROOMS.index(room) < ROOMS.index(other), f"{module} imports {target}"


def folders() -> set[str]:
    return {name.rpartition(".")[0] for name in MODULES}


@pytest.mark.parametrize("folder", sorted(folders()))
def test_nothing_in_a_folder_goes_round_in_a_circle(folder: str) -> None:
    """Each file and each folder in it counts as one; imports inside of functions and for types count too."""

    def child(name: str) -> str | None:
        if folder and not name.startswith(f"{folder}."):
            return None
        return name.removeprefix(f"{folder}.").partition(".")[0] if folder else name.partition(".")[0]

    graph: dict[str, set[str]] = {}
    for module, targets in OURS.items():
        here = child(module)
        if here:
            found = graph.setdefault(here, set())
            found |= {other for target in targets if (other := child(target)) and other != here}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(f"in {folder or 'vitdlint'}: {' -> '.join(error.args[1])}")


@pytest.mark.parametrize("module", MODULES)
def test_each_dependency_has_one_door(module: str) -> None:
    for target, ours in imports(module):
        doors = DOORS.get(target.partition(".")[0])
        if not ours and doors is not None:
            assert any(module == d or module.startswith(f"{d}.") for d in doors), f"{module} imports {target}"


def test_rules_do_not_import_each_other() -> None:
    helpers = ("rules.support", "rules.dialects")
    for module in MODULES:
        if module.startswith("rules.") and not module.startswith(helpers):
            wrong = {t for t in OURS[module] if t.startswith("rules.") and not t.startswith(helpers)}
            assert not wrong, f"{module} imports {wrong}"


def test_no_file_is_too_long() -> None:
    long = {name: n for name, path in MODULES.items() if (n := len(path.read_text().splitlines())) > 400}
    assert not long


MAYBE_STUCK = re.compile(r"\(\?>|[)}][*+?]?\+")
ONE_CHARACTER = {_constants.ANY, _constants.IN, _constants.LITERAL, _constants.NOT_LITERAL}


@pytest.mark.parametrize("module", MODULES)
def test_no_expression_has_a_group_without_way_back(module: str) -> None:
    """Python 3.11.0 to 3.11.4 read `(?:…)*+` and `(?>…)` wrongly (its issue 106052), and Debian 12 has 3.11.2."""
    for node in ast.walk(ast.parse(MODULES[module].read_text())):
        for argument in node.args[:1] if isinstance(node, ast.Call) else ():
            parts = argument.values if isinstance(argument, ast.JoinedStr) else [argument]
            texts = [part.value if isinstance(part, ast.Constant) else "x" for part in parts]
            text = "".join(t.decode("latin-1") if isinstance(t, bytes) else str(t) for t in texts)
            if MAYBE_STUCK.search(text):
                assert not is_stuck(_parser.parse(text)), f"{module}, line {node.lineno}: {text}"


def is_stuck(parsed: Any) -> bool:
    """Whether some part of an expression is such a group."""
    if isinstance(parsed, tuple) and parsed:
        if parsed[0] is _constants.ATOMIC_GROUP:
            return True
        if parsed[0] is _constants.POSSESSIVE_REPEAT:
            repeated = parsed[1][2]
            return len(repeated) > 1 or repeated[0][0] not in ONE_CHARACTER
    return isinstance(parsed, (tuple, list, _parser.SubPattern)) and any(map(is_stuck, parsed))

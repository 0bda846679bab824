"""Rules from a site's own Python files: each is loaded by its path, `sys.path` stays as it is, nothing is written beside it.

A file may import what lies beside it, as `from . import units`. What it is made of, that too, is part of what stored
results depend on.
"""

from __future__ import annotations

import ast
import hashlib
import re
import sys
import traceback
from collections.abc import Iterator, Sequence
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import FunctionType
from typing import NamedTuple

from ..core.errors import PluginError
from ..core.model import Severity
from ..core.options import REQUIRED, defaults, is_table
from ..core.rule import AnyRule, Good, Rule
from ..files.find_site import shown
from ..files.regular import regular

_PREFIX = "vitdlint_plugin_"
"""How the names of their modules begin."""
_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_CODE = re.compile(r"[A-Z][A-Z0-9]*")


class Plugin(NamedTuple):
    """What one file adds."""

    path: Path
    """Absolute."""
    rules: tuple[AnyRule, ...]
    files: tuple[Path, ...]
    """The file, and all that it imports from beside it."""

    @property
    def digest(self) -> str:
        """What identifies the content of the files."""
        return _digest(self.files)


def load_plugin(path: Path) -> Plugin:
    """Run a file and take its RULES. Raises PluginError, also for a file that raises or ends the program."""
    path = path.resolve()
    files = tuple(sorted(_imported(path)))
    # Its own name for each content: what an earlier state of the file was is not taken for this one.
    name = f"{_PREFIX}{_digest(files)}"
    if name not in sys.modules:
        _run(name, path)
    rules = getattr(sys.modules[name], "RULES", None)
    if not isinstance(rules, list | tuple):
        raise PluginError(f"{shown(path)}:1: the plug-in has no RULES: a tuple of its rules")
    for rule in rules:
        if (wrong := _wrong(rule)) is not None:
            raise PluginError(f"{shown(path)}:1: {wrong}")
    return Plugin(path, tuple(rules), files)


def _wrong(rule: object) -> str | None:
    """Why an item of RULES cannot run: later nothing would point to the plug-in, or the rule would never be asked."""
    from ..page.page import Page
    from ..site.links import Links
    from ..site.site import Site

    if not isinstance(rule, Rule):
        return f"an item of RULES is of type {type(rule).__name__}, not Rule"
    for right, words in (
        (_NAME.fullmatch(str(rule.name)), "name must be of small letters, digits and hyphens"),
        (_CODE.fullmatch(str(rule.code)), "code must be of capital letters and digits"),
        (rule.on in (Page, Site, Links), "on must be Page, Site or Links"),
        (isinstance(rule.check, FunctionType), "check must be a function"),
        (isinstance(rule.severity, Severity), "severity must be Severity.ERROR, WARNING or INFO"),
        (_are_examples(rule.examples), "examples must be a tuple of Good and Bad"),
        (_has_defaults(rule.options), "options must be a dataclass with a default for each field"),
    ):
        if not right:
            return f'the rule "{rule.name}" cannot run: {words}'
    return None


def _are_examples(given: object) -> bool:
    return isinstance(given, list | tuple) and all(isinstance(example, Good) for example in given)


def _has_defaults(options: type) -> bool:
    return is_table(options) and REQUIRED not in defaults(options).values()


def _run(name: str, path: Path) -> None:
    # A package, so that the file can import what is beside it.
    folder = [str(path.parent)]
    spec = spec_from_file_location(
        name, path, loader=_Loader(name, str(path)), submodule_search_locations=folder
    )
    if spec is None or spec.loader is None:
        raise PluginError(f"{shown(path)}: is not a Python file")
    module = module_from_spec(spec)
    sys.modules[name] = module
    if _Beside not in sys.meta_path:
        sys.meta_path.insert(0, _Beside)
    writes, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        regular(path)
        spec.loader.exec_module(module)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # what a plug-in does wrong is its error, even if that would end us
        for loaded in [m for m in sys.modules if m == name or m.startswith(f"{name}.")]:
            del sys.modules[loaded]
        raise PluginError(f"{_place(error, path)}: the plug-in cannot be loaded: {_words(error)}") from error
    finally:
        sys.dont_write_bytecode = writes


class _Loader(SourceFileLoader):
    """Compiles what is in the file now: byte code is only as fresh as the time of a file."""

    def get_code(self, fullname: str) -> object:  # type: ignore[override]  # a code object, as there
        path = self.get_filename(fullname)
        return self.source_to_code(self.get_data(path), path)


class _Beside:
    """Finds what a plug-in imports from beside it, while it is loaded or later, in a function: that is compiled afresh, too."""

    @staticmethod
    def find_spec(name: str, path: Sequence[str] | None, _target: object = None) -> ModuleSpec | None:
        """As the import system asks; None for every other module."""
        if not name.startswith(_PREFIX):
            return None
        spec = PathFinder.find_spec(name, path)
        if spec is not None and isinstance(spec.loader, SourceFileLoader):
            spec.loader = _Loader(name, spec.loader.path)
        return spec


def _words(error: BaseException) -> str:
    if isinstance(error, SystemExit):
        return f"it ends the program (exit code {error.code})"
    return f"{type(error).__name__}: {getattr(error, 'msg', None) or error}"


def _place(error: BaseException, path: Path) -> str:
    """The innermost line of the plug-in's own files, as `path:line`."""
    if isinstance(error, SyntaxError) and error.filename:
        return f"{shown(Path(error.filename))}:{error.lineno or 1}"
    frames = [
        f for f in traceback.extract_tb(error.__traceback__) if Path(f.filename).is_relative_to(path.parent)
    ]
    return f"{shown(Path(frames[-1].filename))}:{frames[-1].lineno}" if frames else f"{shown(path)}:1"


def _imported(path: Path) -> set[Path]:
    """The file, and the files beside it (and below) that it imports, wherever in it, and these import."""
    found: set[Path] = set()
    waiting = [path]
    while waiting:
        file = waiting.pop()
        if file not in found:
            found.add(file)
            waiting += _imports(file, path.parent)
    return found


def _imports(file: Path, top: Path) -> Iterator[Path]:
    try:
        tree = ast.parse(regular(file).read_bytes())
    except (OSError, SyntaxError, ValueError):
        return  # what is wrong with it shows when it runs
    for node in ast.walk(tree):
        names: list[str] = []
        folder = top
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            if node.level:
                folder = file.parents[node.level - 1] if node.level <= len(file.parents) else file.parent
            base = f"{node.module}." if node.module else ""
            names = [node.module or "", *(f"{base}{alias.name}" for alias in node.names)]
        for name in names:
            parts = name.split(".") if name else []
            for end in range(1, len(parts) + 1):
                place = folder.joinpath(*parts[:end])
                yield from (f for f in (place.with_suffix(".py"), place / "__init__.py") if f.is_file())


def _digest(files: tuple[Path, ...]) -> str:
    digest = hashlib.blake2b(digest_size=12)
    for file in files:
        try:
            data = regular(file).read_bytes()
        except OSError:
            data = b""
        digest.update(f"{file} {len(data)}\0".encode("utf-8", "surrogateescape") + data)
    return digest.hexdigest()

"""From a report to standard output and files, in the formats that were asked for."""

from __future__ import annotations

import os
import posixpath
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import __version__
from ..core.docs_url import docs_url
from ..core.errors import UsageError
from ..core.model import Report
from ..files.find_site import Located, repository_root
from ..reporters import REPORTERS, Context, render_of

if TYPE_CHECKING:  # a run that is recalled needs no rule
    from ..core.rule import AnyRule


def outputs_of(chosen: str | None, file: Path | None) -> dict[str, Path | None]:
    """Formats to write, each with its file or None for standard output.

    `chosen` is `FORMAT` or `FORMAT=FILE`, several separated by commas. Without it: `full` on a terminal, else `concise`.
    """
    on_terminal = sys.stdout.isatty() and file is None
    outputs: dict[str, Path | None] = {}
    for word in (chosen or ("full" if on_terminal else "concise")).split(","):
        name, _, named = word.strip().partition("=")
        if name not in REPORTERS:
            raise UsageError(f'there is no output format "{name}"; there are {", ".join(REPORTERS)}')
        outputs[name] = Path(named) if named else file
    if sum(where is None for where in outputs.values()) > 1:
        raise UsageError("only one output format can go to standard output; write the others as FORMAT=FILE")
    return outputs


def text_reader(read: Callable[[str], bytes]) -> Callable[[str], str | None]:
    """A file's text for excerpts, or None where it cannot be had."""

    def text_of(path: str) -> str | None:
        try:
            return read(path).decode("utf-8", "replace")
        except OSError:
            return None

    return text_of


def context_of(located: Located, text_of: Callable[[str], str | None], **more: Any) -> Context:
    """What reporters may know besides the report; `more` are fields of Context."""
    top = repository_root(located.root) or Path.cwd()
    docs = cache(partial(docs_url, located.config))
    return Context(
        docs_url=docs,
        rules=_Rules(),
        version=__version__,
        text_of=text_of,
        shown=_seen_from(Path.cwd(), located.root),
        in_repository=_seen_from(top, located.root),
        width=shutil.get_terminal_size((100, 24)).columns,
        **more,
    )


def tell(report: Report, outputs: Mapping[str, Path | None], context: Context) -> None:
    """Write a report in every format asked for."""
    for name, file in outputs.items():
        pieces = render_of(name)(report, context)
        if file is None:
            sys.stdout.writelines(pieces)
            continue
        try:
            file.write_text("".join(pieces), encoding="utf-8")
        except OSError as error:
            raise UsageError(f"{file}: cannot be written: {error.strerror}") from error


def _seen_from(start: Path, root: Path) -> Callable[[str], str]:
    """From a path of the site to the path from another folder."""
    prefix = os.path.relpath(root, start).replace(os.sep, "/")
    return lambda path: path if prefix == "." and path[:2] != ".." else posixpath.normpath(f"{prefix}/{path}")


class _Rules(Mapping[str, "AnyRule"]):
    """Every rule by its code, loaded when a reporter first asks: most never do."""

    def _all(self) -> dict[str, AnyRule]:
        from ..rules import ALL  # a hundred modules

        return {rule.code: rule for rule in ALL}

    def __getitem__(self, code: str) -> AnyRule:
        return self._all()[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

"""From a report to standard output and files, in the formats that were asked for."""

from __future__ import annotations

import os
import posixpath
import re
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from .. import __version__
from ..core.docs_url import docs_url
from ..core.errors import UsageError
from ..core.model import Exit, Report, Severity
from ..core.options import nearest
from ..core.relative import relative
from ..core.terminal import earned, output_is_terminal, wants_color, write, write_json
from ..files.find_site import CONFIGS, Located, repository_root
from ..files.whole import write_whole
from ..linter.config_layers import layers_of
from ..reporters import REPORTERS, Context, render_of

if TYPE_CHECKING:  # a run that is recalled needs no rule
    from ..core.rule import AnyRule


FOR_PEOPLE = frozenset({"full", "concise", "grouped"})
"""The formats that can count by rule."""
SORTED = FOR_PEOPLE | {"markdown"}
"""The formats that `--sort` is for."""
LIMITED = {"full": 8, "grouped": 60}
"""The formats that `--max-findings` is for, and how much they show of a long report on a terminal."""
SUMMARIZED = FOR_PEOPLE | {"github", "markdown"}
"""The formats that end with a summary, which says how long it took."""
IN_JSON = frozenset({"json", "jsonl", "sarif", "gitlab", "rdjson"})


class Output(NamedTuple):
    """One format to write, and its file; None for standard output."""

    format: str
    file: Path | None


def outputs_of(chosen: str | None, file: Path | None, *, limited: bool = False) -> tuple[Output, ...]:
    """What `--output-format` (or VITDLINT_OUTPUT_FORMAT) and `--output-file` ask for.

    `chosen` is `FORMAT` or `FORMAT=FILE`, several separated by commas. Without it: `full` on a terminal, or where the
    number of findings is `limited`, else `concise`.
    """
    full = limited or (output_is_terminal() and file is None)
    words = chosen or os.environ.get("VITDLINT_OUTPUT_FORMAT") or ("full" if full else "concise")
    outputs = []
    for word in words.split(","):
        name, _, named = word.strip().partition("=")
        if name not in REPORTERS:
            known = f"there are {', '.join(REPORTERS)}.{nearest(name, REPORTERS)}"
            where = "--output-format" if chosen else "VITDLINT_OUTPUT_FORMAT"
            raise UsageError(f'{where}: there is no output format "{name}"; {known}')
        outputs.append(Output(name, Path(named) if named else None))
    plain = [output.format for output in outputs if output.file is None]
    if len(plain) > 1:
        raise UsageError("only one output format can go to standard output; write the others as FORMAT=FILE")
    if file is not None and not plain:
        raise UsageError(f"--output-file {file}: every output format names a file of its own; leave one out")
    outputs = [output if output.file else output._replace(file=file) for output in outputs]
    files = [os.path.realpath(output.file) for output in outputs if output.file]
    if len(set(files)) < len(files):
        raise UsageError("two output formats cannot go to the same file; give each its own")
    return tuple(outputs)


def require_writable(
    file: Path, located: Located, environment: str, inputs: Collection[Path | None] = ()
) -> None:
    """UsageError if a file that this run is to write cannot be written, or is part of the site.

    That is: lies in a folder of pages or templates, configures Hugo or vitdlint, or is one of the `inputs` of the run.
    """
    if not os.path.isdir(file.parent):
        raise UsageError(f"{file}: cannot be written: there is no folder {file.parent}")
    if os.path.isdir(file):
        raise UsageError(f"{file}: cannot be written: it is a folder")
    if not os.access(file if file.exists() else file.parent, os.W_OK):
        raise UsageError(f"{file}: cannot be written: permission denied")
    real = file.resolve()
    protected = {path.resolve() for path in (*inputs, located.config) if path is not None}
    if real.name in CONFIGS:
        protected.add(real)
    folders: dict[Path, str] = {}
    if real.is_relative_to(located.root):
        from ..hugo.config import HugoConfigError, load  # for a file of the site alone

        with suppress(HugoConfigError):  # which stops the run before anything is written
            hugo = load(located.tree, environment)
            protected.update((located.root / path).resolve() for path in hugo.files)
            folders = {
                (located.root / mount.source).resolve(): only
                for component, only in _RESERVED.items()
                for mount in hugo.mounted(component)
            }
    if real in protected:
        raise UsageError(f"{file} is read by this run and cannot be written by it too; name another file")
    for folder, only in folders.items():
        if real.is_relative_to(folder):
            raise UsageError(f"{file} is in {only} belong; name a file outside of it")


_RESERVED = {
    "content": "a content folder, where only pages",
    "layouts": "a folder of layouts, where only templates",
    "archetypes": "a folder of archetypes, where only templates of pages",
    "i18n": "a folder of translations, where only those",
}


def text_reader(read: Callable[[str], bytes], *, secrets: bool = True) -> Callable[[str], str | None]:
    """A file's text for excerpts, or None where it cannot be had; without secrets, those in its URLs are starred out."""

    def text_of(path: str) -> str | None:
        try:
            text = read(path).decode("utf-8", "replace")
        except OSError:
            return None
        if secrets:
            return text
        from ..external.urls import covered  # of external links alone

        return covered(text)

    return text_of


def context_of(located: Located, text_of: Callable[[str], str | None], **more: Any) -> Context:
    """What reporters may know besides the report; `more` are fields of Context."""
    top = repository_root(located.root) or Path.cwd()
    docs = cache(partial(_docs_url, located))
    return Context(
        blob=_blob(),
        docs_url=docs,
        rules=_Rules(),
        version=__version__,
        text_of=text_of,
        shown=_seen_from(Path.cwd(), located.root),
        in_repository=_seen_from(top, located.root),
        width=shutil.get_terminal_size((100, 24)).columns,
        **more,
    )


def _docs_url(located: Located) -> str:
    return docs_url(str(layers_of(located).table.get("docs-url", "")))


def _blob() -> str:
    """Where GitHub shows the commit that its job has checked out; '' elsewhere. See `Context.blob`."""
    parts = [os.environ.get(f"GITHUB_{name}", "") for name in ("SERVER_URL", "REPOSITORY", "SHA")]
    if not all(re.fullmatch(r"[\w.:/-]+", part) for part in parts):
        return ""
    return "{}/{}/blob/{}".format(*parts)


def write_report(report: Report, outputs: Iterable[Output], context: Context, color: str) -> None:
    """Write a report in every format asked for; `color` is what `--color` says."""
    for name, file in outputs:
        render = render_of(name)
        if file is None:
            colored, terminal = wants_color(color), output_is_terminal()
            most = LIMITED.get(name) if terminal and context.most is None else context.most or None
            here = context._replace(color=colored, hyperlinks=colored and terminal, most=most)
            (write_json if name in IN_JSON else write)(render(report, here))
            continue
        here = context._replace(color=color == "always", most=context.most or None)
        text = "".join(render(report, here))
        try:
            write_whole(file, text.encode("utf-8", "backslashreplace"))
        except OSError as error:
            raise UsageError(f"{file}: cannot be written: {error.strerror}") from error


def exit_code(report: Report, fail_on: str, *, exit_zero: bool) -> Exit:
    """The exit code for a report, stored for the case that the reader of the output closes it early."""
    code = report.exit(None if fail_on == "never" else Severity.of(fail_on))
    code = Exit.CLEAN if exit_zero and code is Exit.FOUND else code
    earned(code)
    return code


def _seen_from(start: Path, root: Path) -> Callable[[str], str]:
    """From a path of the site to the path from another folder."""
    prefix = relative(root, start)
    below = "" if prefix == "." else f"{prefix}/"

    def shown(path: str) -> str:
        seen = f"{below}{path}" if path[:2] != ".." else posixpath.normpath(f"{prefix}/{path}")
        return f"./{seen}" if seen.lstrip().startswith("::") else seen  # no line begins as a workflow command

    return shown


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

"""The content files that have to be put together again with some that have changed, for Hugo to make the same of them.

What Hugo makes of a regular page is decided by the page, by the `_index` files above it, and by few others: those of the
same logical path, those beside it in a bundle, those whose text it shows, and the first ones of its section and terms.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from .cast import named_texts
from .files import ContentFile
from .publication import Output, Term, TermKey

MOST = 500
"""Files; where there are more neighbours, the whole site is put together."""


def is_branch(path: str) -> bool:
    """Whether a content file is by its name the page of a section, taxonomy, term or the home page."""
    return path.rpartition("/")[2].lower().startswith("_index.")


def neighbours(
    outputs: Iterable[Output],
    listed: Collection[str],
    changed: Collection[ContentFile],
    fronts: Iterable[Mapping[str, Any]],
) -> set[str]:
    """The paths of all of them, with the changed ones. `listed` are all files below the content folders.

    `changed` are the files that have changed, as they were and as they are, with their front matter (`fronts`).
    """
    outputs = [output for output in outputs if output.path is not None]
    own = {file.path for file in changed}
    bases = {file.base or "/" for file in changed}
    # Hugo finds the section of a folder by text: `/a/foo` for `/a/foo-bar`.
    folders = {base.rpartition("/")[0] for base in bases}
    above = {folder[:end] for folder in folders for end in range(2, len(folder))}
    # Inside a bundle the extension is a part of it.
    bases |= {f"{file.base}.{file.path.rpartition('.')[2].lower()}" for file in changed}
    sections = tuple({f"/{base.split('/')[1]}/" for base in bases if base.count("/") > 1})
    names = tuple({name for front in fronts for name in _names(front)})
    below = tuple({f"{folder}/".lower() for file in changed for folder in _below(file)})
    wanted = bases | above | set(names)
    first: dict[tuple[int, str], Output] = {}
    found = set(own)
    for output in outputs:  # all of the site: no call that can be spared
        path, base = output.path or "", output.logical
        if base in wanted or ("_index." in path.lower() and is_branch(path)) or path.endswith(names):
            found.add(path)
        if base.startswith(sections) and path not in own:
            section = (id(output.site), base.split("/")[1])  # of two objects for one site both have a first
            if section not in first or base < first[section].logical:
                first[section] = output
    found.update(output.path or "" for output in first.values())
    for path in listed:
        plain = path.lower().replace(" ", "-")
        if plain.startswith(below) or (
            "index." in plain and plain.rpartition("/")[2].startswith("index.") and _is_above(plain, own)
        ):
            found.add(path)
    return found


def users(
    groups: Mapping[TermKey, tuple[Term, ...]], keys: Iterable[TermKey], but: Collection[str]
) -> set[str]:
    """For each spelling of these terms the first page that uses it, apart from some."""
    first: dict[tuple[TermKey, str], str] = {}
    for key in keys:
        for use in groups.get(key, ()):
            if use.path not in but:
                first.setdefault((key, use.value), use.path)
    return set(filter(None, first.values()))


def _names(front: Mapping[str, Any]) -> Iterator[str]:
    """The names by which a page may ask for another one's text."""
    yield from named_texts(front.values())
    for value in front.values():
        if isinstance(value, str) and "/" in value and value.strip("/"):
            yield f"/{value.strip('/').lower()}"


def _below(file: ContentFile) -> Iterator[str]:
    """The folder whose files belong to a page, as it is written in its path."""
    folder = file.path.rpartition("/")[0]
    yield (folder if file.stem.lower() == "index" else f"{folder}/{file.stem}").replace(" ", "-")


def _is_above(index: str, paths: Iterable[str]) -> bool:
    folder = index.rpartition("/")[0] + "/"
    return any(path.lower().replace(" ", "-").startswith(folder) for path in paths)

"""A schema that can check front matter."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from ..frontmatter.block import Pointer
from .show import FRONT_MATTER, Checked
from .violation import CLOSED, UNKNOWN_KEY, Violation


class Schema(NamedTuple):
    """One schema file with all that it refers to, as one document.

    Cheap to pickle: the validators are built on first use in each process, and shared by equal texts.
    """

    path: str
    """As the configuration names it."""
    text: str
    """The bundled schema as JSON."""
    digest: str
    """Changes when the schema or anything it refers to does."""
    files: tuple[str, ...] = ()
    """What it was read from, by the paths that were asked for."""

    def problems(
        self, data: Mapping[str, Any], folder: str = "", of: Checked = FRONT_MATTER
    ) -> list[Violation]:
        """What is wrong with some data (a page's front matter, as a rule), in the order of the schema's keywords.

        Top-level keys of front matter are compared without case, as Hugo does. `folder` is where the page is published
        (`/posts/`), if known: it makes the message about a slug exact.
        """
        from .compiled import compiled, validator  # heavy: a warm run checks nothing

        ready = compiled(self.text)
        named, written = _named(data, ready.names, of)
        found: list[Violation] = []
        try:
            valid = validator(self.text)(named)
        except ValueError:  # a number or text that no JSON can hold
            valid = False
        if not valid:
            from .reference import reference  # heavy, and few pages have a finding
            from .words import describe

            found = [
                v for error in reference(self.text)(named) for v in describe(error, ready.schema, of, folder)
            ]
            found = _without_echoes(found, ready.names)
        if ready.aliases:
            from .alias import missing_aliases  # few schemas ask

            found += missing_aliases(named, ready.aliases)
        if written:
            found = [v._replace(pointer=_as_written(v.pointer, written)) for v in found]
        return list(dict.fromkeys(found))

    def asks(
        self, data: Mapping[str, Any], of: Checked = FRONT_MATTER
    ) -> tuple[tuple[str, str, Pointer, str], ...]:
        """What the site must check: (keyword:scope, key, pointer, value) for each x-unique and x-reference.

        `key` names the place in the schema (`authors[].id`): equal values of one key are what must not repeat.
        Numbers count as the text they are written as. A key that the schema shuts out is reported here too, as
        (UNKNOWN_KEY, message, pointer, the key that was probably meant or '').
        """
        from .compiled import compiled, values_at

        ready = compiled(self.text)
        if not data or not (ready.asking or ready.closed):
            return ()
        named, written = _named(data, ready.names, of)
        asked: list[tuple[str, str, Pointer, str]] = []
        if ready.closed:
            found = (v for v in self.problems(data, of=of) if v.keyword in CLOSED)
            asked += [(UNKNOWN_KEY, v.message, v.pointer, _quoted(v.help)) for v in found]
        for label, key, way in ready.asking:
            for pointer, value in values_at(named, way):
                if isinstance(value, str):
                    text = value
                elif isinstance(value, int | float):
                    text = json.dumps(value).removesuffix(".0")
                else:
                    continue
                asked.append((label, key, _as_written(pointer, written) if written else pointer, text))
        return tuple(asked)


def _named(
    data: Mapping[str, Any], names: Mapping[str, str], of: Checked
) -> tuple[dict[str, Any], dict[str, str]]:
    """The data with its top-level keys as the schema spells them, and how those were written."""
    written: dict[str, str] = {}
    for key in data if of.any_case else ():
        name = names.get(key)
        if name is None and not key.islower():
            name = names.get(key.lower())
        if name is not None and name != key:
            written[name] = key
    if not written:
        return data if isinstance(data, dict) else dict(data), written
    other = {key: name for name, key in written.items()}
    return {other.get(key, key): value for key, value in data.items()}, written


def _as_written(pointer: Pointer, written: Mapping[str, str]) -> Pointer:
    return (written.get(str(pointer[0]), pointer[0]), *pointer[1:]) if pointer else pointer


def _without_echoes(found: list[Violation], names: Mapping[str, str]) -> list[Violation]:
    """The violations without those that only follow from another one.

    When a part of a schema fails, its keys count as unknown to `unevaluatedProperties`; who fixes the one error has
    fixed them all.
    """
    causes = [
        v for v in found if v.keyword != "unevaluatedProperties" or str(v.pointer[0]).lower() not in names
    ]
    return causes or found


def _quoted(hint: str | None) -> str:
    """The key that `did you mean "title"?` names."""
    return hint.split('"')[1] if hint else ""

"""From schema files to a Schema: read, check, and join what refers to one another into one document."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Any, Final

from ..core.errors import PlacedError
from ..frontmatter.block import FrontMatter, Place
from ..frontmatter.document import document as read_document
from ..frontmatter.places import places
from .check import DRAFT, check
from .schema import Schema
from .vocabulary import IN_PLACE, Way, children, descendants, follow, from_fragment, to_fragment

SHIPPED: Final = "vitdlint:page"
"""How a schema refers to the shipped one: `{"$ref": "vitdlint:page"}`."""


class SchemaError(PlacedError):
    """A schema that cannot be used."""


def load(path: str, read: Callable[[str], bytes], *, for_calls: bool = False) -> Schema:
    """The schema in a file, with all files it refers to; `read` gives a file's bytes by its path, or raises OSError.

    `for_calls` says that it is for the calls of a shortcode, of which not all is asked that can be of front matter.

    Raises SchemaError for anything that would make the schema check something else than it says: bad JSON, a misspelt
    keyword, a pattern that is none, a reference to what is not there or is outside.
    """
    loader = _Loader(read, for_calls=for_calls)
    loader.file(normpath(path), None)
    return loader.bundle(normpath(path))


@cache
def shipped() -> Schema:
    """The schema for every page that no other schema is for: it types what Hugo reads, and demands nothing."""
    return load(SHIPPED, _no_file)


def shipped_text(name: str) -> bytes:
    """A file of the folder `schemas` that vitdlint brings: in the package when installed, beside it in a checkout."""
    package = Path(__file__).parents[1]
    packaged = package / "schemas" / name
    return (packaged if packaged.is_file() else package.parent / "schemas" / name).read_bytes()


def _no_file(path: str) -> bytes:
    raise FileNotFoundError(path)


class _Document:
    """One schema file, parsed."""

    def __init__(self, path: str, text: str, front: FrontMatter) -> None:
        self.path = path
        self.text = text
        self.front = front
        self.data: Any = front.data

    def error(self, way: Way, message: str, *, key: bool = False) -> SchemaError:
        """An error at a place of this file: at a value, or at its key."""
        place = places(self.front).get(way, Place(0, 0))
        return SchemaError.in_text(self.path, self.text, *place.span(key=key), message)


class _Loader:
    def __init__(self, read: Callable[[str], bytes], *, for_calls: bool) -> None:
        self.read = read
        self.for_calls = for_calls
        self.documents: dict[str, _Document] = {}
        self.roots: dict[str, str] = {}
        """The `$id` of each file -> its path."""

    def file(self, path: str, asker: tuple[_Document, Way] | None) -> None:
        """Read a file, and then those it refers to."""
        try:
            data = shipped_text("page.schema.json") if path == SHIPPED else self.read(path)
        except (OSError, ValueError) as error:
            reason = "there is no such file" if isinstance(error, FileNotFoundError) else str(error)
            if asker is None:
                raise SchemaError(path, 1, 1, f"the schema cannot be read: {reason}") from error
            raise asker[0].error(asker[1], f'"{path}" cannot be read: {reason}') from error
        document = self.parse(path, data)
        self.documents[path] = document
        fault = (
            None if path == SHIPPED else check(document.data, for_calls=self.for_calls)
        )  # tests check the shipped one
        if fault is not None:
            raise document.error(fault.way, fault.message, key=fault.key)
        if isinstance(document.data, dict) and isinstance(document.data.get("$id"), str):
            self.roots[document.data["$id"].rstrip("#")] = path
        for way, schema in descendants(document.data):
            if isinstance(schema, dict) and "$ref" in schema:
                target, _ = self.target(document, (*way, "$ref"), schema["$ref"])
                if target not in self.documents:
                    self.file(target, (document, (*way, "$ref")))

    def parse(self, path: str, data: bytes) -> _Document:
        """The document in a file's bytes."""
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise SchemaError(path, 1, 1, "the schema is not UTF-8") from error
        front = read_document("a.json", text)
        for problem in front.problems:
            raise SchemaError.in_text(path, text, problem.start, problem.end, problem.words)
        return _Document(path, text, front)

    def target(self, document: _Document, place: Way, reference: str) -> tuple[str, str]:
        """The file that a `$ref` names, and the fragment in it."""
        name, _, fragment = reference.partition("#")
        if not name:
            return document.path, fragment
        if name in {SHIPPED, *self.roots}:
            return self.roots.get(name, name), fragment
        if name == DRAFT:
            raise document.error(place, "a schema for schemas is nothing that front matter could follow")
        if "://" in name or name.startswith("//"):
            message = f'vitdlint fetches nothing: save "{name}" beside this file and refer to it by its path'
            raise document.error(place, message)
        path = normpath(join(dirname(document.path), name))
        if path.startswith(("../", "/")) or document.path == SHIPPED:
            raise document.error(place, f'"{name}" lies outside the site')
        return path, fragment

    def bundle(self, root: str) -> Schema:
        """One document: the root file, and each other file among its `$defs`, with every reference turned there."""
        for document in self.documents.values():
            anchors = _anchors(document)
            for way, schema in descendants(document.data):
                if isinstance(schema, dict) and "$ref" in schema:
                    schema["$ref"] = self.turned(document, way, schema["$ref"], root, anchors)
        whole: dict[str, Any] = self.documents[root].data
        for path, document in self.documents.items():
            document.data.pop("$id", None)
            if path != root:
                document.data.pop("$schema", None)
                whole.setdefault("$defs", {})[_name(path)] = document.data
        for _, schema in descendants(whole):
            _spell_out_never(schema)
        loop = None if root == SHIPPED else _loop(whole)  # tests check that one
        if loop is not None:
            raise SchemaError(root, 1, 1, f'"$ref": "#{loop}" leads back to itself without end')
        text = json.dumps(whole, ensure_ascii=True, separators=(",", ":"))
        digest = hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
        return Schema(root, text, digest, tuple(path for path in self.documents if path != SHIPPED))

    def turned(
        self, document: _Document, way: Way, reference: str, root: str, anchors: dict[str, Way]
    ) -> str:
        """A reference as it is in the bundle."""
        path, fragment = self.target(document, (*way, "$ref"), reference)
        target = self.documents[path]
        if fragment and not fragment.startswith("/"):
            known = anchors if target is document else _anchors(target)
            if fragment not in known:
                raise document.error((*way, "$ref"), f'there is no "$anchor": "{fragment}" in {path}')
            steps = known[fragment]
        else:
            steps = from_fragment(fragment)
        try:
            found = follow(target.data, steps)
        except KeyError:
            raise document.error((*way, "$ref"), f'there is nothing at "{reference}"') from None
        if not isinstance(found, dict | bool):
            raise document.error((*way, "$ref"), f'what is at "{reference}" is not a schema')
        return "#" + to_fragment(steps if path == root else ("$defs", _name(path), *steps))


def _name(path: str) -> str:
    return f"file {path}"


def _anchors(document: _Document) -> dict[str, Way]:
    return {
        schema["$anchor"]: way
        for way, schema in descendants(document.data)
        if isinstance(schema, dict) and isinstance(schema.get("$anchor"), str)
    }


def _spell_out_never(schema: Any) -> None:
    """`false` as the schema of a value becomes `{"not": {}}`: jsonschema forgets where `false` has failed."""
    if isinstance(schema, dict):
        for keyword in ("properties", "patternProperties"):
            for name, child in schema.get(keyword, {}).items():
                if child is False:
                    schema[keyword][name] = {"not": {}}
        if schema.get("items") is False:
            schema["items"] = {"not": {}}
        schema.update(
            {"prefixItems": [{"not": {}} if c is False else c for c in schema["prefixItems"]]}
            if "prefixItems" in schema
            else {}
        )


def _loop(whole: dict[str, Any]) -> str | None:
    """The target of a reference that checks the same value by the same schema again and again, or None."""
    done: set[int] = set()
    trail: set[int] = set()
    pending = [schema for _, schema in descendants(whole)]
    while pending:
        schema = pending[-1]
        if not isinstance(schema, dict) or id(schema) in done:
            pending.pop()
        elif id(schema) in trail:  # all that it leads to is done
            pending.pop()
            trail.discard(id(schema))
            done.add(id(schema))
        else:
            trail.add(id(schema))
            steps = [child for way, child in children(schema) if way[0] in IN_PLACE]
            if "$ref" in schema:
                steps.append(follow(whole, from_fragment(schema["$ref"][1:])))
            if any(id(step) in trail for step in steps):
                return str(schema.get("$ref", "#"))[1:]
            pending.extend(steps)
    return None

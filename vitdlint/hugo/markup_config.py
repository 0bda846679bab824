"""From `[markup]` of a configuration to the values that decide what a body means."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .cast import to_bool, to_int, to_map, to_string
from .markup import Markup, Typographer

_ID_TYPES = ("github", "github-ascii", "blackfriday")


def markup_of(table: Mapping[str, Any]) -> Markup:
    """The renderer's settings; `table` is `[markup]` with lower-case keys. What is not set is Hugo's default."""
    default = Markup()
    goldmark = to_map(table.get("goldmark"))
    renderer, parser = to_map(goldmark.get("renderer")), to_map(goldmark.get("parser"))
    extensions = to_map(goldmark.get("extensions"))
    footnote = extensions.get("footnote")
    attribute = parser.get("attribute")
    if isinstance(attribute, bool):
        title, block = attribute, False  # the old form: true means titles only
    else:
        title = _flag(to_map(attribute), "title", default.attribute_title)
        block = _flag(to_map(attribute), "block", default.attribute_block)
    id_type = to_string(parser.get("autoheadingidtype")) or to_string(parser.get("autoidtype"))
    definition_list = _flag(extensions, "definitionlist", default.definition_list)
    auto_term_id = _flag(parser, "autodefinitiontermid", default.auto_definition_term_id)
    highlight = to_map(table.get("highlight"))
    extras = to_map(extensions.get("extras"))
    contents = to_map(table.get("tableofcontents"))
    return Markup(
        unsafe=_flag(renderer, "unsafe", default.unsafe),
        auto_heading_id=_flag(parser, "autoheadingid", default.auto_heading_id),
        id_type=id_type if id_type in _ID_TYPES else default.id_type,
        auto_definition_term_id=auto_term_id and definition_list,
        attribute_title=title,
        attribute_block=block,
        definition_list=definition_list,
        footnote=footnote
        if isinstance(footnote, bool)
        else _flag(to_map(footnote), "enable", default.footnote),
        footnote_auto_id_prefix=_flag(
            to_map(footnote), "enableautoidprefix", default.footnote_auto_id_prefix
        ),
        linkify=_flag(extensions, "linkify", default.linkify),
        linkify_protocol=to_string(extensions.get("linkifyprotocol", default.linkify_protocol)),
        strikethrough=_flag(extensions, "strikethrough", default.strikethrough)
        or _flag(to_map(extras.get("delete")), "enable", False),
        table=_flag(extensions, "table", default.table),
        task_list=_flag(extensions, "tasklist", default.task_list),
        typographer=_typographer(extensions.get("typographer")),
        passthrough=_passthrough(to_map(extensions.get("passthrough"))),
        highlight="none"
        if not _flag(highlight, "codefences", True)
        else "all"
        if _flag(highlight, "guesssyntax", False)
        else "known",
        toc_start=to_int(contents.get("startlevel"), default.toc_start),
        toc_end=to_int(contents.get("endlevel"), default.toc_end),
    )


def _flag(table: Mapping[str, Any], key: str, default: bool) -> bool:
    return to_bool(table[key]) if key in table else default


def _typographer(value: Any) -> Typographer | None:
    """From a table, or the old form: true or false."""
    table = to_map(value)
    if value is False or _flag(table, "disable", False):
        return None
    keys = {field: field.replace("_", "") for field in Typographer._fields}
    return Typographer(**{field: _written(table[key]) for field, key in keys.items() if key in table})


def _written(value: Any) -> str:
    """A string of a structure; unlike elsewhere Hugo decodes true as 1."""
    return str(int(value)) if isinstance(value, bool) else to_string(value)


def _passthrough(table: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Block delimiters first: at the start of a paragraph they win over inline ones."""
    if not _flag(table, "enable", False):
        return ()
    delimiters = to_map(table.get("delimiters"))
    listed = [
        pair for kind in ("block", "inline") for pair in _list(delimiters.get(kind))
    ]  # fmt: skip
    pairs = [(to_string(p[0]), to_string(p[1])) for p in listed if isinstance(p, list) and len(p) == 2]
    return tuple((opening, closing) for opening, closing in pairs if opening and closing)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []

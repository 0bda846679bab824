"""From a validator's error to a sentence for a person who writes pages.

`describe` is the door: it looks for the schema author's own words (`x-message`), and else asks the function of the
keyword that failed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from difflib import get_close_matches
from typing import Any, Final

from ..frontmatter.block import Pointer
from ..frontmatter.meant import boolean
from .format_words import format_words
from .show import Checked, either, kind_of, kinds, shown
from .violation import Violation
from .vocabulary import IN_PLACE, NAMED, SEVERAL, Way, follow, from_fragment


def describe(error: Any, whole: dict[str, Any], of: Checked, folder: str = "") -> Iterator[Violation]:
    """The violations that one error of jsonschema means; `whole` is the schema that was used."""
    pointer: Pointer = tuple(error.absolute_path)
    keyword = str(error.validator)
    own = own_words(whole, tuple(error.absolute_schema_path))
    if keyword in {"anyOf", "oneOf"} and error.context and own is None:
        yield from _alternatives(error, pointer, whole, of, folder)
        return
    if "propertyNames" in error.relative_schema_path and isinstance(error.instance, str):
        pointer, of_key = (*pointer, error.instance), True
    else:
        of_key = False
    for violation in _WORDS.get(keyword, _general)(error, pointer, of):
        found = violation
        if keyword == "format":
            message, hint = format_words(
                str(error.validator_value), error.instance, of.subject(pointer), folder
            )
            found = found._replace(message=message, help=hint)
        found = found._replace(key=found.key or of_key, keyword=keyword)
        if of_key:
            found = found._replace(message=_about_key(found.message, error.instance, pointer, of))
        if own is not None and keyword not in _NAMING:
            found = found._replace(message=_filled(own, pointer, error.instance, of), help=_switch(error))
        elif found.help is None and isinstance(error.schema, dict) and keyword not in _SELF_EXPLAINING:
            found = found._replace(help=_first_sentence(error.schema.get("description")))
        yield found


_SELF_EXPLAINING: Final = {"additionalProperties", "unevaluatedProperties", "uniqueItems", "type"}
_NAMING: Final = {"required", "additionalProperties", "unevaluatedProperties"}
"""Keywords whose message must name a key; what a schema says about the whole mapping would hide it."""


def own_words(whole: dict[str, Any], way: Way) -> str | None:
    """The schema author's wording for the value at which this way ends.

    It is the first on the way: a reference with an `x-message` beside it wins over what it refers to.
    """
    words: str | None = None
    here: Any = whole
    at = 0
    while at < len(way) and isinstance(here, dict):
        keyword = way[at]
        words = words or _message(here)
        while keyword not in here and "$ref" in here:  # jsonschema leaves references out of its ways
            here = follow(whole, from_fragment(here["$ref"][1:]))
            words = words or _message(here)
        steps = 2 if keyword in SEVERAL or keyword in NAMED else 1
        if at + steps >= len(way):
            break
        try:
            here = follow(here, way[at : at + steps])
        except KeyError:
            return None
        at += steps
        if keyword not in IN_PLACE:
            words = None
    return words


def _message(schema: Any) -> str | None:
    message = schema.get("x-message") if isinstance(schema, dict) else None
    return message if isinstance(message, str) else None


def _filled(words: str, pointer: Pointer, value: Any, of: Checked) -> str:
    """The author's wording with the place and the value in it."""
    return words.replace("{name}", of.subject(pointer)).replace("{value}", shown(value))


def _switch(error: Any) -> str | None:
    """What to write instead of `yes` where the schema asks for true or false."""
    word = boolean(error.instance) if isinstance(error.instance, str) else ""
    forms = error.schema.get("anyOf", ()) if isinstance(error.schema, dict) else ()
    return f"write `{word}`" if word and any(word in form.get("enum", ()) for form in forms) else None


def _about_key(message: str, key: str, pointer: Pointer, of: Checked) -> str:
    """A sentence about a value, turned to the key that was checked like one."""
    name = f"the {of.key} {shown(key)}"
    about = f"{of.subject(pointer)} {shown(key)}"
    return name + message.removeprefix(about) if message.startswith(about) else f"{name}: {message}"


def _violation(pointer: Pointer, message: str, hint: str | None = None, *, key: bool = False) -> Violation:
    return Violation(pointer, key, message, hint, "")


def _alternatives(
    error: Any, pointer: Pointer, whole: dict[str, Any], of: Checked, folder: str
) -> Iterator[Violation]:
    """Of several forms none fits: name the types if all fail there, else describe the form that comes closest."""
    branches: dict[int, list[Any]] = {}
    for child in error.context:
        if child.relative_schema_path:  # a form that is `false` has none, and no words for what it wants
            branches.setdefault(child.relative_schema_path[0], []).append(child)
    if not branches:
        yield from _never(error, pointer, of)
        return
    here = [[c for c in b if c.validator == "type" and not c.relative_path] for b in branches.values()]
    if all(here):
        types = [t for b in here for c in b for t in _list(c.validator_value)]
        yield _typed(error.instance, pointer, types, of)._replace(keyword="type")
        return
    values = [c.validator_value for b in branches.values() for c in b if not c.relative_path]
    if all(len(b) == 1 and b[0].validator in {"const", "enum"} for b in branches.values()):
        options = [
            o
            for b, v in zip(branches.values(), values, strict=True)
            for o in (v if b[0].validator == "enum" else [v])
        ]
        yield _choice(error.instance, pointer, options, of)._replace(keyword="enum")
        return
    close = [b for b, type_errors in zip(branches.values(), here, strict=True) if not type_errors]
    best = min(close, key=lambda b: (len(b), -max(len(c.relative_path) for c in b)))
    for child in best:
        yield from describe(child, whole, of, folder)


def _type(error: Any, pointer: Pointer, of: Checked) -> Iterator[Violation]:
    yield _typed(error.instance, pointer, _list(error.validator_value), of)


def _typed(value: Any, pointer: Pointer, types: list[str], of: Checked) -> Violation:
    wanted = kinds(types)
    if value is None:
        message = f"{of.subject(pointer)} has no value; it must be {wanted}"
    elif isinstance(value, dict | list):
        message = f"{of.subject(pointer)} must be {wanted}, not {kind_of(value)}"
    elif isinstance(value, str):
        message = f"{of.subject(pointer)} must be {wanted}, not the text {shown(value)}"
    else:
        message = f"{of.subject(pointer)} must be {wanted}, not {shown(value)}"
    hint = None
    if isinstance(value, str):
        if "boolean" in types and value.lower() in {"true", "false"}:
            hint = f"remove the quotes: {value.lower()}"
        elif {"integer", "number"} & set(types) and value.strip().lstrip("-").replace(".", "", 1).isdigit():
            hint = f"remove the quotes: {value.strip()}"
        elif "array" in types and value:
            hint = f"write a list: [{shown(value)}]"
    elif "string" in types and isinstance(value, int | float):
        hint = f'put it in quotes: "{shown(value)}"'
    return _violation(pointer, message, hint)


def _enum(error: Any, pointer: Pointer, of: Checked) -> Iterator[Violation]:
    yield _choice(error.instance, pointer, error.validator_value, of)


def _const(error: Any, pointer: Pointer, of: Checked) -> Iterator[Violation]:
    yield _violation(
        pointer, f"{of.subject(pointer)} must be {shown(error.validator_value)}, not {shown(error.instance)}"
    )


def _choice(value: Any, pointer: Pointer, options: list[Any], of: Checked) -> Violation:
    listed = [shown(option) for option in options]
    words = (
        either(listed) if len(listed) <= 8 else ", ".join(listed[:8]) + f" or one of {len(listed) - 8} others"
    )
    texts = [option for option in options if isinstance(option, str)]
    hint = None
    if isinstance(value, str):
        lower = {text.lower(): text for text in reversed(texts)}
        close = get_close_matches(value.lower(), lower, 1, 0.6)
        hint = f'did you mean "{lower[close[0]]}"?' if close else None
    return _violation(pointer, f"{of.subject(pointer)} must be {words}, not {shown(value)}", hint)


def _length(error: Any, pointer: Pointer, of: Checked) -> Iterator[Violation]:
    limit, have = error.validator_value, len(error.instance)
    name = of.subject(pointer)
    if have == 0:
        yield _violation(pointer, f"{name} is empty")
    elif error.validator in {"minLength", "minItems", "minProperties"}:
        yield _violation(
            pointer, f"{name} has {_count(have, error.validator, of)}; at least {limit} must be there"
        )
    else:
        yield _violation(
            pointer, f"{name} has {_count(have, error.validator, of)}; at most {limit} are allowed"
        )


def _count(number: int, keyword: str, of: Checked) -> str:
    noun = "character" if keyword.endswith("Length") else "item" if keyword.endswith("Items") else of.key
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _pattern(error: Any, pointer: Pointer, of: Checked) -> Iterator[Violation]:
    yield _violation(
        pointer,
        f"{of.subject(pointer)} {shown(error.instance)} does not match the pattern {error.validator_value}",
    )


def _range(error: Any, pointer: Pointer, of: Checked) -> Iterator[Violation]:
    words = {
        "minimum": "at least",
        "maximum": "at most",
        "exclusiveMinimum": "more than",
        "exclusiveMaximum": "less than",
        "multipleOf": "a multiple of",
    }[error.validator]
    message = (
        f"{of.subject(pointer)} must be {words} {shown(error.validator_value)}, not {shown(error.instance)}"
    )
    yield _violation(pointer, message)


def _unique(error: Any, pointer: Pointer, of: Checked) -> Iterator[Violation]:
    seen: list[Any] = []
    for index, item in enumerate(error.instance):
        if any(item == other and type(item) is type(other) for other in seen):
            yield _violation((*pointer, index), f"{shown(item)} appears twice in {of.subject(pointer)}")
        seen.append(item)


def _required(error: Any, pointer: Pointer, of: Checked) -> Iterator[Violation]:
    # jsonschema yields one error for each missing name and has the name only in its message.
    name = next(
        n for n in error.validator_value if n not in error.instance and error.message.startswith(repr(n))
    )
    schema = error.schema.get("properties", {}).get(name)
    schema = schema if isinstance(schema, dict) else {}
    where = f" in {of.subject(pointer)}" if pointer else ""
    message = f"{of.named(name)} is missing{where}"
    yield _violation(pointer, message, _first_sentence(schema.get("description")), key=bool(pointer))


def _unknown(error: Any, pointer: Pointer, of: Checked) -> Iterator[Violation]:
    name = error.message
    known = [n for n in error.schema.get("properties", {}) if n not in error.instance]
    close = get_close_matches(name.lower(), known, 1, 0.75)
    where = f" in {of.subject(pointer)}" if pointer else ""
    hint = f'did you mean "{close[0]}"?' if close else None
    yield _violation(
        (*pointer, name), f"the schema knows no {of.named(name).removeprefix('the ')}{where}", hint, key=True
    )


def _dependent(error: Any, pointer: Pointer, of: Checked) -> Iterator[Violation]:
    for name, needed in error.validator_value.items():
        missing = [n for n in needed if n not in error.instance] if name in error.instance else []
        for other in missing:
            if error.message.startswith(repr(other)):
                yield _violation(
                    (*pointer, name), f'{of.owner} with "{name}" must have "{other}" too', key=True
                )


def _contains(error: Any, pointer: Pointer, of: Checked) -> Iterator[Violation]:
    wanted = error.schema.get("contains")
    if isinstance(wanted, dict) and "const" in wanted:
        yield _violation(pointer, f"{shown(wanted['const'])} is missing in {of.subject(pointer)}")
        return
    hint = _first_sentence(wanted.get("description")) if isinstance(wanted, dict) else None
    few = error.validator != "maxContains" and "Too many" not in error.message
    message = f"{of.subject(pointer)} has {'no' if few else 'too many'} item{'' if few else 's'} of the kind the schema asks for"
    yield _violation(pointer, message, hint)


def _never(_: Any, pointer: Pointer, of: Checked) -> Iterator[Violation]:
    if pointer and isinstance(pointer[-1], str):
        yield _violation(pointer, f"{of.named(pointer[-1])} is not allowed here", key=True)
    else:
        yield _violation(pointer, f"{of.subject(pointer)} is not allowed here")


def _not(error: Any, pointer: Pointer, of: Checked) -> Iterator[Violation]:
    refused = error.validator_value
    if refused in ({}, True):
        yield from _never(error, pointer, of)
        return
    names = refused.get("required") if isinstance(refused, dict) else None
    if names and isinstance(error.instance, dict) and len(names) == 1 and names[0] in error.instance:
        yield _violation((*pointer, names[0]), f"{of.named(names[0])} is not allowed here", key=True)
    elif isinstance(error.instance, dict | list):
        yield _violation(pointer, f"{of.subject(pointer)} is what the schema excludes")
    else:
        yield _violation(pointer, f"{of.subject(pointer)} may not be {shown(error.instance)}")


def _one_of(_: Any, pointer: Pointer, of: Checked) -> Iterator[Violation]:
    yield _violation(
        pointer, f"{of.subject(pointer)} fits more than one of the forms of which it may have one"
    )


def _general(error: Any, pointer: Pointer, of: Checked) -> Iterator[Violation]:
    yield _violation(pointer, f"{of.subject(pointer)} is not what the schema asks for ({error.validator})")


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _first_sentence(description: Any) -> str | None:
    """What the schema says about the value, as a hint."""
    if not isinstance(description, str) or not description.strip():
        return None
    sentence = description.strip().split(". ")[0].strip().rstrip(".")
    return sentence[:1].lower() + sentence[1:] if sentence[1:2].islower() else sentence


_WORDS: Final[dict[str, Callable[[Any, Pointer, Checked], Iterator[Violation]]]] = {
    "type": _type,
    "enum": _enum,
    "const": _const,
    "minLength": _length,
    "maxLength": _length,
    "minItems": _length,
    "maxItems": _length,
    "minProperties": _length,
    "maxProperties": _length,
    "pattern": _pattern,
    "minimum": _range,
    "maximum": _range,
    "exclusiveMinimum": _range,
    "exclusiveMaximum": _range,
    "multipleOf": _range,
    "uniqueItems": _unique,
    "required": _required,
    "additionalProperties": _unknown,
    "unevaluatedProperties": _unknown,
    "dependentRequired": _dependent,
    "contains": _contains,
    "minContains": _contains,
    "maxContains": _contains,
    "not": _not,
    "oneOf": _one_of,
    "None": _never,  # the schema `false`, which has no keyword
}

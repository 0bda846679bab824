"""What a person may have meant where a block stops being TOML."""

from __future__ import annotations

import re
from typing import NamedTuple

from .fault import Fault, bad_escape, name_of, write
from .lines import line_stop
from .meant import instead, quoted, text_of


class Stop(NamedTuple):
    """Where the walk through a block stops."""

    source: str
    at: int
    """The key or value that is wrong, or before what is wrong."""
    end: int
    """Where the block ends."""
    closer: str
    """What ends the list or inline table, or the line."""
    opened: int
    """The bracket that opens it, or -1."""

    @property
    def line_end(self) -> int:
        """The end of the line, without spaces and without a comment."""
        found = _COMMENT.search(self.source, self.at, line_stop(self.source, self.at))
        return found.start() if found else line_stop(self.source, self.at)

    @property
    def rest(self) -> str:
        """The line from the place on, without a comment."""
        return self.source[self.at : self.line_end]


_COMMENT = re.compile(r"[ \t]+#[^\"'\n]*$", re.MULTILINE)
_LINE = re.compile(
    r"""[ \t]*(?:[\w.-]+|"[^"\n]*"|'[^'\n]*')[ \t]*=|[ \t]*\[\[?[A-Za-z_][\w.-]*\]\]?[ \t\r]*\n|[ \t]*[\r\n]|\+\+\+"""
)
_ITEM_LINE = re.compile(r"\s*-[ \t]+([^\n]*)")
_WHOLE = re.compile(r"\"((?:[^\"\\\n]|\\.)*)\"")
_GOOD_PART = re.compile(
    r'"(?:[^"\\\x00-\x08\x0a-\x1f\x7f]|\\(?:[btnfre"\\]|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}))*'
)
_SMART = re.compile(r"[“„‟«‘‚][^\n“”»’]*[“”»’]")
_NEXT = re.compile(r"""[\w.-]+[ \t]*=|[-+]?[0-9][0-9_.:TZ-]*[ \t]*[,\]}]|["'\[{]|(?:true|false)\b""")
_VALUE = re.compile(r"""(?:"[^"\n]*"|'[^'\n]*'|\[.*\]|\{.*\}|true|false|[-+]?[0-9][0-9_.:TZ-]*)[ \t]*$""")


def bad_header(stop: Stop) -> Fault:
    """A name of a table that is not between the right brackets, or not a name."""
    line = stop.rest
    begins = "[[" if line.startswith("[[") else "["
    name = line.strip("[] \t")
    if not re.fullmatch(r"[\w.\"' -]+", name):
        return Fault(
            stop.at, stop.line_end, "this is not the name of a table", "write a line like `[params]`"
        )
    name = name if re.fullmatch(r"[A-Za-z0-9_.\"'-]+", name) else quoted("toml", name)
    literal = f"{begins}{name}{']' * len(begins)}"
    return Fault(
        stop.at,
        stop.line_end,
        f'the name of a table must be between "{begins}" and "{literal[-len(begins) :]}"',
        write(literal),
    )


def bad_key(stop: Stop) -> Fault:
    """No key where one must be."""
    at, line = stop.at, stop.rest
    if re.match(r"//|/\*|;|--", line):
        text = line.lstrip("/*;- ").removesuffix("*/").rstrip()
        return Fault(at, stop.line_end, 'a comment in TOML begins with "#"', write(f"# {text}"))
    if line.startswith(","):
        return Fault(at, at + 1, "this comma separates nothing", "remove this comma")
    found = re.match(r"([^\s=\"'\[\]{}:][^=\"'\[\]{}:\n]*?)[ \t]*=", line)
    if found:
        return Fault(
            at, at + len(found[1]), "this key must be between quotes", write(quoted("toml", found[1]))
        )
    if fault := _list_as_table(stop):
        return fault
    found = re.match(r"([“„‟«‘‚\"'][^=\n]*?)[ \t]*=", line)
    if found:
        name = text_of(found[1])
        return Fault(
            at, at + len(found[1]), "this key must be between straight quotes", write(quoted("toml", name))
        )
    return Fault(at, stop.line_end, "this line has no key", 'write a line like `key = "value"`')


def no_equals(stop: Stop) -> Fault:
    """A key without its equals sign."""
    at, line = stop.at, stop.rest
    if fault := _list_as_table(stop):
        return fault
    found = re.match(r"""([\w.-]+|"[^"]*"|'[^']*')[ \t]*(:=?|=>|->|[ \t])[ \t]*(.*)""", line)
    if stop.closer == "}" and found and found[2][0] == ":":
        colon = at + found.start(2)
        return Fault(
            colon, colon + len(found[2]), 'between a key and its value must be "=", not ":"', write("=")
        )
    named = re.match(r"([A-Za-z_][^=\"'\[\]{}:\n]*?)[ \t]*=(?!=)", line)
    if named and " " in named[1]:
        return Fault(
            at,
            at + len(named[1]),
            "a key with spaces must be between quotes",
            write(quoted("toml", named[1])),
        )
    if named and not named[1].isascii():
        return Fault(
            at, at + len(named[1]), "this key must be between quotes", write(quoted("toml", named[1]))
        )
    if not found or not found[3]:
        name = line if re.fullmatch(r"[\w.-]+", line) else "key"
        return Fault(
            at, stop.line_end, 'this line has no "=" and no value', f'write a line like `{name} = "value"`'
        )
    message = 'between a key and its value must be "="' + (f', not "{found[2]}"' if found[2].strip() else "")
    return Fault(at, stop.line_end, message, write(f"{found[1]} = {_literal(found[3])}"))


def _literal(typed: str) -> str:
    return typed if _VALUE.fullmatch(typed) else quoted("toml", text_of(typed))


def _list_as_table(stop: Stop) -> Fault | None:
    """Texts below `[[tags]]`, which begins a list of tables."""
    above = re.search(
        r"\[\[?([\w.-]+)\]\]?[ \t\r]*\n\Z", stop.source[: stop.source.rfind("\n", 0, stop.at) + 1]
    )
    block = re.compile(r"(?:[ \t]*(?:\"[^\"\n]*\"|'[^'\n]*'),?[ \t\r]*(?:\n|\Z))+").match(
        stop.source, stop.at, stop.end
    )
    if not above or not block:
        return None
    items = ", ".join(line.strip(" \t\r,") for line in block.group().splitlines())
    advice = f"write `{above[1]} = [{items}]` instead of `{above.group().strip()}` and these lines, above all tables"
    return Fault(stop.at, stop.at + len(block.group().rstrip()), "this is a list and not a table", advice)


def bad_value(stop: Stop) -> Fault:
    """No value, or one that must be between quotes."""
    source, at = stop.source, stop.at
    char = source[at : at + 1]
    if at >= stop.end or char in "\r\n#":
        key = source[source.rfind("\n", 0, at) + 1 : at].rstrip()
        items = _yaml_items(source, source.find("\n", at), stop.end)
        if items:
            text = ", ".join(_literal(item) for item in items)
            return Fault(
                at,
                at,
                'TOML has no list items with "-"',
                f"write `[{text}]` after `{key}`, and remove the items",
            )
        return Fault(
            len(source[:at].rstrip()),
            len(source[:at].rstrip()),
            "a value is missing",
            'write `""`, or remove the key',
        )
    if char == "=":
        return Fault(at, at + 1, 'this "=" is one too many', "remove it")
    if char == "(" and (close := source.find(")", at, stop.line_end)) > 0:
        return Fault(
            at, close + 1, "a list must be between square brackets", write(f"[{source[at + 1 : close]}]")
        )
    found = _SMART.match(source, at)
    end = found.end() if found else stop.line_end
    if not found and stop.closer != "\n":
        end = next((i for i in range(at, end) if source[i] in ",]}"), end)
    typed = source[at:end].rstrip()
    if typed[-1:] in {",", ";"}:
        if _VALUE.fullmatch(typed[:-1]):
            return _mark_behind(at + len(typed) - 1, typed[-1])
        typed = typed[:-1]
    message, advice = instead("toml", typed)
    if advice == "remove this line":
        at = source.rfind("\n", 0, at) + 1
        end = line_stop(source, at)
        return Fault(at, end, message, advice)
    return Fault(at, at + len(typed), message, advice)


def _yaml_items(source: str, at: int, end: int) -> list[str]:
    items = []
    while 0 <= at < end and (found := _ITEM_LINE.match(source, at, end)):
        items.append(found[1].strip())
        at = found.end()
    return items


def bad_string(stop: Stop) -> Fault:
    """A text that does not end, or with something in it that cannot be."""
    source, at, quote = stop.source, stop.at, stop.source[stop.at]
    if source.startswith(quote * 3, at):
        last = source[: stop.end].rstrip()
        line = last[last.rfind("\n") + 1 :].strip()
        if source.find(quote * 3, at + 3, stop.end) < 0:
            advice = f"write `{quote * 3}` after `{line}`"
            return Fault(at, at + 3, "this text is never closed", advice)
        return _inside(
            stop,
            re.compile(r'"""(?:[^\\\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\\(?:[btnfre"\\\s]|x..|u....|U.{8}))*'),
        )
    if quote == "'" and source.find("'", at + 1, line_stop(source, at)) > 0:
        return _inside(stop, re.compile(r"'[^'\x00-\x08\x0a-\x1f\x7f]*"))
    if quote == '"' and (whole := _WHOLE.match(source, at)):
        good = _GOOD_PART.match(source, at)
        bad = good.end() if good else at
        if source[bad] == "\\":
            literal = quoted("toml", whole[1].replace("\\'", "'"))
            return Fault(at, whole.end(), bad_escape(source[bad : bad + 2]), write(literal))
        return _inside(stop, _GOOD_PART)
    end = line_stop(source, at)
    after = source.find("\n", end) + 1
    close = source.find(quote, end, stop.end)
    if after and close > 0 and stop.closer == "\n" and not _LINE.match(source, after):
        advice = f"write `{quote * 3}` instead of both quotes"
        return Fault(at, close + 1, f"text over several lines must be between {quote * 3}", advice)
    typed = source[at:end]
    if stop.closer != "\n":
        typed = typed.removesuffix(stop.closer).rstrip()
    typed = typed.rstrip(" ,")
    return Fault(
        at, at + len(typed), "a closing quote is missing", write(quoted("toml", text_of(typed), like=quote))
    )


def _mark_behind(at: int, mark: str) -> Fault:
    """A comma or semicolon behind a value."""
    name = "comma" if mark == "," else "semicolon"
    return Fault(at, at + 1, f"no {name} is allowed after a value", f"remove this {name}")


def _inside(stop: Stop, good: re.Pattern[str]) -> Fault:
    """A character that cannot be in a text."""
    found = good.match(stop.source, stop.at)
    bad = min(found.end() if found else stop.at, len(stop.source) - 1)
    return Fault(bad, bad + 1, f"{name_of(stop.source[bad])} is not allowed in a text", "remove it")


def after_value(stop: Stop, value: int, end: int) -> Fault:
    """More on a line than a key and its value, which ends at `end`."""
    source, at, rest = stop.source, stop.at, stop.rest
    if rest in {",", ";"}:
        return _mark_behind(at, rest)
    if re.match(r"//|/\*|--|;", rest):
        text = rest.lstrip("/*;- ").removesuffix("*/").rstrip()
        return Fault(at, stop.line_end, 'a comment in TOML begins with "#"', write(f"# {text}"))
    if re.match(r"[\w.-]+[ \t]*=", rest):
        return Fault(
            at, stop.line_end, "each key must be on a line of its own", f"write `{rest}` on a line of its own"
        )
    literal = source[value:end]
    whole = source[value : stop.line_end]
    if rest[0] == "," and re.fullmatch(
        r"""(?:"[^"\n]*"|'[^'\n]*')(?:[ \t]*,[ \t]*(?:"[^"\n]*"|'[^'\n]*'))+""", whole
    ):
        return Fault(
            value,
            stop.line_end,
            "several values must be a list, between square brackets",
            write(f"[{whole}]"),
        )
    if source[value] in "[{" or source.startswith(('"""', "'''"), value):
        return Fault(at, stop.line_end, f"nothing is allowed after `{literal[-3:]}` on its line", "remove it")
    if literal[0] in "\"'":
        what = "the text ends early, at the quote in it"
        return Fault(value, stop.line_end, what, write(quoted("toml", text_of(whole))))
    return Fault(value, stop.line_end, *instead("toml", whole))


def no_item(stop: Stop) -> Fault | None:
    """No item where one may be: a comma too many, or the list has ended."""
    source, at = stop.source, stop.at
    if source.startswith(",", at):
        return Fault(at, at + 1, "this comma separates nothing", "remove this comma")
    if at >= stop.end or (stop.closer == "]" and _new_line(source, at) and _LINE.match(source, at)):
        return _unclosed(stop, len(source[:at].rstrip()))
    if source[at] in ")]}":
        return Fault(at, at + 1, f'"{source[at]}" cannot close "{source[stop.opened]}"', write(stop.closer))
    return None


def in_list(stop: Stop, end: int, at: int) -> Fault:
    """Neither a comma nor the end of the list behind an item, which ends at `end`."""
    source = stop.source
    item = source[stop.at : end]
    if at >= stop.end or (_new_line(source, at) and _LINE.match(source, at)):
        return _unclosed(stop, end)
    if source[at] in ")]}":
        return Fault(at, at + 1, f'"{source[at]}" cannot close "{source[stop.opened]}"', write(stop.closer))
    if re.search(r", *[\"']\Z", item) and (source[at].isalnum()):
        cut = item[: item.rindex(",")]
        return Fault(stop.at, stop.at + len(cut), "a closing quote is missing", write(cut + item[0]))
    if item[0] not in "\"'[{" and "\n" not in source[end:at] and not _NEXT.match(source, at):
        return bad_value(stop)
    return Fault(end, end, "a comma is missing", write(","))


def _new_line(source: str, at: int) -> bool:
    return not source[source.rfind("\n", 0, at) + 1 : at].strip()


def _unclosed(stop: Stop, end: int) -> Fault:
    """A list or inline table without its end, which belongs behind the item that ends at `end`."""
    source, opened = stop.source, stop.opened
    body = source[opened:end].rstrip(" \t\r\n,")
    message = f'this "{source[opened]}" is never closed'
    if "\n" in body:
        last = source[opened:end].rstrip().rpartition("\n")[2].strip()
        return Fault(opened, opened + 1, message, f"write `{stop.closer}` after `{last}`")
    return Fault(opened, end, message, write(body + stop.closer))

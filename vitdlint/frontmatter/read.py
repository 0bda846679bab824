"""Find and read a page's front matter exactly where Hugo finds it, and say what is wrong with it.

Hugo 0.168 decides by the first character that is not white space: `{` is JSON, `+` is TOML, `-` is YAML, `#+` is
Org keywords. It does not look further, so a body that begins with `{{< shortcode >}}`, a list or a rule fails the
build when no front matter comes before it.
"""

from __future__ import annotations

from ..core.lazy_re import lazy_re
from .block import FrontMatter
from .json_block import read_json

_LEAD = lazy_re("\ufeff?[ \t\r\n\f\v]*")


def read(text: str) -> FrontMatter:
    """The front matter of a page. Never raises: what is wrong is in `problems`.

    With a syntax problem `data` is empty; with duplicate keys it holds what could be read, the last of each.
    """
    if text[:1] == "{":
        return read_json(text, 0)
    found = _LEAD.match(text)
    start = found.end() if found else 0
    first = text[start : start + 1]
    if first == "{":
        odd = next((i for i in range(start) if text[i] in "\f\v"), None)
        if odd is None:
            return read_json(text, start)
        message = 'remove the invisible control character before "{": Hugo reads it as a part of the JSON, and its build fails'
        return FrontMatter.broken("json", start, "", odd, odd + 1, message)
    if first == "-":
        from .yaml_block import read_yaml  # a site uses one format; the others are not loaded

        return read_yaml(text, start)
    if first == "+":
        from .toml_block import read_toml

        return read_toml(text, start)
    if text.startswith("#+", start):
        from .org_block import read_org

        return read_org(text, start)
    return FrontMatter("", 0, 0, "", {})


def begins_with(text: str, front: FrontMatter) -> bool:
    """Whether a text has the very front matter that was read of another one, as far as that is seen without reading it.

    What comes behind the line that closes a block is no matter to it. JSON has no such line.
    """
    closed = front.kind in ("yaml", "toml") and front.source.endswith("\n") and not front.problems
    return closed and front.start == 0 and text.startswith(front.source)

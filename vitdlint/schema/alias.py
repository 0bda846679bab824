"""The keyword `x-alias`: a value that must be among the page's own aliases too.

`"tiki_page_id": {"type": "integer", "x-alias": "/{value}"}` asks that page 10983 has the alias `/10983`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from .compiled import Asking, values_at
from .show import FRONT_MATTER
from .violation import Violation


def missing_aliases(data: dict[str, Any], asking: tuple[Asking, ...]) -> Iterator[Violation]:
    """A violation for each value whose alias the page does not have; a trailing slash makes no difference."""
    aliases = data.get("aliases")
    have = aliases.split() if isinstance(aliases, str) else aliases if isinstance(aliases, list) else []
    known = {str(alias).rstrip("/") for alias in have}
    for _, template, way in asking:
        for pointer, value in values_at(data, way):
            if not isinstance(value, str | int | float) or value == "":
                continue
            text = value if isinstance(value, str) else json.dumps(value).removesuffix(".0")
            alias = template.replace("{value}", text)
            if alias.rstrip("/") not in known:
                message = f'{FRONT_MATTER.subject(pointer)} is {text}, but no alias "{alias}" keeps the old URL alive'
                yield Violation(pointer, False, message, f'add "{alias}" to aliases', "x-alias")

"""`vitdlint rules` and `vitdlint explain`: the manual, offline."""

from __future__ import annotations

import json
import sys
from typing import Any

from ..core.errors import UsageError
from ..core.model import Exit
from ..core.options import documented, nearest
from ..core.rule import AnyRule, Bad
from ..core.terminal import wants_color
from ..rules import ALL


def rules(output_format: str, color: str) -> int:
    """Print the list of all rules."""
    if output_format == "json":
        _print_json([described(rule) for rule in ALL])
    elif output_format == "text":
        from ..reporters.manual import rule_table  # needs rich

        sys.stdout.write(rule_table(ALL, color=_color(color)))
    else:
        raise UsageError(f'--output-format is "{output_format}"; it must be text or json')
    return Exit.CLEAN


def explain(word: str, output_format: str, color: str) -> int:
    """Print one rule's whole manual."""
    rule = next((r for r in ALL if word in (r.code, r.name)), None)
    if rule is None:
        names = [*(r.name for r in ALL), *(r.code for r in ALL)]
        raise UsageError(f'there is no rule "{word}".{nearest(word, names)}')
    if output_format == "json":
        _print_json(described(rule))
    elif output_format == "text":
        from ..reporters.manual import rule_page  # needs rich

        sys.stdout.write(rule_page(rule, color=_color(color)))
    else:
        raise UsageError(f'--output-format is "{output_format}"; it must be text or json')
    return Exit.CLEAN


def described(rule: AnyRule) -> dict[str, Any]:
    """A rule as JSON: what machines may want to know of it."""
    return {
        "code": rule.code,
        "name": rule.name,
        "summary": rule.summary,
        "severity": rule.severity.word,
        "default": rule.default,
        "fixable": rule.fixable or None,
        "station": rule.on.__name__.lower(),
        "manual": rule.manual,
        "options": [
            {"name": o.name, "type": o.type, "default": _plain(o.default), "description": o.doc}
            for o in documented(rule.options)
        ],
        "examples": [
            {
                "good": not isinstance(e, Bad),
                "files": e.tree,
                "options": dict(e.options),
                "settings": dict(e.settings),
            }
            for e in rule.examples
        ],
    }


def _color(choice: str) -> bool:
    try:
        return wants_color(choice, sys.stdout)
    except ValueError as error:
        raise UsageError(str(error)) from error


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, (tuple, frozenset)) else value


def _print_json(value: Any) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2, default=str) + "\n")

"""`vitdlint rules`: every rule, with all that is known about it as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from ..core.errors import ConfigError, UsageError
from ..core.model import Exit
from ..core.options import documented
from ..core.rule import AnyRule, Bad
from ..core.terminal import note, wants_color, write, write_json
from ..linter.config import load
from ..linter.config_layers import layers_of
from ..rules import ALL
from .config_options import located
from .options import RulesOptions


def rules(options: RulesOptions) -> int:
    """Print the list of all rules."""
    found = known_rules(options.config, plugins=not options.no_plugins)
    if options.output_format == "json":
        print_json([described(rule) for rule in found])
    else:
        from ..reporters.manual import rule_table  # needs rich

        write([rule_table(found, color=wants_color(options.color))])
    return Exit.CLEAN


def known_rules(config: Sequence[str] | None, *, plugins: bool) -> tuple[AnyRule, ...]:
    """Our rules and those of the plug-ins of the site here, by code."""
    try:
        known = load(layers_of(located([], config)), ALL, plugins=plugins).known
    except UsageError:
        if config is not None:
            raise
        return ALL  # no site here
    except ConfigError as error:
        note(f"plug-ins were not loaded:\n{error}")
        return ALL
    return tuple({rule.code: rule for rule in known.values()}.values())


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


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, (tuple, frozenset)) else value


def print_json(value: Any) -> None:
    """A JSON document on standard output."""
    write_json([json.dumps(value, indent=2, default=str), "\n"])

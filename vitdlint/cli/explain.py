"""`vitdlint explain`: the manual of a rule, offline."""

from __future__ import annotations

from ..core.errors import UsageError
from ..core.model import Exit
from ..core.options import nearest
from ..core.terminal import wants_color, write
from .options import ExplainOptions
from .rules import described, known_rules, print_json


def explain(options: ExplainOptions) -> int:
    """Print one rule's whole manual."""
    word = options.rule
    known = known_rules(options.config, plugins=not options.no_plugins)
    rule = next((r for r in known if word in (r.code, r.name)), None)
    if rule is None:
        names = [*(r.name for r in known), *(r.code for r in known)]
        raise UsageError(
            f'there is no rule "{word}".{nearest(word, names) or " `vitdlint rules` lists all."}'
        )
    if options.output_format == "json":
        print_json(described(rule))
    else:
        from ..reporters.manual import rule_page  # needs rich

        write([rule_page(rule, color=wants_color(options.color))])
    return Exit.CLEAN

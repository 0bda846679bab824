"""Rules and their manuals in a terminal, by rich."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterable

from ..core.model import Severity
from ..core.rule import AnyRule
from .rule_page import FAMILIES, facts_of, page

_STYLES = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}


def rule_table(rules: Iterable[AnyRule], *, color: bool) -> str:
    """All rules with severity, default, fix and summary, by family."""
    from rich.console import Console  # 40 ms, only for people
    from rich.table import Table
    from rich.text import Text

    out = io.StringIO()
    width = shutil.get_terminal_size((100, 24)).columns
    console = Console(file=out, width=width, force_terminal=color, no_color=not color, highlight=False)
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), show_header=False)
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column()
    family = ""
    for rule in rules:
        if rule.code[:3] != family:
            family = rule.code[:3]
            if table.row_count:
                table.add_row("", "", "", "", "")
            table.add_row(Text(family, "bold"), Text(FAMILIES.get(family, "Plug-ins"), "bold"), "", "", "")
        word = Text(rule.severity.word, _STYLES[rule.severity]) if rule.default else Text("off", "dim")
        fix = {"safe": "fix", "unsafe": "fix?", "": ""}[rule.fixable]
        table.add_row(
            Text(rule.code, "dim"), Text(rule.name, "bold"), word, Text(fix, "green"), Text(rule.summary)
        )
    console.print(table)
    console.print(
        Text(
            "\nfix: fixed by --fix; fix?: by --fix --unsafe-fixes. vitdlint explain RULE prints the manual.",
            "dim",
        )
    )
    return "\n".join(line.rstrip() for line in out.getvalue().split("\n"))


def rule_page(rule: AnyRule, *, color: bool) -> str:
    """One rule's manual, laid out for the terminal."""
    if not color:
        return page(rule)
    from rich.console import Console
    from rich.markdown import Markdown

    out = io.StringIO()
    width = min(shutil.get_terminal_size((100, 24)).columns, 110)
    console = Console(file=out, width=width, force_terminal=True, highlight=False)
    console.print(f"[bold]{rule.name}[/] [dim]{rule.code} · {facts_of(rule)}[/]\n")
    console.print(Markdown(page(rule).partition("\n\n")[2].partition("\n\n")[2], code_theme="ansi_light"))
    return out.getvalue()

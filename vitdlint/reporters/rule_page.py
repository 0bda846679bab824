"""A rule's manual as Markdown: its docstring, its options and its examples, from the rule alone."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from ..core.model import Severity
from ..core.options import documented
from ..core.rule import PAGE, AnyRule, Bad, Good

FAMILIES = {
    "VD0": "The tool itself",
    "VD1": "Front matter",
    "VD2": "Markdown",
    "VD3": "HTML",
    "VD4": "Text",
    "VD5": "The site's identity",
    "VD6": "Internal links",
    "VD7": "External links, checked offline",
    "VD8": "External links, checked by answers",
}


def facts_of(rule: AnyRule) -> str:
    """Severity, default and fix in one line."""
    default = "on by default" if rule.default else "off by default"
    fix = {"safe": "safe fix", "unsafe": "unsafe fix", "": "no fix"}[rule.fixable]
    stops = " · fails the build" if rule.fails_build else ""
    return f"{rule.severity.word} · {default} · {fix}{stops}"


def page(rule: AnyRule) -> str:
    """The whole manual of one rule."""
    return "\n".join(_page(rule)) + "\n"


def index(rules: Iterable[AnyRule]) -> str:
    """The list of all rules, by family."""
    lines = ["# Rules", ""]
    family = ""
    for rule in rules:
        if rule.code[:3] != family:
            family = rule.code[:3]
            lines += [
                f"\n## {family} {FAMILIES[family]}\n",
                "| rule | | default | fix | what it finds |",
                "|---|---|---|---|---|",
            ]
        default = rule.severity.word if rule.default else f"off ({rule.severity.word})"
        summary = rule.summary.replace("|", "\\|")
        lines.append(
            f"| [{rule.name}]({rule.name}.md) | {rule.code} | {default} | {rule.fixable or '–'} | {summary} |"
        )
    return "\n".join(lines) + "\n"


def _page(rule: AnyRule) -> Iterator[str]:
    yield f"# {rule.name} ({rule.code})"
    yield ""
    yield facts_of(rule)
    yield ""
    yield rule.manual
    options = list(documented(rule.options))
    if options:
        yield ""
        yield "## Options"
        yield ""
        yield "```toml"
        yield f"[rules.{rule.name}]"
        for option in options:
            yield f"{option.name} = {_toml(option.default)}  # {option.type}"
        yield "```"
        yield ""
        for option in options:
            yield f"- `{option.name}`: {option.doc}"
    yield ""
    yield "## Examples"
    for example in rule.examples:
        yield from _example(rule, example)


def _example(rule: AnyRule, example: Good) -> Iterator[str]:
    yield ""
    if isinstance(example, Bad):
        yield f"Found at {', '.join(example.at)}:"
    else:
        yield "In order:"
    settings: dict[str, Any] = dict(example.settings)
    if example.options:
        settings[f"rules.{rule.name}"] = dict(example.options)
    if example.web:
        settings["answers"] = dict(example.web)
    if settings:
        yield ""
        yield from _block(json.dumps(settings, ensure_ascii=False, default=str), "json")
    for path, text in example.tree.items():
        if path != PAGE:
            yield ""
            yield f"`{path}`"
        yield ""
        yield from _block(text)
    if isinstance(example, Bad) and example.fixed is not None:
        yield ""
        yield "With the unsafe fix:" if example.unsafe else "Fixed:"
        for path, text in (
            {PAGE: example.fixed} if isinstance(example.fixed, str) else example.fixed
        ).items():
            if path != PAGE:
                yield ""
                yield f"`{path}`"
            yield ""
            yield from _block(text)


def _block(text: str, language: str = "markdown") -> Iterator[str]:
    fence = "`" * max(3, 1 + max((len(run) for run in _backticks(text)), default=0))
    shown = "".join(c if c.isprintable() or c in "\n\t" else f"\\u{ord(c):04x}" for c in text)
    if len(shown) > 1500:
        shown = f"{shown[:700]}\n… ({len(shown):,} characters)"
    yield f"{fence}{language}"
    yield shown.removesuffix("\n")
    yield fence


def _backticks(text: str) -> Iterator[str]:
    run = ""
    for c in text + " ":
        if c == "`":
            run += c
        elif run:
            yield run
            run = ""


def _toml(value: Any) -> str:
    if isinstance(value, Severity):
        return f'"{value.word}"'
    if isinstance(value, (tuple, list, frozenset)):
        return "[" + ", ".join(_toml(v) for v in value) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{k} = {_toml(v)}" for k, v in value.items()) + "}"
    return json.dumps(value, ensure_ascii=False, default=str)

"""Write what is made from the code: the manual of every rule, the JSON Schema of the configuration, and
what the commands in the README print.

python tests/generate.py            writes the files
python tests/generate.py --check    says which are stale, and ends with 1 if any is
"""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from support.man_page import man_page

from vitdlint.core.options import json_schema
from vitdlint.linter.config import Keys
from vitdlint.reporters.rule_page import index, page
from vitdlint.rules import ALL

ROOT = Path(__file__).parent.parent
CONSOLE = re.compile(r"```console\n\$ ([^\n]*)\n.*?```", re.DOTALL)
OPEN = re.compile(r"{{([<%])(?!/\*)")
SHORTCODE = re.compile(r"({{[<%])((?:(?!{{)[\s\S])*?)([%>]}})")


def files() -> dict[Path, str]:
    """Every generated file and its text."""
    found = {ROOT / "docs" / "rules" / f"{rule.name}.md": for_hugo(page(rule)) for rule in ALL}
    found[ROOT / "docs" / "rules" / "README.md"] = for_hugo(index(ALL))
    found[ROOT / "schemas" / "vitdlint.schema.json"] = configuration()
    found[ROOT / "docs" / "keys.md"] = "\n".join(reference(json.loads(configuration()))) + "\n"
    found[ROOT / "docs" / "man" / "vitdlint.1"] = man_page()
    readme = ROOT / "README.md"
    found[readme] = CONSOLE.sub(shown, readme.read_text(encoding="utf-8"))
    return found


def for_hugo(text: str) -> str:
    """A text with shortcode calls as a page of the documentation, which Hugo builds: it shows them and calls none.

    A tag that is never closed cannot be written in such a page.
    """
    escaped = SHORTCODE.sub(r"\1/*\2*/\3", text)
    if not OPEN.search(escaped):
        return escaped
    note = "On this page `{ {` is written with a space where Hugo would take it for the beginning of a shortcode."
    heading, facts, rest = OPEN.sub(r"{ {\1", escaped).split("\n\n", 2)
    return f"{heading}\n\n{facts}\n\n{note}\n\n{rest}"


def shown(block: re.Match[str]) -> str:
    """A console block of the README with what its command prints now."""
    words = shlex.split(block[1])
    done = subprocess.run(
        [sys.executable, "-m", *words],
        cwd=ROOT,
        env={**os.environ, "COLUMNS": "100", "NO_COLOR": "1", "VITDLINT_OUTPUT_FORMAT": "full"},
        capture_output=True,
        text=True,
        check=False,
    )
    return f"```console\n$ {block[1]}\n{done.stdout}```"


def configuration() -> str:
    """The JSON Schema of `vitdlint.toml`, with the options of every rule."""
    schema = json_schema(Keys)
    schema["properties"]["rules"] = {
        "type": "object",
        "properties": {rule.name: {"description": rule.summary, **json_schema(rule.options)} for rule in ALL},
    }
    top = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "https://json.schemastore.org/vitdlint.json",
        "title": "vitdlint.toml",
        "description": "Configuration of vitdlint; [tool.vitdlint] in pyproject.toml has the same shape.",
    }
    return json.dumps({**top, **schema}, ensure_ascii=False, indent=2) + "\n"


def reference(schema: dict[str, Any]) -> Iterator[str]:
    """The manual of the configuration, from its JSON Schema."""
    yield "# All keys of the configuration"
    yield ""
    yield "`vitdlint.toml` beside Hugo's configuration, or `[tool.vitdlint]` in `pyproject.toml`. All errors in it are reported at"
    yield "once, each with its place. The options of single rules, `[rules.NAME]`, are in [the manual of each rule](rules/)."
    tables = {key: value for key, value in schema["properties"].items() if key != "rules" and _table(value)}
    yield ""
    yield "## Keys"
    yield ""
    plain = {key: value for key, value in schema["properties"].items() if key not in {"rules", *tables}}
    yield from _keys(plain)
    for key, value in tables.items():
        yield ""
        yield f"## {key}"
        yield ""
        yield value.get("description", "")
        yield ""
        yield from _keys(_table(value))


def _table(schema: dict[str, Any]) -> dict[str, Any]:
    """The keys of a table, of each table of a list, or of each named table."""
    inner = schema.get("items") or schema.get("additionalProperties") or {}
    found: dict[str, Any] = (
        schema.get("properties") or (inner.get("properties") if isinstance(inner, dict) else None) or {}
    )
    return found


def _keys(keys: dict[str, Any], above: str = "") -> Iterator[str]:
    for key, value in keys.items():
        kind = " or ".join(f'`"{word}"`' for word in value["enum"]) if "enum" in value else _type(value)
        yield f"- `{above}{key}` ({kind}): {_shown(value.get('description', ''))}"
        yield from _keys(_table(value), f"{above}{key}.") if above or value.get("type") else ()


def _type(schema: dict[str, Any]) -> str:
    if "anyOf" in schema:
        return _type(schema["anyOf"][0])
    if schema["type"] == "array":
        return "list of tables" if _table(schema) else "list of strings"
    return {"object": "table", "integer": "number", "boolean": "true or false"}.get(
        schema["type"], schema["type"]
    )


def _shown(text: str) -> str:
    return re.sub(r'"([^"\s]*[<*{][^"\s]*)"', r'`"\1"`', text)


def main() -> None:
    """Write or check."""
    wanted = files()
    stale = [p for p, text in wanted.items() if not p.is_file() or p.read_text(encoding="utf-8") != text]
    stale += [p for p in (ROOT / "docs" / "rules").glob("*.md") if p not in wanted]
    if sys.argv[1:] == ["--check"]:
        for path in stale:
            print(f"{path.relative_to(ROOT)} is stale: run `make docs`")
        sys.exit(bool(stale))
    for path in stale:
        if path in wanted:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(wanted[path], encoding="utf-8")
        else:
            path.unlink()


if __name__ == "__main__":
    main()

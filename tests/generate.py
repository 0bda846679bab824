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
from pathlib import Path

from vitdlint.core.options import json_schema
from vitdlint.linter.config import Keys
from vitdlint.reporters.rule_page import index, page
from vitdlint.rules import ALL

ROOT = Path(__file__).parent.parent
CONSOLE = re.compile(r"```console\n\$ ([^\n]*)\n.*?```", re.DOTALL)


def files() -> dict[Path, str]:
    """Every generated file and its text."""
    found = {ROOT / "docs" / "rules" / f"{rule.name}.md": page(rule) for rule in ALL}
    found[ROOT / "docs" / "rules" / "README.md"] = index(ALL)
    found[ROOT / "schemas" / "vitdlint.schema.json"] = configuration()
    readme = ROOT / "README.md"
    found[readme] = CONSOLE.sub(shown, readme.read_text(encoding="utf-8"))
    return found


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

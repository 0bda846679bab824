"""What people type wrongly in front matter, and what they should read about it.

`tests/frontmatter/typing_errors/*.toml` hold one table for each error:

- `page`: the page as typed;
- `meant`: what the author meant, as JSON; `body`, where it is not "Text\\n";
- `at`: the line where the mistake is, and its column where that is sure;
- `advice`: edits `[line, old, new]` of a person who does what the finding says, to the letter;
- `words`: what its words must hold, where its help is more than to write or remove one thing;
- `rule`: where it is not front-matter-syntax;
- `hugo`: what Hugo reads on the page as typed, as `meant`, or else Hugo refuses to build it.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent.parent / "frontmatter" / "typing_errors"
TYPOS: dict[str, dict[str, Any]] = {
    f"{kind}: {typo['name']}": typo
    for kind in ("yaml", "toml", "json")
    for typo in tomllib.loads((FOLDER / f"{kind}.toml").read_text("utf-8"))["typo"]
}


def corrected(typo: dict[str, Any]) -> str:
    """The page after its advice."""
    page: str = typo["page"]
    for line, old, new in reversed(typo["advice"]):
        at = page.index(old, sum(map(len, page.splitlines(keepends=True)[: line - 1])))
        assert page.count("\n", 0, at) == line - 1, old
        page = page[:at] + new + page[at + len(old) :]
    return page

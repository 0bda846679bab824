"""Which safe fixes an earlier run made and this one does not, and why.

An earlier run is stored as rule -> digest of the page's path -> lines: nothing of the content itself.

    python -m fix_proof.lost_fixes SITE [--record]
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from .fixes import Fixed, fix

RECORDED = Path(__file__).with_name("corpus_fixes.json")
"""The fixes of the corpus."""
Lines = Mapping[str, Mapping[str, list[int]]]


def digest(path: str) -> str:
    """Stands for a path."""
    return hashlib.sha256(path.encode("utf-8", "surrogateescape")).hexdigest()[:8]


def recorded(fixed: Fixed) -> Lines:
    """The fixes of a run, as they are stored."""
    found: dict[str, dict[str, list[int]]] = {}
    for one in sorted(fixed.applied, key=lambda one: (one.rule, one.line)):
        for path in one.paths:
            found.setdefault(one.rule, {}).setdefault(digest(path), []).append(one.line)
    return {rule: dict(sorted(pages.items())) for rule, pages in sorted(found.items())}


def lost(fixed: Fixed, earlier: Lines) -> Iterator[tuple[str, str]]:
    """(rule, where it was and why it is gone) of each fix that only the earlier run made."""
    names = {digest(d.place.path): d.place.path for d in fixed.before.diagnostics}
    now = {
        rule: {page: Counter(lines) for page, lines in pages.items()}
        for rule, pages in recorded(fixed).items()
    }
    for rule, pages in earlier.items():
        for page, lines in pages.items():
            gone = Counter(lines) - now.get(rule, {}).get(page, Counter())
            for line in sorted(gone.elements()):
                path = names.get(page, f"(page {page})")
                yield rule, f"{path}:{line}: {_reason(fixed, rule, path, line)}"


def _reason(fixed: Fixed, rule: str, path: str, line: int) -> str:
    for *place, reason in fixed.refused:
        if place == [rule, path, line]:
            return f"not applied: {reason}"
    here = [d for d in fixed.before.diagnostics if (d.place.path, d.place.line) == (path, line)]
    same = next((d for d in here if d.name == rule), None)
    if same is not None:
        return "its fix is unsafe" if same.fix is not None else f"no fix any more: {same.message}"
    return (
        f"not found any more; {', '.join(sorted({d.name for d in here})) or 'nothing'} is found on the line"
    )


def main() -> int:
    """Print the fixes that are lost, or store those of today."""
    site = Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as folder:
        fixed = fix(Path(shutil.copytree(site, Path(folder, "site"))))
    if "--record" in sys.argv:
        RECORDED.write_text(json.dumps(recorded(fixed), separators=(",", ":")).replace("},", "},\n") + "\n")
        return 0
    found = list(lost(fixed, json.loads(RECORDED.read_text())))
    for rule, why in found:
        print(f"{rule}: {why}")
    print(f"{len(found):,} fixes lost, {len(fixed.applied):,} made")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())

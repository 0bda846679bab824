"""Compare what two checkouts of vitdlint report on the same sites: byte for byte, cold, warm and after edits.

python tests/support/same_reports.py OTHER_CHECKOUT SITE [SITE ...]

Prints a line for each difference, and ends with 1 if there is any. Both run in this interpreter's environment.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent.parent.parent
FORMATS = ("json", "sarif", "concise")
CLOCK = "2026-11-01T00:00:00Z"


def reports(checkout: Path, site: Path, work: Path) -> dict[str, bytes]:
    """Every report of one checkout on one site: by state of the site and by format, with exit code and messages."""
    root = work / "site"
    shutil.copytree(site, root, symlinks=True, ignore=shutil.ignore_patterns(".git", "node_modules"))
    env = {
        **os.environ,
        "PYTHONPATH": str(checkout),
        "PYTHONDONTWRITEBYTECODE": "1",
        "XDG_CACHE_HOME": str(work / "cache"),
    }
    found: dict[str, bytes] = {}

    def run(state: str, *more: str) -> None:
        wanted = ",".join(f"{name}={work / name}" for name in FORMATS)
        command = [
            sys.executable,
            "-m",
            "vitdlint",
            "check",
            "--clock",
            CLOCK,
            "--output-format",
            wanted,
            *more,
        ]
        done = subprocess.run(command, cwd=root, env=env, capture_output=True, check=False)
        found[f"{state}: exit code and messages"] = str(done.returncode).encode() + done.stdout + done.stderr
        for name in FORMATS:
            file = work / name
            found[f"{state}: {name}"] = file.read_bytes() if file.exists() else b""
            file.unlink(missing_ok=True)

    run("cold")
    run("warm")
    pages = sorted(p for p in root.rglob("*.md") if p.stat().st_size > 200 and "content" in p.parts)
    for number, page in enumerate(pages[:: max(1, len(pages) // 3)][:3]):
        page.write_bytes(
            page.read_bytes() + b"\n\nSee [this](/no/such/page/) and **that **.\n\n### New heading\n"
        )
        run(f"after edit {number + 1} of a body")
    if pages:
        pages[-1].unlink()
        run("without a page")
    run("from scratch", "--no-cache")
    return found


def main() -> None:
    """Compare, print, end with 0 or 1."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("other", type=Path)
    parser.add_argument("sites", type=Path, nargs="+")
    asked = parser.parse_args()
    different = 0
    for site in asked.sites:
        with tempfile.TemporaryDirectory() as folder:
            # The same folder for both: its name is part of some messages.
            sides = []
            for checkout in (asked.other.resolve(), HERE):
                work = Path(folder, "work")
                work.mkdir()
                sides.append(reports(checkout, site.resolve(), work))
                shutil.rmtree(work)
        unlike = [name for name, text in sides[0].items() if sides[1][name] != text]
        different += len(unlike)
        for name in unlike:
            print(f"{site}: {name} differs")
        print(f"{site}: {len(sides[0]) - len(unlike)} of {len(sides[0])} are the same bytes", flush=True)
    sys.exit(different > 0)


if __name__ == "__main__":
    main()

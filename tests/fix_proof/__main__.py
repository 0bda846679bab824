"""Fix a copy of a site, build it before and after with Hugo, and report what the fixes broke.

    make fix-proof SITE=FOLDER…

Nothing is written into the given folder. Ends with 1 if a law is broken, with 2 if a site cannot be built, and with 3
if that takes Hugo too long.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from .prove import prove, report
from .stage import CannotBuildError, TooSlowError


def main() -> int:
    """Prove each site; the exit code."""
    parser = argparse.ArgumentParser(prog="fix-proof", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("sites", type=Path, nargs="+")
    parser.add_argument("--unsafe-fixes", action="store_true")
    asked = parser.parse_args()
    code = 0
    for site in asked.sites:
        with tempfile.TemporaryDirectory() as folder:
            try:
                proof = prove(site.resolve(), Path(folder), unsafe=asked.unsafe_fixes)
            except (CannotBuildError, RuntimeError) as error:
                print(f"{site}: {error}")
                code = max(code, 2)
                continue
            except TooSlowError as error:
                print(f"{site}: {error}")
                code = 3
                continue
        print(report(str(site), proof), flush=True)
        code = max(code, int(bool(proof.violations)))
    return code


if __name__ == "__main__":
    sys.exit(main())

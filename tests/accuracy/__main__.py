"""Compare what vitdlint says about whole sites with what the real Hugo makes of them: URLs, aliases, anchors and links.

make compare SITE=FOLDER                        any site; nothing is written to it
make compare SITES_FILE=FILE CLONES=FOLDER      the sites of a list, cloned if need be; writes docs/accuracy.md
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from support.hugo_build import write

from .build import BuildError, build, processor_seconds
from .compare import checked, compare
from .report import Result, document, text


class Listed(NamedTuple):
    """A site of a list."""

    name: str
    """On GitHub: owner/repository."""
    make: str
    """What is particular about it."""
    commit: str
    folder: str = ""
    """Where the site is in its repository."""
    add: Mapping[str, str] = MappingProxyType({})
    """What its clone needs besides: path -> text of a file."""


def run(site: Path, root: Path, listed: Listed) -> Result:
    """Compare one site; `root` is the folder of its repository, of which it may use other folders."""
    clock = datetime.now(UTC).replace(microsecond=0)
    start = processor_seconds()
    outcome = checked(site, clock)
    seconds = processor_seconds() - start
    with tempfile.TemporaryDirectory(prefix="vitdlint-compare-") as work:
        hugo = build(site, root, Path(work), clock)
        found = compare(outcome, hugo)
    return Result(*listed[:3], outcome.report.pages, hugo.stubs, found, seconds, hugo.seconds)


def main() -> None:
    """Compare the sites that the command line names."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sites", nargs="*", type=Path, metavar="SITE")
    parser.add_argument("--sites-file", type=Path, help="a list of sites, as sites.toml")
    parser.add_argument("--clones", type=Path, default=Path("build/sites"), help="where their clones are")
    parser.add_argument("--out", type=Path, default=Path("docs/accuracy.md"), help="what a list writes")
    parser.add_argument("--examples", type=int, default=5, help="that are shown of each difference")
    args = parser.parse_args()
    for site in map(Path.absolute, args.sites):
        _show(site, _repository(site), Listed(site.name, "", ""), args.examples)
    if args.sites_file:
        table = tomllib.loads(args.sites_file.read_text("utf-8"))
        results = []
        for listed in (Listed(**entry) for entry in table["sites"]):
            root = _cloned(args.clones.absolute(), listed)
            results += _show(root / listed.folder, root, listed, args.examples)
            args.out.write_text(document(results), "utf-8")


def _show(site: Path, root: Path, listed: Listed, examples: int) -> list[Result]:
    """Compare a site and print the result; nothing where Hugo does not build it."""
    try:
        result = run(site, root, listed)
    except BuildError as error:
        sys.stdout.write(f"{listed.name}: Hugo does not build it\n{error}\n")
        return []
    sys.stdout.writelines(f"{line}\n" for line in text(result, examples))
    sys.stdout.flush()
    return [result]


def _repository(site: Path) -> Path:
    """The folder of the repository that a site lies in, or the site itself."""
    return next((folder for folder in (site, *site.parents) if (folder / ".git").exists()), site)


def _cloned(clones: Path, listed: Listed) -> Path:
    """The folder of a listed site's repository, which is fetched if it is not there."""
    folder = clones / listed.name
    if not folder.exists():
        folder.mkdir(parents=True)
        origin = f"https://github.com/{listed.name}"
        for words in (
            ("init", "--quiet"),
            ("fetch", "--quiet", "--depth", "1", origin, listed.commit),
            ("checkout", "--quiet", "FETCH_HEAD"),
        ):
            subprocess.run(["git", *words], cwd=folder, check=True)
    write(folder, listed.add)
    return folder


if __name__ == "__main__":
    main()

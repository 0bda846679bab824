"""What the header of each neighbour says of Hugo is what Hugo does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support.cases import CLOCK, NEIGHBOURS, files_of
from support.hugo_build import Build, build


def of_header(file: Path) -> tuple[list[str], list[str]]:
    """The files that Hugo writes, and its errors."""
    header = file.read_text("utf-8").partition("\n-- ")[0]
    writes, _, says = header.partition("# Hugo 0.168 writes:")[2].partition("# and says:")
    return [line[2:] for line in writes.split("\n") if line[2:]], [
        line[2:] for line in says.split("\n") if line
    ]


def of_hugo(built: Build) -> tuple[list[str], list[str]]:
    """The same of a build; of one that fails the files are not certain."""
    files = sorted(f"/{name}" for name in built.files if re.search(r"\.(html|png|pdf)$", name))
    errors = [
        line for line in built.messages.splitlines() if line.startswith("ERROR") and "logged" not in line
    ]
    return ([] if built.code else files), sorted(re.sub(r"/\S*?/site/", "", line) for line in errors)


@pytest.mark.parametrize("file", sorted(NEIGHBOURS.glob("*.txtar")), ids=lambda file: file.stem)
def test_hugo_does_what_the_header_says(file: Path) -> None:
    built = build(files_of(file), pages=False, clock=CLOCK.removeprefix("--clock="))
    assert of_hugo(built) == of_header(file)

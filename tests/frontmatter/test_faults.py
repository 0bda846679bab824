"""A block that does not parse has one fault, at a place within it and in words of its own, whatever was typed."""

from __future__ import annotations

import random
import re

import pytest
from support.front_matter_random import json_page, toml_page, yaml_page
from support.typing_errors import TYPOS, corrected

from vitdlint.core.toml import TomlError, parse_toml
from vitdlint.frontmatter.read import read
from vitdlint.frontmatter.toml_walk import first_fault

SLIPS = "\"'[]{}:,=#-+ \t\u00a0*&!%@`|>\\“”\n0a"
REPEATS = re.compile("Cannot (?:overwrite|declare|mutate|redefine)|Duplicate inline")


def slip(page: str, chance: random.Random) -> str:
    """The page with one character of its front matter left out, typed twice, added or replaced."""
    at = chance.randrange(len(page.rpartition("Text")[0]))
    new = chance.choice(["", page[at] * 2, page[at] + chance.choice(SLIPS), chance.choice(SLIPS)])
    return page[:at] + new + page[at + 1 :]


def test_a_slip_of_one_character_has_a_place_and_words_of_its_own() -> None:
    chance = random.Random(1)
    pages = [corrected(typo) for typo in TYPOS.values()]
    broken = 0
    for text in [slip(chance.choice(pages), chance) for _ in range(3000)]:
        for problem in read(text).problems:
            assert 0 <= problem.start <= problem.end <= len(text), text
            assert "well-formed" not in problem.message, text
            assert problem.message.isprintable()
            broken += 1
    assert broken > 1000


@pytest.mark.parametrize("make", [yaml_page, json_page])
def test_what_is_refused_has_words_of_its_own(make: object) -> None:
    for number in range(1000):
        text = make(random.Random(number))
        assert [p.message for p in read(text).problems if "well-formed" in p.message] == [], text


def test_the_walk_through_toml_stops_where_the_parser_refuses() -> None:
    stopped = 0
    for number in range(3000):
        text = toml_page(random.Random(number))
        end = text.rindex("+++")
        try:
            parse_toml(text[4:end])
            refused = False
        except TomlError as error:
            refused = not REPEATS.match(str(error))
            if not refused:
                continue
        assert (first_fault(text, 4, end) is not None) == refused, text
        stopped += refused
    assert stopped > 500

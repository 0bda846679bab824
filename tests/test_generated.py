"""What is generated from the code is fresh."""

from __future__ import annotations

import json

import generate
import jsonschema
import pytest


@pytest.mark.parametrize("path", generate.files(), ids=lambda p: p.name)
def test_a_generated_file_is_fresh(path: generate.Path) -> None:
    assert path.is_file(), "run `make docs`"
    assert path.read_text(encoding="utf-8") == generate.files()[path], "run `make docs`"


def test_no_page_of_the_manual_is_left_over() -> None:
    assert set((generate.ROOT / "docs" / "rules").glob("*.md")) <= set(generate.files())


def test_the_schema_of_the_configuration_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(json.loads(generate.configuration()))

"""`vitdlint schema`: the JSON Schema of the configuration, for editors and for SchemaStore."""

from __future__ import annotations

import json
from typing import Any

from ..core import terminal
from ..core.model import Exit
from ..schema.load import shipped_text
from .options import SchemaOptions

DRAFT_07 = "http://json-schema.org/draft-07/schema#"


def schema(options: SchemaOptions) -> int:
    """Print it."""
    terminal.write([configuration_schema(draft_07=options.draft_07)])
    return Exit.CLEAN


def configuration_schema(*, draft_07: bool) -> str:
    """The text of the schema. It uses nothing that draft-07 has not: only the name of the draft differs."""
    document: dict[str, Any] = json.loads(shipped_text("vitdlint.schema.json"))
    if draft_07:
        document["$schema"] = DRAFT_07
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"

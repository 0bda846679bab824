"""`vitdlint test-plugin FILE…`: run the examples of a plug-in's rules."""

from __future__ import annotations

from ..core.model import Exit
from ..core.terminal import say
from ..linter.examples import failures
from ..linter.plugins import load_plugin
from .options import TestPluginOptions


def test_plugin(options: TestPluginOptions) -> int:
    """Print what is wrong with each example; FOUND if anything is."""
    code = Exit.CLEAN
    for path in options.files:
        for rule in load_plugin(path).rules:
            wrong = list(failures(rule))
            examples = f"{len(rule.examples)} example{'' if len(rule.examples) == 1 else 's'}"
            say(f"{path}: {rule.name} ({rule.code}): {examples}, {len(wrong) or 'none'} wrong", *wrong)
            code = Exit.FOUND if wrong else code
    return code

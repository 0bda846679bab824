"""Every rule, in the order of its code. One file a rule; to add one, write it and add its line here."""

from __future__ import annotations

from ..rule import AnyRule
from . import (
    expired_ignore,
    not_judged,
    rule_crashed,
    unknown_rule,
    unreadable_file,
    unused_suppression,
)

ALL: tuple[AnyRule, ...] = (
    unreadable_file.RULE,
    not_judged.RULE,
    rule_crashed.RULE,
    unused_suppression.RULE,
    unknown_rule.RULE,
    expired_ignore.RULE,
)

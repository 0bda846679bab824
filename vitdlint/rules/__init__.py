"""Every rule, in the order of its code. One file a rule; to add one, write it and add its line here."""

from __future__ import annotations

from ..rule import AnyRule
from . import (
    blocked,
    dead_doi,
    dead_external,
    expired_ignore,
    moved_permanently,
    not_judged,
    rate_limited,
    rule_crashed,
    stale_verdict,
    suspect_external,
    suspicious_redirect,
    unknown_rule,
    unreachable_external,
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
    dead_external.RULE,
    suspect_external.RULE,
    unreachable_external.RULE,
    moved_permanently.RULE,
    dead_doi.RULE,
    suspicious_redirect.RULE,
    blocked.RULE,
    rate_limited.RULE,
    stale_verdict.RULE,
)

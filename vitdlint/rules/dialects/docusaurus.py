"""Docusaurus: docusaurus.io/docs/markdown-features, with the fences of VuePress that look alike."""

from __future__ import annotations

import re

from ...core.lazy_re import lazy_re
from . import Mark

_KINDS = "note|tip|info|caution|warning|danger|important|success|secondary|details|hint|example"
_OWN = r"(?P<seen>import )(?<![^\n]import )[\w{}, *]{1,100} from ['\"]@(?:theme|site|docusaurus)[^\n]{0,200}$"

MARKS: tuple[Mark, ...] = (
    Mark(
        ":::",
        lazy_re(
            rf"(?m)^[ \t>]*(?P<span>(?P<seen>:{{3,5}}[ ]?(?:{_KINDS}))\b(?=[ \t\r]*$|[ \[{{])[^\n]{{0,200}})"
        ),
        "an admonition",
        certain=True,
    ),
    Mark(
        ":::",
        lazy_re(r"(?m)^[ \t>]*(?P<span>(?P<seen>:{3,5}(?:[ ]?[a-z]\w*)?)[^\n:]{0,200})$"),
        "a container",
    ),
    Mark("@", lazy_re(_OWN, re.MULTILINE), "an import", certain=True),
    Mark(
        "import ",
        lazy_re(r"(?m)^(?P<span>(?P<seen>import )[\w{}, *]{1,100} from ['\"][^'\"\n]{1,200}['\"];?)[ \t]*$"),
        "an import",
    ),
)

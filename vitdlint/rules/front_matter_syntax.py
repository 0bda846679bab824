"""Front matter does not parse.

Hugo looks at the first character of a page: `{` is JSON, `---` YAML, `+++` TOML. If what follows is not well-formed,
the build fails, and for JSON Hugo names the wrong place. So does a page without front matter whose text happens to
begin with `{`, a list, or a rule of three hyphens: Hugo takes that for front matter and fails.

Front matter after an HTML comment is none: the site is built, and readers see it as text.

The message says what stands at the marked place and what belongs there. A page that begins with a shortcode or a
list needs front matter before it, an empty one at least.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..core.lazy_re import lazy_re
from ..core.model import Finding
from ..core.rule import Bad, Good, NoOptions, Rule
from ..page.page import Page


def check(page: Page, _: NoOptions) -> Iterator[Finding]:
    """The first place at which the block is not what it begins as."""
    for problem in page.front.problems:
        if problem.kind == "syntax":
            yield Finding(page.span(problem.start, problem.end), problem.message, help=problem.help or _HELP)
    if not page.front.kind and page.text[:200].lstrip().startswith("<!--"):
        late = _AFTER_COMMENTS.match(page.text)
        if late is not None:
            yield Finding(
                page.span(*late.span(1)),
                "this is no front matter, as a comment stands before it: readers see it as text",
                help="move the comment below it",
            )


_AFTER_COMMENTS = lazy_re(
    r"\s*(?:<!--(?:(?!-->).)*-->\s*)+^(---|\+\+\+)[ \t\r]*\n[\w-]+[ \t]*[:=][^\n]*\n(?:[^\n]*\n)*?\1[ \t\r]*$",
    re.DOTALL | re.MULTILINE,
)
_HELP = "Hugo cannot build the site until this is fixed"

RULE = Rule(
    "VD101",
    "front-matter-syntax",
    on=Page,
    check=check,
    examples=(
        Good('{"title": "Sun {and} \\"shade\\""}\nText\n'),
        Good("---\ntitle: yes, at 1:30\n---\n---\n"),
        Good('+++\ntitle = """\nSun"""\n+++\n{{< toc >}}\n'),
        Good("# A page without front matter\n"),
        Good("<!-- a comment -->\n\n---\n\nText\n\n---\n"),
        Bad("<!-- a comment -->\n\n---\ntitle: Sun\n---\nText\n", at=["3:1-3:4"]),
        Bad('{"title": "Sun",}\nText\n', at=["1:16-1:17"]),
        Bad('{\n  "title": "Sun"\n  "slug": "sun"\n}\nText\n', at=["2:17"]),
        Bad("{'title': 'Sun'}\nText\n", at=["1:2-1:9"]),
        Bad('{\n  "title": "Sun",\n  "draft": True\n}\nText\n', at=["3:12-3:16"]),
        Bad('{\n  "title": "Sun\n}\nText\n', at=["2:12-2:16"]),
        Bad('{\n  "title": "Sun"\n\nText\n', at=["2:17"]),
        Bad("---\ntitle: Sun: a review\n---\nText\n", at=["2:8-2:21"]),
        Bad("---\ntitle: Sun\nparams:\n\tdose: 1\n---\n", at=["4:1-4:2"]),
        Bad("---\ntitle: Sun\nText\n", at=["1:1-1:4"]),
        Bad("+++\ntitle = Sun\n+++\n", at=["2:9-2:12"]),
        Bad("{{< toc >}}\n\nText\n", at=["1:1-1:12"]),
        Bad("- one\n- two\n", at=["1:1-1:2"]),
        Bad("---\n\nText\n", at=["1:1-1:4"]),
    ),
)

"""A code fence is never closed, so everything after it is shown as code.

Markdown closes a fence with a line of at least as many of the same character and nothing else. Without one, the rest
of the page (or of the list item or quotation) is code: its headings, links and pictures are gone.

Add the closing line. A fence within a list item is closed on the same indentation at which it was opened.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Finding
from ..page import Page
from ..rule import Bad, Good, NoOptions, Rule


def check(page: Page, _: NoOptions) -> Iterator[Finding]:
    """Fences without an end."""
    for code in page.body.codes:
        if code.kind != "fence" or code.closed:
            continue
        stop = page.text.find("\n", code.start)
        line = page.text[code.start : stop if stop >= 0 else len(page.text)].rstrip()
        swallowed = page.text.count("\n", code.start, code.end)
        rest = "" if swallowed <= 1 else f"; the {swallowed} lines after it are shown as code"
        yield Finding(
            page.span(code.start, code.start + len(line)),
            f'the code fence "{line}" is never closed{rest}',
            help=f"add a line with {_fence(line)} where the code ends",
        )


def _fence(line: str) -> str:
    return line[: len(line) - len(line.lstrip(line[0]))] if line else "```"


RULE = Rule(
    "VD210",
    "unclosed-fence",
    on=Page,
    check=check,
    examples=(
        Good("```sh\nls\n```\n\n~~~~\n~~~\n~~~~\n"),
        Bad("```sh\nls\n\n## Doses\n", at=["1:1-1:6"]),
        Bad("Text\n\n~~~a~~~\n", at=["3:1-3:8"]),
    ),
)

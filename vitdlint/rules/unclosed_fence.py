"""A code fence is never closed, so everything after it is shown as code.

Markdown closes a fence with a line of at least as many of the same character and nothing else. Without one, the rest
of the page (or of the list item or quotation) is code: its headings, links and pictures are gone.

If there is no blank line after the fence, this is a warning: the page looks right until somebody adds text below.

Add the closing line. Close a fence within a list item with the same indentation as the opening one.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..core.lazy_re import lazy_re
from ..core.model import Finding, Severity
from ..core.rule import Bad, Good, NoOptions, Rule
from ..page.page import Page

_BLANK_LINE = lazy_re(r"\n[ \t>]*\n")


def check(page: Page, _: NoOptions) -> Iterator[Finding]:
    """Fences without an end."""
    for code in page.body.codes:
        if code.kind != "fence" or code.closed:
            continue
        stop = page.text.find("\n", code.start)
        line = page.text[code.start : stop if stop >= 0 else len(page.text)].rstrip()
        inside = page.text[stop + 1 : code.end].rstrip() if stop >= 0 else ""
        help_ = f"add a line with {_fence(line)} where the code ends"
        severity = None
        after = page.text[stop + 1 : stop + 200].partition("\n")[0].strip(" \t\r>") if stop >= 0 else ""
        if not inside and after:
            what = "is empty: the next line is outside its list item or quotation"
            help_ = "begin the lines of the code and the closing fence with the same indentation or > as the opening fence"
        elif not inside:
            what = "opens an empty code block: nothing follows it here"
            help_ = "delete it, or open the code above it with a fence"
        elif _BLANK_LINE.search(inside):
            lines = inside.count("\n") + 1
            what = f"is never closed; the {lines} lines after it are shown as code"
        else:
            what, severity = "is never closed; text added below it becomes code", Severity.WARNING
        yield Finding(
            page.span(code.start, code.start + len(line)),
            f'the code fence "{line}" {what}',
            help=help_,
            severity=severity,
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
        Bad("1. Run\n\n    ```sh\n    ls\n\n2. Stop\n", at=["3:5-3:10"]),
        Bad("> ls\n> ```\n\nText\n", at=["2:3-2:6"]),
        Bad("1. Run\n\n    ```sh\n  ls\n\nText\n", at=["3:5-3:10"]),
    ),
)

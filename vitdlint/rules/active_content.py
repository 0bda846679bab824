"""The page contains a script of its own.

An attribute such as `onclick=`, a `javascript:` link or a `<script>` runs in the browser of everybody who reads the
page, with the rights of the whole site. In a page that somebody else wrote or a converter made, check it carefully.
Invalid JavaScript also stops Hugo's build where it minifies. This is reported once a page.

Move the script into the layout or a shortcode. Well-kept sites use `<script>` elements on purpose, so those are
reported only with `scripts = true`. Blocks of data (`type="application/ld+json"`, `text/x-template`) never are.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urlsplit

from ..core.model import Finding, Severity
from ..core.rule import Bad, Good, Rule
from ..page.page import Page
from .support.wording import and_more


class Options(NamedTuple):
    """What is allowed to run."""

    scripts: bool = False
    """Report `<script>` elements too."""
    allow: tuple[str, ...] = ()
    """Hosts whose scripts a page may load: "platform.example.com"."""


def check(page: Page, options: Options) -> Iterator[Finding]:
    """The first script of a page that would run, and how many more there are."""
    if not page.settings.markup.unsafe:
        return
    found = sorted(_active(page, options))
    if not found:
        return
    start, end, what = found[0]
    yield Finding(
        page.span(start, end),
        f"{what} runs in the browser of everybody who reads this page{and_more(len(found))}",
        help="delete it, or move it into the layout or a shortcode",
    )


def _active(page: Page, options: Options) -> Iterator[tuple[int, int, str]]:
    body = page.body
    runs = any(name.startswith("on") for name in body.attribute_names)
    runs = runs or (options.scripts and "script" in body.tag_names)
    for tag in body.tags if runs else ():
        if tag.closing:
            continue
        if tag.name == "script" and options.scripts:
            kind, source = tag.get("type"), tag.get("src")
            if (kind is None or _is_script(kind.value or "")) and not (
                source is not None and _host(source.value or "") in options.allow
            ):
                yield tag.start, tag.end, "this script"
        for attribute in tag.attributes:
            if attribute.name.startswith("on") and attribute.name.isalpha() and attribute.value:
                yield attribute.start, attribute.end, f"the script in {attribute.name}="
    for link in body.links if "javascript:" in body.targets.lower() else ():
        if link.target[:11].lower() == "javascript:" and link.target[11:].strip(" ;") not in ("", "void(0)"):
            yield link.start, link.end, "this javascript: link"


def _is_script(kind: str) -> bool:
    kind = kind.partition(";")[0].strip().lower()
    return kind in ("", "module") or kind.endswith(("javascript", "ecmascript", "jscript"))


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


RULE = Rule(
    "VD309",
    "active-content",
    on=Page,
    options=Options,
    check=check,
    severity=Severity.WARNING,
    of_page=True,
    examples=(
        Good(
            '<script type="application/ld+json">{}</script>\n\n`<script>` and <a href="javascript:void(0)">x</a>\n'
        ),
        Good(
            '<script async src="https://platform.example.com/w.js"></script>\n',
            options={"scripts": True, "allow": ["platform.example.com"]},
        ),
        Good("<script>\nalert(1)\n</script>\n"),
        Bad("<script>\nalert(1)\n</script>\n", options={"scripts": True}, at=["1:1-1:9"]),
        Bad('Text <img src="/a.png" onerror="steal()"> and [x](javascript:go())\n', at=["1:33-1:40"]),
    ),
)

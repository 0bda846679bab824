"""Front matter does not parse.

Hugo looks at the first character of a page: `{` is JSON, `---` YAML, `+++` TOML. If what follows is not well-formed,
the build fails, and for JSON Hugo names the wrong place. So does a page without front matter whose text happens to
begin with `{`, a list, or a rule of three hyphens: Hugo takes that for front matter and fails.

Readers see front matter as text, and the site is built, where it comes after an HTML comment, a second byte order mark
or another character that nobody sees, where its first line (`---`, `+++` or `{`) is missing, and where its last one is
too long (`----`).

In YAML Hugo takes the keys that follow an empty last item of a list (`-` in the column of the keys) for a part of that
item: the page loses its title, and a draft is published. It drops a tab in text without quotes, so that two words
become one. It reports neither.

The message says what is wrong at the marked place, and the help what to type there. A page that begins with a
shortcode or a list needs front matter before it, an empty one at least.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..core.lazy_re import lazy_re
from ..core.model import Edit, Finding, Fix
from ..core.rule import Bad, Good, NoOptions, Rule
from ..frontmatter.fault import name_of
from ..page.page import Page
from .support.characters import hides_front_matter


def check(page: Page, _: NoOptions) -> Iterator[Finding]:
    """The first place at which the block is not what it begins as."""
    for problem in page.front.problems:
        if problem.kind != "duplicate-key":
            yield Finding(
                page.span(problem.start, problem.end),
                problem.message,
                help=problem.help or _HELP,
                builds=problem.kind == "misread",
            )
    if page.front.kind:
        yield from _too_long_end(page)
    else:
        yield from _no_start(page)


_HELP = "Hugo cannot build the site until this is fixed"
_END = {"json": "}", "yaml": "---", "toml": "+++"}


def _too_long_end(page: Page) -> Iterator[Finding]:
    """Hugo takes `----` for the end too, and what it does not need for the first characters of the text."""
    mark = _END.get(page.front.kind, "")
    end = page.front.end
    if not mark or not page.text.endswith(mark, 0, end) or not page.text.startswith(mark[0], end):
        return
    stop = page.text.find("\n", end)
    rest = page.text[end : stop if stop >= 0 else len(page.text)].rstrip()
    if rest.strip(mark[0]):
        return
    yield Finding(
        page.span(end, end + len(rest)),
        f'the front matter ends before this "{rest}", and readers see it',
        help="remove it",
        builds=True,
    )


_KEY = r"(?:aliases|categories|date|description|draft|layout|slug|tags|title|weight)"
_LATE = lazy_re(
    r"\s*(?:<!--(?:(?!-->).)*-->\s*)+^(---|\+\+\+)[ \t\r]*\n[\w-]+[ \t]*[:=][^\n]*\n(?:[^\n]*\n)*?\1[ \t\r]*$",
    re.DOTALL | re.MULTILINE,
)
_WITHOUT_START = lazy_re(
    r"\s*?(?P<start>^[ \t]*[-\u2010-\u2015+=*~;`.]+[ \t\r]*\n)?(?P<first>^[ \t]*"
    rf"(?:{_KEY}:(?=[ \t\r\n])|{_KEY}[ \t]*=|\"{_KEY}\"[ \t]*:)[^\n]*)\n"
    r"(?:(?=[ \t]|[\w\"'.-]+[ \t]*[:=]|[-#\]}\[\"'])[^\n]*+\n)*?(?P<end>---|\+\+\+|\})[ \t\r]*$",
    re.IGNORECASE | re.MULTILINE,
)


def _no_start(page: Page) -> Iterator[Finding]:
    """A page that begins with front matter which Hugo does not see, so that readers do."""
    late = _LATE.match(page.text) if page.text[:200].lstrip().startswith("<!--") else None
    if late is not None:
        message = (
            "this is not read as front matter, because a comment comes before it: readers see it as text"
        )
        yield Finding(page.span(*late.span(1)), message, help="move the comment below it", builds=True)
    if (unseen := hides_front_matter(page)) is not None:
        span = page.span(*unseen.span(1))
        why = f"because {name_of(unseen[1][0])} comes before it"
        message = f"this is not read as front matter, {why}: readers see it as text"
        yield Finding(
            span, message, help="remove it", fix=Fix("Remove it", (Edit(span, ""),), safe=False), builds=True
        )
        return
    found = _WITHOUT_START.match(page.text)
    if found is None:
        return
    mark = "{" if found["end"] == "}" else found["end"]
    message = f'front matter begins with "{mark}"; without it readers see this as text'
    if found["start"]:
        line = found["start"].rstrip()
        yield Finding(
            page.span(found.start("start"), found.start("start") + len(line)),
            message,
            help=f"write `{mark}`",
            builds=True,
        )
    else:
        yield Finding(
            page.span(*found.span("first")),
            message,
            help=f"write a line `{mark}` before this one",
            builds=True,
        )


RULE = Rule(
    "VD101",
    "front-matter-syntax",
    on=Page,
    check=check,
    fails_build=True,
    examples=(
        Good('{"title": "Sun {and} \\"shade\\""}\nText\n'),
        Good("---\ntitle: yes, at 1:30\n---\n---\n"),
        Good("---\ntags:\n- sun\n-\n  - skin\ntitle: ,Sun\n---\n"),
        Good('+++\ntitle = """\nSun"""\n+++\n{{< toc >}}\n'),
        Good("# A page without front matter\n"),
        Good("<!-- a comment -->\n\n---\n\nText\n\n---\n"),
        Good("Note: a heading\n---\n\ntitle: Sun\n"),
        Bad("<!-- a comment -->\n\n---\ntitle: Sun\n---\nText\n", at=["3:1-3:4"]),
        Bad(
            "\ufeff\ufeff---\ntitle: Sun\n---\nText\n",
            at=["1:1-1:3"],
            fixed="---\ntitle: Sun\n---\nText\n",
            unsafe=True,
        ),
        Bad('\u00a0{"title": "Sun"}\nText\n', at=["1:1-1:2"], fixed='{"title": "Sun"}\nText\n', unsafe=True),
        Bad('{"title": "Sun",}\nText\n', at=["1:16-1:17"]),
        Bad('{\n  "title": "Sun"\n  "slug": "sun"\n}\nText\n', at=["2:17"]),
        Bad("{'title': 'Sun'}\nText\n", at=["1:2-1:9"]),
        Bad('{\n  "title": "Sun",\n  "draft": True\n}\nText\n', at=["3:12-3:16"]),
        Bad('{\n  "title": "Sun\n}\nText\n', at=["2:12-2:16"]),
        Bad('{\n  "title": "Sun"\n\nText\n', at=["2:17"]),
        Bad("---\ntitle: Sun: a review\n---\nText\n", at=["2:8-2:21"]),
        Bad("---\ntitle: Sun\nparams:\n\tdose: 1\n---\n", at=["4:1-4:2"]),
        Bad("---\ntitle: Sun\nText\n", at=["2:1-2:11"]),
        Bad("---\ntitle: Sun\n----\nText\n", at=["3:4-3:5"]),
        Bad("---\ntags:\n- sun\n-\ntitle: Sun\ndraft: true\n---\n", at=["4:1-4:2"]),
        Bad("---\ntitle: Sun\tand shade\n---\n", at=["2:11-2:12"]),
        Bad("title: Sun\ntags: [sun]\n---\nText\n", at=["1:1-1:11"]),
        Bad("---\ntitle: Sun\n<<<<<<< HEAD\ndraft: true\n=======\n>>>>>>> main\n---\n", at=["3:1-3:13"]),
        Bad("+++\ntitle = Sun\n+++\n", at=["2:9-2:12"]),
        Bad("{{< toc >}}\n\nText\n", at=["1:1-1:12"]),
        Bad("- one\n- two\n", at=["1:1-1:2"]),
        Bad("---\n\nText\n", at=["1:1-1:4"]),
    ),
)

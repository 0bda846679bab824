"""The law of every rule that writes the target of a link: afterwards it leads where it led, or was meant to lead.

Sites of many kinds, links of many forms; where each leads is asked of the site before and after, and of Hugo's own
output in `tests/cases`. An expected place is a file of the public folder, with the fragment that is there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from vitdlint.linter.examples import fixed, job_of
from vitdlint.linter.pipeline import Outcome, lint
from vitdlint.linter.workers import here
from vitdlint.page.markdown.body import Link
from vitdlint.site.answers import Target

PAGES = {
    "content/posts/a.md": "---\ntitle: A\naliases: [/old-a/]\n---\n## Dose\n\n",
    "content/posts/b.md": "---\ntitle: Lamp oil, burned\naliases: [/old-b/, early-b, /Lamp+B, /123]\n---\n## Dose\n",
    "content/posts/c# d.md": "---\ntitle: C\n---\n## Dose\n",
    "static/files/sun.png": "x",
    "static/files/Moon.PDF": "x",
}
GERMAN = {path.replace(".md", ".de.md"): text for path, text in PAGES.items() if path.endswith(".md")}
UNSAFE = "[markup.goldmark.renderer]\nunsafe = true\n"
LANGUAGES = "[languages.en]\nweight = 1\n{en}[languages.de]\nweight = 2\n{de}"
TWO = LANGUAGES.format(en="", de="")
HOSTS = LANGUAGES.format(
    en='baseURL = "https://en.sun.example/"\n', de='baseURL = "https://de.sun.example/"\n'
)
FOLDERS = LANGUAGES.format(
    en='baseURL = "https://sun.example/en/"\n', de='baseURL = "https://sun.example/de/"\n'
)
BASE = 'baseURL = "https://sun.example/"\n'
SUB = 'baseURL = "https://sun.example/sub/"\n'
AMP = '[outputs]\npage = ["html", "amp"]\n'
SITES: Mapping[str, str] = {
    "plain": BASE + UNSAFE,
    "below a folder": SUB + UNSAFE,
    "ugly": f"{BASE}uglyURLs = true\n{UNSAFE}",
    "relative": f"{SUB}relativeURLs = true\n{UNSAFE}",
    "canonical": f"{SUB}canonifyURLs = true\n{UNSAFE}",
    "two formats": BASE + AMP + UNSAFE,
    "two languages": BASE + UNSAFE + TWO,
    "two languages below a folder": f"{SUB}defaultContentLanguageInSubdir = true\n{UNSAFE}{TWO}",
    "a host for each language": BASE + UNSAFE + HOSTS,
    "a folder for each language": BASE + UNSAFE + FOLDERS,
    "a link hook of its own": BASE + UNSAFE + TWO,
}
TARGETS = (
    *(f"{host}/{path}" for host in ("", "https://sun.example", "https://en.sun.example", "https://de.sun.example")
      for path in ("posts/b/", "posts/b", "posts/b.html#dose", "posts/b/#nope", "posts/b/?x=1#dose", "old-b/", "old-b/#dose",
                   "old-b/#nope", "old-a/", "amp/old-b/", "posts/early-b/#:~:text=sun", "de/posts/b/", "en/posts/b/", "de/old-b/",
                   "posts/c#-d/", "posts/c#-d/#dose", "posts/a/", "files/sun.png", "files/moon.pdf", "sub/posts/b/", "sub/old-b/#dose",
                   "tags/", "index.xml", "posts/burned-lamp-oil/", "de/sub/posts/b/#nope", "sub/de/posts/b/", "")),
    *(f"https://old.example/{path}" for path in ("Lamp+B", "Lamp+B#dose", "Lamp+B#nope", "Lamp-B", "index.php?page_id=123", "old-a/",
                                                 "posts/b/", "posts/b/#nope", "de/Lamp+B")),
    "../b/", "../old-b/", "b.md", "early-b", "Lamp+oil%2C+burned", "#Dose", "#dose",
)  # fmt: skip
FORMS = (
    "[x]({})",
    '[x](<{}> "title")',
    '<a href="{}">x</a>',
    "<a href='{}'>x</a>",
    "![x]({})",
    '<img src="{}" alt="x">',
    "[x][r]\n\n[r]: {}\n",
    "[x][r] ![x][r]\n\n[r]: {}\n",
    '{{{{< figure src="/files/sun.png" link="{}" >}}}}',
)
SETTINGS = {"base-urls": ["https://old.example"], "extend-select": ["link-form"]}
WRITERS = {
    "own-host", "legacy-link", "link-to-alias", "link-form", "dead-link", "dead-fragment", "missing-file", "wrong-language-link",
}  # fmt: skip
"""The rules that write the target of a link."""


def tree(name: str, languages: bool) -> dict[str, str]:
    files = {"hugo.toml": SITES[name], **PAGES, **(GERMAN if languages else {})}
    if name == "a link hook of its own":
        files["layouts/_markup/render-link.html"] = '<a href="{{ .Destination }}">{{ .Text }}</a>'
    return files | {"layouts/all.html": "{{ .Content }}"}


def run(files: Mapping[str, str], **settings: Any) -> Outcome:
    return lint(job_of(files, {**SETTINGS, **settings}), here)


def links(outcome: Outcome, path: str) -> Iterator[tuple[Link, Target]]:
    for page, link, target in outcome.links.all:
        if page.path == path:
            yield link, target


MOVED = ("alias", "fragment-lost")
DEAD = ("dead", "unpublished", "not-checked")


def place(target: Target) -> tuple[str, str, str]:
    """Where a reader ends up: a file, and the place on it that is there."""
    there = target.fragment if target.status in ("page", "section", "term") else ""
    dead = target.status in ("dead", "unpublished")
    return ("dead" if dead else target.file or target.url), there, target.host if dead else ""


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", SITES)
def test_a_link_with_another_target_leads_where_it_led(name: str, form: str) -> None:
    languages = "languages" in SITES[name]
    files = tree(name, languages)
    for suffix in (".md", ".de.md") if languages else (".md",):
        for i, target in enumerate(TARGETS):
            files[f"content/posts/x{i}{suffix}"] = f"---\ntitle: X{i}\n---\n{form.format(target)}\n"
    before = run(files)
    for unsafe in (False, True):
        after_files = fixed(before, files, unsafe=unsafe)
        after = run(after_files)
        for path in (path for path, text in files.items() if after_files[path] != text):
            said = [d for d in before.report.diagnostics if d.place.path == path]
            assert {d.name for d in said if d.fix} <= WRITERS
            old, new = list(links(before, path)), list(links(after, path))
            assert len(old) == len(new), (files[path], after_files[path])
            for (_, was), (_, now) in zip(old, new, strict=True):
                same = place(was) == place(now) or (was.status in MOVED and was.file == now.file)
                meant = unsafe or (was.status in DEAD and "legacy-link" in {d.name for d in said})
                context = f"{path}: {files[path]} -> {after_files[path]}"
                assert same or (meant and now.status not in DEAD), context
                assert same or now.status != "dead-fragment", context
            if not unsafe:
                gained = {d.name for d in after.report.diagnostics if d.place.path == path} - {
                    d.name for d in said
                }
                assert not gained, (path, files[path], after_files[path], gained)

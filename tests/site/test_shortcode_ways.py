"""Parameters that the templates of a site's own shortcodes take for links, files or pages, and the real Hugo."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from support.hugo_build import build

from vitdlint.linter.examples import job_of
from vitdlint.linter.pipeline import lint
from vitdlint.linter.workers import here

BUNDLE = "content/posts/sun/index.md"
SITE = {
    "hugo.toml": "",
    "layouts/all.html": "{{ .Content }}",
    "content/posts/_index.md": "",
    "content/posts/moon.md": "Moon.\n",
    "content/posts/draft.md": "---\ndraft: true\n---\n",
    "content/posts/sun/sun.png": "x",
    "assets/img/star.svg": "<svg></svg>",
    "static/logo.png": "x",
}
FOUND = '{{ with %s }}<a href="{{ .RelPermalink }}">ok</a>{{ end }}'
TEMPLATES = {
    "relref": (
        '<a href="{{ relref . (.Get 0) }}">ok</a>',
        ["moon", "/posts/moon", "/posts/sun"],
        ["mars", "/moon"],
    ),
    "ref by pipe": (
        '{{ with .Get 0 }}<a href="{{ . | ref $ }}">ok</a>{{ end }}',
        ["moon.md"],
        ["mars.md", "draft"],
    ),
    "ref of a variable": ('{{ $to := .Get 0 }}<a href="{{ ref .Page $to }}">ok</a>', ["moon"], ["mars"]),
    "page": (FOUND % ".Page.GetPage (.Get 0)", ["/posts/moon", "moon"], ["/posts/mars"]),
    "site's page": (
        FOUND % "site.GetPage (.Get 0)",
        ["/posts/moon", "/posts"],
        ["/posts/mars", "/posts/draft"],
    ),
    "resource": (FOUND % ".Page.Resources.Get (.Get 0)", ["sun.png", "Sun.png"], ["/logo.png", "moon.png"]),
    "match": ("{{ $i := .Get 0 }}" + FOUND % ".Page.Resources.GetMatch $i", ["sun.png"], ["moon.png"]),
    "asset": (FOUND % "resources.Get (.Get 0)", ["img/star.svg", "/img/star.svg"], ["star.svg", "sun.png"]),
    "either": (
        "{{ $i := .Get 0 }}" + FOUND % "or (.Page.Resources.Get $i) (resources.Get $i)",
        ["sun.png", "img/star.svg"],
        ["star.svg"],
    ),
    "one after the other": (
        "{{ with .Page.Resources.Get (.Get 0) }}ok{{ else with resources.Get ($.Get 0) }}ok{{ end }}",
        ["sun.png", "img/star.svg"],
        ["star.svg"],
    ),
}
CASES = [
    (name, value, works)
    for name, (_, good, bad) in TEMPLATES.items()
    for value, works in (*((v, True) for v in good), *((v, False) for v in bad))
]


def found(files: Mapping[str, str], settings: Mapping[str, Any] = {}) -> list[str]:  # is only read
    listed = lint(job_of(files, settings), here).report.diagnostics
    return [
        d.name for d in listed if d.name.startswith(("dead-", "missing-file", "link-to-", "rule-crashed"))
    ]


@pytest.mark.parametrize(("name", "value", "works"), CASES)
def test_a_value_that_hugo_does_not_find_is_a_finding(name: str, value: str, works: bool) -> None:
    files = {
        **SITE,
        "layouts/_shortcodes/x.html": TEMPLATES[name][0],
        BUNDLE: f'---\ntitle: Sun\n---\nA {{{{< x "{value}" >}}}}.\n',
    }
    done = build(files, pages=False)
    theirs = done.code == 0 and b"ok" in done.files["posts/sun/index.html"]
    assert theirs is works, done.messages
    assert bool(found(files)) is not works


@pytest.mark.parametrize(
    ("template", "value", "rule"),
    [
        ('<a href="{{ .Get 0 }}">a</a>', "/mars/", "dead-link"),
        ('<a href="{{ .Get 0 }}">a</a>', "/posts/moon/", ""),
        ("<a class=\"b\" href='{{ with .Get 0 }}{{ . | safeURL }}{{ end }}'>a</a>", "/mars/", "dead-link"),
        ('<img alt="a {{ .Get 0 }}" src="{{ .Get 0 }}">', "/mars.png", "missing-file"),
        ('<img alt="" src="{{ .Get 0 }}">', "sun.png", ""),
        ('<img alt="" src="{{ .Get 0 | relURL }}">', "logo.png", ""),
        ('<img alt="" src="{{ .Get 0 | relURL }}">', "mars.png", "missing-file"),
        ('<a href="{{ .Get 0 }}">a</a>', "https://example.org/x", ""),
        ('<a href="{{ relref . (.Get 0) }}">a</a>', "mars", "dead-ref"),
        # What else is done with it, only the template knows.
        ('<img alt="" src="/img/{{ .Get 0 }}">', "/mars.png", ""),
        ('<img alt="" src="{{ printf "/img/%s" (.Get 0) }}">', "/mars.png", ""),
        ('<a href="{{ .Get 0 }}">{{ partial "x" . }}</a>', "/mars/", ""),
        ('{{ if hasPrefix (.Get 0) "/" }}b{{ end }}<a href="{{ .Get 0 }}">a</a>', "/mars/", ""),
        ('{{ $a := .Get 0 }}{{ $a = add $a "b" }}<a href="{{ $a }}">a</a>', "/mars/", ""),
        ('{{ if .Get 1 }}<a href="{{ ref . (.Get 0) }}">a</a>{{ end }}', "mars", ""),
        ('{{ with .Get 0 }}b{{ else }}<a href="{{ ref . (.Get 0) }}">a</a>{{ end }}', "mars", ""),
        ('{{ range .Params }}<a href="{{ . }}">a</a>{{ end }}', "/mars/", ""),
        (
            '{{ with site.GetPage "/posts" }}<a href="{{ .Params.x }}">a</a>{{ end }}{{ .Get 0 }}',
            "/mars/",
            "",
        ),
        ('<a href="{{ .Get 0 }}">a</a>', "/mars/*", ""),
        ("<p>{{ .Get 0 }}</p>", "/mars/", ""),
    ],
)
def test_only_what_is_certain_is_checked(template: str, value: str, rule: str) -> None:
    page = f'---\ntitle: Sun\n---\nA {{{{< x "{value}" >}}}}.\n'
    site = {**SITE, "layouts/_shortcodes/x.html": template, BUNDLE: page}
    assert found(site) == ([rule] if rule else [])
    commented = page.replace("A ", "<!-- ").replace("}}.", "}} -->")
    assert found({**site, BUNDLE: commented}) == []


def test_what_the_site_declares_is_all_that_counts() -> None:
    template = '<a href="{{ .Get "to" }}">{{ .Get "also" }}</a>'
    page = '---\ntitle: Sun\n---\n{{< x to="/mars/" also="/venus/" >}}\n'
    site = {**SITE, "layouts/_shortcodes/x.html": template, BUNDLE: page}
    assert found(site) == ["dead-link"]
    assert found(site, {"shortcodes": {"x": {"links": []}}}) == []


def test_named_parameters_have_their_case() -> None:
    template = '<a href="{{ .Get "To" }}">a</a>'
    page = '---\ntitle: Sun\n---\n{{< x To="/mars/" >}}{{< x to="/mars/" >}}\n'
    site = {**SITE, "layouts/_shortcodes/x.html": template, BUNDLE: page}
    assert found(site) == ["dead-link"]

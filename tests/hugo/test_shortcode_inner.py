"""What templates of shortcodes make of the text between their tags, beside what the real Hugo writes."""

from __future__ import annotations

import re

import pytest
from support.hugo_build import build
from support.whole import whole

from vitdlint.files.tree import MemoryTree
from vitdlint.hugo.config import load
from vitdlint.hugo.shortcode_inner import HOME, NOTHING, PAGE, RAW, UNKNOWN, Inner, inner_of, on_page
from vitdlint.hugo.shortcode_templates import shown_inner
from vitdlint.hugo.templates import Templates

PARTIALS = {
    "box.html": '<div class="{{ .type }}">{{ .content | markdownify }}</div>',
    "whole.html": "<div>{{ .Inner }}</div>",
    "page.html": "{{ .ctx.Page.RenderString .content }}",
    "dot.html": "<p>{{ . }}</p>",
    "icon.html": "<i>x</i>",
}
TEMPLATES = {
    "<p>{{ .Inner | markdownify }}</p>": HOME,
    "{{ if .Inner }}{{ markdownify .Inner }}{{ end }}": HOME,
    "{{ printf `<p>%s</p>` (.Inner | markdownify) | safeHTML }}": HOME,
    "{{ $text := .Inner | markdownify }}{{ if .Get 0 }}{{ $text }}{{ else }}<p>{{ $text }}</p>{{ end }}": HOME,
    "{{ with .Inner }}{{ . | markdownify }}{{ end }}": HOME,
    '{{ partial "box.html" (dict "type" "info" "content" .Inner) }}': HOME,
    "{{ if eq .Page.File.Ext `md` }}{{ .Inner | markdownify }}{{ else }}{{ .Inner | htmlUnescape | safeHTML }}{{ end }}": HOME,
    '{{ if (eq "md" $.Page.File.Ext) }}{{ .Inner }}{{ else if .Get 0 }}x{{ end }}': RAW,
    "{{- $.Page.RenderString .Inner -}}": PAGE,
    "{{/* .Inner as it is */}}{{ .Inner | .Page.RenderString (dict `display` `block`) }}": PAGE,
    "{{ trim .InnerDeindent `\\n` | .Page.RenderString }}": PAGE,
    '{{ partial "dot" (.Inner | .Page.RenderString) }}': PAGE,
    "<p>{{ .Inner }}</p>": RAW,
    "{{ $text := .Inner }}{{ with .Get 0 }}<b>{{ . }}</b>{{ end }}{{ $text | safeHTML }}": RAW,
    "{{ with .Get 0 }}<b>{{ . }}{{ $.Inner }}</b>{{ else }}{{ .Inner }}{{ end }}": RAW,
    "{{ if .Get 0 }}<b>{{ .Inner }}</b>{{ else }}{{ strings.TrimSpace .Inner }}{{ end }}": RAW,
    '{{ if .Inner }}{{ partial "whole.html" . }}{{ end }}': RAW,
    '{{ .Inner | partial "dot.html" }}': RAW,
    '{{ partial "icon.html" (dict "name" "x") }}{{ .Inner }}': RAW,
    '{{ partial "icon.html" . }}{{ .Inner }}': RAW,
    "{{ define `x` }}{{ .Inner }}{{ end }}{{ if .Inner }}{{ end }}": NOTHING,
    "{{ .Page.Store.Add `count` 1 }}{{ with .Inner }}{{ end }}": NOTHING,
}


@pytest.mark.parametrize("template", TEMPLATES)
def test_the_text_is_shown_as_hugo_shows_it(template: str) -> None:
    tree = {
        "hugo.toml": "[languages.en]\nweight = 1\n",
        "content/docs/a.md": "Text\n\n{{< box >}}[a](b.md){{< /box >}}\n",
        "content/docs/b.md": "Text.\n",
        "layouts/_shortcodes/box.html": template,
        "layouts/all.html": "{{ .Content }}",
        **{f"layouts/_partials/{name}": text for name, text in PARTIALS.items()},
    }
    built = build(tree, pages=False)
    assert built.code == 0, built.messages
    written = built.files["docs/a/index.html"].decode()
    seen = {'href="/docs/b/"': PAGE, 'href="b.md"': HOME, "[a](b.md)": RAW}
    assert next((shows for sign, shows in seen.items() if sign in written), NOTHING) == TEMPLATES[template]
    memory = MemoryTree(tree)
    found = shown_inner(Templates(load(memory), memory))["box"]
    assert (found.shows, found.always, found.apart) == (TEMPLATES[template], True, False)


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("{{ if eq (.Get 0) .Page.Params.version }}{{ .Inner }}{{ end }}", Inner(RAW, always=False)),
        ("{{ range .Site.Pages }}{{ $.Inner | markdownify }}{{ end }}", Inner(HOME, always=False)),
        ("{{ if .Get 0 }}{{ .Inner }}{{ else if .Get 1 }}{{ .Inner }}{{ end }}", Inner(RAW, always=False)),
        ("{{ with .Get 0 }}{{ $.Inner }}{{ else }}{{ $.Inner | markdownify }}{{ end }}", Inner(UNKNOWN)),
        ("{{ highlight .Inner `md` }}", Inner(UNKNOWN)),
        ("{{ .Inner | htmlEscape }}", Inner(UNKNOWN)),
        ("{{ .Inner | markdownify | plainify }}", Inner(UNKNOWN)),
        ("{{ range split .Inner `\\n` }}{{ . }}{{ end }}", Inner(UNKNOWN, always=False)),
        ('{{ .Store.Set "text" .Inner }}', Inner(UNKNOWN)),
        ('<b title="{{ .Inner }}">x</b>', Inner(UNKNOWN)),
        ("<script>{{ .Inner }}</script>", Inner(UNKNOWN)),
        ('{{ partial "gone.html" . }}', Inner(UNKNOWN)),
        ("{{ .Inner }}{{ .Inner | markdownify }}", Inner(UNKNOWN)),
        ('{{ $_hugo_config := `{ "version": 1 }` }}<div>{{ .Inner }}</div>', Inner(RAW, apart=True)),
        ("{{ markdownify (.Get 0) }}", Inner(NOTHING)),
    ],
)
def test_what_depends_on_the_page_or_is_changed_is_not_sure(template: str, expected: Inner) -> None:
    assert inner_of(template, PARTIALS.get) == expected


def test_what_holds_in_files_named_md_is_not_said_of_others() -> None:
    shown = {
        "x": inner_of("{{ if eq .Page.File.Ext `md` }}{{ .Inner | markdownify }}{{ end }}", PARTIALS.get)
    }
    assert (shown["x"].shows, shown["x"].always) == (HOME, True)
    assert on_page("content/a.md", shown) == shown
    for path in ("content/a.html", "content/a.markdown", "content/a.MD"):
        assert on_page(path, shown) == {"x": Inner(always=False)}


def test_the_templates_for_html_count_and_those_of_languages_must_agree() -> None:
    tree = {
        "layouts/_shortcodes/tip.html": "{{ .Inner | markdownify }}",
        "layouts/_shortcodes/tip.rss.xml": "{{ .Inner }}",
        "layouts/_shortcodes/two.html": "{{ .Inner | markdownify }}",
        "layouts/_shortcodes/two.de.html": "{{ .Inner }}",
        "layouts/_shortcodes/details.html": "{{ .Inner }}",
        "layouts/_shortcodes/plain.txt": "{{ .Inner }}",
        "themes/t/layouts/_shortcodes/tip.html": "{{ .Inner }}",
        "hugo.toml": 'theme = "t"',
    }
    memory = MemoryTree(tree)
    found = shown_inner(Templates(load(memory), memory))
    assert {name: found[name].shows for name in ("tip", "two", "details", "plain", "comment")} == {
        "tip": HOME,
        "two": UNKNOWN,
        "details": RAW,
        "plain": RAW,
        "comment": NOTHING,
    }


SHORTCODES = {
    "tabs": "<div>{{ .Inner }}</div>",
    "tab": "<section>\n{{ .Inner }}\n</section>",
    "note": "<div>{{ .Inner | markdownify }}</div>",
    "box": "<div>{{ .Page.RenderString .Inner }}</div>",
    "wide": "\n{{ .Inner }}\n",
    "alert": '<div>{{ if eq .Page.File.Ext "md" }}{{ .Inner | markdownify }}{{ else }}{{ .Inner | htmlUnescape | safeHTML }}{{ end }}</div>',
    "old": '{{ $_hugo_config := `{ "version": 1 }` }}\n<div>\n{{ .Inner }}\n</div>',
}
TEXTS = [
    "{{< tabs >}}\n{{% tab %}}\n\n## Same\n\n[g](/gone/)\n\n{{% /tab %}}\n{{% tab %}}\n\n## Same\n\n{{% /tab %}}\n{{< /tabs >}}\n",
    "## Same\n\n{{% wide %}}\n\n## Same\n\n{{% tab %}}\n\n## Same\n\n{{% /tab %}}\n\n## Same\n\n{{% /wide %}}\n",
    "## Same\n\n{{% old %}} #### Other\n\nText.\n\n## Same\n\n{{% /old %}}\n\n## Same\n",
    "{{% comment %}}\n\n## Same\n\n[g](/gone/)\n\n{{% /comment %}}\n\n## Same\n",
    "{{< note >}}\n## Same\n\n[g](/gone/)\n{{< /note >}}\n\n## Same\n",
    "{{< box >}}\n## Same\n\n[g](/gone/)\n{{< /box >}}\n\n## Same\n",
    "{{< alert >}}\n## Same\n\n[g](/gone/)\n{{< /alert >}}\n\n## Same\n",
    "{{< tabs >}}<a href='/gone/' id='raw'>x</a> [not](/one/){{< /tabs >}}\n\n## Same\n",
    "{{< note >}}{{< box >}}[g](/gone/){{< /box >}}{{% tab %}}\n## Same\n{{% /tab %}}{{< /note >}}\n\n## Same\n",
    "{{% wide %}}{{< box >}}\n[g](/gone/)\n{{< /box >}}{{% /wide %}}\n\n## Same\n",
    "- item\n\n  {{% wide %}}\n\n  ## Same\n\n  {{% /wide %}}\n\n## Same\n",
]


RENDERED_TWICE = [
    "{{% alert %}}\n## Same\n\n[g](/gone/)\n{{% /alert %}}\n\n## Same\n",
    "{{% note %}}\n## Same\n\n[g](/gone/)\n{{% /note %}}\n\n## Same\n",
    "{{% box %}}\n## Same\n\n[g](/gone/)\n{{% /box %}}\n\n## Same\n",
]


@pytest.mark.parametrize(
    ("text", "unsafe"),
    [
        *((text, unsafe) for text in TEXTS for unsafe in (True, False)),
        *((text, True) for text in RENDERED_TWICE),
    ],
)
def test_links_and_ids_inside_of_shortcodes_are_those_that_hugo_writes(text: str, unsafe: bool) -> None:
    tree = {
        "hugo.toml": f"[markup.goldmark.renderer]\nunsafe = {str(unsafe).lower()}\n",
        "content/a.md": f"Text\n\n{text}",
        "layouts/all.html": "{{ .Content }}",
        **{f"layouts/_shortcodes/{name}.html": template for name, template in SHORTCODES.items()},
    }
    built = build(tree, pages=False)
    written = built.files["a/index.html"].decode()
    site = whole(tree)
    facts = site.pages["content/a.md"]
    assert {a.id for a in facts.anchors} == set(re.findall(r'\bid=["\']([^"\']+)', written))
    assert [link.target for link in facts.links] == re.findall(r'href=["\']([^"\']+)', written)

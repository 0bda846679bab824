"""Links and ids that templates of shortcodes and of code blocks show, or may not show, beside the real Hugo."""

from __future__ import annotations

from support.truth import LAYOUTS, differences
from support.whole import whole

from vitdlint.site.links import Links

EN = "[languages.en]\nweight = 1\n[markup.goldmark.renderer]\nunsafe = true\n"
SHORTCODES = {
    "layouts/_shortcodes/note.html": "<div>{{ .Inner | markdownify }}</div>",
    "layouts/_shortcodes/box.html": "<div>{{ .Inner | .Page.RenderString }}</div>",
    "layouts/_shortcodes/tabs.html": "<div>{{ .Inner }}</div>",
    "layouts/_shortcodes/tab.html": "<section>\n{{ .Inner }}\n</section>",
    "layouts/_shortcodes/show-in.html": "{{ if eq (.Get 0) .Page.Params.version }}{{ .Inner }}{{ end }}",
    "layouts/_shortcodes/note-in.html": "{{ if eq (.Get 0) .Page.Params.version }}{{ .Inner | markdownify }}{{ end }}",
    "layouts/_shortcodes/changed.html": "{{ .Inner | replaceRE `gone` `docs` | markdownify }}",
}
FRONT = "---\ntitle: A\nversion: v2\n---\n"
LINKS = "[b](b.md) [c](docs/b.md) [d](../docs/b.md) [e](/docs/b) [f](#here) [g](/gone/) ![i](pic.png) [h](docs/b.md#none)\n"


def test_markdownify_renders_as_of_the_home_page() -> None:
    files = {
        **SHORTCODES,
        "hugo.toml": EN,
        "content/_index.md": "# Home\n",
        "content/pic.png": "png",
        "content/docs/a.md": f"{FRONT}## Here\n\n{{{{< note >}}}}\n{LINKS}{{{{< /note >}}}}\n\n{{{{< box >}}}}\n{LINKS}{{{{< /box >}}}}\n\n"
        f"{{{{< tabs >}}}}\n{{{{% tab %}}}}\n{LINKS}{{{{% /tab %}}}}\n{{{{< /tabs >}}}}\n",
        "content/docs/b.md": "Text.\n",
    }
    assert differences(files, "strict") == []


def test_what_a_shortcode_may_not_show_is_not_checked() -> None:
    text = (
        "{{% show-in v2 %}}\n\n### Same\n\n{{% /show-in %}}\n\n{{% show-in cloud %}}\n\n### Same\n\n[g](/gone/) [b](/docs/b/)\n\n"
        "{{% /show-in %}}\n\n{{< note-in cloud >}}[x](/gone/2/) [b](/docs/b/){{< /note-in >}}\n\n## Same\n\n"
        "{{< changed >}}[y](/gone/3/) [e](https://example.net/) [b](/docs/b/){{< /changed >}}\n\n"
        "[s](#same) [t](#same-1) [u](#same-2) [v](#same-3)\n"
    )
    files = {
        **LAYOUTS,
        **SHORTCODES,
        "hugo.toml": EN,
        "content/docs/a.md": FRONT + text,
        "content/docs/b.md": "Text.\n",
    }
    links = Links(whole(files))
    found = [(link.target, target.status) for _page, link, target in links.all]
    unsure = ["/gone/", "/gone/2/", "/gone/3/", "#same", "#same-1", "#same-2", "#same-3"]
    assert [target for target, status in found if status == "not-checked"] == unsure
    assert [target for target, status in found if status == "page"] == ["/docs/b/", "/docs/b/"]
    assert "https://example.net/" not in dict(found)  # nothing is asked of a text that may be no Markdown


def test_the_old_way_renders_the_text_on_its_own() -> None:
    files = {
        "hugo.toml": EN,
        "layouts/_shortcodes/warn.html": '{{ $_hugo_config := `{ "version": 1 }` }}\n<div>\n{{ .Inner }}\n</div>',
        "content/a.md": "## Same\n\n{{% warn %}} #### First\n\nText.\n\n## Same\n\n{{% /warn %}}\n\n[f](#first) [s](#same-1)\n",
    }
    assert differences(files, "strict") == []


def test_a_code_block_has_the_id_that_its_render_hook_writes() -> None:
    names = ("tree", "text", "kept", "rust", "goat", "go", "")
    page = "".join(f"```{name} {{#x{name}}}\na\n```\n\n" for name in names)
    page += "".join(f"[{name}](#x{name})\n" for name in names)
    one = {
        "layouts/_markup/render-codeblock-tree.html": "{{ $id := .Attributes.id }}{{ $id = $id }}<pre data-id='{{ $id }}'><template>{{ .Inner }}</template></pre>",
        "layouts/_markup/render-codeblock-kept.html": '<pre id="{{ .Attributes.id }}">{{ .Inner }}</pre>',
        "layouts/_markup/render-codeblock-rust.html": "{{ (transform.HighlightCodeBlock .).Wrapped }}",
    }
    every = {"layouts/_markup/render-codeblock.html": "<pre>{{ .Inner }}</pre>"}
    for hooks in ({}, one, every, {**one, **every}):
        for highlight in ("", "codeFences = false", "guessSyntax = true"):
            config = f"{EN}[markup.highlight]\n{highlight}\n"
            assert differences({"hugo.toml": config, "content/a.md": page, **hooks}, "strict") == []
            site = whole({**LAYOUTS, "hugo.toml": config, "content/a.md": page, **hooks})
            statuses = {link.target: target.status for _page, link, target in Links(site).all}
            assert "not-checked" not in (statuses["#xgo"], statuses["#xgoat"], statuses["#x"])

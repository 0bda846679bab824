"""Random files of a site beside its pages: templates, data, translations, schemas, and what Hugo mounts."""

from __future__ import annotations

from random import Random

from .mutate import changed_bytes, changed_text

OTHERS = {
    "layouts/single.html": '{{ .Content }}{{ partial "p.html" . }}<a href="/posts/p1/">a</a><h2 id="x">',
    "layouts/page.de.html": "{{ .Content }}",
    "layouts/posts/single.html": "{{ .Params.image }} {{ range .Resources.Match `p*` }}{{ end }}",
    "layouts/baseof.html": '<a href="/posts/p2/#part-1">b</a>{{ block "main" . }}{{ end }}{{ .Paginate .Pages 2 }}',
    "layouts/_partials/p.html": '{{ partial "p.html" . }}{{ .Inner | markdownify }}{{ with .text }}{{ . }}{{ end }}',
    "layouts/_shortcodes/b.html": '<b>{{ partial "p.html" (dict "text" .Inner) }}</b>',
    "layouts/shortcodes/x.html": '{{ $a := .Get "src" }}{{ if not $a }}{{ errorf "no src" }}{{ end }}{{ .Get 0 }}<i id="{{ $a }}">',
    "layouts/_markup/render-link.html": '<a href="{{ .Destination }}">{{ .Text }}</a>',
    "layouts/_markup/render-codeblock.html": "<pre>{{ .Inner }}</pre>",
    "layouts/home.redirects": "{{ range .Site.RegularPages }}{{ range .Aliases }}{{ . }} {{ $.RelPermalink }}\n{{ end }}{{ end }}/q /posts/p1/\n",
    "data/menu.yaml": "- url: /posts/p1/\n  name: A\n- url: /gone/\n",
    "data/a.json": '{"link": "/posts/p3/", "x": [1, {"href": "/gone/"}]}',
    "i18n/en.toml": '[a]\nother = "[b](/posts/p1/)"\n',
    "i18n/de.yaml": 'a: "<a href=\\"/gone/\\">b</a>"\n',
    "assets/a.js": "import './b.css'; const x = `/img/${name}.png`; fetch('/posts/p1/')\n",
    "static/img/a.png": "x",
    "static/a b.pdf": "x",
    "content/posts/p2/picture.png": "x",
    "content/posts/_content.gotmpl": '{{ .AddPage (dict "path" "made") }}',
    "archetypes/default.md": "---\ntitle: {{ .Name }}\n---\n",
    "s.json": '{"type": "object", "properties": {"title": {"type": "string", "maxLength": 12}, "tags": {"x-unique": "site"}}}',
    "config/_default/params.toml": 'images = ["a.png"]\n',
    "config/_default/module.toml": '[[mounts]]\nsource = "content"\ntarget = "content"\n[[mounts]]\nsource = "more"\ntarget = "content/more"\n',
    "config/_default/menus.toml": '[[main]]\nname = "a"\npageRef = "/posts/p1"\n',
    "more/page.md": "---\ntitle: More\n---\n[a](/posts/p1/)\n",
    "netlify.toml": '[build.environment]\nHUGO_VERSION = "0.120.0"\n[[redirects]]\nfrom = "/n/*"\nto = "/posts/:splat"\n',
    ".hugo-version": "0.147.0\n",
}
"""Their paths, and what is in them before it is changed."""
PIECES = (
    *("{{ ", " }}", "{{- ", "{{/* ", " */}}", '"', "`", "(", ")", ".Inner ", '.Get "a" ', ".Params.a ", "$a := ", "| markdownify "),
    *("{{ end }}", "{{ else }}", "{{ with .Get 0 }}", "{{ if .Inner }}", '{{ define "a" }}', '{{ partial "p.html" . }}', "{{ .Page.RenderString }}"),
    *('<a href="/posts/p1/">', "<script>", "<!--", "-->", "<a ", "id=", "#", "url: /gone/\n", ".png", "*", "\0", "\n", "[[mounts]]\n", "null"),
    *("{{ errorf `x` }}", "{{ range .Resources }}", "resources.Get ", ".Paginate ", 'source = ".."\n', 'target = "static"\n', "disable = true\n"),
)  # fmt: skip


def other(chance: Random, path: str) -> bytes:
    """One of these files: as above, or changed, or made from pieces."""
    data, kind = OTHERS[path].encode(), chance.random()
    if kind < 0.3:
        return data
    if kind < 0.4:
        return changed_bytes(chance, data)
    if kind < 0.6:
        return "".join(chance.choices(PIECES, k=chance.randint(1, 40))).encode()
    return changed_text(chance, data, PIECES)

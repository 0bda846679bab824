"""What layouts supply: shortcodes, render hooks, and the pages that find a template."""

from __future__ import annotations

import pytest
from support.hugo_build import LAYOUTS, PAGINATED, build
from support.hugo_compare import differences, publish_tree

from vitdlint.files.tree import MemoryTree
from vitdlint.hugo.layouts import BUILT_IN, BUILT_IN_INNER, uses_inner

KINDS = {
    "home": "index.html",
    "page": "posts/p/index.html",
    "section": "posts/index.html",
    "taxonomy": "tags/index.html",
    "term": "tags/t/index.html",
}
CONTENT = {"content/posts/p.md": "---\ntags: [t]\n---\n"}


def rendered(tree: dict[str, str]) -> set[str]:
    files = build({**CONTENT, **tree}, pages=False).files
    return {kind for kind, file in KINDS.items() if file in files}


def ours(tree: dict[str, str]) -> set[str]:
    outputs = publish_tree(MemoryTree({**CONTENT, **tree})).publication.outputs
    files = {o.file for o in outputs if o.state == "published"}
    return {kind for kind, file in KINDS.items() if file in files}


@pytest.mark.parametrize("folder", ["layouts", "layouts/_default"])
@pytest.mark.parametrize(
    "name",
    [
        "home",
        "index",
        "single",
        "page",
        "section",
        "list",
        "taxonomy",
        "term",
        "terms",
        "all",
        "baseof",
        "custom",
    ],
)
def test_a_template_at_the_root_renders_what_hugo_renders_with_it(folder: str, name: str) -> None:
    tree = {f"{folder}/{name}.html": "x"}
    assert ours(tree) == rendered(tree)


@pytest.mark.parametrize("folder", ["layouts", "layouts/_default", "layouts/posts", "layouts/tags"])
@pytest.mark.parametrize(
    "name",
    [
        "lunr.json",
        "json",
        "txt",
        "rss.xml",
        "xhtml",
        "html",
        "htm",
        "HTML",
        "other.html",
        "en.html",
        "html.html",
    ],
)
def test_only_a_template_for_html_renders_pages(folder: str, name: str) -> None:
    config = '[outputFormats.lunr]\nmediaType = "application/json"\n'
    tree = {"hugo.toml": config, "layouts/home.html": "x", f"{folder}/list.{name}": "x"}
    assert ours(tree) == rendered(tree)


@pytest.mark.parametrize("folder", ["posts", "tags", "taxonomy", "section", "page", "tag", "other", "list"])
@pytest.mark.parametrize(
    "name", ["single", "page", "section", "list", "taxonomy", "term", "terms", "all", "tag"]
)
def test_a_template_in_a_folder_renders_at_least_that(folder: str, name: str) -> None:
    tree = {f"layouts/{folder}/{name}.html": "x"}
    assert ours(tree) >= rendered(tree)


def test_a_page_with_a_layout_or_a_type_of_its_own() -> None:
    tree = {
        "layouts/_default/special.html": "x",
        "layouts/kind/single.html": "x",
        "content/a.md": "---\nlayout: special\n---\n",
        "content/b.md": "---\ntype: kind\n---\n",
        "content/c.md": "",
    }
    assert differences(tree) == []


def test_404_needs_a_template_of_its_own() -> None:
    assert differences({**LAYOUTS, "layouts/404.html": "x", "content/a.md": ""}) == []
    assert differences({"layouts/all.html": "x", "content/a.md": ""}) == []


@pytest.mark.parametrize("ugly", [False, True])
def test_lists_have_as_many_pages_as_their_templates_give_them(ugly: bool) -> None:
    tree = {
        **PAGINATED,
        "hugo.toml": f"uglyURLs = {str(ugly).lower()}\n[pagination]\npagerSize = 2\n",
        **{f"content/posts/p{i}.md": f"---\ntags: [x, y{i % 3}]\n---\n" for i in range(7)},
        "content/o/a.md": "",
    }
    assert differences(tree) == []


def test_another_path_and_no_redirects_for_pages_of_lists() -> None:
    tree = {
        **PAGINATED,
        "hugo.toml": '[pagination]\npagerSize = 1\npath = "seite"\ndisableAliases = true\n',
        "content/p/a.md": "",
        "content/p/b.md": "",
    }
    assert differences(tree) == []


@pytest.mark.parametrize(
    ("call", "last"),
    [
        (".Paginator 3", 3),
        (".Paginate .Pages 3", 3),
        (".Paginate (where .Pages `Title` `!=` ``) 3", 3),
        (".Paginate .Pages", 4),
        (".Paginate (where .Pages `Title` `x`) site.Params.size", 8),
    ],
)
def test_the_size_of_a_lists_page_is_taken_from_the_template(call: str, last: int) -> None:
    tree = {
        **LAYOUTS,
        "layouts/section.html": f"{{{{ range ({call}).Pages }}}}x{{{{ end }}}}",
        "hugo.toml": "[pagination]\npagerSize = 2\n",
        **{f"content/p/{i}.md": "" for i in range(8)},
    }
    files = publish_tree(MemoryTree(tree)).publication.files
    assert f"p/page/{last}/index.html" in files
    assert f"p/page/{last + 1}/index.html" not in files


@pytest.mark.parametrize(
    ("path", "call"),
    [
        ("layouts/shortcodes/foo.html", "foo"),
        ("layouts/_shortcodes/foo.html", "foo"),
        ("layouts/shortcodes/Foo.html", "foo"),
        ("layouts/_default/shortcodes/foo.html", "foo"),
        ("layouts/p/_shortcodes/foo.html", "foo"),
        ("layouts/shortcodes/foo.fr.html", "foo"),
        ("layouts/shortcodes/foo.rss.xml", "foo"),
        ("layouts/shortcodes/foo", "foo"),
        ("layouts/shortcodes/a/foo.html", "a/foo"),
        ("layouts/shortcodes/a/foo.html", "foo"),
        ("layouts/shortcodes/a b.html", "a-b"),
        ("layouts/partials/shortcodes/foo.html", "foo"),
        ("themes/t/layouts/shortcodes/foo.html", "foo"),
    ],
)
def test_a_shortcode_is_known_exactly_where_hugo_knows_it(path: str, call: str) -> None:
    tree = {"hugo.toml": 'theme = "t"' if "themes" in path else "", "layouts/page.html": "", path: "x"}
    theirs = build({**tree, "content/p.md": f"---\n---\n{{{{< {call} >}}}}"}, pages=False)
    known = publish_tree(MemoryTree({**tree, "content/p.md": ""})).publication.shortcodes
    assert (call in known) == (theirs.code == 0), theirs.messages


@pytest.mark.parametrize(
    "template",
    [
        "{{ .Inner }}",
        "{{/* .Inner */}}",
        "<!-- .Inner -->",
        "{{ with .Inner }}{{ . }}{{ end }}",
        "{{ $.Inner }}",
        "{{ .InnerDeindent }}",
        '{{ define "q" }}{{ .Inner }}{{ end }}x',
        '{{ $x := "a.Inner" }}',
        "{{ $x := `.Inner` }}",
        '{{ partial "x" . }}',
        "{{- .Inner | safeHTML -}}",
        "no action",
    ],
)
def test_a_shortcode_must_be_closed_where_its_template_uses_inner(template: str) -> None:
    tree = {
        "layouts/page.html": "",
        "layouts/_partials/x.html": "",
        "layouts/_shortcodes/foo.html": template,
        "content/p.md": "---\n---\n{{< foo >}}",
    }
    theirs = build(tree, pages=False)
    assert uses_inner(template) == ("must be closed" in theirs.messages)


def test_the_built_in_shortcodes_are_those_of_the_binary() -> None:
    removed = {"gist", "tweet", "twitter", "twitter_simple", "instagram_simple", "mermaid", "toc"}
    for name in sorted(BUILT_IN | removed):
        messages = build({"content/p.md": f"---\n---\n{{{{< {name} >}}}}"}, pages=False).messages
        unknown = "not found" in messages and "template for shortcode" in messages
        assert (unknown or "removed" in messages) == (name in removed), messages
        assert ("must be closed" in messages) == (name in BUILT_IN_INNER), name

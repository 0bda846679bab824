"""Links in layouts, data and translations: what the site has is never reported, in whatever form it is asked for."""

from __future__ import annotations

from pathlib import Path

from support.run import names, run, write

from vitdlint.linter.examples import job_of
from vitdlint.linter.pipeline import lint
from vitdlint.linter.workers import here

SITE = {
    "content/docs/sun.md": "---\ntitle: Sun\naliases: [/old]\n---\nText.\n",
    "content/docs/parts/index.md": "---\nheadless: true\n---\nText.\n",
    "content/docs/draft.md": "---\ndraft: true\n---\nText.\n",
    "static/a.svg": "",
    "assets/b.js": "",
    "layouts/all.html": "{{ .Content }}",
    "layouts/home.html": "Home",
}


def reported(folder: Path, files: dict[str, str], settings: str = "") -> list[str]:
    write(folder, {"hugo.toml": settings, **SITE, **files})
    return names(run("check", "--output-format", "json", "--select", "dead-link-in-layout", cwd=folder))


def tag(*targets: str) -> dict[str, str]:
    return {"layouts/_partials/a.html": "".join(f'<a href="{target}">x</a>' for target in targets)}


def test_what_the_site_has(tmp_path: Path) -> None:
    assert (
        reported(
            tmp_path,
            tag("/docs/sun/", "/docs/sun", "/docs/sun.html", "/old/", "/a.svg", "/index.xml", "/docs/"),
        )
        == []
    )
    assert reported(tmp_path, tag("/docs/moon/")) == ["dead-link-in-layout"]
    assert reported(tmp_path, tag("/docs/draft/")) == ["dead-link-in-layout"]


def test_a_base_url_with_a_path(tmp_path: Path) -> None:
    base = "baseURL = 'https://example.org/sub/'"
    assert reported(tmp_path, tag("/sub/docs/sun/", "/sub/a.svg"), base) == []


def test_redirects_and_what_the_configuration_declares(tmp_path: Path) -> None:
    files = {"static/_redirects": "/gone/* /docs/:splat\n", "vitdlint.toml": 'extra-urls = ["/search"]\n'}
    assert reported(tmp_path, {**files, **tag("/gone/sun/", "/search")}) == []


def test_any_language_will_do(tmp_path: Path) -> None:
    languages = "defaultContentLanguageInSubdir = true\n[languages.en]\n[languages.de]\n"
    files = {"content/docs/sun.de.md": "Text.\n", "i18n/en.toml": 'a = "[x](/docs/sun/)"\n'}
    assert reported(tmp_path, {**files, **tag("/de/docs/sun/", "/en/docs/sun/")}, languages) == []
    assert reported(tmp_path, tag("/docs/sun/"), languages) == ["dead-link-in-layout"]


def test_pages_by_name_need_not_be_published(tmp_path: Path) -> None:
    ask = '{{{{ with site.GetPage "{}" }}}}{{{{ end }}}}'
    files = {
        "layouts/_partials/a.html": ask.format("/docs/parts") + ask.format("/docs/sun") + ask.format("/docs")
    }
    assert reported(tmp_path, files) == []
    assert reported(tmp_path, {"layouts/_partials/a.html": ask.format("/docs/part")}) == [
        "dead-link-in-layout"
    ]


def test_a_missing_theme_could_supply_it(tmp_path: Path) -> None:
    assert reported(tmp_path, tag("/lamp.svg"), "theme = 'gone'") == []


def test_what_templates_compute_is_counted() -> None:
    layout = (
        '<a href="{{ .RelPermalink }}">a</a> <img src="/img/{{ .Name }}.png"> <a href="/docs/sun/">b</a>'
        '<a href="https://{{ .Host }}/">c</a> <a href="#{{ .Id }}">d</a> <!-- <a href="{{ .X }}">e</a> -->'
        '<script src="{{ $js.RelPermalink }}"></script><script>let a = "<a href={{ .Y }}>"</script>'
    )
    data = "- url: /sun/\n- url: /moon/\n- url: /docs/sun/\n"
    report = lint(
        job_of({**SITE, "layouts/_partials/a.html": layout, "data/nav.yaml": data}, {}), here
    ).report
    assert [(n.what, n.count) for n in report.not_checked] == [
        ("links in data files", 3),
        ("links in layouts", 3),
    ]
    assert [d.name for d in report.diagnostics if d.name.endswith("layout")] == []


def test_most_links_of_a_layout_may_be_for_another_site_on_the_host() -> None:
    def found(*targets: str) -> tuple[int, int]:
        report = lint(job_of({**SITE, **tag(*targets)}, {}), here).report
        names_ = [d.name for d in report.diagnostics]
        return names_.count("dead-link-in-layout"), sum(
            n.count for n in report.not_checked if n.what == "links in layouts"
        )

    assert found("/shop/", "/forum/", "/docs/sun/", "/chat/") == (0, 3)
    assert found("/shop/", "/forum/", "/docs/sun/") == (2, 0)
    assert found("/shop/", "/forum/", "/chat/", "/docs/sun/", "/docs/", "/a.svg") == (3, 0)

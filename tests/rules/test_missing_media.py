"""Files named in front matter: wherever they can be they are found, in every format, and one that is nowhere is reported."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from support.hugo_build import build
from support.run import names, report, run, write

from vitdlint.linter.examples import job_of
from vitdlint.linter.pipeline import lint
from vitdlint.linter.workers import here

LAYOUT = {
    "layouts/single.html": '{{ partial "opengraph.html" . }}{{ .Params.image }}{{ .Params.hero.image }}'
}
PAGE = "content/posts/sun/index.md"


def found(
    front: str, files: Mapping[str, str] = LAYOUT, path: str = PAGE, rule: str = "missing-media"
) -> list[str]:
    job = job_of({path: f"{front}\nText.\n", **LAYOUT, **files}, {"select": [rule]})
    outcome = lint(job, here).report
    assert not outcome.crashed, outcome.diagnostics
    return [diagnostic.message for diagnostic in outcome.diagnostics]


@pytest.mark.parametrize(
    "file",
    [
        "content/posts/sun/A B.png",
        "assets/A B.png",
        "static/A B.png",
        "static/img/A B.png",
        "assets/x/A B.png",
    ],
)
def test_a_file_is_found_wherever_a_theme_looks_for_it(file: str) -> None:
    front = "---\nimage: A B.png\n---"
    assert found(front, {file: ""}) == []
    assert found(front, {"static/B.png": ""}) == [
        'the key image names the file "A B.png", which this site does not have'
    ]


@pytest.mark.parametrize("value", ["/img/a.png", "img/a.png", "a.png", "https://vitd.test/img/a.png?v=2"])
def test_each_way_to_write_a_static_file(value: str) -> None:
    assert found(f"---\nimages: [{value}]\n---", {"static/img/a.png": ""}) == []


def test_the_picture_of_another_bundle_is_none_of_this_page() -> None:
    assert (
        len(
            found(
                "---\nimage: cover.jpg\n---",
                {"content/posts/moon/cover.jpg": "", "content/posts/moon/index.md": "Moon.\n"},
            )
        )
        == 1
    )


@pytest.mark.parametrize(
    "front",
    [
        "---\nparams:\n  hero:\n  - Image: /a.png\n---",
        "+++\n[params]\n[[params.hero]]\nImage = '/a.png'\n+++",
        json.dumps({"params": {"hero": [{"Image": "/a.png"}]}}, indent=1) + "\n",
    ],
)
def test_it_is_found_on_any_level_in_every_format(front: str) -> None:
    assert found(front) == [
        'the key params.hero.Image names the file "/a.png", which this site does not have'
    ]


@pytest.mark.parametrize(
    "front",
    [
        "title: a.png",
        "image: 'https://example.org/a.png'",
        "image: //example.org/a.png",
        "image: '{{ .x }}/a.png'",
        "image: data:image/png;base64,x.png",
        "image: a",
        "image: 5",
        "cascade:\n  image: a.png",
        "resources:\n- src: '*.png'",
        "resources: a.png",
    ],
)
def test_what_is_certainly_no_such_file_is_left_alone(front: str) -> None:
    assert found(f"---\n{front}\n---") == []


@pytest.mark.parametrize(
    ("template", "keys"),
    [
        ("{{ .Content }}", []),
        ("{{ .Params.Featured_Image }}", ["featuredImage"]),
        ('{{ with index .Params "og-image" }}{{ . }}{{ end }}', ["og_image"]),
        ('{{ template "_internal/twitter_cards.html" . }}', ["images"]),
        ('<meta property="og:image" content="/x.png">', []),
    ],
)
def test_only_keys_that_a_template_reads_count(template: str, keys: list[str]) -> None:
    front = "---\nfeaturedImage: a.png\nog_image: a.png\nimages: [a.png]\nthumbnail: a.png\n---"
    messages = found(front, {"layouts/single.html": template})
    assert [message.split()[2] for message in messages] == keys


def test_a_draft_has_the_files_that_come_with_it() -> None:
    front = "---\ndraft: true\nimage: sun.png\nresources:\n- src: sun.png\n---"
    assert found(front, {"content/posts/sun/sun.png": ""}) == []
    assert len(found(front)) == 2


def test_hugo_finds_the_resources_that_are_not_reported() -> None:
    """Case and spaces as Hugo itself takes them."""
    sources = ("Sun.png", "img/a b.png", "a-b.png", "none.png", "../a.png", "/sun.png")
    lines = "".join(f"- src: {json.dumps(src)}\n  title: t{n}\n" for n, src in enumerate(sources))
    files = {"content/posts/sun/sun.png": "", "content/posts/sun/img/A b.png": "", "content/posts/a.png": ""}
    shown = {"layouts/page.html": "{{ range .Resources }}[{{ .Title }}]{{ end }}"}
    built = build({PAGE: f"---\nresources:\n{lines}---\nText.\n", **files, **shown})
    text = built.files["posts/sun/index.html"].decode()
    dead = {
        n
        for n, src in enumerate(sources)
        if any(f'"{src}"' in m for m in found(f"---\nresources:\n{lines}---", files))
    }
    assert dead <= {n for n in range(len(sources)) if f"[t{n}]" not in text}
    assert 3 in dead


def test_a_schema_that_asks_for_files_reports_them_once(tmp_path: Path) -> None:
    schema = '{"properties": {"image": {"type": "string", "x-reference": "file"}}}'
    site = {
        "hugo.toml": "",
        "vitdlint.toml": 'schema = [{ pages = "**", use = "s.json" }]\n',
        "s.json": schema,
        PAGE: "---\nimage: sun.png\n---\nText.\n",
        "content/posts/moon/index.md": "---\nimage: moon.png\n---\nText.\n",
        "content/posts/moon/moon.png": "",
        "content/posts/star.md": "---\nimage: star.png\n---\nText.\n",
        "assets/star.png": "",
        **LAYOUT,
    }
    done = run(
        "check",
        "--output-format",
        "json",
        "--select",
        "missing-media,unknown-reference",
        cwd=write(tmp_path, site),
    )
    assert names(done) == ["unknown-reference"]
    assert report(done)["diagnostics"][0]["path"] == PAGE


def test_init_writes_what_keys_refer_to(tmp_path: Path) -> None:
    site: dict[str, str | bytes | None] = {"hugo.toml": "title = 'x'\n", **LAYOUT}
    for n in range(20):
        front = {
            "title": f"Page {n}",
            "pic": f"/p{n}.png",
            "next": f"posts/page-{(n + 1) % 20}",
            "same": "page-1",
            "kin": [f"tag {n % 7}"],
            "tags": [f"Tag {n % 7}"],
        }
        site[f"content/posts/page-{n}.md"] = json.dumps(front) + "\n\nText.\n"
        site[f"static/p{n}.png"] = ""
    done = run("init", cwd=write(tmp_path, site))
    assert done.returncode == 0, done.stderr
    properties = json.loads((tmp_path / "schemas/posts.schema.json").read_text())["properties"]
    assert properties["pic"]["x-reference"] == "file"
    assert properties["next"]["x-reference"] == "page"
    assert properties["kin"]["items"]["x-reference"] == "term"
    assert "x-reference" not in json.dumps([properties["same"], properties["tags"], properties["title"]])
    (tmp_path / "static/p3.png").unlink()
    done = run("check", "--output-format", "json", "--select", "VD1", cwd=tmp_path)
    assert names(done) == ["unknown-reference"]

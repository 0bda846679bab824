"""What can be written: link targets in the site's URL space, front matter in three formats, shortcodes, rules."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.lsp_view import looked_at
from support.run import write

pytest.importorskip("pygls")

from vitdlint.lsp.complete import complete  # after the skip

PAGE = "content/posts/new.md"
SCHEMA = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "allOf": [{"$ref": "vitdlint:page"}],
    "properties": {
        "mood": {"description": "How it feels.", "enum": ["calm", "wild"]},
        "see": {"type": "array", "items": {"x-reference": "page"}},
        "author": {"type": "object", "properties": {"name": {"type": "string"}, "mail": {"type": "string"}}},
        "done": {"type": "boolean"},
    },
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write(
        tmp_path,
        {
            "hugo.toml": "",
            "vitdlint.toml": '[[schema]]\npages = "posts/**"\nuse = "post.json"\n',
            "post.json": json.dumps(SCHEMA),
            "layouts/shortcodes/lamp.html": 'lamp {{ .Get "color" }}{{ .Get "size" }}',
            "layouts/shortcodes/any.html": '{{ partial "any" . }}',
            "layouts/all.html": "{{ .Content }}",
            "static/pic.png": "",
            "content/posts/sun.md": '---\ntitle: The Sun\nslug: star\naliases: ["/old-sun/"]\ntags: [Light]\n---\n\n'
            '## How hot\n\n{{< lamp color="red" >}}\n',
            "content/posts/moon.md": "---\ntitle: Moon\ndraft: true\n---\n\nText.\n",
        },
    )


def labels(site: Path, text: str) -> list[tuple[str, str]]:
    view, offset = looked_at(site, PAGE, text)
    found = complete(view, offset)
    return [] if found is None else [(p.text, p.label) for p in found.found]


def applied(site: Path, text: str, label: str) -> str:
    """The page once the proposal of that label is taken."""
    view, offset = looked_at(site, PAGE, text)
    found = complete(view, offset)
    assert found is not None
    taken = next(p for p in found.found if p.label == label)
    return view.page.text[: found.start] + taken.text + view.page.text[found.end :]


def body(text: str) -> str:
    return f"---\ntitle: New\n---\n\n{text}\n"


@pytest.mark.parametrize(
    "typed",
    ["[x](|)", "[x](/posts|)", "[x](sun|)", "[x](star|)", "[a]: |", '<a href="|">'],
)
def test_a_page_is_found_by_url_title_and_file(site: Path, typed: str) -> None:
    assert ("/posts/star/", "The Sun") in labels(site, body(typed))


def test_the_whole_target_is_replaced(site: Path) -> None:
    assert applied(site, body("[x](/po|sts/ol)"), "The Sun") == body("[x](/posts/star/)")


def test_aliases_and_drafts_are_marked_and_come_last(site: Path) -> None:
    view, offset = looked_at(site, PAGE, body("[x](|)"))
    found = complete(view, offset)
    assert found is not None
    marked = {p.text: p.outdated for p in found.found}
    assert marked["/posts/star/"] is False
    assert marked["/old-sun/"] is True
    assert marked["/posts/moon/"] is True
    assert marked["/pic.png"] is False
    order = [p.outdated for p in found.found]
    assert order == sorted(order)


def test_anchors_are_those_of_the_page_that_the_target_leads_to(site: Path) -> None:
    assert labels(site, body("[x](/posts/star/#|)")) == [("how-hot", "how-hot")]
    assert labels(site, body("## Here\n\n[x](#|)")) == [("here", "here")]
    assert labels(site, body('[x]({{< ref "/posts/sun#|" >}})')) == [("how-hot", "how-hot")]


def test_reference_labels(site: Path) -> None:
    assert labels(site, body("[x][|\n\n[one]: /a/\n[two]: /b/")) == [("one", "one"), ("two", "two")]


def test_ref_takes_logical_paths(site: Path) -> None:
    assert ("/posts/sun", "The Sun") in labels(site, body('{{< ref "|" >}}'))
    assert applied(site, body('{{% relref "su|" %}}'), "The Sun") == body('{{% relref "/posts/sun" %}}')


def test_shortcodes_and_their_parameters(site: Path) -> None:
    assert ("lamp", "lamp") in labels(site, body("{{< la|"))
    assert ("figure", "figure") in labels(site, body("{{< |"))
    assert labels(site, body("{{< lamp |")) == [('color=""', "color"), ('size=""', "size")]
    assert ('alt=""', "alt") in labels(site, body('{{< figure src="a.png" |'))


def test_rules_in_suppressions(site: Path) -> None:
    assert ("dead-link", "dead-link") in labels(site, body("<!-- vitdlint-disable-next-line dead-l|"))
    assert ("vitdlint-disable-line", "vitdlint-disable-line") in labels(site, body("<!-- vitdlint-|"))


FORMATS = {
    "yaml": ("---\n{}\n---\n", "title: New\n", "mood: |", "see: [|", "author:\n  |", "tags:\n- |", "done: |"),
    "toml": (
        "+++\n{}\n+++\n",
        'title = "New"\n',
        "mood = |",
        "see = [|",
        "[author]\n|",
        "tags = [|",
        "done = |",
    ),
    "json": (
        "{{\n{}\n}}\n",
        '"title": "New",\n',
        '"mood": "|"',
        '"see": ["|"',
        '"author": {{"|"',
        '"tags": ["|"',
        '"done": |',
    ),
}


@pytest.mark.parametrize("kind", FORMATS)
def test_front_matter_in_every_format(site: Path, kind: str) -> None:
    frame, title, *places = FORMATS[kind]
    mood, see, author, tags, done = (
        [label for _, label in labels(site, frame.format(title + place))] for place in places
    )
    assert mood == ["calm", "wild"]
    assert "The Sun" in see
    assert author == ["mail", "name"]
    assert tags == ["Light"]
    assert done == ["false", "true"]


@pytest.mark.parametrize(
    ("before", "label", "after"),
    [
        ("---\ntitle: N\nmo|\n---\n", "mood", "---\ntitle: N\nmood: \n---\n"),
        ("+++\nmo|\n+++\n", "mood", "+++\nmood = \n+++\n"),
        ('{\n"mo|"\n}\n', "mood", '{\n"mood": \n}\n'),
        ("---\nmood: |\n---\n", "calm", "---\nmood: calm\n---\n"),
        ("+++\nmood = |\n+++\n", "calm", '+++\nmood = "calm"\n+++\n'),
        ('{"mood": "c|"}\n', "calm", '{"mood": "calm"}\n'),
    ],
)
def test_what_is_taken_is_written_as_the_format_does(site: Path, before: str, label: str, after: str) -> None:
    assert applied(site, before, label) == after


def test_keys_that_are_there_are_not_proposed_again(site: Path) -> None:
    found = [label for _, label in labels(site, "---\ntitle: N\nmood: calm\n|\n---\n")]
    assert "title" not in found
    assert "mood" not in found
    assert {"slug", "draft", "tags", "see"} <= set(found)


def test_nothing_is_proposed_in_plain_text(site: Path) -> None:
    assert labels(site, body("Some words (|) and more")) == []

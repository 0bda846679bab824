"""The law of front matter's completion: what is taken parses as just that value, and nothing else changes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from support.run import NOW, write

pytest.importorskip("pygls")

from vitdlint.lsp.complete import complete  # after the skip
from vitdlint.lsp.engine import Engine, State
from vitdlint.lsp.view import view_of

PAGE = "content/new.md"
TEXTS = [
    "calm", "wild side", "yes", "On", "y", "~", "null", "true", "007", "1.50", "1e3", "0x1F", ".5", "2020-01-01",
    "a: b", "x: ", "# a", "a #b", "a, b", "[a]", "{a", "- x", "-", "?", "|", ">", "%x", "@x", "!x", "&a", "*a", "=",
    'q"x', "it's", "back\\slash", "tab\tx", "Ünï", "\U0001f319",
]  # fmt: skip
ENUM = [*TEXTS, True, 1, 1.5, None]
FRAMES = {
    "yaml": ("---\ntitle: New\n{}\ndraft: false\n---\nText.\n", "mood: {}", "moods: {}"),
    "toml": ("+++\ntitle = 'New'\n{}\ndraft = false\n+++\nText.\n", "mood = {}", "moods = {}"),
    "json": (
        '{{\n"title": "New",\n{},\n"draft": false\n}}\nText.\n',
        '"mood": {}',
        '"moods": {}',
    ),
}
"""Format -> a page, a line with one value, and one with a list."""
LISTS = ("[{}]", '["x", {}]', '[{}, "x"]', '[\n  "x",\n  {},\n  "x"\n]')
BLOCKS = ("\n- {}", '\n  - "x"\n  - {}\n  - "x"')
TYPED = ("|", '"|"', '"|', '"ca|lm"', '"|calm"', '"c|"')
YAML_TYPED = (
    *TYPED,
    "c|",
    "ca|lm",
    "| calm",
    "c|alm side",
    "'|'",
    "'|",
    "'c|alm'",
    "|  # note",
    "ca|lm # note",
)
TOML_TYPED = (*TYPED, "c|", "ca|lm", "'|'", "'ca|lm'", "|  # note", '"ca|lm" # note')


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> Iterator[State]:
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "allOf": [{"$ref": "vitdlint:page"}],
        "properties": {
            "mood": {"enum": ENUM},
            "moods": {"type": "array", "items": {"enum": ENUM}},
            "when": {"format": "hugo-date"},
            "more": {"properties": {name: {} for name in ("odd key", "a.b", "yes", "007", "Ü", "x: y")}},
        },
    }
    root = write(
        tmp_path_factory.mktemp("front") / "site",
        {
            "hugo.toml": "",
            "vitdlint.toml": '[[schema]]\npages = "**"\nuse = "post.json"\n',
            "post.json": json.dumps(schema),
            "content/t.md": f"---\ntitle: T\ntags: {json.dumps(TEXTS, ensure_ascii=False)}\n---\n",
        },
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(root.parent / "cache"))
        yield Engine(root, clock=NOW).check({PAGE: "x"})


def taken(state: State, marked: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """The labels that are proposed at the `|`, the page with each, and its front matter then."""
    at, text = marked.index("|"), marked.replace("|", "", 1)
    view = view_of(state, PAGE, text)
    found = complete(view, at) if view is not None else None
    assert found is not None
    assert found.start <= at <= found.end
    for each in found.found:
        after = text[: found.start] + each.text + text[found.end :]
        page = state.page(PAGE, after)
        assert page is not None
        yield each.label, after, dict(page.front.data)


def same(one: object, other: object) -> bool:
    return json.dumps(one) == json.dumps(other)


def cases() -> Iterator[tuple[str, str, bool]]:
    for kind, (frame, one, many) in FRAMES.items():
        typed = {"yaml": YAML_TYPED, "toml": TOML_TYPED, "json": TYPED}[kind]
        for word in typed:
            yield kind, frame.format(one.format(word)), False
            if "#" in word:
                continue  # nothing of a list follows a comment
            for listed in (*LISTS, *(BLOCKS if kind == "yaml" else ())):
                if (
                    word.count('"') + word.count("'") == 1
                    and "]" in listed.partition("{}")[2].partition("\n")[0]
                ):
                    continue  # the bracket is within the quotes that are open
                yield kind, frame.format(many.format(listed.format(word))), True


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_a_value_that_is_taken_is_that_value(state: State, ends: str) -> None:
    number = 0
    for kind, page, is_list in cases():
        marked = page.replace("\n", ends)
        for label, after, data in taken(state, marked):
            number += 1
            assert set(data) == {"title", "moods" if is_list else "mood", "draft"}, (marked, after)
            assert (data["title"], data["draft"]) == ("New", False)
            value = [item for item in data["moods"] if item != "x"] if is_list else [data["mood"]]
            assert len(value) == 1, (marked, after)
            wanted = [each for each in ENUM if label in (each, json.dumps(each))]
            assert any(same(value[0], each) for each in wanted), (kind, marked, after)
    assert number > 3000


@pytest.mark.parametrize("kind", FRAMES)
@pytest.mark.parametrize("listed", ['[\n  "x",|\n  "x"\n]', '[|"x"]', '[| "x"]', '["x",|]', '["x",\n|\n]'])
def test_before_another_item_a_comma_comes_along(state: State, kind: str, listed: str) -> None:
    frame, _, many = FRAMES[kind]
    for label, after, data in taken(state, frame.format(many.format(listed))):
        count = 1 if '|"' in listed or '| "' in listed else listed.count("x") + 1  # one is replaced
        assert len(data.get("moods", ())) == count, (label, after)


@pytest.mark.parametrize("kind", FRAMES)
def test_terms_and_dates_are_written_so_that_they_stay_what_they_are(state: State, kind: str) -> None:
    frame, one, _ = FRAMES[kind]
    tags = one.replace("mood", "tags").format("[|]")
    found = {label: data["tags"] for label, _, data in taken(state, frame.format(tags))}
    assert found == {text: [text] for text in TEXTS}
    when = [
        data["when"] for _, _, data in taken(state, frame.format(one.replace("mood", "when").format("|")))
    ]
    assert len(when) == 2
    assert all(str(each).startswith("2026-01-31") for each in when)


@pytest.mark.parametrize(
    ("kind", "line", "after"),
    [
        ("yaml", "more:\n  {}: 1", None),
        ("toml", "[more]\n{} = 1", None),
        ("json", '"more": {{"{}": 1}}', None),
        ("yaml", "mo|od: calm", "mood: calm"),
        ("toml", "mo|od = 'calm'", "mood = 'calm'"),
        ("json", '"mo|od": "calm"', '"mood": "calm"'),
    ],
)
def test_a_key_is_written_over_what_is_there(state: State, kind: str, line: str, after: str | None) -> None:
    frame = FRAMES[kind][0] if kind != "toml" else "+++\ntitle = 'New'\ndraft = false\n{}\n+++\nText.\n"
    if after is not None:
        texts = [text for label, text, _ in taken(state, frame.format(line)) if label == "mood"]
        assert texts == [frame.format(after)]
        return
    found = {
        label: data["more"]
        for label, _, data in taken(state, frame.format(line.format("|a" if kind != "json" else "|")))
    }
    assert found == {name: {name: 1} for name in ("odd key", "a.b", "yes", "007", "Ü", "x: y")}


@pytest.mark.parametrize(
    "marked",
    [
        '---\nmood: "calm"|\n---\n',
        "---\nmood: calm  # no|te\n---\n",
        "---\nmood: calm\n  |\n---\n",
        "---\nmood: &a |calm\n---\n",
        '+++\nmood = "calm"|\n+++\n',
        '+++\nmoods = ["calm" |]\n+++\n',
        '+++\nmood = """ca|lm"""\n+++\n',
        '{"mood": "calm"|}\n',
        '{"mood"|: "calm"}\n',
        '{"moods": ["calm"| ]}\n',
    ],
)
def test_nothing_is_proposed_where_nothing_can_be_written(state: State, marked: str) -> None:
    assert list(taken(state, marked)) == []

"""A setting is written into a person's configuration, and every line that was there stays as it was."""

from __future__ import annotations

from pathlib import Path

import pytest
import tomli
from hypothesis import example, given, settings
from hypothesis import strategies as st
from support.run import run, write

from vitdlint.edits.toml_file import with_settings

TOOL = ("tool", "vitdlint")


@pytest.mark.parametrize(
    ("before", "way", "value", "after"),
    [
        ("", ("baseline",), "b.json", 'baseline = "b.json"\n'),
        ("a = 1 # one", ("baseline",), "b.json", 'a = 1 # one\nbaseline = "b.json"\n'),
        ("a = 1\n\n# more\n[b]\n", ("baseline",), "c", 'a = 1\nbaseline = "c"\n\n# more\n[b]\n'),
        ("# about b\n[b]\nx = 1\n", ("baseline",), "c", 'baseline = "c"\n\n# about b\n[b]\nx = 1\n'),
        ("# of this file\n\n[b]\n", ("baseline",), "c", '# of this file\nbaseline = "c"\n\n[b]\n'),
        ("# all\n", ("baseline",), "c", '# all\nbaseline = "c"\n'),
        ('[[schema]]\nuse = "x"\n', ("baseline",), "c", 'baseline = "c"\n\n[[schema]]\nuse = "x"\n'),
        ("baseline = 'a' # why\nb = 1\n", ("baseline",), "c", 'baseline = "c" # why\nb = 1\n'),
        ("[project]\nx = 1\n", (*TOOL, "baseline"), "c", '[project]\nx = 1\n\n[tool.vitdlint]\nbaseline = "c"\n'),
        (
            "[tool.vitdlint]\na = 1\n\n# of ruff\n[tool.ruff]\n",
            (*TOOL, "baseline"),
            "c",
            '[tool.vitdlint]\na = 1\nbaseline = "c"\n\n# of ruff\n[tool.ruff]\n',
        ),
        (
            "[tool.vitdlint.links]\nx = 1\n\n[tool.ruff]\n",
            (*TOOL, "baseline"),
            "c",
            '[tool.vitdlint]\nbaseline = "c"\n\n[tool.vitdlint.links]\nx = 1\n\n[tool.ruff]\n',
        ),
        ("base-urls = []\n", ("base-urls",), ["u"], 'base-urls = ["u"]\n'),
        ("base-urls = ['t'] # c\n", ("base-urls",), ["t", "u"], "base-urls = ['t', \"u\"] # c\n"),
        (
            "base-urls = [\n    't', # first\n    # none\n]\n",
            ("base-urls",),
            ["u"],
            "base-urls = [\n    't', # first\n    # none\n    \"u\"\n]\n",
        ),
        ("[t]\n  'x' = [] # c\n\n  [u]\n", ("t", "y"), ["z"], '[t]\n  \'x\' = [] # c\n  y = ["z"]\n\n  [u]\n'),
        ("t = {x = ['a']}\n", ("t", "/é.md"), ["z"], 't = {x = [\'a\'], "/é.md" = ["z"]}\n'),
        ("t.x = ['a']\n[u]\n", ("t", "y"), ["z"], "t.x = ['a']\nt.y = [\"z\"]\n[u]\n"),
        ("a = {\n  b = 1,\n}\nc = 07:32\n", ("d",), "\x1b", 'a = {\n  b = 1,\n}\nc = 07:32\nd = "\\u001b"\n'),
        ("\ufeffa = 1\n", ("b",), "c", '\ufeffa = 1\nb = "c"\n'),
    ],
)  # fmt: skip
def test_a_setting_goes_where_a_person_would_write_it(
    before: str, way: tuple[str, ...], value: str | list[str], after: str
) -> None:
    assert with_settings(before, {way: value}) == after
    windows = after.replace("\n", "\r\n")
    if "\n" in before:
        assert with_settings(before.replace("\n", "\r\n"), {way: value}) == windows


ENTRY = st.builds(
    "{} = {}{}".format,
    st.sampled_from(["a", "b", "'c'", "t.x", "t.y", '"é"', "  d"]),
    st.sampled_from(["1", "'x'", "['x']", "[\n  'x', # why\n]", "{x = ['y']}", "{\n x = 1,\n}", "07:32"]),
    st.sampled_from(["", " # said", " "]),
)
FILES = st.lists(
    st.one_of(ENTRY, ENTRY, st.sampled_from(["", '"ö" = """\n# z\n"""', "# note", "# more", "[t]", "[t.u]", "[v]", "[[w]]", "[tool.x]", "  [y] # z"])),
    max_size=9,
).map("\n".join)  # fmt: skip
WAYS = st.sampled_from(
    [("n",), ("a",), ("t", "n"), ("t", "x"), ("t", "u", "n"), ("v", "c"), ("tool", "x", "y", "n")]
)


@settings(max_examples=400)
@given(
    FILES, st.dictionaries(WAYS, st.sampled_from(["s", ("p", "x")]), min_size=1, max_size=2), st.booleans()
)
@example("[t]\na = 1\n# note\n[v]", {("t", "n"): "s"}, True)
def test_nothing_that_a_person_wrote_is_lost(
    text: str, changes: dict[tuple[str, ...], str], windows: bool
) -> None:
    try:
        before = tomli.loads(text)
    except tomli.TOMLDecodeError:
        return
    text = text.replace("\n", "\r\n") if windows else text
    try:
        new = with_settings(text, changes)
    except ValueError:
        return  # nothing is written
    after = tomli.loads(new)
    for way, value in changes.items():
        old, found = before, after
        for key in way[:-1]:
            old, found = old.get(key, {}), found[key]
        have = old.get(way[-1], [])
        items = [*have, *(item for item in value if item not in have)] if isinstance(value, tuple) else value
        assert found[way[-1]] == items
    assert new.count("#") == text.count("#")
    assert ("\r" in new) == (windows and "\r" in text)
    changed = {way[-1] for way in changes}
    lines = iter(new.splitlines())
    for line in text.splitlines():
        if (
            line.strip()
            and not any(name in line.partition("=")[0] for name in changed)
            and line.strip() not in "]}"
        ):
            assert any(other.rstrip() == line.rstrip() or other.startswith(line) for other in lines), line


@pytest.mark.parametrize(
    ("text", "way", "value"),
    [
        ("t = 1\n", ("t", "x"), "y"),
        ("t = [1]\n", ("t", "x"), "y"),
        ("x = 'a'\n", ("x",), ["b"]),
        ("t = {x = 1 # c\n}\n", ("t", "u", "x"), "y"),
        ("t.", ("x",), "b"),
    ],
)
def test_what_cannot_be_written_so_is_refused(
    text: str, way: tuple[str, ...], value: str | list[str]
) -> None:
    with pytest.raises(ValueError, match="cannot be added to"):
        with_settings(text, {way: value})


def test_a_suppression_that_no_comment_can_be_is_written_into_the_configuration(tmp_path: Path) -> None:
    before = "# ours\r\nselect = ['unparsable-date']\r\n\r\n# how bad\r\n[severity]\r\nunparsable-date = 'error' # !\r\n"
    page = '{"title": "x", "date": "soon"}\n\nText.\n'
    write(tmp_path, {"hugo.toml": "", "content/a.md": page, 'content/b"é.md': page, "vitdlint.toml": before})
    assert run("check", cwd=tmp_path).returncode == 1
    done = run("check", "--add-suppressions", "from the old wiki", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    after = (tmp_path / "vitdlint.toml").read_bytes().decode()
    ignores = '"/a.md" = ["unparsable-date"]\r\n"/b\\"é.md" = ["unparsable-date"]\r\n'
    assert after == f"{before}\r\n[per-file-ignores]\r\n{ignores}"
    assert run("check", cwd=tmp_path).returncode == 0

"""Every text that a person reads uses the words of ruff, git and Hugo: the glossary of CONTRIBUTING.md."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from typing import NamedTuple

import pytest
from support.paths import ROOT


class Word(NamedTuple):
    """What not to write, and what to write instead."""

    pattern: str
    instead: str


WORDS = (
    Word(r"tells?|telling|told|says? of|speaks?|speaking|spoken", "report"),
    Word(r"judge(?:s|d|ments?)?|judging|judgments?", "check"),
    Word(r"mends?|mended|mending", "fix"),
    Word(r"silences?|silenced|silencing", "suppress"),
    Word(r"blank(?:s|ed|ing)?", "space"),
    Word(r"(?:at|on) (?:its|an|the) edges?", "leading or trailing space"),
    Word(r"anew", "again, from scratch"),
    Word(r"stands?|standing|stood", "is, appears"),
    Word(r"mistakes?|mistaken", "error, bug"),
    Word(r"remembers?|remembered|remembering", "stored results"),
    Word(r"instants?", "current time"),
    Word(r"(?:a|no|the) deaths?", "counts as dead"),
    Word(r"known findings?", "baselined finding"),
    Word(r"known to nobody", "unknown key"),
    Word(r"ask(?:s|ed|ing)? for patience|patience", "rate-limited"),
    Word(r"walls?|turn(?:s|ed|ing)? (?:machines |bots )?away", "the host blocks bots"),
)

ALLOWED = (
    Word(r"blank lines?", "what the specification of Markdown calls a line without text"),
    Word(r"not-judged", "the name of a rule"),
    Word(r"stand-alone|standalone", "one word"),
)
"""Where such a word is meant literally, with the reason."""

NAMES_OF_THE_PUBLIC = frozenset(
    {
        "not_judged",  # the module of the rule not-judged
        "blanks",  # an option of the rule escaped-prose
    }
)
"""Names in the code that are those of rules and of configuration keys."""

_BAD = re.compile(
    rf"\b(?:{'|'.join(word.pattern for word in WORDS)})\b".replace(" ", r"\s+"), re.IGNORECASE
)  # also where a line ends within
_ALLOWED = re.compile(rf"\b(?:{'|'.join(word.pattern for word in ALLOWED)})\b", re.IGNORECASE)
_CODE = re.compile(r"(?<!`)`[^`\n]+`(?!`)")
_FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
_KEY = re.compile(r'^ *"[^"]*": ', re.MULTILINE)


FILES = (
    "*.md *.toml *.yml Makefile Dockerfile .pre-commit-hooks.yaml .ci/run .github/workflows/*",
    "docs/*.md docs/*.toml docs/man/* docs/rules/* docs/layouts/**/*.html docs/assets/*.js",
    "editors/vscode/*.md editors/vscode/package.json editors/vscode/*.mjs editors/vscode/src/*",
    "examples/*/*.* examples/*/Makefile examples/*/lint/* examples/*/schemas/* schemas/*",
    "vitdlint/**/*.py vitdlint/reporters/html/report.*",
)
"""Every file with words for people; of the examples all but their pages, whose authors have their own words."""


def texts() -> Iterator[str]:
    """These files, relative to the root."""
    for pattern in " ".join(FILES).split():
        found = sorted(path for path in ROOT.glob(pattern) if path.is_file())
        assert found, f"nothing is {pattern}"
        yield from (path.relative_to(ROOT).as_posix() for path in found)


def words_of(path: str) -> Iterator[tuple[int, str]]:
    """What people read in a file, with the number of the line where it begins."""
    source = (ROOT / path).read_text(encoding="utf-8")
    if path.endswith(".py"):
        yield from _python(source)
    elif path.endswith(".json"):
        yield 1, _KEY.sub("", source)
    elif path.startswith("docs/rules/"):
        # A rule's examples are pages with errors in them: they say what they like.
        yield 1, _FENCED.sub(lambda block: "\n" * block.group().count("\n"), source)
    else:
        yield 1, source


def _python(source: str) -> Iterator[tuple[int, str]]:
    """Docstrings, comments, and strings, except the pages in a rule's examples and strings that are one name."""
    tree = ast.parse(source)
    examples = {
        id(inner)
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in ("Good", "Bad")
        for inner in ast.walk(call)
    }
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and id(node) not in examples
            and node.value not in NAMES_OF_THE_PUBLIC
        ):
            yield node.lineno, str(node.value)
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string


def names_of(source: str) -> Iterator[tuple[int, str]]:
    """Every name in the code, its words parted by spaces, with the number of its line."""
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.NAME and token.string not in NAMES_OF_THE_PUBLIC:
            yield token.start[0], re.sub(r"(?<=[a-z])(?=[A-Z])|_", " ", token.string)


def found_in(text: str) -> Iterator[tuple[int, str]]:
    """Offset and text of each word not to write; code between backquotes and what is allowed are left out."""
    shown = _CODE.sub(lambda code: " " * len(code.group()), text)
    shown = _ALLOWED.sub(lambda literal: " " * len(literal.group()), shown)
    for match in _BAD.finditer(shown):
        yield match.start(), match.group()


@pytest.mark.parametrize("path", list(texts()))
def test_no_word_of_a_private_dialect(path: str) -> None:
    assert [
        f"{path}:{line + text.count(chr(10), 0, at)}: {word}"
        for line, text in words_of(path)
        for at, word in found_in(text)
    ] == []


@pytest.mark.parametrize("path", [path for path in texts() if path.endswith(".py")])
def test_no_name_of_a_private_dialect(path: str) -> None:
    source = (ROOT / path).read_text(encoding="utf-8")
    assert [f"{path}:{line}: {name}" for line, name in names_of(source) if any(found_in(name))] == []


def test_tests_are_named_in_plain_english() -> None:
    names = [
        name.replace("_", " ")
        for path in sorted((ROOT / "tests").rglob("test_*.py"))
        for name in re.findall(r"^def (test_\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    ]
    assert [name for name in names if any(found_in(name))] == []


@pytest.mark.parametrize("word", WORDS, ids=lambda word: word.instead)
def test_what_to_write_instead_is_not_forbidden(word: Word) -> None:
    assert list(found_in(word.instead)) == []


def test_a_word_is_found_where_people_read_it() -> None:
    source = (
        '"""It is judged anew."""\n'
        'message = f"{count} blanks stand here"  # told twice\n'
        'key = "blank"\n'
        'option = "blanks"\n'
        'RULE = Rule(examples=(Good("a mistake"),))\n'
    )
    found = [(line, word) for line, text in _python(source) for _, word in found_in(text)]
    assert sorted(found) == [
        (1, "anew"),
        (1, "judged"),
        (2, "blanks"),
        (2, "stand"),
        (2, "told"),
        (3, "blank"),
    ]


def test_code_and_literal_words_are_left_alone() -> None:
    assert list(found_in("a blank line, `told`, not-judged, not_judged and stand-alone")) == []
    assert [word for _, word in found_in("a known\nfinding, on its\n  edge")] == [
        "known\nfinding",
        "on its\n  edge",
    ]
    assert [word for _, word in found_in("a blank, and a `blank` that stands")] == ["blank", "stands"]


def test_the_glossary_names_what_is_looked_for() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").partition("| write | not |")[2]
    rows = re.findall(r"^\| ([^|]+) \| (`.+`) \|$", text.partition("\n\n")[0], re.MULTILINE)
    assert {write for write, _ in rows} == {word.instead for word in WORDS}
    for write, words in rows:
        (word,) = (word for word in WORDS if word.instead == write)
        for each in re.findall(r"`([^`]+)`", words):
            assert re.search(rf"\b(?:{word.pattern})\b", each), each

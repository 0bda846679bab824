"""Facts about the text of templates. (How long they take to read: `tests/shapes`.)"""

from __future__ import annotations

import pytest

from vitdlint.hugo.template_text import COMMENT, actions, replace_actions


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a {{ b }} c", ["b"]),
        ("{{- b -}}{{-b-}}", ["b", "b"]),
        ("{{ }}{{}}", ["", ""]),
        ('{{ "}}" }}{{ `}}"` }}', ['"}}"', '`}}"`']),
        (r'{{ "\"}}" }}', [r'"\"}}"']),
        ("""{{ eq . '"' }}{{ a }}{{ "b" }}""", ["""eq . '"'""", "a", '"b"']),
        ("{{ a\nb }}", ["a\nb"]),
        ("{{ {a} }} }}", ["{a}"]),
        ("{{ a {{ b }}", ["b"]),
        ('{{ a " }} {{ b }}', ["b"]),
        ("{{ a", []),
        ("{{{ a }}}", ["{ a"]),
    ],
)
def test_an_action_ends_where_hugo_ends_it(text: str, words: list[str]) -> None:
    found = list(actions(text))
    assert [action.words for action in found] == words
    for action in found:
        assert text[action.start :].startswith("{{")
        assert text[: action.end].endswith("}}")


def test_what_is_replaced_is_each_action_as_a_whole() -> None:
    text = 'a {{ b }} {{ "{{ }}" }} {{ c'
    assert replace_actions(text, lambda action: f"<{action.words}>") == 'a <b> <"{{ }}"> {{ c'


def test_a_comment_may_hold_anything() -> None:
    assert COMMENT.sub("", 'a {{/* }} {{ " */}} b {{- /* c */ -}} d {{/* e */ }}{{/* f') == "a  b  d "

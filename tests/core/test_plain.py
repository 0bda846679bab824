"""Names are compared by their letters and digits."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from vitdlint.core.plain import plain


@given(st.text())
@example("vitamin-d.html")
@example("Straße_Ⅳ ½ \u0130 Cafe\u0301 中文")
def test_letters_and_digits_are_left(name: str) -> None:
    assert plain(name) == "".join(c for c in name.casefold() if c.isalnum())

from __future__ import annotations

import pytest

from vitdlint.core.clock import current_time
from vitdlint.core.errors import UsageError


@pytest.mark.parametrize("clock", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"])
def test_the_first_and_the_last_year_are_refused(clock: str) -> None:
    with pytest.raises(UsageError, match="the year must be from 2 to 9998"):
        current_time(clock)


def test_a_source_date_epoch_that_is_no_time_is_refused_or_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "9" * 20)
    with pytest.raises(UsageError, match="no number of seconds"):
        current_time(None)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "²")
    assert current_time(None).year > 2020
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "99999999999")
    assert current_time(None).year == 5138

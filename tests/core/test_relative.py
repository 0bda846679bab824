from __future__ import annotations

import ntpath
import os

import pytest

from vitdlint.core.relative import relative


def test_a_way_has_slashes_and_leads_out_of_folders() -> None:
    assert relative("/sites/a/content/x.md", "/sites/a") == "content/x.md"
    assert relative("/sites/b.md", "/sites/a") == "../b.md"


def test_between_two_drives_of_windows_there_is_no_way_and_the_path_is_whole(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(os, "path", ntpath)
    monkeypatch.setattr(os, "sep", "\\")
    assert relative("D:\\sites\\a\\x.md", "C:\\work") == "D:/sites/a/x.md"
    assert relative("C:\\work\\a\\x.md", "C:\\work") == "a/x.md"

"""Lines as Hugo's page lexer and a person see them, and sentences that stay on one."""

from __future__ import annotations

from ..core.lazy_re import lazy_re

BLANK_LINE = lazy_re(r"\n[ \t\r]*\n")


def after_line_end(text: str, at: int) -> int:
    """The offset after one line end at `at`: CR, LF or CR LF; `at` itself if there is none."""
    if text.startswith("\r", at):
        at += 1
    if text.startswith("\n", at):
        at += 1
    return at


def after_blank_line(text: str, at: int) -> int:
    """Where a person sees the body begin when a block has no end: after the next blank line, else at the end."""
    found = BLANK_LINE.search(text, at)
    return found.end() if found else len(text)


def closing(text: str, delimiter: str, at: int) -> int:
    """The offset of the next line from `at` on that begins with the delimiter, or -1."""
    found = text.find(f"\n{delimiter}", at - 1)
    other = text.find(f"\r{delimiter}", at - 1, found if found >= 0 else len(text))
    nearest = other if other >= 0 else found
    return nearest + 1 if nearest >= 0 else -1


def line_stop(text: str, at: int) -> int:
    """The end of the line without spaces, but past `at` where the line has anything."""
    stop = text.find("\n", at)
    stop = len(text) if stop < 0 else stop
    return max(at + len(text[at:stop].rstrip()), min(at + 1, len(text)))


def sentence(message: str) -> str:
    """A message that quotes a page: printable, and of a length that a person reads."""
    text = message if message.isprintable() else "".join(c if c.isprintable() else "\ufffd" for c in message)
    return text if len(text) <= 240 else f"{text[:160]}…{text[-60:]}"

"""Where a place of a file has gone after fixes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..core.model import Diagnostic, Place


def followed(place: Place, rounds: Iterable[Sequence[Diagnostic]]) -> tuple[int, int]:
    """The stretch (offsets, end exclusive) that a place has become, when the fixes of these findings were applied.

    What lies in a replaced stretch has become all of what replaced it.
    """
    start, end = place.start, place.end
    for applied in rounds:
        edits = {
            (edit.place.start, edit.place.end, edit.text)
            for found in applied
            for edit in (found.fix.edits if found.fix else ())
            if edit.place.path == place.path
        }
        begin, stop, shift_start, shift_end = start, end, 0, 0
        for first, last, text in sorted(edits):
            more = len(text) - (last - first)
            if last <= start:
                shift_start += more
                shift_end += more
            elif first < max(end, start + 1):
                begin, stop = min(begin, first), max(stop, last)
                shift_end += more
        start, end = begin + shift_start, stop + shift_end
    return start, end

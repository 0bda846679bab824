"""The pages of a stored publication: each is made when somebody asks for it, as a run after an edit asks for few."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from operator import attrgetter
from typing import Any, overload

from ..core.columns import Column, packed, unpacked, value_at
from .publication import Alias, Output

_FEW = 300
"""Pages that are made one by one; whoever asks for more gets all of them made at once, in a tenth of the time for each."""


class PackedOutputs(Sequence[Output]):
    """Pages by column. The same number gives the same object each time."""

    def __init__(self, columns: Sequence[Column]) -> None:
        """`columns` are those of `pack`."""
        self.columns = columns
        self._made: dict[int, Output] = {}
        self._all: list[Output] | None = None

    def column(self, name: str) -> list[Any]:
        """One field of all pages, without making these."""
        return unpacked(self.columns[Output._fields.index(name)])

    def alias_files(self) -> Iterator[tuple[int, str]]:
        """See `alias_files`."""
        match self.columns[Output._fields.index("aliases")]:
            case (_, places, ends, (kind, _, columns)) if kind is Alias:
                files = unpacked(columns[0])
                for place, (start, end) in zip(places, pairwise((0, *ends)), strict=True):
                    for file in files[start:end]:
                        yield place, file
            case column:
                yield from ((n, alias.file) for n, some in enumerate(unpacked(column)) for alias in some)

    def __len__(self) -> int:
        return len(self._every() if self._all is not None else self.column("path"))

    @overload
    def __getitem__(self, at: int) -> Output: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Output]: ...
    def __getitem__(self, at: int | slice) -> Output | Sequence[Output]:
        if self._all is not None or isinstance(at, slice) or at < 0 or len(self._made) >= _FEW:
            return self._every()[at]
        found = self._made.get(at)
        if found is None:
            found = self._made[at] = value_at((Output, None, self.columns), at)
        return found

    def __iter__(self) -> Iterator[Output]:
        return iter(self._every())

    def _every(self) -> list[Output]:
        if self._all is None:
            self._all = unpacked((Output, None, self.columns))
            for number, output in self._made.items():
                self._all[number] = output
        return self._all


class _Picked(Mapping[str, Output]):
    def __init__(self, outputs: PackedOutputs, numbers: Mapping[str, int]) -> None:
        self._outputs = outputs
        self._numbers = numbers

    def __getitem__(self, key: str) -> Output:
        return self._outputs[self._numbers[key]]

    def __contains__(self, key: object) -> bool:
        return key in self._numbers

    def __iter__(self) -> Iterator[str]:
        return iter(self._numbers)

    def __len__(self) -> int:
        return len(self._numbers)


def pack(outputs: Sequence[Output]) -> tuple[Column, ...]:
    """The pages as they are stored."""
    if isinstance(outputs, PackedOutputs):
        return tuple(outputs.columns)
    fields = zip(*outputs, strict=True) if outputs else ((),) * len(Output._fields)
    return tuple(packed(column) for column in fields)


def column(outputs: Sequence[Output], name: str) -> list[Any]:
    """One field of all pages."""
    if isinstance(outputs, PackedOutputs):
        return outputs.column(name)
    return list(map(attrgetter(name), outputs))


def picked(outputs: Sequence[Output], numbers: Mapping[str, int]) -> Mapping[str, Output]:
    """Pages by something else than their number."""
    if isinstance(outputs, PackedOutputs):
        return _Picked(outputs, numbers)
    return {key: outputs[number] for key, number in numbers.items()}


def alias_files(outputs: Sequence[Output]) -> Iterator[tuple[int, str]]:
    """The output file of each alias, with the number of its page."""
    if isinstance(outputs, PackedOutputs):
        return outputs.alias_files()
    return ((number, alias.file) for number, output in enumerate(outputs) for alias in output.aliases)

"""The matches of a list in order, each made when it is looked at: of a long list few ever are."""

from collections.abc import Callable, Iterator, Sequence
from typing import overload

from matching.domain import Match


class Matches(Sequence[Match]):
    """A sequence as long as the list, equal to any other of the same matches.

    Parameters
    ----------
    size
        How many places there are.
    make
        Makes the matches of some places.
    """

    def __init__(self, size: int, make: Callable[[range], Iterator[Match]]) -> None:
        self._places = range(size)
        self._make = make

    def __len__(self) -> int:
        """Count the places."""
        return len(self._places)

    @overload
    def __getitem__(self, at: int) -> Match: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[Match, ...]: ...

    def __getitem__(self, at: int | slice) -> Match | tuple[Match, ...]:
        """Make the match at a place, or those of a stretch."""
        if isinstance(at, slice):
            return tuple(self._make(self._places[at]))
        place = self._places[at]
        return next(self._make(range(place, place + 1)))

    def __iter__(self) -> Iterator[Match]:
        """Make all, one after the other."""
        return self._make(self._places)

    def __eq__(self, other: object) -> bool:
        """Tell whether another sequence has the same matches."""
        if not isinstance(other, Matches | tuple | list):
            return NotImplemented
        return tuple(self) == tuple(other)

    def __hash__(self) -> int:
        """Give the hash of the tuple of its matches."""
        return hash(tuple(self))

    def __repr__(self) -> str:
        """Say how many there are."""
        return f"<{len(self)} matches>"

"""Views of an import: lists of concept numbers, and the labels of a language."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import overload

import numpy as np
import numpy.typing as npt

from matching.taxonomy.esco.texts import Texts

Numbers = npt.NDArray[np.uint32]


@dataclass(frozen=True)
class Lists:
    """A list of concept numbers for every concept."""

    values: Numbers = field(repr=False)
    starts: npt.NDArray[np.uint32] = field(repr=False)

    def __getitem__(self, number: int) -> Numbers:
        return self.values[int(self.starts[number]) : int(self.starts[number + 1])]


@dataclass(frozen=True)
class Forms:
    """All labels of one language, those of a concept together and its preferred one first.

    ``texts[i]`` is a label of concept ``concepts[i]``, its preferred one if ``preferred[i]``.
    Iterating gives ``(concept number, text, is preferred)``.
    """

    texts: Texts = field(repr=False)
    preferred: npt.NDArray[np.bool_] = field(repr=False)
    starts: npt.NDArray[np.uint32] = field(repr=False)

    @cached_property
    def concepts(self) -> Numbers:
        """The concept number of every form."""
        counts = np.diff(self.starts).astype(np.int64)
        return np.repeat(np.arange(len(counts), dtype=np.uint32), counts)

    def __len__(self) -> int:
        return len(self.texts)

    def __iter__(self) -> Iterator[tuple[int, str, bool]]:
        yield from zip(self.concepts.tolist(), self.texts, self.preferred.tolist(), strict=True)

    def range(self, number: int) -> range:
        """The places of the forms of one concept."""
        return range(int(self.starts[number]), int(self.starts[number + 1]))


@dataclass(frozen=True)
class PreferredLabels(Sequence[str]):
    """The preferred label of every concept in one language, empty where there is none."""

    forms: Forms

    def __len__(self) -> int:
        return len(self.forms.starts) - 1

    @overload
    def __getitem__(self, number: int) -> str: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[str]: ...
    def __getitem__(self, number: int | slice) -> str | Sequence[str]:
        if isinstance(number, slice):
            return [self[n] for n in range(*number.indices(len(self)))]
        places = self.forms.range(range(len(self))[number])
        return self.forms.texts[places[0]] if places and self.forms.preferred[places[0]] else ""


@dataclass(frozen=True)
class AlternativeLabels(Sequence[tuple[str, ...]]):
    """The alternative labels of every concept in one language."""

    forms: Forms

    def __len__(self) -> int:
        return len(self.forms.starts) - 1

    @overload
    def __getitem__(self, number: int) -> tuple[str, ...]: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[tuple[str, ...]]: ...
    def __getitem__(self, number: int | slice) -> tuple[str, ...] | Sequence[tuple[str, ...]]:
        if isinstance(number, slice):
            return [self[n] for n in range(*number.indices(len(self)))]
        places = self.forms.range(range(len(self))[number])
        return tuple(self.forms.texts[n] for n in places if not self.forms.preferred[n])

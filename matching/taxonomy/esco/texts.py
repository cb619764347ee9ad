"""Many texts in one file: UTF-8 bytes one after the other, and where each begins."""

import mmap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar, overload

import numpy as np
import numpy.typing as npt

Offsets = npt.NDArray[np.uint64]
_Number = TypeVar("_Number", bound=np.generic)


@dataclass(frozen=True)
class Texts(Sequence[str]):
    """A sequence of texts of which each is decoded when it is asked for.

    ``offsets`` has one element more than there are texts: text *i* is
    ``blob[offsets[i]:offsets[i + 1]]``.
    """

    blob: memoryview = field(repr=False)
    offsets: Offsets = field(repr=False)

    def __len__(self) -> int:
        return len(self.offsets) - 1

    @overload
    def __getitem__(self, number: int) -> str: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[str]: ...
    def __getitem__(self, number: int | slice) -> str | Sequence[str]:
        if isinstance(number, slice):
            return [self[n] for n in range(*number.indices(len(self)))]
        size = len(self)
        if not -size <= number < size:
            raise IndexError(f"text {number} of {size}")
        place = number % size
        return str(self.blob[int(self.offsets[place]) : int(self.offsets[place + 1])], "utf-8")

    def __iter__(self) -> Iterator[str]:
        """Every text, in order; several times as fast as asking for one after the other."""
        places = self.offsets.tolist()
        for start, end in zip(places, places[1:], strict=False):
            yield str(self.blob[start:end], "utf-8")

    def number(self, text: str) -> int | None:
        """The place of a text, None where it is not there. The texts must be sorted."""
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            if self[middle] < text:
                low = middle + 1
            else:
                high = middle
        return low if low < len(self) and self[low] == text else None


def open_texts(blob: Path, offsets: Path) -> Texts:
    """The texts in a pair of files, mapped into memory.

    Raises
    ------
    ValueError
        When the two files do not belong together.
    """
    texts = Texts(_mapped(blob), open_array(offsets, np.uint64))
    if len(texts.offsets) == 0 or int(texts.offsets[-1]) != len(texts.blob):
        raise ValueError(f"{offsets.name} does not fit {blob.name}")
    return texts


def open_array(path: Path, kind: type[_Number]) -> npt.NDArray[_Number]:
    """A list of numbers in a ``.npy`` file, mapped into memory.

    Raises
    ------
    ValueError
        When the file holds anything else.
    """
    array: npt.NDArray[_Number] = np.load(path, mmap_mode="r", allow_pickle=False)
    if array.dtype != kind or array.ndim != 1:
        raise ValueError(f"{path.name} holds {array.dtype} in {array.ndim} dimensions")
    return array


def packed(texts: Sequence[str]) -> tuple[bytes, Offsets]:
    """The bytes of texts, and where each begins.

    >>> packed(["è", "", "ab"])[1].tolist()
    [0, 2, 2, 4]
    """
    encoded = [text.encode("utf-8") for text in texts]
    offsets = np.zeros(len(encoded) + 1, dtype=np.uint64)
    np.cumsum([len(one) for one in encoded], out=offsets[1:])
    return b"".join(encoded), offsets


def _mapped(path: Path) -> memoryview:
    with path.open("rb") as file:
        # An empty file cannot be mapped.
        if path.stat().st_size == 0:
            return memoryview(b"")
        return memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))

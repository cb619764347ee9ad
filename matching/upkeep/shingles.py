"""Texts that are nearly the same, by the runs of words that they share.

A text is the set of its *shingles*, runs of four words (Broder, "On the resemblance and
containment of documents", 1997). A shingle weighs the more the fewer texts have it, so that the
formulas of an agency or the headings of a form, which many texts share, count for little, and
what a text alone says counts. The weight is the square of the inverse frequency: with the plain
one, real adverts in which one frame is filled in for other jobs still passed for one.

*Resemblance* is the weight of the shared shingles by that of all shingles of either; *containment*
by that of the lighter text.

Which pairs are compared is found exactly, not by chance: two texts that resemble each other by at
least ``t`` share a shingle among the rarest of each that make up ``1 - t`` of its weight
(prefix filtering: Chaudhuri, Ganti, Kaushik 2006; Bayardo, Ma, Srikant 2007).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from matching.normalisation import plain

WIDTH = 4
_WORD = re.compile(r"[^\W_]+")
_AT_ONCE = 200_000  # pairs that are weighed in one go: some hundred megabytes
_ROWS_AT_ONCE = 2_000
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(29)

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class TextPair:
    """Two texts by their places, with the weighted resemblance and containment (0 to 1).

    ``first_adds`` and ``second_adds`` are the shares of each text's own weight that the other
    lacks.
    """

    first: int
    second: int
    resemblance: float
    containment: float
    first_adds: float
    second_adds: float


@dataclass(frozen=True)
class Shingles:
    """The shingles of texts: a row for each text, a column for each shingle, and weights.

    ``sizes`` counts the different shingles of each text.
    """

    matrix: Any
    weights: npt.NDArray[np.float64]
    totals: npt.NDArray[np.float64]
    sizes: Ints


def shingled(texts: Sequence[str], *, width: int = WIDTH) -> Shingles:
    """Cut texts into shingles, and weigh them by ``log(1 + texts / texts that have it) ** 2``."""
    return _cut([_words(text) for text in texts], width)


def _words(text: str) -> list[str]:
    return _WORD.findall(plain(text))


def _cut(words: Sequence[Sequence[str]], width: int) -> Shingles:
    texts = len(words)
    lengths = np.array([len(row) for row in words], dtype=np.int64)
    codes, _ = pd.factorize(np.array([word for row in words for word in row], dtype=object))
    hashes = _hashed(codes.astype(np.uint64), width)
    text_of = np.repeat(np.arange(texts), lengths)[: len(hashes)]
    # A run that begins in one text and ends in the next is none.
    ends = np.cumsum(lengths)
    inside = np.arange(len(hashes)) + width <= ends[text_of]
    columns, uniques = pd.factorize(hashes[inside])
    data = np.ones(len(columns), dtype=np.float32)
    shape = (texts, max(len(uniques), 1))
    matrix = sparse.csr_matrix((data, (text_of[inside], columns)), shape=shape)
    matrix.sum_duplicates()
    matrix.data[:] = 1.0
    holders = np.bincount(matrix.indices, minlength=shape[1])
    weights = np.log1p(texts / np.maximum(holders, 1)) ** 2
    return Shingles(matrix, weights, matrix @ weights, np.diff(matrix.indptr).astype(np.int64))


def near_duplicates(
    texts: Sequence[str], *, least: float, fewest: int, width: int = WIDTH
) -> tuple[TextPair, ...]:
    """Pairs of texts whose weighted resemblance is at least ``least``.

    Parameters
    ----------
    texts
        Of the same kind: what is usual is counted among them.
    least
        The least resemblance, 0 to 1.
    fewest
        Texts with fewer different shingles are left out: too short to tell.
    width
        Words in a shingle.

    Returns
    -------
    tuple of TextPair
        In the order of the texts. Copies of a text are paired with its first occurrence alone.
    """
    words = [_words(text) for text in texts]
    firsts: dict[str, int] = {}
    copies: list[tuple[int, int]] = []
    for place, found_words in enumerate(words):
        first = firsts.setdefault(" ".join(found_words), place)
        if first != place:
            copies.append((first, place))
    places = np.array(list(firsts.values()), dtype=np.int64)
    if not len(places):
        return ()
    cut = _cut([words[place] for place in firsts.values()], width)
    long_enough = cut.sizes >= fewest
    sizes = dict(zip(places.tolist(), cut.sizes.tolist(), strict=True))
    found = [
        TextPair(first, copy, 1.0, 1.0, 0.0, 0.0)
        for first, copy in copies
        if sizes[first] >= fewest
    ]
    rows, others = _candidates(cut, least, long_enough)
    for start in range(0, len(rows), _AT_ONCE):
        chunk = slice(start, start + _AT_ONCE)
        found.extend(_weighed(cut, rows[chunk], others[chunk], least, places))
    return tuple(sorted(found, key=lambda pair: (pair.first, pair.second)))


def _hashed(codes: npt.NDArray[np.uint64], width: int) -> npt.NDArray[np.uint64]:
    """A number of 64 bits for each run of words; two runs share one about never."""
    length = len(codes) - width + 1
    if length < 1:
        return np.zeros(0, dtype=np.uint64)
    mixed = np.zeros(length, dtype=np.uint64)
    for place in range(width):
        mixed = (mixed ^ codes[place : place + length]) * _MULTIPLIER
        mixed ^= mixed >> _SHIFT
    return mixed


def _candidates(
    cut: Shingles, least: float, long_enough: npt.NDArray[np.bool_]
) -> tuple[Ints, Ints]:
    """Pairs of rows that share one of the rarest shingles of each."""
    matrix = cut.matrix
    row_of = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    # By text, from the heaviest shingle on; the order among equals is the same in all texts.
    order = np.lexsort((matrix.indices, -cut.weights[matrix.indices], row_of))
    columns, rows = matrix.indices[order], row_of[order]
    weight = cut.weights[columns]
    before = np.cumsum(weight) - weight
    before -= np.repeat(
        before[matrix.indptr[:-1][np.diff(matrix.indptr) > 0]],
        np.diff(matrix.indptr)[np.diff(matrix.indptr) > 0],
    )
    # A shingle of the rest may be shared without the pair resembling enough.
    in_prefix = before <= (1 - least) * cut.totals[rows] * (1 + 1e-9)
    shared = np.bincount(columns, minlength=matrix.shape[1])[columns] > 1
    kept = in_prefix & shared & long_enough[rows]
    ones = np.ones(int(kept.sum()), dtype=np.int32)
    prefix = sparse.csr_matrix((ones, (rows[kept], columns[kept])), shape=matrix.shape)
    firsts: list[Ints] = []
    seconds: list[Ints] = []
    turned = prefix.T.tocsc()
    for start in range(0, matrix.shape[0], _ROWS_AT_ONCE):
        block = (prefix[start : start + _ROWS_AT_ONCE] @ turned).tocoo()
        one, other = block.row.astype(np.int64) + start, block.col.astype(np.int64)
        upper = one < other
        firsts.append(one[upper])
        seconds.append(other[upper])
    return np.concatenate(firsts), np.concatenate(seconds)


def _weighed(cut: Shingles, rows: Ints, others: Ints, least: float, places: Ints) -> list[TextPair]:
    both = cut.matrix[rows].multiply(cut.matrix[others]).tocsr() @ cut.weights
    one, other = cut.totals[rows], cut.totals[others]
    resemblance = both / (one + other - both)
    return [
        TextPair(
            first=int(places[rows[k]]),
            second=int(places[others[k]]),
            resemblance=float(resemblance[k]),
            containment=float(both[k] / min(one[k], other[k])),
            first_adds=float(1 - both[k] / one[k]),
            second_adds=float(1 - both[k] / other[k]),
        )
        for k in np.flatnonzero(resemblance >= least - 1e-12)
    ]

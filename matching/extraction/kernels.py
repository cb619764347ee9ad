"""Loops over the characters and words of a text, for numba to compile where it is installed.

They are ordinary Python as well, which is how the tests compare them with the slower way. A word is
known by a 64-bit hash of its characters: of the 200,000 words that a table holds, two would share
one with a chance of one in a thousand million.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from typing import Any

import numpy as np
import numpy.typing as npt

Longs = npt.NDArray[np.uint64]
Ints = npt.NDArray[np.int32]
Codes = npt.NDArray[np.uint32]

BAR, BLANK, APOSTROPHE, LINE_END = ord("|"), ord(" "), ord("'"), ord("\n")
MISSING = -1
_FIRST = np.uint64(0xCBF29CE484222325)
_TIMES = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(29)
_EMPTY = np.uint64(0)


def number_words(
    codes: Codes, hashes: Longs, numbers: Ints, bar: int, words: Ints, starts: Ints, ends: Ints
) -> tuple[int, int]:
    """Number the words and bars of an outline.

    Parameters
    ----------
    codes
        The characters of the outline.
    hashes, numbers
        An open table, its size a power of two: numbers of words by hash.
    bar
        The number of a bar.
    words, starts, ends
        Filled with the number and place of every word; MISSING for one that is not in the table.

    Returns
    -------
    How many words there are, and how many of them are missing.
    """
    mask = np.uint64(len(hashes) - 1)
    size = len(codes)
    count = missing = place = 0
    while place < size:
        code = codes[place]
        if code == BLANK:
            place += 1
            continue
        starts[count] = place
        if code == BAR:
            words[count] = bar
            place += 1
        else:
            word = _FIRST
            while place < size:
                code = codes[place]
                if code in (BLANK, BAR):
                    break
                word = (word ^ np.uint64(code)) * _TIMES
                word ^= word >> _SHIFT
                place += 1
                if code == APOSTROPHE:
                    break
            slot = word & mask
            while hashes[slot] != word and hashes[slot] != _EMPTY:
                slot = (slot + np.uint64(1)) & mask
            words[count] = numbers[slot]
            if hashes[slot] == _EMPTY:
                words[count] = MISSING
                missing += 1
        ends[count] = place
        count += 1
    return count, missing


def insert(hashes: Longs, numbers: Ints, codes: Codes, number: int) -> None:
    """Put a word into a table that is not full, under the hash of :func:`number_words`."""
    word = _FIRST
    for code in codes:
        word = (word ^ np.uint64(code)) * _TIMES
        word ^= word >> _SHIFT
    mask = np.uint64(len(hashes) - 1)
    slot = word & mask
    while hashes[slot] != word and hashes[slot] != _EMPTY:
        slot = (slot + np.uint64(1)) & mask
    numbers[slot] = number
    hashes[slot] = word


def make_trie(
    words: Codes, starts: Codes, moves: Longs, targets: Ints, ends: Ints, step: int
) -> int:
    """Fill a trie with phrases of numbers, and return how many nodes it has.

    A move is *node * step + number + 1* in an open table, ``targets`` the node that it leads to,
    ``ends`` the phrase that ends in a node (-1 for none). Node 0 is the root.
    """
    mask = np.uint64(len(moves) - 1)
    nodes = 1
    ends[0] = -1
    for phrase in range(len(starts) - 1):
        node = 0
        for place in range(starts[phrase], starts[phrase + 1]):
            move = np.uint64(node * step + np.int64(words[place]) + 1)
            slot = ((move * _TIMES) >> _SHIFT) & mask
            while moves[slot] != move and moves[slot] != _EMPTY:
                slot = (slot + np.uint64(1)) & mask
            if moves[slot] == _EMPTY:
                moves[slot] = move
                targets[slot] = nodes
                ends[nodes] = -1
                nodes += 1
            node = targets[slot]
        ends[node] = phrase
    return nodes


def search(
    words: Ints, count: int, moves: Longs, targets: Ints, ends: Ints, step: int, hits: Ints
) -> int:
    """Leftmost-longest phrases among numbered words; words numbered 0 are passed over.

    ``hits`` is filled with rows of phrase, first and last word (inclusive); how many is returned.
    """
    mask = np.uint64(len(moves) - 1)
    found = first = 0
    while first < count:
        node, place, last = 0, first, -1
        while place < count and words[first] != 0:
            if words[place] != 0:
                move = np.uint64(node * step + words[place] + 1)
                slot = ((move * _TIMES) >> _SHIFT) & mask
                while moves[slot] != move and moves[slot] != _EMPTY:
                    slot = (slot + np.uint64(1)) & mask
                if moves[slot] == _EMPTY:
                    break
                node = targets[slot]
                if ends[node] >= 0:
                    hits[found, 0] = ends[node]
                    last = place
            place += 1
        if last >= 0:
            hits[found, 1] = first
            hits[found, 2] = last
            found += 1
            first = last
        first += 1
    return found


def describe(
    hits: Ints,
    words: Ints,
    starts: Ints,
    ends: Ints,
    owners: Ints,
    bar: int,
    text: Codes,
    out: Ints,
) -> None:
    """Fill a row of phrase, owner, start, end, line and part for every hit, in order."""
    line = part = place = word = 0
    for number in range(len(hits)):
        start = starts[hits[number, 1]]
        while place < start:
            if text[place] == LINE_END:
                line += 1
            place += 1
        while word < hits[number, 1]:
            if words[word] == bar:
                part += 1
            word += 1
        out[number, 0] = hits[number, 0]
        out[number, 1] = owners[hits[number, 0]]
        out[number, 2] = start
        out[number, 3] = ends[hits[number, 2]]
        out[number, 4] = line
        out[number, 5] = part


@dataclass(frozen=True, slots=True)
class Kernels:
    """The loops, compiled or not."""

    number_words: Callable[..., tuple[int, int]] = number_words
    insert: Callable[..., None] = insert
    make_trie: Callable[..., int] = make_trie
    search: Callable[..., int] = search
    describe: Callable[..., None] = describe


@lru_cache(maxsize=1)
def compiled_kernels() -> Kernels | None:
    """The compiled loops, None where numba is not installed. Compiling is done once per machine."""
    if find_spec("numba") is None:
        return None
    from numba import njit

    def compiled(loop: Callable[..., Any]) -> Callable[..., Any]:
        return njit(cache=True, nogil=True)(loop)

    return Kernels(
        number_words=compiled(number_words),
        insert=compiled(insert),
        make_trie=compiled(make_trie),
        search=compiled(search),
        describe=compiled(describe),
    )

"""Misspelt words and phrases in another order.

A word is taken for a misspelling only if no Italian word is spelt so, it is long enough, and one
word of the labels is clearly nearest. Plain ``ratio`` is used: ``WRatio`` rewards short words
inside long ones (*sala* in *saldatura*).
"""

from collections.abc import Mapping, Sequence

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein
from rapidfuzz.fuzz import ratio

from matching.extraction.index import Hit, Index, LabelIndex

# Chosen on the negative examples of tests/extraction/test_spelling.py: names, places and
# ordinary words of other trades must stay uncorrected.
_SHORTEST = 6
_CUTOFF = 84.0
_MARGIN = 3.0
_EDITS = 2
_WINDOW = 4


def corrections(keys: Sequence[str], index: Index) -> Mapping[str, str]:
    """The label word meant by each misspelt key."""
    vocabulary = index.skills.words | index.occupations.words
    candidates = sorted(word for word in vocabulary if len(word) >= _SHORTEST - 1)
    found: dict[str, str] = {}
    for key in sorted(set(keys)):
        if len(key) < _SHORTEST or not key.isalpha() or key in vocabulary or key in index.known:
            continue
        best = process.extract(key, candidates, scorer=ratio, score_cutoff=_CUTOFF, limit=2)
        if not best or (len(best) > 1 and best[0][1] - best[1][1] < _MARGIN):
            continue
        word = best[0][0]
        if word[0] == key[0] and DamerauLevenshtein.distance(word, key) <= _EDITS:
            found[key] = word
    return found


def reordered(
    keys: Sequence[str], breaks: Sequence[bool], taken: Sequence[bool], labels: LabelIndex
) -> list[Hit]:
    """Phrases of two to four words whose words stand together in another order.

    *disegno meccanico, lettura* is no such phrase (a break), *meccanico disegno* is one.
    """
    found: list[Hit] = []
    used = list(taken)
    for size in range(_WINDOW, 1, -1):
        for first in range(len(keys) - size + 1):
            last = first + size
            if any(used[first:last]) or any(breaks[first + 1 : last]):
                continue
            window = tuple(sorted(keys[first:last]))
            phrase = labels.unordered.get(window)
            if phrase is None or phrase == tuple(keys[first:last]):
                continue
            found.append(Hit(first, last, phrase))
            used[first:last] = [True] * size
    return found

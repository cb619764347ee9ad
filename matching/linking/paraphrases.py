"""Which words stand for which, learnt from the several labels that a taxonomy gives a concept.

*Conducente di autocarri* and *autista di camion* are labels of one concept: over all concepts,
*conducente* comes to stand for *autista*, and *autocarro* for *camion*. The chances are those of
the first translation model of Brown and others 1993 (*The mathematics of statistical machine
translation*, Computational Linguistics 19), between labels of the same concept instead of
sentences of two languages; for retrieval: Berger and Lafferty 1999 (*Information retrieval as
statistical translation*, SIGIR). No labelled data is needed.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
from scipy import sparse

from matching.errors import DataError

Codes = npt.NDArray[np.int64]
Chances = npt.NDArray[np.float64]

_ROUNDS = 6
# A concept with very many labels would otherwise outweigh hundreds of others.
_MOST_LABELS = 12


def learn_paraphrases(
    phrases: Sequence[Sequence[int]],
    concepts: Sequence[int] | Codes,
    *,
    words: int,
    rounds: int = _ROUNDS,
) -> sparse.csr_matrix:
    """Chance that a word is said as another one in another label of the same concept.

    Parameters
    ----------
    phrases
        The words of each label, as numbers from 0.
    concepts
        The concept of each label.
    words
        How many words there are.
    rounds
        Of expectation and maximisation.

    Returns
    -------
    csr_matrix
        Shape (words, words): row the word, column what stands for it; a row adds up to 1, or is
        empty where the word is never in a concept with two labels.

    Raises
    ------
    DataError
        When phrases and concepts are not of one length.
    """
    if len(phrases) != len(concepts):
        raise DataError(f"{len(phrases)} phrases and {len(concepts)} concepts: give one for each.")
    said, other, pair, weight = _cells(_by_concept(phrases, concepts))
    if not len(said):
        return sparse.csr_matrix((words, words), dtype=np.float32)
    cells, place = np.unique(said * words + other, return_inverse=True)
    row = cells // words
    chance: Chances = np.ones(len(cells))
    for _ in range(rounds):
        chance = _rows_to_one(chance, row, words)
        share = chance[place]
        # How much each word of the one label answers for a word of the other.
        share = share / np.bincount(pair, share)[pair]
        chance = np.bincount(place, share * weight, len(cells)).astype(float)
    chance = _rows_to_one(chance, row, words)
    shape = (words, words)
    return sparse.csr_matrix((chance.astype(np.float32), (row, cells % words)), shape=shape)


def _by_concept(
    phrases: Sequence[Sequence[int]], concepts: Sequence[int] | Codes
) -> Mapping[int, list[Sequence[int]]]:
    found: dict[int, list[Sequence[int]]] = defaultdict(list)
    for phrase, concept in zip(phrases, concepts, strict=True):
        if phrase and len(found[int(concept)]) < _MOST_LABELS:
            found[int(concept)].append(phrase)
    return found


def _cells(labels: Mapping[int, list[Sequence[int]]]) -> tuple[Codes, Codes, Codes, Chances]:
    """Word, word of another label, number of that word's occurrence, weight; one row a pair."""
    rows: list[tuple[Codes, Codes, Codes, Chances]] = []
    first = 0
    for phrases in labels.values():
        words = np.concatenate([np.asarray(phrase, dtype=np.int64) for phrase in phrases])
        label = np.repeat(np.arange(len(phrases)), [len(phrase) for phrase in phrases])
        source, target = np.nonzero(label[:, None] != label[None, :])
        # A word of one label is explained anew by each of the other labels.
        number = first + target * len(phrases) + label[source]
        weight = np.full(len(source), 1.0 / max(len(phrases) - 1, 1))
        rows.append((words[source], words[target], number, weight))
        first += len(words) * len(phrases)
    if not rows:
        nothing = np.zeros(0, dtype=np.int64)
        return nothing, nothing, nothing, np.zeros(0)
    said, other, pair, weights = (np.concatenate(column) for column in zip(*rows, strict=True))
    return said, other, pair, weights


def _rows_to_one(chance: Chances, row: Codes, words: int) -> Chances:
    return chance / np.bincount(row, chance, words)[row]

"""Phrases of keys in flat arrays: a trie, the words of phrases in any order, and who claims them.

Keys are known by number, their place in the sorted vocabulary; phrases too. Everything that a
search touches for every word of a text is kept in plain dictionaries, which Python asks faster
than arrays; they are made from the arrays when the first text comes.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from matching.taxonomy.esco.texts import Texts, packed

Phrase = tuple[str, ...]
Numbers = npt.NDArray[np.uint32]

LONGEST_LOOSE = 4
_NO_PHRASE = -1


@dataclass(frozen=True, slots=True)
class Claim:
    """A concept behind a phrase, with the label that gave the phrase."""

    uri: str
    label: str


@dataclass(frozen=True)
class Phrases:
    """Phrases in the order of their keys, each with its claims.

    Attributes
    ----------
    vocabulary
        Every key, sorted.
    words, starts
        The keys of phrase *n* are ``words[starts[n]:starts[n + 1]]``.
    moves, targets
        The trie: ``moves`` holds *node * (size of the vocabulary + 1) + key*, ``targets`` the
        node that it leads to; node 0 is the root.
    ends
        The phrase that ends in a node, -1 for none.
    derived
        1 for a phrase that is another way to say a label.
    claim_starts, claim_uris, claim_labels
        Claims of phrase *n*, as numbers of ``uris`` and ``labels``.
    """

    vocabulary: Texts
    words: Numbers
    starts: Numbers
    moves: npt.NDArray[np.uint64]
    targets: Numbers
    ends: npt.NDArray[np.int32]
    derived: npt.NDArray[np.uint8]
    claim_starts: Numbers
    claim_uris: Numbers
    claim_labels: Numbers
    uris: Texts
    labels: Texts

    def __len__(self) -> int:
        return len(self.derived)

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """Keys to their numbers."""
        return {key: number for number, key in enumerate(self.vocabulary)}

    @cached_property
    def keys(self) -> Sequence[str]:
        """Keys by number, decoded once."""
        return list(self.vocabulary)

    @cached_property
    def step(self) -> int:
        """By what a node is multiplied in a move; also a number that is no key's."""
        return len(self.vocabulary) + 1

    @cached_property
    def trie(self) -> Mapping[int, int]:
        """Moves to nodes."""
        return dict(zip(self.moves.tolist(), self.targets.tolist(), strict=True))

    @cached_property
    def phrase_at(self) -> Sequence[int]:
        """The phrase that ends in each node, -1 for none."""
        found: list[int] = self.ends.tolist()
        return found

    def phrase(self, number: int) -> Phrase:
        """The keys of a phrase."""
        first, last = int(self.starts[number]), int(self.starts[number + 1])
        return tuple(self.keys[key] for key in self.words[first:last].tolist())

    def number(self, phrase: object) -> int:
        """The number of a phrase, -1 if there is none."""
        if not isinstance(phrase, tuple):
            return _NO_PHRASE
        node = 0
        for word in phrase:
            move = node * self.step + self.numbers.get(word, self.step - 1)
            if move not in self.trie:
                return _NO_PHRASE
            node = self.trie[move]
        return self.phrase_at[node]

    def claims(self, number: int) -> tuple[Claim, ...]:
        """Who claims a phrase, in the order of their URIs."""
        places = range(int(self.claim_starts[number]), int(self.claim_starts[number + 1]))
        return tuple(
            Claim(self.uris[int(self.claim_uris[n])], self.labels[int(self.claim_labels[n])])
            for n in places
        )

    @cached_property
    def mixes(self) -> npt.NDArray[np.uint64]:
        """A random number for each key, the same at every start (splitmix64); 0 for no key."""
        found = np.arange(1, self.step + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        found = (found ^ (found >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        found = (found ^ (found >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        found ^= found >> np.uint64(31)
        return found

    @cached_property
    def loose(self) -> Mapping[int, int]:
        """Phrases of two to four words by the sum of the mixes of their words, modulo 2**64.

        A set of words that two phrases share is left out, since their order carries the meaning,
        and so is another way to say a label.
        """
        sizes = np.diff(self.starts.astype(np.int64))
        wanted = np.flatnonzero((sizes > 1) & (sizes <= LONGEST_LOOSE) & (self.derived == 0))
        sums = np.add.reduceat(self.mixes[self.words], self.starts[:-1]) if len(wanted) else sizes
        codes, first, counts = np.unique(sums[wanted], return_index=True, return_counts=True)
        alone = counts == 1
        return dict(zip(codes[alone].tolist(), wanted[first[alone]].tolist(), strict=True))

    def arrays(self, prefix: str) -> Iterator[tuple[str, npt.NDArray[Any]]]:
        """Everything but the vocabulary, to be written under names with a prefix."""
        for name in _NUMBERS:
            yield f"{prefix}.{name}", getattr(self, name)
        for name in _TEXTS:
            yield from text_arrays(f"{prefix}.{name}", getattr(self, name))


_NUMBERS = (
    "words",
    "starts",
    "moves",
    "targets",
    "ends",
    "derived",
    "claim_starts",
    "claim_uris",
    "claim_labels",
)
_TEXTS = ("uris", "labels")


def compiled(
    claims: Mapping[Phrase, Sequence[Claim]],
    derived: Iterable[Phrase] = (),
    vocabulary: Iterable[str] | None = None,
) -> Phrases:
    """Lay phrases out in arrays.

    Parameters
    ----------
    claims
        Who claims each phrase.
    derived
        Those that are another way to say a label.
    vocabulary
        Keys to number, where several sets of phrases share them; those of the phrases if left out.
    """
    phrases = sorted(claims)
    keys = sorted(
        {key for phrase in phrases for key in phrase} if vocabulary is None else set(vocabulary)
    )
    numbers = {key: number for number, key in enumerate(keys)}
    step = len(keys) + 1
    trie: dict[int, int] = {}
    ends = [_NO_PHRASE]
    words: list[int] = []
    starts = [0]
    for number, phrase in enumerate(phrases):
        node = 0
        for word in phrase:
            key = numbers[word]
            words.append(key)
            move = node * step + key
            if move not in trie:
                trie[move] = len(ends)
                ends.append(_NO_PHRASE)
            node = trie[move]
        ends[node] = number
        starts.append(len(words))
    uris = sorted({claim.uri for owners in claims.values() for claim in owners})
    labels = sorted({claim.label for owners in claims.values() for claim in owners})
    uri_numbers = {uri: number for number, uri in enumerate(uris)}
    label_numbers = {label: number for number, label in enumerate(labels)}
    owned = [claims[phrase] for phrase in phrases]
    said = frozenset(derived)
    return Phrases(
        vocabulary=texts(keys),
        words=np.array(words, np.uint32),
        starts=np.array(starts, np.uint32),
        moves=np.fromiter(trie, np.uint64, len(trie)),
        targets=np.fromiter(trie.values(), np.uint32, len(trie)),
        ends=np.array(ends, np.int32),
        derived=np.array([phrase in said for phrase in phrases], np.uint8),
        claim_starts=np.cumsum([0, *map(len, owned)], dtype=np.uint32),
        claim_uris=np.array([uri_numbers[c.uri] for owners in owned for c in owners], np.uint32),
        claim_labels=np.array(
            [label_numbers[c.label] for owners in owned for c in owners], np.uint32
        ),
        uris=texts(uris),
        labels=texts(labels),
    )


def stored(arrays: Mapping[str, npt.NDArray[Any]], prefix: str, vocabulary: Texts) -> Phrases:
    """Phrases from the arrays that :meth:`Phrases.arrays` gave."""
    parts: dict[str, Any] = {name: arrays[f"{prefix}.{name}"] for name in _NUMBERS}
    parts |= {name: read_texts(arrays, f"{prefix}.{name}") for name in _TEXTS}
    return Phrases(vocabulary=vocabulary, **parts)


def texts(values: Sequence[str]) -> Texts:
    """Texts laid out one after the other."""
    blob, offsets = packed(values)
    return Texts(memoryview(blob), offsets)


def text_arrays(name: str, values: Texts) -> Iterator[tuple[str, npt.NDArray[Any]]]:
    """The two arrays that hold texts."""
    yield f"{name}.bytes", np.frombuffer(values.blob, np.uint8)
    yield f"{name}.at", values.offsets


def read_texts(arrays: Mapping[str, npt.NDArray[Any]], name: str) -> Texts:
    """Texts from the arrays that :func:`text_arrays` gave."""
    return Texts(arrays[f"{name}.bytes"].data, arrays[f"{name}.at"])


@dataclass(frozen=True, eq=False)
class StoredClaims(Mapping[Phrase, tuple[Claim, ...]]):
    """Claims by phrase, each decoded when it is asked for."""

    phrases: Phrases

    def __getitem__(self, phrase: Phrase) -> tuple[Claim, ...]:
        number = self.phrases.number(phrase)
        if number == _NO_PHRASE:
            raise KeyError(phrase)
        return self.phrases.claims(number)

    def __contains__(self, phrase: object) -> bool:
        return self.phrases.number(phrase) != _NO_PHRASE

    def __iter__(self) -> Iterator[Phrase]:
        return map(self.phrases.phrase, range(len(self.phrases)))

    def __len__(self) -> int:
        return len(self.phrases)


@dataclass(frozen=True, eq=False)
class StoredDerived(Set[Phrase]):
    """The phrases that are another way to say a label."""

    phrases: Phrases

    def __contains__(self, phrase: object) -> bool:
        number = self.phrases.number(phrase)
        return number != _NO_PHRASE and bool(self.phrases.derived[number])

    def __iter__(self) -> Iterator[Phrase]:
        return map(self.phrases.phrase, np.flatnonzero(self.phrases.derived).tolist())

    def __len__(self) -> int:
        return int(self.phrases.derived.sum())

"""Phrases of keys in flat arrays: their words, who claims them, and how they are found.

Keys are known by number, their place in the sorted vocabulary counted from one, phrases by theirs
counted from zero. To a search every key is one character, so that the automaton that finds all
phrases at once is small enough to be built anew at each start (a fifth of a second for 100,000).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise, repeat
from typing import Any

import ahocorasick_rs
import numpy as np
import numpy.typing as npt

from matching.taxonomy.esco.texts import Texts, packed

Phrase = tuple[str, ...]
Numbers = npt.NDArray[np.uint32]

LONGEST_LOOSE = 4
NO_PHRASE = -1
_MOST_SEEN = 50_000
# Numbers become characters from here on; what ends a phrase is a character before it.
_FIRST_CHARACTER = 0x20
_HALVES, _HALVES_END = 0xD800, 0xE000
BREAK, NO_KEY, UNKNOWN = "\n", "\x01", "\x02"


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
    ranks
        The place of every key when the most frequent one comes first: the automaton reads UTF-8,
        where the first characters are the shortest.
    words, starts
        The keys of phrase *n* are ``words[starts[n]:starts[n + 1]]``.
    derived
        1 for a phrase that is another way to say a label.
    claim_starts, claim_uris, claim_labels
        Claims of phrase *n*, as numbers of ``uris`` and ``labels``.
    """

    vocabulary: Texts
    ranks: Numbers
    words: Numbers
    starts: Numbers
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
        return {key: number for number, key in enumerate(self.vocabulary, start=1)}

    @cached_property
    def keys(self) -> Sequence[str]:
        """Keys by number; 0 is no key."""
        return ["", *self.vocabulary]

    @cached_property
    def characters(self) -> Sequence[str]:
        """The character of every key by number.

        The first stands for words without a key, the last for all keys that no phrase holds.
        """
        return [NO_KEY, *_characters(self.ranks), UNKNOWN]

    @cached_property
    def automaton(self) -> ahocorasick_rs.AhoCorasick:
        """Finds the leftmost-longest phrases in characters of keys."""
        blob = _characters(self.ranks[self.words.astype(np.intp) - 1])
        places = self.starts.tolist()
        return ahocorasick_rs.AhoCorasick(
            [blob[first:last] for first, last in pairwise(places)],
            matchkind=ahocorasick_rs.MatchKind.LeftmostLongest,
            implementation=ahocorasick_rs.Implementation.ContiguousNFA,
            store_patterns=False,
        )

    @cached_property
    def character_of(self) -> Mapping[str, str]:
        """The character of every key."""
        return dict(zip(self.keys[1:], self.characters[1:-1], strict=True))

    def coded(self, keys: Iterable[str]) -> str:
        """Keys as characters of a search."""
        return "".join(map(self.character_of.get, keys, repeat(UNKNOWN)))

    def phrase(self, number: int) -> Phrase:
        """The keys of a phrase."""
        first, last = int(self.starts[number]), int(self.starts[number + 1])
        return tuple(self.keys[key] for key in self.words[first:last].tolist())

    def number(self, phrase: object) -> int:
        """The number of a phrase, -1 if there is none."""
        if not isinstance(phrase, tuple):
            return NO_PHRASE
        found = self.automaton.find_matches_as_indexes(self.coded(phrase))
        return found[0][0] if found and found[0][1:] == (0, len(phrase)) else NO_PHRASE

    def claims(self, number: int) -> tuple[Claim, ...]:
        """Who claims a phrase, in the order of their URIs."""
        places = range(int(self.claim_starts[number]), int(self.claim_starts[number + 1]))
        return tuple(
            Claim(self.uris[int(self.claim_uris[n])], self.labels[int(self.claim_labels[n])])
            for n in places
        )

    @cached_property
    def mixes(self) -> npt.NDArray[np.uint64]:
        """A random number for each key, the same at every start (splitmix64)."""
        found = np.arange(1, len(self.vocabulary) + 3, dtype=np.uint64) * np.uint64(
            0x9E3779B97F4A7C15
        )
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
    "ranks",
    "words",
    "starts",
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
    numbers = {key: number for number, key in enumerate(keys, start=1)}
    words = [numbers[key] for phrase in phrases for key in phrase]
    uris = sorted({claim.uri for owners in claims.values() for claim in owners})
    labels = sorted({claim.label for owners in claims.values() for claim in owners})
    uri_numbers = {uri: number for number, uri in enumerate(uris)}
    label_numbers = {label: number for number, label in enumerate(labels)}
    owned = [claims[phrase] for phrase in phrases]
    said = frozenset(derived)
    counts = np.bincount(np.array(words, np.intp) - 1, minlength=len(keys))
    ranks = np.empty(len(keys), np.uint32)
    ranks[np.argsort(-counts, kind="stable")] = np.arange(len(keys), dtype=np.uint32)
    return Phrases(
        vocabulary=texts(keys),
        ranks=ranks,
        words=np.array(words, np.uint32),
        starts=np.cumsum([0, *map(len, phrases)], dtype=np.uint32),
        derived=np.array([phrase in said for phrase in phrases], np.uint8),
        claim_starts=np.cumsum([0, *map(len, owned)], dtype=np.uint32),
        claim_uris=np.array([uri_numbers[c.uri] for owners in owned for c in owners], np.uint32),
        claim_labels=np.array(
            [label_numbers[c.label] for owners in owned for c in owners], np.uint32
        ),
        uris=texts(uris),
        labels=texts(labels),
    )


def _characters(numbers: npt.ArrayLike) -> str:
    """One character for each number, none of them a line end or half of a character."""
    codes = np.asarray(numbers, np.uint32) + np.uint32(_FIRST_CHARACTER)
    codes = np.where(codes < _HALVES, codes, codes + np.uint32(_HALVES_END - _HALVES))
    return codes.astype("<u4").tobytes().decode("utf-32-le")


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


class StoredClaims(Mapping[Phrase, tuple[Claim, ...]]):
    """Claims by phrase, each decoded when it is first asked for."""

    def __init__(self, phrases: Phrases) -> None:
        self.phrases = phrases
        self._seen: dict[Phrase, tuple[Claim, ...]] = {}

    def __getitem__(self, phrase: Phrase) -> tuple[Claim, ...]:
        found = self._seen.get(phrase)
        if found is None:
            number = self.phrases.number(phrase)
            if number == NO_PHRASE:
                raise KeyError(phrase)
            found = self.phrases.claims(number)
            if len(self._seen) >= _MOST_SEEN:
                self._seen.clear()
            self._seen[phrase] = found
        return found

    def __contains__(self, phrase: object) -> bool:
        return self.phrases.number(phrase) != NO_PHRASE

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
        return number != NO_PHRASE and bool(self.phrases.derived[number])

    def __iter__(self) -> Iterator[Phrase]:
        return map(self.phrases.phrase, np.flatnonzero(self.phrases.derived).tolist())

    def __len__(self) -> int:
        return int(self.phrases.derived.sum())

"""Labels in a text, straight from its characters: the quick way, without sections and facts.

The extractor needs tokens, because it mends spelling and leaves out names and boilerplate. Where
nothing but the labels is wanted (a stream of advertisements, a whole archive), this finds them
with their evidence and their surroundings in a tenth of a millisecond or two per page.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import NamedTuple, overload

import numpy as np

from matching.extraction.kernels import Ints, Kernels
from matching.extraction.lookups import CompiledLookup, Lookup, PlainLookup, Reading
from matching.extraction.phrases import Phrases
from matching.normalisation import Normaliser
from matching.normalisation.outline import outline
from matching.taxonomy import LabelRule

# How many words to either side may tell an ambiguous label's meaning.
_NEAR = 12


class Found(NamedTuple):
    """A label in a text.

    ``phrase`` is its number among the phrases, ``concept`` the number of the concept that is meant
    among their URIs, ``start`` and ``end`` the evidence, ``line`` and ``part`` count lines and
    stretches between marks from 0.
    """

    phrase: int
    concept: int
    start: int
    end: int
    line: int
    part: int


@dataclass(frozen=True, slots=True, eq=False)
class Matches(Sequence[Found]):
    """The labels of a text in order. ``rows`` holds a column for each field of :class:`Found`."""

    rows: Ints

    def __len__(self) -> int:
        return len(self.rows)

    @overload
    def __getitem__(self, number: int) -> Found: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[Found]: ...
    def __getitem__(self, number: int | slice) -> Found | Sequence[Found]:
        if isinstance(number, slice):
            return list(Matches(self.rows[number]))
        return Found(*self.rows[number].tolist())

    def __iter__(self) -> Iterator[Found]:
        return map(Found._make, self.rows.tolist())


@dataclass(frozen=True)
class Matcher:
    """Finds the leftmost-longest phrases of a text; none runs across a mark or a short line.

    ``rules`` says by phrase number what a label means when it is not enough alone.
    """

    lookup: Lookup
    phrases: Phrases
    rules: Mapping[int, LabelRule]

    def find(self, text: str) -> Matches:
        """All labels of a text, in order."""
        reading = self.lookup.read(text, outline(text))
        return Matches(self._settled(reading) if self.rules else reading.rows)

    def _settled(self, reading: Reading) -> Ints:
        """What is left when the rules for ambiguous labels have spoken."""
        words, rows = reading.words, reading.rows.copy()
        keep = np.ones(len(rows), np.bool_)
        for number, (phrase, first, last) in enumerate(reading.hits.tolist()):
            if phrase in self.rules:
                before = words[:first][words[:first] > 0][-_NEAR:]
                after = words[first:][words[first:] > 0][: last - first + 1 + _NEAR]
                meant = self._meant(phrase, {*before.tolist(), *after.tolist()})
                keep[number] = meant is not None
                rows[number, 1] = meant or 0
        return rows[keep]

    def _meant(self, phrase: int, around: Set[int]) -> int | None:
        rule = self.rules[phrase]
        if not (rule.near or rule.prefer):
            return int(self.phrases.claim_uris[self.phrases.claim_starts[phrase]])
        for uri, words in rule.near.items():
            if any(self.phrases.numbers.get(word) in around for word in words):
                return self.phrases.uris.number(uri)
        return None if rule.prefer is None else self.phrases.uris.number(rule.prefer)


def matcher_of(
    normaliser: Normaliser,
    phrases: Phrases,
    rules: Mapping[tuple[str, str], LabelRule],
    kind: str,
    *,
    kernels: Kernels | None,
) -> Matcher:
    """A matcher for one kind of labels.

    Parameters
    ----------
    normaliser, phrases
        Those of an index.
    rules
        A taxonomy's rules for ambiguous labels.
    kind
        ``skill`` or ``occupation``.
    kernels
        Compiled loops, see :func:`matching.extraction.kernels.compiled_kernels`; None to do
        without.
    """
    known = {
        number: rule
        for (rule_kind, keys), rule in rules.items()
        if rule_kind == kind and (number := phrases.number(tuple(keys.split()))) >= 0
    }
    lookup: Lookup = (
        PlainLookup(normaliser, phrases)
        if kernels is None
        else CompiledLookup(normaliser, phrases, kernels)
    )
    return Matcher(lookup, phrases, known)

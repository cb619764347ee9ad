"""Labels in a text, straight from its characters: the quick way, without sections and facts.

The extractor needs tokens, because it mends spelling and leaves out names and boilerplate. Where
nothing but the labels is wanted (a stream of advertisements, a whole archive), this finds them
with their evidence and their surroundings in a tenth of a millisecond or two per page.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple, overload

import numpy as np
import numpy.typing as npt

from matching.extraction.kernels import Kernels
from matching.extraction.lookups import CompiledLookup, Lookup, PlainLookup
from matching.extraction.phrases import Phrases
from matching.normalisation import Normaliser
from matching.normalisation.outline import BAR, outline
from matching.taxonomy import LabelRule

# How many words to either side may tell an ambiguous label's meaning.
_NEAR = 12

Numbers = npt.NDArray[Any]


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
    """The labels of a text in order, as columns: one array for each field of :class:`Found`."""

    phrases: Numbers
    concepts: Numbers
    starts: Numbers
    ends: Numbers
    lines: Numbers
    parts: Numbers

    def __len__(self) -> int:
        return len(self.phrases)

    @overload
    def __getitem__(self, number: int) -> Found: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[Found]: ...
    def __getitem__(self, number: int | slice) -> Found | Sequence[Found]:
        if isinstance(number, slice):
            return [self[n] for n in range(*number.indices(len(self)))]
        return Found(*(int(column[number]) for column in self.columns()))

    def __iter__(self) -> Iterator[Found]:
        return map(Found._make, zip(*(c.tolist() for c in self.columns()), strict=True))

    def columns(self) -> tuple[Numbers, ...]:
        """The arrays in the order of the fields."""
        return (self.phrases, self.concepts, self.starts, self.ends, self.lines, self.parts)


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
        outlined = outline(text)
        words = self.lookup.words(outlined)
        hits = self.lookup.hits(words)
        if not len(hits):
            return _NONE
        phrases, firsts, lasts = hits.T
        starts = words.starts[firsts]
        found = Matches(
            phrases=phrases,
            concepts=self._owners[phrases],
            starts=starts,
            ends=words.ends[lasts],
            lines=_places(text, "\n").searchsorted(starts),
            parts=_places(outlined, BAR).searchsorted(starts),
        )
        return self._settled(found, words.numbers, hits) if self.rules else found

    def _settled(self, found: Matches, words: Numbers, hits: Numbers) -> Matches:
        """What is left when the rules for ambiguous labels have spoken."""
        keep = np.ones(len(found), np.bool_)
        for number, (phrase, first, last) in enumerate(hits.tolist()):
            if phrase in self.rules:
                before = words[:first][words[:first] > 0][-_NEAR:]
                after = words[last + 1 :][words[last + 1 :] > 0][:_NEAR]
                meant = self._meant(phrase, {*before.tolist(), *after.tolist()})
                keep[number] = meant is not None
                found.concepts[number] = meant or 0
        return found if keep.all() else Matches(*(column[keep] for column in found.columns()))

    def _meant(self, phrase: int, around: Set[int]) -> int | None:
        rule = self.rules[phrase]
        if not (rule.near or rule.prefer):
            return int(self._owners[phrase])
        for uri, words in rule.near.items():
            if any(self.phrases.numbers.get(word) in around for word in words):
                return self.phrases.uris.number(uri)
        return None if rule.prefer is None else self.phrases.uris.number(rule.prefer)

    @cached_property
    def _owners(self) -> Numbers:
        """The first concept that claims each phrase."""
        return self.phrases.claim_uris[self.phrases.claim_starts[:-1]].astype(np.int32)


_NONE = Matches(*[np.zeros(0, np.int32)] * 6)


def _places(text: str, mark: str) -> npt.NDArray[np.intp]:
    if text.isascii():
        return np.flatnonzero(np.frombuffer(text.encode(), np.uint8) == ord(mark))
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    return np.flatnonzero(codes == ord(mark))


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

"""Misspelt words.

A word is taken for a misspelling only if no Italian word is spelt so and one word of the labels is
clearly meant. Italians mistake double consonants most (*magaziniere*, *inffermiera*): words that
are equal without doublings count as the same from five letters on. Any other single mistake counts
in longer words only, because surnames differ from trades by a letter (*Carpintieri*).

Keys are compared, so both genders of a word are understood alike.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

# Lengths of keys, chosen on the negative examples of tests/extraction/test_spelling.py and on
# 47,000 Italian names: of these, fewer than one in a thousand is surely "corrected".
_DOUBLING = 5
_DOUBLING_SURE = 7
_FOREIGN_SURE = 8
_SOUND_SURE = 9
_ONE_EDIT = 7
_ONE_EDIT_SURE = 10
_TWO_EDITS_SURE = 12


@dataclass(frozen=True, slots=True)
class Correction:
    """The word that is meant. What is not ``sure`` counts in running text or in a phrase only."""

    word: str
    sure: bool


_NOT_YET = Correction("", sure=False)  # what is kept of a key that was not asked for yet


@dataclass(frozen=True)
class Speller:
    """Corrects keys towards ``vocabulary``, the words of all labels.

    ``known`` holds Italian words: none of them is ever a misspelling, and a doubtful correction
    leads only to one of them. Where no word is known (another language), nothing is corrected.
    """

    vocabulary: frozenset[str]
    known: Collection[str]

    def corrections(self, keys: Iterable[str]) -> Mapping[str, Correction]:
        """The label word meant by each misspelt key."""
        found: dict[str, Correction] = {}
        for key in sorted(set(keys)):
            correction = self.correction(key)
            if correction is not None:
                found[key] = correction
        return found

    def correction(self, key: str) -> Correction | None:
        """The label word meant by a key, None for a key that is a word or resembles none."""
        if len(key) < _DOUBLING or not self._corrects:
            return None
        found = self._seen.get(key, _NOT_YET)
        if found is _NOT_YET:
            word = key.isalpha() and key.isascii() and key not in self.vocabulary
            found = self._correct(key) if word and key not in self.known else None
            # Not read back: another thread may have emptied what is kept.
            self._seen[key] = found
        return found

    def _correct(self, key: str) -> Correction | None:
        same = self._by_sound.get(_sound(key), ())
        if len(same) == 1:
            only_doubling = _single(key) == _single(same[0])
            # Brands and foreign words of labels resemble surnames (travel, Travella).
            italian = same[0] in self.known
            shortest = _DOUBLING_SURE if italian else _FOREIGN_SURE
            sure = len(key) >= (shortest if only_doubling else _SOUND_SURE)
            return Correction(same[0], sure) if sure or italian else None
        if len(key) < _ONE_EDIT or same:
            return None
        near = self._near(key, 1)
        if len(near) == 1:
            sure = len(key) >= _ONE_EDIT_SURE
            return Correction(near[0], sure) if sure or near[0] in self.known else None
        if not near and len(key) >= _TWO_EDITS_SURE:
            near = self._near(key, 2)
            return Correction(near[0], True) if len(near) == 1 else None
        # A letter is left out more often than it is put in (contabilta: contabilita).
        longer = [word for word in near if len(word) > len(key)]
        return Correction(longer[0], False) if len(longer) == 1 else None

    def _near(self, key: str, edits: int) -> list[str]:
        words = self._by_initial.get(key[0], [])
        found = process.extract(
            key, words, scorer=DamerauLevenshtein.distance, score_cutoff=edits, limit=4
        )
        return [word for word, _, _ in found if len(word) >= _ONE_EDIT - 1]

    @cached_property
    def _corrects(self) -> bool:
        return len(self.known) > 0

    @cached_property
    def _seen(self) -> "_Bounded":
        return _Bounded()

    @cached_property
    def _by_sound(self) -> Mapping[str, tuple[str, ...]]:
        groups: dict[str, list[str]] = {}
        for word in sorted(self.vocabulary):
            if len(word) >= _DOUBLING:
                groups.setdefault(_sound(word), []).append(word)
        return {sound: tuple(words) for sound, words in groups.items()}

    @cached_property
    def _by_initial(self) -> Mapping[str, list[str]]:
        groups: dict[str, list[str]] = {}
        for word in sorted(self.vocabulary):
            if len(word) >= _ONE_EDIT - 1:
                groups.setdefault(word[0], []).append(word)
        return groups


class _Bounded(dict[str, Correction | None]):
    """A cache that starts anew when it is full, so that no stream of texts fills the memory."""

    def __setitem__(self, key: str, value: Correction | None) -> None:
        if len(self) >= 100_000:
            self.clear()
        super().__setitem__(key, value)


def _single(key: str) -> str:
    return re.sub(r"(.)\1+", r"\1", key)


def _sound(key: str) -> str:
    """A key without doublings, with s for z and cu for qu.

    >>> _sound("magazinier") == _sound("magazzinier") == "magasinier"
    True
    """
    return _single(key.replace("z", "s").replace("cq", "q").replace("qu", "cu"))

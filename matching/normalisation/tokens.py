"""From a text to tokens: words with their keys and places, and the breaks between phrases."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple

from matching.normalisation.folding import fold, plain
from matching.normalisation.marks import (
    APOSTROPHES,
    BESIDE_MARK,
    ELIDED,
    INCLUSIVE_MARKS,
    INCLUSIVE_TAILS,
    LONGEST_MARK,
    STOP_WORDS,
    WORD,
    gap_ends_phrase,
)
from matching.normalisation.scanning import Scan, decoded, scan

# From this length on a text is scanned as a whole, which costs some time to begin with.
_LONG = 160
_MOST_KEYS = 200_000
_APOSTROPHES = frozenset(APOSTROPHES)


class Token(NamedTuple):
    """A word with its key. ``breaks`` says that a phrase cannot run across the gap before it."""

    key: str
    start: int
    end: int
    breaks: bool


# Pronouns that Italian writes on to a verb: occuparsene, gestirlo, seguendoli.
_ENCLITIC = re.compile(
    r"(?P<base>.{2,}(?:[aeiou]r|[ae]ndo))"
    r"(?:mi|ti|si|ci|vi|ne|lo|la|li|le|gli|gliel[aeio]|gliene|[mtscv]e(?:l[aeio]|ne))$"
)


@dataclass(frozen=True)
class Normaliser:
    """Words to keys. ``inflections`` maps the fold of a verb form to the fold of its infinitive.

    It is built together with the index of labels and holds only verbs that occur in labels, so
    that *guidavo il muletto* meets the label *guidare il muletto*. Of these verbs the forms with
    pronouns are known as well (*guidarlo*, *guidandoli*).
    """

    inflections: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def key(self, word: str) -> str:
        """The key of one word as it stands in a text (*e-commerce* is *ecommerce*)."""
        low = plain(word).replace("-", "")
        folded = fold(low)
        if not self.inflections or folded in self._infinitives:
            return folded
        return self.inflections.get(folded) or self._without_pronoun(low) or folded

    def _without_pronoun(self, word: str) -> str | None:
        found = _ENCLITIC.match(word) if word[-1] in "aeio" else None
        if found is None:
            return None
        base = found["base"]
        if base[-1] == "o":
            return self.inflections.get(fold(base))
        # What an infinitive loses before a pronoun: guidar(e), produr(re).
        for ending in ("e", "re"):
            infinitive = fold(base + ending)
            if infinitive in self._infinitives:
                return infinitive
        return None

    @cached_property
    def _infinitives(self) -> frozenset[str]:
        return frozenset(self.inflections.values())

    @cached_property
    def keys(self) -> Mapping[bytes, str]:
        """The key of a plain word as a scan gives it, kept; empty for a stop word."""
        return _Keys(self)

    def tokens(self, text: str) -> list[Token]:
        """Words of a text that have a key, with their places.

        Labels and texts both go through here; nothing else turns words into keys.
        """
        scanned = scan(text) if len(text) >= _LONG else None
        return self._read(text) if scanned is None else self._from_scan(scanned)

    def _from_scan(self, scanned: Scan) -> list[Token]:
        keys = list(map(self.keys.__getitem__, scanned.words))
        for number in scanned.left_out:
            keys[number] = ""
        tails = frozenset(scanned.tails)
        found: list[Token] = []
        breaks = True
        gaps = scanned.breaks.tolist()
        for number, (key, start, end) in enumerate(
            zip(keys, scanned.starts.tolist(), scanned.ends.tolist(), strict=True)
        ):
            if gaps[number]:
                breaks = True
            if number in tails and found:
                breaks = False
            elif key:
                found.append(Token(key, start, end, breaks))
                breaks = False
        return found

    def _read(self, text: str) -> list[Token]:
        """Word for word: for short texts, and for letters that a scan does not know."""
        low = plain(text)
        found: list[Token] = []
        previous_end = 0
        breaks = True
        bracket = False
        for match in WORD.finditer(low):
            start, end = match.span()
            word = match.group()
            gap = low[previous_end:start]
            # A mark right behind a word belongs to its ending: addett*, addetto(a).
            first = gap[:1]
            inside = previous_end + (first == "*" or (bracket and first == ")"))
            if previous_end and not breaks and inside < start:
                breaks = gap_ends_phrase(low, inside, start)
            previous_end = end
            mark = gap.strip(BESIDE_MARK)
            tail = len(mark) == 1 and mark in INCLUSIVE_MARKS and len(gap) <= LONGEST_MARK
            tail = tail and word in INCLUSIVE_TAILS
            bracket = tail and mark == "("
            if tail and found:
                breaks = False
                continue
            if word in STOP_WORDS or (word in ELIDED and low[end : end + 1] in _APOSTROPHES):
                continue
            found.append(Token(self.key(word), start, end, breaks))
            breaks = False
        return found

    def phrase(self, label: str) -> tuple[str, ...]:
        """The keys of a label, in order. Empty when nothing but stop words is left."""
        return tuple(token.key for token in self.tokens(label))


class _Keys(dict[bytes, str]):
    """Keys by coded plain word. It starts anew when it is full, so that no stream fills memory."""

    def __init__(self, normaliser: Normaliser) -> None:
        super().__init__()
        self._normaliser = normaliser

    def __missing__(self, word: bytes) -> str:
        text = decoded(word)
        key = "" if text in STOP_WORDS else self._normaliser.key(text)
        if len(self) >= _MOST_KEYS:
            self.clear()
        self[word] = key
        return key

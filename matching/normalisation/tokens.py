"""From a text to tokens: words with their keys and places, and the breaks between phrases."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from types import MappingProxyType
from typing import NamedTuple

from matching.normalisation.folding import fold, plain
from matching.normalisation.outline import BAR, STOP_WORDS, outline, places_of, words_of

# Words without a key before an apostrophe, besides the stop words.
_ELIDED = frozenset({"l", "d", "quell", "c", "m", "t", "s"})
# From this length on all places are counted at once, which costs some time to begin with.
_LONG = 120
_MOST_KEYS = 200_000


class Token(NamedTuple):
    """A word with its key. ``breaks`` says that a phrase cannot run across the gap before it."""

    key: str
    start: int
    end: int
    breaks: bool


_token = partial(tuple.__new__, Token)  # a call for each of them would cost as much as all the rest

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
    def keys(self) -> Mapping[str, str]:
        """The keys of the words of an outline, kept: empty for one without, a bar for a bar."""
        return _Keys(self)

    def tokens(self, text: str) -> list[Token]:
        """Words of a text that have a key, with their places.

        Labels and texts both go through here; nothing else turns words into keys.
        """
        outlined = outline(text)
        words = words_of(outlined)
        rows: list[tuple[str, int, int, bool]] = []
        breaks = True
        for word, key, start in zip(
            words, map(self.keys.__getitem__, words), _places(outlined, words), strict=True
        ):
            if key == BAR:
                breaks = True
            elif key:
                rows.append((key, start, start + len(word) - (word[-1] == "'"), breaks))
                breaks = False
        return list(map(_token, rows))

    def phrase(self, label: str) -> tuple[str, ...]:
        """The keys of a label, in order. Empty when nothing but stop words is left."""
        keys = map(self.keys.__getitem__, words_of(outline(label)))
        return tuple(key for key in keys if key and key != BAR)


def _places(outlined: str, words: list[str]) -> list[int]:
    if len(outlined) >= _LONG:
        places: list[int] = places_of(outlined).tolist()
        return places
    found: list[int] = []
    place = 0
    for word in words:
        place = outlined.index(word, place)
        found.append(place)
        place += len(word)
    return found


class _Keys(dict[str, str]):
    """Keys by word. It starts anew when it is full, so that no stream of texts fills memory."""

    def __init__(self, normaliser: Normaliser) -> None:
        super().__init__()
        self._normaliser = normaliser

    def __missing__(self, word: str) -> str:
        bare = word.removesuffix("'")
        elided = bare != word and bare in _ELIDED
        if word == BAR:
            key = BAR
        elif not bare or elided or bare in STOP_WORDS:
            key = ""
        else:
            key = self._normaliser.key(bare)
        if len(self) >= _MOST_KEYS:
            self.clear()
        self[word] = key
        return key

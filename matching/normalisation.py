"""One normal form for labels and texts: case, accents, elisions, Italian gender and number.

A word becomes a *key*: ``Magazziniera``, ``magazzinieri`` -> ``magazzinier``. Articles and
prepositions have no key, so that *addetto alle pulizie* and *addetta pulizia* are equal. Keys
are for comparing only; every token keeps its place in the original text.

The rules look at endings alone and therefore treat both genders of a word alike, which is what
makes a CV score the same in the masculine and in the feminine. A lookup lemmatiser does not:
it knows *impiegato* as a verb form and *impiegata* as a noun.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType

_WORD = re.compile(r"[^\W_]+(?:\+\+|#)?")

# Between two words: a mark that separates phrases, as opposed to space, hyphen, slash, quote.
_BREAK = re.compile(r"[.,;:!?()\[\]{}|•·▪●■◦○►➢✓*\t\"«»=]|\s[-–—]+\s|[–—]|\n\s*\n|\n\s*[-–—+>]\s?")

STOP_WORDS = frozenset(
    """
    il lo la i gli le un uno una
    di a da in con su per tra fra ad
    del dello della dei degli delle dell
    al allo alla ai agli alle all
    dal dallo dalla dai dagli dalle dall
    nel nello nella nei negli nelle nell
    sul sullo sulla sui sugli sulle sull
    col coi e ed o od presso
    """.split()
)

# The second half of an inclusive form: addetto/a, operatore/trice, dottore/ssa.
_INCLUSIVE_TAILS = frozenset(
    "a o e i trice rice ice trici tori tore essa ssa ra era iera ta aia ie".split()
)
_ELIDED = frozenset("l d un dell all dall nell sull quell c m t s".split())
_SHORT = 3


@dataclass(frozen=True, slots=True)
class Token:
    """A word with its key. ``breaks`` says that a phrase cannot run across the gap before it."""

    key: str
    start: int
    end: int
    breaks: bool


@lru_cache(maxsize=4096)
def _plain_char(char: str) -> str:
    return (unicodedata.normalize("NFD", char)[0].lower() or char)[0]


def plain(text: str) -> str:
    """Lower case without accents, character for character (same length).

    >>> plain("Città È l'Università")
    'citta e l'universita'
    """
    if text.isascii():
        return text.lower()
    return "".join(map(_plain_char, text))


@lru_cache(maxsize=200_000)
def fold(word: str) -> str:
    """The ending-free form of one plain word, equal for both genders and numbers.

    >>> [fold(w) for w in ("magazziniere", "magazziniera", "operaie", "operatrice", "meccaniche")]
    ['magazzinier', 'magazzinier', 'opera', 'operator', 'meccanic']
    """
    if len(word) <= _SHORT or not word.isalpha():
        return word
    for ending, stem in (
        ("toressa", "tor"),
        ("toresse", "tor"),
        ("soressa", "sor"),
        ("soresse", "sor"),
        ("dentessa", "dent"),
        ("dentesse", "dent"),
        ("trice", "tor"),
        ("trici", "tor"),
    ):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return word[: -len(ending)] + stem
    if word.endswith(("che", "chi", "ghe", "ghi")):
        return word[:-2]
    if word[-1] in "aeiou":
        stem = word[:-1]
        if stem[-1] == "i" and len(stem) > _SHORT:
            return stem[:-1]
        return stem
    return word


@dataclass(frozen=True, slots=True)
class Normaliser:
    """Words to keys. ``inflections`` maps the fold of a verb form to the fold of its infinitive.

    It is built together with the index of labels and holds only verbs that occur in labels, so
    that *guidavo il muletto* meets the label *guidare il muletto*.
    """

    inflections: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def key(self, word: str) -> str:
        """The key of one word as it stands in a text."""
        folded = fold(plain(word))
        return self.inflections.get(folded, folded)

    def tokens(self, text: str) -> list[Token]:
        """Words of a text that have a key, with their places.

        Labels and texts both go through here; nothing else turns words into keys.
        """
        low = plain(text)
        found: list[Token] = []
        previous_end = 0
        breaks = True
        for match in _WORD.finditer(low):
            start, end = match.span()
            word = match.group()
            gap = low[previous_end:start]
            if previous_end and not breaks:
                breaks = bool(_BREAK.search(gap)) or _line_ends_phrase(low, previous_end, start)
            previous_end = end
            if word in STOP_WORDS or (word in _ELIDED and low[end : end + 1] in ("'", "’")):
                continue
            if word in _INCLUSIVE_TAILS and gap[:1] in ("/", "(", "*") and len(gap) <= 2:
                breaks = False
                continue
            found.append(Token(self.key(word), start, end, breaks))
            breaks = False
        return found

    def phrase(self, label: str) -> tuple[str, ...]:
        """The keys of a label, in order. Empty when nothing but stop words is left."""
        return tuple(token.key for token in self.tokens(label))


# A line shorter than this is an item of its own; a longer one was probably wrapped.
_WRAPPED_LINE = 45


def _line_ends_phrase(low: str, gap_start: int, gap_end: int) -> bool:
    newline = low.find("\n", gap_start, gap_end)
    if newline < 0:
        return False
    line_start = low.rfind("\n", 0, newline) + 1
    if newline - line_start >= _WRAPPED_LINE:
        return False
    last_word = low[line_start:newline].rsplit(None, 1)
    return not (last_word and last_word[-1] in STOP_WORDS)

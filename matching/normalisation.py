"""One normal form for labels and texts: case, accents, elisions, Italian gender and number.

A word becomes a *key*: ``Magazziniera``, ``magazzinieri`` -> ``magazzinier``. Articles and
prepositions have no key, so that *addetto alle pulizie* and *addetta pulizia* are equal. Keys
are for comparing only; every token keeps its place in the original text.

The rules look at endings alone and therefore treat both genders of a word alike, which is what
makes a CV score the same in the masculine and in the feminine. A lookup lemmatiser does not:
it knows *impiegato* as a verb form and *impiegata* as a noun.

What the rules must keep apart: a trade and its field or place (*pasticcere*, *pasticceria*;
*tipografo*, *tipografia*; *trattore*, *trattoria*), and an abbreviation and a word (*CAD*,
*cade*; *MES*, *mese*).
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType

# Raised whenever a word gets another key, so that an index made before is not read again.
FORM = 3

_WORD = re.compile(r"(?<!\w)e-(?=[^\W\d_]{3})[^\W_]+|[^\W_]+(?:\+\+|#)?")

# Between two words: a mark that separates phrases, as opposed to space, hyphen, slash, quote.
_BREAK = re.compile(
    r"[.,;:!?()\[\]{}|•·▪●■◦○►➢➤✓❖‣∙\uf0b7\uf0a7*\t\"«»=]|\s[-–—]+\s|[–—]|\n\s*\n|\n\s*[-–—+>]\s?"
)

STOP_WORDS = frozenset(
    _WORD.findall(
        """
        il lo la i gli le un uno una
        di a da in con su per tra fra ad
        del dello della dei degli delle dell
        al allo alla ai agli alle all
        dal dallo dalla dai dagli dalle dall
        nel nello nella nei negli nelle nell
        sul sullo sulla sui sugli sulle sull
        col coi e ed o od presso
        """
    )
)

# The second half of an inclusive form: addetto/a, operatore/trice, dottore/ssa.
_INCLUSIVE_TAILS = frozenset(
    _WORD.findall(
        "a o e i trice rice ice trici tori tore essa ssa ra ri re era ieri iera ta to te aia aie"
        " ia io ie ca che"
    )
)
_INCLUSIVE_MARKS = ("/", "(", "*", "\\")
_ELIDED = frozenset(_WORD.findall("l d un dell all dall nell sull quell c m t s"))
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
    "citta e l'universita"
    """
    if text.isascii():
        return text.lower()
    return "".join(map(_plain_char, text))


# Feminines that are not the masculine with another vowel.
_FEMININE = (
    ("toressa", "tor"),
    ("toresse", "tor"),
    ("soressa", "sor"),
    ("soresse", "sor"),
    ("dentessa", "dent"),
    ("dentesse", "dent"),
    ("trice", "tor"),
    ("trici", "tor"),
)
# Final vowels that tell gender and number; ə and its plural ɜ stand for all of them.
_ENDINGS = frozenset("aeioəɜ")
# In -ia the i belongs to the word (tipografia, trattoria) unless the masculine has it too
# (operaio, segretario, some adjectives) or the plural drops it (traccia, tracce).
_LOOSE_IA = re.compile(
    r"(?:a|ar|[bcdfghlmnrstvz][cg]|dopp|vecch|propr|sobr|obbligator|provvisor|ediliz|impiegatiz)i[ae]$"
)
_IRREGULAR = MappingProxyType({"superficie": "superfic", "uomo": "uomin"})
# Plurals of -trico, which only look like feminines of -tore: elettrici, geriatrici.
_TRICO = re.compile(r"(?:elet|me|cen|gas|pedia|geria|chia|toia|fisia)trici$")


@lru_cache(maxsize=200_000)
def fold(word: str) -> str:
    """The ending-free form of one plain word, equal for both genders and numbers.

    A stem of three letters or less carries a mark, because abbreviations have that length.

    >>> [fold(w) for w in ("magazziniere", "magazziniera", "operaie", "operatrice", "meccaniche")]
    ['magazzinier', 'magazzinier', 'opera', 'operator', 'meccanic']
    >>> [fold(w) for w in ("pasticcera", "pasticceria", "mes", "mese")]
    ['pasticcer', 'pasticceri', 'mes', "mes'"]
    """
    if len(word) <= _SHORT or not word.isalpha():
        return word
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    for ending, stem in _FEMININE:
        if word.endswith(ending) and len(word) > len(ending) + 1 and not _TRICO.search(word):
            return word[: -len(ending)] + stem
    if word.endswith(("che", "chi", "ghe", "ghi")):
        stem = word[:-2]
    elif word[-1] in _ENDINGS:
        stem = word[:-1]
        rooted = word.endswith(("ia", "ie")) and not _LOOSE_IA.search(word)
        # Of short words it is never cut off: serio and seria are not sera.
        if stem[-1] == "i" and len(stem) > _SHORT + 1 and not rooted:
            stem = stem[:-1]
    else:
        return word
    return stem if len(stem) > _SHORT else stem + "'"


@dataclass(frozen=True, slots=True)
class Normaliser:
    """Words to keys. ``inflections`` maps the fold of a verb form to the fold of its infinitive.

    It is built together with the index of labels and holds only verbs that occur in labels, so
    that *guidavo il muletto* meets the label *guidare il muletto*.
    """

    inflections: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def key(self, word: str) -> str:
        """The key of one word as it stands in a text (*e-commerce* is *ecommerce*)."""
        folded = fold(plain(word).replace("-", ""))
        return self.inflections.get(folded, folded)

    def tokens(self, text: str) -> list[Token]:
        """Words of a text that have a key, with their places.

        Labels and texts both go through here; nothing else turns words into keys.
        """
        low = plain(text)
        found: list[Token] = []
        previous_end = 0
        breaks = True
        bracket = False
        for match in _WORD.finditer(low):
            start, end = match.span()
            word = match.group()
            gap = low[previous_end:start]
            # A mark right behind a word belongs to its ending: addett*, addetto(a).
            inside = gap[1:] if gap[:1] == "*" or (bracket and gap[:1] == ")") else gap
            if previous_end and not breaks and inside:
                breaks = bool(_BREAK.search(inside)) or _line_ends_phrase(low, previous_end, start)
            previous_end = end
            mark = gap.strip(" -")
            tail = mark in _INCLUSIVE_MARKS and len(gap) <= _SHORT and word in _INCLUSIVE_TAILS
            bracket = tail and mark == "("
            if tail and found:
                breaks = False
                continue
            if word in STOP_WORDS or (word in _ELIDED and low[end : end + 1] in ("'", "’")):
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

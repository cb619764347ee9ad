"""Names of people as registers hold them: in any order, with and without all of their parts.

Spelling alone is looked at. What is equal here is equal in letters or, by general rules of
writing, in sound; there is no list of names, and nothing is concluded about whose name it is.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import IntEnum

from rapidfuzz.distance import OSA, Levenshtein

# Letters that are no letter with a mark on it.
_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th"}
)
_APOSTROPHES = re.compile(r"['’‘`´ʼ′]")
# "D' Angelo", "Dell’ Orto", "O' Neil": the apostrophe belongs to the next word.
_ELIDED = re.compile(r"\b(d|dell|dall|nell|all|sull|sant|l|n|o|m)['’‘`´ʼ′]\s+(?=\w)")
_WORD = re.compile(r"[^\W\d_]+")
_TITLES = frozenset(
    {"sig", "signor", "signora", "signorina", "dott", "dottor", "dottore", "dottoressa", "dr",
     "ing", "avv", "geom", "rag", "prof", "arch", "mr", "mrs", "ms"}
)  # fmt: skip
_TITLE_ENDINGS = re.compile(r"\b(sig|dott|prof)\.?\s?(?:ra|na|ssa)\b")
_PARTICLES = frozenset(
    {"d", "da", "dal", "dalla", "dalle", "dai", "dagli", "de", "dei", "degli", "del", "della",
     "delle", "dello", "dell", "di", "do", "dos", "du", "el", "al", "lo", "la", "le", "li",
     "van", "von", "der", "den", "ter", "ben", "bin", "bint", "abd", "abu", "ait", "ould", "o",
     "mac", "mc", "san", "santa", "santo"}
)  # fmt: skip
_MOST_TOKENS = 8
_SHORTEST_VARIANT = 3  # consonants; with fewer, too many different names are spelled alike
_ALIKE, _ALIKE_LONG = 0.7, 0.6  # share of letters kept between two spellings of one sound
_LONG_OUTLINE = 4
_SHORTEST_SLIP, _TWO_SLIPS = 5, 9  # letters from which one slip, and two, are forgiven

_SOUNDS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"(.)\1+", r"\1"),
        (r"^d[ei](?=[aeiou]\w{4})", "d"),  # De Angelo, D'Angelo
        (r"x", "ks"),
        (r"tz|ts|cz", "z"),
        (r"sch|sh|ch(?=[aou])|sc(?=[ei])", "s"),
        (r"dj|gi(?=[aou])", "g"),
        (r"ch|ck|kh|q", "k"),
        (r"ph", "f"),
        (r"w", "v"),
        (r"c(?=[^ei]|$)", "k"),
        (r"(?<=[gtdbrl])h", ""),
        (r"h$", ""),
        (r"ou|oo", "u"),
        (r"ee|ii|[yj]", "i"),
        (r"(.)\1+", r"\1"),
    )
)
_VOWELS = frozenset("aeiou")


class Likeness(IntEnum):
    """How alike two words of two names are."""

    OTHER = 0
    SLIP = 1
    SPELLING = 2
    SAME = 3


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a name in plain letters, as it sounds, and in outline."""

    text: str
    sound: str
    outline: str


@dataclass(frozen=True, slots=True)
class NamePairing:
    """The words of two names, each paired with its like: likeness and the two words.

    ``first_only`` and ``second_only`` are left without one.
    """

    pairs: tuple[tuple[Likeness, str, str], ...]
    first_only: tuple[str, ...]
    second_only: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """Whether every word of the shorter name, two at least, is in the longer one."""
        return len(self.pairs) > 1 and not (self.first_only and self.second_only)

    @property
    def slips(self) -> bool:
        """Whether a word is paired with one that may as well be another name."""
        return any(likeness is Likeness.SLIP for likeness, _, _ in self.pairs)


def name_words(name: str) -> tuple[str, ...]:
    """The words of a name in plain letters; particles and elisions are part of the next word.

    >>> name_words("D'Angelo Niccolò"), name_words("Anna Maria De Santis")
    (('dangelo', 'niccolo'), ('anna', 'maria', 'desantis'))
    """
    text = unicodedata.normalize("NFD", name.casefold()).translate(_LETTERS)
    text = "".join(char for char in text if not unicodedata.combining(char))
    text = _APOSTROPHES.sub("", _ELIDED.sub(r"\1", text))
    text = _TITLE_ENDINGS.sub(r"\1", text)
    words = [word for word in _WORD.findall(text) if word not in _TITLES]
    # A name of two words may be a particle's look-alike and a given name, in any order.
    joined: list[str] = []
    kept = ""
    for number, word in enumerate(words):
        kept += word
        is_last = number == len(words) - 1
        if word in _PARTICLES and not is_last and len(words) > 2:
            continue
        joined.append(kept)
        kept = ""
    return tuple(joined[:_MOST_TOKENS])


def heard(text: str) -> Word:
    """A word as it sounds, in one spelling (*mohammed* as *mohamed*), and in outline.

    The outline is the consonants, with the first letter and the last vowel. Inner vowels are what
    transliterations disagree on; the last one tells names apart (*Francesco*, *Francesca*), and is
    kept. A first vowel is any vowel.

    >>> heard("mohammed").sound, heard("muhammad").outline == heard("mohamed").outline
    ('mohamed', True)
    >>> heard("oleksandr").outline
    '*lksndr'
    """
    sound = text
    for pattern, spelling in _SOUNDS:
        sound = pattern.sub(spelling, sound)
    sound = sound or text
    head = "*" if sound[0] in _VOWELS else sound[0]
    tail = sound[-1] if len(sound) > 1 and sound[-1] in _VOWELS else ""
    body = (char for char in sound[1 : len(sound) - len(tail)] if char not in _VOWELS)
    return Word(text, sound, head + "".join(body) + tail)


def likeness(first: Word, second: Word) -> Likeness:
    """How alike two words are; a last vowel that differs makes another name.

    >>> likeness(heard("mohamed"), heard("muhammad")).name
    'SPELLING'
    >>> likeness(heard("rossi"), heard("rosso")).name
    'OTHER'
    """
    if first.text == second.text:
        return Likeness.SAME
    one, other = first.sound, second.sound
    if one == other:
        return Likeness.SPELLING
    ends = {one[-1], other[-1]}
    if len(ends) > 1 and ends & _VOWELS:
        return Likeness.OTHER
    outline = first.outline
    consonants = sum(char not in _VOWELS and char != "*" for char in outline)
    if outline == second.outline and consonants >= _SHORTEST_VARIANT:
        is_long = consonants >= _LONG_OUTLINE
        least = _ALIKE_LONG if is_long else _ALIKE
        # A vowel more or less makes other names of short ones: Marino, Mariano.
        may_be = is_long or len(one) == len(other)
        if may_be and Levenshtein.normalized_similarity(one, other) >= least:
            return Likeness.SPELLING
    length = min(len(one), len(other))
    most = 2 if length >= _TWO_SLIPS else 1
    if length >= _SHORTEST_SLIP and OSA.distance(one, other, score_cutoff=most) <= most:
        return Likeness.SLIP
    return Likeness.OTHER


def pair_names(first: tuple[Word, ...], second: tuple[Word, ...]) -> NamePairing:
    """Pair the words of two names, the likest first, in any order; a letter stands for a word."""
    left, right = dict(enumerate(first)), dict(enumerate(second))
    pairs: list[tuple[Likeness, str, str]] = []
    for i, word in enumerate(first):
        same = next((j for j, other in right.items() if other == word), None)
        if same is not None:
            pairs.append((Likeness.SAME, left.pop(i).text, right.pop(same).text))
    options = sorted(
        ((likeness(one, other), i, j) for i, one in left.items() for j, other in right.items()),
        key=lambda option: (-option[0], option[1], option[2]),
    )
    for alike, i, j in options:
        if alike is not Likeness.OTHER and i in left and j in right:
            pairs.append((alike, left.pop(i).text, right.pop(j).text))
    _drop_initials(left, right)
    _drop_initials(right, left)
    alone = (tuple(word.text for word in side.values()) for side in (left, right))
    return NamePairing(tuple(pairs), *alone)


def _drop_initials(written: dict[int, Word], other: dict[int, Word]) -> None:
    """Take away initials with the word that they may stand for: evidence of nothing."""
    for place, word in list(written.items()):
        if len(word.text) == 1:
            meant = next((j for j, name in other.items() if name.text.startswith(word.text)), None)
            if meant is not None:
                del written[place], other[meant]

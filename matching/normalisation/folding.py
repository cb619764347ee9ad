"""Endings: what is left of a word when gender, number, accents and case are taken away."""

import re
import unicodedata
from functools import lru_cache
from types import MappingProxyType

# Raised whenever a word gets another key, so that an index made before is not read again.
FORM = 5

_SHORT = 3


@lru_cache(maxsize=4096)
def _plain_char(char: str) -> str:
    return (unicodedata.normalize("NFD", char)[0].lower() or char)[0]


class _PlainChars(dict[int, str]):
    """What becomes of each character that was met."""

    def __missing__(self, code: int) -> str:
        low = self[code] = _plain_char(chr(code))
        return low


_PLAIN_CHARS = _PlainChars()


def plain(text: str) -> str:
    """Lower case without accents, character for character (same length).

    >>> plain("Città È l'Università")
    "citta e l'universita"
    """
    if text.isascii():
        return text.lower()
    return text.translate(_PLAIN_CHARS)


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
_FEMININE_ENDINGS = ("essa", "esse", "trice", "trici")
# Final vowels that tell gender and number; ə and its plural ɜ stand for all of them.
_ENDINGS = frozenset("aeioəɜ")
# In -ia the i belongs to the word (tipografia, trattoria) unless the masculine has it too
# (operaio, segretario, respiratorio, some adjectives) or the plural drops it (traccia, tracce).
_LOOSE_IA = re.compile(
    r"(?:a|ar|[bcdfghlmnrstvz][cg]|dopp|vecch|propr|sobr|svegl|figl|[aeiu]tor|provvisor|ediliz|impiegatiz)"
    r"i[ae]$"
)
_IRREGULAR = MappingProxyType(
    {
        "superficie": "superfic",
        "uomo": "uomin",
        "aghi": "ago",
        "usi": "uso",
        "uve": "uva",
        "oli": "oli'",
        # The plural of a short word in -io.
        "soci": "soci",
        "medi": "medi",
        "seri": "seri",
        "vari": "vari",
        # Of movement and of operations, not of motors and of operators.
        "motorio": "motori",
        "operatorio": "operatori",
        "operatoria": "operatori",
        "operatorie": "operatori",
    }
)
# Plurals of -trico, which only look like feminines of -tore: elettrici, geriatrici.
_TRICO = re.compile(r"(?:elet|me|cen|gas|pedia|geria|chia|toia|fisia)trici$")
# The plural of -chio is written like that of -co: apparecchi, rischi.
_CHIO = re.compile(r"(?:c|ris|rimor)chi[oae]$")
# A chief in the plural: capisquadra.
_CHIEFS = re.compile(r"capi(?=reparto|squadr|turno|cantier|settor|servizi|sala|cuoc|offici|uffici)")
# English plurals in Italian texts (managers, standards) end in s after one of these; a science
# (logistics) is no plural.
_PLURAL_S = frozenset("bcdfgklmnprt")


@lru_cache(maxsize=200_000)
def fold(word: str) -> str:
    """The ending-free form of one plain word, equal for both genders and numbers.

    A stem of three letters or less carries a mark, because abbreviations have that length.

    >>> [fold(w) for w in ("magazziniere", "magazziniera", "operaie", "operatrice", "meccaniche")]
    ['magazzinier', 'magazzinier', 'opera', 'operator', 'meccanic']
    >>> [fold(w) for w in ("pasticcera", "pasticceria", "mes", "mese")]
    ['pasticcer', 'pasticceri', 'mes', "mes'"]
    """
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) <= _SHORT or not word.isalpha():
        return word
    if word.startswith("capi"):
        word = _CHIEFS.sub("capo", word)
    if word.endswith(_FEMININE_ENDINGS):
        for ending, stem in _FEMININE:
            if word.endswith(ending) and len(word) > len(ending) + 1 and not _TRICO.search(word):
                return word[: -len(ending)] + stem
    if word.endswith(("che", "chi", "ghe", "ghi")):
        stem = word[:-2]
    elif word[-1] in _ENDINGS:
        stem = word[:-1]
        rooted = word.endswith(("ia", "ie")) and not _LOOSE_IA.search(word)
        if _CHIO.search(word):
            stem = word[:-3]
        # Of short words it is never cut off: serio and seria are not sera.
        elif stem[-1] == "i" and len(stem) > _SHORT + 1 and not rooted:
            stem = stem[:-1]
    elif word[-1] == "s" and word[-2] in _PLURAL_S and len(word) > _SHORT + 1:
        return word if word.endswith("ics") else word[:-1]
    else:
        return word
    return stem if len(stem) > _SHORT else stem + "'"

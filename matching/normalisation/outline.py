"""A text reduced to its words, one character for one, so that every word keeps its place.

What is left are plain words between blanks, a bar where a phrase ends, and apostrophes. All that a
mark can mean in Italian is decided here: whether a line was wrapped, whether *(a)* is the second
half of *addetto (a)*, whether a hyphen joins. The work is done by the few things that Python does
at the speed of C (tables, replacing, splitting), because every word of every document passes here.
"""

import re
from functools import lru_cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from matching.normalisation.folding import plain

Places = npt.NDArray[np.intp]

BAR = "|"
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
    """.split()  # noqa: SIM905
)
# Each of these ends a phrase, as opposed to space, hyphen, slash, quote.
_BREAKING = '.,;:!?[]{}|•·▪●■◦○►➢➤✓❖‣∙\uf0b7\uf0a7\t"«»=–—'
_KEPT = "\n()*-+>/\\#"  # they mean different things in different places
_LAST = 0xFFFF
_LAST_LEVELLED = 0x3000
# Halves of characters, private use (bullets of word processors), signs that change a sign,
# pictures.
_NO_LETTERS = ((0xD800, 0xF8FF), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xFFF0, _LAST + 1))
_WORD = re.compile(r"[^\W_]")
_APOSTROPHES = "'’"

# The second half of an inclusive form: addetto/a, operatore/trice, dottore/ssa, addett*.
_TAILS = (
    "trice|rice|ice|trici|tori|tore|essa|ssa|ra|ri|re|era|ieri|iera|ta|to|te|aia|aie|ia|io|ie|ca"
    "|che|a|o|e|i"
)
# Patterns begin with what is searched, and what stands before it is looked at afterwards: a
# pattern that begins by looking back is tried at every character.
_AFTER_MARK = rf" ?-?(?:{_TAILS})(?![^\W_]|\+\+|#|-[^\W\d_]{{3}})"
_INCLUSIVE = {
    "(": re.compile(rf"\( ?-?(?:{_TAILS})(?: ?[/,] ?-?(?:{_TAILS}))* ?\)"),
    "/": re.compile("/" + _AFTER_MARK),
    "\\": re.compile(r"\\" + _AFTER_MARK),
    "*": re.compile(rf"\*(?:{_AFTER_MARK})?"),
}
_ELECTRONIC = re.compile(r"e-(?=[^\W\d_]{3})")
_PLUS_PLUS = re.compile(r"\+\+|#")
_DASHES = re.compile(r" -+(?= |\n|$)")
# A line shorter than this is an item of its own; a longer one was probably wrapped.
_WRAPPED_LINE = 45
_LINE_HEADS = frozenset("-+>")

# Signs of words that would be marks elsewhere: e-mail, C++, C#.
_SIGNS = {"-": "\x02", "+": "\x03", "#": "\x04"}
_HIDE = str.maketrans(_SIGNS)
_LAST_STEP = str.maketrans(
    {
        **{sign: mark for mark, sign in _SIGNS.items()},
        **dict.fromkeys("()*", BAR),
        **dict.fromkeys("-+>/\\#", " "),
    }
)


def outline(text: str) -> str:
    """Words, blanks, bars and apostrophes, each where it stands in the text.

    >>> outline("Addetto/a alle pulizie, l'E-mail")
    "addetto   alle pulizie| l'e-mail"
    """
    low = _levelled(text)
    low = low.replace(" - ", " | ")
    if " --" in low or " -\n" in low:
        low = _DASHES.sub(_barred, low)
    for mark, pattern in _INCLUSIVE.items():
        if mark in low:
            low = pattern.sub(_without_half, low)
    if "e-" in low:
        low = _ELECTRONIC.sub(_with_hyphen, low)
    if "++" in low or "#" in low:
        low = _PLUS_PLUS.sub(_hidden, low)
    if "\n" in low:
        low = _joined(low)
    return low.translate(_LAST_STEP)


def words_of(outlined: str) -> list[str]:
    """The words and bars of an outline in order; *dell'* keeps its apostrophe."""
    return outlined.replace(BAR, " | ").replace("'", "' ").split()


def places_of(outlined: str) -> Places:
    """Where each of :func:`words_of` begins."""
    if outlined.isascii():
        codes = np.frombuffer(outlined.encode(), np.uint8)
    else:
        codes = np.frombuffer(outlined.encode("utf-32-le"), np.uint32)
    bars = codes == ord(BAR)
    blanks = codes == ord(" ")
    ends = bars | blanks
    ends |= codes == ord("'")
    begins = np.empty_like(ends)
    begins[:1] = True
    begins[1:] = ends[:-1]
    begins &= ~blanks
    begins |= bars
    return np.flatnonzero(begins)


def _barred(match: re.Match[str]) -> str:
    return " " + BAR * (len(match[0]) - 1)


def _without_half(match: re.Match[str]) -> str:
    """Blanks for the second half of an inclusive form, if a word stands before it."""
    low, place = match.string, match.start()
    if match[0] != "*" and low[place - 1 : place] in (" ", "-"):
        place -= 1
    return " " * len(match[0]) if low[place - 1 : place].isalnum() else match[0]


def _with_hyphen(match: re.Match[str]) -> str:
    before = match.string[match.start() - 1 : match.start()]
    return match[0] if before.isalnum() else "e\x02"


def _hidden(match: re.Match[str]) -> str:
    before = match.string[match.start() - 1 : match.start()]
    return match[0].translate(_HIDE) if before.isalnum() else match[0]


def _joined(low: str) -> str:
    """Lines joined by a blank where one was wrapped, by a bar where it ended."""
    lines = low.split("\n")
    parts = [lines[0]]
    for before, line in pairwise(lines):
        head = line[:1]
        if head == " ":
            head = line.lstrip(" ")[:1]
        if not head or head in _LINE_HEADS:
            parts.append(BAR)
        elif len(before) >= _WRAPPED_LINE:
            parts.append(" ")
        else:
            if before[-1:] == " ":
                before = before.rstrip(" ")
            parts.append(" " if before[before.rfind(" ") + 1 :] in STOP_WORDS else BAR)
        parts.append(line)
    return "".join(parts)


def _levelled(text: str) -> str:
    """Lower case without accents; marks that always end a phrase are bars."""
    if text.isascii():
        return text.lower().translate(_ASCII_MARKS)
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    return _table().take(codes, mode="clip").tobytes().decode("utf-32-le")


def _level(char: str) -> str:
    low = plain(char)
    if _WORD.match(low) or low in _KEPT:
        return low
    if char in _APOSTROPHES:
        return "'"
    return BAR if char in _BREAKING else " "


@lru_cache(maxsize=1)
def _table() -> npt.NDArray[np.uint32]:
    """What becomes of every character. Beyond the scripts of Europe and Asia Minor all stays."""
    table = np.arange(_LAST + 2, dtype=np.uint32)
    for code in range(_LAST_LEVELLED):
        table[code] = ord(_level(chr(code)))
    for first, last in _NO_LETTERS:
        table[first : last + 1] = ord(" ")
    for code in map(ord, _BREAKING):
        table[code] = ord(BAR)
    return table


_ASCII_MARKS = str.maketrans({code: _level(chr(code)) for code in range(128)})

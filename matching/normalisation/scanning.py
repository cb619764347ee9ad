"""All words of a long text at once: where they stand, and which gaps end a phrase.

One byte per character: two look-up tables give the plain words and the shape of everything
between them, and numpy the places. It is the same reading as the pattern's in
:mod:`matching.normalisation.tokens`, several times as fast from a few lines on.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matching.normalisation.folding import plain
from matching.normalisation.marks import (
    APOSTROPHES,
    BREAKING,
    BREAKING_AFTER_LINE,
    ELIDED,
    INCLUSIVE_MARKS,
    INCLUSIVE_TAILS,
    LONGEST_MARK,
    STOP_WORDS,
    WRAPPED_LINE,
    gap_ends_phrase,
)

_Places = npt.NDArray[np.intp]
_Shapes = npt.NDArray[np.uint8]

# Letters that are no accented form of a Latin-1 letter and that names in our documents hold. They
# take the places that Latin-1 leaves to control characters.
_MORE_LETTERS = "əɜœłđıŋħŧƒ"
_CODES = {letter: chr(0x80 + place) for place, letter in enumerate(_MORE_LETTERS)}
_LETTERS_OF = str.maketrans({code: letter for letter, code in _CODES.items()})
_LAST = 0xFFFF  # beyond it there are pictures, and letters that nobody writes a CV in
_STRANGE = re.compile(r"[\U00010000-\U0010FFFF]")
_WORD_CHAR = re.compile(r"[^\W_]")

# The shape of a character. What ends a phrase stands from _DOT to _STAR, what has a meaning of its
# own from _OPEN to _LAST_MARK.
_BLANK, _NOTHING, _UNDERLINE = 1, 2, 3
_DOT, _CLOSE, _OPEN, _STAR = range(16, 20)
_LINE, _DASH, _SHARP, _PLUS, _APOSTROPHE, _SLASH, _BACK, _GREATER = range(20, 28)
_LAST_MARK, _WORD, _UNKNOWN = _GREATER, 64, 65
_OWN = {
    ")": _CLOSE,
    "(": _OPEN,
    "*": _STAR,
    "\n": _LINE,
    "-": _DASH,
    "#": _SHARP,
    "+": _PLUS,
    "/": _SLASH,
    "\\": _BACK,
    "_": _UNDERLINE,
    ">": _GREATER,
    **dict.fromkeys(APOSTROPHES, _APOSTROPHE),
}
_BYTE = {shape: bytes([shape]) for shape in range(128)}
_MARKS = frozenset(_OWN[mark] for mark in INCLUSIVE_MARKS)
_BESIDE = bytes([_BLANK, _DASH])
_HEADS = b"".join(re.escape(_BYTE[_OWN[mark]]) for mark in BREAKING_AFTER_LINE)
_LINE_HEAD = re.compile(rb"%b*(?:%b|[%b])" % (_BYTE[_BLANK], _BYTE[_LINE], _HEADS))
_DASHED = re.compile(rb"%b+[%b%b]" % (_BYTE[_DASH], _BYTE[_BLANK], _BYTE[_LINE]))
_GROWTH = (_BYTE[_SHARP], _BYTE[_PLUS] * 2)
_GROWN = b"+#"
_THREE_LETTERS = re.compile(rb"[^0-9]{3}")


@dataclass(frozen=True, slots=True)
class Scan:
    """The words of a text in order, plain and coded, those without a key among them.

    ``left_out`` holds the numbers of words without a key (elided articles, the *e* of *e-mail*;
    stop words are not among them), ``tails`` those of second halves of inclusive forms, after
    which a phrase goes on. ``breaks`` says whether the gap before a word ends a phrase. ``lines``
    are the places of line ends.
    """

    words: list[bytes]
    starts: _Places
    ends: _Places
    breaks: npt.NDArray[np.bool_]
    lines: _Places
    left_out: list[int]
    tails: list[int]


def decoded(word: bytes) -> str:
    """A word of a scan as text."""
    return word.decode("latin-1").translate(_LETTERS_OF)


def scan(text: str) -> Scan | None:
    """Scan a text; None when it holds letters that the code has no place for (Cyrillic)."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    forms = _SHAPES.take(codes, mode="clip")
    inside = np.zeros(len(forms) + 2, np.bool_)
    np.equal(forms, _WORD, out=inside[1:-1])
    edges = np.flatnonzero(inside[1:] != inside[:-1])
    starts, ends = edges[0::2].copy(), edges[1::2].copy()
    marks = np.flatnonzero((forms - np.uint8(_DOT)) <= _LAST_MARK - _DOT)
    kinds = forms[marks]
    gaps = starts.searchsorted(marks)
    breaks = np.zeros(len(starts) + 1, np.bool_)
    breaks[gaps[kinds <= _STAR]] = True
    if len(forms) and forms.max() == _UNKNOWN and not _only_pictures(text, codes, forms):
        return None
    found = Scan(
        words=_LETTERS.take(codes, mode="clip").tobytes().split(),
        starts=starts,
        ends=ends,
        breaks=breaks,
        lines=marks[kinds == _LINE],
        left_out=[],
        tails=[],
    )
    if len(marks):
        _look_closer(text, forms.tobytes(), found, marks, kinds, gaps)
    return found


def _look_closer(
    text: str, shape: bytes, found: Scan, marks: _Places, kinds: _Shapes, gaps: _Places
) -> None:
    """Marks whose meaning hangs on what stands beside them."""
    present = kinds.tobytes()
    words, ends, size = found.words, found.ends, len(found.words)
    # The end of the word before each mark; none stands before a mark in gap 0.
    before = ends[gaps - 1] if size else gaps - 1
    before[gaps == 0] = -1
    for mark, suffix in _SUFFIXES:
        if mark in present:
            for place, gap in _pairs((kinds == mark) & (before == marks), marks, gaps):
                _suffix(shape, found, place, gap, suffix)
    if _APOSTROPHE in present:
        for _, gap in _pairs((kinds == _APOSTROPHE) & (before == marks), marks, gaps):
            if words[gap - 1] in _ELIDED:
                found.left_out.append(gap - 1)
    if not _MARKS.isdisjoint(present):
        near = _INCLUSIVE[kinds] & (before >= 0) & (gaps < size) & (marks - before < LONGEST_MARK)
        for place, gap in _pairs(near, marks, gaps):
            _inclusive(text, shape, found, place, gap)
    if _DASH in present:
        for place, gap in _pairs(kinds == _DASH, marks, gaps):
            _dash(shape, found, place, gap)
    if len(found.lines):
        _line_ends(shape, found, marks, kinds, gaps)


def _pairs(
    chosen: npt.NDArray[np.bool_], marks: _Places, gaps: _Places
) -> Iterator[tuple[int, int]]:
    return zip(marks[chosen].tolist(), gaps[chosen].tolist(), strict=True)


def _suffix(shape: bytes, found: Scan, place: int, gap: int, suffix: bytes) -> None:
    """C++ and C# are words."""
    form = _BYTE[shape[place]] * len(suffix)
    number = gap - 1
    alone = found.words[number][-1] not in _GROWN and not _is_compound(shape, found, number)
    if alone and shape.startswith(form, place) and found.ends[number] == place:
        found.words[number] += suffix
        found.ends[number] += len(suffix)


def _dash(shape: bytes, found: Scan, place: int, gap: int) -> None:
    """A dash between blanks ends a phrase. *E-mail* is one word."""
    before = shape[place - 1] if place else _BLANK
    if before == _BLANK:
        if _DASHED.match(shape, place):
            found.breaks[gap] = True
    elif before == _WORD and _is_compound(shape, found, gap):
        found.words[gap] = b"e-" + found.words[gap]
        found.starts[gap] = found.starts[gap - 1]
        found.breaks[gap] = found.breaks[gap - 1]
        found.left_out.append(gap - 1)


def _is_compound(shape: bytes, found: Scan, number: int) -> bool:
    """Whether a word is the second half of one like *e-mail*."""
    if not 0 < number < len(found.words) or found.words[number - 1] != b"e":
        return False
    start, end = int(found.starts[number - 1]), int(found.ends[number - 1])
    return (
        found.starts[number] == end + 1
        and shape[end] == _DASH
        and (start == 0 or shape[start - 1] != _UNDERLINE)
        and _THREE_LETTERS.match(found.words[number]) is not None
    )


def _inclusive(text: str, shape: bytes, found: Scan, place: int, gap: int) -> None:
    """Second halves: addetto/a, addetto (a), addett*; the mark belongs to the word before it."""
    start, end = int(found.ends[gap - 1]), int(found.starts[gap])
    if place == start and shape[place] == _STAR:
        found.breaks[gap] = _judged(text, place + 1, end)
    if end - start > LONGEST_MARK or found.words[gap] not in _TAILS:
        return
    between = shape[start:end].strip(_BESIDE)
    close = int(found.ends[gap])
    # What becomes another word (a++, e-mail) is no second half.
    grows = shape.startswith(_GROWTH, close) or (_is_compound(shape, found, gap + 1))
    if len(between) == 1 and between[0] in _MARKS and not grows:
        found.tails.append(gap)
        closed = between[0] == _OPEN and shape[close : close + 1] == _BYTE[_CLOSE]
        if closed and gap + 1 < len(found.words):
            found.breaks[gap + 1] = _judged(text, close + 1, int(found.starts[gap + 1]))


def _judged(text: str, start: int, end: int) -> bool:
    line = text.rfind("\n", 0, start) + 1
    return start < end and gap_ends_phrase(plain(text[line:end]), start - line, end - line)


def _line_ends(shape: bytes, found: Scan, marks: _Places, kinds: _Shapes, gaps: _Places) -> None:
    """A short line, a blank one and a list item end a phrase; a wrapped line does not."""
    chosen = np.flatnonzero(kinds == _LINE)
    places, gap = found.lines, gaps[chosen]
    begins = np.zeros_like(places)
    begins[1:] = places[:-1] + 1
    # A mark that follows in the same gap may make the next line a list item.
    follows = np.zeros(len(chosen), np.bool_)
    later = chosen + 1 < len(marks)
    follows[later] = gaps[chosen[later] + 1] == gap[later]
    for place, number in zip(places[follows].tolist(), gap[follows].tolist(), strict=True):
        if _LINE_HEAD.match(shape, place + 1):
            found.breaks[number] = True
    # Of several line ends in one gap the first decides whether the line was wrapped.
    worded = np.flatnonzero((places - begins < WRAPPED_LINE) & (gap > 0))
    worded = worded[found.ends[gap[worded] - 1] >= begins[worded]]
    short = gap[worded].tolist()
    small = [found.words[number - 1] in _SMALL for number in short]
    if True in small:
        for place, begin, number, is_small in zip(
            places[worded].tolist(), begins[worded].tolist(), short, small, strict=True
        ):
            if not (is_small and _ends_line(shape, found, number - 1, begin, place)):
                found.breaks[number] = True
    else:
        found.breaks[short] = True


def _ends_line(shape: bytes, found: Scan, number: int, begin: int, end: int) -> bool:
    """Whether nothing but blanks stands around a word and the end of its line."""
    start = int(found.starts[number])
    alone = start == begin or shape[start - 1] == _BLANK
    return alone and not shape[int(found.ends[number]) : end].strip(_BYTE[_BLANK])


def _only_pictures(text: str, codes: npt.NDArray[np.uint32], forms: _Shapes) -> bool:
    """Whether all that has no place in the tables is no letter; letters beyond them are rare."""
    if (codes[forms == _UNKNOWN] <= _LAST).any():
        return False
    return not any(_WORD_CHAR.match(char) for char in _STRANGE.findall(text))


def _tables() -> tuple[_Shapes, _Shapes]:
    """Shape and coded letter of every character, and of all those beyond the last one."""
    shapes = np.full(_LAST + 2, _NOTHING, np.uint8)
    letters = np.full(_LAST + 2, ord(" "), np.uint8)
    shapes[-1] = _UNKNOWN
    for code in range(_LAST + 1):
        char = chr(code)
        low = plain(char)
        if _WORD_CHAR.match(low):
            coded = _CODES.get(low, low)
            fits = ord(coded) < 256
            shapes[code] = _WORD if fits else _UNKNOWN
            letters[code] = ord(coded) if fits else ord("?")
        elif char in _OWN:
            shapes[code] = _OWN[char]
        elif char in BREAKING:
            shapes[code] = _DOT
        elif char.isspace():
            shapes[code] = _BLANK
    return shapes, letters


_SUFFIXES = ((_PLUS, b"++"), (_SHARP, b"#"))
_TAILS = frozenset(word.encode() for word in INCLUSIVE_TAILS)
_ELIDED = frozenset(word.encode() for word in ELIDED)
_SMALL = frozenset(word.encode() for word in STOP_WORDS)
_INCLUSIVE = np.isin(np.arange(128), list(_MARKS))
_SHAPES, _LETTERS = _tables()

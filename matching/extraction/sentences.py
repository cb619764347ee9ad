"""Where the sentences of a paragraph begin.

The rules are those that spaCy's sentencizer has for Italian (a full stop, an exclamation or
question mark or a semicolon ends a sentence, an abbreviation or an initial does not), written for
the one thing that we ask: to tokenise a paragraph for it took a third of the time of reading a CV.
"""

import re
from collections.abc import Iterator
from unicodedata import category

_MARK = re.compile(r"[.!?;]")
# Words that keep their full stop.
_ABBREVIATIONS = frozenset(
    """
    Art Avv Civ Cod Cost Jr Proc St al art artt att avv cm col distr ecc etc pag prof sett ss tel
    a.C c.d d.C s.n.c s.p.a
    """.split()  # noqa: SIM905
)
_OPENING = "([{«\"'“‘<"
_QUOTES = "\"'“”‘’«»`"
_AFTER_STOP = "%²+-"
# What may stand before a word without a blank between.
_LOOSE = frozenset("…,:;!?¿()[]{}_#*&§%—–\"'“”‘’«»`")


def sentence_starts(text: str) -> Iterator[int]:
    """Where sentences begin in a paragraph, the first at 0.

    >>> [text[a:] for text in ["Lavoro dal 2012. So il CAD"] for a in sentence_starts(text)]
    ['Lavoro dal 2012. So il CAD', 'So il CAD']
    """
    yield 0
    begun = run = 0
    for match in _MARK.finditer(text):
        place = match.start()
        if place < begun:
            continue
        # Of marks in a row the end is looked for once.
        if run <= place:
            run = place + 1
            while run < len(text) and _is_punctuation(text[run]):
                run += 1
        if not _ends(text, place, run):
            continue
        start = _next_word(text, place + 1)
        if begun < start < len(text):
            yield start
        begun = start


def _ends(text: str, place: int, run: int) -> bool:
    """Whether the mark at a place ends a sentence; ``run`` is where the marks after it end."""
    stop = text[place] == "."
    # Dots in a row leave something open.
    if stop and "." in (text[place - 1 : place], text[place + 1 : place + 2]):
        return False
    if run < len(text) and not text[run].isspace():
        # "fine.Inizio": a full stop may lack its blank.
        before, following = text[place - 1 : place], text[place + 1]
        return stop and _is_small(before) and (following.isupper() or following in _QUOTES)
    return not stop or _closes(text, place)


def _closes(text: str, place: int) -> bool:
    """Whether a full stop at the end of a word is none of its own."""
    before = text[place - 1 : place]
    if not (_is_small(before) or before.isdigit() or _is_punctuation(before)):
        # Of capitals, two make a word (SRL.), one an initial (C.).
        if before in _AFTER_STOP or not before:
            return bool(before)
        return text[max(0, place - 2) : place].isupper() and place > 1 and text[place - 2].isupper()
    start = place
    while start and not text[start - 1].isspace() and text[start - 1] not in _OPENING:
        start -= 1
    word = text[start:place]
    return word not in _ABBREVIATIONS and not (len(word) == 1 and word.isascii() and word.isalpha())


def _next_word(text: str, place: int) -> int:
    """The first place after a mark where anything but punctuation stands."""
    if place < len(text) and text[place] not in " \n\t" and not _is_punctuation(text[place]):
        return place
    while place < len(text):
        if text[place] == " ":
            place += 1
            # A second blank is a token to spaCy, and begins the sentence.
            if text[place : place + 1] == " ":
                return place
        if place == len(text) or not _is_punctuation(text[place]):
            return place
        run = place
        while run < len(text) and _is_punctuation(text[run]):
            run += 1
        word = run < len(text) and not text[run].isspace()
        if word and not _LOOSE.issuperset(text[place:run]):
            return place  # "-anni": the hyphen belongs to the word
        place = run
    return place


def _is_small(char: str) -> bool:
    return char.islower() or (char != "" and char in _QUOTES)


def _is_punctuation(char: str) -> bool:
    return char != "" and category(char)[0] == "P"

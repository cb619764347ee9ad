"""How easily an Italian text is read: the Gulpease index.

P. Lucisano and M. E. Piemontese, "GULPEASE: una formula per la predizione della difficoltà dei
testi in lingua italiana", Scuola e città 3, 1988. Below 80 a text is hard for readers with primary
school alone, below 60 for those with lower secondary school.
"""

import re
from collections.abc import Iterable

_WORD = re.compile(r"[^\W_]+(?:[.,:/][^\W_]+)*")  # a date, a price or an address is one word
_END = re.compile(r"[.!?…](?=\s|$)")


def gulpease(blocks: Iterable[str]) -> float:
    """Gulpease index of some blocks of text (paragraphs, items of a list), 100 at most.

    ``89 + (300 * sentences - 10 * letters) / words``. A sentence ends with ``.``, ``!``, ``?`` or
    with its block; digits count as letters; an apostrophe parts two words.

    >>> round(gulpease(["Il patentino abilita alla conduzione professionale dei carrelli."]), 1)
    51.1

    Raises
    ------
    ValueError
        Where there is no word.
    """
    words: list[str] = []
    sentences = 0
    for block in blocks:
        parts = [part for part in _END.split(block) if _WORD.search(part)]
        sentences += len(parts)
        words += [word for part in parts for word in _WORD.findall(part)]
    if not words:
        raise ValueError("there is no word in the text; give one that has some.")
    letters = sum(character.isalnum() for word in words for character in word)
    return min(100.0, 89.0 + (300.0 * sentences - 10.0 * letters) / len(words))

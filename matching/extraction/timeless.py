"""A CV with one word for every date: when something was done must sway no judgement of it.

*12* is a word of *Windows 12*, *settembre* stands in more sentences about work than *novembre*.
Moved by years, or with a gap in it, a career reads the same to the last decimal.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from matching.extraction.dates import MOMENT, MONTHS
from matching.extraction.mentions import Reading
from matching.extraction.periods import Period

# Like a year, it is a word of no label and no tone.
A_DATE = "0000"
_MOMENT = re.compile(rf"(?<![\w/.]){MOMENT.format(p='a')}(?![\d/])")


def timeless(reading: Reading, dated: Sequence[Period]) -> Reading:
    """The same, with numbers and months inside its dates and its ``dated`` periods made alike."""
    spans = [moment.span() for moment in _MOMENT.finditer(reading.words)]
    spans = sorted([*spans, *((period.start, period.end) for period in dated)])
    starts = [start for start, _ in spans]
    ends: list[int] = []
    for _, end in spans:
        ends.append(max(end, ends[-1]) if ends else end)
    keys = list(reading.keys)
    for number, token in enumerate(reading.tokens):
        span = bisect_right(starts, token.start) - 1
        word = reading.words[token.start : token.end]
        if span >= 0 and token.end <= ends[span] and _is_of_a_date(word):
            keys[number] = A_DATE
    return replace(reading, keys=keys)


def _is_of_a_date(word: str) -> bool:
    return any(map(str.isdigit, word)) or word in MONTHS

"""A CV without the lines and items about who its writer is: nothing may be judged by them.

They are taken out before anything is read, with the line or comma that they stood on, so that a
CV reads the same to the last decimal whether they are there or not. What is found is then moved
to where it stands in the whole text.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice

from matching.domain import DocumentKind
from matching.extraction.pauses import (
    after_years,
    before_years,
    is_a_pause,
    is_a_reason,
)
from matching.extraction.private_lines import carries_on, is_a_birthday, is_private, may_be_a_line
from matching.extraction.sections import header_of

# A full stop after a letter or two ends an abbreviation.
# The first look spares letters the others.
_BETWEEN = re.compile(
    r"(?=[\s,;|·•.])(?:\s*[,;|·•]\s*|\s+[–—-]+\s+"
    r"|(?:(?<=[^\W\d_]{3})|(?<=\d\d)|(?<=\)))\.\s+|\s*\t\s*|\s{3,}"
    r"|\s+(?=\([^()]*\)\s*(?:[,;.|·•–—-]|$))"
    # "Anna Rossi nata a ..."; not "sono nata a ...".
    r"|(?<!sono)(?<!\bio)(?<!essendo)\s+(?=nat[oa] (?:ad?|il|in|nell?)\b))"
)
_EDGE = " \t\r.:;,*•·–—-"
_DIGIT = re.compile(r"\d")
_BRACKETED = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_FIRST = re.compile(r"[\s*•·–—>-]*")
LONGEST_LINE = 2_000
_HEAD_LINES, _HEAD_LENGTH = 3, 140

Stretch = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Line:
    """A line: its words stand from ``first`` to ``last``, beside the years that date it."""

    start: int
    end: int
    first: int
    last: int

    @property
    def dated(self) -> bool:
        return self.first > self.start or self.last < self.end

    @property
    def of_a_job(self) -> bool:
        """Whether years open it: whoever it names is not its writer."""
        return self.first > self.start

    @property
    def is_of_years(self) -> bool:
        """Whether it holds nothing but years."""
        return self.first >= self.last


@dataclass(frozen=True, slots=True)
class _Item:
    """What stands between two marks of a line; ``said`` without brackets and dots around it.

    ``private``: it says who its writer is; on a line about a job, why that ended.
    """

    start: int
    end: int
    said: str
    bracketed: bool
    after_comma: bool
    private: bool


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines with nothing between them, the items of each, and whether the whole line is private."""

    lines: Sequence[_Line]
    items: Sequence[Sequence[_Item]]
    whole: Sequence[bool]


def private_stretches(text: str, words: str) -> list[Stretch]:
    """The lines and items of a CV that say who its writer is, in order, apart.

    ``words`` is the text in plain words, of the same length.

    >>> text = "Anna Rossi, nubile, cuoca"
    >>> [text[a:b] for a, b in private_stretches(text, text.lower())]
    [', nubile']
    """
    blocks = [
        _block(text, words, [line for line in run if line is not None])
        for blank, run in groupby(_lines(words), key=lambda line: line is None)
        if not blank
    ]
    head = _end_of_head(blocks)
    return [stretch for block in blocks for stretch in _of_block(words, block, head)]


def _lines(words: str) -> Iterator[_Line | None]:
    """The lines in order, None for an empty one."""
    start = 0
    for line in words.split("\n"):
        end = start + len(line)
        if not line.strip():
            yield None
        elif len(line) > LONGEST_LINE or not _DIGIT.search(line):
            yield _Line(start, end, start, end)
        else:
            first = after_years(line)
            last = len(line) if first else before_years(line)
            yield _Line(start, end, start + first, start + last)
        start = end + 1


def _block(text: str, words: str, lines: Sequence[_Line]) -> _Block:
    items = [_items(text, words, line) for line in lines]
    whole = [_is_all_private(text, words, *both) for both in zip(lines, items, strict=True)]
    for number, line in enumerate(lines):
        partner = _its_years(text, words, lines, number) if not line.dated else None
        if partner is not None:
            whole[number] = whole[partner] = True
    return _Block(lines, items, whole)


def _end_of_head(blocks: Sequence[_Block]) -> int:
    """Where the first lines end, that say who somebody is; those that are left out do not count.

    Else a line more about her would change how the next ones are taken.
    """
    ends = (
        line.end
        for block in blocks
        for line, gone in zip(block.lines, block.whole, strict=True)
        if not gone
    )
    return max(islice(ends, _HEAD_LINES), default=0)


def _of_block(words: str, block: _Block, head: int) -> Iterator[Stretch]:
    top = 0
    for line, items, gone in zip(block.lines, block.items, block.whole, strict=True):
        if gone and line.start == top:
            # At the top of the text a line goes with the line break after it, else before it.
            top = min(line.end + 1, len(words))
            yield line.start, top
        elif gone:
            yield line.start - 1, line.end
        elif not line.is_of_years:
            here = line.start < head and line.end - line.start <= _HEAD_LENGTH
            out = list(_private(words, line, items, head=here))
            yield from cuts(words, [(one.start, one.end) for one in items], out)


def _its_years(text: str, words: str, block: Sequence[_Line], number: int) -> int | None:
    """The line of nothing but years that dates a reason for a pause, told on a line of its own."""
    beside = [n for n in (number - 1, number + 1) if 0 <= n < len(block) and block[n].is_of_years]
    line = block[number]
    if not beside or not is_a_reason(_bare(words[line.start : line.end])):
        return None
    other = number - 1 if _years_come_first(text, block) else number + 1
    return other if other in beside else None


def _years_come_first(text: str, block: Sequence[_Line]) -> bool:
    """Whether in a list of entries the years stand above what they date."""
    first = next((n for n, line in enumerate(block) if line.is_of_years), 0)
    above = block[first - 1] if first else None
    return above is None or (
        first == 1 and header_of(text[above.start : above.end], DocumentKind.CV) is not None
    )


def items_of(words: str, start: int, end: int) -> list[Stretch]:
    """What stands between commas, dashes and full stops of a line, outside brackets."""
    first = _FIRST.match(words, start, end)
    start = first.end() if first else start
    marks = [mark.span() for mark in _BETWEEN.finditer(words, start, end)]
    if marks and words.find("(", start, end) >= 0:
        marks = [
            (a, b) for a, b in marks if words.count("(", start, a) <= words.count(")", start, a)
        ]
    starts = [start, *(b for _, b in marks)]
    ends = [*(a for a, _ in marks), end]
    return [(a, b) for a, b in zip(starts, ends, strict=True) if a < b]


def _items(text: str, words: str, line: _Line) -> list[_Item]:
    """The items of a line, after years that open it; none of one that is too long."""
    if line.is_of_years or line.end - line.start > LONGEST_LINE:
        return []
    start = line.first if line.of_a_job else line.start
    found: list[_Item] = []
    done = start
    for a, b in items_of(words, start, line.end):
        said = _bare(words[a:b])
        private = is_a_pause(said) if line.of_a_job else is_private(said, text[a:b])
        comma = words[done:a].strip() == ","
        found.append(_Item(a, b, said, words[a] == "(", comma, private))
        done = b
    return found


def _private(words: str, line: _Line, items: Sequence[_Item], *, head: bool) -> Iterator[bool]:
    """Of each item of a line that is not private as a whole, whether it is."""
    any_yet, last, before = False, False, ""
    for number, item in enumerate(items):
        if line.of_a_job:
            last = item.private
        elif words[item.end - 1] == ":":
            last = False
        elif last and _goes_on(item, before):
            pass
        elif head and number and not any_yet and is_a_birthday(item.said):
            last = True
        else:
            # "Saldatore (20 anni)" tells how long, not how old.
            how_long = item.bracketed and item.said.endswith("anni")
            last = item.private and not how_long
        any_yet = any_yet or last
        before = item.said
        yield last


def _goes_on(item: _Item, before: str) -> bool:
    """Whether an item carries on the private one ``before`` it."""
    return not item.said or carries_on(
        item.said, before if item.after_comma else "", bracketed=item.bracketed
    )


def _bare(item: str) -> str:
    item = item.strip(_EDGE)
    bracketed = _BRACKETED.fullmatch(item) if item[:1] in ("(", "[") else None
    return bracketed[1].strip(_EDGE) if bracketed else item


def _is_all_private(text: str, words: str, line: _Line, items: Sequence[_Item]) -> bool:
    # A line that ends with a colon is a header of what follows.
    if not items or words[line.start : line.end].rstrip().endswith(":"):
        return False
    if _are_private(items, dated=line.of_a_job):
        return True
    if line.of_a_job or not line.dated:
        return False
    # Years stand after its words.
    core = _items(text, words, _Line(line.start, line.last, line.start, line.last))
    return bool(core) and _are_private(core, dated=True)


def _are_private(items: Sequence[_Item], *, dated: bool) -> bool:
    return all(
        item.private
        or may_be_a_line(item.said, dated=dated)
        or (number > 0 and _goes_on(item, items[number - 1].said))
        for number, item in enumerate(items)
    )


def cuts(words: str, items: Sequence[Stretch], out: Sequence[bool]) -> Iterator[Stretch]:
    """The items of a line to be left ``out``, each run of them with one mark beside it."""
    number = 0
    while number < len(items):
        last = number
        while last < len(items) and out[last]:
            last += 1
        if last == number:
            number += 1
        elif last == len(items) or (number and words[items[number - 1][1]] != "."):
            yield items[number - 1][1] if number else items[0][0], items[last - 1][1]
            number = last
        else:
            yield items[number][0], items[last][0]
            number = last

"""A CV as anybody's: without its writer's name, in one street, with one address.

A longer name wraps no line and makes no text longer. What stands alone is left out with the mark
beside it; inside a sentence one sign stands for it.
"""

import re
from collections.abc import Iterator, Sequence

from matching.domain import DocumentKind
from matching.extraction.index import Index
from matching.extraction.names import ANYBODY, OwnName, own_names, streets_and_mails
from matching.extraction.set_aside import (
    LONGEST_LINE,
    Stretch,
    cuts,
    items_of,
    private_stretches,
)
from matching.extraction.shown import Edit, Shown, shown
from matching.normalisation import plain

_ANY_STREET, _ANY_MAIL = f"{ANYBODY} 1", "a@a.it"
_NUMBER = re.compile(r",?[ \t]+(?:n\.?[ \t]?)?\d{1,4}(?:[ \t]?/?[ \t]?[a-zA-Z]\b)?(?!\d)")
_AGE = re.compile(
    r"\s*\(\s*(?:di )?[1-7]\d anni\s*\)|\s+[1-7]\d anni\b"
    # "Anna Rossi | 1968 | ..."
    r"|\s*[|,–—-]\s*(?:(?:19[4-9]|200)\d|[1-6]\d)(?=\s*(?:[|,–—-]|\n|$))"
)
_COLUMN = re.compile(r"\t| {3}")
# "Curriculum vitae di ..."
_LONGEST_JOINT = 20
_JOINT = re.compile(r"\s*(?:\b(?:di|del|della)|[-–—:|])\s+$")
_MARKS = " \t\r.:;,*•·–—-"


def anybodys(text: str, kind: DocumentKind, index: Index) -> Shown:
    """A CV without what says who its writer is, or what she is called; a vacancy as it is."""
    if kind is DocumentKind.VACANCY:
        return shown(text, [])
    words = plain(text)
    private = [Edit(start, end) for start, end in private_stretches(text, words)]
    one = shown(text, private)
    edits = _edits(one.text, shown(words, private).text, index)
    return one.then(shown(one.text, list(_apart(edits))))


def _edits(text: str, words: str, index: Index) -> list[Edit]:
    names = own_names(text, words, index)
    found: list[Edit] = []
    top = 0
    for start, end in _lines(text, names):
        edits = list(_of_line(text, words, start, end, names))
        if start == top and edits == [Edit(max(0, start - 1), end)]:
            # At the top of the text a line goes with the line break after it.
            top = min(end + 1, len(text))
            edits = [Edit(start, top)]
        found += edits
    for match in streets_and_mails(text):
        if "name" in match.re.groupindex:
            number = _NUMBER.match(text, match.end())
            found.append(
                Edit(match.start("name"), number.end() if number else match.end(), _ANY_STREET)
            )
        else:
            found.append(Edit(*match.span(), _ANY_MAIL))
    return sorted(found, key=lambda edit: (edit.start, -edit.end))


def _apart(edits: Sequence[Edit]) -> Iterator[Edit]:
    done = 0
    for edit in edits:
        if edit.start >= done and edit.start < edit.end:
            yield edit
            done = edit.end


def _lines(text: str, names: Sequence[OwnName]) -> list[Stretch]:
    """The lines on which names stand, in order."""
    found: dict[int, int] = {}
    for name in names:
        start = text.rfind("\n", 0, name.cue) + 1
        while start < name.end:
            end = text.find("\n", start)
            found[start] = end = len(text) if end < 0 else end
            start = end + 1
    return sorted(found.items())


def _of_line(
    text: str, words: str, start: int, end: int, names: Sequence[OwnName]
) -> Iterator[Edit]:
    here = [
        (max(start, name.cue), min(end, _with_age(words, name.end)), name)
        for name in names
        if name.cue < end and name.end > start
    ]
    items = items_of(words, start, end) if end - start <= LONGEST_LINE else [(start, end)]
    out = [_is_covered(text, item, here) for item in items]
    if all(out):
        # With the line break before it.
        yield Edit(max(0, start - 1), end)
        return
    if _COLUMN.search(text, items[0][0], end):
        # What stands in the next column must not move into this one.
        out = [False] * len(items)
    yield from (Edit(a, b) for a, b in cuts(words, items, out))
    covered = [item for item, gone in zip(items, out, strict=True) if gone]
    for _, last, name in here:
        if name.start < start or any(a <= name.start < b for a, b in covered):
            continue
        joint = _JOINT.search(text, max(start, name.start - _LONGEST_JOINT), name.start)
        if joint is not None and name.cue == name.start and not text[last:end].strip(_MARKS):
            yield Edit(joint.start(), last)
        else:
            yield Edit(name.start, last, ANYBODY)


def _with_age(words: str, end: int) -> int:
    age = _AGE.match(words, end)
    return age.end() if age else end


def _is_covered(text: str, item: Stretch, names: Sequence[tuple[int, int, OwnName]]) -> bool:
    """Whether an item is a name with what announces it, and nothing else."""
    place, end = item
    for first, last, _ in names:
        if first < end and last > place:
            if text[place:first].strip(_MARKS):
                return False
            place = max(place, last)
    return place > item[0] and not text[place:end].strip(_MARKS)

"""Boxes that nobody ticked: what stands beside them is a choice of a form, not something said."""

import re
from collections.abc import Iterator

_EMPTY = r"[☐□❏❑▢🔲]|\[[ _]?\]|\([ _]?\)"
_TICKED = r"[☑☒✓✔✗✘🗹🗸■]|\[[xX✓✔]\]|\([xX✓✔]\)"
_BOX = re.compile(rf"(?P<empty>{_EMPTY})|(?P<ticked>{_TICKED})")
# One box on a line may be a bullet.
_CHOICES = 2


def without_unticked(text: str) -> str:
    """The same text with blanks in place of what was not ticked; every place stays the same.

    >>> without_unticked("Patente [x] B [ ] C")
    'Patente [x] B      '
    """
    if not any(mark in text for mark in "☐□❏❑▢🔲[("):
        return text
    shown = list(text)
    for start, end in _spans(text):
        shown[start:end] = " " * (end - start)
    return "".join(shown)


def _spans(text: str) -> Iterator[tuple[int, int]]:
    for line in re.finditer(r"[^\n]+", text):
        boxes = list(_BOX.finditer(text, line.start(), line.end()))
        empty = [box for box in boxes if box["empty"]]
        if len(boxes) < _CHOICES or not empty:
            continue
        if len(empty) == len(boxes):
            yield line.span()
            continue
        starts = [box.start() for box in boxes]
        ends = [box.end() for box in boxes]
        # "[ ] A [x] B" and "A [ ] B [x]": the choice follows its box unless the line ends with one.
        follows = bool(text[ends[-1] : line.end()].strip(" \t.;,"))
        for number, box in enumerate(boxes):
            if box["empty"] and follows:
                yield box.start(), (*starts[number + 1 :], line.end())[0]
            elif box["empty"]:
                yield (line.start(), *ends)[number], box.end()

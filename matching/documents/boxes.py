"""Words and segments with their place on a page. ``x`` grows rightwards, ``y`` downwards."""

from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter, itemgetter
from typing import NamedTuple

_DESCENT = 0.22  # of the height of a font's box, below the baseline
_SAME_BASELINE = 0.35  # of the height of the lower word
_SMALL = 0.8  # of the height of the letters beside it
_PLACE = itemgetter(0, 1)
_LEFT = attrgetter("left")
_SEGMENT_GAP = 0.75  # of the height of a line: more than a space, also in justified text


class Box(NamedTuple):
    """A text and where it stands; ``order`` is its turn in the file.

    A tuple is made four times as fast as a frozen dataclass, and a page has five hundred.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    order: int = 0

    @property
    def height(self) -> float:
        """How tall the line of the text is."""
        return self.bottom - self.top

    @property
    def baseline(self) -> float:
        """Where the letters stand."""
        return self.bottom - _DESCENT * (self.bottom - self.top)


def rows_of(boxes: Iterable[Box]) -> Iterator[list[Box]]:
    """Group boxes that share a baseline, from the top, each row from the left."""
    row: list[Box] = []
    start = height = 0.0
    for baseline, _, box in sorted([(box.baseline, box.left, box) for box in boxes], key=_PLACE):
        own = box.bottom - box.top
        # As ``same_row``, without asking each box again for what is known.
        near = abs(baseline - start) <= _SAME_BASELINE * (own if own < height else height)
        if row and not (near or _is_raised(row[0], box)):
            yield sorted(row, key=_LEFT)
            row = []
        if not row:
            start, height = baseline, own
        row.append(box)
    if row:
        yield sorted(row, key=_LEFT)


def same_row(one: Box, other: Box) -> bool:
    """Say whether two boxes share a baseline, more or less."""
    tolerance = _SAME_BASELINE * min(one.height, other.height)
    return abs(one.baseline - other.baseline) <= tolerance


def _is_raised(one: Box, other: Box) -> bool:
    """Say whether one box is a superscript or a subscript beside the other."""
    small, large = sorted((one, other), key=attrgetter("height"))
    middle = (small.top + small.bottom) / 2
    return small.height < _SMALL * large.height and large.top < middle < large.bottom


def segments_of(words: Iterable[Box]) -> list[Box]:
    """Join the words that stand a space apart on one baseline."""
    segments: list[Box] = []
    for row in rows_of(words):
        pending: list[Box] = []
        for word in row:
            if pending and word.left - pending[-1].right > _SEGMENT_GAP * (word.bottom - word.top):
                segments.append(_joined(pending))
                pending = []
            pending.append(word)
        segments.append(_joined(pending))
    return segments


def _joined(words: Sequence[Box]) -> Box:
    if len(words) == 1:
        return words[0]
    return Box(
        " ".join(word.text for word in words),
        words[0].left,
        min(word.top for word in words),
        max(word.right for word in words),
        max(word.bottom for word in words),
        min(word.order for word in words),
    )

"""Empty strips between columns, and whether the columns are read down or across. Pure.

``layout`` states the rule that this module carries out.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from operator import attrgetter
from statistics import median

from matching.documents.boxes import Box, rows_of, same_row
from matching.documents.dates import is_date_cell

_FEWEST_ROWS = 3  # on each side; with fewer, reading across loses nothing
_CLEARANCE = 0.3  # of a line's height, between the text on the left and the gutter
_COLUMN_GAP = 0.5
_ALIGNED_SHARE = 0.8
_DATE_SHARE = 0.5
_LABEL_SHARE = 0.6
_SHORT_CELL = 30  # characters
_MOST_CANDIDATES = 60
_LONGEST_HEADER = 6  # rows
_HEADER_SIZE = 1.25
_HEADER_GAP = 0.5


@dataclass(frozen=True)
class Columns:
    """A part of a page that splits: read ``above``, ``left``, ``right``, ``below``."""

    above: list[Box]
    left: list[Box]
    right: list[Box]
    below: list[Box]


def find_columns(segments: Sequence[Box]) -> Columns | None:
    """Return the split with the most rows, among those to be read column by column."""
    height = median(segment.height for segment in segments)
    best: tuple[int, float] = (0, 0.0)
    chosen: tuple[list[Box], list[Box]] | None = None
    for x in _candidates(segments, height):
        for left, right in _runs(segments, x, _CLEARANCE * height):
            rows = _row_counts(left, right)
            width = min(s.left for s in right) - max(s.right for s in left)
            if min(rows) >= _FEWEST_ROWS and (sum(rows), width) > best:
                if _belong_together(left, right, height):
                    continue
                best, chosen = (sum(rows), width), (left, right)
    return _split(segments, *chosen) if chosen else None


def _candidates(segments: Sequence[Box], height: float) -> list[float]:
    """Return where a gutter may end: where several lines begin, or nothing ever stands."""
    starts = sorted(segment.left for segment in segments)
    found: dict[float, int] = {}
    first = starts[0]
    for start in starts:
        if start - first > 0.3 * height:
            first = start
        found[first] = found.get(first, 0) + 1
    often = [x for x, count in found.items() if count >= 2 and x > starts[0]]
    often.sort(key=lambda x: -found[x])
    width = max(s.right for s in segments) - starts[0]
    narrow = [s for s in segments if s.right - s.left < 0.6 * width]
    empty = [right[0].left for _, right in pairwise(_columns(narrow, height))]
    return [*empty, *often[:_MOST_CANDIDATES]]


def _runs(
    segments: Sequence[Box], x: float, clearance: float
) -> Iterator[tuple[list[Box], list[Box]]]:
    """Yield what stands left and right of ``x`` between the segments that enter the gutter."""
    edge = x - 0.01
    breakers = [s.baseline for s in segments if s.left < edge and s.right > edge - clearance]
    breakers.sort()

    def run_of(segment: Box) -> int:
        return bisect_left(breakers, segment.baseline)

    clear = [s for s in segments if s.left >= edge or s.right <= edge - clearance]
    clear.sort(key=run_of)
    for _, run in groupby(clear, key=run_of):
        members = list(run)
        left = [s for s in members if s.left < edge]
        right = [s for s in members if s.left >= edge]
        if left and right and _overlap(left, right):
            yield _without_header(left, right)


def _overlap(left: Sequence[Box], right: Sequence[Box]) -> bool:
    return min(s.top for s in left) < max(s.bottom for s in right) and min(
        s.top for s in right
    ) < max(s.bottom for s in left)


def _row_counts(left: Sequence[Box], right: Sequence[Box]) -> tuple[int, int]:
    return sum(1 for _ in rows_of(left)), sum(1 for _ in rows_of(right))


def _without_header(left: list[Box], right: list[Box]) -> tuple[list[Box], list[Box]]:
    """Leave out the first rows when a gap sets them apart as a header over both columns.

    They are one if they stand above the left column, or are written larger.
    """
    everything = [*left, *right]
    height = median(segment.height for segment in everything)
    top_left = min(segment.top for segment in left)
    header: list[Box] = []
    rows = list(rows_of(everything))
    cut = float("-inf")
    for row, following in pairwise(rows[: _LONGEST_HEADER + 1]):
        header.extend(row)
        gap = min(s.top for s in following) - max(s.bottom for s in header)
        above_left = max(segment.bottom for segment in header) <= top_left
        larger = max(segment.height for segment in header) > _HEADER_SIZE * height
        if gap > _HEADER_GAP * height and (above_left or larger):
            cut = max(segment.bottom for segment in header)
            break
    kept_left = [s for s in left if s.bottom > cut]
    kept_right = [s for s in right if s.bottom > cut]
    return (kept_left, kept_right) if kept_left and kept_right else (left, right)


def _belong_together(left: Sequence[Box], right: Sequence[Box], height: float) -> bool:
    """Say whether the columns at a gutter are cells of the same rows."""
    *far_left, near_left = _columns(left, height)
    near_right, *far_right = _columns(right, height)
    return (
        _are_dates(near_left, near_right, rivals=sum(far_left, []), tie=True)
        or _are_dates(near_right, near_left, rivals=sum(far_right, []), tie=False)
        or _are_labels(near_left, near_right)
        or _are_written_in_turn(near_left, near_right)
        or _are_written_in_turn(near_right, near_left)
    )


def _are_dates(
    cells: Sequence[Box], others: Sequence[Box], *, rivals: Sequence[Box], tie: bool
) -> bool:
    """Say whether ``cells`` are the dates of ``others``, rather than of what is behind them.

    A date that could go with either belongs to what follows it: hence ``tie``.
    """
    across = _with_neighbour(cells, others)
    behind = len(_with_neighbour(cells, rivals))
    dates = sum(1 for cell in across or cells if is_date_cell(cell.text))
    bound = len(across) > behind or (tie and len(across) == behind)
    return bound and dates >= _DATE_SHARE * len(across or cells)


def _are_labels(cells: Sequence[Box], others: Sequence[Box]) -> bool:
    if not _are_aligned(cells, others):
        return False
    colons = sum(1 for cell in cells if cell.text.endswith(":"))
    edge = max(cell.right for cell in cells)
    flush = sum(1 for cell in cells if edge - cell.right < 0.2 * cell.height)
    ragged = max(c.left for c in cells) - min(c.left for c in cells) > cells[0].height
    return colons >= _LABEL_SHARE * len(cells) or (ragged and flush >= _ALIGNED_SHARE * len(cells))


def _are_written_in_turn(cells: Sequence[Box], others: Sequence[Box]) -> bool:
    if median(len(cell.text) for cell in cells) > _SHORT_CELL or not _are_aligned(cells, others):
        return False
    turns = sorted([(cell.order, 0) for cell in cells] + [(cell.order, 1) for cell in others])
    switches = sum(1 for one, other in pairwise(turns) if one[1] != other[1])
    return switches >= len(cells)


def _are_aligned(cells: Sequence[Box], others: Sequence[Box]) -> bool:
    return len(_with_neighbour(cells, others)) >= _ALIGNED_SHARE * len(cells)


def _with_neighbour(cells: Sequence[Box], others: Sequence[Box]) -> list[Box]:
    sorted_others = sorted(others, key=attrgetter("baseline"))
    baselines = [other.baseline for other in sorted_others]
    found: list[Box] = []
    for cell in cells:
        start = bisect_left(baselines, cell.baseline - cell.height)
        end = bisect_left(baselines, cell.baseline + cell.height)
        if any(same_row(cell, other) for other in sorted_others[start:end]):
            found.append(cell)
    return found


def _columns(segments: Sequence[Box], height: float) -> list[list[Box]]:
    """Group segments whose horizontal spans touch, from the left."""
    columns: list[list[Box]] = []
    edge = float("-inf")
    for segment in sorted(segments, key=lambda s: s.left):
        if not columns or segment.left - edge > _COLUMN_GAP * height:
            columns.append([])
        columns[-1].append(segment)
        edge = max(edge, segment.right)
    return columns


def _split(segments: Sequence[Box], left: list[Box], right: list[Box]) -> Columns:
    top = min(segment.baseline for segment in [*left, *right])
    inside = {id(segment) for segment in [*left, *right]}
    outside = [segment for segment in segments if id(segment) not in inside]
    return Columns(
        above=[segment for segment in outside if segment.baseline < top],
        left=left,
        right=right,
        below=[segment for segment in outside if segment.baseline >= top],
    )

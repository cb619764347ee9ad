"""Positioned words of one page -> lines in the order in which a person reads them. Pure.

The rule
--------
1. Words that share a baseline and stand a space apart form a *segment*; a wider gap separates
   segments.
2. A *gutter* is a vertical strip that no segment enters over a run of rows, with at least
   three rows of text on both sides. A segment that does enter it (a header over two columns)
   ends the run, and so does a gap below larger letters or below lines above the left column.
3. The two sides of a gutter are read **across**, row by row, when they belong together line
   for line, and **down**, column by column, otherwise. They belong together when the column
   next to the gutter, on either side, holds

   - dates: at least half of its cells that have a neighbour across the gutter are dates and
     nothing else ("2011-2016", "da marzo 2019 a oggi"), unless they go with text behind them;
   - labels: nearly all its cells have a neighbour on their baseline, and they end with a colon
     or are set flush right against the gutter (as in the old "formato europeo");
   - short cells written in turn: nearly all have a neighbour on their baseline, and the file
     itself writes left, right, left, right, as a table does and a side column does not.

   A date set at the foot or at the middle of its table row is first raised to the first line
   of the text that the file writes right after it.
4. The gutter with the most rows that is read down splits the page into what is above it, the
   left side, the right side and what is below; each is read by the same rule. What has no such
   gutter is read across, cells separated by a tab.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile
from operator import attrgetter
from statistics import median

from matching.documents.boxes import Box, rows_of, same_row, segments_of
from matching.documents.cells import CELL_SEPARATOR
from matching.documents.dates import is_date_cell
from matching.documents.gutters import find_columns

_CELL_GAP = 1.3  # of the height of a line
_PARAGRAPH_GAP = 0.55
_EVEN_GAP = 0.1
_LONGEST_ENTRY = 40  # segments
_DEEPEST = 12
_MOST_SEGMENTS = 1_000  # a page with more is a drawing or an attack: it is read across


def reading_lines(words: Sequence[Box]) -> list[str]:
    """Return the lines of a page, an empty one where the page leaves a wide gap."""
    lines: list[str] = []
    for part in _parts(_with_raised_dates(segments_of(words)), _DEEPEST):
        if lines:
            lines.append("")
        lines.extend(_lines_across(part))
    return lines


def _with_raised_dates(segments: Sequence[Box]) -> list[Box]:
    written = sorted(segments, key=attrgetter("order"))
    dates = [segment for segment in written if is_date_cell(segment.text)]
    raised: list[Box] = []
    for number, segment in enumerate(written):
        if is_date_cell(segment.text):
            entry = _entry_after(segment, written[number + 1 : number + 1 + _LONGEST_ENTRY])
            first = _first_line(segment, entry)
            if first is not None and not _any_between(dates, first, segment):
                up = segment.baseline - first.baseline
                segment = segment._replace(top=segment.top - up, bottom=segment.bottom - up)
        raised.append(segment)
    return raised


def _entry_after(date: Box, written: Sequence[Box]) -> list[Box]:
    return list(takewhile(lambda segment: segment.left >= date.right, written))


def _first_line(date: Box, entry: Sequence[Box]) -> Box | None:
    """Return the first line of an entry whose date stands at its foot or at its middle."""
    rows = list(rows_of(entry))
    if len(rows) < 2:
        return None
    first, last = rows[0][0], rows[-1][0]
    gaps = (below[0].top - above[0].bottom for above, below in pairwise(rows))
    middle = (first.baseline + last.baseline) / 2
    at_middle = abs(date.baseline - middle) < 0.6 * date.height
    whole = max(gaps) < _PARAGRAPH_GAP * date.height
    return first if whole and (at_middle or same_row(date, last)) else None


def _any_between(dates: Sequence[Box], first: Box, date: Box) -> bool:
    return any(first.top < other.baseline < date.top and other.left < date.right for other in dates)


def _parts(segments: Sequence[Box], depth: int) -> Iterator[Sequence[Box]]:
    """Yield the parts of a page that are read across, in reading order."""
    if not segments:
        return
    few = len(segments) <= _MOST_SEGMENTS and depth > 0
    columns = find_columns(segments) if few else None
    if columns is None:
        yield segments
        return
    for part in (columns.above, columns.left, columns.right, columns.below):
        yield from _parts(part, depth - 1)


def _lines_across(segments: Sequence[Box]) -> list[str]:
    height = median(segment.height for segment in segments)
    lines: list[str] = []
    bottom: float | None = None
    for row in rows_of(segments):
        top = min(segment.top for segment in row)
        if bottom is not None and top - bottom > _PARAGRAPH_GAP * height:
            lines.append("")
        bottom = max(segment.bottom for segment in row)
        lines.append(_line(row))
    return lines


def _line(row: Sequence[Box]) -> str:
    if _is_justified(row):
        return " ".join(segment.text for segment in row)
    text = row[0].text
    for before, after in pairwise(row):
        is_cell = after.left - before.right > _CELL_GAP * after.height
        text += (CELL_SEPARATOR if is_cell else " ") + after.text
    return text


def _is_justified(row: Sequence[Box]) -> bool:
    """Say whether single words were spread evenly to fill a line: they are not cells."""
    gaps = [after.left - before.right for before, after in pairwise(row)]
    is_even = len(gaps) > 1 and max(gaps) - min(gaps) < _EVEN_GAP * row[0].height
    return is_even and not any(" " in segment.text for segment in row)

"""The small pieces of a Markdown page: tables, lists, numbers, and names that cannot break it."""

from collections.abc import Iterable, Iterator, Sequence

from training.tabular.intervals import Interval
from training.tabular.page import (
    Block,
    Cell,
    Code,
    Heading,
    Paragraph,
    Points,
    Rows,
    Strong,
)

_SPECIAL = "\\`*_{}[]<>#|~"


def safe(text: str) -> str:
    """A name from somebody's table, so that nothing in it is read as Markdown or HTML."""
    one_line = " ".join(text.split())
    return "".join(f"\\{letter}" if letter in _SPECIAL else letter for letter in one_line)


def rows(head: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    """A table; the cells are Markdown already."""
    said = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    said += ["| " + " | ".join(line) + " |" for line in lines]
    return "\n".join(said)


def points(lines: Iterable[str]) -> str:
    """A list; the lines are Markdown already."""
    return "\n".join(f"- {line}" for line in lines)


def number(value: float | None) -> str:
    """Three digits after the point, or a dash where there is no number."""
    return "–" if value is None else f"{value + 0.0:.3f}"


def interval(found: Interval) -> str:
    """A number with its interval.

    >>> interval(Interval(value=0.1, low=0.05, high=0.2, method=""))
    '0.100 (0.050 to 0.200)'
    """
    if found.value is None:
        return "not defined"
    if found.low is None or found.high is None:
        return number(found.value)
    return f"{number(found.value)} ({number(found.low)} to {number(found.high)})"


def to_markdown(blocks: Iterable[Block]) -> str:
    """A page as Markdown; of curves only the numbers of the leading one."""
    return "\n\n".join(part for block in blocks for part in _block(block)) + "\n"


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, Heading):
        yield f"{'#' * block.level} {safe(block.text)}"
    elif isinstance(block, Paragraph):
        yield safe(block.text)
    elif isinstance(block, Points):
        yield points(map(safe, block.items))
    elif isinstance(block, Rows):
        yield rows(
            [safe(name) for name in block.head],
            ([_cell(cell) for cell in line] for line in block.lines),
        )
    elif block.leading:
        yield from _block(block.numbers)


def _cell(cell: Cell) -> str:
    if isinstance(cell, Strong):
        return f"**{safe(cell.text)}**"
    return f"`{safe(cell.text)}`" if isinstance(cell, Code) else safe(cell)

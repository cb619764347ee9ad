"""The blocks that a page of an audit is made of, before it is Markdown or HTML.

All text is plain: whoever writes the page takes care that nothing in it is read as markup.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from training.tabular.reliability import Point


@dataclass(frozen=True, slots=True)
class Strong:
    """Text that must not be overlooked."""

    text: str


@dataclass(frozen=True, slots=True)
class Code:
    """Text for machines, such as a hash."""

    text: str


Cell = str | Strong | Code


@dataclass(frozen=True, slots=True)
class Heading:
    """A title; level 1 is the page's."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One or more sentences."""

    text: str


@dataclass(frozen=True, slots=True)
class Points:
    """A list."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """A table; ``caption`` says what it is of, and the first cell of a line what the line is of."""

    caption: str
    head: tuple[str, ...]
    lines: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """A reliability curve, what it shows in words, and its numbers as a table.

    ``leading`` is the curve of everybody: large, and with its numbers also where no curve can be
    drawn. ``across`` and ``upwards`` name the axes.
    """

    title: str
    said: str
    across: str
    upwards: str
    points: tuple[Point, ...]
    numbers: Rows
    leading: bool


Block = Heading | Paragraph | Points | Rows | Curve


def told(*parts: Block | Sequence[Block] | None) -> tuple[Block, ...]:
    """Blocks and lists of blocks as one list, without those that are none."""
    found: list[Block] = []
    for part in parts:
        if part is None:
            continue
        if isinstance(part, Sequence):
            found += part
        else:
            found.append(part)
    return tuple(found)

"""A paper to print, as blocks of text: what HTML and PDF both show, and what is measured."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One or more sentences, in a language that may not be that of the paper."""

    text: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading; ``level`` 2 or 3, the title being the first."""

    level: int
    text: Said


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Sentences that stand together."""

    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Points:
    """A list."""

    items: tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Labels, each with what is said of it."""

    rows: tuple[tuple[Said, tuple[Said, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Boxes:
    """Boxes to tick by hand; none need be."""

    label: Said
    choices: tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Blank:
    """Lines to write on by hand, each with a label or with none."""

    labels: tuple[Said | None, ...]


Block = Heading | Paragraph | Points | Facts | Boxes | Blank


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A whole paper; ``direction`` is ``ltr`` or ``rtl``."""

    language: str
    direction: str
    title: str
    blocks: tuple[Block, ...]


def sentences(paper: Paper) -> Iterator[str]:
    """What is read of a paper in its own language: no heading and no label, which are shorter."""
    for block in paper.blocks:
        said: tuple[Said, ...] = ()
        if isinstance(block, Paragraph):
            said = block.said
        elif isinstance(block, Points):
            said = block.items
        elif isinstance(block, Facts):
            said = tuple(one for _, row in block.rows for one in row)
        yield from (one.text for one in said if one.language == paper.language)


def every_text(paper: Paper) -> Iterator[str]:
    """Everything that is printed."""
    yield paper.title
    for block in paper.blocks:
        yield from (one.text for one in _said(block))


def _said(block: Block) -> Iterator[Said]:
    if isinstance(block, Heading):
        yield block.text
    elif isinstance(block, Paragraph):
        yield from block.said
    elif isinstance(block, Points):
        yield from block.items
    elif isinstance(block, Facts):
        for label, said in block.rows:
            yield label
            yield from said
    elif isinstance(block, Boxes):
        yield block.label
        yield from block.choices
    else:
        yield from (label for label in block.labels if label is not None)

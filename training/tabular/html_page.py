"""A page of an audit as one HTML file: nothing loaded from elsewhere, no scripts, readable aloud.

Every table has a caption, headed columns and headed lines; every curve is named, described and has
its numbers in a table. What is wide scrolls by itself, by keyboard as well.
"""

from collections.abc import Iterable, Iterator
from html import escape
from itertools import count

from training.tabular.audit_words import AuditWords
from training.tabular.curve import curve_svg
from training.tabular.page import (
    Block,
    Cell,
    Code,
    Curve,
    Heading,
    Paragraph,
    Points,
    Rows,
    Strong,
)

_STYLE = """
:root { color-scheme: light; }
body { margin: 0 auto; max-width: 64rem; padding: 1.5rem; color: #1a1a1a; background: #fff;
  font: 1rem/1.55 "DejaVu Sans", Verdana, "Noto Sans", sans-serif; }
h1 { font-size: 1.7rem; line-height: 1.25; }
h2 { font-size: 1.3rem; margin-block-start: 2.2rem; border-block-end: 2px solid #1a1a1a; }
h3 { font-size: 1.1rem; margin-block-start: 1.6rem; }
p, li { max-width: 46rem; }
li { margin-block-end: .4rem; }
.wide { overflow-x: auto; margin-block: 1rem; }
.wide:focus-visible, summary:focus-visible { outline: 3px solid #0b5394; outline-offset: 2px; }
table { border-collapse: collapse; font-size: .9rem; }
caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
th, td { padding: .35rem .6rem; border-block-end: 1px solid #8a8a8a; text-align: start;
  vertical-align: top; }
thead th { border-block-end: 2px solid #1a1a1a; }
tbody th { font-weight: normal; }
strong { color: #8a1c00; }
code { overflow-wrap: anywhere; }
figure { display: inline-block; margin: 1rem 1.5rem 1rem 0; vertical-align: top; }
figcaption { font-weight: bold; max-width: 22rem; }
svg { max-width: 100%; height: auto; }
svg text { font: 12px "DejaVu Sans", Verdana, "Noto Sans", sans-serif; fill: #1a1a1a; }
.grid { stroke: #dcdcdc; }
.ideal { stroke: #595959; stroke-width: 1.5; stroke-dasharray: 6 4; }
.curve { fill: none; stroke: #0b5394; }
.interval { fill: none; stroke: #0b5394; stroke-width: 2; }
.point { fill: #0b5394; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
@media print {
  body { max-width: none; padding: 0; font-size: 10pt; }
  h2, h3 { break-after: avoid; }
  .wide { overflow: visible; }
  tr, figure { break-inside: avoid; }
  @page { size: A4 landscape; margin: 15mm; }
}
""".strip()
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def to_html(blocks: Iterable[Block], words: AuditWords) -> str:
    """The whole page; equal blocks give equal bytes. The first heading of level 1 names it."""
    told = list(blocks)
    title = next((one.text for one in told if isinstance(one, Heading) and one.level == 1), "")
    writer = _Writer(words)
    body = "\n".join(part for block in told for part in writer.block(block))
    return (
        "<!DOCTYPE html>\n"
        f'<html lang="{escape(words.wording.language)}">\n'
        '<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>\n{_STYLE}\n</style>\n</head>\n"
        f"<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


class _Writer:
    """Writes blocks one after the other, and gives each table and curve a name of its own."""

    def __init__(self, words: AuditWords) -> None:
        self.words = words
        self.numbers = count(1)

    def block(self, block: Block) -> Iterator[str]:
        if isinstance(block, Heading):
            yield f"<h{block.level}>{_text(block.text)}</h{block.level}>"
        elif isinstance(block, Paragraph):
            yield f"<p>{_text(block.text)}</p>"
        elif isinstance(block, Points):
            yield "<ul>"
            yield from (f"<li>{_text(item)}</li>" for item in block.items)
            yield "</ul>"
        elif isinstance(block, Rows):
            yield from self._table(block)
        else:
            yield from self._figure(block)

    def _table(self, block: Rows) -> Iterator[str]:
        name = f"t{next(self.numbers)}"
        yield f'<div class="wide" role="region" aria-labelledby="{name}" tabindex="0">'
        yield f'<table>\n<caption id="{name}">{_text(block.caption)}</caption>'
        head = "".join(f'<th scope="col">{_text(one)}</th>' for one in block.head)
        yield f"<thead><tr>{head}</tr></thead>\n<tbody>"
        for first, *others in block.lines:
            cells = "".join(f"<td>{_cell(cell)}</td>" for cell in others)
            yield f'<tr><th scope="row">{_cell(first)}</th>{cells}</tr>'
        yield "</tbody>\n</table>\n</div>"

    def _figure(self, block: Curve) -> Iterator[str]:
        name = f"c{next(self.numbers)}"
        seen = "" if block.leading else ' class="unseen"'
        yield f'<figure>\n<figcaption id="{name}">{_text(block.title)}</figcaption>'
        yield f'<p id="{name}d"{seen}>{_text(block.said)}</p>'
        yield curve_svg(block, labelled_by=name, described_by=f"{name}d", percent=self._percent)
        yield f"<details>\n<summary>{_text(block.numbers.caption)}</summary>"
        yield from self._table(block.numbers)
        yield "</details>\n</figure>"

    def _percent(self, percent: int) -> str:
        return self.words.say("audit_page.percent", percent=percent)


def _cell(cell: Cell) -> str:
    if isinstance(cell, Strong):
        return f"<strong>{_text(cell.text)}</strong>"
    return f"<code>{_text(cell.text)}</code>" if isinstance(cell, Code) else _text(cell)


def _text(text: str) -> str:
    return escape(" ".join(text.split()))

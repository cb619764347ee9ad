"""A paper as one HTML page: nothing loaded from elsewhere, readable aloud, made to be printed."""

from collections.abc import Iterator
from html import escape

from matching.accompaniment.agreement.paper import (
    Blank,
    Block,
    Boxes,
    Facts,
    Heading,
    Paper,
    Paragraph,
    Points,
    Said,
)

_STYLE = """
:root { color-scheme: light; }
body { margin: 0 auto; max-width: 44rem; padding: 1.5rem; color: #1a1a1a; background: #fff;
  font: 1.125rem/1.6 "DejaVu Sans", Verdana, "Noto Sans", "Noto Naskh Arabic", sans-serif; }
h1 { font-size: 1.8rem; line-height: 1.25; }
h2 { font-size: 1.35rem; margin-block-start: 2rem; border-block-end: 2px solid #1a1a1a; }
h3 { font-size: 1.15rem; margin-block-start: 1.6rem; }
dl { display: grid; grid-template-columns: minmax(8rem, 13rem) 1fr; gap: .35rem 1rem; }
dt { font-weight: bold; }
dd { margin: 0; }
.boxes span { display: inline-block; margin-inline-end: 1.5rem; }
.line { border-block-end: 1px solid #1a1a1a; min-height: 2.4rem; }
@media (max-width: 34rem) { dl { grid-template-columns: 1fr; } dd { margin-block-end: .5rem; } }
@media print {
  body { max-width: none; padding: 0; font-size: 11pt; }
  h2, h3 { break-after: avoid; }
  dl, .boxes, .line { break-inside: avoid; }
  @page { size: A4; margin: 18mm; }
}
""".strip()


def paper_html(paper: Paper) -> str:
    """The page. Words of another language than the paper's are marked as such."""
    body = "\n".join(part for block in paper.blocks for part in _block(block, paper))
    return (
        "<!DOCTYPE html>\n"
        f'<html lang="{escape(paper.language)}" dir="{escape(paper.direction)}">\n'
        '<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(paper.title)}</title>\n<style>\n{_STYLE}\n</style>\n</head>\n"
        f"<body>\n<main>\n<h1>{escape(paper.title)}</h1>\n{body}\n</main>\n</body>\n</html>\n"
    )


def _block(block: Block, paper: Paper) -> Iterator[str]:
    if isinstance(block, Heading):
        yield f"<h{block.level}>{_said(block.text, paper)}</h{block.level}>"
    elif isinstance(block, Paragraph):
        yield f"<p>{' '.join(_said(one, paper) for one in block.said)}</p>"
    elif isinstance(block, Points):
        yield "<ul>"
        yield from (f"<li>{_said(one, paper)}</li>" for one in block.items)
        yield "</ul>"
    elif isinstance(block, Facts):
        yield "<dl>"
        for label, said in block.rows:
            lines = "<br>".join(_said(one, paper) for one in said)
            yield f"<dt>{_said(label, paper)}</dt><dd>{lines}</dd>"
        yield "</dl>"
    elif isinstance(block, Boxes):
        ticks = "".join(
            f'<span><span aria-hidden="true">☐</span> {_said(one, paper)}</span>'
            for one in block.choices
        )
        yield f'<p class="boxes"><strong>{_said(block.label, paper)}:</strong> {ticks}</p>'
    else:
        yield from _blank(block, paper)


def _blank(block: Blank, paper: Paper) -> Iterator[str]:
    for label in block.labels:
        said = "" if label is None else f"{_said(label, paper)}:"
        yield f'<div class="line">{said}</div>'


def _said(one: Said, paper: Paper) -> str:
    text = escape(one.text, quote=False)
    if one.language == paper.language:
        return text
    return f'<span lang="{escape(one.language)}" dir="auto">{text}</span>'

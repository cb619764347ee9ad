"""Plain HTML pages: nothing loaded from elsewhere, readable aloud, made to be printed."""

import base64
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

_STYLE = """
:root { color-scheme: light; }
body { margin: 0 auto; max-width: 64rem; padding: 1.5rem; color: #1a1a1a; background: #fff;
  font: 1rem/1.55 "DejaVu Sans", Verdana, "Noto Sans", sans-serif; }
h1 { font-size: 1.7rem; line-height: 1.25; }
h2 { font-size: 1.3rem; margin-block-start: 2rem; border-block-end: 2px solid #1a1a1a; }
h3 { font-size: 1.1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { border: 1px solid #767676; padding: .3rem .5rem; text-align: start; vertical-align: top;
  overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: minmax(8rem, 15rem) 1fr; gap: .25rem 1rem; margin: 0; }
dt { font-weight: bold; }
dd { margin: 0; overflow-wrap: anywhere; white-space: pre-wrap; }
.row { border-block-start: 1px solid #767676; padding-block: .6rem; }
@media print { body { max-width: none; padding: 0; font-size: 10pt; }
  h2, h3 { break-after: avoid; } .row { break-inside: avoid; } }
""".strip()


def page(title: str, body: Iterable[str], *, language: str) -> str:
    """A whole page of parts that are HTML already."""
    inner = "\n".join(body)
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>\n{_STYLE}\n</style>\n</head>\n"
        f"<body>\n<main>\n<h1>{escape(title)}</h1>\n{inner}\n</main>\n</body>\n</html>\n"
    )


def style_source() -> str:
    """What a content security policy says of a page's style: this one, and no other."""
    digest = hashlib.sha256(f"\n{_STYLE}\n".encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def heading(text: str, level: int = 2) -> str:
    """A heading."""
    return f"<h{level}>{escape(text)}</h{level}>"


def paragraph(text: str) -> str:
    """A paragraph."""
    return f"<p>{escape(text)}</p>"


def points(items: Iterable[str]) -> str:
    """A list of points."""
    return "<ul>" + "".join(f"<li>{escape(one)}</li>" for one in items) + "</ul>"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table with a head."""
    first = "".join(f'<th scope="col">{escape(one)}</th>' for one in head)
    lines = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows
    )
    return f"<table><thead><tr>{first}</tr></thead><tbody>{lines}</tbody></table>"


def facts(values: Mapping[str, Any], *, names: Mapping[str, str]) -> str:
    """Values with their names, those within others below them; what is not there is left out."""
    parts = (
        f"<dt>{escape(names.get(name, name.replace('_', ' ')))}</dt><dd>{inner}</dd>"
        for name, value in values.items()
        if (inner := _value(value, names))
    )
    return f"<dl>{''.join(parts)}</dl>"


def _value(value: Any, names: Mapping[str, str]) -> str:
    if value is None or value in ("", [], {}):
        return ""
    if isinstance(value, dict):
        return facts(value, names=names)
    if isinstance(value, list):
        return "<ul>" + "".join(f"<li>{_value(one, names)}</li>" for one in value) + "</ul>"
    return escape(str(value))

"""Texts inside structured documents, plain or HTML, as lines."""

import html
import re

from matching.documents.html import markup_lines

_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,2000}>|<!--")
_ESCAPED_TAG = re.compile(r"&lt;/?[a-zA-Z]|&amp;(?:lt|nbsp|amp|#)")
_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,10}|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});")


def fragment_lines(text: str) -> list[str]:
    """Return the lines of a text that may be HTML, or HTML that was escaped once more.

    >>> fragment_lines("<p>Carico e scarico</p><ul><li>muletto</li></ul>")
    ['Carico e scarico', '- muletto']
    >>> fragment_lines("&lt;p&gt;Qualit&amp;agrave;&lt;/p&gt;"), fragment_lines("T < 5 gradi")
    (['Qualità'], ['T < 5 gradi'])
    """
    if _ESCAPED_TAG.search(text) and not _TAG.search(text):
        text = html.unescape(text)
    if _TAG.search(text):
        lines = markup_lines(text)
    else:
        lines = (html.unescape(text) if _ENTITY.search(text) else text).splitlines()
    return [line for line in lines if line.strip()]

"""Texts that a spreadsheet would take for a formula, made harmless and read back (trust.md S6)."""

import re

_MARK = "'"
# With the signs that some keyboards and locales write for the same ones.
_STARTS = "=+\\-@\t\r\n\0＝＋－＠"
_DANGEROUS = re.compile(f"{_MARK}*[{_STARTS}]")
_NEUTRAL = re.compile(f"{_MARK}+[{_STARTS}]")


def harmless(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet might take it for a formula.

    Text that begins with apostrophes and then such a sign is given one more, so that
    :func:`plain_text` gives back every text as it was.

    >>> harmless("=1+1"), harmless("Anna")
    ("'=1+1", 'Anna')
    """
    return _MARK + text if _DANGEROUS.match(text) else text


def plain_text(text: str) -> str:
    """The text as it was before :func:`harmless`.

    >>> plain_text("'+39 333 1234567"), plain_text("'s")
    ('+39 333 1234567', "'s")
    """
    return text[1:] if _NEUTRAL.match(text) else text

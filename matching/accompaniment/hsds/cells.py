"""Cells that a spreadsheet would take for a formula, made harmless and put back."""

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "'")


def neutralised(text: str) -> str:
    """A cell that no spreadsheet computes: an apostrophe before what could begin a formula.

    A cell that begins with an apostrophe gets another, so that :func:`as_was` is exact.

    >>> neutralised("=1+1"), neutralised("Corso")
    ("'=1+1", 'Corso')
    """
    return f"'{text}" if text.startswith(_DANGEROUS) else text


def as_was(cell: str) -> str:
    """The text before :func:`neutralised`."""
    return cell.removeprefix("'")

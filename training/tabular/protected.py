"""Columns that look protected: by a word of their name, in Italian or English, or by their values.

A name is only a sign. Whoever has the table can name further columns, and may let one in.
"""

from collections.abc import Sequence

import pandas as pd

from training.tabular.columns import Column, Kind
from training.tabular.protected_words import PAIRS, STEMS, SURVEYS, VALUES, WORDS
from training.tabular.words import words


def protected(
    table: pd.DataFrame, columns: Sequence[Column], *, declared: Sequence[str] = ()
) -> dict[str, str]:
    """Columns that are protected or look so, in the order of the table, each with what it tells.

    Parameters
    ----------
    table
        As :func:`training.tabular.columns.typed` gives it.
    columns
        Its columns.
    declared
        Columns that are protected because somebody said so.
    """
    found: dict[str, str] = {}
    for column in columns:
        what = "declared" if column.name in declared else named_protected(column.name)
        if what is None and column.kind is Kind.CATEGORY:
            what = _valued(table[column.name])
        if what is not None:
            found[column.name] = what
    return found


def named_protected(name: str) -> str | None:
    """What protected attribute the name of a column tells of; None if of none.

    >>> named_protected("Età al colloquio"), named_protected("agelt35"), named_protected("image")
    ('age', 'age', None)
    """
    if survey := SURVEYS.get(name.casefold()):
        return survey
    found = words(name)
    pairs = {*zip(found, found[1:], strict=False)}
    for what, together in PAIRS.items():
        if pairs & together:
            return what
    for what, known in WORDS.items():
        if known & {*found}:
            return what
    for what, stems in STEMS.items():
        if any(word.startswith(stems) for word in found):
            return what
    return None


def _valued(values: "pd.Series[str]") -> str | None:
    """What protected attribute the values of a column tell of, if at least two do and none else."""
    levels = {str(value).casefold() for value in values.dropna().unique()}
    if len(levels) < 2:
        return None
    return next((what for known, what in VALUES if levels <= known), None)

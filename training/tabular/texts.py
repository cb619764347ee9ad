"""Columns that name persons or rows, or are written freely: nothing is learnt from them."""

import re

import numpy as np
import numpy.typing as npt

from training.tabular.cells import Texts
from training.tabular.words import words

CATEGORY, IDENTIFIER, FREE_TEXT = "category", "identifier", "free_text"

_ROW_WORDS = frozenset(
    {
        "id", "ids", "idno", "uid", "uuid", "guid", "key", "chiave", "matricola", "protocollo",
        "pratica", "rownames", "rownum", "rowid", "progressivo", "cf", "codicefiscale",
    }
)  # fmt: skip
_FEWEST = 20
_NEARLY_ALL = 0.95
_SAMPLE = 2_000
_SENTENCE = 6  # words from which a text is no name of a category
_NAME = 3
_LONG = 40
# Personal identifiers keep their form where a person stands in many rows.
_PERSONAL = re.compile(
    r"[A-Z]{6}\d\d[A-Z]\d\d[A-Z]\d{3}[A-Z]|\S+@\S+\.\S+", re.IGNORECASE | re.ASCII
)


def names_rows(name: str, apart: npt.NDArray[np.float64], held: int, rows: int) -> bool:
    """Whether whole numbers name rows: a run with one for each, or many in a column named so.

    Parameters
    ----------
    name
        Of the column.
    apart
        Its distinct values, in order.
    held
        How many cells have one.
    rows
        How many rows there are.
    """
    if held < _FEWEST:
        return False
    run = len(apart) == rows and apart[-1] - apart[0] == rows - 1
    return bool(run) or (_is_named(name) and len(apart) >= held / 2)


def text_kind(name: str, texts: Texts, counts: npt.NDArray[np.intp]) -> str:
    """Category, identifier or free text, of the distinct texts of a column and their counts."""
    held, sample = int(counts.sum()), texts[:_SAMPLE]
    if held < _FEWEST:
        return CATEGORY
    if all(_PERSONAL.fullmatch(text) for text in sample):
        return IDENTIFIER
    size = float(np.mean([len(text.split()) for text in sample]))
    length = float(np.mean([len(text) for text in sample]))
    many = len(texts) > held / 2
    if many and (size >= _NAME or length > _LONG):
        return FREE_TEXT
    if many or (_is_named(name) and len(texts) > max(_FEWEST, held / 10)):
        return IDENTIFIER
    return FREE_TEXT if size >= _SENTENCE and len(texts) > 50 else CATEGORY


def _is_named(name: str) -> bool:
    return bool(_ROW_WORDS & set(words(name)))

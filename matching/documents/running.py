"""Headers, footers and page numbers that stand at the same place on most pages. Pure.

They are found by their place: in the order of reading, the footer of a page of two columns comes
after the first column, in the middle of the text.
"""

import re
from collections import Counter
from collections.abc import Sequence
from operator import attrgetter

from matching.documents.boxes import Box, rows_of

_OUTERMOST = 2  # rows, at the top and at the bottom
_NEAR_EDGE = 60  # words
_PLACE = 4.0  # points, within which two places are the same
_NUMBER = r"(?:\bpag(?:ina|e)?\b\.?\s*)?(?<![\d/.-]){}(?:\s*(?:/|di|of|su)\s*\d{{1,3}})?(?![\d/])"
_MARKED = re.compile(r"pag|/|\b(?:di|of|su)\b")

_Key = tuple[int, str]


def without_running(pages: Sequence[list[Box]]) -> list[list[Box]]:
    """Return the words of each page without those that only repeat what another page says.

    A running header or footer stays where it first stands, unless it is nothing but a number,
    which goes from every page.
    """
    if len(pages) < 2:
        return list(pages)
    edges = [_edge_rows(page, number) for number, page in enumerate(pages, start=1)]
    counts = Counter(key for page in edges for key in {key for key, _ in page})
    running = {key for key, count in counts.items() if count > len(pages) / 2}
    seen: set[_Key] = set()
    kept: list[list[Box]] = []
    for words, rows in zip(pages, edges, strict=True):
        dropped: set[int] = set()
        for key, row in rows:
            if key in running and (key in seen or not _says_something(key)):
                dropped.update(map(id, row))
            seen.add(key)
        kept.append([word for word in words if id(word) not in dropped])
    return kept


def _edge_rows(words: Sequence[Box], page: int) -> list[tuple[_Key, list[Box]]]:
    ordered = sorted(words, key=attrgetter("baseline"))
    if len(ordered) > 2 * _NEAR_EDGE:
        top, bottom = list(rows_of(ordered[:_NEAR_EDGE])), list(rows_of(ordered[-_NEAR_EDGE:]))
        # The innermost row of either part may be half of a row.
        edges = [*top[:-1][:_OUTERMOST], *bottom[1:][-_OUTERMOST:]]
    else:
        rows = list(rows_of(ordered))
        # A page with little on it has no edges: all of it may be text.
        edges = [*rows[:_OUTERMOST], *rows[-_OUTERMOST:]] if len(rows) > 3 * _OUTERMOST else []
    return [(_key(row, page), row) for row in edges]


def _key(row: Sequence[Box], page: int) -> _Key:
    """Return place and text of a row, the number of its page left out.

    A number counts as that of the page where it is, and where it stands alone or is marked as
    one ("pag. 2", "2/3"): "Esperienza 2" on page 2 is text.
    """
    text = " ".join(word.text for word in row).casefold()
    number = re.compile(_NUMBER.format(page))
    found = number.search(text)
    if found and (_MARKED.search(found[0]) or not any(map(str.isalnum, number.sub("", text)))):
        text = number.sub("#", text)
    return round(row[0].baseline / _PLACE), text


def _says_something(key: _Key) -> bool:
    return any(map(str.isalpha, key[1]))

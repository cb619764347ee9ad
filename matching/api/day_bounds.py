"""Bounds of days in an OpenAPI document: JSON Schema has none, so a pattern of years says them."""

from collections.abc import Iterator
from datetime import date
from typing import Any

_REST = "-[0-9]{2}-[0-9]{2}$"


def with_bounds_of_days(node: Any) -> Any:
    """A document whose days have a pattern in place of `ge` and `le`, which no reader knows.

    Whole years are told: a bound within one would be checked, and not said.
    """
    if isinstance(node, list):
        return [with_bounds_of_days(one) for one in node]
    if not isinstance(node, dict):
        return node
    found = {name: with_bounds_of_days(one) for name, one in node.items()}
    if node.get("format") == "date" and {"ge", "le"} <= node.keys():
        first, last = date.fromisoformat(found.pop("ge")), date.fromisoformat(found.pop("le"))
        found["pattern"] = f"^({'|'.join(_years(first.year, last.year))}){_REST}"
    return found


def _years(first: int, last: int) -> Iterator[str]:
    """Patterns for all years from the first to the last, fewer than there are years.

    >>> list(_years(1990, 2100))
    ['199[0-9]', '20[0-9]{2}', '2100']
    """
    while first <= last:
        size = 1
        while first % (10 * size) == 0 and first + 10 * size - 1 <= last:
            size *= 10
        free = len(str(size)) - 1
        fixed = f"{first // size:0{4 - free}}"
        yield fixed + ("" if not free else "[0-9]" if free == 1 else f"[0-9]{{{free}}}")
        first += size

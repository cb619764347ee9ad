"""Rules that are known to make outcomes jump at a number: declared in TOML, with source and dates.

::

    [[rule]]
    column = "age"                  # of the table
    at = 50                         # the value from which the rule holds; a date in a date column
    what = "..."                    # one sentence: who gets what
    source = "..."                  # where it says so
    valid_from = 1988-06-01         # the first day it held
    valid_to = 1993-07-31           # the last; left out where it still holds
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import isfinite
from pathlib import Path

from matching.errors import InputError

_KEYS = {"column", "at", "what", "source", "valid_from", "valid_to"}
_MUST = _KEYS - {"valid_to"}
_FIRST_DAY = date(1970, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownRule:
    """One rule; ``at`` is a number, or a date in days since 1970 began."""

    column: str
    at: float
    what: str
    source: str
    valid_from: date
    valid_to: date | None = None

    def held_on(self, day: date) -> bool:
        """Whether the rule held on a day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    @property
    def dates(self) -> str:
        """When it held, in words."""
        if self.valid_to is None:
            return f"from {self.valid_from.isoformat()}"
        return f"{self.valid_from.isoformat()} to {self.valid_to.isoformat()}"


def read_rules(path: Path) -> tuple[KnownRule, ...]:
    """Read the rules that a file declares, in its order.

    Raises
    ------
    InputError
        When the file cannot be read, or a rule lacks a key, has one that is not known, or a value
        of another kind: what is wrong, where, and what to write.
    """
    try:
        content = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(
            f"{path}: cannot be read as TOML ({error}); give a UTF-8 file of [[rule]] tables."
        ) from error
    given = content.pop("rule", None)
    if content or not isinstance(given, list) or not given:
        raise InputError(
            f"{path}: only [[rule]] tables, at least one, are understood; found "
            f"{sorted(content) or 'none'}."
        )
    rules = tuple(_rule(f"{path}, rule {number}", table) for number, table in enumerate(given, 1))
    places = [(rule.column, rule.at, rule.valid_from) for rule in rules]
    for number, place in enumerate(places, 1):
        if place in places[: number - 1]:
            raise InputError(
                f"{path}, rule {number}: column {place[0]} at {place[1]:g} from {place[2]} is "
                "declared twice; keep one."
            )
    return rules


def rules_at(
    rules: Sequence[KnownRule], columns: Sequence[str], after: float, upto: float
) -> tuple[KnownRule, ...]:
    """Rules of a column (or of one that says the same) that begin above a value and up to another.

    Parameters
    ----------
    rules
        All that are declared.
    columns
        Names of the column.
    after, upto
        The last value before a jump and the first after it.
    """
    return tuple(rule for rule in rules if rule.column in columns and after < rule.at <= upto)


def _rule(where: str, table: object) -> KnownRule:
    if not isinstance(table, Mapping):
        raise InputError(f"{where}: write it as a [[rule]] table.")
    keys = set(table)
    if keys - _KEYS or _MUST - keys:
        raise InputError(
            f"{where}: unknown keys {sorted(keys - _KEYS)}, missing keys {sorted(_MUST - keys)}; "
            f"a rule has {', '.join(sorted(_MUST))}, and valid_to where it has ended."
        )
    start, end = _day(where, table, "valid_from"), None
    if "valid_to" in table:
        end = _day(where, table, "valid_to")
        if end < start:
            raise InputError(f"{where}: it ends on {end} before it begins on {start}; check both.")
    return KnownRule(
        column=_text(where, table, "column"),
        at=_at(where, table["at"]),
        what=_text(where, table, "what"),
        source=_text(where, table, "source"),
        valid_from=start,
        valid_to=end,
    )


def _text(where: str, table: Mapping[str, object], key: str) -> str:
    value = table[key]
    if not isinstance(value, str) or not value.strip():
        raise InputError(f"{where}: {key} = {value!r}; give a text that is not empty.")
    return value.strip()


def _day(where: str, table: Mapping[str, object], key: str) -> date:
    value = table[key]
    if not isinstance(value, date) or isinstance(value, datetime):
        raise InputError(f"{where}: {key} = {value!r}; give a date such as 2020-01-01, unquoted.")
    return value


def _at(where: str, value: object) -> float:
    if isinstance(value, date) and not isinstance(value, datetime):
        return float((value - _FIRST_DAY).days)
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        raise InputError(f"{where}: at = {value!r}; give a number, or a date for a date column.")
    return float(value)

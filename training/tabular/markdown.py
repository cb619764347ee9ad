"""The small pieces of a Markdown page: tables, lists, numbers, and names that cannot break it."""

from collections.abc import Iterable, Sequence

from training.tabular.intervals import Interval

_SPECIAL = "\\`*_{}[]<>#|~"


def safe(text: str) -> str:
    """A name from somebody's table, so that nothing in it is read as Markdown or HTML."""
    one_line = " ".join(text.split())
    return "".join(f"\\{letter}" if letter in _SPECIAL else letter for letter in one_line)


def rows(head: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    """A table; the cells are Markdown already."""
    said = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    said += ["| " + " | ".join(line) + " |" for line in lines]
    return "\n".join(said)


def points(lines: Iterable[str]) -> str:
    """A list; the lines are Markdown already."""
    return "\n".join(f"- {line}" for line in lines)


def names(columns: Sequence[str]) -> str:
    """Names of columns, safe; a dash for none."""
    return ", ".join(safe(name) for name in columns) or "–"


def number(value: float | None) -> str:
    """Three digits after the point, or a dash where there is no number."""
    return "–" if value is None else f"{value + 0.0:.3f}"


def signed(value: float | None) -> str:
    """The same with its sign."""
    return "–" if value is None else f"{value + 0.0:+.3f}"


def interval(found: Interval) -> str:
    """A number with its interval.

    >>> interval(Interval(value=0.1, low=0.05, high=0.2, method=""))
    '0.100 (0.050 to 0.200)'
    """
    if found.value is None:
        return "not defined"
    if found.low is None or found.high is None:
        return number(found.value)
    return f"{number(found.value)} ({number(found.low)} to {number(found.high)})"


def p_value(p: float) -> str:
    """A p value, or below what.

    >>> p_value(0.0321), p_value(1e-9)
    ('0.032', '< 0.001')
    """
    return "< 0.001" if p < 0.001 else f"{p:.3f}"

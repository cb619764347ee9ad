"""What every operation of the fund's book is checked for, and how a refusal is worded."""

from datetime import date, timedelta
from typing import Never

from matching.domain.days import months_later
from matching.domain.fund import Account, AccountKind, Operation, Posting
from matching.errors import FundError

_LONGEST = 200
_YEARS = (1990, 2100)


def moved(
    giving: AccountKind, taking: AccountKind, hub: str, line: str, cents: int
) -> tuple[Posting, ...]:
    """So many cents from one account of a hub and line to another."""
    return (
        Posting(Account(giving, hub, line), -cents),
        Posting(Account(taking, hub, line), cents),
    )


def check_form(operation: Operation) -> None:
    """Refuse texts that say nothing and amounts that are none, whatever the operation."""
    for name in operation.__dataclass_fields__:
        value = getattr(operation, name)
        if isinstance(value, str):
            check_text(operation, name, value)
        elif name == "cents" and (type(value) is not int or value <= 0):
            refuse(operation, f"cents = {value!r}; write a whole number of cents above 0")


def check_text(operation: Operation, name: str, value: str) -> None:
    """Refuse a text that is blank, too long or cannot be seen."""
    if not value.strip() or len(value) > _LONGEST or not value.isprintable():
        refuse(
            operation, f"{name} = {value[:40]!r}; write 1 to {_LONGEST} characters that can be seen"
        )


def check_later(operation: Operation, last: date) -> None:
    """Refuse a day before the last change of what an operation refers to."""
    if operation.on < last:
        refuse(
            operation,
            f"on {operation.on}: what it refers to was last changed on {last}; use a later",
        )


def refuse(operation: Operation, why: str) -> Never:
    """Raise what an operation is refused for."""
    raise FundError(f"Operation {operation.id[:_LONGEST]!r} is refused: {why}.")


def last_of_month(operation: Operation, year: int, month: int) -> date:
    """The last day of the month that an operation names."""
    first, last = _YEARS
    if not (1 <= month <= 12 and first <= year <= last):
        refuse(operation, f"{year}-{month} is no month; write a year and a month from 1 to 12")
    return months_later(date(year, month, 1), 1) - timedelta(days=1)

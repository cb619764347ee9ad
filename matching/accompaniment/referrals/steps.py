"""What every step asks: a name of who records it, and a day that does not go back."""

from datetime import date

from matching.errors import InputError


def named(value: str, what: str) -> str:
    """A name that is not blank.

    Raises
    ------
    InputError
        Saying what is missing: no state changes without a person who says so.
    """
    if not value.strip():
        raise InputError(f"{what} is blank; name the person, nothing changes without one.")
    return value


def not_before(day: date, earliest: date, what: str) -> date:
    """A day that is not before another.

    Raises
    ------
    InputError
        Naming both days.
    """
    if day < earliest:
        raise InputError(f"{what} = {day} is before {earliest}, which came first; correct one.")
    return day


def language(value: str | None, what: str) -> str | None:
    """A language code (ISO 639-1), "" for no interpreter needed, None where nobody asked.

    Raises
    ------
    InputError
        For any other text.
    """
    if value and not (len(value) == 2 and value.isascii() and value.islower() and value.isalpha()):
        raise InputError(
            f'{what} = {value!r} is no language; write its code, such as "uk", or "" for none.'
        )
    return value

"""What is wrong with a row: which column and why, never the value."""

from dataclasses import dataclass
from enum import StrEnum


class ProblemCode(StrEnum):
    """Why a row cannot be taken; a closed list, each with a sentence that says what to do."""

    MISSING = "missing"
    NOT_A_DATE = "not_a_date"
    SHORT_YEAR = "short_year"
    IN_THE_FUTURE = "in_the_future"
    TOO_LONG_AGO = "too_long_ago"
    ENDS_BEFORE = "ends_before"
    NOT_A_NUMBER = "not_a_number"
    OUT_OF_RANGE = "out_of_range"
    NOT_YES_OR_NO = "not_yes_or_no"
    NOT_A_CHOICE = "not_a_choice"
    NOT_AN_EMAIL = "not_an_email"
    NOT_A_TELEPHONE = "not_a_telephone"
    NOT_AN_IDENTIFIER = "not_an_identifier"
    UNKNOWN_MUNICIPALITY = "unknown_municipality"
    UNKNOWN_POINT = "unknown_point"
    TOO_LONG = "too_long"
    BROKEN_CELL = "broken_cell"
    STRANGE_CHARACTERS = "strange_characters"
    TWICE = "twice"
    # What only the store can tell.
    MIGHT_BE = "might_be"
    NOT_THERE = "not_there"
    RESTRICTED = "restricted"
    CANNOT_BE_READ = "cannot_be_read"


@dataclass(frozen=True, slots=True, kw_only=True)
class RowProblem:
    """A problem of a row. ``detail`` is what would be right, another row, or an identifier."""

    number: int
    code: ProblemCode
    column: str = ""
    detail: str = ""

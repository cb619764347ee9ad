"""What is asked and answered of a person's rights: her data, their end, what the audit may know."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field

from matching.api.hub.fields import Id
from matching.api.payloads import NUMBER, Day, Payload
from matching.domain.household import Citizenship, Sex
from matching.hub.protected import Protected, birth_class
from matching.hub.protected_counts import Cell

Row = dict[str, Any]
Year = Annotated[int, Field(ge=1900, le=2100), NUMBER]


class ExportAnswer(Payload):
    """Everything about a person, table by table, as her hub keeps it; `files` are in the ZIP."""

    format: str
    made_at: str
    tables: dict[str, list[Row]]
    results: list[Row]
    household: Row | None
    protected: Row | None
    account: list[Row]
    reserved_reports: list[Row]
    journal: list[Row]
    files: list[str]


class ErasureRequest(Payload):
    """Why somebody is erased, and the day on which the fund last paid something for her."""

    cause: Literal["asked", "mistake"] = "asked"
    paid_on: Day | None = None


class ErasureAnswer(Payload):
    """What was done. `said` tells it in sentences: what is gone, what stays where, how long.

    `restricted`: accounts must be kept, so a part of the file stays, untouched, until
    `restricted_until`. `recipients` are organisations that had her name, to be told of it.
    """

    state: Literal["erased", "restricted"]
    restricted_until: date | None
    recipients: tuple[Id, ...]
    said: tuple[str, ...]


class ProtectedRequest(Payload):
    """What a person says of herself for the audit; what she does not say is left out.

    Of the year of birth the class of five years is kept.
    """

    sex: Sex | None = None
    birth_year: Year | None = None
    citizenship: Citizenship | None = None

    def kept(self) -> Protected:
        """What is kept of it."""
        born = None if self.birth_year is None else birth_class(self.birth_year)
        return Protected(sex=self.sex, born_from=born, citizenship=self.citizenship)


class CellAnswer(Payload):
    """A group and how many people are in it; null where it is not shown, or others would tell.

    `value` is null for whoever did not say. A year of birth stands for it and the four after.
    """

    attribute: str
    value: str | None
    people: int | None


class CountsAnswer(Payload):
    """How many people said what of themselves; no group of fewer than ten can be worked out."""

    people: int | None
    groups: tuple[CellAnswer, ...]


def counts_answer(cells: Sequence[Cell]) -> CountsAnswer:
    """Counts as they are answered; the first is of everybody."""
    whole, *groups = cells
    return CountsAnswer(people=whole.people, groups=tuple(map(CellAnswer.model_validate, groups)))

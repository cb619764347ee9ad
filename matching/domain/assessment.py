"""What a person and a manager recorded of needs: levels, never scores of a model."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from matching.domain.accompaniment import Need
from matching.domain.days import months_later
from matching.domain.reading import Evidence


class Level(StrEnum):
    """How much a need weighs, as it was answered."""

    NONE = "none"
    MILD = "mild"
    SERIOUS = "serious"
    URGENT = "urgent"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedAnswer:
    """The level of one need.

    ``level`` is the gravest that was answered, unknown where what was answered settles nothing.
    ``up_to`` is the gravest that the skipped questions could still say, None where none was
    skipped that matters. ``to_ask`` are the ids of the skipped questions. A suggestion
    (``suggested``) has no level until the person answers: ``why`` is the key of its sentence, and
    ``evidence`` the words of the document, None where the document says nothing.
    """

    need: Need
    level: Level
    up_to: Level | None = None
    since: date | None = None
    to_ask: tuple[str, ...] = ()
    suggested: bool = False
    why: str | None = None
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """The needs of a person as recorded on a day by an author, valid for some months."""

    person_id: str
    author: str
    made_on: date
    valid_months: int
    answers: tuple[NeedAnswer, ...]

    @property
    def valid_until(self) -> date:
        """The last day on which it is valid."""
        return months_later(self.made_on, self.valid_months)

    def expired(self, as_of: date) -> bool:
        """Whether it is past its validity; it is then asked again, and taken for no less."""
        return as_of > self.valid_until

    def of(self, need: Need) -> NeedAnswer | None:
        """The answer on a need, None where nothing was recorded of it."""
        return next((one for one in self.answers if one.need is need), None)

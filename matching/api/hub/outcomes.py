"""What is sent and answered of outcomes: by a person's manager, or by the provider of a step."""

from datetime import date, datetime

from pydantic import model_validator

from matching.api.hub.fields import Id, Line, Prose
from matching.api.hub.paths import OnDay, StepName
from matching.api.payloads import Payload
from matching.domain.outcomes import OutcomeKind


class NewOutcomeRequest(Payload):
    """What came of it, and when. A manager says of whom; a provider of which step of a path.

    `vacancy_id`, `note` and `external_id` are a manager's.
    """

    kind: OutcomeKind
    happened_on: OnDay
    person_id: Id | None = None
    path_id: Id | None = None
    step: StepName | None = None
    vacancy_id: Id | None = None
    note: Prose | None = None
    external_id: Line | None = None

    @model_validator(mode="after")
    def _of_somebody(self) -> "NewOutcomeRequest":
        of_step = (self.path_id, self.step)
        if self.person_id is None and None in of_step:
            raise ValueError("needs a person_id, or a path_id with its step")
        if self.person_id is not None and of_step != (None, None):
            raise ValueError("needs a person_id, or a path_id with its step, and not both")
        if self.person_id is None and (self.vacancy_id or self.note or self.external_id):
            raise ValueError("vacancy_id, note and external_id go with a person_id")
        return self


class OutcomeAnswer(Payload):
    """An outcome on record."""

    id: str
    kind: OutcomeKind
    happened_on: date
    vacancy_id: str | None
    note: str | None
    recorded_by: str
    recorded_at: datetime


class OutcomesAnswer(Payload):
    """What came of somebody's path, the latest first."""

    outcomes: tuple[OutcomeAnswer, ...]

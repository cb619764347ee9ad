"""What is sent and answered of decisions and contests. Nothing is preselected: one says it."""

from datetime import datetime
from typing import Literal

from matching.api.hub.fields import Code, Id, Words
from matching.api.hub.results import ModelShown
from matching.api.payloads import Payload
from matching.hub.contests import ContestKind, ContestState
from matching.hub.reasons import DecisionOutcome


class NewDecisionRequest(Payload):
    """What is decided about a person, on what was shown (`result_id`) or without.

    About a vacancy it is `proposed` or `not_proposed`; of anything else that was computed,
    `confirmed` or `changed`. A no, and whatever departs from what was shown, needs a reason.
    """

    person_id: Id
    outcome: DecisionOutcome
    vacancy_id: Id | None = None
    result_id: Id | None = None
    reason_code: Code | None = None
    text: Words | None = None


class ExplanationAnswer(Payload):
    """A decision as it was taken (Regulation 2024/1689 art. 86); `sentences` tell it in words.

    `tool` and `model` are what computed that which was shown, null where nothing was; `position`,
    from 1, and `listed` say where in it; `elements` are its main reasons.
    """

    id: str
    outcome: DecisionOutcome
    is_override: bool
    decided_by: str
    decided_at: datetime
    reason_code: str | None
    contest_id: str | None
    tool: str | None
    model: ModelShown | None
    position: int | None
    listed: int | None
    elements: tuple[str, ...]
    sentences: tuple[str, ...]


class DecisionAnswer(Payload):
    """A decision in a list; `title` is that of its vacancy, null where it is about none."""

    id: str
    outcome: DecisionOutcome
    vacancy_id: str | None
    title: str | None
    result_id: str | None
    decided_at: datetime
    is_contested: bool


class DecisionsPage(Payload):
    """A page of the decisions about a person, the first taken first."""

    decisions: tuple[DecisionAnswer, ...]
    next_cursor: str | None


class NewContestRequest(Payload):
    """What a person contests, or asks to correct or erase; a correction is said in words.

    `person_id` is for a manager who records it; she herself leaves it out.
    """

    kind: ContestKind
    person_id: Id | None = None
    decision_id: Id | None = None
    result_id: Id | None = None
    text: Words | None = None


class ContestAnswer(Payload):
    """A contest. `may_decide` is whether whoever asks may, `has_decider` whether any manager may.

    `decided` is the decision that answers it. It and `text` are null in lists, `person_id` for
    protected people.
    """

    id: str
    kind: ContestKind
    state: ContestState
    person_id: str | None
    decision_id: str | None
    result_id: str | None
    opened_by: str
    opened_at: datetime
    days_waiting: int
    may_decide: bool
    has_decider: bool
    decided: str | None
    text: str | None


class ContestsPage(Payload):
    """A page of contests, the oldest first."""

    contests: tuple[ContestAnswer, ...]
    next_cursor: str | None


class ContestDecision(Payload):
    """Whether what was contested stays as it was, or not, and why."""

    state: Literal["upheld", "changed"]
    reason_code: Code
    text: Words | None = None

"""What the fund's routes take and answer, and the rows of its commands."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, field_validator

from matching.api.limits import MAX_LINES, MAX_REQUESTS
from matching.api.payloads import NUMBER, AsOf, Day, Identifier, Name, Payload, YesNo, all_differ
from matching.domain import Measure
from matching.domain.allocation import FundRequest, Obstacle
from matching.domain.fund import LineKind

_MOST_CENTS = 1_000_000_000
Cents = Annotated[int, Field(ge=0, le=_MOST_CENTS), NUMBER]
Amount = Annotated[float, Field(ge=0, le=1e6), NUMBER]


class FundRequestGiven(Payload):
    """A step that somebody asks the fund to pay; need and urgency as people recorded them.

    `benefit` is reach gain times effect; null where it was not measured. `person` is a pseudonym.
    Without an `ambito` no floor and no caseload of one counts the step.
    """

    id: Identifier
    plan_id: Identifier
    step: Name
    measure: Measure
    person: Identifier
    ambito: Name = ""
    cost_cents: Annotated[int, Field(ge=1, le=_MOST_CENTS), NUMBER]
    benefit: Amount | None = None
    urgency: Annotated[float, Field(ge=1, le=3), NUMBER]
    need_quartile: Annotated[int, Field(ge=1, le=4), NUMBER]
    asked_on: Day
    seats_key: Name
    seats_left: Annotated[int, Field(ge=0), NUMBER] | None = None
    starts_on: Day | None = None
    after: Annotated[tuple[Identifier, ...], Field(max_length=20)] = ()
    instead: Name | None = None
    co_payment_waived: YesNo = False


class MoneyGiven(Payload):
    """Money of a line, and what it may be spent on; empty lists restrict nothing."""

    code: Name
    cents: Cents
    measures: Annotated[tuple[Measure, ...], Field(max_length=50)] = ()
    ambiti: Annotated[tuple[Name, ...], Field(max_length=50)] = ()


class HadGiven(Payload):
    """What a person had from the fund in the twelve months before."""

    person: Identifier
    cents: Cents


class FundProposalRequest(Payload):
    """Steps asked for, and what can be spent in all.

    Without `lines` the budget may pay for anything. `compared` false leaves out what takes longest:
    other budgets and floors, and what 1,000 euro more would open.
    """

    requests: Annotated[list[FundRequestGiven], Field(min_length=1, max_length=MAX_REQUESTS)]
    budget_cents: Cents
    lines: Annotated[list[MoneyGiven], Field(max_length=MAX_LINES)] = []
    had: Annotated[list[HadGiven], Field(max_length=MAX_REQUESTS)] = []
    managers: Annotated[int, Field(ge=1, le=1000), NUMBER] | None = None
    compared: YesNo = True
    as_of: AsOf | None = None

    @field_validator("requests")
    @classmethod
    def _differ(cls, requests: list[FundRequestGiven]) -> list[FundRequestGiven]:
        all_differ(one.id for one in requests)
        return requests

    @field_validator("lines")
    @classmethod
    def _lines_differ(cls, lines: list[MoneyGiven]) -> list[MoneyGiven]:
        all_differ(one.code for one in lines)
        return lines

    @field_validator("had")
    @classmethod
    def _people_differ(cls, had: list[HadGiven]) -> list[HadGiven]:
        all_differ(one.person for one in had)
        return had


class FundedStep(Payload):
    """A step proposed: what the fund pays from which line, and what the household does.

    `measured` is false where the territory's figure stands for a benefit that nobody measured.
    """

    id: str
    plan_id: str
    step: str
    person: str
    cents: int
    co_payment_cents: int
    lines: tuple[tuple[str, int], ...]
    value: float
    measured: bool
    to_committee: bool


class Hindrance(Payload):
    """What stands in the way of a step: cents short, seats or people wanted; `text` in words."""

    obstacle: Obstacle
    amount: int
    what: str
    text: str


class StepLeftOut(Payload):
    """A step that is not proposed, and everything that stands in its way."""

    id: str
    plan_id: str
    step: str
    person: str
    cents: int
    value: float
    blocks: tuple[Hindrance, ...]


class FundGroup(Payload):
    """What an ambito, or a quarter of need (4: the highest), asked for and gets."""

    group: str
    asked: int
    asked_cents: int
    funded: int
    people: int
    cents: int
    value: float


class FundFloor(Payload):
    """A floor; `ambito` is null for that of the highest-need quarter."""

    ambito: str | None
    wanted_cents: int
    asked_cents: int
    reached_cents: int
    text: str


class FundAlternative(Payload):
    """Another rule, budget or floor, and what would come of it; `gap` null where none is known."""

    name: str
    budget_cents: int
    cents: int
    value: float
    funded: int
    people: int
    highest_need_cents: int
    highest_need_value: float
    gap: float | None


class FundProposalAnswer(Payload):
    """A proposal, for people to decide on.

    `value` is benefit times urgency, `bound` what no choice can exceed. `marginal_value` is what
    1,000 euro more open by solving again, `shadow_value` by the dual without whole steps.
    """

    as_of: date
    budget_cents: int
    cents: int
    value: float
    bound: float
    gap: float
    proven: bool
    digest: str
    funded: tuple[FundedStep, ...]
    left_out: tuple[StepLeftOut, ...]
    by_ambito: tuple[FundGroup, ...]
    by_quartile: tuple[FundGroup, ...]
    floors: tuple[FundFloor, ...]
    marginal_value: float | None
    marginal_steps: tuple[str, ...]
    shadow_value: float | None
    beside: tuple[FundAlternative, ...]
    budgets: tuple[FundAlternative, ...]
    curve: tuple[FundAlternative, ...]


class PublishedGroupShown(Payload):
    """A group of those helped; null where fewer than ten people could be told."""

    group: str
    people: int | None
    cents: int | None


class PublishedStretchShown(Payload):
    """Closed months in which at least ten people were helped; a table may be empty."""

    since: date
    until: date
    people: int
    cents: int
    by_ambito: tuple[PublishedGroupShown, ...]
    by_measure: tuple[PublishedGroupShown, ...]
    by_line: tuple[PublishedGroupShown, ...]


class PublishedLineShown(Payload):
    """What came in on a line."""

    line: str
    name: str
    kind: LineKind
    came_in: int


class CampaignShown(Payload):
    """How far a campaign has come, in cents."""

    line: str
    name: str
    target: int
    raised: int


class FundShown(Payload):
    """What anybody may see of the fund. `state`: `no_fund`, `no_ledger` or `ok`; cents."""

    state: Literal["no_fund", "no_ledger", "ok"]
    as_of: date
    came_in: int = 0
    spent: int = 0
    lines: tuple[PublishedLineShown, ...] = ()
    campaigns: tuple[CampaignShown, ...] = ()
    stretches: tuple[PublishedStretchShown, ...] = ()


def request_of(given: FundRequestGiven) -> FundRequest:
    """A request as the fund takes it."""
    return FundRequest(**dict(given))

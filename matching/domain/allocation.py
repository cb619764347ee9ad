"""Whom the fund is to help this month: what is asked for, what is proposed, what is decided.

Urgency and need come from what a manager and the person recorded. No estimate of risk has a place
in any of these.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from matching.domain.accompaniment import Measure


@dataclass(frozen=True, slots=True, kw_only=True)
class FundRequest:
    """One step of a plan that somebody asks the fund to pay.

    Parameters
    ----------
    id, plan_id, person
        Identifiers; ``person`` is a pseudonym.
    step
        Slug of the service.
    measure
        Its kind, by which lines, co-payments and priorities apply.
    ambito
        Where the person is followed; empty where it is not known: no floor, no caseload and no
        line of an ambito counts the step then.
    cost_cents
        The price to the fund, before any co-payment.
    benefit
        What the step is expected to open (reach gain times effect), 0 or more; None where it was
        not measured: the territory then says what counts.
    urgency
        From 1 to 3, by the levels of the needs that the step answers.
    need_quartile
        From 1 to 4; 4 is the quarter in highest need.
    asked_on, starts_on
        When it was asked for; first day of the edition, None where it begins with a seat.
    seats_key, seats_left
        The edition, whose seats requests share, and how many it has; None: as the catalogue says,
        and no limit where it says nothing.
    after
        Requests of the same plan without which this one makes no sense.
    instead
        Requests of the same plan with the same word are alternatives: one of them at most.
    co_payment_waived
        Whether the household pays no part of it, whatever the territory's rule says.
    """

    id: str
    plan_id: str
    step: str
    measure: Measure
    person: str
    ambito: str
    cost_cents: int
    benefit: float | None
    urgency: float
    need_quartile: int
    asked_on: date
    seats_key: str
    seats_left: int | None = None
    starts_on: date | None = None
    after: tuple[str, ...] = ()
    instead: str | None = None
    co_payment_waived: bool = False


class Obstacle(StrEnum):
    """Why a step is not proposed.

    ``PAST``: its edition began. ``NO_LINE``: no line may pay for it. ``OVER_CAP``: it alone is
    more than what the person's yearly cap leaves. ``EARLIER_STEP``: a step that must come first
    is not proposed. ``ALTERNATIVE``: another way to the same end is. ``SEATS``: the edition is
    full. ``CASELOAD``: the managers of the ambito are. ``PERSON_CAP``: with her other steps, more
    than the cap. ``LINE``: there is money, on lines that may not pay for it. ``BUDGET``: there is
    not enough left. ``NO_BENEFIT``: nothing is expected of it. ``BETTER_USE``: it would fit, but
    not with the floors, or the solver stopped before it was sure.
    """

    PAST = "past"
    NO_LINE = "no_line"
    OVER_CAP = "over_cap"
    EARLIER_STEP = "earlier_step"
    ALTERNATIVE = "alternative"
    SEATS = "seats"
    CASELOAD = "caseload"
    PERSON_CAP = "person_cap"
    LINE = "line"
    BUDGET = "budget"
    NO_BENEFIT = "no_benefit"
    BETTER_USE = "better_use"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """An obstacle, and how much of it: cents short, seats or people wanted; ``what`` names it."""

    obstacle: Obstacle
    amount: int = 0
    what: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Funded:
    """A step proposed: who pays how much from which line.

    ``value`` is benefit times urgency times the territory's weight; ``measured`` is whether the
    benefit was. ``to_committee`` is whether the amount is for the committee alone to approve.
    """

    request: FundRequest
    cents: int
    co_payment_cents: int
    lines: tuple[tuple[str, int], ...]
    value: float
    measured: bool
    to_committee: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NotFunded:
    """A step left out: everything that stands in its way, first what weighs most."""

    request: FundRequest
    cents: int
    value: float
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What a group (an ambito, a need quartile) asked for and gets."""

    group: str
    asked: int
    asked_cents: int
    funded: int
    people: int
    cents: int
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorReached:
    """A floor in cents: what it wants, what its requests add up to, and what is reached.

    ``ambito`` is None for the floor of the highest-need quarter.
    """

    ambito: str | None
    wanted_cents: int
    asked_cents: int
    reached_cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """Another way to choose, or another budget or floor: what would come of it."""

    name: str
    budget_cents: int
    cents: int
    value: float
    funded: int
    people: int
    highest_need_cents: int
    highest_need_value: float
    gap: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Which steps to fund, for people to decide on.

    ``bound`` is what no choice can exceed; ``gap`` how far the proposal may be from it, as a share
    of it; ``proven`` whether that is none but rounding. ``marginal_value`` is what 1,000 euro more
    open by solving again, with the steps that then come in (``marginal_steps``);
    ``shadow_value`` is the same by the dual of the program without whole steps.
    """

    as_of: date
    budget_cents: int
    cents: int
    value: float
    bound: float
    gap: float
    proven: bool
    funded: tuple[Funded, ...]
    left_out: tuple[NotFunded, ...]
    by_ambito: tuple[Shared, ...]
    by_quartile: tuple[Shared, ...]
    floors: tuple[FloorReached, ...]
    marginal_value: float | None = None
    marginal_steps: tuple[str, ...] = ()
    shadow_value: float | None = None
    beside: tuple[Alternative, ...] = ()
    budgets: tuple[Alternative, ...] = ()
    curve: tuple[Alternative, ...] = ()


class Verdict(StrEnum):
    """What the committee does with a proposal."""

    ACCEPT = "accept"
    CHANGE = "change"
    REJECT = "reject"


class ChangeReason(StrEnum):
    """Why the committee takes a step in or out."""

    NEED_KNOWN = "need_known"
    PAID_ELSEWHERE = "paid_elsewhere"
    PERSON_PREFERS = "person_prefers"
    NOT_THE_RIGHT_TIME = "not_the_right_time"
    PROVIDER_CANNOT = "provider_cannot"
    FAIR_SHARE = "fair_share"
    INFORMATION_WRONG = "information_wrong"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitteeChange:
    """One step taken in (``add``) or out, with why in a code and in words."""

    request: str
    add: bool
    reason: ChangeReason
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitteeDecision:
    """What the committee decided on a proposal, and when. ``by`` is a role or a body, no name."""

    id: str
    on: date
    by: str
    verdict: Verdict
    text: str
    changes: tuple[CommitteeChange, ...] = ()

"""What a territory decides about risk and priority: ``policy.toml``."""

from dataclasses import dataclass
from enum import StrEnum

from matching.errors import TerritoryError
from matching.territory.proposing import ProposalPolicy, read_proposals
from matching.territory.reading import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskPolicy:
    """What the risk may read. ``age`` is no input unless the territory says so, with a reason."""

    age: bool
    reason: str


class LostAs(StrEnum):
    """How whoever was lost from sight counts: as inactive, or as searching when last seen."""

    INACTIVE = "inactive"
    CENSORED = "censored"


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomePolicy:
    """What counts as work found: a contract planned for at least ``work_days`` days."""

    work_days: int
    lost: LostAs
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorityPolicy:
    """What the managers can carry, and from when somebody needs attention.

    ``closely`` and ``lightly`` are how many people one community manager can follow closely, and
    besides those at a lighter pace; ``worklist`` how many one can take up from the worklist at a
    time. ``rising`` is a rise of the chance of no work, in points of probability (0 to 1);
    ``no_contact_days`` and ``assessment_months`` when a silence, and an assessment, are too old.
    """

    closely: int
    lightly: int
    worklist: int
    rising: float
    no_contact_days: int
    assessment_months: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachPolicy:
    """Which vacancies count as within somebody's reach.

    ``suitable`` is the share of the way that a score must be from somebody of whom nothing is
    known to the best there is (0 to 1); journeys are from door to door: none is longer than
    ``most_minutes``, a short one takes ``near_minutes`` at most.
    """

    suitable: float
    near_minutes: int
    most_minutes: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """The whole of ``policy.toml``."""

    risk: RiskPolicy
    outcome: OutcomePolicy
    priority: PriorityPolicy
    reach: ReachPolicy
    proposals: ProposalPolicy


def read_policy(table: Table) -> Policy:
    """Read the whole file; a fault is a ``TerritoryError``."""
    policy = Policy(
        risk=_risk(table.table("risk")),
        outcome=_outcome(table.table("outcome")),
        priority=_priority(table.table("priority")),
        reach=_reach(table.table("reach")),
        proposals=read_proposals(table.table("proposals")),
    )
    table.finish()
    return policy


def _risk(table: Table) -> RiskPolicy:
    policy = RiskPolicy(age=table.flag("age"), reason=table.text("reason"))
    table.finish()
    return policy


def _outcome(table: Table) -> OutcomePolicy:
    policy = OutcomePolicy(
        work_days=table.whole("work_days"),
        lost=table.choice("lost", LostAs),
        reason=table.text("reason"),
    )
    table.finish()
    return policy


def _priority(table: Table) -> PriorityPolicy:
    policy = PriorityPolicy(
        closely=table.whole("closely"),
        lightly=table.whole("lightly"),
        worklist=table.whole("worklist"),
        rising=table.number("rising", least=0.01),
        no_contact_days=table.whole("no_contact_days"),
        assessment_months=table.whole("assessment_months"),
        reason=table.text("reason"),
    )
    table.finish()
    if policy.rising >= 1:
        raise TerritoryError(
            f"{table.where}: rising = {policy.rising} is not valid; write a share of probability "
            "below 1, such as 0.1 for ten points"
        )
    return policy


def _reach(table: Table) -> ReachPolicy:
    policy = ReachPolicy(
        suitable=table.number("suitable", least=0.0),
        near_minutes=table.whole("near_minutes"),
        most_minutes=table.whole("most_minutes"),
        reason=table.text("reason"),
    )
    table.finish()
    if policy.suitable >= 1:
        raise TerritoryError(
            f"{table.where}: suitable = {policy.suitable} is not valid; write a share of the way "
            "below 1, such as 0.25"
        )
    if policy.near_minutes > policy.most_minutes:
        raise TerritoryError(
            f"{table.where}: near_minutes = {policy.near_minutes} is more than most_minutes = "
            f"{policy.most_minutes}; correct one"
        )
    return policy

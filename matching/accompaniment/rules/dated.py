"""A rule with its dates, its law and its source, and what is said of it on a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from matching.accompaniment.rules.condition import Clause
from matching.accompaniment.rules.truth import Check, Tell, Truth, check, every, what_holds

Lines = Mapping[str, str]
"""A sentence by language."""


class RuleState(StrEnum):
    """What is said of a rule. Nothing here says that somebody is not entitled."""

    LIKELY = "likely"
    POSSIBLE = "possible"
    TO_CHECK = "to_check"
    UNLIKELY = "unlikely"
    EXPIRED = "expired"


class DeskKind(StrEnum):
    """Kinds of desk that can check a right."""

    CAF = "caf"
    PATRONATO = "patronato"
    SOCIAL_SERVICES = "social_services"
    JOB_CENTRE = "job_centre"
    TARGETED_PLACEMENT = "targeted_placement"
    MUNICIPALITY = "municipality"
    HEALTH_AUTHORITY = "health_authority"
    SCHOOL = "school"
    LEGAL_HELP = "legal_help"
    DEBT_DESK = "debt_desk"


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """The conditions, with their thresholds, and the stated facts of a span of days.

    The last day counts; None means that no beginning, or no end, was read.
    """

    valid_from: date | None
    valid_to: date | None
    conditions: tuple[Clause, ...]
    facts: tuple[Lines, ...]

    def covers(self, day: date) -> bool:
        """Whether a day is in it."""
        return not self.begins_after(day) and not self.ended_before(day)

    def begins_after(self, day: date) -> bool:
        """Whether it is still to come."""
        return self.valid_from is not None and day < self.valid_from

    def ended_before(self, day: date) -> bool:
        """Whether it is over."""
        return self.valid_to is not None and self.valid_to < day


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A measure or an incentive: what it brings, by which law, when, and where to check.

    ``verified`` is false where no source was read, ``partial`` true where what is here is not all
    that the law asks for: of both nothing more is said than that it is to be checked. ``also`` is
    what only a desk can look at; ``ended`` what is said once it is over.
    """

    id: str
    name: Lines
    brings: Lines
    law: str
    source: str
    checked: date
    verified: bool
    partial: bool
    valid_from: date | None
    valid_to: date | None
    periods: tuple[Period, ...]
    desks: tuple[DeskKind, ...]
    also: Lines
    ended: Lines

    def begins_after(self, day: date) -> bool:
        """Whether it is still to come."""
        return self.valid_from is not None and day < self.valid_from

    def ended_before(self, day: date) -> bool:
        """Whether it is over."""
        return self.valid_to is not None and self.valid_to < day

    def period(self, day: date) -> Period | None:
        """The thresholds that hold on a day, None where those of that day are not here."""
        return next((one for one in self.periods if one.covers(day)), None)


def judged(rule: Rule, tell: Tell, as_of: date) -> tuple[RuleState, tuple[Check, ...]]:
    """What is said of a rule on a day, and of each of its conditions.

    A rule that is over is expired, whoever it may have been for. Thresholds of another year are
    not used: without those of the day nothing is claimed.
    """
    if rule.ended_before(as_of):
        return RuleState.EXPIRED, ()
    period = rule.period(as_of)
    if period is None:
        return RuleState.TO_CHECK, ()
    checks = tuple(check(clause, tell) for clause in period.conditions)
    return _state(rule, checks), checks


def _state(rule: Rule, checks: tuple[Check, ...]) -> RuleState:
    truth = every(one.truth for one in checks)
    if truth is Truth.FAILS:
        return RuleState.UNLIKELY
    if rule.partial or not rule.verified or not checks:
        return RuleState.TO_CHECK
    if truth is Truth.HOLDS:
        return RuleState.LIKELY
    return RuleState.POSSIBLE if what_holds(checks) else RuleState.TO_CHECK

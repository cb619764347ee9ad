"""What a territory decides about its fund: ``fund.toml``, whose head says what each key means."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from matching.domain import Measure
from matching.domain.allocation import FundRequest
from matching.errors import TerritoryError
from matching.territory import Territory
from matching.territory.reading import Table, read_toml

_FILE = "fund.toml"
_CENTS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """Why a rule is as it is, and where that comes from."""

    reason: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit(Stated):
    """A whole number that a rule sets: cents, or people."""

    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CoPayment(Stated):
    """What share of a measure the household pays, below a quarter of need."""

    measures: tuple[Measure, ...]
    share: float
    waived_from_quartile: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts(Stated):
    """What counts for some measures: a weight, or a benefit where none was measured."""

    measures: tuple[Measure, ...]
    number: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Floor(Stated):
    """The least share of a month's budget for an ambito; None: for the highest-need quarter."""

    ambito: str | None
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FundPolicy:
    """The whole of ``fund.toml``."""

    valid_from: date
    valid_to: date
    person_cap: Limit
    committee_over: Limit
    people_per_manager: Limit
    left_share: float
    left_reason: Stated
    co_payments: tuple[CoPayment, ...]
    priorities: tuple[Counts, ...]
    unmeasured: tuple[Counts, ...]
    floors: tuple[Floor, ...]

    def valid_on(self, day: date) -> bool:
        """Whether a day is within the validity."""
        return self.valid_from <= day <= self.valid_to

    def co_payment_cents(self, request: FundRequest) -> int:
        """What the household pays of a step, in cents, rounded down."""
        if request.co_payment_waived:
            return 0
        for rule in self.co_payments:
            if request.measure in rule.measures:
                if request.need_quartile >= rule.waived_from_quartile:
                    return 0
                return int(rule.share * request.cost_cents + 1e-6)
        return 0

    def benefit(self, request: FundRequest) -> float:
        """The benefit of a step, or what counts where none was measured."""
        if request.benefit is not None:
            return request.benefit
        return _counts(self.unmeasured, request.measure, otherwise=0.0)

    def value(self, request: FundRequest) -> float:
        """Benefit times urgency times the weight of the measure."""
        weight = _counts(self.priorities, request.measure, otherwise=1.0)
        return self.benefit(request) * request.urgency * weight

    def least_left_cents(self, cents: int) -> int:
        """What a purchase of local services leaves to the fund at least, in cents."""
        return int(self.left_share * cents + 1e-6)


def find_fund_policy(folder: Path, territory: Territory) -> FundPolicy | None:
    """The rules in a territory folder, None where the territory has no fund.

    Raises
    ------
    TerritoryError
        As :func:`load_fund_policy`.
    """
    if not (folder / _FILE).is_file():
        return None
    return load_fund_policy(folder, territory)


def load_fund_policy(folder: Path, territory: Territory) -> FundPolicy:
    """Read and validate the rules in a territory folder.

    Raises
    ------
    TerritoryError
        Naming file, entry, key and value: a file that is missing or not TOML, an unknown, missing
        or mistyped key, an ambito that the territory does not have, floors that add up to more
        than everything, a measure that two rules of a kind speak of.
    """
    table = read_toml(folder / _FILE)
    welfare = table.table("welfare_purchases")
    policy = FundPolicy(
        valid_from=table.day("valid_from"),
        valid_to=table.day("valid_to"),
        person_cap=_limit(table.table("person"), "cap_eur", _CENTS),
        committee_over=_limit(table.table("committee"), "over_eur", _CENTS),
        people_per_manager=_limit(table.table("caseload"), "people_per_manager", 1),
        left_share=_share(welfare, "left_share"),
        left_reason=Stated(reason=welfare.text("reason"), source=welfare.text("source")),
        co_payments=tuple(_co_payments(table)),
        priorities=tuple(_counted(table, "priority", "weight")),
        unmeasured=tuple(_counted(table, "unmeasured", "benefit")),
        floors=tuple(_floors(table, territory)),
    )
    welfare.finish()
    table.finish()
    if policy.valid_to < policy.valid_from:
        raise TerritoryError(
            f"{table.where}: valid_to = {policy.valid_to} is before valid_from = "
            f"{policy.valid_from}; correct one"
        )
    return policy


def _counts(rules: tuple[Counts, ...], measure: Measure, *, otherwise: float) -> float:
    return next((rule.number for rule in rules if measure in rule.measures), otherwise)


def _limit(table: Table, key: str, unit: int) -> Limit:
    limit = Limit(
        most=table.whole(key) * unit, reason=table.text("reason"), source=table.text("source")
    )
    table.finish()
    return limit


def _share(table: Table, key: str) -> float:
    share = table.number(key, least=0)
    if share > 1:
        raise TerritoryError(
            f"{table.where}: {key} = {share} is not valid; write a share from 0 to 1"
        )
    return share


def _co_payments(table: Table) -> Iterator[CoPayment]:
    seen: set[Measure] = set()
    for item in table.tables("co_payment", optional=True):
        yield CoPayment(
            measures=_measures(item, seen),
            share=_share(item, "share"),
            waived_from_quartile=item.whole("waived_from_quartile"),
            reason=item.text("reason"),
            source=item.text("source"),
        )
        item.finish()


def _counted(table: Table, key: str, number: str) -> Iterator[Counts]:
    seen: set[Measure] = set()
    for item in table.tables(key, optional=True):
        yield Counts(
            measures=_measures(item, seen),
            number=item.number(number, least=0),
            reason=item.text("reason"),
            source=item.text("source"),
        )
        item.finish()


def _measures(table: Table, seen: set[Measure]) -> tuple[Measure, ...]:
    measures = table.choices("measures", Measure)
    twice = sorted(seen & set(measures))
    if twice:
        raise TerritoryError(
            f"{table.where}: measures: {str(twice[0])!r} is in another rule already; keep one"
        )
    seen.update(measures)
    return measures


def _floors(table: Table, territory: Territory) -> Iterator[Floor]:
    known = [ambito.code for ambito in territory.ambiti]
    found: list[str] = []
    total = 0.0
    for item in table.tables("floor", optional=True):
        ambito = item.known("ambito", known, what=f"one of {', '.join(known)}")
        share = _share(item, "share")
        if ambito in found:
            raise TerritoryError(f"{item.where}: ambito {ambito!r} has a floor already; keep one")
        found.append(ambito)
        total += share
        if total > 1:
            raise TerritoryError(
                f"{item.where}: the floors add up to {total:g}; they may not exceed 1 together"
            )
        yield Floor(
            ambito=ambito, share=share, reason=item.text("reason"), source=item.text("source")
        )
        item.finish()
    highest = table.table("highest_need")
    yield Floor(
        ambito=None,
        share=_share(highest, "share"),
        reason=highest.text("reason"),
        source=highest.text("source"),
    )
    highest.finish()

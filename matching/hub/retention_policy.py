"""For how long a territory keeps what: ``retention.toml``, whose head says what each key means."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType

from matching.domain.days import months_later
from matching.errors import TerritoryError
from matching.store.columns import Lane
from matching.territory.reading import Table, read_toml

FILE = "retention.toml"

MOST_MONTHS: Mapping[Lane, int] = MappingProxyType({Lane.FILE: 48})
"""The longest: the agencies' code of conduct (Garante, 2024), for those who look for work."""

FEWEST_MONTHS: Mapping[Lane, int] = MappingProxyType({Lane.JOURNAL: 6, Lane.RESULT: 6})
"""The shortest: logs of a high-risk system (AI Act, art. 19 and 26(6))."""


class Duty(StrEnum):
    """Why a file is restricted rather than erased."""

    ACCOUNTS = "accounts"
    STAFF_LEASING = "staff_leasing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """For how many months something is kept, why, and who says so."""

    months: int
    reason: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionPolicy:
    """The whole of ``retention.toml``. ``reliability`` is how long a profile may go unconfirmed."""

    valid_from: date
    valid_to: date
    lanes: Mapping[Lane, Kept]
    duties: Mapping[Duty, Kept]
    reliability: Kept

    def valid_on(self, day: date) -> bool:
        """Whether a day is within the validity."""
        return self.valid_from <= day <= self.valid_to

    def begins(self, lane: Lane, as_of: date) -> date:
        """The first day of what is still kept in a lane; all before it goes."""
        return months_later(as_of, -self.lanes[lane].months)

    def restricted_until(self, duty: Duty, since: date) -> date:
        """The last day on which a duty asks for accounts, from the day that it began."""
        return months_later(since, self.duties[duty].months)


def load_retention(folder: Path) -> RetentionPolicy:
    """Read and validate ``retention.toml`` of a territory folder.

    Raises
    ------
    TerritoryError
        Naming file, entry and value: no such file, an unknown, missing or mistyped key, months
        beyond what the law allows.
    """
    file = read_toml(folder / FILE)
    lanes, duties = file.table("lane"), file.table("duty")
    policy = RetentionPolicy(
        valid_from=file.day("valid_from"),
        valid_to=file.day("valid_to"),
        lanes=MappingProxyType(
            {lane: _kept(lanes.table(lane.value)) for lane in Lane if lane is not Lane.ALWAYS}
        ),
        duties=MappingProxyType({duty: _kept(duties.table(duty.value)) for duty in Duty}),
        reliability=_kept(file.table("reliability")),
    )
    for table in (lanes, duties, file):
        table.finish()
    _check(policy, file.where)
    return policy


def _kept(table: Table) -> Kept:
    kept = Kept(
        months=table.whole("months"), reason=table.text("reason"), source=table.text("source")
    )
    table.finish()
    return kept


def _check(policy: RetentionPolicy, where: str) -> None:
    if policy.valid_to < policy.valid_from:
        raise TerritoryError(
            f"{where}: valid_to = {policy.valid_to} is before valid_from = {policy.valid_from}; "
            "correct one"
        )
    for lane, kept in policy.lanes.items():
        most = MOST_MONTHS.get(lane, kept.months)
        fewest = FEWEST_MONTHS.get(lane, kept.months)
        if not fewest <= kept.months <= most:
            raise TerritoryError(
                f"{where} [lane.{lane}]: months = {kept.months} is not lawful; write "
                f"{f'at most {most}' if kept.months > most else f'at least {fewest}'}"
            )

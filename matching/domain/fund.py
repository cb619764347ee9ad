"""The inclusion fund: where its money comes from, where it goes, and every entry of its book.

Money is whole euro cents.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from matching.domain.accompaniment import Measure

WHOLE_TERRITORY = "territory"
"""Stands where a hub does, for money that belongs to no single hub."""


class LineKind(StrEnum):
    """Where the money of a line comes from.

    A foundation; a company's welfare plan; a campaign of social marketing; donations; a campaign
    of local shops; the share that purchases of local services by companies leave to the fund;
    public money. ``REVOLVING`` money is lent and comes back: it is never granted.
    """

    FOUNDATION = "foundation"
    COMPANY_WELFARE = "company_welfare"
    CAMPAIGN = "campaign"
    DONATION = "donation"
    SHOPS = "shops"
    WELFARE_SHARE = "welfare_share"
    PUBLIC = "public"
    REVOLVING = "revolving"


class AccountKind(StrEnum):
    """Where money stands.

    ``OUTSIDE`` mirrors what came in, and is negative; ``AVAILABLE`` and ``COMMITTED`` are the
    fund's, and never are; ``LENT`` is owed to it; ``GRANTED`` was paid for somebody's steps;
    ``BOUGHT`` was paid by companies for local services; ``LOST`` is what was lent and will not
    come back.
    """

    OUTSIDE = "outside"
    AVAILABLE = "available"
    COMMITTED = "committed"
    LENT = "lent"
    GRANTED = "granted"
    BOUGHT = "bought"
    LOST = "lost"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the fund: its money may be spent on what it was given for.

    Empty ``measures`` and ``ambiti`` restrict nothing. ``hub_bound`` money stays in the hub that
    it was given to. ``target_cents`` is what a campaign wants to raise.
    """

    code: str
    kind: LineKind
    name: str
    measures: tuple[Measure, ...] = ()
    ambiti: tuple[str, ...] = ()
    hub_bound: bool = False
    target_cents: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """Something that somebody enters in the book: its identifier, and the day it counts from."""

    id: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenLine(Operation):
    """Open a line."""

    line: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribute(Operation):
    """Money comes in. ``source`` is for the book alone, and never published."""

    hub: str
    line: str
    cents: int
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BuyWelfare(Operation):
    """A company buys a local service for its people (care hours and the like).

    Of the ``cents`` that it pays, ``left_cents`` are left to the fund.
    """

    hub: str
    line: str
    cents: int
    left_cents: int
    service: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Commit(Operation):
    """Money is set aside for a step of somebody's path, by her pseudonym."""

    hub: str
    line: str
    cents: int
    request: str
    person: str
    measure: Measure
    ambito: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant(Operation):
    """Money set aside is paid to whom provides the step."""

    commitment: str
    cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Release(Operation):
    """Money set aside is no longer needed, and available again."""

    commitment: str
    cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Refund(Operation):
    """Money paid comes back from whom provided the step."""

    commitment: str
    cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Lend(Operation):
    """Money of a revolving line is lent, without interest, to a person by her pseudonym."""

    hub: str
    line: str
    cents: int
    person: str
    measure: Measure
    ambito: str
    due: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Repay(Operation):
    """Money lent comes back."""

    loan: str
    cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteOff(Operation):
    """Money lent will not come back."""

    loan: str
    cents: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer(Operation):
    """Available money of a line goes from a hub to another."""

    line: str
    from_hub: str
    to_hub: str
    cents: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosePeriod(Operation):
    """A month is closed: nothing dated in it, or before, is entered any more."""

    year: int
    month: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Correct(Operation):
    """An entry was wrong: the same postings the other way round, on a day of an open month."""

    entry: str
    reason: str


@dataclass(frozen=True, slots=True, order=True)
class Account:
    """Where money of a hub and line stands."""

    kind: AccountKind
    hub: str
    line: str


@dataclass(frozen=True, slots=True)
class Posting:
    """So much more (or less, where negative) on an account."""

    account: Account
    cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One operation in the book, by its number, with postings that add up to nothing."""

    number: int
    operation: Operation
    postings: tuple[Posting, ...]

"""What is where, and what moved: the fund's statement, for those who keep it."""

from dataclasses import dataclass
from datetime import date, timedelta

from matching.accompaniment.fund.ledger import Ledger, balances_on
from matching.domain.fund import Account, AccountKind, Lend, Repay, WriteOff


@dataclass(frozen=True, slots=True, kw_only=True)
class LineStatement:
    """Cents of a hub and line: what stood before, what moved, what stands at the end.

    ``opening + came_in + transferred - granted - committed_more - lent_more - lost = available``,
    where ``committed_more`` and ``lent_more`` are what is set aside and owed more than before.
    ``bought`` went from companies to providers of local services, past the fund.
    """

    hub: str
    line: str
    opening: int
    came_in: int
    transferred: int
    granted: int
    committed_more: int
    lent_more: int
    lost: int
    available: int
    committed: int
    owed: int
    bought: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign:
    """A line with a target: what came in so far, in cents, and the share of the target."""

    line: str
    name: str
    target: int
    raised: int

    @property
    def progress(self) -> float:
        """What came in as a share of the target; it may exceed 1."""
        return self.raised / self.target


@dataclass(frozen=True, slots=True, kw_only=True)
class OverdueLoan:
    """A loan that was due and is still owed, in cents."""

    loan: str
    due: date
    owed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """The fund from the day ``since`` to the end of ``as_of``."""

    since: date | None
    as_of: date
    closed_to: date | None
    entries: int
    lines: tuple[LineStatement, ...]
    campaigns: tuple[Campaign, ...]
    overdue: tuple[OverdueLoan, ...]


def statement(ledger: Ledger, *, as_of: date, since: date | None = None) -> Statement:
    """What stands at the end of a day by hub and line, and what moved since another.

    Entries after ``as_of`` are not read. Without ``since`` everything moved from nothing.
    """
    before = {} if since is None else balances_on(ledger, since - timedelta(days=1))
    after = balances_on(ledger, as_of)
    places = sorted({(account.hub, account.line) for account in after})
    entries = [one for one in ledger.entries if one.operation.on <= as_of]
    return Statement(
        since=since,
        as_of=as_of,
        closed_to=ledger.closed_to,
        entries=len(entries),
        lines=tuple(_line(before, after, hub, line) for hub, line in places),
        campaigns=campaigns(ledger, as_of),
        overdue=_overdue(ledger, as_of),
    )


def campaigns(ledger: Ledger, as_of: date) -> tuple[Campaign, ...]:
    """How far each line with a target has come by the end of a day."""
    after = balances_on(ledger, as_of)
    found = []
    for line in ledger.lines:
        if line.target_cents is not None:
            raised = -sum(
                cents
                for account, cents in after.items()
                if account.line == line.code
                and account.kind in (AccountKind.OUTSIDE, AccountKind.BOUGHT)
            )
            found.append(
                Campaign(line=line.code, name=line.name, target=line.target_cents, raised=raised)
            )
    return tuple(found)


def _line(
    before: dict[Account, int], after: dict[Account, int], hub: str, line: str
) -> LineStatement:
    def stands(kind: AccountKind) -> int:
        return after.get(Account(kind, hub, line), 0)

    def moved(kind: AccountKind) -> int:
        return stands(kind) - before.get(Account(kind, hub, line), 0)

    # Every posting has its counterpart: what came in is what left the outside and was not bought.
    came_in = -moved(AccountKind.OUTSIDE) - moved(AccountKind.BOUGHT)
    left = sum(
        moved(kind)
        for kind in (
            AccountKind.GRANTED,
            AccountKind.COMMITTED,
            AccountKind.LENT,
            AccountKind.LOST,
        )
    )
    return LineStatement(
        hub=hub,
        line=line,
        opening=before.get(Account(AccountKind.AVAILABLE, hub, line), 0),
        came_in=came_in,
        transferred=moved(AccountKind.AVAILABLE) - came_in + left,
        granted=moved(AccountKind.GRANTED),
        committed_more=moved(AccountKind.COMMITTED),
        lent_more=moved(AccountKind.LENT),
        lost=moved(AccountKind.LOST),
        available=stands(AccountKind.AVAILABLE),
        committed=stands(AccountKind.COMMITTED),
        owed=stands(AccountKind.LENT),
        bought=moved(AccountKind.BOUGHT),
    )


def _overdue(ledger: Ledger, as_of: date) -> tuple[OverdueLoan, ...]:
    owed: dict[str, int] = {}
    due: dict[str, date] = {}
    taken_back = {
        one.operation.entry: one.operation.on
        for one in ledger.entries
        if hasattr(one.operation, "entry")
    }
    for entry in ledger.entries:
        operation = entry.operation
        if operation.on > as_of or taken_back.get(operation.id, date.max) <= as_of:
            continue
        if isinstance(operation, Lend):
            owed[operation.id], due[operation.id] = operation.cents, operation.due
        elif isinstance(operation, Repay | WriteOff):
            owed[operation.loan] -= operation.cents
    return tuple(
        OverdueLoan(loan=loan, due=due[loan], owed=cents)
        for loan, cents in sorted(owed.items())
        if cents and due[loan] < as_of
    )

"""What each operation does to the fund's book, and what is refused.

A :class:`Book` is the working copy of a ledger while operations are entered; who reads a ledger
never sees one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from matching.accompaniment.fund.checking import (
    check_form,
    check_later,
    check_text,
    last_of_month,
    moved,
    refuse,
)
from matching.domain import fund
from matching.domain.fund import Account, AccountKind, Entry, Line, LineKind, Operation, Posting

_NEVER_NEGATIVE = (AccountKind.AVAILABLE, AccountKind.COMMITTED, AccountKind.LENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """Money set aside for a step: what is still ``open``, and what was ``paid``, in cents."""

    operation: fund.Commit
    open: int
    paid: int
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Loan:
    """Money lent, and what of it is still ``owed``, in cents."""

    operation: fund.Lend
    owed: int
    last: date


@dataclass(slots=True)
class Book:
    """Everything that an operation is checked against; changed by :meth:`enter` alone."""

    entries: list[Entry] = field(default_factory=list)
    by_id: dict[str, Entry] = field(default_factory=dict)
    lines: dict[str, tuple[Line, date]] = field(default_factory=dict)
    balances: dict[Account, int] = field(default_factory=dict)
    moves: dict[Account, list[tuple[date, int]]] = field(default_factory=dict)
    commitments: dict[str, Commitment] = field(default_factory=dict)
    loans: dict[str, Loan] = field(default_factory=dict)
    corrected: dict[str, str] = field(default_factory=dict)
    closed_to: date | None = None

    def enter(self, operation: Operation) -> None:
        """Enter one operation; one that is there already, word for word, changes nothing.

        Raises
        ------
        FundError
            Saying what is refused, which value, and what to do. Nothing was changed then.
        """
        known = self.by_id.get(operation.id)
        if known is not None:
            if known.operation == operation:
                return
            refuse(
                operation, "the identifier is already in the book, with another content; use a new"
            )
        check_form(operation)
        if self.closed_to is not None and operation.on <= self.closed_to:
            refuse(
                operation,
                f"on {operation.on}: everything up to {self.closed_to} is closed; use a day of an "
                "open month, and Correct for what was entered wrongly",
            )
        postings = tuple(one for one in self._postings(operation) if one.cents)
        self._check_balances(operation, postings)
        self._note(operation)
        entry = Entry(number=len(self.entries) + 1, operation=operation, postings=postings)
        self.entries.append(entry)
        self.by_id[operation.id] = entry
        for posting in postings:
            account = posting.account
            self.balances[account] = self.balances.get(account, 0) + posting.cents
            self.moves.setdefault(account, []).append((operation.on, posting.cents))

    def _postings(self, operation: Operation) -> Iterable[Posting]:
        """Check what an operation refers to, and say what it moves. Changes nothing."""
        match operation:
            case fund.OpenLine(line=line):
                self._check_line(operation, line)
                return ()
            case fund.Contribute(hub=hub, line=code, cents=cents):
                self._line(operation, code)
                return moved(AccountKind.OUTSIDE, AccountKind.AVAILABLE, hub, code, cents)
            case fund.BuyWelfare(hub=hub, line=code, cents=cents, left_cents=left):
                self._line(operation, code, LineKind.WELFARE_SHARE)
                if not 0 <= left <= cents:
                    refuse(operation, f"left_cents = {left}; write from 0 to cents = {cents}")
                return (
                    Posting(Account(AccountKind.OUTSIDE, hub, code), -cents),
                    Posting(Account(AccountKind.AVAILABLE, hub, code), left),
                    Posting(Account(AccountKind.BOUGHT, hub, code), cents - left),
                )
            case fund.Commit(hub=hub, line=code, cents=cents):
                self._check_purpose(operation, self._line(operation, code))
                return moved(AccountKind.AVAILABLE, AccountKind.COMMITTED, hub, code, cents)
            case fund.Lend(hub=hub, line=code, cents=cents, due=due):
                self._line(operation, code, LineKind.REVOLVING)
                if due <= operation.on:
                    refuse(operation, f"due = {due} is not after {operation.on}; write a later day")
                return moved(AccountKind.AVAILABLE, AccountKind.LENT, hub, code, cents)
            case fund.Transfer(line=code, from_hub=giving, to_hub=taking, cents=cents):
                return self._transferred(operation, code, giving, taking, cents)
            case fund.Grant() | fund.Release() | fund.Refund():
                return self._of_commitment(operation)
            case fund.Repay() | fund.WriteOff():
                return self._of_loan(operation)
            case fund.ClosePeriod(year=year, month=month):
                self._check_closing(operation, last_of_month(operation, year, month))
                return ()
            case fund.Correct(entry=wrong):
                return self._reversed(operation, wrong)
            case _:
                refuse(operation, f"{type(operation).__name__} is no operation of the fund")

    def _note(self, operation: Operation) -> None:
        """Keep what an operation that was found good changes besides balances."""
        match operation:
            case fund.OpenLine(line=line):
                self.lines[line.code] = (line, operation.on)
            case fund.Commit(cents=cents):
                self.commitments[operation.id] = Commitment(
                    operation=operation, open=cents, paid=0, last=operation.on
                )
            case fund.Lend(cents=cents):
                self.loans[operation.id] = Loan(operation=operation, owed=cents, last=operation.on)
            case fund.ClosePeriod(year=year, month=month):
                self.closed_to = last_of_month(operation, year, month)
            case fund.Correct(entry=wrong):
                self.corrected[wrong] = operation.id
                self._change(self.by_id[wrong].operation, -1, operation.on)
            case _:
                self._change(operation, 1, operation.on)

    def _change(self, operation: Operation, sign: int, on: date) -> None:
        """Keep what is open, paid and owed; ``sign`` is -1 for a correction."""
        match operation:
            case fund.Commit(cents=cents):
                found = self.commitments[operation.id]
                self.commitments[operation.id] = replace(found, open=found.open - cents, last=on)
            case fund.Lend(cents=cents):
                lent = self.loans[operation.id]
                self.loans[operation.id] = replace(lent, owed=lent.owed - cents, last=on)
            case fund.Grant(commitment=key, cents=cents):
                found = self.commitments[key]
                self.commitments[key] = replace(
                    found, open=found.open - sign * cents, paid=found.paid + sign * cents, last=on
                )
            case fund.Release(commitment=key, cents=cents):
                found = self.commitments[key]
                self.commitments[key] = replace(found, open=found.open - sign * cents, last=on)
            case fund.Refund(commitment=key, cents=cents):
                found = self.commitments[key]
                self.commitments[key] = replace(found, paid=found.paid - sign * cents, last=on)
            case fund.Repay(loan=key, cents=cents) | fund.WriteOff(loan=key, cents=cents):
                lent = self.loans[key]
                self.loans[key] = replace(lent, owed=lent.owed - sign * cents, last=on)

    def _line(self, operation: Operation, code: str, kind: LineKind | None = None) -> Line:
        found = self.lines.get(code)
        if found is None:
            refuse(operation, f"line {code!r} is not open; open it first (open_line)")
        line, opened = found
        if operation.on < opened:
            refuse(
                operation, f"on {operation.on}: line {code!r} opened on {opened}; use a later day"
            )
        if kind is not None and line.kind is not kind:
            refuse(
                operation, f"line {code!r} is of kind {line.kind}; name one of kind {kind} instead"
            )
        return line

    def _check_line(self, operation: Operation, line: Line) -> None:
        if line.code in self.lines:
            refuse(operation, f"line {line.code!r} is open already; choose another code")
        for name, value in (("code", line.code), ("name", line.name)):
            check_text(operation, name, value)
        if line.target_cents is not None and line.target_cents <= 0:
            refuse(operation, f"target_cents = {line.target_cents}; write a positive number")

    def _check_purpose(self, operation: fund.Commit, line: Line) -> None:
        if line.kind is LineKind.REVOLVING:
            refuse(operation, f"line {line.code!r} is revolving: lend from it, or name another")
        if line.measures and operation.measure not in line.measures:
            refuse(
                operation,
                f"line {line.code!r} pays for {', '.join(line.measures)}, not for "
                f"{operation.measure}; name a line that may pay for it",
            )
        if line.ambiti and operation.ambito not in line.ambiti:
            refuse(
                operation,
                f"line {line.code!r} is for {', '.join(line.ambiti)}, not for "
                f"{operation.ambito!r}; name a line that may pay there",
            )

    def _transferred(
        self, operation: Operation, code: str, giving: str, taking: str, cents: int
    ) -> tuple[Posting, ...]:
        if self._line(operation, code).hub_bound:
            refuse(operation, f"line {code!r} is bound to the hub that it was given to; keep it")
        if giving == taking:
            refuse(operation, f"from_hub and to_hub are both {giving!r}; name two hubs")
        return (
            Posting(Account(AccountKind.AVAILABLE, giving, code), -cents),
            Posting(Account(AccountKind.AVAILABLE, taking, code), cents),
        )

    def _of_commitment(
        self, operation: fund.Grant | fund.Release | fund.Refund
    ) -> tuple[Posting, ...]:
        found = self.commitments.get(operation.commitment)
        if found is None:
            refuse(operation, f"commitment {operation.commitment!r} is not in the book; correct it")
        check_later(operation, found.last)
        made, cents = found.operation, operation.cents
        refund = isinstance(operation, fund.Refund)
        most, what = (found.paid, "was paid") if refund else (found.open, "is open")
        if cents > most:
            refuse(
                operation,
                f"cents = {cents}, but of commitment {operation.commitment!r} {what} {most}; "
                "write at most that",
            )
        if refund:
            return moved(AccountKind.GRANTED, AccountKind.AVAILABLE, made.hub, made.line, cents)
        goes = AccountKind.GRANTED if isinstance(operation, fund.Grant) else AccountKind.AVAILABLE
        return moved(AccountKind.COMMITTED, goes, made.hub, made.line, cents)

    def _of_loan(self, operation: fund.Repay | fund.WriteOff) -> tuple[Posting, ...]:
        found = self.loans.get(operation.loan)
        if found is None:
            refuse(operation, f"loan {operation.loan!r} is not in the book; correct it")
        check_later(operation, found.last)
        if operation.cents > found.owed:
            refuse(
                operation,
                f"cents = {operation.cents}, but of loan {operation.loan!r} {found.owed} is owed; "
                "write at most that",
            )
        back = isinstance(operation, fund.Repay)
        goes = AccountKind.AVAILABLE if back else AccountKind.LOST
        made = found.operation
        return moved(AccountKind.LENT, goes, made.hub, made.line, operation.cents)

    def _check_closing(self, operation: Operation, end: date) -> None:
        if operation.on <= end:
            refuse(operation, f"on {operation.on}: the month ends on {end}; close it afterwards")
        if self.closed_to is not None and end <= self.closed_to:
            refuse(
                operation,
                f"everything up to {self.closed_to} is closed already; name a later month",
            )

    def _reversed(self, operation: Operation, wrong: str) -> tuple[Posting, ...]:
        entry = self.by_id.get(wrong)
        if entry is None:
            refuse(operation, f"entry {wrong!r} is not in the book; correct the identifier")
        if wrong in self.corrected:
            refuse(
                operation,
                f"entry {wrong!r} was corrected by {self.corrected[wrong]!r} already; enter anew "
                "what is right",
            )
        made = entry.operation
        if operation.on < made.on:
            refuse(operation, f"on {operation.on}: entry {wrong!r} is of {made.on}; use a later")
        if isinstance(made, fund.OpenLine | fund.ClosePeriod | fund.Correct):
            refuse(
                operation,
                f"entry {wrong!r} moves no money of its own, and stands; enter anew what is right",
            )
        self._check_untouched(operation, made)
        return tuple(Posting(one.account, -one.cents) for one in entry.postings)

    def _check_untouched(self, operation: Operation, made: Operation) -> None:
        """Refuse to take back what later entries rest on."""
        later: date | None = None
        match made:
            case fund.Commit(cents=cents):
                found = self.commitments[made.id]
                rests = found.open != cents or found.paid != 0
                later = found.last
            case fund.Lend(cents=cents):
                rests, later = self.loans[made.id].owed != cents, self.loans[made.id].last
            case fund.Grant(commitment=key, cents=cents):
                rests, later = self.commitments[key].paid < cents, self.commitments[key].last
            case fund.Release(commitment=key) | fund.Refund(commitment=key):
                rests, later = False, self.commitments[key].last
            case fund.Repay(loan=key) | fund.WriteOff(loan=key):
                rests, later = False, self.loans[key].last
            case _:
                rests = False
        if rests:
            refuse(
                operation, f"later entries rest on {made.id!r}; correct those first, the last first"
            )
        if later is not None:
            check_later(operation, later)

    def _check_balances(self, operation: Operation, postings: Iterable[Posting]) -> None:
        for posting in postings:
            account = posting.account
            if posting.cents >= 0 or account.kind not in _NEVER_NEGATIVE:
                continue
            least = self.least_from(account, operation.on)
            if least + posting.cents < 0:
                refuse(
                    operation,
                    f"{-posting.cents} cents are needed, but {account.kind} of hub "
                    f"{account.hub!r}, line {account.line!r} are {least}; write less, or bring "
                    "money in first",
                )

    def least_from(self, account: Account, day: date) -> int:
        """The least that an account holds at the end of a day or of any later one."""
        balance = self.balances.get(account, 0)
        later = sorted((on, cents) for on, cents in self.moves.get(account, ()) if on > day)
        running = least = balance - sum(cents for _, cents in later)
        for number, (on, cents) in enumerate(later):
            running += cents
            if number + 1 == len(later) or later[number + 1][0] != on:
                least = min(least, running)
        return least


def copied(book: Book) -> Book:
    """A copy that can be changed by itself."""
    moves: Mapping[Account, list[tuple[date, int]]] = book.moves
    return Book(
        entries=list(book.entries),
        by_id=dict(book.by_id),
        lines=dict(book.lines),
        balances=dict(book.balances),
        moves={account: list(found) for account, found in moves.items()},
        commitments=dict(book.commitments),
        loans=dict(book.loans),
        corrected=dict(book.corrected),
        closed_to=book.closed_to,
    )

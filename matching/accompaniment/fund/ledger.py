"""The fund's ledger: immutable entries, and what is where after them.

Double entry: the postings of every entry add up to nothing, so the accounts always do.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from matching.accompaniment.fund.book import Book, Commitment, Loan, copied
from matching.domain.fund import Account, AccountKind, Entry, Line, Operation


@dataclass(frozen=True, eq=False)
class Ledger:
    """A book as it stands; :func:`post` gives another, and leaves this one as it was."""

    _book: Book = field(default_factory=Book, repr=False)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Every entry, in the order in which they were made."""
        return tuple(self._book.entries)

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines that are open."""
        return tuple(line for line, _ in self._book.lines.values())

    @property
    def balances(self) -> Mapping[Account, int]:
        """Cents on each account, over all entries."""
        return MappingProxyType(self._book.balances)

    @property
    def commitments(self) -> Mapping[str, Commitment]:
        """Money set aside, by the identifier of the entry."""
        return MappingProxyType(self._book.commitments)

    @property
    def loans(self) -> Mapping[str, Loan]:
        """Money lent, by the identifier of the entry."""
        return MappingProxyType(self._book.loans)

    @property
    def corrected(self) -> frozenset[str]:
        """Identifiers of the entries that a later one took back."""
        return frozenset(self._book.corrected)

    @property
    def closed_to(self) -> date | None:
        """The last day of the last closed month."""
        return self._book.closed_to


def post(ledger: Ledger, operation: Operation) -> Ledger:
    """The ledger after one more operation.

    An operation that is in the ledger already, word for word, changes nothing: it may be sent
    twice.

    Raises
    ------
    FundError
        Saying what is refused, which value, and what to do.
    """
    return post_all(ledger, (operation,))


def post_all(ledger: Ledger, operations: Iterable[Operation]) -> Ledger:
    """The ledger after several operations: all of them, or none where one is refused.

    Raises
    ------
    FundError
        As :func:`post`.
    """
    book = copied(ledger._book)
    for operation in operations:
        book.enter(operation)
    return Ledger(book)


def balances_on(ledger: Ledger, day: date) -> dict[Account, int]:
    """Cents on each account at the end of a day, added up from the entries."""
    found: dict[Account, int] = {}
    for entry in ledger.entries:
        if entry.operation.on <= day:
            for posting in entry.postings:
                found[posting.account] = found.get(posting.account, 0) + posting.cents
    return found


def available(ledger: Ledger, day: date) -> dict[tuple[str, str], int]:
    """Cents that can be spent on a day, by hub and line: later entries may need some of them.

    >>> available(Ledger(), date(2026, 11, 1))
    {}
    """
    found: dict[tuple[str, str], int] = {}
    for account in ledger.balances:
        if account.kind is AccountKind.AVAILABLE:
            least = ledger._book.least_from(account, day)
            found[account.hub, account.line] = least
    return found

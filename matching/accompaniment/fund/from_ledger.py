"""What a ledger says to a proposal: money by line and hub, and what each person had."""

from collections.abc import Mapping
from datetime import date

from matching.accompaniment.fund.committee import line_code
from matching.accompaniment.fund.ledger import Ledger, available
from matching.accompaniment.fund.purse import Money, MoneyLine
from matching.domain.days import months_later
from matching.domain.fund import WHOLE_TERRITORY, Grant, LineKind, Refund
from matching.errors import FundError

_YEAR = 12


def money_of(
    ledger: Ledger, *, day: date, budget_cents: int, ambito_of: Mapping[str, str]
) -> Money:
    """What can be spent on a day: at most a budget, from what each line has.

    Parameters
    ----------
    ledger
        The fund's ledger.
    day
        Money that later entries need is not counted.
    budget_cents
        The most to spend in all.
    ambito_of
        The ambito of each hub: its money is for the people of that ambito.

    Raises
    ------
    FundError
        For a hub that the territory does not have.
    """
    lines = {line.code: line for line in ledger.lines}
    found = []
    for (hub, code), cents in sorted(available(ledger, day).items()):
        line = lines[code]
        if line.kind is LineKind.REVOLVING or cents <= 0:
            continue
        ambiti = frozenset(line.ambiti)
        if hub != WHOLE_TERRITORY:
            if hub not in ambito_of:
                raise FundError(
                    f"Hub {hub!r} of the ledger is none of the territory's: "
                    f"{', '.join(sorted(ambito_of))}, or {WHOLE_TERRITORY!r}; transfer its money."
                )
            here = frozenset({ambito_of[hub]})
            if ambiti and not ambiti & here:
                continue
            ambiti = here
        found.append(
            MoneyLine(
                code=line_code(code, hub),
                cents=cents,
                measures=frozenset(line.measures),
                ambiti=ambiti,
            )
        )
    return Money(budget_cents=budget_cents, lines=tuple(found))


def spent_by_person(ledger: Ledger, *, day: date) -> dict[str, int]:
    """Cents set aside or paid for each person over the twelve months before a day, and on it.

    What was released or came back does not count.
    """
    since = months_later(day, -_YEAR)
    found: dict[str, int] = {}
    for one in ledger.commitments.values():
        made = one.operation
        if since < made.on <= day and one.open + one.paid:
            found[made.person] = found.get(made.person, 0) + one.open + one.paid
    return found


def last_movement(ledger: Ledger, person: str) -> date | None:
    """The last day on which money of the fund moved for a person, None where none ever did.

    Money that was only set aside and released again does not count: no account tells of it.

    Parameters
    ----------
    ledger
        The fund's ledger.
    person
        Her pseudonym.
    """
    hers = {key: one for key, one in ledger.commitments.items() if one.operation.person == person}
    days = [one.last for one in hers.values() if one.open]
    days += [one.last for one in ledger.loans.values() if one.operation.person == person]
    for entry in ledger.entries:
        made = entry.operation
        if isinstance(made, Grant | Refund) and made.commitment in hers:
            days.append(made.on)
    return max(days, default=None)

"""The life of a referral: received, contacted, taken in charge or directed elsewhere, closed.

Without the person's agreement nothing but the count is kept, and an agreement that is withdrawn
leaves nothing else either.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from matching.accompaniment.referrals.steps import named, not_before
from matching.domain import Counted, Moved, Referral, ReferralState, ReferrerView, SourceKind
from matching.errors import InputError

NEXT: Mapping[ReferralState, frozenset[ReferralState]] = {
    ReferralState.RECEIVED: frozenset(
        {ReferralState.CONTACTED, ReferralState.DIRECTED_ELSEWHERE, ReferralState.CLOSED}
    ),
    ReferralState.CONTACTED: frozenset(
        {
            ReferralState.TAKEN_IN_CHARGE,
            ReferralState.DIRECTED_ELSEWHERE,
            ReferralState.CLOSED,
        }
    ),
    ReferralState.TAKEN_IN_CHARGE: frozenset(
        {ReferralState.DIRECTED_ELSEWHERE, ReferralState.CLOSED}
    ),
    ReferralState.DIRECTED_ELSEWHERE: frozenset({ReferralState.CLOSED}),
    ReferralState.CLOSED: frozenset(),
}
"""What may follow each state. Nobody is taken in charge whom nobody spoke with."""


def receive(
    *,
    id: str,
    source: SourceKind,
    referrer: str,
    on: date,
    by: str,
    person_id: str | None = None,
    agreed_on: date | None = None,
) -> Referral | Counted:
    """Take in a referral; without the person's agreement only its count is kept.

    Parameters
    ----------
    id, source, referrer
        The referral, and who sent it: the kind and the desk or organisation.
    on, by
        When it came, and who of the hub records it.
    person_id, agreed_on
        Whom it is about, and the day on which she agreed, which is not after ``on``.

    Raises
    ------
    InputError
        For a blank name, an agreement without a person, or one that is still to come.
    """
    named(by, "by")
    if agreed_on is None:
        return _counted(source, on)
    if person_id is None or not person_id.strip():
        raise InputError("person_id is blank; an agreement is a person's: say whose.")
    if agreed_on > on:
        raise InputError(
            f"agreed_on = {agreed_on} is after {on}; record the referral once the person agreed."
        )
    return Referral(
        id=named(id, "id"),
        source=source,
        referrer=named(referrer, "referrer"),
        person_id=person_id,
        agreed_on=agreed_on,
        moves=(Moved(state=ReferralState.RECEIVED, on=on, by=by),),
    )


def advance(referral: Referral, to: ReferralState, *, on: date, by: str) -> Referral:
    """Bring a referral to its next state.

    Raises
    ------
    InputError
        For a state that does not follow the present one, a day before the last move, or no name.
    """
    after = NEXT[referral.state]
    if to not in after:
        allowed = ", ".join(sorted(after)) or "nothing"
        raise InputError(
            f"referral {referral.id!r} is {referral.state.value!r}: {to.value!r} does not follow; "
            f"{allowed} may."
        )
    not_before(on, referral.since, "on")
    return replace(referral, moves=(*referral.moves, Moved(state=to, on=on, by=named(by, "by"))))


def withdraw(referral: Referral) -> Counted:
    """What is left once the person takes back her agreement: one more in the count."""
    return _counted(referral.source, referral.moves[0].on)


def referrer_view(referral: Referral) -> ReferrerView:
    """What whoever referred may see: the state and since when, and nothing about the person."""
    return ReferrerView(referral_id=referral.id, state=referral.state, since=referral.since)


def _counted(source: SourceKind, on: date) -> Counted:
    return Counted(source=source, month=on.replace(day=1))

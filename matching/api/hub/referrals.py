"""What is sent and answered of referrals; whoever referred is answered the state alone."""

from datetime import date
from typing import Literal

from matching.api.hub.fields import Code, Id, Prose
from matching.api.hub.persons import SentContacts
from matching.api.payloads import Day, Payload, YesNo
from matching.domain import ReferralState, ReferrerView, SourceKind
from matching.hub.referrals import ReferralSeen


class NewReferralRequest(Payload):
    """Somebody who agreed, on a day, that a hub is told of her. Without her agreement, nobody.

    `organisation_id` is for a manager who writes down whose referral it is; whoever refers sends
    its own. `note` is read by the hub alone, until it decided.
    """

    contacts: SentContacts
    source: SourceKind
    agreed_on: Day
    note: Prose | None = None
    hub: Code | None = None
    organisation_id: Id | None = None


class ReferralChange(Payload):
    """What became of a referral. Taking somebody in charge makes her file: a route of its own."""

    state: Literal["contacted", "directed_elsewhere", "closed"]


class TakenInCharge(Payload):
    """Where somebody who was referred is followed from now on."""

    point: Code | None = None
    is_protected: YesNo = False


class ReferralStateAnswer(Payload):
    """All that whoever referred sees: what became of it, since when."""

    id: str
    state: ReferralState
    since: date


class Move(Payload):
    """A state that the referral came to, when, and who says so."""

    state: ReferralState
    on: date
    by: str


class ReferralAnswer(ReferralStateAnswer):
    """A referral as its hub sees it. `contacts` and `note` are null in lists, and once decided."""

    hub: str
    source: SourceKind
    network: str
    organisation_id: str | None
    agreed_on: date
    moves: tuple[Move, ...]
    version: int
    contacts: SentContacts | None = None
    note: str | None = None


class ReferralStatesPage(Payload):
    """A page of one's own referrals."""

    referrals: tuple[ReferralStateAnswer, ...]
    next_cursor: str | None


class ReferralsPage(Payload):
    """A page of a hub's referrals, without names."""

    referrals: tuple[ReferralAnswer, ...]
    next_cursor: str | None


def state_answer(view: ReferrerView) -> ReferralStateAnswer:
    """What became of a referral, as whoever made it is answered."""
    return ReferralStateAnswer(id=view.referral_id, state=view.state, since=view.since)


def referral_answer(seen: ReferralSeen) -> ReferralAnswer:
    """A referral as its hub is answered."""
    referral = seen.referral
    contacts = seen.contacts
    return ReferralAnswer(
        id=referral.id,
        state=referral.state,
        since=referral.since,
        hub=seen.hub,
        source=referral.source,
        network=referral.source.network,
        organisation_id=seen.organisation_id,
        agreed_on=referral.agreed_on,
        moves=tuple(map(Move.model_validate, referral.moves)),
        version=seen.version,
        contacts=None if contacts is None else SentContacts.model_construct(
            **{name: getattr(contacts, name) for name in SentContacts.model_fields}
        ),
        note=seen.note,
    )  # fmt: skip

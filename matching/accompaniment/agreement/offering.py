"""What is offered to somebody with an agreed path: all that was offered before it, always.

A no, an absence, a missing signature or a contested step take nothing away: the list of services
and the alternatives to a step do not depend on what happened. What happened is only said beside.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from matching.accompaniment.catalogue import Catalogue, Service
from matching.accompaniment.cover import made_for
from matching.accompaniment.offers import Offer
from matching.domain.agreement import Agreement, StepState


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """A service that can be asked for, and how its last step in the path stands, if it has one."""

    service: Service
    state: StepState | None


def offered(
    catalogue: Catalogue | None, agreement: Agreement, *, as_of: date
) -> tuple[Offered, ...]:
    """Every service that can be asked for on a day, in the order of the catalogue.

    The list of actions is open: whatever is in the path, all of it may be proposed.
    """
    states = {step.proposal.service: step.state for step in agreement.steps}
    services = () if catalogue is None else catalogue.open_on(as_of)
    return tuple(Offered(service=one, state=states.get(one.slug)) for one in services)


def alternatives(service: str | None, found: Sequence[Offer]) -> tuple[Service, ...]:
    """Other services that answer something of what one answers for this person, the best first.

    Parameters
    ----------
    service
        Slug of the service that was refused, or None for a step of the person's own: of that
        nothing is known, and every offer may take its place.
    found
        What the catalogue offers this person (:func:`matching.accompaniment.offers.offers`). The
        path and what happened to it are not asked.
    """
    wanted = frozenset(
        answer
        for offer in found
        if service is None or offer.service.slug == service
        for answer in offer.answers
    )
    instead = [offer for offer in found if offer.service.slug != service and offer.answers & wanted]
    instead.sort(key=lambda offer: made_for(offer, wanted))
    return tuple(offer.service for offer in instead)

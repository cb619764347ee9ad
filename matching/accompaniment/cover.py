"""The few offers that answer most: a greedy cover, within a budget."""

from collections.abc import Collection, Iterable
from typing import TypeAlias

from matching.accompaniment.offers import Offer

Answers: TypeAlias = frozenset[tuple[str, str]]


def all_answers(offers: Iterable[Offer]) -> Answers:
    """Everything that some offer answers."""
    return frozenset(answer for offer in offers for answer in offer.answers)


def cover(offers: Collection[Offer], wanted: Answers, budget_eur: int | None) -> tuple[Offer, ...]:
    """Take the offer made for most of what is left, one by one, and drop the superfluous.

    What an offer is made for are the skills that it teaches and the first of its service's needs.
    Among those, nobody's money comes first, then what answers most besides: a cookery course that
    the fund pays does not take the place of a free food point.

    Offers that would bring the cost above ``budget_eur`` are passed over; what costs the fund
    nothing never is. Among equals the order is that of :func:`preference`.
    """
    chosen: tuple[Offer, ...] = ()
    while True:
        left = wanted - all_answers(chosen)
        spent = sum(offer.service.cost_eur for offer in chosen)
        useful = [
            offer
            for offer in offers
            if offer.answers & left and _affordable(offer, spent, budget_eur)
        ]
        if not useful:
            return chosen
        best = min(useful, key=lambda offer: made_for(offer, left))
        chosen = _needed((*chosen, best), wanted)


def preference(offer: Offer, left: Answers) -> tuple[object, ...]:
    """Sort key among offers that answer as much; the best is the least."""
    service = offer.service
    return (
        offer.outside,
        offer.payer,
        not _purpose(offer) & left,
        -round(offer.gain, 6),
        service.cost_eur,
        service.grade,
        offer.wait,
        offer.journey,
        service.slug,
    )


def made_for(offer: Offer, left: Answers) -> tuple[object, ...]:
    """Sort key: what is made for most of what is left first, then by :func:`preference`."""
    skills = frozenset(("skill", uri) for uri in offer.skills)
    meant = len((skills | _purpose(offer)) & left)
    most = len(offer.answers & left)
    return -meant, offer.outside, offer.payer, -most, *preference(offer, left)


def _purpose(offer: Offer) -> Answers:
    """The need that a service is first for, where this offer answers it."""
    first = offer.service.needs[:1]
    return frozenset(("need", str(need)) for need in first if need in offer.needs)


def _affordable(offer: Offer, spent: int, budget_eur: int | None) -> bool:
    cost = offer.service.cost_eur
    return budget_eur is None or cost == 0 or spent + cost <= budget_eur


def _needed(chosen: tuple[Offer, ...], wanted: Answers) -> tuple[Offer, ...]:
    """Drop, the dearest first, each offer whose answers the others all give."""
    kept = chosen
    for offer in sorted(chosen, key=lambda o: (-o.service.cost_eur, o.service.slug)):
        others = tuple(other for other in kept if other is not offer)
        if offer.answers & wanted <= all_answers(others):
            kept = others
    return kept

"""The same person twice in a register: found by name, birth date, contacts and municipality."""

from collections.abc import Mapping, Sequence

from matching.upkeep.births import BirthLikeness
from matching.upkeep.blocking import candidate_pairs
from matching.upkeep.comparing import Likelihood, compare, worth_comparing
from matching.upkeep.contacts import near_addresses, near_numbers
from matching.upkeep.identity import Identity
from matching.upkeep.names import Likeness
from matching.upkeep.proposals import (
    Aspect,
    MergeKind,
    MergeProposal,
    Remark,
    by_score,
    near,
    other,
    same,
)
from matching.upkeep.register import register_of
from matching.wording import Wording


def same_people(
    identities: Sequence[Identity], *, wording: Wording, places: Mapping[str, str]
) -> tuple[MergeProposal, ...]:
    """Pairs of records that may be of one person, the surest first.

    Parameters
    ----------
    identities
        The register; identifiers differ.
    wording
        Says what agrees and what differs.
    places
        Names of municipalities by ISTAT code; others are shown as they are.

    Returns
    -------
    tuple of MergeProposal
        Of the kind ``PERSON``, ``score`` in bits. Nothing is merged.
    """
    register = register_of(identities)
    found: list[MergeProposal] = []
    for i, j in candidate_pairs(identities, register):
        first, second = identities[i], identities[j]
        if not worth_comparing(first, second):
            continue
        likelihood = compare(first, second, register)
        verdict = likelihood.verdict
        if verdict is None:
            continue
        agreements, differences = remarks(first, second, likelihood, wording=wording, places=places)
        found.append(
            MergeProposal(
                kind=MergeKind.PERSON,
                first=first.id,
                second=second.id,
                verdict=verdict,
                score=likelihood.bits,
                agreements=agreements,
                differences=differences,
                note=wording.say("upkeep.relatives") if likelihood.apart else "",
            )
        )
    return by_score(found)


def remarks(
    first: Identity,
    second: Identity,
    likelihood: Likelihood,
    *,
    wording: Wording,
    places: Mapping[str, str],
) -> tuple[tuple[Remark, ...], tuple[Remark, ...]]:
    """What agrees and what differs, field by field; what either lacks is in neither."""
    agreements: list[Remark] = []
    differences: list[Remark] = []
    if first.name and second.name:
        names = likelihood.names
        alike = all(kind is Likeness.SAME for kind, _, _ in names.pairs)
        if alike and names.pairs and not names.first_only and not names.second_only:
            agreements.append(same(Aspect.NAME, first.name, second.name, wording))
        else:
            say = near if names.whole else other
            differences.append(say(Aspect.NAME, first.name, second.name, wording))
    if first.born and second.born:
        days = [wording.say("screen.date", date=day) for day in (first.born, second.born)]
        if likelihood.born is BirthLikeness.SAME:
            agreements.append(same(Aspect.BORN, days[0], days[1], wording))
        else:
            say = near if likelihood.born is BirthLikeness.SLIP else other
            differences.append(say(Aspect.BORN, days[0], days[1], wording))
    contacts = (
        (Aspect.EMAIL, first.emails, second.emails, near_addresses),
        (Aspect.PHONE, first.phones, second.phones, near_numbers),
    )
    for aspect, ours, theirs, is_near in contacts:
        shared = [one for one in ours if one in theirs]
        one, another = ", ".join(shared or ours), ", ".join(shared or theirs)
        if shared:
            agreements.append(same(aspect, one, another, wording))
        elif ours and theirs:
            say = near if any(is_near(a, b) for a in ours for b in theirs) else other
            differences.append(say(aspect, one, another, wording))
    if first.comune and second.comune:
        towns = [places.get(town, town) for town in (first.comune, second.comune)]
        if first.comune == second.comune:
            agreements.append(same(Aspect.COMUNE, towns[0], towns[1], wording))
        else:
            differences.append(other(Aspect.COMUNE, towns[0], towns[1], wording))
    return tuple(agreements), tuple(differences)

"""The same CV twice: the same document again, or a newer version of it.

Found in the texts alone, where a register has no identities. Two people in one trade who filled in
the same form share its phrases; those weigh little (:mod:`matching.upkeep.shingles`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from matching.upkeep.comparing import compare
from matching.upkeep.identity import Identity
from matching.upkeep.people import remarks
from matching.upkeep.proposals import (
    Aspect,
    MergeKind,
    MergeProposal,
    Remark,
    Verdict,
    by_score,
    other,
    same,
)
from matching.upkeep.register import register_of
from matching.upkeep.shingles import TextPair, near_duplicates
from matching.wording import Wording

_SAME = 0.9  # resemblance from which two texts are one document
_LIKELY = 0.6  # and from which it is very likely one CV
_LEAST = 0.4
_CONTAINED = 0.75  # of the older version, what the newer one keeps
_FEWEST = 25  # shingles: a CV of fewer words says what many could say


@dataclass(frozen=True, slots=True, kw_only=True)
class Curriculum:
    """The text of a CV, and the day on which it was last brought up to date, if known."""

    id: str
    text: str
    updated: date | None = None


def same_curricula(
    curricula: Sequence[Curriculum],
    *,
    wording: Wording,
    places: Mapping[str, str],
    identities: Sequence[Identity] = (),
) -> tuple[MergeProposal, ...]:
    """Pairs of CVs that are one document or versions of one, the surest first.

    Parameters
    ----------
    curricula
        The texts; identifiers differ.
    wording
        Says what agrees and what differs.
    places
        Names of municipalities by ISTAT code.
    identities
        Of the same records, where known: what agrees and differs in them is said too, and where
        name or birth date contradict, one CV under two names, it is *possible* at most.

    Returns
    -------
    tuple of MergeProposal
        Of the kinds ``SAME_DOCUMENT`` and ``NEWER_VERSION``, whose second is the newer.
    """
    known = {identity.id: identity for identity in identities}
    register = register_of(identities)
    found: list[MergeProposal] = []
    for pair in near_duplicates([cv.text for cv in curricula], least=_LEAST, fewest=_FEWEST):
        proposal = _proposal(curricula[pair.first], curricula[pair.second], pair, wording)
        if proposal is None:
            continue
        first, second = known.get(proposal.first), known.get(proposal.second)
        if first is not None and second is not None:
            likelihood = compare(first, second, register)
            agreements, differences = remarks(
                first, second, likelihood, wording=wording, places=places
            )
            proposal = replace(
                proposal,
                verdict=Verdict.POSSIBLE if likelihood.apart else proposal.verdict,
                agreements=(*agreements, *proposal.agreements),
                differences=(*differences, *proposal.differences),
                note=wording.say("upkeep.two_names") if likelihood.apart else proposal.note,
            )
        found.append(proposal)
    return by_score(found)


def with_curricula(
    people: Sequence[MergeProposal], curricula: Sequence[MergeProposal]
) -> tuple[MergeProposal, ...]:
    """Both kinds as one list; where both propose a pair, its CVs are one more agreement."""
    by_pair = {frozenset((one.first, one.second)): one for one in curricula}
    joined: list[MergeProposal] = []
    for person in people:
        document = by_pair.pop(frozenset((person.first, person.second)), None)
        if document is None:
            joined.append(person)
            continue
        of_text = {Aspect.CV, Aspect.UPDATED}
        joined.append(
            replace(
                person,
                agreements=(*person.agreements, *_of(document.agreements, of_text)),
                differences=(*person.differences, *_of(document.differences, of_text)),
            )
        )
    # Scores of the two kinds are on different scales: those of identities come first.
    return (*by_score(joined), *by_score(by_pair.values()))


def _of(remarks: Sequence[Remark], aspects: set[Aspect]) -> tuple[Remark, ...]:
    return tuple(remark for remark in remarks if remark.aspect in aspects)


def _proposal(
    first: Curriculum, second: Curriculum, pair: TextPair, wording: Wording
) -> MergeProposal | None:
    is_same = pair.resemblance >= _SAME
    if not is_same and pair.containment < _CONTAINED:
        return None
    dates = (first.updated, second.updated)
    second_adds_less = pair.second_adds < pair.first_adds
    is_older = dates[0] > dates[1] if dates[0] and dates[1] else second_adds_less and not is_same
    if is_older:
        first, second = second, first
    shared = wording.say("upkeep.cv_shared", share=pair.resemblance)
    differences: list[Remark] = []
    if not is_same:
        added = wording.say("upkeep.cv_added", share=max(pair.first_adds, pair.second_adds))
        differences.append(Remark(aspect=Aspect.CV, text=added))
    agreements = [Remark(aspect=Aspect.CV, text=shared)]
    if first.updated and second.updated:
        days = [wording.say("screen.date", date=day) for day in (first.updated, second.updated)]
        if first.updated == second.updated:
            agreements.append(same(Aspect.UPDATED, days[0], days[1], wording))
        else:
            differences.append(other(Aspect.UPDATED, days[0], days[1], wording))
    return MergeProposal(
        kind=MergeKind.SAME_DOCUMENT if is_same else MergeKind.NEWER_VERSION,
        first=first.id,
        second=second.id,
        verdict=Verdict.VERY_LIKELY if pair.resemblance >= _LIKELY else Verdict.POSSIBLE,
        score=pair.resemblance,
        agreements=tuple(agreements),
        differences=tuple(differences),
    )

"""Which driving licences a profile answers for: held, surely not held, or not known."""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from matching.domain import Facts, Profile
from matching.normalisation import plain

LICENCES = ("AM", "A", "B", "BE", "C1", "C", "CE", "D1", "D", "DE", "CQC-M", "CQC-P")

# What holds with each, by D.Lgs 285/1992, artt. 116 and 125: C and D are issued to holders of B.
_HELD_WITH: Mapping[str, frozenset[str]] = {
    "AM": frozenset(),
    "A": frozenset({"AM"}),
    "B": frozenset({"AM"}),
    "BE": frozenset({"AM", "B"}),
    "C1": frozenset({"AM", "B"}),
    "C": frozenset({"AM", "B", "C1"}),
    "CE": frozenset({"AM", "B", "BE", "C1", "C"}),
    "D1": frozenset({"AM", "B"}),
    "D": frozenset({"AM", "B", "D1"}),
    "DE": frozenset({"AM", "B", "BE", "D1", "D"}),
    "CQC-M": frozenset({"AM", "B"}),
    "CQC-P": frozenset({"AM", "B"}),
}
# A card is of use only with one of these licences: who has none of them lacks the card, and who
# names the card alone most likely has one.
_CARDS: Mapping[str, tuple[str, ...]] = {
    "CQC-M": ("C1", "C", "CE"),
    "CQC-P": ("D1", "D", "DE"),
}
_NO_LICENCE = re.compile(r"\bpatente\b|\blicen[cs]e\b")


class Stated(NamedTuple):
    """All that a profile says of licences; people who say the same have the same answers.

    ``listed`` are the codes in its list, ``named`` those that it names elsewhere, ``none`` that it
    says there is no licence.
    """

    listed: frozenset[str]
    named: frozenset[str]
    drives: bool
    none: bool


def licence_answers(profile: Profile, codes: Mapping[str, str]) -> dict[str, bool]:
    """Whether each licence is held, for those that the profile answers for.

    A CV that lists licences lists all of them, as in
    :func:`matching.features.reach.everyday_answers`; one that says there is no licence answers for
    all. A driver's card (CQC) that is not named is not known where the licence for it is held.

    Parameters
    ----------
    profile
        The person.
    codes
        Codes of the licences that are concepts, by URI: *patente per il camion* is read as one.
    """
    named = (codes[skill.uri] for skill in profile.skills if skill.uri in codes)
    return answers_to(stated(profile.facts, named))


def stated(facts: Facts, named: Iterable[str]) -> Stated:
    """What a profile says of licences, with the codes ``named`` among its skills."""
    vehicle = facts.own_vehicle
    return Stated(
        listed=frozenset(str(item.value) for item in facts.licences),
        named=frozenset(named),
        drives=vehicle is not None and vehicle.value is True,
        none=says_no_licence(facts),
    )


def answers_to(said: Stated) -> dict[str, bool]:
    """Whether each licence is held, for those that are answered for."""
    held = set(said.listed | said.named)
    if said.drives:
        held.add("B")  # a car of one's own is driven with it
    held = held.union(*(_HELD_WITH[code] for code in held if code in _HELD_WITH))
    answers = dict.fromkeys(held, True)
    if not (said.listed or (not held and said.none)):
        return answers
    for code in LICENCES:
        if code not in held and code not in _CARDS:
            answers[code] = False
    for card, of in _CARDS.items():
        if card in held:
            if not held.intersection(of):
                for code in of:
                    answers.pop(code, None)
        elif not held.intersection(of):
            answers[card] = False
    return answers


def says_no_licence(facts: Facts) -> bool:
    """Whether the CV says that there is no licence (*senza patente*), not just no car."""
    vehicle = facts.own_vehicle
    denied = vehicle is not None and vehicle.value is False
    return denied and bool(_NO_LICENCE.search(plain(vehicle.evidence if vehicle else "")))

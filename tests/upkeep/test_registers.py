"""How many are found, and how many of those found are right: on invented registers, seeded.

``pytest -s tests/upkeep/test_registers.py`` prints the figures.
"""

import sys
from pathlib import Path
from time import process_time

import pytest

from matching.upkeep import MergeProposal, Verdict, same_people
from matching.wording import load_wording
from upkeep.registers import Made, a_register

WORDING = load_wording(Path(__file__).parents[2] / "data" / "wording", "it")


def pairs(found: tuple[MergeProposal, ...], *verdicts: Verdict) -> set[frozenset[str]]:
    return {frozenset((p.first, p.second)) for p in found if p.verdict in verdicts}


def rates(found: set[frozenset[str]], truth: frozenset[frozenset[str]]) -> tuple[float, float]:
    return len(found & truth) / len(found), len(found & truth) / len(truth)


@pytest.fixture(
    scope="module", params=[(600, 11), (3000, 12)], ids=lambda size: f"{size[0]} people"
)
def made(request: pytest.FixtureRequest) -> Made:
    people, seed = request.param
    return a_register(people, seed=seed)


@pytest.fixture(scope="module")
def found(made: Made) -> tuple[MergeProposal, ...]:
    begun = process_time()
    proposals = same_people(made.identities, wording=WORDING, places={})
    seconds = process_time() - begun
    likely = pairs(proposals, Verdict.VERY_LIKELY)
    every = pairs(proposals, *Verdict)
    kin = made.twins | made.namesakes
    sys.stdout.write(
        f"\n{len(made.identities)} records, {len(made.truth)} second ones, {seconds:.1f} s\n"
        "very likely: precision {:.3f}, recall {:.3f}\n".format(*rates(likely, made.truth))
        + "all:         precision {:.3f}, recall {:.3f}\n".format(*rates(every, made.truth))
        + f"twins and namesakes: {len(kin)}, very likely {len(kin & likely)}, "
        f"possible {len(kin & every)}\n"
    )
    return proposals


def test_what_is_very_likely_is_right_and_most_second_records_are_found(
    made: Made, found: tuple[MergeProposal, ...]
) -> None:
    precision, recall = rates(pairs(found, Verdict.VERY_LIKELY), made.truth)
    assert precision >= 0.98
    assert recall >= 0.60


def test_nearly_all_second_records_are_proposed_and_half_of_the_proposals_are_right(
    made: Made, found: tuple[MergeProposal, ...]
) -> None:
    precision, recall = rates(pairs(found, *Verdict), made.truth)
    assert precision >= 0.50
    assert recall >= 0.88


def test_no_twins_and_no_parent_and_child_of_one_name_are_very_likely_one(
    made: Made, found: tuple[MergeProposal, ...]
) -> None:
    assert made.twins
    assert made.namesakes
    assert not pairs(found, Verdict.VERY_LIKELY) & (made.twins | made.namesakes)

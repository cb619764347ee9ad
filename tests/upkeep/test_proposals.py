from hypothesis import given
from hypothesis import strategies as st

from matching.upkeep import MergeKind, MergeProposal, Verdict, by_score, fewest


def a_proposal(
    first: str, second: str, score: float = 1.0, verdict: Verdict = Verdict.VERY_LIKELY
) -> MergeProposal:
    return MergeProposal(
        kind=MergeKind.PERSON, first=first, second=second, verdict=verdict, score=score
    )


PROPOSALS = st.lists(
    st.builds(
        a_proposal,
        st.sampled_from("abcdef"),
        st.sampled_from("ghijkl"),
        st.floats(0, 20),
        st.sampled_from(Verdict),
    ),
    max_size=12,
)


def joined(proposals: tuple[MergeProposal, ...]) -> set[frozenset[str]]:
    groups: list[set[str]] = []
    for proposal in proposals:
        pair = {proposal.first, proposal.second}
        touched = [group for group in groups if group & pair]
        groups = [group for group in groups if not group & pair]
        groups.append(pair.union(*touched))
    return {frozenset(group) for group in groups}


def test_the_surest_verdict_comes_first_then_the_highest_score() -> None:
    low = a_proposal("a", "b", 9.0, Verdict.POSSIBLE)
    high, higher = a_proposal("c", "d", 1.0), a_proposal("e", "f", 2.0)
    assert by_score([low, high, higher]) == (higher, high, low)


def test_of_three_records_of_one_person_two_proposals_are_left() -> None:
    found = fewest([a_proposal("a", "b", 3), a_proposal("b", "c", 2), a_proposal("a", "c", 1)])
    assert [(p.first, p.second) for p in found] == [("a", "b"), ("b", "c")]


@given(PROPOSALS)
def test_leaving_out_what_follows_leaves_everybody_joined(proposals: list[MergeProposal]) -> None:
    kept = fewest(proposals)
    assert joined(kept) == joined(tuple(proposals))
    assert len(kept) == sum(len(group) - 1 for group in joined(tuple(proposals)))

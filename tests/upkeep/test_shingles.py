"""Texts that are nearly the same: worked by hand, and against comparing each with each."""

from itertools import combinations
from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.upkeep.shingles import near_duplicates, shingled

LETTERS = st.lists(st.sampled_from("abcd"), max_size=14).map(" ".join)


def by_hand(texts: list[str], first: int, second: int, width: int) -> float:
    def cut(text: str) -> set[tuple[str, ...]]:
        words = text.split()
        return {tuple(words[i : i + width]) for i in range(len(words) - width + 1)}

    different = list(dict.fromkeys(texts))
    sets = [cut(text) for text in different]

    def weight(shingles: set[tuple[str, ...]]) -> float:
        held = [sum(one in cuts for cuts in sets) for one in shingles]
        return sum(log(1 + len(different) / count) ** 2 for count in held)

    one, other = cut(texts[first]), cut(texts[second])
    return weight(one & other) / weight(one | other)


def test_resemblance_and_containment_are_those_of_the_weighed_shingles() -> None:
    texts = ["a b c d", "A, b c: E!", "x y z"]
    # Runs of two: ab bc cd; ab bc ce; xy yz. Two texts of three have ab and bc.
    shared, own = 2 * log(1 + 3 / 2) ** 2, log(1 + 3) ** 2
    (pair,) = near_duplicates(texts, least=0.1, fewest=1, width=2)
    assert (pair.first, pair.second) == (0, 1)
    assert pair.resemblance == pytest.approx(shared / (shared + 2 * own))
    assert pair.containment == pytest.approx(shared / (shared + own))
    assert pair.first_adds == pair.second_adds == pytest.approx(own / (shared + own))


@given(st.lists(LETTERS, max_size=7), st.sampled_from([0.1, 0.3, 0.5, 0.8, 1.0]))
def test_leaving_comparisons_out_loses_no_pair(texts: list[str], least: float) -> None:
    found = {
        (p.first, p.second): p.resemblance
        for p in near_duplicates(texts, least=least, fewest=1, width=2)
    }
    for first, second in combinations(range(len(texts)), 2):
        if len(texts[first].split()) < 2 or len(texts[second].split()) < 2:
            assert (first, second) not in found
            continue
        resemblance = by_hand(texts, first, second, 2)
        if texts[first] != texts[second] and texts[second] not in texts[:second]:
            if texts[first] in texts[:first]:
                continue  # stands for its first occurrence
            if resemblance >= least + 1e-9:
                assert found[first, second] == pytest.approx(resemblance)
            elif resemblance < least - 1e-9:
                assert (first, second) not in found


def test_copies_are_paired_with_the_first_alone() -> None:
    texts = ["uno due tre quattro cinque"] * 4
    found = near_duplicates(texts, least=0.5, fewest=1)
    assert [(p.first, p.second, p.resemblance) for p in found] == [
        (0, 1, 1.0),
        (0, 2, 1.0),
        (0, 3, 1.0),
    ]


def test_a_text_that_is_too_short_is_left_out_even_if_copied() -> None:
    assert near_duplicates(["uno due tre quattro"] * 2, least=0.5, fewest=2) == ()


@pytest.mark.parametrize("texts", [[], [""], ["", " ,. "], ["uno"], ["uno", "due"]])
def test_texts_without_shingles_are_no_duplicates(texts: list[str]) -> None:
    assert near_duplicates(texts, least=0.1, fewest=1) == ()


def test_a_run_of_words_does_not_go_on_into_the_next_text() -> None:
    cut = shingled(["a b c", "d e f"], width=4)
    assert cut.sizes.tolist() == [0, 0]


def test_case_accents_and_lines_are_of_no_account() -> None:
    (pair,) = near_duplicates(
        ["Città e qualità: la SICUREZZA", "citta\ne  qualita la sicurezza"], least=0.9, fewest=1
    )
    assert pair.resemblance == 1.0

"""Phrases with typing errors find the label that is meant."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz, process

from matching.linking.fuzzy import FuzzyIndex, fuzzy_index
from matching.normalisation import plain

LABELS = [
    "gestione del magazzino",
    "gestione magazzini",
    "pulizia degli uffici",
    "saldatura a filo continuo",
    "saldatura TIG",
    "città",
    "C++",
]


@pytest.fixture(scope="module")
def small() -> FuzzyIndex:
    return fuzzy_index(LABELS)


@pytest.mark.parametrize(
    ("phrase", "label"),
    [
        ("gestone del magazino", "gestione del magazzino"),
        ("PULIZIE DEGLI UFICI", "pulizia degli uffici"),
        ("saldature tig", "saldatura TIG"),
        ("saldatura filo continuo", "saldatura a filo continuo"),
        ("citta'", "città"),
    ],
)
def test_a_misspelt_phrase_finds_its_label(small: FuzzyIndex, phrase: str, label: str) -> None:
    (found,) = small.link(phrase)
    assert LABELS[found.label] == label
    assert found.score == pytest.approx(fuzz.ratio(plain(phrase), plain(label)))


@pytest.mark.parametrize("phrase", ["", " ", "xyz", "коваль", "😀", "il gatto dorme sul divano"])
def test_what_resembles_no_label_finds_none(small: FuzzyIndex, phrase: str) -> None:
    assert small.link(phrase) == []


def test_several_are_given_the_best_first(small: FuzzyIndex) -> None:
    found = small.link("gestione magazzino", limit=3, cutoff=50)
    assert [LABELS[link.label] for link in found[:2]] == ["gestione magazzini", LABELS[0]]
    assert [link.score for link in found] == sorted((link.score for link in found), reverse=True)


def test_of_equals_the_first_is_given() -> None:
    assert [link.label for link in fuzzy_index(["muletto", "Muletto"]).link("muletto")] == [0]


def test_an_index_may_be_empty() -> None:
    assert fuzzy_index([]).link("muletto") == []


@given(
    labels=st.lists(st.text(alphabet="abc dè", min_size=1, max_size=12), min_size=1, max_size=30),
    phrase=st.text(alphabet="abc dè", max_size=12),
)
def test_of_few_labels_none_is_missed_that_shares_a_piece(labels: list[str], phrase: str) -> None:
    index = fuzzy_index(labels)
    found = index.link(phrase, cutoff=90)
    every = process.extract(
        plain(phrase), [plain(label) for label in labels], scorer=fuzz.ratio, score_cutoff=90
    )
    # Nine letters in ten alike: at least one piece of three letters is shared, or none exists.
    assert [link.score for link in found] == [score for _, score, _ in every[:1]]


@given(st.lists(st.text(max_size=8), max_size=10))
def test_every_piece_of_a_label_leads_to_it(labels: list[str]) -> None:
    index = fuzzy_index(labels)
    assert index.starts[-1] == len(index.labels)
    assert bool((np.diff(index.starts.astype(int)) >= 0).all())
    for number, label in enumerate(labels):
        # The label itself, two blanks around it, has one piece for each of its characters.
        assert int((index.labels == number).sum()) >= len(plain(label))

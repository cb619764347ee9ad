import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.linking.phrase_index import PhraseIndex

# Roots of at most four letters stay as they are, so that keys and roots are the same here.
LABELS = [
    ("urn:b", ("lun", "pul")),
    ("urn:a", ("lun", "rast")),
    ("urn:c", ("mare", "teo", "alta")),
    ("urn:c", ("onda",)),
    ("urn:d", ()),
]
# Of three concepts: a word that one has, and one that two have.
RARE = math.log(4 / 2) + 0.3
SHARED = math.log(4 / 3) + 0.3


@pytest.fixture(scope="module")
def index():
    return PhraseIndex.of(LABELS)


def found(index, *roots):
    return [
        (index.uris[one.owner], round(one.found, 6), round(one.asked, 6))
        for one in index.proposals(roots)
    ]


def test_labels_are_grouped_by_concept_and_those_without_words_left_out(index):
    assert index.uris == ("urn:a", "urn:b", "urn:c")
    assert index.phrases == (("lun", "rast"), ("lun", "pul"), ("mare", "teo", "alta"), ("onda",))
    assert index.owners.tolist() == [0, 1, 2, 2]
    assert index.forms.tolist() == [2, 2, 4]


def test_a_label_given_twice_counts_once():
    twice = PhraseIndex.of([("urn:a", ("lun",)), ("urn:a", ("lun",))])
    assert twice.phrases == (("lun",),)


def test_rarity_is_counted_over_concepts(index):
    assert index.rarity("rast") == pytest.approx(RARE)
    assert index.rarity("lun") == pytest.approx(SHARED)
    assert index.rarity("mai") == pytest.approx(math.log(4) + 0.3)
    assert index.mass.tolist() == pytest.approx([RARE + SHARED] * 2 + [3 * RARE, RARE])


def test_a_whole_label_is_proposed_before_a_part_of_one(index):
    # Of "lun pul" only "lun" is there: .588 of 1.581, too little to name it.
    assert found(index, "rast", "lun") == [("urn:a", round(RARE + SHARED, 6), 1.0)]


def test_what_is_covered_in_part_says_how_much(index):
    (one,) = index.proposals(["mare", "teo"])
    assert one.found == pytest.approx(2 * RARE)
    assert one.asked == pytest.approx(2 / 3)
    assert one.strength == pytest.approx(2 / 3 * math.sqrt(2 * RARE))


def test_less_than_the_least_share_of_a_label_proposes_nothing(index):
    assert found(index, "mare") == []
    assert found(index, "lun") == []
    assert found(index, "pul") == [("urn:b", round(RARE, 6), round(RARE / (RARE + SHARED), 6))]


def test_a_concept_is_proposed_once_by_its_most_telling_label(index):
    (one,) = index.proposals(["onda", "mare", "teo", "alta"])
    assert index.phrases[one.phrase] == ("mare", "teo", "alta")


def test_equally_telling_concepts_come_in_the_order_of_their_uris(index):
    assert [uri for uri, _, _ in found(index, "pul", "rast")] == ["urn:a", "urn:b"]


def test_words_that_no_label_has_propose_nothing(index):
    assert index.proposals(["mai", "sentito"]) == []
    assert index.proposals([]) == []
    assert PhraseIndex.of([]).proposals(["lun"]) == []


def test_words_of_one_family_meet():
    index = PhraseIndex.of([("urn:a", ("lucidatur",))])
    (asked,) = PhraseIndex.of([("urn:b", ("lucidator",))]).roots
    (one,) = index.proposals(asked)
    assert one.asked == pytest.approx(1.0)


WORDS = ["lun", "pul", "rast", "mare", "teo", "alta", "onda", "mai"]
labels = st.lists(
    st.tuples(
        st.sampled_from(["urn:a", "urn:b", "urn:c"]),
        st.lists(st.sampled_from(WORDS), max_size=4).map(tuple),
    ),
    max_size=8,
)
texts = st.lists(st.sampled_from(WORDS), max_size=10)


@given(labels, texts, st.randoms(use_true_random=False))
def test_the_order_of_words_does_not_matter_nor_how_often_they_come(given_labels, text, chance):
    index = PhraseIndex.of(given_labels)
    shuffled = [*text, *text[:3]]
    chance.shuffle(shuffled)
    one = {p.owner: (p.asked, p.found) for p in index.proposals(text)}
    other = {p.owner: (p.asked, p.found) for p in index.proposals(shuffled)}
    assert one.keys() == other.keys()
    for owner, values in one.items():
        assert other[owner] == pytest.approx(values)


@given(labels, texts)
def test_no_label_is_covered_by_more_than_all_of_it(given_labels, text):
    index = PhraseIndex.of(given_labels)
    proposals = index.proposals(text)
    assert len({one.owner for one in proposals}) == len(proposals)
    strengths = [one.strength for one in proposals]
    assert strengths == sorted(strengths, reverse=True)
    for one in proposals:
        label = set(index.roots[one.phrase])
        assert 0.45 <= one.asked <= 1 + 1e-9
        assert one.found == pytest.approx(sum(index.rarity(word) for word in label & set(text)))
        assert index.owners[one.phrase] == one.owner


@given(labels, texts, st.sampled_from(WORDS))
def test_a_further_word_takes_no_proposal_away(given_labels, text, word):
    index = PhraseIndex.of(given_labels)
    before = {one.owner: one.strength for one in index.proposals(text)}
    after = {one.owner: one.strength for one in index.proposals([*text, word])}
    assert before.keys() <= after.keys()
    assert all(after[owner] >= strength - 1e-9 for owner, strength in before.items())

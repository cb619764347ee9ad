import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.errors import DataError
from matching.linking.confidence import Confidence
from matching.linking.labels import OccupationLabels
from matching.linking.titles import TitleLinker
from tests.linking.trades import (
    BAKER,
    BOOKBINDER,
    COURIER,
    DRIVER,
    ISCO_DRIVERS,
    LABELS,
    TAILOR,
    trade_labels,
)

CURVE = Confidence(-2.3, {"exactness": 3.1, "lead": 7.6, "neighbours": 0.0, "shared": -0.6})


@pytest.fixture(scope="module")
def linker():
    return TitleLinker.of(trade_labels())


def best(linker, title):
    (scores,) = linker.scores([title])
    return linker.uris[int(scores.total.argmax())]


@pytest.mark.parametrize(
    ("title", "uri"),
    [
        ("Sarti", TAILOR),
        ("rilegatrice", BOOKBINDER),
        ("Rilegatura libri antichi", BOOKBINDER),
        ("Conducente di furgone", COURIER),
        ("FORNAIE", BAKER),
        ("Autisti di autocarri", DRIVER),
    ],
)
def test_a_title_is_ordered_by_its_nearest_labels(linker, title, uri):
    assert best(linker, title) == uri


@pytest.mark.parametrize("text", [text for texts in LABELS.values() for text in texts])
def test_a_label_finds_its_own_concept_or_the_occupation_it_is_the_group_of(linker, text):
    owners = {uri for uri, texts in LABELS.items() if text in texts}
    if owners == {ISCO_DRIVERS}:
        owners.add(DRIVER)
    assert best(linker, text) in owners


def test_an_occupation_comes_before_a_group_of_the_same_words():
    labels = trade_labels(C8332=LABELS[DRIVER][:1])
    linker = TitleLinker.of(labels)
    (scores,) = linker.scores(["autisti di camion"])
    total = dict(zip(linker.uris, scores.total, strict=True))
    assert total[DRIVER] > total[ISCO_DRIVERS]


def test_a_name_counts_more_than_another_label_of_the_same_words():
    linker = TitleLinker.of(trade_labels(tailor=("stilista",), baker=("panettiere", "stilista")))
    assert best(linker, "stilista") == TAILOR


def test_the_link_carries_code_label_and_reasons(linker):
    (link,) = linker.link("Camionisti", confidence=CURVE)
    assert (link.uri, link.isco08, link.label) == (DRIVER, "8332", "camionista")
    assert link.confidence > 0.9
    assert [reason.asked for reason in link.reasons] == ["camionist"]
    assert link.reasons[0].similarity == pytest.approx(1.0, abs=1e-3)


@pytest.mark.parametrize("title", ["", "   ", "e di", "astronauta", "xyz 123"])
def test_a_title_that_means_no_known_occupation_is_not_forced(linker, title):
    assert linker.link(title, confidence=CURVE) == ()


def test_two_meanings_are_both_answered():
    linker = TitleLinker.of(trade_labels(tailor=("stilista",), baker=("stilista",)))
    links = linker.link("stilista", confidence=CURVE)
    assert {link.uri for link in links} == {TAILOR, BAKER}


def test_a_group_is_never_a_link(linker):
    links = linker.link("Conducenti di autocarri pesanti", confidence=CURVE, least=0.0)
    assert ISCO_DRIVERS not in {link.uri for link in links}
    assert DRIVER in {link.uri for link in links}


def test_links_are_at_most_as_many_as_asked_and_the_likeliest_first(linker):
    links = linker.link("autista di furgoni", confidence=CURVE, least=0.0, most=2)
    assert len(links) == 2
    assert links[0].uri == COURIER
    assert links[0].confidence >= links[1].confidence


def test_without_codes_nothing_is_gained_from_neighbours():
    bare = OccupationLabels(trade_labels().labels)
    (scores,) = TitleLinker.of(bare).scores(["autista"])
    assert not scores.neighbours.any()


def test_near_neighbours_help():
    (scores,) = TitleLinker.of(trade_labels()).scores(["forno"])
    assert scores.neighbours.max() > 0


def test_without_labels_there_is_no_linker():
    with pytest.raises(DataError, match="No labels"):
        TitleLinker.of(OccupationLabels(()))


def test_one_occupation_is_enough():
    labels = trade_labels()
    one = OccupationLabels(tuple(label for label in labels.labels if label.uri == TAILOR))
    (link,) = TitleLinker.of(one).link("sarta", confidence=CURVE)
    assert link.uri == TAILOR


PAIRS = [
    ("sarto", "sarta"),
    ("rilegatore", "rilegatrice"),
    ("panettiere", "panettiera"),
    ("addetto alla rilegatura", "addetta alla rilegatura"),
]


@given(st.sampled_from(PAIRS), st.sampled_from(["", " di libri", " a Osnago", " part time"]))
def test_both_genders_of_a_title_score_the_same(pair, rest):
    linker = TitleLinker.of(trade_labels())
    first, second = linker.scores([pair[0] + rest, pair[1] + rest])
    assert np.array_equal(first.total, second.total)

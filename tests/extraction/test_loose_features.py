"""What speaks for and against a skill that words could mean, worked by hand."""

import math
from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.domain import DocumentKind
from matching.extraction.loose_features import COLUMNS
from tests.extraction.moon_world import (
    DUST,
    POLISH,
    RAKE,
    TIDES,
    jobs_named,
    moon_extractor,
    moon_linker,
)

AS_OF = date(2026, 11, 22)
CV, VACANCY = DocumentKind.CV, DocumentKind.VACANCY
# Of four skills that can be meant: a word that one of them has, and one that none has.
RARE = math.log(5 / 2) + 0.3
UNHEARD = math.log(5) + 0.3

GOLDEN = (
    "Ho lavorato come guardiana di lune. Tenevo lucide le lune, rastrello i crateri. "
    "Conosco la teoria delle maree."
)


@pytest.fixture(scope="module")
def look():
    extractor = moon_extractor()
    linker = moon_linker(extractor)

    def candidates(text, kind=CV):
        jobs = jobs_named(extractor, text, kind)
        signals = extractor.evidence(linker, text, kind=kind, as_of=AS_OF, occupations=jobs)
        tokens = signals.reading.tokens
        return [
            (
                one.uri,
                text[tokens[one.first].start : tokens[one.last].end],
                dict(zip(COLUMNS, one.signs, strict=True)),
            )
            for one in signals.proposed
        ]

    return candidates


def signs(found, uri, words):
    (one,) = [signs for known, evidence, signs in found if (known, evidence) == (uri, words)]
    return one


def test_three_sentences_worked_by_hand(look):
    found = look(GOLDEN)
    polish = signs(found, POLISH, "lucide le lune")
    expected = {
        # Both words of "lucidatura delle lune", one of them in another form.
        "asked": 1.0, "found": 2 * RARE, "missing": 0.0, "label_words": 2, "met_words": 2,
        "same_key": 0.5,
        "span": 2, "density": 1.0, "in_order": 1.0, "breaks": 0,
        # "tenevo lucide lune" is the clause; "rastrello crateri" the rest of the segment.
        "clause_share": 2 * RARE / (2 * RARE + UNHEARD), "clause_words": 3,
        "segment_share": 2 * RARE / (4 * RARE + UNHEARD), "segment_words": 5,
        "taken": 0.0, "at_start": 0.0, "held": 1.0,
        # Raking is as likely, and comes behind by its URI.
        "strength": math.sqrt(2 * RARE), "of_best": 1.0, "place": 0, "rivals": 0, "equals": 1,
        # The keeper needs it, and the theory of tides, which is named.
        "of_occupation": 1.0, "beside": 1, "family": 1, "broader": 1, "occupation_family": 1,
        # lucid, lun, cur, chiaror.
        "needed_by": 1, "roots": 4, "specificity": math.log(3 / 2) / math.log(3),
        "is_skill": 1.0, "is_knowledge": 0.0, "vacancy": 0.0, "in_body": 1.0, "in_skills": 0.0,
    }  # fmt: skip
    assert {name: polish[name] for name in expected} == pytest.approx(expected)
    rake = signs(found, RAKE, "rastrello i crateri")
    expected = {
        "asked": 1.0, "at_start": 1.0, "clause_share": 1.0, "clause_words": 2, "place": 1,
        "rivals": 1, "equals": 1, "of_occupation": 0.5, "roots": 2, "specificity": 1.0,
    }  # fmt: skip
    assert {name: rake[name] for name in expected} == pytest.approx(expected)


def test_a_word_of_a_job_title_covers_half_a_label(look):
    half = signs(look(GOLDEN), POLISH, "lune")
    assert half["asked"] == pytest.approx(0.5)
    assert half["missing"] == pytest.approx(RARE)
    assert (half["met_words"], half["label_words"]) == (1, 2)


def test_a_skill_that_is_named_is_no_candidate_anywhere(look):
    assert TIDES not in {uri for uri, _, _ in look(GOLDEN)}


def test_words_in_another_order_or_across_a_comma_are_seen(look):
    found = look("Guardiana di lune: stelle da cui raccolgo polvere, raccolta utile")
    row = signs(found, DUST, "stelle da cui raccolgo polvere, raccolta")
    assert (row["asked"], row["in_order"], row["breaks"], row["met_words"]) == (1.0, 0.0, 1, 3)


def test_words_of_a_denied_name_are_taken_and_not_held(look):
    row = signs(
        look("Guardiana di lune.\nNon conosco la teoria delle maree."), TIDES, "teoria delle maree"
    )
    assert (row["taken"], row["held"]) == (1.0, 0.0)


def test_a_stretch_that_reaches_into_what_is_denied_is_not_held(look):
    text = "Guardiana di lune. Ho lucidato argento, ma non ho esperienza di lune."
    assert signs(look(text), POLISH, "lucidato argento, ma non ho esperienza di lune")["held"] == 0


def test_a_vacancy_and_its_sections_are_told(look):
    text = "Cercasi guardiana di lune\nRequisiti:\nlucidare le lune"
    row = signs(look(text, VACANCY), POLISH, "lucidare le lune")
    assert (row["vacancy"], row["in_requirements"], row["in_body"]) == (1.0, 1.0, 0.0)


def test_what_no_label_speaks_of_has_no_candidate(look):
    assert [uri for uri, _, _ in look("Ho lavorato come idraulico. Riparavo tubi.")] == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("guardiano di lune", "guardiana di lune"),
        ("rastrellatore esperto", "rastrellatrice esperta"),
        ("lucidatore precisissimo", "lucidatrice precisissima"),
    ],
)
def test_both_genders_have_the_same_signs(look, one, other):
    text = "Ho lavorato come {}, lucide tenevo le lune e raccolta era la polvere. Sono {}."
    assert len(one) != len(other) or one != other
    found = [
        [(uri, row) for uri, _, row in look(text.format(*pair))]
        for pair in ((one, "stato assunto"), (other, "stata assunta"))
    ]
    assert found[0] == found[1]
    assert found[0]


ROW = ["lucido", "luna", "raccolta", "polvere", "stelle", "sempre"]
LABEL = {"raccolta", "polvere", "stelle"}


@given(st.lists(st.sampled_from(ROW), min_size=2, max_size=8))
def test_the_stretch_is_the_shortest_with_all_words_that_are_there(look, row):
    text = "Ho lavorato con " + " ".join(row)
    met = LABEL & set(row)
    for uri, evidence, found in look(text):
        if uri == DUST:
            places = [[n for n, word in enumerate(row) if word == one] for one in met]
            best = min(max(chosen) - min(chosen) + 1 for chosen in product(*places))
            assert len(evidence.split()) == best == found["span"]
            assert found["density"] == pytest.approx(len(met) / best)
            assert set(evidence.split()) >= met


@given(st.lists(st.sampled_from([*ROW, "non", "maree", "teoria", ",", "."]), max_size=10))
def test_signs_are_finite_and_shares_lie_between_0_and_1(look, row):
    for _, _, found in look("Ho lavorato con " + " ".join(row)):
        assert all(math.isfinite(value) for value in found.values())
        for name in ("asked", "density", "clause_share", "segment_share", "same_key", "taken"):
            assert 0.0 <= found[name] <= 1.0 + 1e-9
        assert found["of_best"] <= 1.0 + 1e-9

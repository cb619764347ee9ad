"""Jobs judged, and jobs found that are told without a title."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.domain import DocumentKind
from matching.errors import DataError, ModelError
from matching.extraction.job_features import COLUMNS
from matching.extraction.jobs import JobLinker, surest
from tests.extraction.moon_world import (
    KEEPER,
    SWEEPER,
    moon_extractor,
    moon_jobs,
    moon_linker,
)

AS_OF = date(2026, 11, 22)
CV, VACANCY = DocumentKind.CV, DocumentKind.VACANCY


@pytest.fixture(scope="module")
def moons():
    return moon_extractor()


@pytest.fixture(scope="module")
def read(moons):
    """Read a text with trees that are equally sure of every job."""

    def extract(text, kind=CV, *, sure=0.9):
        return replace(moons, jobs=moon_jobs(moons, sure)).extract(text, kind=kind, as_of=AS_OF)

    return extract


def jobs(found):
    return {(mention.uri, mention.confidence) for mention in found.occupations}


TOLD = "ESPERIENZE\n2015-2019 Luna Nuova srl\nlucidatura delle lune, teoria delle maree\n"


def test_a_job_told_by_its_skills_is_found_with_its_months(moons, read):
    assert jobs(moons.extract(TOLD, kind=CV, as_of=AS_OF)) == set()
    (keeper,) = [one for one in read(TOLD).occupations if one.uri == KEEPER]
    assert keeper.confidence == 0.9
    assert keeper.months == 48
    assert keeper.label == "guardiano di lune"
    assert TOLD[keeper.start : keeper.end] == keeper.evidence
    assert keeper.evidence in ("lucidatura delle lune", "teoria delle maree")


def test_a_vacancy_that_only_tells_the_work_is_for_that_job(read):
    found = read("Cerchiamo qualcuno per la lucidatura delle lune.\nTeoria delle maree.", VACANCY)
    assert KEEPER in {uri for uri, _ in jobs(found)}


def test_what_is_not_sure_enough_is_left_out_even_where_it_is_named(read):
    text = (
        "Ho lavorato come guardiana di lune. " + "Abito qui vicino e vengo volentieri a piedi. " * 4
    )
    assert jobs(read(text)) == {(KEEPER, 0.9)}
    assert jobs(read(text, sure=0.3)) == set()


def test_a_few_words_keep_what_they_name_and_no_more(read):
    text = "Guardiana di lune, raccolta della polvere di stelle."
    assert jobs(read(text, sure=0.1)) == {(KEEPER, 0.1)}
    assert jobs(read(text, sure=0.9)) == {(KEEPER, 0.9)}


def test_a_wish_is_kept_as_it_is(read):
    text = "Cerco lavoro come guardiana di lune."
    for sure in (0.1, 0.9):
        (wish,) = read(text, sure=sure).occupations
        assert (wish.uri, wish.wanted) == (KEEPER, True)


def test_what_somebody_else_did_proposes_no_job(read):
    text = "Mio marito faceva la raccolta della polvere di stelle."
    assert SWEEPER not in {uri for uri, _ in jobs(read(text))}


def test_who_somebody_is_adds_no_job_and_moves_none(moons):
    linker = moon_jobs(moons, 0.9)
    reader = replace(moons, jobs=linker)
    for line in ("", "Coniugata, due figli.\n", "Nata a Lecco il 3/4/1961\n"):
        reader.extract(line + "\n" + TOLD, kind=CV, as_of=AS_OF)
    first, *others = linker.weights.reranker.booster.seen
    for rows in others:
        assert np.array_equal(first, rows)


def test_what_is_judged_is_what_was_learned_from(moons):
    linker = moon_jobs(moons, 0.9)
    replace(moons, jobs=linker).extract(TOLD, kind=CV, as_of=AS_OF)
    learned = moons.job_evidence(linker, TOLD, kind=CV, as_of=AS_OF)
    (judged,) = linker.weights.reranker.booster.seen
    assert np.array_equal(judged, np.array([one.signs for one in learned], np.float32))


def test_a_text_of_another_language_or_of_nobody_has_nothing_to_learn(moons):
    linker = moon_jobs(moons, 0.9)
    for text in ("Chi siamo\nDal 1950 facciamo lune.", ""):
        assert moons.job_evidence(linker, text, kind=VACANCY, as_of=AS_OF) == ()


def test_a_linker_without_weights_is_refused(moons):
    reader = replace(moons, jobs=JobLinker(moon_linker(moons)))
    with pytest.raises(ModelError, match="train it first"):
        reader.extract(TOLD, kind=CV, as_of=AS_OF)


def test_missing_weights_are_said_by_name(moons, tmp_path):
    with pytest.raises((DataError, ModelError), match="jobs"):
        JobLinker.of(moon_linker(moons), tmp_path)


def test_an_occupation_is_as_sure_as_its_surest_place(moons):
    found = moons.job_evidence(moon_jobs(moons, 0.9), TOLD, kind=CV, as_of=AS_OF)
    keeper = next(one for one in found if one.uri == KEEPER)
    assert surest([(keeper, 0.2), (keeper, 0.7), (keeper, 0.4)]) == {KEEPER: 0.7}
    assert surest([]) == {}


PIECES = st.sampled_from(
    [
        "guardiana di lune", "spazzino di stelle", "lucidatura delle lune", "crateri", "polvere",
        "2015-2019", "ho lavorato come", "mio marito", "non", "cerco", "ESPERIENZE\n", "\n", ".",
        ",", "- ", "teoria delle maree", "raccolta della polvere di stelle", "Requisiti:\n",
    ]
)  # fmt: skip


@given(pieces=st.lists(PIECES, max_size=14), kind=st.sampled_from([CV, VACANCY]))
def test_evidence_is_exact_and_signs_are_complete_on_any_text(moons, pieces, kind):
    text = " ".join(pieces)
    linker = moon_jobs(moons, 0.9)
    for one in moons.job_evidence(linker, text, kind=kind, as_of=AS_OF):
        assert len(one.signs) == len(COLUMNS)
        assert all(np.isfinite(one.signs))
        assert one.stretch.start <= one.start < one.end
    for mention in replace(moons, jobs=linker).extract(text, kind=kind, as_of=AS_OF).occupations:
        assert text[mention.start : mention.end] == mention.evidence

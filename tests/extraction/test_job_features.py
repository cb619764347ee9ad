"""What speaks for and against a job, worked by hand."""

import math
from datetime import date

import pytest

from matching.domain import DocumentKind
from matching.extraction.job_features import COLUMNS
from tests.extraction.moon_world import KEEPER, SWEEPER, moon_extractor, moon_jobs

AS_OF = date(2026, 11, 22)
CV, VACANCY = DocumentKind.CV, DocumentKind.VACANCY
# The rarity of a skill that one of two occupations needs.
ONE_OF_TWO = math.log(3 / 1.5)

ENTRIES = """ESPERIENZE
2015-2019 guardiana di lune presso Luna Nuova
teoria delle maree, lucidatura delle lune

2010-2014 Stelle srl
raccolta della polvere di stelle
"""


@pytest.fixture(scope="module")
def look():
    extractor = moon_extractor()
    linker = moon_jobs(extractor, 0.9)

    def candidates(text, kind=CV):
        found = extractor.job_evidence(linker, text, kind=kind, as_of=AS_OF)
        return [(one, dict(zip(COLUMNS, one.signs, strict=True))) for one in found]

    return candidates


def of(found, uri):
    (signs,) = [signs for one, signs in found if one.uri == uri]
    return signs


def at(found, uri, word, text):
    (signs,) = [
        signs
        for one, signs in found
        if one.uri == uri and one.stretch.start <= text.index(word) < one.stretch.end
    ]
    return signs


def test_two_entries_worked_by_hand(look):
    found = look(ENTRIES)
    keeper = at(found, KEEPER, "guardiana", ENTRIES)
    assert keeper["titled"] == 0.9
    assert keeper["told"] == 0.0
    assert (keeper["mentions"], keeper["first"], keeper["before"]) == (1.0, 1.0, 0.0)
    # Both words of the label are there, and both skills that a keeper cannot do without.
    assert keeper["asked"] == keeper["head_asked"] == 1.0
    assert keeper["essential"] == pytest.approx(2 * 0.9 * ONE_OF_TWO)
    assert keeper["share"] == pytest.approx(0.9)
    assert (keeper["listed"], keeper["dated"], keeper["in_experience"]) == (1.0, 1.0, 1.0)

    sweeper = at(found, SWEEPER, "polvere", ENTRIES)
    assert (sweeper["titled"], sweeper["told"]) == (0.0, 0.0)
    # One job was named in an entry before this one, none here.
    assert (sweeper["before"], sweeper["others"], sweeper["mentions"]) == (1.0, 0.0, 0.0)
    assert sweeper["near_place"] == 0.0
    assert sweeper["share"] == pytest.approx(0.9)


def test_the_text_as_a_whole_is_beside_each_of_its_parts(look):
    found = look(ENTRIES)
    one = at(found, KEEPER, "guardiana", ENTRIES)
    other = at(found, SWEEPER, "polvere", ENTRIES)
    assert one["text_essential"] == pytest.approx(2 * 0.9 * ONE_OF_TWO)
    assert other["text_essential"] == pytest.approx(0.9 * ONE_OF_TWO)
    assert other["text_needs_of_best"] == pytest.approx(0.5)


def test_the_title_and_the_hiring_sentence_of_a_vacancy_are_told_apart(look):
    title = of(look("Guardiana di lune\nRichiesta la teoria delle maree.", VACANCY), KEEPER)
    assert (title["title_asked"], title["cue_asked"]) == (1.0, 0.0)
    cue = of(look("Luna Nuova srl\n\n\nCerchiamo guardiana di lune.", VACANCY), KEEPER)
    assert cue["cue_asked"] == 1.0
    assert cue["title_asked"] < 1.0
    assert title["vacancy"] == cue["vacancy"] == 1.0


def test_a_job_of_somebody_else_that_is_named_speaks_against_it(look):
    signs = of(look("Ho aiutato la guardiana di lune con la teoria delle maree."), KEEPER)
    assert (signs["refused"], signs["titled"]) == (1.0, 0.0)


def test_both_genders_have_the_same_signs(look):
    assert [signs for _, signs in look("Ho lavorato come guardiana di lune.")] == [
        signs for _, signs in look("Ho lavorato come guardiano di lune.")
    ]

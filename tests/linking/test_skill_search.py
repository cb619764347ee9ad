import numpy as np
import pytest

from matching.linking.skill_forms import SkillEntry, SkillForms
from matching.linking.skill_search import SkillSearch
from tests.linking.moon_skills import MOON_SKILLS, PATIENCE, POLISH, RAKE

WAYS = {"letters", "words", "covered", "telling"}


@pytest.fixture(scope="module")
def search():
    return SkillSearch.of(SkillForms.of(MOON_SKILLS, "en"))


def score(search, sentence, uri):
    scores, _ = search.look(sentence)
    place = [entry.uri for entry in search.forms.entries].index(uri)
    return {way: values[place] for way, values in scores.items()}


def test_every_skill_is_compared_in_every_way(search):
    scores, candidates = search.look("Rake the craters.")
    assert set(scores) == WAYS
    assert all(values.shape == (len(MOON_SKILLS),) for values in scores.values())
    assert candidates.tolist() == list(range(len(MOON_SKILLS)))


def test_a_form_that_stands_in_a_sentence_is_covered_whole(search):
    assert score(search, "Each night we rake two craters", RAKE)["covered"] == pytest.approx(1.0)
    half = score(search, "Rake the lawn", RAKE)["covered"]
    assert half == pytest.approx(0.5)


def test_a_sentence_that_is_a_form_is_the_same_in_words_and_letters(search):
    found = score(search, "Polish moons", POLISH)
    assert found["words"] == pytest.approx(1.0)
    assert found["letters"] == pytest.approx(1.0, abs=1e-5)


def test_a_longer_form_is_more_telling_than_one_word(search):
    long = score(search, "be patient with comets", PATIENCE)
    short = score(search, "patience", PATIENCE)
    assert long["covered"] == pytest.approx(short["covered"])
    assert long["telling"] > short["telling"]


def test_letters_see_through_what_words_do_not(search):
    found = score(search, "moonpolishing", POLISH)
    assert found["words"] == 0.0
    assert found["letters"] > 0.2


def test_a_sentence_with_nothing_in_common_scores_nothing(search):
    scores, _ = search.look("zzqq")
    assert all((values == 0).all() for values in scores.values())


def test_of_many_skills_only_the_best_of_each_way_are_candidates():
    many = [SkillEntry(uri=f"urn:test:{n}", labels=(f"skill{n}",)) for n in range(600)]
    search = SkillSearch.of(SkillForms.of(many, "en"))
    _, candidates = search.look("skill77 and skill599")
    assert {77, 599} <= set(candidates.tolist())
    assert len(candidates) <= 4 * 120
    assert (np.diff(candidates) > 0).all()

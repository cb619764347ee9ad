import math

import numpy as np
import pytest

from matching.errors import DataError
from matching.linking.skill_forms import SkillEntry, SkillForms
from tests.linking.moon_skills import MOON_SKILLS, TABLES


@pytest.fixture(scope="module")
def forms():
    return SkillForms.of(MOON_SKILLS, "en")


def forms_of(*labels, language="en"):
    return SkillForms.of([SkillEntry(uri="urn:test:one", labels=labels)], language).texts


def test_the_forms_of_a_skill_stand_together_its_name_first(forms):
    assert forms.texts[:4] == ("polish moons", "keep moons shiny", "rake craters", "crater raking")
    assert forms.starts.tolist()[:3] == [0, 2, 4]
    assert forms.ends.tolist()[-1] == len(forms.texts)


def test_an_addition_in_brackets_is_left_off_and_the_name_is_kept_whole_too(forms):
    place = [entry.uri for entry in forms.entries].index(TABLES)
    known = forms.texts[forms.starts[place] : forms.ends[place]]
    assert known == ("lunar tables (office software)", "lunar tables")


def test_a_label_that_is_nothing_but_an_addition_stays():
    assert forms_of("(moons)") == ("(moons)",)


def test_a_form_of_small_words_is_left_out_where_there_is_another():
    assert forms_of("of the", "moons") == ("moons",)


def test_labels_without_a_word_are_refused():
    with pytest.raises(DataError, match="No label of the 1 skills has a word"):
        forms_of("of the")


def test_skills_without_labels_and_no_skills_are_refused():
    with pytest.raises(DataError, match="urn:test:one"):
        forms_of()
    with pytest.raises(DataError, match="no skill to link to"):
        SkillForms.of([], "en")


def test_rarity_is_counted_over_skills_and_not_over_forms(forms):
    # "moon" is in two forms of one skill of six, so it is as rare as "tide".
    rarity = forms.rarity[forms.vocabulary["moon"]]
    assert rarity == pytest.approx(math.log(7 / 2) + 0.3)
    assert rarity == forms.rarity[forms.vocabulary["tide"]]


def test_a_word_of_two_skills_is_less_rare():
    two = SkillForms.of(
        [
            SkillEntry(uri="urn:test:1", labels=("rake moons",)),
            SkillEntry(uri="urn:test:2", labels=("polish moons",)),
        ],
        "en",
    )
    assert two.rarity[two.vocabulary["moon"]] == pytest.approx(0.3)
    assert two.rarity[two.vocabulary["rake"]] == pytest.approx(math.log(3 / 2) + 0.3)
    assert two.mass == pytest.approx([math.log(3 / 2) + 0.6] * 2)


def test_a_word_said_twice_counts_once(forms):
    once, twice = forms.stem_matrix([("moon",), ("moon", "moon", "unheard")]).toarray()
    assert np.array_equal(once, twice)
    assert once.sum() == 1.0


def test_a_skill_is_as_good_as_its_best_form(forms):
    scores = np.arange(len(forms.texts), dtype=float)[None, :]
    assert forms.by_skill(scores)[0].tolist() == (forms.ends - 1).tolist()

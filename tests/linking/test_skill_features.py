import math
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.linking.skill_features import COLUMNS, sentence_features
from matching.linking.skill_forms import SkillEntry, SkillForms
from matching.linking.skill_search import SkillSearch
from tests.linking.moon_skills import LUNARIAN, MOON_SKILLS, PATIENCE, POLISH, RAKE, TABLES, TIDES

# Of six skills, a word that only one has; see tests of the forms.
RARE = math.log(7 / 2) + 0.3


@pytest.fixture(scope="module")
def search():
    return SkillSearch.of(SkillForms.of(MOON_SKILLS, "en"))


def described(search, sentence, uri):
    candidates, rows = sentence_features(search, sentence)
    place = [search.forms.entries[number].uri for number in candidates].index(uri)
    return dict(zip(COLUMNS, rows[place].tolist(), strict=True))


def test_a_form_word_for_word_is_told_from_its_words_here_and_there(search):
    exact = described(search, "You rake craters daily", RAKE)
    assert (exact["exact"], exact["density"]) == (1.0, 1.0)
    assert exact["exact_mass"] == pytest.approx(2 * RARE)
    apart = described(search, "You rake two deep craters", RAKE)
    assert (apart["exact"], apart["exact_mass"], apart["density"]) == (0.0, 0.0, 0.5)
    assert apart["best_cover"] == pytest.approx(1.0)
    assert apart["missed_mass"] == pytest.approx(0.0, abs=1e-6)


def test_a_form_in_part_misses_the_rarity_of_the_rest(search):
    row = described(search, "You rake the lawn", RAKE)
    assert row["best_cover"] == pytest.approx(0.5)
    assert row["missed_mass"] == pytest.approx(RARE)
    assert row["sentence_exact"] == 0.0
    assert row["sentence_words"] == 2.0


def test_a_form_inside_a_longer_one_is_seen():
    entries = [
        SkillEntry(uri="urn:test:short", labels=("moon",)),
        SkillEntry(uri="urn:test:long", labels=("moon dust removal",)),
    ]
    search = SkillSearch.of(SkillForms.of(entries, "en"))
    sentence = "moon dust removal"
    assert described(search, sentence, "urn:test:short")["inside_longer"] == 2.0
    assert described(search, sentence, "urn:test:long")["inside_longer"] == 0.0
    assert described(search, sentence, "urn:test:long")["sentence_exact"] == 2.0


def test_the_best_window_may_be_another_form_than_the_name(search):
    row = described(search, "Patience", PATIENCE)
    assert row["window_words"] == pytest.approx(1.0)
    assert row["window_words_name"] == 0.0
    assert (row["form_is_name"], row["form_words"], row["window_length"]) == (0.0, 1.0, 1.0)
    assert (row["near_forms_words"], row["near_forms_letters"]) == (1.0, 1.0)


def test_what_is_known_of_a_skill_is_told_whatever_the_sentence(search):
    polish = described(search, "zzqq", POLISH)
    assert polish["essential"] == pytest.approx(math.log(3))
    assert (polish["optional"], polish["own"], polish["forms"]) == (0.0, 1.0, 2.0)
    assert polish["name_words"] == 2.0
    kinds = ("knowledge", "transversal", "digital", "language")
    for uri, kind in zip((TIDES, PATIENCE, TABLES, LUNARIAN), kinds, strict=True):
        row = described(search, "zzqq", uri)
        assert [row[name] for name in kinds] == [float(name == kind) for name in kinds]


def test_the_best_of_each_way_has_one(search):
    _, rows = sentence_features(search, "Polish the moons and rake craters")
    for way in ("letters", "words", "covered", "telling"):
        assert rows[:, COLUMNS.index(f"{way}_of_best")].max() == pytest.approx(1.0)


@pytest.mark.parametrize("sentence", ["zzqq", "of the", "?"])
def test_every_feature_is_a_number_for_any_sentence(search, sentence):
    candidates, rows = sentence_features(search, sentence)
    assert rows.shape == (len(candidates), len(COLUMNS))
    assert np.isfinite(rows).all()


ALPHABET = ["alfa", "beta", "gamma", "delta"]
TRIO = SkillSearch.of(
    SkillForms.of([SkillEntry(uri="urn:test:trio", labels=("alfa beta gamma",))], "xx")
)


def shortest_by_trying(row, wanted):
    places = [[n for n, word in enumerate(row) if word == one] for one in wanted]
    return min(max(chosen) - min(chosen) + 1 for chosen in product(*places))


@given(st.lists(st.sampled_from(ALPHABET), min_size=1, max_size=9))
def test_density_is_that_of_the_shortest_stretch_with_all_words_that_are_there(row):
    met = [word for word in ALPHABET[:3] if word in row]
    found = described(TRIO, " ".join(row), "urn:test:trio")["density"]
    assert found == pytest.approx(len(met) / shortest_by_trying(row, met) if met else 0.0)

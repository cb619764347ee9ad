import numpy as np
import pytest

from matching.errors import DataError, ModelError
from matching.linking.reranker import Trees, train_reranker
from matching.linking.skill_features import COLUMNS
from matching.linking.skills import SENTENCE_WEIGHTS, SkillLinker
from matching.linking.weights import save_weights
from matching.settings import shipped_data
from tests.linking.moon_skills import LUNARIAN, MOON_SKILLS, PATIENCE, POLISH, RAKE, TIDES

SHIPPED = shipped_data() / "linking"


@pytest.fixture(scope="module")
def linker():
    return SkillLinker.of(MOON_SKILLS, "en", SHIPPED)


@pytest.mark.parametrize(
    ("sentence", "first"),
    [
        ("You will polish our moons until they shine.", POLISH),
        ("Experience in raking craters is a must", RAKE),
        ("A sound grasp of the theory of tides", TIDES),
        ("Fluent Lunarian", LUNARIAN),
        ("You are patient with every comet", PATIENCE),
    ],
)
def test_the_shipped_weights_rank_what_a_sentence_speaks_of_first(linker, sentence, first):
    assert linker.rank(sentence)[0].uri == first


def test_two_skills_of_one_sentence_come_before_all_others(linker):
    ranked = linker.rank("Polish moons, rake craters.")
    assert {skill.uri for skill in ranked[:2]} == {POLISH, RAKE}
    assert ranked[1].chance > ranked[2].chance


def test_every_skill_is_ranked_once_by_falling_chance_with_its_name(linker):
    ranked = linker.rank("Crater raking")
    assert {skill.uri for skill in ranked} == {entry.uri for entry in MOON_SKILLS}
    assert len(ranked) == len(MOON_SKILLS)
    chances = [skill.chance for skill in ranked]
    assert chances == sorted(chances, reverse=True)
    assert all(0 <= chance <= 1 for chance in chances)
    assert ranked[0].label == "rake craters"


@pytest.mark.parametrize("sentence", ["", "  \n", "?!", "—"])
def test_a_sentence_without_a_word_speaks_of_nothing(linker, sentence):
    assert linker.rank(sentence) == []


def test_the_same_sentence_is_ranked_the_same_twice(linker):
    sentence = "Rake craters and speak Lunarian"
    assert linker.rank(sentence) == linker.rank(sentence)


def test_without_skills_or_weights_there_is_no_linker(tmp_path):
    with pytest.raises(DataError, match="no skill to link to"):
        SkillLinker.of([], "en", SHIPPED)
    with pytest.raises(DataError, match="missing"):
        SkillLinker.of(MOON_SKILLS, "en", tmp_path)


def test_weights_learnt_from_other_columns_are_refused(tmp_path):
    rows = np.arange(40, dtype=np.float32).reshape(-1, 1)
    other = train_reranker([(rows, rows[:, 0] > 20)], ["other"], trees=Trees(rounds=1))
    save_weights(tmp_path, SENTENCE_WEIGHTS, other, calibration=None, card={})
    with pytest.raises(ModelError, match="train again"):
        SkillLinker.of(MOON_SKILLS, "en", tmp_path)


def test_the_trees_see_every_column_that_the_features_have(linker):
    assert linker.weights.reranker.columns == COLUMNS

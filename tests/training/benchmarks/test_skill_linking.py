import numpy as np
import pytest

from matching.errors import DataError
from matching.linking.skill_forms import SkillForms
from matching.linking.skill_search import SkillSearch
from tests.training.benchmarks.sentence_sets import LABELS, VALIDATION, write_sentences
from training.benchmarks.skill_linking import (
    cross_fitted,
    learnt_from,
    letters_order,
    questions,
    skill_linking,
    validation_metrics,
)
from training.benchmarks.skill_linking_set import Sentence, entries_of, read_sentences

SENTENCES = [Sentence(text, frozenset({label})) for text, label in VALIDATION]


@pytest.fixture(scope="module")
def given(tmp_path_factory):
    folder = write_sentences(tmp_path_factory.mktemp("set"))
    more = [("Count the stars", "count stars"), ("Paint rings", "catch comets")]
    return read_sentences(write_sentences(folder, part="star", test=more, validation=None))


@pytest.fixture(scope="module")
def asked():
    search = SkillSearch.of(SkillForms.of(entries_of(LABELS, []), "en"))
    return questions(search, SENTENCES)


def as_listed(sentence):
    """An order that does not look at the sentence, to be worked by hand."""
    return LABELS


def test_metrics_worked_by_hand(given):
    report = skill_linking(as_listed, given, "test", draws=50, seed=1)
    # moon: "polish moons" stands first, "rake craters" second and "count stars" seventh.
    assert report["moon_mrr"] == pytest.approx((1 + 1 / 2) / 2)
    assert report["moon_rp@5"] == pytest.approx((1 + 1 / 2) / 2)
    assert report["moon_rp@10"] == 1.0
    # star: "count stars" stands seventh, "catch comets" sixth.
    assert report["star_mrr"] == pytest.approx((1 / 7 + 1 / 6) / 2, abs=1e-6)
    assert report["star_rp@5"] == 0.0
    # All sentences weigh the same, whatever part they are of.
    assert report["rp@5"] == pytest.approx(1.5 / 4)
    assert report["sentences"] == {"moon": 2, "star": 2}
    assert report["labels"] == len(LABELS)


def test_every_metric_has_an_interval_around_it(given):
    report = skill_linking(as_listed, given, "test", draws=50, seed=1)
    for system in (report, report["peers"]["tfidf_letters"]):
        names = [name for name in system if f"{name}_low" in system]
        assert len(names) == 9
        for name in names:
            assert system[f"{name}_low"] <= system[name] <= system[f"{name}_high"]


def test_a_label_that_is_not_in_the_list_counts_as_never_found(given):
    report = skill_linking(lambda _: [], given, "test", draws=10)
    assert (report["rp@10"], report["mrr"]) == (0.0, 0.0)


def test_the_same_seed_gives_the_same_report(given):
    one, other = (skill_linking(as_listed, given, "test", draws=30, seed=5) for _ in range(2))
    assert one == other


def test_the_floor_orders_labels_by_their_letters():
    order = letters_order(LABELS)
    assert order("polishing of moons")[0] == "polish moons"
    assert sorted(order("anything")) == sorted(LABELS)


def test_a_question_says_which_candidates_are_right(asked):
    first = asked[0]
    assert [first.candidates[n] for n in np.flatnonzero(first.right)] == ["polish moons"]
    assert first.rows.shape[0] == len(first.candidates) == len(first.right)
    assert first.rows.dtype == np.float32


def test_what_is_learnt_orders_the_right_skill_first(asked):
    trees = learnt_from(asked)
    for question in asked:
        assert question.right[trees.predict(question.rows).argmax()]


def test_learning_twice_gives_the_same_trees(asked):
    assert learnt_from(asked).text == learnt_from(asked).text


def test_a_sentence_is_ordered_by_trees_that_did_not_learn_from_it(asked, monkeypatch):
    learned: list[set[str]] = []

    def watched(part):
        part = list(part)
        learned.append({question.text for question in part})
        return learnt_from(part)

    monkeypatch.setattr("training.benchmarks.skill_linking.learnt_from", watched)
    order = cross_fitted(asked, folds=4)
    everything = {question.text for question in asked}
    assert len(learned) == 4
    left_out = [everything - part for part in learned]
    assert set().union(*left_out) == everything
    assert sum(map(len, left_out)) == len(everything)
    assert sorted(order(asked[0].text)) == sorted(asked[0].candidates)


def test_what_was_reached_is_told_as_the_benchmark_tells_it(asked):
    reached = validation_metrics(cross_fitted(asked), {"moon": SENTENCES})
    assert reached["rp@5"] == reached["moon_rp@5"]
    assert reached["rp@5"] > 0.9


def test_sentences_whose_skill_is_no_candidate_teach_nothing(asked):
    search = SkillSearch.of(SkillForms.of(entries_of(LABELS, []), "en"))
    unknown = questions(search, [Sentence("Nice people", frozenset({"be nice"}))])
    with pytest.raises(DataError, match="0 of"):
        learnt_from(unknown)

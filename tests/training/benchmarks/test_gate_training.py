import pytest

from matching.errors import DataError
from matching.extraction.gate import COLUMNS
from training.benchmarks.gate_training import learned_gate


def text(**signs):
    return tuple(float(signs.get(name, 0.0)) for name in COLUMNS)


REAL = [text(first_person=n, words=200 + n) for n in range(1, 30)]
BOILERPLATE = [text(first_person=0, in_company=1, words=205 + n) for n in range(30)]


def test_texts_in_the_first_person_pass_and_portraits_of_firms_do_not():
    gate = learned_gate(REAL, BOILERPLATE)
    assert gate.passes(text(first_person=8, words=220))
    assert not gate.passes(text(in_company=1, words=220))


def test_a_column_that_never_moves_weighs_nothing():
    gate = learned_gate(REAL, BOILERPLATE)
    assert gate.weights[COLUMNS.index("hiring")] == 0.0


def test_learning_twice_gives_the_same_weights():
    assert learned_gate(REAL, BOILERPLATE) == learned_gate(REAL, BOILERPLATE)


@pytest.mark.parametrize(("real", "boilerplate"), [([], BOILERPLATE), (REAL, [])])
def test_texts_of_one_kind_teach_nothing(real, boilerplate):
    with pytest.raises(DataError, match="give both"):
        learned_gate(real, boilerplate)

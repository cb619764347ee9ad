from pathlib import Path

import pytest

from matching.errors import InputError
from training.benchmarks.risk_config import Derive, Keep, read_risk_config
from training.tabular import LabelTask, SpellTask

WHOLE = """
benchmark = "risk"
data = "some/folder"
table = "t.csv"
label = "out"
positive = "0"
exclude = ["late"]
protected = ["age"]
folds = 3

[[keep]]
column = "age"
below = 50

[[derive]]
name = "out"
column = "weeks"
at_least = 26
"""


def written(folder: Path, text: str) -> Path:
    (folder / "config.toml").write_text(text, "utf-8")
    return folder


def test_a_configuration_says_what_a_table_is_asked(tmp_path: Path) -> None:
    config = read_risk_config(written(tmp_path, WHOLE))
    assert config.task == LabelTask(column="out", positive="0")
    assert (config.exclude, config.protected, config.folds) == (("late",), ("age",), 3)
    assert config.keep == (Keep(column="age", below=50),)
    assert config.derive == (Derive(name="out", column="weeks", at_least=26),)


def test_spells_have_horizons(tmp_path: Path) -> None:
    text = WHOLE.replace(
        'label = "out"\npositive = "0"', 'event = "e"\nduration = "d"\nhorizons = [26]'
    )
    assert read_risk_config(written(tmp_path, text)).task == SpellTask(
        event="e", duration="d", horizons=(26.0,)
    )


def test_rules_lie_beside_the_configuration(tmp_path: Path) -> None:
    config = read_risk_config(written(tmp_path, 'rules = "r.toml"' + WHOLE))
    assert config.rules == tmp_path / "r.toml"


@pytest.mark.parametrize(
    ("part", "instead", "said"),
    [
        ('benchmark = "risk"', 'benchmark = "ranking"', "'ranking'"),
        ('table = "t.csv"', "", "table = None"),
        ('label = "out"', "", "either label, or event"),
        ('label = "out"', 'label = "out"\nevent = "e"', "either label, or event"),
        ("folds = 3", "fold = 3", "unknown key 'fold'"),
        ("below = 50", "under = 50", "[[keep]]"),
        ("at_least = 26", "more_than = 26", "[[derive]]"),
        ("at_least = 26", "at_least = 26\ntimes = 2", "[[derive]]"),
        ("at_least = 26", "at_least =", "cannot be read"),
    ],
)
def test_a_configuration_that_cannot_be_is_refused(
    tmp_path: Path, part: str, instead: str, said: str
) -> None:
    assert part in WHOLE
    with pytest.raises(InputError) as refused:
        read_risk_config(written(tmp_path, WHOLE.replace(part, instead, 1)))
    assert said in str(refused.value)

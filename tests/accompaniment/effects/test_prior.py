import shutil
from datetime import date
from itertools import product
from pathlib import Path

import pytest

from matching.accompaniment.effects import load_effects
from matching.accompaniment.effects.prior import FILE
from matching.domain import Grade, Measure
from matching.domain.outcomes import HORIZONS, WorkGroup
from matching.errors import DataError
from matching.settings import shipped_data

FOLDER = shipped_data() / "measures"
PRIOR = load_effects(FOLDER)


def faulty(folder: Path, old: str, new: str) -> Path:
    """The shipped file with the first ``old`` replaced."""
    text = (FOLDER / FILE).read_text("utf-8")
    assert old in text
    (folder / FILE).write_text(text.replace(old, new, 1), "utf-8")
    return folder


def test_every_measure_group_and_horizon_has_a_belief_with_grade_and_dated_source() -> None:
    assert set(PRIOR.beliefs) == set(product(Measure, WorkGroup, HORIZONS))
    for belief in PRIOR.beliefs.values():
        assert belief.source.dated <= PRIOR.checked
        assert set(belief.source.text) == {"it", "en"}
        assert belief.sd > 0


def test_what_was_not_measured_begins_at_nothing() -> None:
    for belief in PRIOR.beliefs.values():
        assert belief.mean == 0 or belief.grade is not Grade.D


def test_no_belief_is_stronger_than_what_is_within_two_of_its_sds_from_nothing() -> None:
    for belief in PRIOR.beliefs.values():
        assert abs(belief.mean) <= 2 * belief.sd


@pytest.mark.parametrize("months", HORIZONS)
def test_lock_in_only_takes_away_and_grows_with_hours_up_to_a_limit(months: int) -> None:
    points = [PRIOR.lock_in.of(hours, months)[0] for hours in (0, 20, 100, 400, 800, 5_000)]
    assert points[0] == 0
    assert points == sorted(points, reverse=True)
    assert points[-1] == points[-2]


def test_lock_in_weighs_most_at_the_first_horizon_and_is_over_at_the_last() -> None:
    at = [PRIOR.lock_in.of(300, months)[0] for months in HORIZONS]
    assert at[0] < at[1] < at[2] == 0


def test_the_numbers_hold_from_a_day_on() -> None:
    assert PRIOR.valid_on(date(2026, 11, 28))
    assert not PRIOR.valid_on(date(2026, 1, 1))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("checked =", "colour = 1\nchecked =", "colour"),
        ('kind = "course"', 'kind = "curse"', "curse"),
        ('kind = "food"', 'kind = "course"', "twice"),
        ('groups = ["others"]', 'groups = ["long_term"]', "twice"),
        ("at_6 = { mean = 0.0, sd = 0.04, grade", "at_6 = { mean = 0.0, sd = 0.0, grade", "sd"),
        ('mean = 0.01, sd = 0.04, grade = "B"', 'mean = 1.0, sd = 0.04, grade = "B"', "0.03"),
        ("at_6 = { mean = -0.02,", "at_6 = { mean = 0.02,", "only takes away"),
        ("horizons = 0.6", "horizons = 1.0", "not below 1"),
        ('source = "public_jobs" }', 'source = "hearsay" }', "hearsay"),
        ('id = "training"\n', 'id = "idle"\n', "training"),
        ("valid_from = 2026-11-22", "valid_from = 2026-11-22\nvalid_to = 2020-01-01", "valid_to"),
        ('en = "No effect on work', 'de = "No effect on work', "it and en"),
    ],
)
def test_a_faulty_file_is_refused_with_what_is_wrong(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    with pytest.raises(DataError, match=said):
        load_effects(faulty(tmp_path, old, new))


def test_a_missing_measure_and_a_source_that_nothing_uses_are_refused(tmp_path: Path) -> None:
    text = (FOLDER / FILE).read_text("utf-8")
    (tmp_path / FILE).write_text(text[: text.index('[[measure]]\nkind = "legal_help"')], "utf-8")
    with pytest.raises(DataError, match="nothing is said of legal_help"):
        load_effects(tmp_path)
    extra = '[[source]]\nid = "idle"\ndated = 2026-11-22\ntext = { it = "a", en = "a" }\n\n'
    (tmp_path / FILE).write_text(text.replace("[[measure]]", extra + "[[measure]]", 1), "utf-8")
    with pytest.raises(DataError, match="idle"):
        load_effects(tmp_path)


def test_a_folder_without_the_file_is_refused(tmp_path: Path) -> None:
    shutil.copy(FOLDER / "assessment.toml", tmp_path)
    with pytest.raises(DataError, match="no such file"):
        load_effects(tmp_path)

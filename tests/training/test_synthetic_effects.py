from itertools import product

import numpy as np

from matching.domain import Measure
from matching.domain.outcomes import HORIZONS, WorkGroup
from training.synthetic.effects import AS_OF, draw_paths

NOTHING = dict.fromkeys(product(Measure, WorkGroup, HORIZONS), 0.0)


def share(drawn, months, *, took):
    """Share with work of those who took a course, or did not."""
    found = [
        worked.get(months)
        for path, worked in zip(drawn.paths, drawn.worked, strict=True)
        if worked.get(months) is not None and (Measure.COURSE in path.measures) is took
    ]
    return float(np.mean(found))


def test_the_same_arguments_give_the_same_district_and_ids_say_that_it_is_invented():
    drawn = draw_paths(NOTHING, people=60, seed=4)
    assert drawn == draw_paths(NOTHING, people=60, seed=4)
    assert drawn != draw_paths(NOTHING, people=60, seed=5)
    assert all("sintetico" in path.id for path in drawn.paths)


def test_without_any_effect_those_who_take_part_still_find_work_more_often():
    drawn = draw_paths(NOTHING, people=6_000, seed=1)
    assert share(drawn, 12, took=True) > share(drawn, 12, took=False) + 0.05
    assert {value for value in drawn.truth.values() if not np.isnan(value)} == {0.0}


def test_without_selection_the_raw_rates_are_alike():
    drawn = draw_paths(NOTHING, people=6_000, seed=1, selection=0.0)
    assert abs(share(drawn, 12, took=True) - share(drawn, 12, took=False)) < 0.04


def test_the_truth_is_what_was_planted_within_the_bounds_of_a_chance():
    planted = dict.fromkeys(NOTHING, 0.05)
    drawn = draw_paths(planted, people=4_000, seed=2)
    for value in drawn.truth.values():
        assert np.isnan(value) or 0 < value <= 0.05 + 1e-9


def test_later_horizons_are_known_of_fewer_and_no_outcome_is_from_the_future():
    drawn = draw_paths(NOTHING, people=2_000, seed=3)
    known = [sum(one.get(months) is not None for one in drawn.worked) for months in HORIZONS]
    assert known == sorted(known, reverse=True)
    for path, worked in zip(drawn.paths, drawn.worked, strict=True):
        for months in HORIZONS:
            assert months not in worked or (AS_OF - path.agreed_on).days >= months * 30

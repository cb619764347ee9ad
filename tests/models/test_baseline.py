from math import sqrt

import numpy as np
import pytest
from hypothesis import given

from matching.domain import Profile, Vacancy
from matching.features import FEATURES, pair_features
from matching.models import BaselineRanker
from matching.models.baseline import TYPICAL, WEIGHTS
from tests.factories import HILL, VALLEY, a_profile, a_space, a_vacancy
from tests.features.strategies import profiles, seldom, vacancies
from tests.models.frames import nothing_known
from tests.models.ranker_contract import RankerContract

SPACE = a_space()
RANKER = BaselineRanker().fit(nothing_known())
_Z = 1.2815515655446004


class TestBaseline(RankerContract):
    @classmethod
    def make(cls) -> BaselineRanker:
        return BaselineRanker()


def test_the_weights_cover_the_catalog_and_sum_to_one() -> None:
    assert list(WEIGHTS) == [column.name for column in FEATURES]
    assert sum(WEIGHTS.values()) == pytest.approx(1.0)
    assert set(TYPICAL) == set(WEIGHTS)
    # What others say, in part; only a learned ranker tells them apart.
    without = {name for name, weight in WEIGHTS.items() if weight == 0}
    assert without == {
        "experience_family", "reach_stated", "reach_public", "reach_km", "reach_vehicle",
    }  # fmt: skip
    assert all(weight >= 0 for weight in WEIGHTS.values())


def test_a_score_worked_by_hand() -> None:
    frame = pair_features(
        [a_vacancy(essential=["pallets"], jobs=["cook"], comune=VALLEY)],
        [a_profile(skills=["packing"], jobs={"cook": 0}, comune=HILL)],
        SPACE,
    )
    # Essential 0, related 0.4, same job 1, no months 0, 21.6792 minutes on the scale from 75
    # (0) to 15 (1). The words of "mestiere di cook" in both make a share of 0.294027 (worked out
    # in tests/features/test_words.py) of the 0.3 where it is full. The rest is typical.
    minutes = (75 - 21.6792) / 60
    known = {
        "skills_essential": 0.0, "skills_related": 0.4, "experience_proximity": 1.0,
        "experience_months": 0.0, "reach_minutes": minutes, "skills_words": 0.294027 / 0.3,
    }  # fmt: skip
    score = sum(weight * known.get(name, TYPICAL[name]) for name, weight in WEIGHTS.items())
    assert RANKER.predict(frame) == pytest.approx([score], abs=1e-5)
    added = RANKER.contributions(frame).iloc[0]
    assert added["experience_proximity"] == pytest.approx((1 - 0.15) * 0.13)
    assert added["skills_essential"] == pytest.approx(-0.1 * 0.11)
    assert added["languages"] == 0.0


def test_a_certificate_and_hours_a_week_move_the_score_by_their_weights() -> None:
    frame = pair_features(
        [a_vacancy(essential=["licence-c"], weekly_hours=40)],
        [a_profile(skills=["licence-c"], weekly_hours=30)],
        SPACE,
    )
    # The lorry licence is all that is essential and all that is certified: 1 over typically 0.1
    # and 0.2; of 40 hours 30 are 3/4, over typically 0.7.
    added = RANKER.contributions(frame).iloc[0]
    assert added["skills_essential"] == pytest.approx((1 - 0.1) * 0.11)
    assert added["education_certified"] == pytest.approx((1 - 0.2) * 0.01)
    assert added["availability_weekly"] == pytest.approx((0.75 - 0.7) * 0.005)


def test_the_journey_is_counted_once_as_the_person_can_make_it() -> None:
    frame = nothing_known().assign(reach_minutes=20.0)
    near = RANKER.predict(frame.assign(reach_public=20.0, reach_km=2.0))
    far = RANKER.predict(frame.assign(reach_public=140.0, reach_km=70.0))
    assert near == pytest.approx(far)
    parts = RANKER.contributions(frame.assign(reach_public=140.0, reach_km=70.0)).iloc[0]
    assert (parts["reach_public"], parts["reach_km"]) == (0.0, 0.0)


def test_a_baseline_that_learns_nothing_has_no_members_and_no_chances() -> None:
    found = RANKER.judge(nothing_known(3))
    assert found.members.shape == (0, 3)
    assert found.probability is None
    np.testing.assert_array_equal(found.position, found.score)


def test_an_interval_worked_by_hand() -> None:
    frame = nothing_known(asked=0.0).assign(asked_place=1.0)
    lower, upper = RANKER.predict_interval(frame)
    middle = sum(WEIGHTS[name] * TYPICAL[name] for name in WEIGHTS)
    assert RANKER.no_information() == pytest.approx(middle)
    spread = _Z * sqrt(0.04**2 / 12 + 0.05**2)
    assert lower == pytest.approx([middle - spread])
    assert upper == pytest.approx([middle + spread])


def test_a_thin_cv_leaves_more_room_above_and_none_below() -> None:
    frame = nothing_known(asked=0.0).assign(asked_skills_essential=1.0, skills_essential=0.0)
    thin = RANKER.predict_interval(frame.assign(person_skills=0.0))
    full = RANKER.predict_interval(frame.assign(person_skills=40.0))
    assert thin[0] == pytest.approx(full[0])
    assert thin[1][0] > full[1][0] + 0.01


def test_minutes_count_between_a_quarter_of_an_hour_and_an_hour_and_a_quarter() -> None:
    frame = nothing_known()
    scores = [
        RANKER.predict(frame.assign(reach_minutes=m))[0] for m in (0.0, 15.0, 45.0, 75.0, 150.0)
    ]
    base = RANKER.no_information()
    best, middle, worst = base + 0.04 * 0.4, base - 0.04 * 0.1, base - 0.04 * 0.6
    assert scores == pytest.approx([best, best, middle, worst, worst])


def test_an_unknown_answer_and_a_question_not_asked_score_alike_and_differ_in_certainty() -> None:
    asked, not_asked = nothing_known(asked=1.0), nothing_known(asked=0.0)
    assert RANKER.predict(asked) == pytest.approx(RANKER.predict(not_asked))
    wide = np.subtract(*RANKER.predict_interval(asked)[::-1])
    narrow = np.subtract(*RANKER.predict_interval(not_asked)[::-1])
    assert (wide > narrow).all()


@seldom
@given(vacancies(), profiles())
def test_a_vacancy_that_asks_nothing_is_no_full_match(vacancy: Vacancy, profile: Profile) -> None:
    frame = pair_features([a_vacancy()], [profile], SPACE)
    assert RANKER.predict(frame) == pytest.approx([RANKER.no_information()])
    assert RANKER.predict(pair_features([vacancy], [profile], SPACE))[0] <= 1.0

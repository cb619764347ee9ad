from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.accompaniment.needs import NeedScore, Urgency, need_quartiles, need_score, urgency
from matching.domain import Assessment, Level, Need, NeedAnswer

MADE = date(2026, 6, 1)
LATE = date(2027, 6, 1)
KNOWN = [Level.NONE, Level.MILD, Level.SERIOUS, Level.URGENT]


def an_assessment(
    levels: Mapping[Need, Level] | None = None,
    *,
    person: str = "p",
    rest: Level = Level.NONE,
    up_to: Mapping[Need, Level] | None = None,
) -> Assessment:
    given_ = dict.fromkeys(Need, rest) | dict(levels or {})
    answers = (
        NeedAnswer(need=need, level=level, up_to=(up_to or {}).get(need))
        for need, level in given_.items()
    )
    return Assessment(
        person_id=person, author="A", made_on=MADE, valid_months=6, answers=tuple(answers)
    )


@pytest.mark.parametrize(
    ("level", "value"),
    [(Level.NONE, 1), (Level.MILD, 1), (Level.SERIOUS, 2), (Level.URGENT, 3), (Level.UNKNOWN, 2)],
)
def test_urgency_is_one_to_three_by_the_gravest_need_that_a_step_answers(
    level: Level, value: float
) -> None:
    found = urgency(an_assessment({Need.HOUSING: level}), [Need.HOUSING, Need.WORK], as_of=MADE)
    assert found.value == value
    assert found.low <= found.value <= found.high
    assert (found.low == found.high) is (level is not Level.UNKNOWN)


def test_urgency_of_an_open_need_is_halfway() -> None:
    open_one = an_assessment({Need.FOOD: Level.SERIOUS}, up_to={Need.FOOD: Level.URGENT})
    assert urgency(open_one, [Need.FOOD], as_of=MADE) == Urgency(
        value=2.5, low=2, high=3, expired=False
    )


def test_a_step_that_answers_no_need_is_not_urgent() -> None:
    assert urgency(an_assessment(rest=Level.URGENT), [], as_of=MADE).value == 1


def test_being_asked_late_costs_nobody_their_urgency() -> None:
    found = urgency(an_assessment({Need.HOUSING: Level.URGENT}), [Need.HOUSING], as_of=LATE)
    assert found == Urgency(value=3, low=1, high=3, expired=True)


def test_a_need_that_nobody_recorded_is_open() -> None:
    bare = Assessment(person_id="p", author="A", made_on=MADE, valid_months=6, answers=())
    assert urgency(bare, [Need.CARE], as_of=MADE) == Urgency(value=2, low=1, high=3, expired=False)
    assert need_score(bare) == NeedScore(low=0, high=33, unsettled=11)


@pytest.mark.parametrize(
    ("made", "score"),
    [
        (an_assessment(), NeedScore(low=0, high=0, unsettled=0)),
        (an_assessment(rest=Level.URGENT), NeedScore(low=33, high=33, unsettled=0)),
        (
            an_assessment({Need.WORK: Level.SERIOUS, Need.FOOD: Level.MILD}),
            NeedScore(low=3, high=3, unsettled=0),
        ),
        (
            an_assessment({Need.WORK: Level.SERIOUS, Need.FOOD: Level.UNKNOWN}),
            NeedScore(low=2, high=5, unsettled=1),
        ),
        (
            an_assessment({Need.FOOD: Level.MILD}, up_to={Need.FOOD: Level.SERIOUS}),
            NeedScore(low=1, high=2, unsettled=1),
        ),
    ],
)
def test_the_need_of_a_person_is_the_sum_of_levels_as_an_interval(
    made: Assessment, score: NeedScore
) -> None:
    assert need_score(made) == score


def test_quarters_order_people_by_the_middle_of_their_need() -> None:
    people = [
        an_assessment(dict.fromkeys(list(Need)[:n], Level.MILD), person=f"p{n}") for n in range(8)
    ]
    found = need_quartiles(people)
    assert [found[f"p{n}"] for n in range(8)] == [1, 1, 2, 2, 3, 3, 4, 4]


def test_who_ties_shares_the_higher_quarter_whatever_the_order() -> None:
    people = [an_assessment(person=f"p{n}") for n in range(4)]
    people[3] = an_assessment({Need.FOOD: Level.URGENT}, person="p3")
    expected = {"p0": 3, "p1": 3, "p2": 3, "p3": 4}
    assert need_quartiles(people) == expected
    assert need_quartiles(reversed(people)) == expected
    assert need_quartiles([]) == {}
    assert need_quartiles(people[:1]) == {"p0": 4}


def test_what_is_unknown_is_neither_no_need_nor_the_gravest() -> None:
    people = [
        an_assessment(person="none"),
        an_assessment(person="unknown", rest=Level.UNKNOWN),
        an_assessment(person="grave", rest=Level.URGENT),
    ]
    middles = [need_score(one).middle for one in people]
    assert middles == [0, 16.5, 33]
    found = need_quartiles(people)
    assert found["none"] < found["unknown"] < found["grave"]


@given(st.lists(st.lists(st.sampled_from(KNOWN), min_size=11, max_size=11), min_size=1))
def test_more_need_is_never_in_a_lower_quarter_and_the_highest_is_a_fourth_at_least(
    rows: list[list[Level]],
) -> None:
    people = [
        an_assessment(dict(zip(Need, row, strict=True)), person=f"p{n}")
        for n, row in enumerate(rows)
    ]
    found = need_quartiles(people)
    scores = {one.person_id: need_score(one).middle for one in people}
    for first in scores:
        for second in scores:
            if scores[first] <= scores[second]:
                assert found[first] <= found[second]
    assert sum(quarter == 4 for quarter in found.values()) * 4 >= len(people)

import itertools
import random
from dataclasses import fields, replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.accompaniment.fund.allocation import Question, best, propose
from matching.accompaniment.fund.choosing import ORDERS, by_rule
from matching.accompaniment.fund.preparing import prepare
from matching.accompaniment.fund.purse import Money, MoneyLine
from matching.accompaniment.fund.room import Room
from matching.accompaniment.fund.solving import Effort
from matching.domain import Measure
from matching.domain.allocation import FundRequest, Obstacle, Proposal
from matching.errors import FundError
from tests.accompaniment.fund.worlds import AS_OF, a_policy, a_question, a_request, day


def funded(proposal: Proposal) -> set[str]:
    return {one.request.id for one in proposal.funded}


def why(proposal: Proposal, key: str) -> list[Obstacle]:
    (found,) = (one for one in proposal.left_out if one.request.id == key)
    return [block.obstacle for block in found.blocks]


def quick(question: Question) -> Proposal:
    return propose(question, compared=False)


def test_what_opens_most_within_the_budget_is_proposed() -> None:
    found = quick(
        a_question(
            a_request("small", 6_000, 1.0),
            a_request("left", 6_000, 1.1),
            a_request("large", 10_000, 1.5),
            money=12_000,
        )
    )
    assert funded(found) == {"small", "left"}
    assert (found.cents, found.proven, found.gap) == (12_000, True, 0.0)
    assert found.value == pytest.approx(2.1)
    (large,) = found.left_out
    assert (large.blocks[0].obstacle, large.blocks[0].amount) == (Obstacle.BUDGET, 10_000)


def test_urgency_and_the_weight_of_a_measure_multiply_the_benefit() -> None:
    found = quick(
        a_question(
            a_request("urgent", benefit=1.0, urgency=3.0),
            a_request("care", benefit=1.0, measure=Measure.CARE),
            a_request("home", benefit=None, measure=Measure.HOUSING, urgency=2.0),
        )
    )
    values = {one.request.id: (one.value, one.measured) for one in found.funded}
    assert values == {"urgent": (3.0, True), "care": (2.0, True), "home": (1.0, False)}


def test_a_step_is_proposed_only_with_the_one_that_must_come_before() -> None:
    care = a_request("care", 9_000, 0.0, plan_id="p", person="x")
    course = a_request("course", 5_000, 3.0, plan_id="p", person="x", after=("care",))
    alone = a_request("alone", 8_000, 2.0)
    assert funded(quick(a_question(care, course, alone, money=14_000))) == {"care", "course"}
    found = quick(a_question(care, course, alone, money=13_000))
    assert funded(found) == {"alone"}
    assert why(found, "course") == [Obstacle.EARLIER_STEP]


def test_of_alternatives_one_is_proposed() -> None:
    one = a_request("one", benefit=2.0, plan_id="p", person="x", instead="muletto")
    other = a_request("other", benefit=1.0, plan_id="p", person="x", instead="muletto")
    found = quick(a_question(one, other))
    assert funded(found) == {"one"}
    assert why(found, "other") == [Obstacle.ALTERNATIVE]


def test_seats_caseload_and_caps_are_kept_and_named() -> None:
    seats = [a_request(f"s{n}", benefit=n + 1.0, seats_key="ed") for n in range(3)]
    found = quick(a_question(*seats, seats={"ed": 2}))
    assert funded(found) == {"s1", "s2"}
    assert why(found, "s0") == [Obstacle.SEATS]

    two = [
        a_request("a1", benefit=1.0, person="x"),
        a_request("a2", benefit=1.0, person="x"),
        a_request("b", benefit=1.5, person="y"),
    ]
    found = quick(a_question(*two, people={"a": 1}))
    assert funded(found) == {"a1", "a2"}
    assert why(found, "b") == [Obstacle.CASELOAD]

    found = quick(a_question(*two, policy=a_policy(cap=15_000)))
    assert len(funded(found)) == 2
    assert Obstacle.PERSON_CAP in why(found, ({"a1", "a2"} - funded(found)).pop())


def test_what_a_person_had_this_year_counts_for_the_cap() -> None:
    found = quick(a_question(a_request(), spent={"person-r": 295_000}))
    assert why(found, "r") == [Obstacle.OVER_CAP]
    assert found.left_out[0].blocks[0].amount == 5_000


def test_a_line_pays_only_for_what_it_was_given_for() -> None:
    courses = MoneyLine(code="corsi", cents=20_000, measures=frozenset({Measure.COURSE}))
    free = MoneyLine(code="libera", cents=10_000)
    money = Money(budget_cents=30_000, lines=(free, courses))
    found = quick(
        a_question(
            a_request("course", 10_000, 1.0),
            a_request("food", 10_000, 1.0, measure=Measure.FOOD),
            a_request("more", 5_000, 0.1, measure=Measure.FOOD),
            money=money,
        )
    )
    assert {one.request.id: one.lines for one in found.funded} == {
        "course": (("corsi", 10_000),),
        "food": (("libera", 10_000),),
    }
    assert why(found, "more") == [Obstacle.LINE]
    only = Money(budget_cents=30_000, lines=(courses,))
    found = quick(a_question(a_request("food", measure=Measure.FOOD), money=only))
    assert why(found, "food") == [Obstacle.NO_LINE]


def test_what_began_and_what_opens_nothing_is_left_out_by_name() -> None:
    begun = a_request("begun", starts_on=date(2026, 11, 30))
    nothing = a_request("nothing", benefit=0.0)
    unmeasured = a_request("unmeasured", benefit=None)
    after = a_request("after", plan_id="plan-begun", person="person-begun", after=("begun",))
    found = quick(a_question(begun, nothing, unmeasured, after))
    assert not found.funded
    assert why(found, "begun") == [Obstacle.PAST]
    assert why(found, "nothing") == why(found, "unmeasured") == [Obstacle.NO_BENEFIT]
    assert why(found, "after") == [Obstacle.EARLIER_STEP]


def test_the_household_pays_its_part_unless_need_is_high_or_it_is_waived() -> None:
    bus = {"measure": Measure.TRANSPORT, "cents": 10_000}
    found = quick(
        a_question(
            a_request("low", **bus),
            a_request("high", need_quartile=3, **bus),
            a_request("waived", co_payment_waived=True, **bus),
            policy=a_policy(co_payment=0.1),
        )
    )
    paid = {one.request.id: (one.cents, one.co_payment_cents) for one in found.funded}
    assert paid == {"low": (9_000, 1_000), "high": (10_000, 0), "waived": (10_000, 0)}


def test_amounts_above_the_territory_s_limit_are_for_the_committee() -> None:
    found = quick(a_question(a_request("r", 80_001), a_request("s", 80_000), money=200_000))
    assert {one.request.id: one.to_committee for one in found.funded} == {"r": True, "s": False}


def test_floors_hold_where_they_can_and_say_what_is_missing_where_not() -> None:
    rich = [a_request(f"rich{n}", 10_000, 2.0) for n in range(8)]
    poor = [a_request(f"poor{n}", 10_000, 1.0, need_quartile=4) for n in range(8)]
    far = a_request("far", 10_000, 0.5, ambito="b")
    floors = a_policy(floors=((None, 0.4), ("b", 0.3)))
    found = quick(a_question(*rich, *poor, far, money=50_000, policy=floors))
    assert len([key for key in funded(found) if key.startswith("poor")]) == 2
    assert "far" in funded(found)
    reached = {one.ambito: one for one in found.floors}
    assert reached[None].reached_cents == reached[None].wanted_cents == 20_000
    assert (reached["b"].wanted_cents, reached["b"].asked_cents) == (15_000, 10_000)
    assert reached["b"].reached_cents == 10_000


def test_of_equal_steps_those_asked_for_first_are_proposed_in_whatever_order_they_come() -> None:
    requests = [a_request(f"r{n}", asked_on=day(n + 1), seats_key="ed") for n in range(9)]
    for seed in range(5):
        random.Random(seed).shuffle(requests)
        assert funded(quick(a_question(*requests, money=40_000))) == {"r0", "r1", "r2", "r3"}


def test_a_proposal_shows_what_else_could_be_done() -> None:
    requests = [
        a_request(f"r{n:02d}", 5_000 + 700 * n, 1.0 + (7 * n % 11) / 5, need_quartile=1 + n % 4)
        for n in range(30)
    ]
    found = propose(a_question(*requests, money=150_000))
    assert [one.name for one in found.budgets] == ["-20%", "-10%", "+10%", "+20%"]
    values = [one.value for one in found.budgets]
    assert values == sorted(values)
    assert values[1] < found.value < values[2]
    assert [one.name for one in found.beside] == list(ORDERS)
    assert all(one.value <= found.bound for one in found.beside)
    needs = [one.highest_need_cents for one in found.curve]
    assert needs == sorted(needs)
    assert found.curve[0].value == max(one.value for one in found.curve)
    assert found.marginal_value is not None
    assert found.marginal_steps
    # The program without whole steps is worth no less by the next euro on average.
    assert found.shadow_value is not None
    assert found.shadow_value > 0


def test_another_budget_does_not_change_what_is_proposed_for_this_one() -> None:
    requests = [a_request(f"r{n}", 5_000 + 900 * n, 1.0 + n % 5) for n in range(12)]
    question = a_question(*requests, money=40_000)
    assert propose(question).funded == quick(question).funded


@pytest.mark.parametrize(
    ("request_", "said"),
    [
        (a_request(cents=0), "cost_cents = 0"),
        (a_request(benefit=-1.0), "benefit = -1.0"),
        (a_request(benefit=float("nan")), "benefit = nan"),
        (a_request(urgency=0.5), "urgency = 0.5"),
        (a_request(need_quartile=5), "need_quartile = 5"),
        (a_request(seats_left=-1), "seats_left = -1"),
        (a_request(after=("other",)), "after = 'other'"),
        (a_request(after=("r",)), "after = 'r'"),
    ],
)
def test_a_request_that_cannot_be_is_refused_by_name(request_: FundRequest, said: str) -> None:
    with pytest.raises(FundError, match="Request 'r'") as error:
        quick(a_question(request_))
    assert said in str(error.value)


def test_requests_that_contradict_each_other_are_refused() -> None:
    with pytest.raises(FundError, match="there twice"):
        quick(a_question(a_request(), a_request()))
    with pytest.raises(FundError, match="has another in an earlier one"):
        quick(a_question(a_request("a", person="x"), a_request("b", person="x", ambito="b")))
    with pytest.raises(FundError, match="round in a circle"):
        quick(
            a_question(
                a_request("a", plan_id="p", after=("b",)), a_request("b", plan_id="p", after=("a",))
            )
        )


def test_nothing_of_a_request_is_an_estimate_of_risk() -> None:
    names = {field.name for field in (*fields(FundRequest), *fields(Question))}
    assert not {name for name in names if "risk" in name or "chance" in name or "score" in name}


REQUESTS = st.lists(
    st.tuples(
        st.integers(1, 9),  # cost
        st.integers(0, 8),  # benefit
        st.integers(0, 3),  # person
        st.sampled_from(("ed1", "ed2")),
        st.sampled_from((Measure.COURSE, Measure.FOOD)),
        st.booleans(),  # after the one before of the same person
        st.sampled_from((None, "way")),
        st.integers(1, 4),
    ),
    min_size=1,
    max_size=9,
)


def made(rows: list[tuple[int, int, int, str, Measure, bool, str | None, int]]):
    requests: list[FundRequest] = []
    last: dict[int, str] = {}
    for number, (cost, benefit, person, key, measure, after, instead, quartile) in enumerate(rows):
        before = last.get(person)
        requests.append(
            a_request(
                f"r{number}",
                1_000 * cost,
                float(benefit),
                plan_id=f"p{person}",
                person=f"p{person}",
                ambito="ab"[person % 2],
                seats_key=key,
                measure=measure,
                after=(before,) if after and before else (),
                instead=instead,
                need_quartile=quartile,
            )
        )
        last[person] = f"r{number}"
    return requests


@settings(max_examples=40)
@given(rows=REQUESTS, budget=st.integers(1, 25), courses=st.integers(0, 10))
def test_the_choice_is_the_best_of_all_choices_that_fit(
    rows: list[tuple[int, int, int, str, Measure, bool, str | None, int]],
    budget: int,
    courses: int,
) -> None:
    """Against every subset, tried one by one with exact arithmetic."""
    money = Money(
        budget_cents=1_000 * budget,
        lines=(
            MoneyLine(code="corsi", cents=1_000 * courses, measures=frozenset({Measure.COURSE})),
            MoneyLine(code="libera", cents=1_000 * 15),
        ),
    )
    question = a_question(
        *made(rows),
        money=money,
        seats={"ed1": 2},
        people={"a": 1},
        policy=a_policy(cap=14_000),
        effort=Effort(gap=0.0),
    )
    prepared, _, choice = best(question)
    most = 0.0
    for size in range(len(prepared.candidates) + 1):
        for subset in itertools.combinations(prepared.candidates, size):
            room = Room(question.money, question.limits)
            waiting = list(subset)
            while waiting and any(room.fits(one) for one in waiting):
                one = next(one for one in waiting if room.fits(one))
                room.take(one)
                waiting.remove(one)
            if not waiting:
                most = max(most, sum(one.value for one in subset))
    assert choice.value == pytest.approx(most)
    assert choice.gap == pytest.approx(0.0, abs=1e-6)


@settings(max_examples=25)
@given(rows=REQUESTS, budget=st.integers(1, 25), seed=st.integers(0, 99))
def test_everything_asked_for_is_proposed_or_left_out_with_a_reason(
    rows: list[tuple[int, int, int, str, Measure, bool, str | None, int]], budget: int, seed: int
) -> None:
    requests = made(rows)
    floors = a_policy(floors=((None, 0.3), ("a", 0.2)))
    question = a_question(*requests, money=1_000 * budget, policy=floors, people={"a": 1})
    found = quick(question)
    assert funded(found) | {one.request.id for one in found.left_out} == {r.id for r in requests}
    assert found.cents <= 1_000 * budget
    assert all(one.blocks for one in found.left_out)
    assert sum(one.funded for one in found.by_ambito) == len(found.funded)
    assert sum(one.cents for one in found.by_quartile) == found.cents
    random.Random(seed).shuffle(requests)
    assert quick(replace(question, requests=requests)) == found


def test_rules_beside_keep_the_same_limits_as_the_proposal() -> None:
    requests = [a_request(f"r{n}", 9_000, 1.0 + n, need_quartile=1 + n % 4) for n in range(8)]
    question = a_question(*requests, money=30_000)
    prepared = prepare(
        requests,
        policy=question.policy,
        money=question.money,
        limits=question.limits,
        as_of=AS_OF,
    )
    chosen = {
        name: [one.request.id for one in by_rule(
            prepared.candidates, order, money=question.money, limits=question.limits
        ).taken]
        for name, order in ORDERS.items()
    }  # fmt: skip
    assert chosen == {
        "greedy": ["r5", "r6", "r7"],
        "first_come": ["r0", "r1", "r2"],
        "highest_need": ["r2", "r3", "r7"],
    }


def test_a_kernel_comes_near_the_best_and_says_how_near() -> None:
    generator = random.Random(4)
    requests = [
        a_request(f"r{n:03d}", generator.randint(2_000, 90_000), generator.random() * 3)
        for n in range(300)
    ]
    question = a_question(*requests, money=900_000)
    _, _, exact = best(question)
    _, _, near = best(replace(question, effort=Effort(kernel=60)))
    assert near.value >= 0.99 * exact.value
    assert near.bound is not None
    assert near.bound >= exact.value - 1e-6

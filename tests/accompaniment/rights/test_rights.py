from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.accompaniment.rights import Right, load_measures, of_household, rights
from matching.accompaniment.rules import Ask, Condition, Rule, RuleState, Truth
from matching.domain import Answer
from matching.domain.household import (
    Household,
    Member,
    Relation,
    Sex,
    Tenure,
    WorkStatus,
)
from matching.errors import InputError
from matching.settings import shipped_data
from tests.accompaniment.households import (
    AS_OF,
    a_child,
    a_household,
    a_status,
    an_applicant,
    out_since_2010,
    the_fifty_year_old,
)

MEASURES = load_measures(shipped_data() / "measures")
DAY = timedelta(days=1)
H, F, U = Truth.HOLDS, Truth.FAILS, Truth.UNKNOWN


def found(
    household: Household, status: WorkStatus | None = None, *, as_of: date = AS_OF
) -> dict[str, Right]:
    return {one.measure.id: one for one in rights(MEASURES, household, status, as_of=as_of)}


def asks(right: Right) -> list[str]:
    return [leaf.clause.ask.value for leaf in right.would_change]  # type: ignore[union-attr]


def test_the_fifty_year_old_is_told_what_to_check_and_where() -> None:
    told = found(the_fifty_year_old(), out_since_2010())
    assert told["sfl"].state is RuleState.LIKELY
    assert told["adi"].state is RuleState.POSSIBLE
    assert asks(told["adi"]) == ["family_income", "family_income"]
    assert told["naspi"].state is RuleState.UNLIKELY
    assert set(asks(told["naspi"])) == {"weeks_contributed", "days_since_job"}
    for name in ("rent_help", "eviction_help", "invalidity", "law_104", "child_allowance"):
        assert told[name].state is RuleState.TO_CHECK, name
    assert told["rdc"].state is told["gol"].state is RuleState.EXPIRED
    assert all(one.received is False for one in told.values())
    assert all(one.measure.desks for one in told.values())


def test_with_the_family_income_the_allowance_is_likely() -> None:
    told = found(the_fifty_year_old(income_eur=6500), out_since_2010())
    assert told["adi"].state is RuleState.LIKELY
    assert told["adi"].would_change == ()


@pytest.mark.parametrize(
    ("known", "said"),
    [
        ({"isee_eur": 10140}, RuleState.LIKELY),
        ({"isee_eur": 10141}, RuleState.UNLIKELY),
        ({"isee_eur": None}, RuleState.POSSIBLE),
        ({"income_eur": 6501, "tenure": Tenure.OWNED}, RuleState.POSSIBLE),
        ({"income_eur": 6501}, RuleState.LIKELY),
        ({"income_eur": 10140}, RuleState.LIKELY),
        # Above the threshold of a tenant only the desk can say, with the equivalence scale.
        ({"income_eur": 10141}, RuleState.POSSIBLE),
    ],
)
def test_the_inclusion_allowance_at_the_edges_of_its_thresholds(
    known: dict[str, Any], said: RuleState
) -> None:
    household = the_fifty_year_old(**({"income_eur": 6000} | known))
    assert found(household)["adi"].state is said


@pytest.mark.parametrize(
    ("child", "said"),
    [
        ({"birth": date(2008, 11, 28)}, RuleState.UNLIKELY),  # 18 on this very day
        ({"birth": date(2008, 11, 29)}, RuleState.LIKELY),
        ({"birth": None}, RuleState.POSSIBLE),
        ({"birth": date(2000, 1, 1), "disability": Answer.YES}, RuleState.LIKELY),
        ({"birth": date(2000, 1, 1), "disability": Answer.TO_CHECK}, RuleState.POSSIBLE),
    ],
)
def test_the_inclusion_allowance_is_for_households_with_somebody_of_the_groups(
    child: dict[str, Any], said: RuleState
) -> None:
    household = a_household(
        an_applicant(birth=date(1976, 3, 14), disability=Answer.NO),
        a_child(**({"disability": Answer.NO} | child)),
        isee_eur=5000,
        income_eur=5000,
        care_programme=Answer.NO,
    )
    assert found(household)["adi"].state is said


def test_sixty_is_reached_on_the_birthday() -> None:
    for birth, said in ((date(1966, 11, 28), H), (date(1966, 11, 29), F)):
        tell = of_household(a_household(an_applicant(birth=birth)), None, AS_OF)
        assert tell(Condition(ask=Ask.SOMEONE_AGED, at_least=60)) is said


@pytest.mark.parametrize(
    ("as_of", "isee", "said"),
    [
        (date(2024, 12, 31), 6000, RuleState.LIKELY),
        (date(2024, 12, 31), 6001, RuleState.UNLIKELY),
        (date(2025, 1, 1), 6001, RuleState.LIKELY),
        (date(2026, 12, 31), 10140, RuleState.LIKELY),
        # The thresholds of 2027 are not known: nothing is claimed, and nothing denied.
        (date(2027, 1, 1), 10140, RuleState.TO_CHECK),
        (date(2027, 1, 1), 90000, RuleState.TO_CHECK),
    ],
)
def test_the_thresholds_are_those_of_the_day(as_of: date, isee: int, said: RuleState) -> None:
    household = a_household(an_applicant(birth=date(1980, 1, 1)), isee_eur=isee)
    told = found(household, a_status(out_of_work=Answer.YES), as_of=as_of)
    assert told["sfl"].state is said


def test_a_measure_is_not_listed_before_it_begins() -> None:
    household = a_household()
    assert "sfl" not in found(household, as_of=date(2023, 8, 31))
    assert "sfl" in found(household, as_of=date(2023, 9, 1))
    assert "adi" not in found(household, as_of=date(2023, 12, 31))
    assert "adi" in found(household, as_of=date(2024, 1, 1))


def test_a_measure_that_is_over_is_shown_as_that_and_stays_so() -> None:
    household = a_household()
    last = date(2023, 12, 31)
    assert found(household, as_of=last)["rdc"].state is not RuleState.EXPIRED
    over = found(household, as_of=last + DAY)["rdc"]
    assert over.state is RuleState.EXPIRED
    assert over.checks == ()
    assert over.measure.ended["it"]


@pytest.mark.parametrize(
    ("age", "said"),
    [
        (17, RuleState.UNLIKELY),
        (18, RuleState.LIKELY),
        (59, RuleState.LIKELY),
        (60, RuleState.UNLIKELY),
    ],
)
def test_support_for_training_is_from_18_to_59(age: int, said: RuleState) -> None:
    born = date(AS_OF.year - age, AS_OF.month, AS_OF.day)
    household = a_household(an_applicant(birth=born), isee_eur=1)
    assert found(household, a_status(out_of_work=Answer.YES))["sfl"].state is said


@pytest.mark.parametrize(
    ("known", "said"),
    [
        ({}, RuleState.LIKELY),
        ({"weeks_contributed": 12}, RuleState.UNLIKELY),
        ({"job_ended_on": AS_OF - 68 * DAY}, RuleState.LIKELY),
        ({"job_ended_on": AS_OF - 69 * DAY}, RuleState.UNLIKELY),
        ({"lost_involuntarily": Answer.NO}, RuleState.UNLIKELY),
        ({"lost_involuntarily": Answer.TO_CHECK}, RuleState.POSSIBLE),
        ({"collaboration": Answer.YES}, RuleState.UNLIKELY),
        ({"resigned": Answer.YES, "weeks_since_resigning": 13}, RuleState.LIKELY),
        ({"resigned": Answer.YES, "weeks_since_resigning": 12}, RuleState.UNLIKELY),
        ({"resigned": Answer.YES}, RuleState.POSSIBLE),
    ],
)
def test_the_unemployment_benefit_at_its_edges(known: dict[str, Any], said: RuleState) -> None:
    given_ = {
        "out_of_work": Answer.YES,
        "collaboration": Answer.NO,
        "lost_involuntarily": Answer.YES,
        "weeks_contributed": 13,
        "job_ended_on": AS_OF - 10 * DAY,
        "resigned": Answer.NO,
    }
    assert found(a_household(), a_status(**(given_ | known)))["naspi"].state is said


@pytest.mark.parametrize(
    ("known", "said"),
    [
        ({"employee_income_eur": 8500}, RuleState.LIKELY),
        ({"employee_income_eur": 8501, "own_income_eur": 5501}, RuleState.UNLIKELY),
        ({"own_income_eur": 5500}, RuleState.LIKELY),
        ({"own_income_eur": 5501}, RuleState.TO_CHECK),
    ],
)
def test_some_work_keeps_the_unemployment_status(known: dict[str, int], said: RuleState) -> None:
    status = a_status(out_of_work=Answer.NO, **known)
    assert found(a_household(), status)["unemployment_status"].state is said


def test_of_what_no_source_was_read_nothing_is_likely() -> None:
    told = found(the_fifty_year_old(income_eur=0), out_since_2010())
    for one in told.values():
        if not one.measure.verified:
            assert one.state in (RuleState.TO_CHECK, RuleState.UNLIKELY), one.measure.id


def test_a_household_of_which_nothing_is_known_is_refused_nothing() -> None:
    told = found(a_household())
    states = {one.state for one in told.values()}
    # No child is a member, which is known: that alone speaks against what is for children.
    assert {n for n, one in told.items() if one.state is RuleState.UNLIKELY} == {
        "child_allowance",
        "school_meals",
        "school_costs",
    }
    assert states <= {RuleState.TO_CHECK, RuleState.UNLIKELY, RuleState.EXPIRED}
    assert all(one.received is None for one in told.values())


def test_what_is_received_already_is_said() -> None:
    told = found(a_household(receives=frozenset({"adi"})))
    assert told["adi"].received is True
    assert told["sfl"].received is False


def test_the_likeliest_come_first_and_what_is_over_last() -> None:
    order = list(RuleState)
    told = rights(MEASURES, the_fifty_year_old(), out_since_2010(), as_of=AS_OF)
    ranks = [order.index(one.state) for one in told]
    assert ranks == sorted(ranks)


def test_each_condition_is_held_failed_or_unknown_and_none_is_lost() -> None:
    told = found(the_fifty_year_old(), out_since_2010())["naspi"]
    held, failed, open_ones = told.holding, told.failing, told.unknown
    assert {one.clause.ask for one in failed} == {Ask.WEEKS_CONTRIBUTED, Ask.DAYS_SINCE_JOB}  # type: ignore[union-attr]
    assert len(held) + len(failed) + len(open_ones) == 7


def test_the_status_of_somebody_else_is_refused() -> None:
    with pytest.raises(InputError, match="'z', who is no member; write one of 'a'"):
        rights(MEASURES, a_household(), WorkStatus(member="z"), as_of=AS_OF)


@pytest.mark.parametrize(
    ("others", "said"),
    [
        ([], F),
        ([{"dependant": True}], H),
        ([{"dependant": None}], U),
        ([{"dependant": True}, {"dependant": False}], F),
        ([{"relation": Relation.PARTNER, "dependant": True}], F),
    ],
)
def test_who_lives_alone_with_dependants(others: list[dict[str, Any]], said: Truth) -> None:
    members = [a_child(**({"id": f"c{n}"} | known)) for n, known in enumerate(others)]
    tell = of_household(a_household(an_applicant(), *members), None, AS_OF)
    assert tell(Condition(ask=Ask.ALONE_WITH_DEPENDANTS)) is said


@pytest.mark.parametrize(
    ("births", "said"),
    [
        ([date(2010, 1, 1)] * 3, H),
        ([date(2010, 1, 1)] * 2 + [None], U),
        ([date(2010, 1, 1)] * 2 + [date(2000, 1, 1)], F),
        ([date(2010, 1, 1), None], F),
    ],
)
def test_minor_children_are_counted_with_those_whose_age_nobody_knows(
    births: list[date | None], said: Truth
) -> None:
    children = [a_child(id=f"c{n}", birth=birth) for n, birth in enumerate(births)]
    tell = of_household(a_household(an_applicant(), *children), None, AS_OF)
    assert tell(Condition(ask=Ask.MINOR_CHILDREN, at_least=3)) is said


ANSWERS = st.sampled_from([None, *Answer])
MEMBERS = st.builds(
    Member,
    id=st.just("m"),
    relation=st.sampled_from([Relation.CHILD, Relation.PARENT, Relation.OTHER]),
    birth=st.none() | st.dates(date(1930, 1, 1), AS_OF),
    sex=st.sampled_from([None, *Sex]),
    disability=ANSWERS,
    dependant=st.sampled_from([None, True, False]),
)
HOUSEHOLDS = st.builds(
    Household,
    id=st.just("h"),
    members=st.tuples(
        st.builds(lambda one: replace(one, id="a", relation=Relation.APPLICANT), MEMBERS), MEMBERS
    ),
    tenure=st.sampled_from([None, *Tenure]),
    arrears_months=st.none() | st.integers(0, 12),
    eviction_on=st.none() | st.just(AS_OF),
    isee_eur=st.none() | st.integers(0, 20000),
    income_eur=st.none() | st.integers(0, 20000),
    receives=st.none() | st.frozensets(st.sampled_from(["adi", "sfl", "naspi"])),
    care_programme=ANSWERS,
)
STATUSES = st.builds(
    WorkStatus,
    member=st.just("a"),
    out_of_work=ANSWERS,
    declared=ANSWERS,
    no_regular_job_since=st.none() | st.dates(date(2005, 1, 1), AS_OF),
    job_ended_on=st.none() | st.dates(date(2005, 1, 1), AS_OF),
    lost_involuntarily=ANSWERS,
    collaboration=ANSWERS,
    resigned=ANSWERS,
    weeks_contributed=st.none() | st.integers(0, 60),
    employee_income_eur=st.none() | st.integers(0, 20000),
)
_SETTLED = {RuleState.LIKELY, RuleState.UNLIKELY}


@given(household=HOUSEHOLDS, status=STATUSES, data=st.data())
def test_what_was_settled_stays_so_with_every_further_answer(
    household: Household, status: WorkStatus, data: st.DataObject
) -> None:
    forgettable = [f.name for f in fields(Household) if f.name not in ("id", "members")]
    forgotten = data.draw(st.sets(st.sampled_from(forgettable)))
    work = data.draw(st.sets(st.sampled_from([f.name for f in fields(WorkStatus)][1:])))
    less = found(
        replace(household, **dict.fromkeys(forgotten)), replace(status, **dict.fromkeys(work))
    )
    more = found(household, status)
    for name, right in less.items():
        if right.state in _SETTLED:
            assert more[name].state is right.state, name
        if right.state is RuleState.EXPIRED:
            assert more[name].state is RuleState.EXPIRED


def test_every_measure_says_what_it_is_in_both_languages() -> None:
    rules: tuple[Rule, ...] = MEASURES
    assert len(rules) >= 20
    for rule in rules:
        for lines in (rule.name, rule.brings):
            assert set(lines) == {"it", "en"}
        assert rule.verified or not any(
            clause.at_most or clause.more_than
            for period in rule.periods
            for clause in period.conditions
            if isinstance(clause, Condition)
        ), f"{rule.id}: a number without a source"

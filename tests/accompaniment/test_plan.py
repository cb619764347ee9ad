import inspect
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import matching.accompaniment
from matching.accompaniment import Service, find_catalogue, plan_for, propose
from matching.domain import (
    Difficulty,
    Grade,
    Level,
    Need,
    Payer,
    Plan,
    PlanState,
    ToldNeed,
)
from matching.taxonomy import Taxonomy
from matching.territory import Territory
from tests.accompaniment.plans import AS_OF, opening, plan, slugs
from tests.factories import (
    HILL,
    PROVIDER,
    VALLEY,
    a_catalogue,
    a_profile,
    a_service,
    a_taxonomy,
    a_territory,
)
from tests.features.strategies import often


def told(level: Level, *difficulties: Difficulty) -> ToldNeed:
    return ToldNeed(level=level, difficulties=frozenset(difficulties))


def test_a_step_says_what_it_answers_where_when_and_at_what_cost() -> None:
    service = a_service(
        "course",
        teaches=["forklift", "cooking"],
        needs=[Need.WORK, Need.CARE],
        starts=[date(2027, 3, 1), date(2027, 2, 1)],
        lead_days=7,
        cost_eur=100,
        place=VALLEY,
        conditions=["Avere 18 anni."],
    )
    found = plan(
        service,
        missing="forklift pallets",
        needs=[Need.WORK, Need.HOUSING],
        profile=a_profile("anna", comune=HILL),
        opens={"course": opening(0.2)},
    )
    (step,) = found.steps
    assert (found.person_id, found.as_of, found.state) == ("anna", AS_OF, PlanState.OK)
    assert (step.service, step.provider, step.place) == ("course", PROVIDER.name, "Borgo in Valle")
    assert (step.skills, step.needs) == (("saper fare forklift",), (Need.WORK,))
    assert (step.start, step.minutes, step.by_car) == (date(2027, 2, 1), 22, True)
    assert (step.cost_eur, step.paid_by, found.cost_eur) == (100, Payer.FUND, 100)
    assert (step.opens, step.changes) == (opening(0.2), "Cambia course.")
    assert step.conditions == ("Avere 18 anni.",)
    assert found.without_skills == ("saper fare pallets",)
    assert found.without_needs == (Need.HOUSING,)


def test_who_has_no_vehicle_goes_by_public_transport() -> None:
    service = a_service("course", teaches=["forklift"], place=VALLEY)
    walks = a_profile(comune=HILL, own_vehicle=False)
    (step,) = plan(service, missing="forklift", profile=walks).steps
    assert (step.minutes, step.by_car) == (48, False)


def test_the_journey_is_not_known_without_a_home_nor_counted_at_a_distance() -> None:
    here, remote = a_service("a", needs=[Need.FOOD]), a_service("b", needs=[Need.CARE], remote=True)
    found = plan(here, needs=[Need.FOOD])
    assert [step.minutes for step in found.steps] == [None]
    found = plan(remote, needs=[Need.CARE], profile=a_profile(comune=VALLEY))
    assert [step.minutes for step in found.steps] == [None]


@pytest.mark.parametrize(
    ("asked", "start"),
    [
        (date(2027, 1, 25), date(2027, 2, 1)),
        (date(2027, 1, 26), date(2027, 3, 1)),
        (date(2027, 2, 22), date(2027, 3, 1)),
    ],
)
def test_the_step_starts_with_the_first_edition_that_leaves_time_to_ask(
    asked: date, start: date
) -> None:
    service = a_service(
        "course", teaches=["forklift"], starts=[date(2027, 2, 1), date(2027, 3, 1)], lead_days=7
    )
    (step,) = plan(service, missing="forklift", as_of=asked).steps
    assert step.start == start


def test_what_can_no_longer_be_started_is_not_proposed() -> None:
    service = a_service("course", teaches=["forklift"], starts=[date(2027, 2, 1)], lead_days=7)
    found = plan(service, missing="forklift", as_of=date(2027, 1, 26))
    assert (found.steps, found.without_skills) == ((), ("saper fare forklift",))


@pytest.mark.parametrize("day", [date(2026, 12, 31), date(2027, 7, 1)])
def test_outside_the_validity_the_plan_is_empty_and_says_so(day: date) -> None:
    found = plan(a_service("a", needs=[Need.FOOD]), needs=[Need.FOOD], as_of=day)
    assert (found.state, found.steps) == (PlanState.CATALOGUE_NOT_VALID, ())
    assert (found.valid_from, found.valid_to) == (date(2027, 1, 1), date(2027, 6, 30))
    assert found.without_needs == (Need.FOOD,)


def test_a_territory_without_a_catalogue_has_an_empty_plan_that_says_so() -> None:
    found = propose(
        a_profile(),
        missing={"forklift": ("v",)},
        needs=[Need.FOOD],
        catalogue=None,
        territory=a_territory(),
        taxonomy=a_taxonomy(),
        as_of=AS_OF,
    )
    assert (found.state, found.steps, found.cost_eur) == (PlanState.NO_CATALOGUE, (), 0)
    assert found.without_skills == ("saper fare forklift",)


def test_a_service_that_answers_nothing_is_not_proposed() -> None:
    found = plan(a_service("a", teaches=["cooking"], needs=[Need.FOOD]), missing="forklift")
    assert found.steps == ()


def test_a_skill_counts_only_when_a_vacancy_in_view_asks_for_it() -> None:
    found = propose(
        a_profile(),
        missing={"forklift": (), "cooking": ("v",)},
        needs=[],
        catalogue=a_catalogue(a_service("a", teaches=["forklift"])),
        territory=a_territory(),
        taxonomy=a_taxonomy(),
        as_of=AS_OF,
    )
    assert (found.steps, found.without_skills) == ((), ("saper fare cooking",))


def test_any_course_would_answer_work_and_skills_so_only_a_useful_one_does() -> None:
    useless = a_service("a", teaches=["cooking"], needs=[Need.WORK, Need.SKILLS])
    help_in_search = a_service("b", needs=[Need.WORK, Need.SKILLS])
    found = plan(useless, help_in_search, missing="forklift", needs=[Need.WORK, Need.SKILLS])
    assert [(step.service, step.needs) for step in found.steps] == [("b", (Need.WORK,))]
    assert found.without_needs == (Need.SKILLS,)
    useful = replace(useless, teaches=("forklift",))
    found = plan(useful, help_in_search, missing="forklift", needs=[Need.WORK, Need.SKILLS])
    assert [step.needs for step in found.steps] == [(Need.WORK, Need.SKILLS)]


def test_a_course_answers_other_needs_whatever_it_teaches() -> None:
    computers = a_service("a", teaches=["cooking"], needs=[Need.DIGITAL])
    assert slugs(plan(computers, needs=[Need.DIGITAL])) == ["a"]


def test_what_a_service_requires_too_it_renews_and_does_not_teach() -> None:
    renewal = a_service("renewal", teaches=["forklift"], requires=["forklift"])
    course = a_service("course", teaches=["forklift"], cost_eur=500)
    assert slugs(plan(renewal, course, missing="forklift")) == ["course"]


def test_the_fewest_services_are_taken_that_answer_all() -> None:
    found = plan(
        a_service("one", teaches=["forklift"]),
        a_service("two", teaches=["pallets"]),
        a_service("both", teaches=["forklift", "pallets"], cost_eur=100),
        a_service("food", needs=[Need.FOOD]),
        missing="forklift pallets",
        needs=[Need.FOOD],
    )
    assert slugs(found) == ["both", "food"]


def test_a_step_that_the_later_ones_make_superfluous_is_dropped() -> None:
    # "most" answers most and is taken first; "left" and "right" are needed and answer it all.
    found = plan(
        a_service("most", teaches=["forklift", "pallets"], needs=[Need.FOOD, Need.CARE]),
        a_service("left", teaches=["forklift", "packing"], needs=[Need.FOOD]),
        a_service("right", teaches=["pallets", "cooking"], needs=[Need.CARE]),
        missing="forklift pallets packing cooking",
        needs=[Need.FOOD, Need.CARE],
    )
    assert slugs(found) == ["left", "right"]


# Each beats the next for one reason only; every one teaches the same.
BETTER = {
    "free before what the fund pays": ({"opens": 0.1}, {"cost_eur": 50, "opens": 0.3}),
    "the fund's money before hers": ({"cost_eur": 50}, {"paid_by": Payer.PERSON}),
    "what opens more": ({"cost_eur": 90, "opens": 0.3}, {"cost_eur": 50, "opens": 0.1}),
    "the cheaper": ({"cost_eur": 50, "grade": Grade.D}, {"cost_eur": 90, "grade": Grade.A}),
    "better evidence": ({"grade": Grade.B, "lead_days": 9}, {"grade": Grade.C}),
    "a seat before a date": ({"place": VALLEY}, {"starts": [date(2027, 1, 11)]}),
    "the sooner": (
        {"starts": [date(2027, 2, 1)], "place": VALLEY},
        {"starts": [date(2027, 2, 2)]},
    ),
    "the nearer": ({}, {"place": VALLEY}),
    "at a distance": ({"remote": True, "place": VALLEY}, {}),
}


@pytest.mark.parametrize("reason", BETTER)
def test_among_services_that_answer_the_same(reason: str) -> None:
    better, worse = ({**values} for values in BETTER[reason])
    opens = {
        slug: opening(values.pop("opens", 0.2)) for slug, values in (("z", better), ("a", worse))
    }
    found = plan(
        a_service("z", teaches=["forklift"], **better),
        a_service("a", teaches=["forklift"], **worse),
        missing="forklift",
        opens=opens,
        profile=a_profile(comune=HILL),
    )
    assert slugs(found) == ["z"]
    assert found.steps[0].alternatives == ("Servizio a",)


def test_at_equal_everything_the_slug_decides() -> None:
    found = plan(
        a_service("b", needs=[Need.FOOD]), a_service("a", needs=[Need.FOOD]), needs=[Need.FOOD]
    )
    assert slugs(found) == ["a"]


def test_a_need_is_answered_first_by_what_exists_for_it() -> None:
    course = a_service("a", needs=[Need.SOCIAL, Need.CARE])
    care = a_service("z", needs=[Need.CARE])
    assert slugs(plan(course, care, needs=[Need.CARE])) == ["z"]


RENT = {Need.HOUSING: told(Level.URGENT, Difficulty.RENT_ARREARS)}


def test_of_a_need_that_was_told_only_what_eases_it_is_an_answer() -> None:
    search = a_service("search", needs=[Need.HOUSING], eases=[Difficulty.HOME_AT_RISK])
    arrears = a_service(
        "arrears", needs=[Need.HOUSING], eases=[Difficulty.RENT_ARREARS], cost_eur=900
    )
    assert slugs(plan(search, arrears, needs=[Need.HOUSING])) == ["search"]  # free, nothing told
    found = plan(search, arrears, needs=[Need.HOUSING], told=RENT)
    assert slugs(found) == ["arrears"]
    assert found.steps[0].alternatives == ("Servizio search",)  # about the need, if not an answer
    other = a_service("loan", needs=[Need.HOUSING], eases=[Difficulty.RENT_ARREARS], cost_eur=950)
    found = plan(search, arrears, other, needs=[Need.HOUSING], told=RENT)
    assert found.steps[0].alternatives == ("Servizio loan",)


def test_where_nothing_eases_what_was_told_what_is_about_the_need_answers_it() -> None:
    search = a_service("search", needs=[Need.HOUSING], eases=[Difficulty.HOME_AT_RISK])
    found = plan(search, needs=[Need.HOUSING], told=RENT)
    assert slugs(found) == ["search"]
    assert found.without_needs == ()


def test_what_eases_another_need_does_not_answer_this_one() -> None:
    food = a_service("food", needs=[Need.FOOD, Need.BUDGET], eases=[Difficulty.POOR_FOOD])
    tutor = a_service("tutor", needs=[Need.BUDGET], eases=[Difficulty.MONTH_END])
    of_both = {
        Need.FOOD: told(Level.SERIOUS, Difficulty.POOR_FOOD),
        Need.BUDGET: told(Level.SERIOUS, Difficulty.MONTH_END),
    }
    both = [Need.FOOD, Need.BUDGET]
    assert slugs(plan(food, tutor, needs=both)) == ["food"]
    assert slugs(plan(food, tutor, needs=both, told=of_both)) == ["food", "tutor"]


def test_a_course_that_teaches_what_is_missing_answers_work_whatever_was_told() -> None:
    course = a_service("course", teaches=["forklift"], needs=[Need.WORK, Need.SKILLS])
    desk = a_service("desk", needs=[Need.WORK], eases=[Difficulty.NO_JOB])
    out_of_work = {Need.WORK: told(Level.SERIOUS, Difficulty.NO_JOB)}
    found = plan(course, desk, missing="forklift", needs=[Need.WORK], told=out_of_work)
    assert slugs(found) == ["course"]


@pytest.mark.parametrize(("level", "proposed"), [(Level.MILD, False), (Level.SERIOUS, True)])
def test_what_is_paid_waits_where_the_need_is_mild(level: Level, proposed: bool) -> None:
    ticket = a_service(
        "ticket", needs=[Need.MOBILITY], eases=[Difficulty.TRAVEL_COST], cost_eur=200
    )
    costs = {Need.MOBILITY: told(level, Difficulty.TRAVEL_COST)}
    found = plan(ticket, needs=[Need.MOBILITY], told=costs)
    assert slugs(found) == (["ticket"] if proposed else [])
    assert [step.service for step in found.minor] == ([] if proposed else ["ticket"])
    free = a_service("free", needs=[Need.MOBILITY], eases=[Difficulty.TRAVEL_COST])
    assert slugs(plan(free, needs=[Need.MOBILITY], told=costs)) == ["free"]


def test_alternatives_answer_what_only_the_step_does() -> None:
    found = plan(
        a_service("home", needs=[Need.HOUSING, Need.BUDGET], lead_days=1),
        a_service("food", needs=[Need.FOOD, Need.BUDGET, Need.CARE]),
        a_service("room", needs=[Need.HOUSING], cost_eur=10),
        needs=[Need.HOUSING, Need.FOOD, Need.BUDGET, Need.CARE],
    )
    assert {step.service: step.alternatives for step in found.steps} == {
        "food": (),
        "home": ("Servizio room",),
    }


def test_what_begins_when_there_is_a_seat_comes_first_then_the_soonest() -> None:
    found = plan(
        a_service("march", teaches=["forklift"], starts=[date(2027, 3, 1)]),
        a_service("seat", needs=[Need.FOOD], lead_days=90),
        a_service("february", teaches=["cooking"], starts=[date(2027, 2, 1)]),
        missing="forklift cooking",
        needs=[Need.FOOD],
    )
    assert slugs(found) == ["seat", "february", "march"]


def test_beyond_the_budget_nothing_is_proposed_and_the_plan_says_what() -> None:
    services = (
        a_service("dear", teaches=["forklift", "pallets"], cost_eur=300),
        a_service("cheap", teaches=["forklift"], cost_eur=100),
        a_service("free", needs=[Need.FOOD]),
    )
    within = plan(*services, missing="forklift pallets", needs=[Need.FOOD], budget_eur=300)
    assert (slugs(within), within.cost_eur, within.over_budget) == (["dear", "free"], 300, ())
    short = plan(*services, missing="forklift pallets", needs=[Need.FOOD], budget_eur=299)
    assert (slugs(short), short.cost_eur) == (["cheap", "free"], 100)
    assert [step.service for step in short.over_budget] == ["dear"]
    assert short.without_skills == ()
    none = plan(*services, missing="forklift pallets", needs=[Need.FOOD], budget_eur=0)
    assert (slugs(none), none.cost_eur, none.budget_eur) == (["free"], 0, 0)
    assert [step.service for step in none.over_budget] == ["dear"]


def test_what_is_paid_and_changes_little_is_named_and_not_proposed() -> None:
    services = (
        a_service("little", teaches=["forklift"], cost_eur=100),
        a_service("free", teaches=["pallets"]),
        a_service("unmeasured", teaches=["de"], cost_eur=100),
        a_service("needed", teaches=["packing"], needs=[Need.CARE], cost_eur=100),
        a_service("much", teaches=["cooking"], cost_eur=100),
    )
    opens = {slug: opening(0.01) for slug in ("little", "free", "needed")}
    opens["much"] = opening(0.02)
    found = plan(
        *services,
        missing="forklift pallets de packing cooking",
        needs=[Need.CARE],
        opens=opens,
        least_gain=0.02,
    )
    assert sorted(slugs(found)) == ["free", "much", "needed", "unmeasured"]
    assert [step.service for step in found.minor] == ["little"]
    assert (found.cost_eur, found.without_skills) == (300, ())


SKILLS = ("forklift", "pallets", "packing", "inventory", "cooking")


@st.composite
def services(draw: st.DrawFn) -> Service:
    def some(values: Sequence[Any]) -> list[Any]:
        return draw(st.lists(st.sampled_from(values), unique=True, max_size=3))

    return a_service(
        "unnamed",
        teaches=some(SKILLS),
        requires=some(SKILLS[:2]),
        needs=some(list(Need)),
        starts=draw(st.sampled_from([(), (date(2027, 1, 5),), (date(2027, 2, 1),)])),
        cost_eur=draw(st.sampled_from([0, 0, 50, 100, 300])),
        lead_days=draw(st.sampled_from([0, 30])),
        place=draw(st.sampled_from([HILL, VALLEY])),
        remote=draw(st.booleans()),
        grade=draw(st.sampled_from(list(Grade))),
    )


catalogues = st.lists(services(), max_size=7).map(
    lambda drawn: [replace(service, slug=f"s{n}") for n, service in enumerate(drawn)]
)
wanted_skills = st.lists(st.sampled_from(SKILLS), unique=True).map(" ".join)
wanted_needs = st.lists(st.sampled_from(list(Need)), unique=True)
budgets = st.none() | st.integers(0, 600)


def answered(found: Plan) -> set[str]:
    return {answer for step in found.steps for answer in (*step.skills, *step.needs)}


@often
@given(catalogue=catalogues, missing=wanted_skills, needs=wanted_needs, budget=budgets)
def test_a_plan_is_within_budget_and_no_step_is_idle(
    catalogue: list[Service], missing: str, needs: list[Need], budget: int | None
) -> None:
    found = plan(*catalogue, missing=missing, needs=needs, budget_eur=budget)
    assert found.cost_eur == sum(step.cost_eur for step in found.steps)
    assert budget is None or found.cost_eur <= budget
    asked = {f"saper fare {uri}" for uri in missing.split()}
    for step in (*found.steps, *found.over_budget):
        assert step.skills or step.needs
        assert set(step.skills) <= asked
        assert set(step.needs) <= set(needs)
    for step in found.steps:
        others = replace(found, steps=tuple(s for s in found.steps if s is not step))
        assert answered(others) < answered(found)
    if budget is None:
        assert found.over_budget == ()
    beyond = {answer for step in found.over_budget for answer in (*step.skills, *step.needs)}
    without = {*found.without_skills, *found.without_needs}
    assert answered(found) | beyond | without == asked | set(needs)
    assert not (answered(found) | beyond) & without


@often
@given(
    catalogue=catalogues, missing=wanted_skills, needs=wanted_needs, budget=budgets, data=st.data()
)
def test_the_order_of_catalogue_and_needs_does_not_matter(
    catalogue: list[Service],
    missing: str,
    needs: list[Need],
    budget: int | None,
    data: st.DataObject,
) -> None:
    found = plan(*catalogue, missing=missing, needs=needs, budget_eur=budget)
    shuffled = data.draw(st.permutations(catalogue))
    again = data.draw(st.permutations(needs))
    assert plan(*shuffled, missing=missing, needs=again, budget_eur=budget) == found


@often
@given(
    catalogue=catalogues,
    missing=wanted_skills,
    needs=wanted_needs,
    further=st.sampled_from(list(Need)),
)
def test_a_further_need_never_takes_an_answer_away(
    catalogue: list[Service], missing: str, needs: list[Need], further: Need
) -> None:
    found = plan(*catalogue, missing=missing, needs=needs)
    more = plan(*catalogue, missing=missing, needs=[*needs, further])
    assert answered(found) <= answered(more)


def functions() -> list[Callable[..., Any]]:
    names = [module.name for module in iter_modules(matching.accompaniment.__path__)]
    modules = [import_module(f"matching.accompaniment.{name}") for name in names]
    return [
        function
        for module in modules
        for _, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__
    ]


def test_no_function_is_told_how_likely_anybody_is_to_stay_without_work() -> None:
    found = functions()
    assert {plan_for, propose} <= set(found)
    told = "risk|priority|situation|assessment|probability|chance|horizon"
    for function in found:
        signature = inspect.signature(function)
        for parameter in signature.parameters.values():
            said = f"{parameter.name} {parameter.annotation}".lower()
            assert not any(word in said for word in told.split("|")), (function, parameter)


TERRITORIES = Path(__file__).parents[2] / "data" / "territories"


def test_every_need_has_a_service_in_the_shipped_catalogue(
    taxonomy: Taxonomy, territory: Territory
) -> None:
    catalogue = find_catalogue(TERRITORIES / territory.code, taxonomy, territory)
    assert catalogue is not None
    for need in set(Need) - {Need.SKILLS}:
        found = propose(
            a_profile(),
            missing={},
            needs=[need],
            catalogue=catalogue,
            territory=territory,
            taxonomy=taxonomy,
            as_of=catalogue.valid_from,
        )
        (step,) = found.steps
        assert step.needs == (need,)

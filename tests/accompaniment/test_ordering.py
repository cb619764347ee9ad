"""Steps in an order that makes sense, with the reason, and dates that hold."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.accompaniment import Service
from matching.accompaniment.confirming import last_week, same_time
from matching.accompaniment.order_rules import Kind, OrderRule, Until, Which, load_order_rules
from matching.accompaniment.ordering import Placed, Postponed, Unkept, ordered
from matching.domain import (
    Band,
    Matter,
    Measure,
    Need,
    Paper,
    PaperAsked,
    Payer,
    ToConfirm,
    Weekday,
)
from matching.errors import DataError, InputError
from matching.settings import shipped_data
from matching.taxonomy import Taxonomy
from tests.accompaniment.steps import AS_OF, a_rule, a_step, slugs
from tests.factories import a_service

WEEK = (Weekday.MON, Weekday.TUE, Weekday.WED, Weekday.THU, Weekday.FRI)
FEBRUARY, MARCH, APRIL = date(2027, 2, 1), date(2027, 3, 1), date(2027, 4, 5)


@pytest.fixture(scope="module")
def shipped(taxonomy: Taxonomy) -> tuple[OrderRule, ...]:
    return load_order_rules(shipped_data() / "measures", taxonomy)


def placed(rules: Sequence[OrderRule], *services: Service, **options: Any) -> tuple[Placed, ...]:
    return ordered([a_step(one) for one in services], services, rules, as_of=AS_OF, **options)


def a_course(slug: str = "course", **values: Any) -> Service:
    """A course of 20 hours a week, in the mornings."""
    made = {"hours": 100, "weekdays": WEEK, "bands": (Band.MORNING,), "starts": (FEBRUARY, MARCH)}
    return a_service(slug, **{**made, **values})


HOUSING = a_service("home", measure=Measure.HOUSING, needs=[Need.HOUSING], lead_days=30)
FOOD = a_service("meals", measure=Measure.FOOD, needs=[Need.FOOD])
CARE = a_service("sitter", measure=Measure.CARE, needs=[Need.CARE], weekdays=WEEK, lead_days=40)
PAPERS = a_service("papers", measure=Measure.LEGAL_HELP, needs=[Need.DOCUMENTS], lead_days=7)


# the shipped rules, one by one


def why(one: Placed) -> list[tuple[str, str | None]]:
    return [(b.rule.id, b.after.service if b.after else None) for b in one.because]


def test_home_and_food_come_before_a_full_time_course(shipped: Sequence[OrderRule]) -> None:
    course = a_course(starts=(date(2027, 1, 11), FEBRUARY, MARCH))
    found = placed(shipped, course, HOUSING, FOOD)
    assert slugs(found) == ["meals", "home", "course"]
    assert found[2].step.start == MARCH  # the home can be begun on 9 February
    assert (found[2].first, found[2].postponed) == (date(2027, 1, 11), Postponed.ORDER)
    assert why(found[2]) == [("home_first", "home"), ("food_first", "meals")]


def test_a_short_course_waits_for_no_home(shipped: Sequence[OrderRule]) -> None:
    course = a_course(hours=8, weekdays=(Weekday.MON,))
    found = placed(shipped, course, replace(HOUSING, starts=(MARCH,)))
    assert slugs(found) == ["course", "home"]
    assert why(found[0]) == []


def test_care_comes_before_a_course_in_those_hours_and_no_other(
    shipped: Sequence[OrderRule],
) -> None:
    mornings = placed(shipped, a_course(), CARE)
    assert slugs(mornings) == ["sitter", "course"]
    assert mornings[1].step.start == MARCH
    evenings = placed(shipped, a_course(bands=(Band.EVENING,)), CARE)
    assert FEBRUARY in [one.step.start for one in evenings]
    assert all(why(one) == [] for one in evenings)


def test_a_care_service_without_stated_hours_comes_before_any_course(
    shipped: Sequence[OrderRule],
) -> None:
    any_hours = replace(CARE, weekdays=(), bands=())
    assert slugs(placed(shipped, a_course(bands=(Band.EVENING,)), any_hours)) == [
        "sitter",
        "course",
    ]


def test_documents_come_before_what_asks_for_them(shipped: Sequence[OrderRule]) -> None:
    asking = replace(HOUSING, lead_days=0, documents=(PaperAsked(kind=Paper.ISEE),))
    found = placed(shipped, asking, PAPERS)
    assert slugs(found) == ["papers", "home"]
    assert why(found[1]) == [("papers_first", "papers")]
    assert found[1].not_before == AS_OF + timedelta(days=7)
    nothing = replace(asking, documents=(PaperAsked(kind=Paper.NOTHING),))
    assert why(placed(shipped, nothing, PAPERS)[0]) == []


def test_italian_begins_before_a_course(shipped: Sequence[OrderRule], taxonomy: Taxonomy) -> None:
    italian = next(one.uri for one in taxonomy.skills if one.slug == "lingua-italiana")
    school = a_course(
        "school",
        measure=Measure.LANGUAGE,
        teaches=[italian],
        starts=(MARCH,),
        bands=(Band.EVENING,),
    )
    course = a_course(starts=(FEBRUARY, APRIL))
    found = placed(shipped, course, school)
    assert slugs(found) == ["school", "course"]
    assert (found[1].step.start, why(found[1])) == (APRIL, [("italian_first", "school")])


def test_what_teaches_comes_first_and_is_over_before_what_requires_it(
    shipped: Sequence[OrderRule],
) -> None:
    # 100 hours at 20 a week from 1 February: the last week begins on 1 March.
    basic = a_course("basic", teaches=["x"], starts=(FEBRUARY,))
    then = a_course(
        "further", requires=["x"], starts=(FEBRUARY, MARCH, APRIL), bands=(Band.EVENING,)
    )
    found = placed(shipped, then, basic)
    assert slugs(found) == ["basic", "further"]
    assert (found[1].step.start, why(found[1])) == (APRIL, [("taught_first", "basic")])


def test_rights_are_checked_before_whatever_is_paid(shipped: Sequence[OrderRule]) -> None:
    fund = a_service("fund", cost_eur=100)
    own = a_service("own", paid_by=Payer.PERSON)
    free = a_service("free")
    told = {one.step.service: why(one) for one in placed(shipped, fund, own, free)}
    assert told == {
        "fund": [("rights_first", None)],
        "own": [("rights_first", None)],
        "free": [],
    }


def test_every_shipped_rule_says_why_and_where_it_comes_from(
    shipped: Sequence[OrderRule],
) -> None:
    assert [rule.id for rule in shipped][0] == "rights_first"
    for rule in shipped:
        assert rule.reason["it"].endswith(".")
        assert rule.reason["en"].endswith(".")
        assert rule.source


# dates and seats


def test_two_steps_are_not_held_at_the_same_time_where_another_edition_exists() -> None:
    found = placed((), a_course("a", starts=(FEBRUARY,)), a_course("b", starts=(FEBRUARY, APRIL)))
    assert [one.step.start for one in found] == [FEBRUARY, APRIL]
    assert (found[1].first, found[1].postponed) == (FEBRUARY, Postponed.SAME_TIME)
    assert found[1].step.to_confirm == ()


def test_two_steps_at_the_same_time_are_told_where_no_other_edition_exists() -> None:
    found = placed((), a_course("a", starts=(FEBRUARY,)), a_course("b", starts=(FEBRUARY,)))
    told = found[1].step.to_confirm
    assert told == (ToConfirm(matter=Matter.SAME_TIME, about="Servizio a"),)


def test_a_clash_that_was_told_before_is_not_told_once_it_is_gone() -> None:
    both = (a_course("a", starts=(FEBRUARY,)), a_course("b", starts=(FEBRUARY, APRIL)))
    clash = ToConfirm(matter=Matter.SAME_TIME, about="Servizio a")
    steps = [a_step(both[0]), a_step(both[1], to_confirm=(clash,))]
    assert ordered(steps, both, (), as_of=AS_OF)[1].step.to_confirm == ()


def test_a_full_edition_is_passed_over_and_a_full_service_says_so() -> None:
    course = a_course(seats=5)
    later = placed((), course, taken={("course", FEBRUARY): 5})[0]
    assert (later.step.start, later.postponed) == (MARCH, Postponed.SEATS)
    full = placed((), course, taken={("course", FEBRUARY): 5, ("course", MARCH): 7})[0]
    assert [one.why for one in full.not_kept] == [Unkept.NO_SEATS]
    assert full.step.start == FEBRUARY


def test_an_edition_leaves_the_days_in_which_one_must_ask() -> None:
    assert placed((), a_course(lead_days=30))[0].step.start == MARCH


def test_a_rule_that_no_edition_allows_is_told() -> None:
    rule = a_rule(
        "late", before=Which(needs=(Need.HOUSING,)), after=Which(measures=(Measure.COURSE,))
    )
    slow = replace(HOUSING, starts=(APRIL,))
    found = placed([rule], a_course(), slow)
    assert slugs(found) == ["home", "course"]
    told = found[1].not_kept
    assert [(one.why, one.after and one.after.service) for one in told] == [
        (Unkept.NO_EDITION, "home")
    ]


def test_a_service_whose_editions_have_passed_is_told() -> None:
    gone = a_course(starts=(date(2027, 1, 4),))
    found = ordered([a_step(gone)], [gone], (), as_of=AS_OF)
    assert [one.why for one in found[0].not_kept] == [Unkept.NO_EDITION]
    assert found[0].step.start is None


def test_rules_that_contradict_each_other_are_told_and_the_first_is_kept() -> None:
    food, home = Which(needs=(Need.FOOD,)), Which(needs=(Need.HOUSING,))
    rules = (a_rule("one", before=food, after=home), a_rule("two", before=home, after=food))
    found = placed(rules, HOUSING, FOOD)
    assert slugs(found) == ["meals", "home"]
    assert [(one.why, one.rule and one.rule.id) for one in found[0].not_kept] == [
        (Unkept.CONTRARY, "two")
    ]


def test_what_presses_more_comes_first_among_what_starts_when_there_is_a_seat() -> None:
    pressing = {Need.HOUSING: 3, Need.FOOD: 1}
    assert slugs(placed((), FOOD, HOUSING, PAPERS, pressing=pressing)) == [
        "home",
        "meals",
        "papers",
    ]


def test_a_service_twice_and_an_unknown_one_are_refused() -> None:
    with pytest.raises(InputError, match="same service"):
        placed((), FOOD, FOOD)
    with pytest.raises(InputError, match="'meals' is of no service"):
        ordered([a_step(FOOD)], [], (), as_of=AS_OF)


# whatever the steps

DAYS = st.integers(0, 120).map(lambda days: AS_OF + timedelta(days=days))
SERVICES = st.builds(
    lambda number, measure, needs, starts, weekdays, bands, hours, lead, seats, skills: a_service(
        f"s{number}",
        measure=measure,
        needs=sorted(needs),
        starts=tuple(sorted(starts)),
        weekdays=tuple(day for day in WEEK if day in weekdays),
        bands=tuple(sorted(bands)),
        hours=hours,
        lead_days=lead,
        seats=seats,
        teaches=tuple(skills[:1]),
        requires=tuple(skills[1:]),
    ),
    st.integers(0, 9),
    st.sampled_from(Measure),
    st.sets(st.sampled_from(Need), max_size=3),
    st.sets(DAYS, max_size=4),
    st.sets(st.sampled_from(WEEK), max_size=5),
    st.sets(st.sampled_from([Band.MORNING, Band.AFTERNOON]), max_size=2),
    st.integers(1, 200),
    st.integers(0, 30),
    st.integers(0, 2),
    st.lists(st.sampled_from("abc"), max_size=2, unique=True),
)
PATHS = st.lists(SERVICES, max_size=7, unique_by=lambda one: one.slug)


@given(services=PATHS)
def test_the_order_keeps_every_rule_that_is_not_told_as_unkept(
    shipped: Sequence[OrderRule], services: list[Service]
) -> None:
    known = {one.slug: one for one in services}
    found = placed(shipped, *services)
    assert sorted(slugs(found)) == sorted(known)
    place = {slug: number for number, slug in enumerate(slugs(found))}
    begun = {one.step.service: one for one in found}
    for rule in shipped:
        for first in found:
            for then in found:
                one, other = first.step, then.step
                pair = ((one, known[one.service]), (other, known[other.service]))
                if one.service == other.service or not rule.puts_first(*pair):
                    continue
                told = {
                    (n.why, n.rule and n.rule.id, n.after and n.after.service)
                    for n in then.not_kept
                }
                if (Unkept.CONTRARY, rule.id, one.service) in told:
                    continue
                assert place[one.service] < place[other.service]
                late = (Unkept.NO_EDITION, rule.id, one.service) in told
                assert late or not _too_soon(rule, begun[one.service], then, known)


def _too_soon(rule: OrderRule, first: Placed, then: Placed, known: dict[str, Service]) -> bool:
    """Whether a dated step begins before a dated one that comes first allows."""
    if first.step.start is None or then.step.start is None:
        return False
    bound = first.step.start
    if rule.until is Until.FINISHED:
        bound = last_week(known[first.step.service], bound) + timedelta(weeks=1)
    return then.step.start < bound


@given(services=PATHS, data=st.data())
def test_the_order_in_which_steps_are_given_changes_nothing(
    shipped: Sequence[OrderRule], services: list[Service], data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(services))
    assert placed(shipped, *shuffled) == placed(shipped, *services)


@given(services=PATHS)
def test_a_clash_is_told_wherever_it_is_left(
    shipped: Sequence[OrderRule], services: list[Service]
) -> None:
    known = {one.slug: one for one in services}
    found = placed(shipped, *services)
    for number, then in enumerate(found):
        told = {one.about for one in then.step.to_confirm if one.matter is Matter.SAME_TIME}
        clashing = {
            first.step.name
            for first in found[:number]
            if first.step.start is not None
            and then.step.start is not None
            and same_time(
                known[then.step.service],
                then.step.start,
                known[first.step.service],
                first.step.start,
            )
        }
        assert told == clashing


# the file


def test_a_rule_of_the_file_may_not_mean_every_step(tmp_path: Any, taxonomy: Taxonomy) -> None:
    (tmp_path / "ordering.toml").write_text(
        "checked = 2026-11-28\n[[rule]]\nid = 'a'\nkind = 'steps'\nbefore = {}\n"
        "after = { needs = ['food'] }\nreason = { it = 'x', en = 'x' }\nsource = 'x'\n",
        "utf-8",
    )
    with pytest.raises(DataError, match="before = {} means every step"):
        load_order_rules(tmp_path, taxonomy)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"lingua-italiana"', '"no-such-skill"', "no-such-skill"),
        ('until = "finished"', 'until = "someday"', "someday"),
        ('id = "food_first"', 'id = "home_first"', "'home_first' is used twice"),
        ("same_hours = true", "same_days = true", "same_days"),
        ('needs = ["care"]', 'needs = ["cares"]', "cares"),
    ],
)
def test_a_fault_of_the_file_is_named(
    tmp_path: Any, taxonomy: Taxonomy, old: str, new: str, said: str
) -> None:
    text = (shipped_data() / "measures" / "ordering.toml").read_text("utf-8")
    assert old in text
    (tmp_path / "ordering.toml").write_text(text.replace(old, new), "utf-8")
    with pytest.raises(DataError, match=said):
        load_order_rules(tmp_path, taxonomy)


def test_a_rule_of_rights_puts_no_step_first() -> None:
    rule = a_rule("rights", kind=Kind.RIGHTS, after=Which(payers=(Payer.FUND,)))
    one, other = a_service("a", cost_eur=1), a_service("b", cost_eur=1)
    assert not rule.puts_first((a_step(one), one), (a_step(other), other))

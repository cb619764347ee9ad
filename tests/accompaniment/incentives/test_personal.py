from datetime import date, timedelta
from typing import Any

import pytest

from matching.accompaniment.incentives.hire import EmployerKind, Hire, Underrepresented
from matching.accompaniment.incentives.law import load_law
from matching.accompaniment.incentives.personal import Judged, PersonalSheet, personal_sheet
from matching.accompaniment.rights import load_measures
from matching.accompaniment.rules import RuleState
from matching.domain import Answer, Contract
from matching.domain.household import Household, Sex, WorkStatus
from matching.errors import DataError
from matching.settings import shipped_data
from tests.accompaniment.households import (
    AS_OF,
    a_child,
    a_hire,
    a_household,
    a_status,
    an_applicant,
    out_since_2010,
    the_fifty_year_old,
)

FOLDER = shipped_data() / "measures"
LAW = load_law(FOLDER, measures=[one.id for one in load_measures(FOLDER)])
DAY = timedelta(days=1)


def sheet(
    household: Household | None = None,
    status: WorkStatus | None = None,
    hire: Hire | None = None,
    *,
    as_of: date = AS_OF,
) -> PersonalSheet:
    return personal_sheet(LAW, household or a_household(), status or a_status(), hire, as_of=as_of)


def incentive(name: str, *given: Any, as_of: date = AS_OF) -> Judged:
    return {one.rule.id: one for one in sheet(*given, as_of=as_of).incentives}[name]


def status_of(name: str, *given: Any, as_of: date = AS_OF) -> Judged:
    return {one.rule.id: one for one in sheet(*given, as_of=as_of).statuses}[name]


def aged(years: int, **known: Any) -> Household:
    born = date(AS_OF.year - years, AS_OF.month, AS_OF.day)
    return a_household(an_applicant(birth=born, **known))


@pytest.mark.parametrize(
    ("birth", "declared_on", "said"),
    [
        (date(1976, 11, 28), date(2025, 11, 27), RuleState.LIKELY),  # 50 today, a year and a day
        (date(1976, 11, 29), date(2025, 11, 27), RuleState.UNLIKELY),
        (date(1976, 11, 28), date(2025, 11, 28), RuleState.UNLIKELY),  # not over twelve months yet
        (date(1976, 11, 28), None, RuleState.POSSIBLE),
    ],
)
def test_at_fifty_and_over_twelve_months_unemployed(
    birth: date, declared_on: date | None, said: RuleState
) -> None:
    household = a_household(an_applicant(birth=birth))
    status = a_status(declared_on=declared_on)
    assert incentive("over50_12m", household, status, a_hire()).state is said


def test_without_a_declaration_the_months_do_not_count_and_the_sheet_says_so() -> None:
    one = incentive("over50_12m", the_fifty_year_old(), out_since_2010(), a_hire())
    assert one.state is RuleState.UNLIKELY
    assert [leaf.clause.ask.value for leaf in one.would_change] == ["declared"]  # type: ignore[union-attr]


def test_what_the_hire_leaves_open_is_open_on_the_sheet() -> None:
    given = (aged(50), a_status(declared_on=date(2020, 1, 1)))
    unknown = incentive("over50_12m", *given, a_hire(net_growth=None))
    assert unknown.state is RuleState.POSSIBLE
    assert [leaf.clause.ask.value for leaf in unknown.would_change] == ["net_growth"]  # type: ignore[union-attr]
    assert incentive("over50_12m", *given).state is RuleState.POSSIBLE
    by_agency = incentive("over50_12m", *given, a_hire(contract=Contract.AGENCY))
    assert by_agency.state is RuleState.POSSIBLE
    seasonal = incentive("over50_12m", *given, a_hire(contract=Contract.SEASONAL))
    assert seasonal.state is RuleState.UNLIKELY


@pytest.mark.parametrize(
    ("since", "lacking", "said"),
    [
        (date(2024, 11, 28), None, RuleState.LIKELY),
        (date(2024, 11, 29), None, RuleState.POSSIBLE),
        (date(2024, 11, 29), Underrepresented.NEITHER, RuleState.UNLIKELY),
        (date(2026, 5, 28), Underrepresented.WOMEN, RuleState.LIKELY),
        (date(2026, 5, 29), Underrepresented.WOMEN, RuleState.UNLIKELY),
        (date(2026, 5, 28), Underrepresented.MEN, RuleState.UNLIKELY),
    ],
)
def test_women_without_a_regular_job_for_24_months_or_6_in_a_sector_that_lacks_them(
    since: date, lacking: Underrepresented | None, said: RuleState
) -> None:
    given = (
        aged(40, sex=Sex.FEMALE),
        a_status(no_regular_job_since=since),
        a_hire(underrepresented=lacking),
    )
    assert incentive("women_50", *given).state is said


@pytest.mark.parametrize(
    ("starts_on", "said"),
    [
        (date(2026, 12, 31), RuleState.LIKELY),
        (date(2027, 1, 1), RuleState.EXPIRED),
        (date(2024, 9, 1), RuleState.LIKELY),
    ],
)
def test_the_bonus_for_women_counts_by_the_day_of_the_hire(
    starts_on: date, said: RuleState
) -> None:
    given = (
        aged(40, sex=Sex.FEMALE),
        a_status(no_regular_job_since=date(2020, 1, 1)),
        a_hire(starts_on=starts_on),
    )
    assert incentive("bonus_women", *given).state is said


def test_an_incentive_is_not_listed_before_it_begins() -> None:
    listed = {one.rule.id for one in sheet(as_of=date(2024, 8, 31)).incentives}
    assert "bonus_women" not in listed
    assert "mothers_3" not in {one.rule.id for one in sheet(as_of=date(2025, 12, 31)).incentives}
    assert "mothers_3" in {one.rule.id for one in sheet(as_of=date(2026, 1, 1)).incentives}


def test_of_a_sector_that_lacks_women_the_bonus_claims_nothing_by_itself() -> None:
    given = (
        aged(40, sex=Sex.FEMALE),
        a_status(no_regular_job_since=date(2026, 1, 1)),
        a_hire(underrepresented=Underrepresented.WOMEN),
    )
    assert incentive("bonus_women", *given).state is RuleState.POSSIBLE


@pytest.mark.parametrize(
    ("as_of", "years", "said"),
    [
        (date(2025, 12, 31), 34, RuleState.LIKELY),
        (date(2026, 4, 30), 34, RuleState.LIKELY),
        (date(2026, 4, 30), 35, RuleState.UNLIKELY),
        (date(2026, 5, 1), 34, RuleState.EXPIRED),
    ],
)
def test_the_bonus_for_the_young_until_the_last_day_of_april(
    as_of: date, years: int, said: RuleState
) -> None:
    born = date(as_of.year - years, as_of.month, as_of.day)
    given = (
        a_household(an_applicant(birth=born)),
        a_status(ever_permanent=Answer.NO),
        a_hire(),
    )
    assert incentive("bonus_young", *given, as_of=as_of).state is said


def test_the_facts_of_the_bonus_for_the_young_are_those_of_the_day() -> None:
    for as_of, words in ((date(2025, 12, 31), "100%"), (date(2026, 1, 1), "70%")):
        period = incentive("bonus_young", as_of=as_of).period
        assert period is not None
        assert words in period.facts[0]["it"].partition(":")[2][:8]


@pytest.mark.parametrize(
    ("years", "ever", "said"),
    [
        (29, Answer.NO, RuleState.LIKELY),
        (30, Answer.NO, RuleState.UNLIKELY),
        (29, Answer.YES, RuleState.UNLIKELY),
        (29, None, RuleState.POSSIBLE),
    ],
)
def test_a_first_permanent_job_before_thirty(
    years: int, ever: Answer | None, said: RuleState
) -> None:
    given = (aged(years), a_status(ever_permanent=ever), a_hire())
    assert incentive("under30", *given).state is said


@pytest.mark.parametrize(("minors", "said"), [(3, RuleState.LIKELY), (2, RuleState.UNLIKELY)])
def test_mothers_of_three_minor_children(minors: int, said: RuleState) -> None:
    children = [a_child(id=f"c{n}", birth=date(2015, 1, 1)) for n in range(minors)]
    household = a_household(an_applicant(sex=Sex.FEMALE), *children)
    status = a_status(no_regular_job_since=AS_OF - 190 * DAY)
    assert incentive("mothers_3", household, status, a_hire()).state is said


@pytest.mark.parametrize(
    ("name", "received", "hire", "said"),
    [
        ("adi_sfl", "sfl", {"on_siisl": Answer.YES}, RuleState.LIKELY),
        ("adi_sfl", "sfl", {}, RuleState.POSSIBLE),
        ("adi_sfl", "sfl", {"on_siisl": Answer.NO}, RuleState.UNLIKELY),
        ("adi_sfl", "naspi", {"on_siisl": Answer.YES}, RuleState.UNLIKELY),
        ("apprentice_any_age", "naspi", {"contract": Contract.APPRENTICESHIP}, RuleState.LIKELY),
        ("apprentice_any_age", "naspi", {}, RuleState.UNLIKELY),
        # It exists, and its other conditions were not read.
        ("naspi_20", "naspi", {"full_time": True}, RuleState.TO_CHECK),
        ("naspi_20", "naspi", {"full_time": False}, RuleState.UNLIKELY),
    ],
)
def test_who_receives_a_measure(
    name: str, received: str, hire: dict[str, Any], said: RuleState
) -> None:
    household = a_household(receives=frozenset({received}))
    assert incentive(name, household, a_status(), a_hire(**hire)).state is said


def test_the_law_on_type_b_cooperatives_is_never_more_than_to_be_checked() -> None:
    hire = a_hire(employer=EmployerKind.SOCIAL_COOP_B)
    for known in (Answer.YES, Answer.NO, None):
        household = a_household(an_applicant(disability=known))
        said = incentive("coop_b", household, a_status(), hire).state
        assert said is RuleState.POSSIBLE
        assert incentive("coop_b", household, a_status(), a_hire()).state is RuleState.UNLIKELY
        listed = status_of("l381", household, a_status()).state
        assert listed is RuleState.TO_CHECK


@pytest.mark.parametrize(
    ("household", "known", "said"),
    [
        ({"years": 24}, {}, RuleState.LIKELY),
        ({"years": 25}, {}, RuleState.TO_CHECK),
        ({"years": 51}, {}, RuleState.LIKELY),
        ({"years": 40}, {"no_regular_job_since": date(2026, 5, 28)}, RuleState.LIKELY),
        ({"years": 40}, {"no_regular_job_since": date(2026, 5, 29)}, RuleState.TO_CHECK),
        ({"years": 40}, {"education_level": 2}, RuleState.LIKELY),
        ({"years": 40}, {"education_level": 3}, RuleState.TO_CHECK),
        (
            {"years": 40},
            {"education_ended_on": date(2024, 11, 28), "first_job": Answer.NO},
            RuleState.LIKELY,
        ),
        (
            {"years": 40},
            {"education_ended_on": date(2024, 11, 27), "first_job": Answer.NO},
            RuleState.TO_CHECK,
        ),
    ],
)
def test_disadvantaged_workers_meet_one_of_the_conditions(
    household: dict[str, int], known: dict[str, Any], said: RuleState
) -> None:
    told = status_of("disadvantaged", aged(household["years"]), a_status(**known))
    assert told.state is said


def test_whether_the_year_after_the_fiftieth_birthday_counts_is_left_open() -> None:
    known = {
        "no_regular_job_since": AS_OF - DAY,
        "education_level": 5,
        "first_job": Answer.YES,
    }
    hire = a_hire(underrepresented=Underrepresented.NEITHER)
    for years, said in ((49, RuleState.UNLIKELY), (50, RuleState.TO_CHECK), (51, RuleState.LIKELY)):
        told = status_of("disadvantaged", aged(years), a_status(**known), hire)
        assert told.state is said, years


@pytest.mark.parametrize(
    ("since", "years", "said"),
    [
        (date(2024, 11, 28), 40, RuleState.LIKELY),  # 24 months
        (date(2024, 11, 29), 40, RuleState.UNLIKELY),
        (date(2024, 11, 29), 51, RuleState.LIKELY),  # 12 months and over 50
        (date(2025, 11, 28), 51, RuleState.LIKELY),
        (date(2025, 11, 29), 51, RuleState.UNLIKELY),
    ],
)
def test_severely_disadvantaged_workers(since: date, years: int, said: RuleState) -> None:
    known = {"no_regular_job_since": since, "education_level": 5, "first_job": Answer.YES}
    hire = a_hire(underrepresented=Underrepresented.NEITHER)
    told = status_of("very_disadvantaged", aged(years), a_status(**known), hire)
    assert told.state is said


def test_a_sheet_is_of_one_person_one_vacancy_and_one_day() -> None:
    day = date(2026, 12, 15)
    made = sheet(the_fifty_year_old(), out_since_2010(), a_hire(starts_on=day))
    assert (made.person_id, made.vacancy_id, made.day) == ("a", "v", day)
    assert sheet().vacancy_id is None


def test_a_measure_that_does_not_exist_is_refused() -> None:
    with pytest.raises(DataError, match="receives = 'adi' is not valid"):
        load_law(FOLDER, measures=["sfl", "naspi", "dis_coll"])

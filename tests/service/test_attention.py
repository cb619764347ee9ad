from datetime import date

import pytest

from matching.domain import (
    Chance,
    Horizon,
    ModelStamp,
    PriorityBand,
    RiskAssessment,
    State,
    Thresholds,
)
from matching.service import Service
from matching.service.attention import expected_thresholds, recorded, with_priority

LIMITS = Thresholds(medium=0.3, high=0.6, people=10, closely=2, lightly=2)


def assessment(value: float, *, state: State = State.OK) -> RiskAssessment:
    nothing = Chance(value=0.0, lower=0.0, upper=0.0)
    return RiskAssessment(
        person_id="p",
        as_of=date(2026, 11, 1),
        model=ModelStamp(name="risk", version=2, digest="ab" * 32),
        state=state,
        horizons=tuple(
            Horizon(
                months=months,
                no_work=Chance(value=value, lower=value - 0.1, upper=value + 0.1),
                inactive=nothing,
            )
            for months in (6, 12)
        ),
        typical=0.4,
    )


def test_the_band_is_that_of_the_chance_after_twelve_months() -> None:
    (found,) = with_priority([assessment(0.65)], LIMITS)
    assert found.priority is not None
    assert (found.priority.band, found.priority.lowest) == (PriorityBand.HIGH, PriorityBand.MEDIUM)
    assert found.thresholds == LIMITS


def test_of_whom_nothing_is_known_there_is_no_band_and_no_record() -> None:
    unknown = assessment(0.65, state=State.NOT_ENOUGH_DATA)
    (found,) = with_priority([unknown], LIMITS)
    assert found.priority is None
    assert recorded(unknown) is None


def test_without_people_to_compare_with_there_is_no_band() -> None:
    (found,) = with_priority([assessment(0.65)], None)
    assert (found.priority, found.thresholds) == (None, None)


def test_bands_begin_where_the_capacity_of_all_hubs_ends(service: Service) -> None:
    territory = service.territory
    reference = [number / 100 for number in range(101)]
    found = expected_thresholds(reference, territory)
    managers = territory.settings.community_managers_per_hub * len(territory.hubs)
    assert found is not None
    assert found.closely == managers * territory.policy.priority.closely
    assert found.people == territory.settings.cases_per_year
    share = found.closely / found.people
    assert found.high == pytest.approx(1 - share, abs=0.011)


def test_an_assessment_is_recorded_with_its_interval_and_model() -> None:
    kept = recorded(assessment(0.5))
    assert kept is not None
    assert (kept.no_work.value, kept.no_work.upper) == (0.5, 0.6)
    assert kept.model == "risk v2 (abababab)"

"""Vacancies and persons of the small world of ``factories``, drawn by Hypothesis."""

from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from matching.domain import Contract, Hours, Importance, Profile, Shift, SkillHeld, Vacancy
from tests.factories import HILL, VALLEY, a_fact, a_held_skill, a_language, a_profile, a_vacancy
from tests.repeats import examples

# No deadline: how long one example takes says how busy the machine is.
often = settings(
    max_examples=examples(50), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
seldom = settings(often, max_examples=examples(25))

COUNTED = ("forklift", "pallets", "packing", "inventory", "cooking", "teamwork", "licence-c")
JOBS = ("storekeeper", "driver", "cook")
_LEVELS = (None, "A1", "A2", "B1", "B2", "C1", "C2")

importances = st.sampled_from([None, Importance.ESSENTIAL, Importance.OPTIONAL])


def _several(values: Any) -> st.SearchStrategy[list[Any]]:
    return st.lists(st.sampled_from(list(values)), unique=True, max_size=3)


@st.composite
def _shared_facts(draw: st.DrawFn) -> dict[str, Any]:
    codes = draw(_several(["de", "it", "ise"]))
    return {
        "licences": [
            a_fact(code, importance=draw(importances))
            for code in draw(_several(["AM", "A", "B", "C", "CQC-M"]))
        ],
        "own_vehicle": draw(st.sampled_from([None, True, False])),
        "education_level": draw(st.none() | st.integers(1, 8)),
        "languages": [
            a_language(code, draw(st.sampled_from(_LEVELS)), importance=draw(importances))
            for code in codes
        ],
        "comune": draw(st.sampled_from([None, HILL, VALLEY])),
        "start": draw(st.sampled_from([None, "immediate", "2026-03-01", "2026-09-01"])),
        "contracts": [str(c) for c in draw(_several(Contract))],
        "hours": [str(h) for h in draw(_several(Hours))],
        "weekly_hours": draw(st.none() | st.integers(0, 60)),
        "shifts": [str(s) for s in draw(_several(Shift))],
    }


trade_words = st.dictionaries(
    st.sampled_from(["forklift", "pallets", "packing", "cooking", "driver", "unheard"]),
    st.integers(1, 9),
    max_size=4,
)


@st.composite
def held_skills(draw: st.DrawFn) -> SkillHeld:
    return a_held_skill(draw(st.sampled_from(COUNTED)), draw(st.floats(0.05, 1.0)))


@st.composite
def profiles(draw: st.DrawFn, person_id: str = "p") -> Profile:
    facts = draw(_shared_facts())
    accepted = set(facts["shifts"])
    return a_profile(
        person_id,
        skills=draw(st.lists(held_skills(), unique_by=lambda skill: skill.uri, max_size=4)),
        jobs=draw(
            st.dictionaries(st.sampled_from(JOBS), st.none() | st.integers(0, 400), max_size=3)
        ),
        wanted=draw(_several(JOBS)),
        words=draw(trade_words),
        shifts_refused=[s for s in draw(_several([str(s) for s in Shift])) if s not in accepted],
        **facts,
    )


@st.composite
def vacancies(draw: st.DrawFn, vacancy_id: str = "v") -> Vacancy:
    asked = draw(st.lists(st.sampled_from(COUNTED), unique=True, max_size=6))
    ways = draw(st.lists(st.sampled_from(["e", "o", "t"]), min_size=6, max_size=6))
    chosen = dict(zip(asked, ways, strict=False))
    return a_vacancy(
        vacancy_id,
        essential=[uri for uri, way in chosen.items() if way == "e"],
        optional=[uri for uri, way in chosen.items() if way == "o"],
        trade=[uri for uri, way in chosen.items() if way == "t"],
        jobs=draw(_several(JOBS)),
        months_required=draw(st.none() | st.integers(1, 240)),
        words=draw(trade_words),
        **draw(_shared_facts()),
    )

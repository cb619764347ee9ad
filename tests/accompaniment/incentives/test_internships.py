from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from matching.accompaniment.incentives.internships import (
    Beyond,
    Warned,
    can_start,
    least_allowance,
    warned,
)
from matching.accompaniment.incentives.regions import load_regions, region_of
from matching.domain import InternshipKind, InternshipRecord, Lacking
from matching.errors import DataError
from matching.settings import shipped_data
from matching.territory import LostAs, OutcomePolicy
from training.exits import ExitKind, ended

START = date(2026, 12, 1)
REGIONS = load_regions(shipped_data() / "measures")
LOMBARDIA = REGIONS[0]


def a_record(**known: Any) -> InternshipRecord:
    given: dict[str, Any] = {
        "id": "t",
        "person_id": "p",
        "promoter": "Ente",
        "host": "Officina",
        "agreement_on": date(2026, 11, 10),
        "project_on": date(2026, 11, 12),
        "promoter_tutor": "Ada Verdi",
        "host_tutor": "Ugo Neri",
        "accident_insured_from": START,
        "liability_insured_from": START,
        "starts_on": START,
        "ends_on": date(2027, 5, 31),
        "allowance_eur": 500,
        "daily_hours": 8,
        "meals": False,
        "public_host": False,
        "host_employees": 5,
        "host_interns": 1,
        "length_rule": "eqf_2_3",
    }
    return InternshipRecord(**(given | known))


def lacking(as_of: date = START, **known: Any) -> set[Lacking]:
    return set(can_start(a_record(**known), as_of=as_of))


def test_an_internship_with_every_paper_may_start() -> None:
    assert lacking() == set()
    assert a_record().kind is InternshipKind.EXTRA_CURRICULAR


def test_an_internship_of_which_nothing_is_on_record_lacks_everything() -> None:
    bare = InternshipRecord(id="t", person_id="p", kind=InternshipKind.SOCIAL_INCLUSION)
    assert set(can_start(bare, as_of=START)) == set(Lacking) - {Lacking.TWO_TUTORS}


@pytest.mark.parametrize(
    ("known", "said"),
    [
        ({"promoter": " "}, Lacking.PROMOTER),
        ({"host": None}, Lacking.HOST),
        ({"agreement_on": None}, Lacking.AGREEMENT),
        ({"agreement_on": START + timedelta(days=1)}, Lacking.AGREEMENT),
        ({"project_on": None}, Lacking.PROJECT),
        ({"promoter_tutor": ""}, Lacking.PROMOTER_TUTOR),
        ({"host_tutor": None}, Lacking.HOST_TUTOR),
        ({"host_tutor": "ada  verdi"}, Lacking.TWO_TUTORS),
        ({"accident_insured_from": None}, Lacking.ACCIDENT_INSURANCE),
        ({"accident_insured_from": START + timedelta(days=1)}, Lacking.ACCIDENT_INSURANCE),
        ({"liability_insured_from": None}, Lacking.LIABILITY_INSURANCE),
        ({"starts_on": None}, Lacking.START),
        ({"kind": InternshipKind.SOCIAL_INCLUSION}, Lacking.SOCIAL_ASSESSMENT),
        (
            {
                "kind": InternshipKind.SOCIAL_INCLUSION,
                "social_assessment_by": "Servizio sociale professionale",
                "social_assessment_on": START + timedelta(days=1),
            },
            Lacking.SOCIAL_ASSESSMENT,
        ),
    ],
)
def test_every_paper_that_is_missing_is_named_alone(known: dict[str, Any], said: Lacking) -> None:
    assert lacking(**known) == {said}


def test_a_paper_signed_on_the_day_is_there() -> None:
    assert lacking(agreement_on=START, project_on=START) == set()


def test_an_inclusion_internship_with_its_assessment_may_start() -> None:
    known = {
        "kind": InternshipKind.SOCIAL_INCLUSION,
        "social_assessment_by": "Servizio sociale professionale",
        "social_assessment_on": START,
    }
    assert lacking(**known) == set()
    assert warned(a_record(**known), LOMBARDIA) == (Warned(beyond=Beyond.LIMITS_UNKNOWN),)


@pytest.mark.parametrize(
    ("known", "least"),
    [
        ({}, 500),
        ({"meals": True}, 400),
        ({"daily_hours": 4}, 350),
        ({"daily_hours": 4.5}, 500),
        ({"public_host": True}, 300),
        ({"public_host": None}, None),
        ({"daily_hours": None}, None),
        ({"meals": None}, None),
    ],
)
def test_the_least_allowance_depends_on_hours_meals_and_host(
    known: dict[str, Any], least: int | None
) -> None:
    assert least_allowance(a_record(**known), LOMBARDIA) == least


@pytest.mark.parametrize(
    ("known", "said"),
    [
        ({"allowance_eur": 499}, (Beyond.ALLOWANCE, 500)),
        ({"allowance_eur": None}, (Beyond.ALLOWANCE_UNKNOWN, 500)),
        ({"ends_on": date(2027, 6, 1)}, (Beyond.TOO_LONG, 6)),
        ({"ends_on": date(2027, 1, 30)}, (Beyond.TOO_SHORT, 2)),
        ({"ends_on": None}, (Beyond.LENGTH_UNKNOWN, 6)),
        ({"length_rule": "altro"}, (Beyond.LENGTH_UNKNOWN, None)),
        ({"host_interns": 2}, (Beyond.INTERNS, 1)),
        ({"host_employees": 20, "host_interns": 3}, (Beyond.INTERNS, 2)),
        ({"host_employees": 30, "host_interns": 4}, (Beyond.INTERNS, 3)),
        ({"host_employees": None}, (Beyond.INTERNS_UNKNOWN, None)),
    ],
)
def test_limits_that_are_not_kept_are_named_with_their_number(
    known: dict[str, Any], said: tuple[Beyond, int | None]
) -> None:
    assert warned(a_record(**known), LOMBARDIA) == (Warned(beyond=said[0], limit=said[1]),)


@pytest.mark.parametrize(
    "known",
    [
        {},
        {"ends_on": date(2027, 1, 31)},
        {"length_rule": "disadvantaged", "ends_on": START},
        {"length_rule": "disability", "ends_on": date(2028, 11, 30)},
        {"host_employees": 30, "host_interns": 3},
    ],
)
def test_what_keeps_the_limits_is_warned_of_nothing(known: dict[str, Any]) -> None:
    assert warned(a_record(**known), LOMBARDIA) == ()


def test_a_region_that_is_not_known_sets_limits_to_be_checked() -> None:
    assert region_of(REGIONS, "LC", START) is LOMBARDIA
    assert region_of(REGIONS, "TO", START) is None
    assert region_of(REGIONS, "LC", date(2018, 1, 16)) is None
    assert warned(a_record(), None) == (Warned(beyond=Beyond.LIMITS_UNKNOWN),)


def test_an_internship_never_ends_a_spell_as_work() -> None:
    policy = OutcomePolicy(work_days=30, lost=LostAs.INACTIVE, reason="prova")
    spells = pd.DataFrame(
        {
            "person_id": ["p"],
            "intake": [date(2026, 1, 1)],
            "closed": [date(2027, 1, 1)],
            "event": ["censored"],
        }
    )
    exits = pd.DataFrame(
        {"person_id": ["p"], "on": [START], "kind": [ExitKind.INTERNSHIP], "days": [365]}
    )
    assert list(ended(spells, exits, policy=policy)["event"]) == ["censored"]


def test_a_faulty_table_of_regions_is_refused(tmp_path: Path) -> None:
    text = (shipped_data() / "measures" / "internships.toml").read_text("utf-8")
    (tmp_path / "internships.toml").write_text(
        text.replace('without_shortest = ["disadvantaged"', 'without_shortest = ["x"'), "utf-8"
    )
    with pytest.raises(DataError, match=r"Lombardia.*without_shortest = 'x'"):
        load_regions(tmp_path)


def test_what_is_lacking_does_not_depend_on_who_the_person_is() -> None:
    other = replace(a_record(host=None), person_id="q")
    assert can_start(other, as_of=START) == (Lacking.HOST,)

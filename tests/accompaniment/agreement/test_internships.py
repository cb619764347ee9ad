from datetime import timedelta

import pytest

from matching.accompaniment.agreement import happen
from matching.accompaniment.agreement.internships import (
    InternshipSeen,
    internships_seen,
    read_internships,
)
from matching.accompaniment.incentives.internships import Beyond
from matching.accompaniment.incentives.regions import load_regions
from matching.domain import InternshipRecord, Lacking
from matching.domain.agreement import Agreement, StepAgreed, StepStarted
from matching.errors import InputError
from matching.settings import shipped_data
from tests.accompaniment.agreement.agreements import (
    DAY,
    INTERNSHIP,
    a_path,
    an_internship,
    on,
    proposed,
)

REGIONS = load_regions(shipped_data() / "measures")


def agreed() -> Agreement:
    path = a_path(proposed("tirocinio", **INTERNSHIP))
    return happen(path, StepAgreed(step="tirocinio", **on()))


def begun(record: InternshipRecord) -> Agreement:
    return happen(agreed(), StepStarted(step="tirocinio", internship=record, **on(1)))


def seen(
    path: Agreement, *records: InternshipRecord, province: str = "LC", days: int = 2
) -> tuple[InternshipSeen, ...]:
    return internships_seen(
        path,
        records,
        regions=REGIONS,
        province=province,
        as_of=DAY + timedelta(days=days),
    )


def test_one_to_begin_says_what_it_lacks_and_what_it_is_beyond() -> None:
    record = an_internship(host_tutor=None, allowance_eur=100, public_host=True)
    (found,) = seen(agreed(), record)
    assert not found.started
    assert found.lacking == (Lacking.HOST_TUTOR,)
    beyond = {one.beyond: one.limit for one in found.warnings}
    assert beyond[Beyond.ALLOWANCE] == 300
    assert Beyond.INTERNS_UNKNOWN in beyond


def test_one_that_began_is_found_in_the_path_and_lacks_nothing() -> None:
    (found,) = seen(begun(an_internship(allowance_eur=100, public_host=True)))
    assert found.started
    assert found.lacking == ()
    assert Beyond.ALLOWANCE in {one.beyond for one in found.warnings}


def test_a_newer_record_takes_the_place_of_the_one_of_the_beginning() -> None:
    old = an_internship(allowance_eur=100, public_host=True)
    (found,) = seen(begun(old), an_internship(allowance_eur=300, public_host=True))
    assert Beyond.ALLOWANCE not in {one.beyond for one in found.warnings}


def test_those_of_others_and_those_that_are_over_are_not_shown() -> None:
    other = an_internship(id="di-altri", person_id="p-02")
    over = an_internship(id="finito", ends_on=DAY)
    assert seen(agreed(), other, over) == ()
    assert len(seen(agreed(), over, days=0)) == 1  # the last day is a day of internship


def test_of_a_region_without_rules_here_it_is_said_that_its_limits_are_not_known() -> None:
    (found,) = seen(agreed(), an_internship(), province="TO")
    assert [one.beyond for one in found.warnings] == [Beyond.LIMITS_UNKNOWN]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["{"], "t.jsonl, line 1: not JSON"),
        (['{"id": "a", "person_id": "p", "wage": 3}'], "line 1: internship.*wage"),
        (['{"id": "a", "person_id": "p"}'] * 2, "line 2: id = 'a' is there twice"),
    ],
)
def test_records_that_cannot_be_used_are_refused_by_line(lines: list[str], said: str) -> None:
    with pytest.raises(InputError, match=said):
        read_internships(lines, name="t.jsonl")


def test_what_is_left_out_of_a_record_is_not_known() -> None:
    (found,) = read_internships(['{"id": "a", "person_id": "p"}'], name="t.jsonl")
    assert found == InternshipRecord(id="a", person_id="p")

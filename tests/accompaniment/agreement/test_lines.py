"""Agreed paths as JSON lines."""

import json

import pytest

from matching.accompaniment.agreement import agreement_lines, read_agreements
from matching.domain.agreement import DropReason, StepAgreed, StepRefused, StepStarted
from matching.errors import InputError
from tests.accompaniment.agreement.agreements import (
    INTERNSHIP,
    a_path,
    an_internship,
    on,
    proposed,
)

PATH = a_path(
    proposed(**INTERNSHIP),
    StepRefused(step="corso", reason=DropReason.HOURS, own_words="È tardi.", **on(1)),
    StepAgreed(step="corso", **on(2)),
    StepStarted(step="corso", internship=an_internship(), **on(3)),
)


def test_a_path_is_written_as_what_happened_and_read_by_living_it_again() -> None:
    lines = [*agreement_lines(PATH)]
    assert [json.loads(line)["kind"] for line in lines] == [
        "begun",
        "step_proposed",
        "step_refused",
        "step_agreed",
        "step_started",
    ]
    assert read_agreements([*lines, "\n"], name="x") == (PATH,)


def test_several_paths_may_stand_in_one_file() -> None:
    lines = [*agreement_lines(PATH)]
    other = [line.replace("percorso-1", "percorso-2") for line in lines]
    mixed = [line for pair in zip(lines, other, strict=True) for line in pair]
    assert [path.id for path in read_agreements(mixed, name="x")] == ["percorso-1", "percorso-2"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "x, line 3: not JSON"),
        ("[]", "x, line 3: a JSON object"),
        ('{"kind": "begun", "path": "percorso-1"}', "begun.on is missing"),
        ('{"kind": "lost", "path": "percorso-1"}', "kind = 'lost' is not known"),
        ('{"kind": "signed", "on": "2027-01-10", "by": "x"}', "path is missing"),
        (
            '{"kind": "signed", "path": "z", "on": "2027-01-10", "by": "x"}',
            "path = 'z' was not begun",
        ),
        (
            '{"kind": "step_completed", "path": "percorso-1", "step": "corso", '
            '"on": "2027-01-10", "by": "x"}',
            "x, line 3: step 'corso' is 'proposed'",
        ),
        (
            '{"kind": "signed", "path": "percorso-1", "on": "2027-01-10", "by": "x", "health": ""}',
            "'health' is no field",
        ),
        (
            '{"kind": "begun", "path": "percorso-1", "id": "percorso-1", "person_id": "p", '
            '"on": "2027-01-10", "by": "x"}',
            "was begun before",
        ),
    ],
)
def test_a_line_that_cannot_be_is_refused_by_its_number(line: str, said: str) -> None:
    first = [*agreement_lines(PATH)][:2]
    with pytest.raises(InputError, match=said):
        read_agreements([*first, line], name="x")

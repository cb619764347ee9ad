"""Reminders, and the early warning: when to call, by stated rules."""

from dataclasses import fields, replace
from datetime import timedelta
from pathlib import Path

import pytest

from matching.accompaniment.agreement import calls, happen, reminders
from matching.accompaniment.agreement.calls import CallProposed, Sign
from matching.accompaniment.agreement.policy import (
    Calling,
    Reminding,
    find_agreement_policy,
    read_agreement_policy,
)
from matching.accompaniment.agreement.reminders import Due
from matching.domain import ContactChannel, ContactMade, Lacking
from matching.domain.agreement import (
    Agreement,
    Attendance,
    StepAgreed,
    StepDropped,
    StepRefused,
    StepStarted,
)
from matching.errors import TerritoryError
from matching.settings import shipped_data
from matching.territory.reading import read_toml
from tests.accompaniment.agreement.agreements import (
    BY,
    DAY,
    INTERNSHIP,
    a_path,
    a_started_path,
    an_internship,
    attended,
    on,
    proposed,
)

REMINDING = Reminding(answer_days=14, ask_days=5, start_days=7, close_days=14, reason="prova")
CALLING = Calling(
    absences=2, least_share=0.7, least_sessions=4, silence_days=21, reason="x", source="x"
)
THERE, AWAY, EXCUSED = Attendance.PRESENT, Attendance.ABSENT, Attendance.EXCUSED
DATED = {
    "starts_on": DAY + timedelta(days=30),
    "ask_by": DAY + timedelta(days=20),
    "ends_on": DAY + timedelta(days=40),
}


def due(path: Agreement, days: int) -> list[tuple[Due, int]]:
    found = reminders(path, REMINDING, as_of=DAY + timedelta(days=days))
    return [(one.due, (one.on - DAY).days) for one in found]


def test_a_proposal_without_an_answer_is_spoken_of_again_from_its_day_on() -> None:
    path = a_path(proposed())
    assert due(path, 13) == []
    assert due(path, 14) == due(path, 40) == [(Due.ANSWER, 14)]
    assert due(happen(path, StepRefused(step="corso", **on(1))), 40) == []


def test_asking_for_a_seat_and_the_beginning_are_remembered_before_their_day() -> None:
    path = a_path(proposed(**DATED), StepAgreed(step="corso", **on()))
    assert due(path, 14) == []
    assert due(path, 15) == [(Due.ASK, 20)]
    assert due(path, 23) == [(Due.ASK, 20), (Due.START, 30)]


def test_a_step_without_an_outcome_is_remembered_after_its_end() -> None:
    path = a_started_path(days=30, **DATED)
    assert due(path, 53) == []
    assert due(path, 54) == [(Due.OUTCOME, 54)]
    assert due(happen(path, StepDropped(step="corso", **on(41))), 60) == []


def test_the_papers_that_an_internship_lacks_are_told_until_they_are_there() -> None:
    path = a_path(proposed(**INTERNSHIP), StepAgreed(step="corso", **on()))
    (told,) = reminders(path, REMINDING, as_of=DAY)
    assert told.due is Due.PAPERS
    assert {Lacking.PROMOTER, Lacking.HOST, Lacking.PROJECT} <= set(told.lacking)
    nearly = an_internship(host_tutor=None)
    (told,) = reminders(path, REMINDING, as_of=DAY, internships=[nearly])
    assert told.lacking == (Lacking.HOST_TUTOR,)
    anothers = an_internship(person_id="p-02")
    assert reminders(path, REMINDING, as_of=DAY, internships=[anothers])
    assert reminders(path, REMINDING, as_of=DAY, internships=[nearly, an_internship()]) == ()


# the early warning


def signs(path: Agreement, days: int, *contacts: ContactMade) -> list[Sign]:
    found = calls(path, CALLING, as_of=DAY + timedelta(days=days), contacts=contacts)
    return [one.sign for one in found]


def reached(days: int, **changed: object) -> ContactMade:
    made = ContactMade(
        person_id="p-01",
        on=DAY + timedelta(days=days),
        by=BY,
        channel=ContactChannel.PHONE,
        reached=True,
    )
    return replace(made, **changed)  # type: ignore[arg-type]


def test_two_absences_in_a_row_propose_a_call_and_one_does_not() -> None:
    path = attended(a_started_path(), (1, THERE), (2, AWAY))
    assert signs(path, 3) == []
    (call,) = calls(attended(path, (3, AWAY)), CALLING, as_of=DAY + timedelta(days=3))
    assert (call.sign, call.seen, call.limit) == (Sign.ABSENCES, 2, 2)
    assert call.since == DAY + timedelta(days=3)
    assert signs(attended(path, (3, AWAY), (4, THERE)), 4) == [Sign.SHARE]


def test_an_excused_session_and_one_not_held_count_neither_way() -> None:
    path = attended(a_started_path(), (1, AWAY), (2, EXCUSED), (3, Attendance.NOT_HELD), (4, THERE))
    assert signs(path, 5) == []
    path = attended(a_started_path(), (1, AWAY), (2, EXCUSED), (3, AWAY))
    assert signs(path, 3) == [Sign.ABSENCES]


def test_a_share_below_the_limit_counts_from_enough_sessions_on() -> None:
    path = attended(a_started_path(), (1, THERE), (2, AWAY), (3, THERE))
    assert signs(path, 3) == []  # two of three, but too few to say
    assert signs(attended(path, (4, THERE)), 4) == []  # three of four
    half = attended(path, (4, AWAY))
    (call,) = calls(half, CALLING, as_of=DAY + timedelta(days=4))
    assert (call.sign, call.seen, call.of) == (Sign.SHARE, 2, 4)


def test_silence_counts_from_the_last_session_attended_or_contact_made() -> None:
    path = attended(a_started_path(), (2, THERE))
    assert signs(path, 22) == []
    assert signs(path, 23) == [Sign.SILENCE]
    assert signs(path, 23, reached(10)) == []
    assert signs(path, 23, reached(10, reached=False)) == [Sign.SILENCE]
    assert signs(path, 23, reached(10, person_id="p-02")) == [Sign.SILENCE]
    assert signs(path, 23, reached(25)) == [Sign.SILENCE]  # it is still to come


def test_only_steps_under_way_are_looked_at() -> None:
    agreed = a_path(proposed(), StepAgreed(step="corso", **on()))
    assert signs(agreed, 100) == []
    started = happen(agreed, StepStarted(step="corso", **on()))
    assert signs(started, 100) == [Sign.SILENCE]
    assert signs(happen(started, StepDropped(step="corso", **on(1))), 100) == []


def test_a_warning_proposes_a_call_and_knows_of_nothing_else() -> None:
    assert {one.name for one in fields(CallProposed)} == {
        "sign",
        "step",
        "since",
        "seen",
        "limit",
        "of",
    }


# what the territory decides


@pytest.mark.parametrize("code", ["lecco", "lodi", "moncalieri"])
def test_the_shipped_territories_print_in_four_languages_and_more(code: str) -> None:
    policy = find_agreement_policy(shipped_data() / "territories" / code)
    assert policy is not None
    assert {"it", "en"} < set(policy.languages)
    assert len(policy.languages) >= 4
    assert policy.calling.reason
    assert policy.reminding.reason


def test_a_territory_without_the_file_has_no_policy(tmp_path: Path) -> None:
    assert find_agreement_policy(tmp_path) is None


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("least_share = 0.7", "least_share = 7", "least_share = 7 is not valid"),
        ("absences = 2", "absences = 0", "absences = 0"),
        ("silence_days", "quiet_days", "'silence_days' is missing"),
        ('"en", ', '"it", ', "languages has one twice"),
    ],
)
def test_a_fault_of_the_file_is_named(tmp_path: Path, old: str, new: str, said: str) -> None:
    path = shipped_data() / "territories" / "lecco" / "agreement.toml"
    lines = path.read_text("utf-8").splitlines()
    changed = [line if line.startswith("#") else line.replace(old, new) for line in lines]
    (tmp_path / "agreement.toml").write_text("\n".join(changed), "utf-8")
    with pytest.raises(TerritoryError, match=said):
        read_agreement_policy(read_toml(tmp_path / "agreement.toml"))

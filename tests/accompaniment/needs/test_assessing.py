import inspect
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.accompaniment import needs
from matching.accompaniment.needs import assess, load_form, need_score, to_ask_again
from matching.accompaniment.needs.assessing import GRAVITY
from matching.domain import Assessment, Level, Need, NeedAnswer
from matching.errors import InputError
from matching.settings import shipped_data

FORM = load_form(shipped_data() / "measures")
MADE = date(2026, 8, 31)
IDS = {asked.id for asked in FORM.questions}
ANSWERS = st.fixed_dictionaries(
    {}, optional={asked.id: st.sampled_from(sorted(asked.choices)) for asked in FORM.questions}
)


def assessed(answers: dict[str, str], **known: Any) -> Assessment:
    given_: dict[str, Any] = {
        "person_id": "p",
        "author": "Ada Verdi",
        "made_on": MADE,
        "valid_months": 6,
    }
    return assess(FORM, answers, **(given_ | known))


def housing(**answers: str) -> NeedAnswer:
    found = assessed({f"housing_{key}": value for key, value in answers.items()}).of(Need.HOUSING)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("answers", "level", "up_to"),
    [
        ({"stay": "yes", "rent": "yes", "fit": "yes"}, Level.NONE, None),
        ({"stay": "worried", "rent": "yes", "fit": "yes"}, Level.MILD, None),
        ({"stay": "yes", "rent": "one_two", "fit": "partly"}, Level.SERIOUS, None),
        ({"stay": "notice", "rent": "yes", "fit": "yes"}, Level.URGENT, None),
        # What was skipped may be graver than what was answered, or not.
        ({"stay": "notice"}, Level.URGENT, None),
        ({"stay": "worried", "rent": "yes"}, Level.MILD, Level.SERIOUS),
        ({"stay": "worried"}, Level.MILD, Level.URGENT),
        ({"stay": "yes", "fit": "yes"}, Level.UNKNOWN, Level.URGENT),
        ({}, Level.UNKNOWN, Level.URGENT),
    ],
)
def test_a_need_is_as_grave_as_its_gravest_answer_and_open_up_to_what_was_skipped(
    answers: dict[str, str], level: Level, up_to: Level | None
) -> None:
    found = housing(**answers)
    assert (found.level, found.up_to) == (level, up_to)
    assert not found.suggested


def test_what_somebody_does_not_know_is_asked_again_and_is_not_no() -> None:
    found = assessed({"skills_needed": "unsure", "skills_italian": "well"}).of(Need.SKILLS)
    assert found is not None
    assert (found.level, found.up_to) == (Level.UNKNOWN, Level.SERIOUS)
    assert found.to_ask == ("skills_needed",)


@given(answers=ANSWERS)
def test_answering_what_was_skipped_stays_between_what_was_said(answers: dict[str, str]) -> None:
    before = need_score(assessed(answers))
    full = {asked.id: answers.get(asked.id, sorted(asked.choices)[0]) for asked in FORM.questions}
    after = need_score(assessed(full))
    assert before.low <= after.low
    assert after.high <= before.high
    assert before.low <= before.high <= 3 * len(Need)


@given(answers=ANSWERS)
def test_every_need_has_an_answer_and_what_is_left_is_what_was_skipped(
    answers: dict[str, str],
) -> None:
    made = assessed(answers)
    assert [one.need for one in made.answers] == list(Need)
    left = {asked.id for asked in to_ask_again(made, FORM, as_of=MADE)}
    unsure = {key for key, value in answers.items() if value == "unsure"}
    assert left == (IDS - set(answers)) | unsure


def test_an_assessment_is_valid_for_its_months_to_the_day() -> None:
    made = assessed({})
    assert made.valid_until == date(2027, 2, 28)
    assert not made.expired(date(2027, 2, 28))
    assert made.expired(date(2027, 3, 1))


def test_everything_is_asked_again_once_it_expired() -> None:
    full = {asked.id: next(iter(asked.choices)) for asked in FORM.questions}
    made = assessed(full)
    assert to_ask_again(made, FORM, as_of=made.valid_until) == ()
    assert to_ask_again(made, FORM, as_of=date(2027, 3, 1)) == FORM.questions


def test_since_when_a_need_is_there_is_kept_where_the_person_says_so() -> None:
    made = assessed({}, since={Need.WORK: date(2010, 7, 1)})
    kept = {one.need: one.since for one in made.answers}
    assert kept[Need.WORK] == date(2010, 7, 1)
    assert kept[Need.FOOD] is None


@pytest.mark.parametrize(
    ("answers", "known", "said"),
    [
        ({"casa": "yes"}, {}, r"answers\.casa is no question"),
        ({"work_now": "boh"}, {}, r"answers\.work_now = 'boh' is no answer of it; write one of"),
        ({}, {"author": " "}, "author is blank"),
        ({}, {"since": {Need.WORK: date(2026, 9, 1)}}, r"since\.work = 2026-09-01 is after"),
    ],
)
def test_what_is_not_of_the_form_is_refused(
    answers: dict[str, str], known: dict[str, Any], said: str
) -> None:
    with pytest.raises(InputError, match=said):
        assessed(answers, **known)


def test_no_function_reads_the_notes_of_a_conversation() -> None:
    for name in needs.__all__:
        part = getattr(needs, name)
        if inspect.isfunction(part):
            assert not {"text", "notes", "note", "conversation"} & set(
                inspect.signature(part).parameters
            )


def test_the_gravity_of_levels_grows_by_one() -> None:
    assert list(GRAVITY.values()) == [0, 1, 2, 3]
    assert Level.UNKNOWN not in GRAVITY

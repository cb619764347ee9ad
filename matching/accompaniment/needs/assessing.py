"""From closed answers to the level of each need. What was skipped stays open."""

from collections.abc import Mapping
from datetime import date

from matching.accompaniment.needs.form import Asked, Form
from matching.domain import Assessment, Level, Need, NeedAnswer
from matching.errors import InputError

GRAVITY: Mapping[Level, int] = {Level.NONE: 0, Level.MILD: 1, Level.SERIOUS: 2, Level.URGENT: 3}
"""How much each level weighs; what is unknown has no weight of its own."""


def assess(
    form: Form,
    answers: Mapping[str, str],
    *,
    person_id: str,
    author: str,
    made_on: date,
    valid_months: int,
    since: Mapping[Need, date] | None = None,
) -> Assessment:
    """The needs of a person by her closed answers, with author, date and validity.

    Parameters
    ----------
    form
        The questions.
    answers
        Id of the chosen answer by id of the question. Any may be left out.
    person_id, author
        Whose needs they are, and who recorded them with her.
    made_on, valid_months
        The day, and for how many months it counts.
    since
        Since when a need is there, where the person says so.

    Returns
    -------
    Assessment
        One answer for each need, in their order. The level is the gravest that was answered. Where
        nothing grave was and something was skipped, it is unknown.

    Raises
    ------
    InputError
        Naming the question or the answer that is not of the form, a missing author, or a need that
        would begin after the day.
    """
    for key, given in answers.items():
        _known(form, key, given)
    if not author.strip():
        raise InputError("author is blank; name the person who recorded the answers.")
    begun = since or {}
    for need, day in begun.items():
        if day > made_on:
            raise InputError(
                f"since.{need.value} = {day} is after {made_on}, on which it was recorded; "
                "correct one."
            )
    found = (_answer(form.about(need), answers, need, begun.get(need)) for need in Need)
    return Assessment(
        person_id=person_id,
        author=author,
        made_on=made_on,
        valid_months=valid_months,
        answers=tuple(found),
    )


def to_ask_again(assessment: Assessment, form: Form, *, as_of: date) -> tuple[Asked, ...]:
    """The questions still to be asked: those skipped; all of them once the assessment expired."""
    if assessment.expired(as_of):
        return form.questions
    open_ones = {key for answer in assessment.answers for key in answer.to_ask}
    recorded = {answer.need for answer in assessment.answers}
    return tuple(one for one in form.questions if one.id in open_ones or one.need not in recorded)


def gravest(levels: list[Level]) -> Level:
    """The gravest of some levels, unknown where none of them says anything."""
    known = [level for level in levels if level in GRAVITY]
    return max(known, key=lambda level: GRAVITY[level], default=Level.UNKNOWN)


def _known(form: Form, key: str, given: str) -> None:
    asked = next((one for one in form.questions if one.id == key), None)
    if asked is None:
        raise InputError(f"answers.{key} is no question of the form; correct or remove it.")
    if given not in asked.choices:
        raise InputError(
            f"answers.{key} = {given!r} is no answer of it; write one of "
            f"{', '.join(asked.choices)}, or leave it out."
        )


def _answer(
    questions: tuple[Asked, ...], answers: Mapping[str, str], need: Need, since: date | None
) -> NeedAnswer:
    said = [one.choices[answers[one.id]].level for one in questions if one.id in answers]
    left = [
        one
        for one in questions
        if one.id not in answers or one.choices[answers[one.id]].level is Level.UNKNOWN
    ]
    known = gravest(said)
    worst = gravest([choice.level for one in left for choice in one.choices.values()])
    matters = bool(left) and GRAVITY[worst] > GRAVITY.get(known, -1)
    settled = known if not matters or GRAVITY.get(known, 0) > 0 else Level.UNKNOWN
    return NeedAnswer(
        need=need,
        level=settled,
        up_to=worst if matters else None,
        since=since,
        to_ask=tuple(one.id for one in left),
    )

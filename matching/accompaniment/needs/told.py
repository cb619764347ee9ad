"""What somebody's answers say beyond levels: what is hard within each need, and in which words."""

from collections.abc import Iterable, Mapping

from matching.accompaniment.needs.assessing import GRAVITY
from matching.accompaniment.needs.form import Asked, Form
from matching.domain import Need, Told, ToldAnswer, ToldNeed


def told(form: Form, answers: Mapping[str, str]) -> Told:
    """What answers to the form say: the needs that there are, in which words, and how one travels.

    ``answers`` are ids of the chosen answer by id of the question, as
    :func:`matching.accompaniment.needs.assess` has checked them.
    """
    given = [(one, one.choices[answers[one.id]]) for one in form.questions if one.id in answers]
    found = tuple(
        ToldAnswer(
            need=asked.need,
            level=choice.level,
            question=asked.id,
            choice=choice.id,
            difficulty=choice.difficulty,
        )
        for asked, choice in given
        if GRAVITY.get(choice.level, 0) > 0
    )
    means = next((choice.means for _, choice in given if choice.means is not None), None)
    return Told(needs=_needs(found), answers=found, means=means)


def question_of(form: Form, answer: ToldAnswer) -> Asked:
    """The question that an answer was given to."""
    return next(one for one in form.questions if one.id == answer.question)


def _needs(answers: Iterable[ToldAnswer]) -> dict[Need, ToldNeed]:
    by_need: dict[Need, list[ToldAnswer]] = {}
    for one in answers:
        by_need.setdefault(one.need, []).append(one)
    found = {}
    for need, mine in by_need.items():
        level = max((one.level for one in mine), key=lambda level: GRAVITY[level])
        gravest = (one.difficulty for one in mine if one.level is level)
        found[need] = ToldNeed(level=level, difficulties=frozenset(filter(None, gravest)))
    return found

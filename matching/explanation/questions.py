"""What to ask next: the unknowns whose answers could change a person's position most."""

from collections.abc import Sequence

from matching.domain import Question
from matching.explanation.answers import EXPERIENCE, Answers, answers
from matching.explanation.extremes import extremes
from matching.explanation.requirements import PAPERS
from matching.explanation.trials import Outcome, Trials
from matching.features import COLUMNS, FeatureSpace, judged
from matching.wording import Wording

_DECIMALS = 4


def questions_by_trial(trials: Trials, *, most: int = 3) -> list[tuple[Question, ...]]:
    """Return what to ask each person next, by trying the possible answers.

    First comes the question whose answers would spread her ranks most, the present one among
    them, then that whose answers would spread her scores; one that changes neither is not asked.
    Somebody who cannot be judged is asked first for the jobs she did, and else only what would
    let her be judged.

    Parameters
    ----------
    trials
        Those to ask, and what they are ranked for.
    most
        Questions for each person, at most.

    Returns
    -------
    list
        The questions for each person, with the ranks of the best and of the worst answer.
    """
    space, wording = trials.space, trials.wording
    ends = extremes(trials.vacancy, space)
    asked = [
        answers(trials.pair(person), dict(zip(COLUMNS, row, strict=True)), ends)
        for person, row in zip(trials.people, trials.features.tolist(), strict=True)
    ]
    tried = [[profile for one in open_ for profile in one.profiles] for open_ in asked]
    return [
        tuple(_ordered(open_, outcome, space, wording, judged(person, space))[:most])
        for person, open_, outcome in zip(trials.people, asked, trials.outcomes(tried), strict=True)
    ]


def _ordered(
    asked: Sequence[Answers],
    outcome: Sequence[Outcome],
    space: FeatureSpace,
    wording: Wording,
    known: bool,
) -> list[Question]:
    """The questions that change something, the most telling first.

    ``outcome`` is how the person stands, then how she would with each answer in turn.
    """
    now, rest = outcome[0], iter(outcome[1:])
    found: list[tuple[tuple[object, ...], Question]] = []
    for one in asked:
        after = [next(rest) for _ in one.profiles]
        if one.uri is not None:
            after.append(now)  # a skill that she has not is what is counted now
        ranks = sorted(each.rank for each in after)
        every = [now, *after]
        swing = max(each.score for each in every) - min(each.score for each in every)
        moved = max(each.rank for each in every) - min(each.rank for each in every)
        if round(swing, _DECIMALS) == 0.0 and moved == 0:
            continue
        question = Question(
            key=one.key,
            text=_text(one, space, wording),
            swing=round(swing, _DECIMALS),
            rank_best=ranks[0],
            rank_worst=ranks[-1],
        )
        first = not known and one.key == EXPERIENCE
        found.append(((not first, -moved, -swing, one.key), question))
    return [question for _, question in sorted(found, key=lambda item: item[0])]


def _text(one: Answers, space: FeatureSpace, wording: Wording) -> str:
    if one.uri is None:
        return wording.say(one.key)
    concept = space.taxonomy.concepts[one.uri]
    key = "ask.paper" if concept.kind in PAPERS else "ask.skill"
    return wording.say(key, label=concept.label(wording.language))

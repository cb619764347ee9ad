"""What to ask next: the unknowns whose answers could change a person's position most."""

from collections.abc import Sequence

import numpy.typing as npt
import pandas as pd

from matching.domain import Profile, Question, Vacancy
from matching.explanation.answers import EXPERIENCE, Answers, answers
from matching.explanation.extremes import extremes
from matching.explanation.pair import Pair
from matching.explanation.requirements import PAPERS
from matching.explanation.trials import Outcome, Scorer, outcomes
from matching.features import COLUMNS, FeatureSpace, judged
from matching.wording import Wording

_DECIMALS = 4


def questions_by_trial(
    vacancy: Vacancy,
    people: Sequence[Profile],
    pool_scores: npt.ArrayLike,
    features: pd.DataFrame,
    *,
    space: FeatureSpace,
    ranker: Scorer,
    wording: Wording,
    most: int = 3,
) -> dict[str, tuple[Question, ...]]:
    """Return what to ask each person next, by trying the possible answers.

    First comes the question whose answers would spread her ranks most, the present one among
    them, then that whose answers would spread her scores; one that changes neither is not asked.
    Somebody who cannot be judged is asked first for the jobs she did, and else only what would
    let her be judged.

    Parameters
    ----------
    vacancy
        What the people are ranked for.
    people
        Those to ask: their ids differ.
    pool_scores
        Scores of all who can be judged and are ranked together; who is listed apart is ranked as
        if she were with them.
    features
        A frame of ``pair_features`` with the pairs of the vacancy and these people.
    space, ranker, wording
        What scored the pool, and says the questions.
    most
        Questions for each person, at most.

    Returns
    -------
    dict
        Questions by person id, with the ranks of the best and of the worst answer.
    """
    if not people:
        return {}
    ends = extremes(vacancy, space)
    keys = pd.MultiIndex.from_tuples([(vacancy.id, person.id) for person in people])
    rows = features.loc[keys, list(COLUMNS)].to_numpy(dtype=float)
    asked = [
        answers(Pair(vacancy, person, space, wording), dict(zip(COLUMNS, row, strict=True)), ends)
        for person, row in zip(people, rows, strict=True)
    ]
    tried = [[profile for one in open_ for profile in one.profiles] for open_ in asked]
    found = outcomes(vacancy, people, tried, pool_scores, space=space, ranker=ranker)
    return {
        person.id: tuple(_ordered(open_, outcome, space, wording, judged(person, space))[:most])
        for person, open_, outcome in zip(people, asked, found, strict=True)
    }


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

"""People as they stand with a vacancy in the small world, to try what they might answer."""

from collections.abc import Sequence
from typing import Any

import numpy.typing as npt

from matching.domain import Profile, Vacancy
from matching.explanation.trials import Standing, Trials
from matching.features import FeatureSpace, asked_of, compare, people_of
from tests.explanation.claims import WORDINGS


def trials_of(
    vacancy: Vacancy,
    people: Sequence[Profile],
    pool_scores: npt.ArrayLike,
    *,
    space: FeatureSpace,
    ranker: Any,
) -> Trials:
    asked = asked_of([vacancy], space)
    return Trials(
        vacancy=vacancy,
        asked=asked,
        people=people,
        features=compare(asked, people_of(people, space), space)[0],
        standing=Standing(pool_scores),
        space=space,
        ranker=ranker,
        wording=WORDINGS["it"],
    )

"""What further skills would open: scores and ranks as they would be if a person held them."""

from collections.abc import Collection, Sequence

import numpy as np
import numpy.typing as npt

from matching.domain import Opened, Profile, Vacancy
from matching.explanation.answers import with_skills
from matching.features import (
    Asked,
    FeatureSpace,
    People,
    asked_of,
    judged,
    people_of,
    unnamed_frame,
)
from matching.models import Ranker

_DECIMALS = 6  # scores nearer than this are the same, as in a shortlist


def what_if(
    profile: Profile,
    vacancies: Sequence[Vacancy],
    pool: People | Sequence[Profile],
    added_uris: Collection[str],
    space: FeatureSpace,
    ranker: Ranker,
) -> tuple[Opened, ...]:
    """What a person's score and rank would be if she held further skills.

    See :func:`what_ifs`, which asks the question of several sets of skills at once.
    """
    return what_ifs(profile, vacancies, pool, [added_uris], space, ranker)[0]


def what_ifs(
    profile: Profile,
    vacancies: Sequence[Vacancy],
    pool: People | Sequence[Profile],
    added: Sequence[Collection[str]],
    space: FeatureSpace,
    ranker: Ranker,
) -> tuple[tuple[Opened, ...], ...]:
    """What a person's score and rank would be under each of several sets of further skills.

    Parameters
    ----------
    profile
        The person; nothing else about her changes.
    vacancies
        The vacancies in view.
    pool
        The people that she is ranked among, as they are; her own profile in it is passed over.
        ``People`` save reading them again.
    added
        Sets of concept URIs, each what one service teaches or certifies. A language adds nothing
        to the score: what level is reached is not known.
    space, ranker
        What scores the shortlists.

    Returns
    -------
    tuple
        For each set the vacancies where the score rises, the greatest gain first. A pair that
        cannot be judged, for want of any trade on either side, promises nothing.
    """
    asked = asked_of(vacancies, space)
    people = pool if isinstance(pool, People) else people_of(pool, space)
    altered = [with_skills(profile, uris, space.taxonomy) for uris in added]
    score = _scores(asked, people_of([profile, *altered], space), space, ranker)
    # Who cannot be judged comes after everybody who can.
    rivals = np.where(people.judged, _scores(asked, people, space, ranker), -1.0)
    rivals = rivals[:, np.array([other != profile.id for other in people.ids], dtype=bool)]
    return tuple(
        _opened(vacancies, score[:, 0], score[:, number], rivals, space)
        if judged(profile, space)
        else ()
        for number in range(1, 1 + len(added))
    )


def _scores(
    asked: Asked, people: People, space: FeatureSpace, ranker: Ranker
) -> npt.NDArray[np.float64]:
    """Scores of shape (vacancies, persons)."""
    found = np.round(ranker.predict(unnamed_frame(asked, people, space)), _DECIMALS)
    return np.asarray(found, dtype=float).reshape(len(asked), len(people))


def _opened(
    vacancies: Sequence[Vacancy],
    before: npt.NDArray[np.float64],
    after: npt.NDArray[np.float64],
    rivals: npt.NDArray[np.float64],
    space: FeatureSpace,
) -> tuple[Opened, ...]:
    found = [
        Opened(
            vacancy_id=vacancy.id,
            title=vacancy.title,
            score_before=float(before[row]),
            score_after=float(after[row]),
            rank_before=1 + int((rivals[row] > before[row]).sum()),
            rank_after=1 + int((rivals[row] > after[row]).sum()),
        )
        for row, vacancy in enumerate(vacancies)
        if after[row] > before[row] and judged(vacancy, space)
    ]
    return tuple(sorted(found, key=lambda opened: opened.score_before - opened.score_after))

"""Scores and ranks of people as they are and as they might be, for one vacancy.

All that is tried for one vacancy is scored in one go. Most of a CV plays no part in one vacancy,
and is left out of what is scored; a CV that an answer leaves as it is is read once. The features
are the same, and quicker to compute.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
import numpy.typing as npt
import pandas as pd

from matching.domain import Profile, SkillHeld, TradeWord, Vacancy
from matching.features import FeatureSpace, People, asked_of, feature_frame, judged
from matching.features.availability import person_terms
from matching.features.experience import person_jobs
from matching.features.qualifications import person_studies
from matching.features.reach import person_reach
from matching.features.tables import person_skills
from matching.features.words import person_words

_DECIMALS = 6  # scores nearer than this are the same, as in a shortlist


class Scorer(Protocol):
    """What scores pairs: any ranker, or one that weighs what a ranker says."""

    def predict(self, X: pd.DataFrame) -> npt.NDArray[np.float64]:
        """Score of each pair in [0, 1]."""
        ...

    def no_information(self) -> float:
        """Score of a pair that cannot be judged."""
        ...


@dataclass(frozen=True, slots=True)
class Outcome:
    """Score and rank in the pool, as they are or as they would be."""

    score: float
    rank: int


class Standing:
    """Where scores stand among those of the people in a pool who can be judged.

    ``own`` is the score of the person in question as she is, None without one: where the pool has
    her, nobody stands behind herself.

    Parameters
    ----------
    pool_scores
        Scores of all who can be judged and are ranked together.
    """

    def __init__(self, pool_scores: npt.ArrayLike) -> None:
        self._sorted = np.sort(np.round(np.asarray(pool_scores, dtype=float), _DECIMALS))

    def last(self, own: float | None) -> int:
        """Rank that all those share who cannot be judged."""
        return len(self._sorted) + 1 - int(self._has(own))

    def rank(self, score: float, own: float | None) -> int:
        """Rank of a score; equal scores share one."""
        above = len(self._sorted) - int(np.searchsorted(self._sorted, score, side="right"))
        return 1 + above - int(own is not None and own > score and self._has(own))

    def _has(self, own: float | None) -> bool:
        """Whether the pool has the person; who is listed apart is not in it."""
        if own is None:
            return False
        at = int(np.searchsorted(self._sorted, own))
        return at < len(self._sorted) and float(self._sorted[at]) == own


def outcomes(
    vacancy: Vacancy,
    people: Sequence[Profile],
    tried: Sequence[Sequence[Profile]],
    pool_scores: npt.ArrayLike,
    *,
    space: FeatureSpace,
    ranker: Scorer,
) -> list[list[Outcome]]:
    """Return for each person how she stands, then how each profile tried in her place would.

    Who cannot be judged has the no-information score and the rank that all such share.

    Parameters
    ----------
    vacancy
        The vacancy that all are scored for.
    people
        The people as they are.
    tried
        For each of them the profiles to try.
    pool_scores
        Scores of all who can be judged and are ranked together; who is listed apart is ranked as
        if she were with them.
    space, ranker
        What scored the pool.
    """
    view, standing = View(vacancy, space), Standing(pool_scores)
    groups = [(person, *others) for person, others in zip(people, tried, strict=True)]
    rows = [profile for group in groups for profile in view.of(group)]
    frame = feature_frame(asked_of([vacancy], space), people_tried(rows, space), space)
    scores = np.round(ranker.predict(frame), _DECIMALS)
    nothing = round(ranker.no_information(), _DECIMALS)
    offered = judged(vacancy, space)
    found: list[list[Outcome]] = []
    start = 0
    for group in groups:
        known = [offered and judged(profile, space) for profile in group]
        own = float(scores[start]) if known[0] else None
        marks = [float(score) for score in scores[start : start + len(group)]]
        found.append(
            [
                Outcome(score, standing.rank(score, own))
                if told
                else Outcome(nothing, standing.last(own))
                for score, told in zip(marks, known, strict=True)
            ]
        )
        start += len(group)
    return found


def people_tried(profiles: Sequence[Profile], space: FeatureSpace) -> People:
    """Return what ``people_of`` would: skills, jobs and words that profiles share are read once.

    Profiles share what is the same object, as those do that were made from one another.
    """
    places: dict[tuple[int, int, int], int] = {}
    works: list[Profile] = []
    of: list[int] = []
    for profile in profiles:
        shared = (id(profile.skills), id(profile.occupations), id(profile.words))
        if shared not in places:
            places[shared] = len(works)
            works.append(profile)
        of.append(places[shared])
    rows = np.array(of, dtype=np.int64)
    facts = [profile.facts for profile in profiles]
    return People(
        ids=tuple(profile.id for profile in profiles),
        judged=np.array([judged(profile, space) for profile in works], dtype=bool)[rows],
        skills=person_skills(works, space.taxonomy, space.skills).take(rows),
        words=person_words(works, space.words).take(rows),
        jobs=person_jobs(profiles, space.occupations),
        studies=person_studies(facts),
        reach=person_reach(facts, space.territory),
        terms=person_terms(facts),
    )


class View:
    """What of a profile plays a part in one vacancy.

    The features that a score depends on are those of the whole profile.
    """

    def __init__(self, vacancy: Vacancy, space: FeatureSpace) -> None:
        concepts, skills = space.taxonomy.concepts, space.skills
        jobs = {job.uri for job in vacancy.occupations}
        asked = {skill.uri for skill in vacancy.skills}
        named = asked | jobs
        named |= {uri for job in jobs for uri in concepts[job].optional | concepts[job].essential}
        self._numbers = skills.numbers
        self._of_concept = space.words.of_concept
        own = [skills.numbers[uri] for uri in sorted(asked) if uri in skills.numbers]
        self._skills: set[int] = {*own, *skills.kin[own].indices.tolist()}
        self._words: set[str] = {word.key for word in vacancy.words} | {
            word for uri in named for word in self._of_concept.get(uri, ())
        }

    def of(self, group: Sequence[Profile]) -> list[Profile]:
        """Return what plays a part of a person's profile, the first, and of those made from it."""
        first = group[0]
        skills, words = self._kept(first.skills), self._shared(first)
        return [
            replace(
                profile,
                skills=skills if profile.skills is first.skills else self._kept(profile.skills),
                words=words if profile.words is first.words else self._shared(profile),
            )
            for profile in group
        ]

    def _kept(self, skills: Sequence[SkillHeld]) -> tuple[SkillHeld, ...]:
        return tuple(
            skill
            for skill in skills
            if self._numbers.get(skill.uri) in self._skills
            or not self._words.isdisjoint(self._of_concept.get(skill.uri, ()))
        )

    def _shared(self, profile: Profile) -> tuple[TradeWord, ...]:
        return tuple(word for word in profile.words if word.key in self._words)

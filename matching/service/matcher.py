"""Profiles and vacancies -> scores, shortlists of people, lists of vacancies: both directions.

A pair's score depends on the pair alone: it is one number, whichever of the two lists it stands in
and whoever else is in it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from matching.accompaniment import Catalogue
from matching.accompaniment.market import barred
from matching.domain import (
    Dimension,
    LeftOut,
    ModelStamp,
    PersonMatches,
    Profile,
    Shortlist,
    State,
    Vacancy,
    Weighting,
)
from matching.errors import InputError
from matching.explanation.trials import Standing, Trials
from matching.features import (
    FeatureSpace,
    People,
    asked_of,
    feature_frame,
    people_of,
    unnamed_frame,
)
from matching.models import Ranker
from matching.ranking.eligibility import hard_requirements
from matching.ranking.eligibility_pool import PoolAnswers, not_met, pool_answers
from matching.ranking.exposure import Showing, exposures
from matching.ranking.order import Turns, Weighted, by_name, rounded
from matching.ranking.pool import PoolIndex, pool_index
from matching.ranking.reserved import is_reserved
from matching.ranking.retrieval_loops import compiled_retrieval_loops
from matching.ranking.rules import Rules
from matching.ranking.weights import asked_dimensions, weighting
from matching.service.offers import Offers, offers_of
from matching.service.placing import Array, Flags, Ranks, place
from matching.service.telling import barrier_fields, explained_fields
from matching.territory import Territory
from matching.wording import Wording


@dataclass(frozen=True)
class Pool:
    """People read once for every vacancy that they will be ranked for.

    Made by :meth:`Matcher.pool`; identifiers differ.
    """

    profiles: tuple[Profile, ...]
    people: People
    answers: PoolAnswers
    space: FeatureSpace = field(repr=False)

    @cached_property
    def index(self) -> PoolIndex:
        """Who holds what, to find candidates in a large pool; made when it is first asked for."""
        return pool_index(self.people, self.space, loops=compiled_retrieval_loops())

    @cached_property
    def names(self) -> Ranks:
        """The place of each id in their order, which decides between equal scores."""
        return by_name(self.people.ids)


@dataclass(frozen=True, slots=True)
class Matcher:
    """Ranks, with everything that is to be said of a place in the order."""

    space: FeatureSpace = field(repr=False)
    territory: Territory = field(repr=False)
    wording: Wording = field(repr=False)
    rules: Rules = field(repr=False)
    catalogue: Catalogue | None = field(repr=False)
    ranker: Ranker
    model: ModelStamp

    def pool(self, profiles: Sequence[Profile]) -> Pool:
        """Read people once; ranking them is then arithmetic."""
        return Pool(
            profiles=tuple(profiles),
            people=people_of(profiles, self.space),
            answers=pool_answers(profiles, self.rules),
            space=self.space,
        )

    def offers(self, vacancies: Offers | Sequence[Vacancy], *, as_of: date) -> Offers:
        """Read vacancies once for a day; ranking them for a person is then arithmetic.

        What was read for that day already is given back as it is.
        """
        if isinstance(vacancies, Offers):
            if vacancies.as_of == as_of:
                return vacancies
            vacancies = vacancies.vacancies
        return offers_of(vacancies, space=self.space, rules=self.rules, as_of=as_of)

    def scores(
        self,
        vacancies: Sequence[Vacancy],
        profiles: Sequence[Profile],
        *,
        weights: Mapping[Dimension, float] | None = None,
    ) -> pd.DataFrame:
        """Score, interval and state of every pair.

        Parameters
        ----------
        vacancies, profiles
            The pairs are all of the ones with all of the others.
        weights
            What a user gives to dimensions, as for a shortlist; without, the model.

        Returns
        -------
        pandas.DataFrame
            Columns ``vacancy_id person_id score lower upper state``; vacancies in the given
            order, within each the best first, pairs that cannot be judged last, equal scores by
            person. A pair that cannot be judged has the no-information score, 0 and 1; so has
            every pair of a vacancy reserved by L. 68/99.

        Raises
        ------
        InputError
            See :meth:`weightings`.
        """
        asked, people = asked_of(vacancies, self.space), people_of(profiles, self.space)
        frame = feature_frame(asked, people, self.space)
        open_to_all = np.array([not is_reserved(vacancy) for vacancy in vacancies], dtype=bool)
        judged = np.outer(asked.judged & open_to_all, people.judged).reshape(-1)
        base = self.ranker.no_information()
        score, lower, upper = rounded(self.ranker.judge(frame), judged, base)
        applied = {} if weights is None else self.weightings(vacancies, weights)
        for number, vacancy in enumerate(vacancies):
            if vacancy.id in applied:
                rows = slice(number * len(profiles), (number + 1) * len(profiles))
                score[rows], lower[rows], upper[rows] = self._weighted(
                    frame.iloc[rows], judged[rows], applied[vacancy.id]
                )
        found = pd.DataFrame(
            {
                "score": score,
                "lower": lower,
                "upper": upper,
                "state": np.where(judged, str(State.OK), str(State.NOT_ENOUGH_DATA)),
            },
            index=frame.index,
        ).reset_index()
        order = {vacancy.id: number for number, vacancy in enumerate(vacancies)}
        return (
            found.assign(order=found["vacancy_id"].map(order), judged=judged)
            .sort_values(
                ["order", "judged", "score", "person_id"],
                ascending=[True, False, False, True],
                kind="stable",
            )
            .drop(columns=["order", "judged"])
            .reset_index(drop=True)
        )

    def weightings(
        self, vacancies: Sequence[Vacancy], weights: Mapping[Dimension, float]
    ) -> dict[str, Weighting]:
        """What weights apply to each vacancy for which people are ranked, by its identifier.

        Raises
        ------
        InputError
            Naming a vacancy of which nothing that it asks for would count.
        """
        asked = asked_of(vacancies, self.space)
        # What a vacancy asks for does not depend on who is compared with it.
        frame = feature_frame(asked, people_of([Profile(id="nobody")], self.space), self.space)
        found: dict[str, Weighting] = {}
        for number, vacancy in enumerate(vacancies):
            if is_reserved(vacancy) or not asked.judged[number]:
                continue
            dimensions = asked_dimensions(frame.iloc[[number]])
            try:
                found[vacancy.id] = weighting(weights, dimensions)
            except InputError as error:
                raise InputError(f"Vacancy {vacancy.id!r}: {error}") from error
        return found

    def shortlist(
        self,
        vacancy: Vacancy,
        people: Pool | Sequence[Profile],
        *,
        as_of: date,
        explained: int | None = None,
        weights: Mapping[Dimension, float] | None = None,
        showings: Iterable[Showing] = (),
        left_out: Sequence[LeftOut] = (),
    ) -> Shortlist:
        """The whole pool for one vacancy, best first; the first ``explained`` with reasons.

        Nobody is left out. Equal scores share a rank. Who is known not to meet a hard requirement
        stands apart, after the others. For a vacancy reserved by L. 68/99 nobody is ranked.

        Parameters
        ----------
        vacancy, people
            Who is ranked for what; a ``Pool`` saves reading the people again.
        as_of
            The day for which everything is computed.
        explained
            How many get reasons, what is missing, what would change and what to ask; all without.
        weights
            What a user gives to dimensions, 1 being the model's own; without, the model.
        showings
            Past lists, by which near ties take turns where the territory's policy says so.
        left_out
            Who left the pool before, to be shown with it.
        """
        gone = tuple(left_out)
        if is_reserved(vacancy):
            return Shortlist(
                vacancy=vacancy, as_of=as_of, model=self.model, matches=(), reserved=True,
                left_out=gone,
            )  # fmt: skip
        pool = people if isinstance(people, Pool) else self.pool(people)
        asked = asked_of([vacancy], self.space)
        frame = unnamed_frame(asked, pool.people, self.space)
        applied = None if weights is None else weighting(weights, asked_dimensions(frame))
        requirements = hard_requirements(vacancy, self.rules, as_of=as_of)
        placed = place(
            frame,
            names=pool.names,
            ranker=self.ranker,
            judged=pool.people.judged & bool(asked.judged[0]),
            apart=not_met(requirements, pool.answers),
            explained=explained,
            weights=applied,
            turns=self._turns(showings, as_of, vacancy.id, pool.people.ids),
        )
        rows = placed.order.rows[:explained]
        trials = Trials(
            vacancy=vacancy,
            asked=asked,
            people=[pool.profiles[row] for row in rows],
            features=frame.to_numpy(dtype=float)[rows],
            standing=Standing(placed.pool_scores),
            space=self.space,
            ranker=self.ranker if applied is None else Weighted(self.ranker, applied),
            wording=self.wording,
        )
        said = explained_fields(
            trials,
            placed.judged[rows],
            placed.parts,
            requirements,
            catalogue=self.catalogue,
            as_of=as_of,
        )
        of_first: dict[int, Mapping[str, Any]] = dict(zip(rows.tolist(), said, strict=True))

        def told(row: int) -> Mapping[str, Any]:
            if row in of_first or not placed.apart[row]:
                return of_first.get(row, {})
            # Why somebody stands apart is said of everybody who does.
            return barrier_fields(requirements, pool.profiles[row], self.space, self.wording)

        return Shortlist(
            vacancy=vacancy,
            as_of=as_of,
            model=self.model,
            matches=placed.matches(lambda row: (vacancy.id, pool.people.ids[row]), told),
            weighting=applied,
            balancing=placed.order.balancing,
            left_out=gone,
        )

    def matches(
        self,
        profile: Profile,
        vacancies: Offers | Sequence[Vacancy],
        *,
        as_of: date,
        explained: int | None = None,
        showings: Iterable[Showing] = (),
        left_out: Sequence[LeftOut] = (),
    ) -> PersonMatches:
        """Every vacancy for one person, best first: the scores are those of the shortlists.

        Ranks are among these vacancies; the first ``explained`` get reasons, all without. Vacancies
        whose hard requirements she is known not to meet stand apart, after the others. ``Offers``
        save reading the vacancies again.
        """
        offers, pool = self.offers(vacancies, as_of=as_of), self.pool([profile])
        asked, those, requirements = offers.asked, offers.open_to_all, offers.hard
        frame = unnamed_frame(asked, pool.people, self.space)
        placed = place(
            frame,
            names=offers.names,
            ranker=self.ranker,
            judged=asked.judged & bool(pool.people.judged[0]),
            apart=barred(offers.market, pool.answers)[:, 0],
            explained=explained,
            weights=None,
            turns=self._turns(showings, as_of, profile.id, asked.ids),
        )
        values, standing = frame.to_numpy(dtype=float), Standing(placed.pool_scores)
        said: dict[int, Mapping[str, Any]] = {}
        for number, row in enumerate(placed.order.rows[:explained].tolist()):
            trials = Trials(
                vacancy=those[row],
                asked=asked_of([those[row]], self.space),
                people=[profile],
                features=values[[row]],
                standing=standing,
                space=self.space,
                ranker=self.ranker,
                wording=self.wording,
            )
            (said[row],) = explained_fields(
                trials,
                placed.judged[[row]],
                placed.parts[[number]],
                requirements[row],
                catalogue=self.catalogue,
                as_of=as_of,
            )

        def told(row: int) -> Mapping[str, Any]:
            if row in said or not placed.apart[row]:
                return said.get(row, {})
            return barrier_fields(requirements[row], profile, self.space, self.wording)

        return PersonMatches(
            person_id=profile.id,
            as_of=as_of,
            model=self.model,
            matches=placed.matches(lambda row: (those[row].id, profile.id), told),
            reserved=offers.reserved,
            balancing=placed.order.balancing,
            left_out=tuple(left_out),
        )

    def _weighted(
        self, frame: pd.DataFrame, judged: Flags, applied: Weighting
    ) -> tuple[Array, Array, Array]:
        """Score and ends of its interval of the pairs of a vacancy, under weights."""
        moved = Weighted(self.ranker, applied).reweighted(
            self.ranker.judge(frame), self.ranker.contributions(frame), judged
        )
        return rounded(moved, judged, self.ranker.no_information())

    def _turns(
        self, showings: Iterable[Showing], as_of: date, of: str, ids: Sequence[str]
    ) -> Turns:
        policy = self.territory.ranking
        had = exposures(showings, as_of=as_of, window_days=policy.window_days)
        return Turns(policy=policy, ids=ids, had=had, as_of=as_of, of=of)

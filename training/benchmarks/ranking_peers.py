"""The chain that the product's speed is measured against: SciPy, pandas, LightGBM.

Retrieval is a sparse matrix times the vacancy's vector and a partial sort, features are columns of
pandas and numpy, scores are ``Booster.predict`` on one thread. It reads the same prepared tables
and computes the same numbers as the product, which the benchmark checks; it computes less: no
column that says what was asked, no interval, no tie.
"""

from dataclasses import dataclass
from enum import StrEnum

import lightgbm as lgb
import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from matching.features import FEATURES, Asked, People
from matching.features.experience import NEAR
from matching.features.qualifications import PersonStudies, language_column
from matching.features.tables import EVERYDAY_LICENCES
from matching.models.baseline import weighted
from matching.models.ranker import LambdaRanker
from matching.models.ranker_file import parted
from matching.ranking.retrieval import Query
from matching.territory import Mode, Territory

Array = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_NAMES = [column.name for column in FEATURES]
_ITALIAN = language_column("it")
_CAR = len(EVERYDAY_LICENCES)  # the last of the answers on licences


class Layout(StrEnum):
    """How the peer keeps a pool's matrices: by person, or by what is held."""

    CSR = "scipy_csr"
    CSC = "scipy_csc"


@dataclass(frozen=True, slots=True, eq=False)
class Peer:
    """A pool as the peer keeps it. Made by :func:`peer_of`."""

    layout: Layout
    people: People
    facts: pd.DataFrame
    words: sparse.csr_array | sparse.csc_array
    credit: sparse.csr_array | sparse.csc_array
    territory: Territory
    boosters: tuple[lgb.Booster, ...]
    priors: Array
    typical: Array

    def retrieve(self, query: Query, most: int) -> tuple[Ints, Array]:
        """Rows and stage-one scores of the best, the best first."""
        of_words, of_skills = query.asked
        scores = _product(self.words, of_words.columns, of_words.weights)
        np.minimum(scores, query.ceiling, out=scores)
        scores *= query.scale
        scores += _product(self.credit, of_skills.columns, of_skills.weights)
        if query.extra is not None:
            scores += query.extra
        if query.near is not None:
            near = np.append(query.near.proximity, np.nan)
            nearest = np.fmax.reduce(near[self.people.jobs.done], axis=1)
            scores += query.near.weight * np.nan_to_num(nearest, nan=query.near.otherwise)
        size = min(most, len(scores))
        top = np.argpartition(-scores, size - 1)[:size]
        top = top[np.argsort(-scores[top], kind="stable")]
        return top, scores[top]

    def features(self, asked: Asked, rows: Ints) -> pd.DataFrame:
        """Features of one vacancy with some of the people, in the catalog's order."""
        facts = self.facts.iloc[rows]
        found = {
            **self._skills(asked, rows),
            **self._experience(asked, rows),
            **_studied(asked, self.people.studies.take(rows), facts),
            **self._reached(asked, facts),
            **_agreed(asked, facts),
        }
        unknown = np.full(len(rows), np.nan)
        return pd.DataFrame({name: found.get(name, unknown) for name in _NAMES})

    def margins(self, frame: pd.DataFrame, *, boosters: int) -> Array:
        """What orders the people of a frame: the mean of so many boosters and of the baseline."""
        values = frame.to_numpy()
        filled = np.where(np.isnan(values), self.typical, values)
        found = [
            booster.predict(filled, raw_score=True, num_threads=1)
            for booster in self.boosters[:boosters]
        ]
        base = weighted(values).sum(axis=1)
        margins = np.mean(found, axis=0) + self.priors[:boosters].mean() * base
        return np.asarray(margins, dtype=float)

    def parts(self, frame: pd.DataFrame, rows: Ints, *, boosters: int) -> Array:
        """LightGBM's own contributions to the score of some rows, by feature: no sentences."""
        values = frame.iloc[rows].to_numpy()
        filled = np.where(np.isnan(values), self.typical, values)
        found = [
            booster.predict(filled, pred_contrib=True, num_threads=1)
            for booster in self.boosters[:boosters]
        ]
        return np.asarray(np.mean(found, axis=0), dtype=float)

    def _skills(self, asked: Asked, rows: Ints) -> dict[str, Array]:
        people = self.people
        credit = people.skills.credit[rows]
        everything = asked.skills.essential + asked.skills.trade
        found: dict[str, Array] = {}
        for name, group, held in (
            ("skills_essential", asked.skills.essential, credit),
            ("skills_optional", asked.skills.optional, credit),
            ("skills_trade", asked.skills.trade, credit),
            ("skills_related", everything, people.skills.with_kin[rows]),
            ("education_certified", asked.skills.certified, credit),
        ):
            if group.nnz:
                found[name] = (held @ group.toarray()[0]) / group.data.sum()
        if asked.words.any[0]:
            share = people.words.held[rows] @ asked.words.shares.toarray()[0]
            found["skills_words"] = share.clip(0.0, 1.0)
        return found

    def _experience(self, asked: Asked, rows: Ints) -> dict[str, Array]:
        near, jobs = asked.trade.near[0], self.people.jobs
        done, months = jobs.done[rows], jobs.months[rows]
        held = near[done]
        total, of_family = _months(held, months), _months(asked.trade.kin[0][done], months)
        return {
            "experience_proximity": np.fmax.reduce(held, axis=1),
            "experience_months": 1.0 - np.exp(-total / 24.0),
            "experience_family": 1.0 - np.exp(-of_family / 24.0),
            "experience_required": np.minimum(1.0, total / asked.trade.required[0]),
            "aspirations_proximity": np.fmax.reduce(near[jobs.wanted[rows]], axis=1),
        }

    def _reached(self, asked: Asked, facts: pd.DataFrame) -> dict[str, Array]:
        journeys, work = self.territory.journeys, int(asked.reach.work[0])
        wanted = np.flatnonzero(asked.reach.asked[0] > 0)
        answers = facts[[f"answer_{n}" for n in wanted]]
        found = {"reach_licence": answers.mean(axis=1).to_numpy()}
        if len(wanted) and wanted[-1] == _CAR:
            found["reach_vehicle"] = answers.iloc[:, -1].to_numpy()
        if work < len(journeys.numbers):
            home = facts["home"].to_numpy()
            car, public, km = (
                np.append(table[:, work], np.nan)[home]
                for table in (
                    journeys.minutes[Mode.CAR],
                    journeys.minutes[Mode.PUBLIC_TRANSPORT],
                    journeys.km,
                )
            )
            minutes = np.where(facts["by_car"], car, public)
            found["reach_minutes"] = minutes
            found["reach_stated"] = np.where(facts["stated"], minutes, np.nan)
            found["reach_public"], found["reach_km"] = public, km
        return found


def _months(held: Array, months: Array) -> Array:
    """Months in near jobs, not known where a near one has no dates and no other proves any."""
    closeness = np.where(held >= NEAR, held, 0.0)
    total = np.nansum(months * closeness, axis=1)
    undated = (np.isnan(months) & (closeness > 0)).any(axis=1)
    return np.where(~np.isnan(held).all(axis=1) & ~(undated & (total == 0)), total, np.nan)


def _studied(asked: Asked, given: PersonStudies, facts: pd.DataFrame) -> dict[str, Array]:
    lacking = (asked.studies.level[0] - facts["level"]).clip(lower=0.0)
    found = {"education_level": (1.0 - 0.34 * lacking).clip(0.0, 1.0).to_numpy()}
    weight, columns = asked.studies.weight.data, asked.studies.weight.indices
    if len(columns):
        held = given.speaks[:, columns].toarray()
        answered = (held > 0) | (given.lists[:, None] & (columns != _ITALIAN))
        share = np.minimum(1.0, held / asked.studies.tongue.data)
        total = (answered * weight).sum(axis=1)
        spoken = (answered * weight * share).sum(axis=1)
        found["languages"] = spoken / np.where(total > 0, total, np.nan)
    return found


def _agreed(asked: Asked, facts: pd.DataFrame) -> dict[str, Array]:
    terms = asked.terms
    shifts = [f"shift_{n}" for n in np.flatnonzero(terms.shifts[0] > 0)]
    found: dict[str, Array] = {
        "availability_weekly": (facts["weekly"] / terms.weekly[0]).clip(upper=1.0).to_numpy(),
        "availability_shifts": facts[shifts].mean(axis=1).to_numpy(),
    }
    for name, prefix, flags in (
        ("availability_hours", "hours", terms.hours[0]),
        ("availability_contract", "contract", terms.contracts[0]),
    ):
        if flags.any():
            given = facts[[f"{prefix}_{n}" for n in range(len(flags))]].to_numpy()
            shared = np.where(given @ flags > 0, 1.0, 0.3)
            found[name] = np.where(given.any(axis=1), shared, np.nan)
    need, can = terms.start[0], facts["start"].to_numpy()
    if not np.isnan(need):
        late = np.nan if need == 0.0 else 0.3
        in_time = np.where((can <= need) | (can == 0.0), 1.0, late)
        found["availability_start"] = np.where(np.isnan(can), np.nan, in_time)
    return found


def peer_of(
    people: People,
    *,
    layout: Layout,
    territory: Territory,
    ranker: LambdaRanker,
) -> Peer:
    """The peer's form of a pool: facts as columns of a frame, matrices as SciPy keeps them."""
    terms = people.terms
    answered = np.where(terms.answered > 0, terms.shifts, np.nan)
    facts = pd.DataFrame(
        {
            "level": people.studies.level,
            "home": people.reach.home,
            "by_car": people.reach.by_car,
            "stated": people.reach.stated,
            "weekly": terms.weekly,
            "start": terms.start,
            **{f"answer_{n}": column for n, column in enumerate(people.reach.answers.T)},
            **{f"hours_{n}": column for n, column in enumerate(terms.hours.T)},
            **{f"contract_{n}": column for n, column in enumerate(terms.contracts.T)},
            **{f"shift_{n}": column for n, column in enumerate(answered.T)},
        }
    )
    kept = sparse.csr_array if layout is Layout.CSR else sparse.csc_array
    return Peer(
        layout=layout,
        people=people,
        facts=facts,
        words=kept(people.words.held),
        credit=kept(people.skills.credit),
        territory=territory,
        boosters=tuple(lgb.Booster(model_str=text) for text in parted(ranker.to_text())),
        priors=np.asarray(ranker.priors_, dtype=float),
        typical=np.asarray(ranker.typical_, dtype=float),
    )


def _product(matrix: sparse.csr_array | sparse.csc_array, columns: Ints, weights: Array) -> Array:
    if isinstance(matrix, sparse.csc_array):
        return np.asarray(matrix[:, columns] @ weights, dtype=float)
    vector = np.zeros(matrix.shape[1])
    vector[columns] = weights
    return np.asarray(matrix @ vector, dtype=float)

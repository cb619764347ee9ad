"""From a history to what a model learns from, as known on a day: pairs with grades, and spells.

Nothing later than the day is read: a decision taken afterwards has not happened yet, a spell that
ended afterwards is still open.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

import numpy as np
import numpy.typing as npt
import pandas as pd

from matching.domain import Profile, Situation, Vacancy
from matching.domain.days import MONTH_DAYS
from matching.errors import DataError
from matching.features import FeatureSpace, pair_features
from matching.features.situation import situation_features
from training.history import SITUATION, History

Array = npt.NDArray[np.float64]

_STEPS = ("shown_on", "shortlisted_on", "hired_on")


class Reader(Protocol):
    """Texts to profiles and vacancies, as :class:`matching.service.Service` does it."""

    @property
    def space(self) -> FeatureSpace:
        """What features are computed in."""
        ...

    def person(
        self, person_id: str, text: str, *, as_of: date, comune: str | None = None
    ) -> Profile:
        """The profile in a CV text."""
        ...

    def vacancy(
        self, vacancy_id: str, text: str, *, as_of: date, title: str = "", comune: str | None = None
    ) -> Vacancy:
        """The vacancy in a text."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """People considered for vacancies, row by row.

    ``features`` is a frame of the catalog, indexed by vacancy and person; ``decisions`` has the
    history's columns for the same rows in the same order.
    """

    features: pd.DataFrame
    decisions: pd.DataFrame

    def __len__(self) -> int:
        """Count the pairs."""
        return len(self.decisions)

    @property
    def vacancies(self) -> npt.NDArray[np.object_]:
        """Identifier of the vacancy of each pair."""
        return self.decisions["vacancy_id"].to_numpy(dtype=object)

    def grades(self, known_on: date) -> Array:
        """Grade of each pair as known on a day: 0 not shown, 1 shown, 2 shortlisted, 3 hired."""
        reached = [_by(self.decisions[step], known_on) * n for n, step in enumerate(_STEPS, 1)]
        return np.asarray(np.max(reached, axis=0), dtype=float)

    def where(self, rows: npt.NDArray[np.bool_]) -> "Pairs":
        """The pairs of a mask, in the same order."""
        return Pairs(
            features=self.features[rows], decisions=self.decisions[rows].reset_index(drop=True)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SpellSet:
    """Spells, row by row: covariates at intake, and first and last day seen with what ended it."""

    features: pd.DataFrame
    spells: pd.DataFrame

    def __len__(self) -> int:
        """Count the spells."""
        return len(self.spells)

    def outcomes(self, known_on: date) -> pd.DataFrame:
        """Months seen and event of each spell as known on a day; open ones are censored.

        A month in which something happened counts as a whole one; of a spell still open only
        whole months count.
        """
        intake, closed = self.spells["intake"], self.spells["closed"]
        ended = _by(closed, known_on)
        last = [min(day, known_on) for day in closed]
        days = np.array([(end - start).days for end, start in zip(last, intake, strict=True)])
        event = np.where(ended, self.spells["event"].to_numpy(dtype=object), "censored")
        exits = event != "censored"
        # A day short of a whole month is a rounding of days, not a month less.
        months = np.where(exits, np.ceil(days / MONTH_DAYS).clip(1), (days + 1) // MONTH_DAYS)
        return pd.DataFrame(
            {"months": months.clip(0).astype(int), "event": event}, index=self.features.index
        )

    def where(self, rows: npt.NDArray[np.bool_]) -> "SpellSet":
        """The spells of a mask, in the same order."""
        return SpellSet(
            features=self.features[rows], spells=self.spells[rows].reset_index(drop=True)
        )


def read_pairs(
    history: History,
    reader: Reader,
    people: Mapping[str, Profile],
    vacancies: Mapping[str, Vacancy],
) -> Pairs:
    """Features of every pair of a history, vacancy by vacancy in the order of the decisions.

    Parameters
    ----------
    history
        The hub's past.
    reader
        Says in what space features are computed.
    people, vacancies
        What was read in the texts, by identifier.
    """
    decisions = history.decisions.reset_index(drop=True)
    if decisions.empty:
        raise DataError("The history has no decisions; a ranker has nothing to learn from.")
    frames: list[pd.DataFrame] = []
    rows: list[npt.NDArray[np.intp]] = []
    for vacancy_id, places in decisions.groupby("vacancy_id", sort=False).indices.items():
        pool = [people[str(person)] for person in decisions["person_id"].iloc[places]]
        frames.append(pair_features([vacancies[str(vacancy_id)]], pool, reader.space))
        rows.append(np.asarray(places, dtype=np.intp))
    order = np.concatenate(rows)
    return Pairs(
        features=pd.concat(frames),
        decisions=decisions.iloc[order].reset_index(drop=True),
    )


def considered(history: History) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    """Rows of the people and of the vacancies that were decided on, in the order of the files."""
    return _rows(history.people, history.decisions["person_id"]), _rows(
        history.vacancies, history.decisions["vacancy_id"]
    )


def _rows(table: pd.DataFrame, wanted: "pd.Series[str]") -> list[dict[str, object]]:
    rows = table[table["id"].isin(set(wanted))].to_dict("records")
    return [{str(key): value for key, value in row.items()} for row in rows]


def read_person(reader: Reader, row: Mapping[str, object]) -> Profile:
    """Read the CV of a row, as of the day of intake."""
    return reader.person(
        str(row["id"]), str(row["text"]), as_of=_day(row["intake"]), comune=_comune(row)
    )


def read_vacancy(reader: Reader, row: Mapping[str, object]) -> Vacancy:
    """Read the vacancy of a row, as of the day on which it opens."""
    return reader.vacancy(
        str(row["id"]),
        str(row["text"]),
        title=str(row["title"]),
        as_of=_day(row["opens"]),
        comune=_comune(row),
    )


def spell_set(history: History) -> SpellSet:
    """Covariates and outcome of every spell of a history.

    Raises
    ------
    DataError
        If there is none.
    InputError
        Naming person, field and value of a situation that cannot be.
    """
    spells = history.spells.reset_index(drop=True)
    if spells.empty:
        raise DataError("The history has no spells; a risk model has nothing to learn from.")
    blank = Situation(person_id="")
    situations = [
        replace(blank, person_id=str(row["person_id"]), **{name: row[name] for name in SITUATION})
        for row in spells.to_dict("records")
    ]
    return SpellSet(features=situation_features(situations), spells=spells)


def digest(features: pd.DataFrame, outcomes: pd.DataFrame) -> str:
    """SHA-256 over every row of a data set: features to nine digits, and outcomes."""
    hasher = hashlib.sha256()
    for frame in (features.round(9), outcomes):
        hasher.update(frame.to_csv(lineterminator="\n").encode())
    return hasher.hexdigest()


def _comune(row: Mapping[str, object]) -> str | None:
    return None if row["comune"] is None else str(row["comune"])


def _by(days: "pd.Series[date]", known_on: date) -> npt.NDArray[np.bool_]:
    return np.array([not pd.isna(day) and day <= known_on for day in days], dtype=bool)


def _day(value: object) -> date:
    if not isinstance(value, date):
        raise DataError(f"{value!r} is no day; a history gives days as dates.")
    return value

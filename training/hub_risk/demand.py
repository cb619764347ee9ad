"""The local demand that a history does not state, from its vacancies and the CVs of its people."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt
import pandas as pd

from matching.domain import Profile, Vacancy
from matching.errors import DocumentError
from matching.features.demand import demand_among
from training.dataset import Reader, read_person, read_vacancy
from training.history import History

Rows = list[dict[str, object]]
Watched = Callable[[Rows, str], Iterable[dict[str, object]]]
Days = npt.NDArray[np.object_]

_COLUMN = "local_demand"
_DECIMALS = 6


def unstated(history: History) -> bool:
    """Whether somebody's local demand is not stated, and could be told from vacancies."""
    blank = history.spells[_COLUMN].isna()
    return bool(blank.any()) and len(history.vacancies) > 0


def with_local_demand(
    history: History,
    reader: Reader,
    *,
    minutes: int,
    vacancy_days: int,
    watched: Watched = lambda rows, what: rows,
) -> History:
    """The history with the local demand of each spell's first day, where it was not stated.

    Parameters
    ----------
    history
        The hub's past; what its register states stays.
    reader
        Reads the texts.
    minutes
        The longest journey that is within reach.
    vacancy_days
        For how long after it opened a vacancy counts as open.
    watched
        Shows how far the reading is.

    Returns
    -------
    History
        On the day on which a spell begins everybody searches whose spell lasted then; what is
        not known stays unknown (see :mod:`matching.features.demand`).
    """
    spells = history.spells.reset_index(drop=True)
    wanted = history.people["id"].isin(set(spells["person_id"]))
    profiles = _read_people(_rows(history.people[wanted]), reader, watched)
    vacancies, opened = _read_offers(_rows(history.vacancies), reader, watched)
    nothing = Profile(id="")
    everybody = [profiles.get(str(person), nothing) for person in spells["person_id"]]
    demand = demand_among(everybody, vacancies, space=reader.space, minutes=minutes)
    begins, ends = (spells[name].to_numpy(dtype=object) for name in ("intake", "closed"))
    opens = np.array(opened, dtype=object)
    lasts = opens + timedelta(days=vacancy_days)
    found = list(spells[_COLUMN])
    for row in np.flatnonzero(spells[_COLUMN].isna().to_numpy()):
        day = begins[row]
        searching, is_open = _lasting(begins, ends, day), _lasting(opens, lasts, day)
        value = demand.on(searching, is_open)[row]
        found[row] = None if np.isnan(value) else round(float(value), _DECIMALS)
    return replace(history, spells=spells.assign(**{_COLUMN: pd.Series(found, dtype=object)}))


def _lasting(first: Days, last: Days, day: date) -> npt.NDArray[np.bool_]:
    return np.asarray((first <= day) & (day <= last), dtype=bool)


def _read_people(people: Rows, reader: Reader, watched: Watched) -> dict[str, Profile]:
    found = {}
    for row in watched(people, "Reading CVs"):
        try:
            found[str(row["id"])] = read_person(reader, row)
        except DocumentError:
            # A CV that cannot be read names no trade: the demand for it stays unknown.
            continue
    return found


def _read_offers(
    offers: Rows, reader: Reader, watched: Watched
) -> tuple[list[Vacancy], list[object]]:
    vacancies, opened = [], []
    for row in watched(offers, "Reading vacancies"):
        try:
            vacancies.append(read_vacancy(reader, row))
        except DocumentError:
            continue  # nor does such a vacancy
        opened.append(row["opens"])
    return vacancies, opened


def _rows(table: pd.DataFrame) -> Rows:
    records = table.to_dict("records")
    return [{str(key): value for key, value in row.items()} for row in records]

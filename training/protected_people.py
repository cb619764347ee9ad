"""What a hub knows of the sex, age and citizenship of the people in its history: for the audit.

Beside a history lies ``protected.jsonl``, if the hub wants its model audited by group: a person a
line, ``person_id``, ``sex``, ``birth_year``, ``citizenship_group``, null where not known. Nothing
that makes features can import this module (an import contract); the age reaches a model only where
the territory's policy says so.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from matching.errors import InputError
from matching.models.covariates import Array
from training.history import Row, read_rows, write_rows
from training.synthetic import District

FILE = "protected.jsonl"
AGE = "age"
# Under 30 and from 50 on, other rules and incentives hold.
_BANDS = ((0, "under 30"), (30, "30 to 49"), (50, "50 and over"))
_OLDEST = 110


class _Person(Row):
    person_id: str
    sex: str | None = None
    birth_year: int | None = None
    citizenship_group: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class ProtectedPeople:
    """A row per person: ``sex``, ``birth_year``, ``citizenship_group``, None where not known."""

    table: pd.DataFrame

    def ages(self, spells: pd.DataFrame) -> Array:
        """The age at the start of each spell, in years, NaN where not known.

        Parameters
        ----------
        spells
            ``person_id`` and ``intake``, a row per person. The birthday is not known: who is born
            in a year counts as one year older in each year after it.

        Raises
        ------
        InputError
            For a year of birth that cannot be: after the spell began, or long before.
        """
        born = self._of(spells)["birth_year"]
        ages = [
            np.nan if pd.isna(year) else float(day.year - year)
            for year, day in zip(born, spells["intake"], strict=True)
        ]
        found = np.array(ages, dtype=float)
        if (wrong := np.flatnonzero((found < 0) | (found > _OLDEST))).size:
            person = spells["person_id"].iloc[int(wrong[0])]
            raise InputError(
                f"{FILE}: person_id {person!r} was not born yet when the spell begins, or over "
                f"{_OLDEST} years before; correct the birth_year, or the intake in spells.jsonl."
            )
        return found

    def groups(self, spells: pd.DataFrame) -> pd.DataFrame:
        """The groups of each person, in the order of the spells: columns of texts, None unknown."""
        known = self._of(spells)
        ages = self.ages(spells)
        bands = [
            None if np.isnan(age) else next(name for least, name in _BANDS[::-1] if age >= least)
            for age in ages
        ]
        return pd.DataFrame(
            {
                "sex": known["sex"].to_numpy(dtype=object),
                AGE: np.array(bands, dtype=object),
                "citizenship_group": known["citizenship_group"].to_numpy(dtype=object),
            },
            index=spells.index,
            dtype=object,
        )

    def _of(self, spells: pd.DataFrame) -> pd.DataFrame:
        rows = self.table.set_index("person_id").reindex(spells["person_id"])
        return rows.astype(object).where(rows.notna(), None)


def protected_of(district: District) -> ProtectedPeople:
    """What a synthetic district knows of its people."""
    table = district.protected.rename(
        columns={"id": "person_id", "citizenship": "citizenship_group"}
    )
    return ProtectedPeople(table[list(_Person.model_fields)].astype(object).reset_index(drop=True))


def write_protected(people: ProtectedPeople, folder: Path) -> None:
    """Write the file into the folder of a history."""
    write_rows(people.table, _Person, folder / FILE)


def read_protected(folder: Path) -> ProtectedPeople | None:
    """Read the file of a history; None where there is none.

    Raises
    ------
    InputError
        Naming line and field of a fault, or a person who is there twice.
    """
    path = folder / FILE
    if not path.exists():
        return None
    table = read_rows(path, _Person)
    if (twice := table["person_id"].duplicated()).any():
        raise InputError(
            f"{path}: person_id {table.loc[twice, 'person_id'].iloc[0]!r} is there twice; keep one."
        )
    return ProtectedPeople(table)

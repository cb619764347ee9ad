"""Dwellings as owners offer them, from JSON; what an owner may not ask is refused, with why."""

from dataclasses import fields
from typing import Any

from matching.accompaniment.getting_there import known_place
from matching.accompaniment.json_values import from_json
from matching.domain.housing import Dwelling, OwnerConditions
from matching.errors import InputError
from matching.territory import Territory

_WHY = (
    "Citizenship, origin, religion, family, children, health, disability and where an income comes "
    "from are no grounds on which a home is let here: D.Lgs. 215/2003, art. 3 (access to housing), "
    "D.Lgs. 286/1998, art. 43, L. 67/2006"
)


def read_dwelling(row: dict[str, Any], where: str) -> Dwelling:
    """A dwelling from a JSON object.

    Parameters
    ----------
    row
        The object: fields of :class:`~matching.domain.housing.Dwelling`.
    where
        Stands at the head of a message.

    Raises
    ------
    InputError
        Naming the field: one that is unknown, missing or of another type; a condition of the owner
        that is none of those that may be set; numbers and days that cannot be.
    """
    conditions = row.get("owner")
    if isinstance(conditions, dict):
        allowed = [one.name for one in fields(OwnerConditions)]
        for key in conditions:
            if key not in allowed:
                raise InputError(
                    f"{where}: owner.{key} is no condition that an owner may set here; only "
                    f"{', '.join(allowed)} are. {_WHY}. Remove it."
                )
    dwelling = from_json(Dwelling, row, where)
    _check_numbers(dwelling, where)
    return dwelling


def check_dwelling(dwelling: Dwelling, territory: Territory, where: str) -> None:
    """Refuse a dwelling in a municipality that the territory does not know.

    Raises
    ------
    InputError
        Naming where it stands.
    """
    known_place(dwelling.municipality, territory, f"{where}: municipality")


def _check_numbers(dwelling: Dwelling, where: str) -> None:
    if not dwelling.id.strip():
        raise InputError(f"{where}: id is blank; give the dwelling one.")
    for name in ("floor_m2", "rent_eur"):
        if getattr(dwelling, name) == 0:
            raise InputError(
                f"{where}: {name} is 0; write what it is, or leave it out where it is not known."
            )
    owner = dwelling.owner
    for name in ("most_people", "longest_months"):
        if getattr(owner, name) == 0:
            raise InputError(f"{where}: owner.{name} is 0; write at least 1, or leave it out.")
    ratio = owner.least_income_to_rent
    if ratio is not None and not 0 < ratio < float("inf"):
        raise InputError(
            f"{where}: owner.least_income_to_rent must be above 0: a year's income over a year's "
            "rent; correct it."
        )
    first, last = dwelling.available_from, dwelling.available_to
    if first is not None and last is not None and last < first:
        raise InputError(f"{where}: available_to is before available_from; correct one.")

"""What a territory decides about homes: ``housing.toml``, whose head says what each key means."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from matching.domain.housing import HousingPart
from matching.errors import TerritoryError
from matching.territory.reading import Table, read_toml

_FILE = "housing.toml"


class Covers(StrEnum):
    """Conditions of an owner that a guarantee fund answers for."""

    INCOME_TO_RENT = "income_to_rent"
    GUARANTEE = "guarantee"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """What counts 1 and what counts 0; in between it falls, or rises, evenly."""

    full: float
    zero: float

    def fit(self, value: float) -> float:
        """How well a value suits.

        >>> Scale(full=20, zero=80).fit(35)
        0.75
        """
        return min(1.0, max(0.0, (self.zero - value) / (self.zero - self.full)))


@dataclass(frozen=True, slots=True, kw_only=True)
class HousingPolicy:
    """The whole of ``housing.toml``.

    ``rent`` is in shares of the income, ``size`` in shares of what the size rule asks, ``journey``
    and ``place`` in minutes, ``time`` in days from the home being free to the eviction. ``share``
    is the share of the income that help with the rent aims at. ``expenses`` are the least and most
    a month where an owner does not say them. ``weights`` are of each part.
    """

    valid_from: date
    valid_to: date
    share: float
    rent: Scale
    expenses: tuple[int, int]
    size: Scale
    journey: Scale
    on_foot_within_minutes: float
    time: Scale
    place: Scale
    covers: tuple[Covers, ...]
    weights: Mapping[HousingPart, float]
    reasons: Mapping[str, str]

    def valid_on(self, day: date) -> bool:
        """Whether a day is within the validity."""
        return self.valid_from <= day <= self.valid_to


def find_housing_policy(folder: Path) -> HousingPolicy | None:
    """Read and validate the rules in a territory folder, None where it has no ``housing.toml``.

    Raises
    ------
    TerritoryError
        Naming file, entry, key and value: a file that is not TOML, an unknown, missing or mistyped
        key, a scale that says nothing, a part without a weight, weights that are all 0.
    """
    if not (folder / _FILE).is_file():
        return None
    file = read_toml(folder / _FILE)
    reasons: dict[str, str] = {}
    rent = _entry(file, "rent", reasons)
    size = _entry(file, "size", reasons)
    journey = _entry(file, "journey", reasons)
    time = _entry(file, "time", reasons)
    place = _entry(file, "place", reasons)
    fund = _entry(file, "guarantee_fund", reasons)
    policy = HousingPolicy(
        valid_from=file.day("valid_from"),
        valid_to=file.day("valid_to"),
        share=rent.number("share", least=0.01),
        rent=_scale(rent),
        expenses=_expenses(rent),
        size=_scale(size),
        journey=_scale(journey),
        on_foot_within_minutes=journey.number("on_foot_within_minutes", least=0),
        time=_scale(time),
        place=_scale(place),
        covers=fund.choices("covers", Covers, may_be_empty=True),
        weights=_weights(file, reasons),
        reasons=reasons,
    )
    for table in (rent, size, journey, time, place, fund, file):
        table.finish()
    if policy.valid_to < policy.valid_from:
        raise TerritoryError(
            f"{file.where}: valid_to = {policy.valid_to} is before valid_from = "
            f"{policy.valid_from}; correct one"
        )
    return policy


def _entry(file: Table, key: str, reasons: dict[str, str]) -> Table:
    table = file.table(key)
    reasons[key] = table.text("reason")
    return table


def _scale(table: Table) -> Scale:
    scale = Scale(full=table.number("full", least=-366), zero=table.number("zero", least=-366))
    if scale.full == scale.zero:
        raise TerritoryError(
            f"{table.where}: full = zero = {scale.full:g}; write two numbers that differ"
        )
    return scale


def _expenses(table: Table) -> tuple[int, int]:
    least = table.whole("expenses_least_eur", least=0)
    most = table.whole("expenses_most_eur", least=0)
    if most < least:
        raise TerritoryError(
            f"{table.where}: expenses_most_eur = {most} is below expenses_least_eur = {least}; "
            "correct one"
        )
    return least, most


def _weights(file: Table, reasons: dict[str, str]) -> dict[HousingPart, float]:
    weights: dict[HousingPart, float] = {}
    for item in file.tables("weight"):
        part = item.choice("part", HousingPart)
        if part in weights:
            raise TerritoryError(
                f"{item.where}: part {part.value!r} has a weight already; keep one"
            )
        weights[part] = item.number("weight", least=0)
        reasons[f"weight.{part}"] = item.text("reason")
        item.finish()
    for part in HousingPart:
        if part not in weights:
            raise TerritoryError(f"{file.where}: no [[weight]] of part = {part.value!r}; add it")
    if not any(weights.values()):
        raise TerritoryError(f"{file.where}: every weight is 0; give one of them at least")
    return weights

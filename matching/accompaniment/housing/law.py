"""How large a dwelling must be for so many people, from ``data/rules/dwellings.toml``."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from matching.accompaniment.rules import Truth
from matching.errors import DataError, TerritoryError
from matching.territory.reading import Table, read_toml

_FILE = "dwellings.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class SingleRoom:
    """Square metres of a dwelling of one room; down to ``perhaps`` it is to check."""

    m2: int
    perhaps: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SizeRule:
    """Habitable square metres by people, with the law; ``single_room`` is by people, too."""

    id: str
    law: str
    source: str
    checked: date
    verified: bool
    valid_from: date
    valid_to: date | None
    first_people: int
    m2_first: int
    m2_further: int
    single_room: Mapping[int, SingleRoom]

    def valid_on(self, day: date) -> bool:
        """Whether the rule holds on a day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def needed(self, people: int) -> int:
        """Square metres for so many people, in a dwelling of more than one room."""
        first = min(people, self.first_people)
        return first * self.m2_first + (people - first) * self.m2_further

    def large_enough(self, people: int, floor_m2: int | None, bedrooms: int | None) -> Truth:
        """Whether a dwelling is large enough, as far as its surface and rooms are known."""
        if floor_m2 is None:
            return Truth.UNKNOWN
        several = Truth.HOLDS if floor_m2 >= self.needed(people) else Truth.FAILS
        if bedrooms is not None and bedrooms > 0:
            return several
        single = self._single_room(people, floor_m2)
        if bedrooms == 0:
            return single
        return several if several is single else Truth.UNKNOWN

    def _single_room(self, people: int, floor_m2: int) -> Truth:
        room = self.single_room.get(people)
        if room is None:
            return Truth.FAILS
        if floor_m2 >= room.m2:
            return Truth.HOLDS
        return Truth.UNKNOWN if floor_m2 >= room.perhaps else Truth.FAILS


def load_size_rules(folder: Path) -> tuple[SizeRule, ...]:
    """Read ``dwellings.toml`` of a rules folder.

    Raises
    ------
    DataError
        Naming file, entry, key and value: a file that is missing or not TOML, an unknown, missing
        or mistyped key, an end before its beginning, a single room given twice.
    """
    try:
        return _read(read_toml(folder / _FILE))
    except TerritoryError as error:
        # Tables are read as those of a territory are; what is wrong here is no territory.
        raise DataError(str(error)) from error


def size_rule(rules: tuple[SizeRule, ...], as_of: date) -> SizeRule | None:
    """The rule that holds on a day, the latest of several; None where none does."""
    valid = [rule for rule in rules if rule.valid_on(as_of)]
    return max(valid, key=lambda rule: rule.valid_from, default=None)


def _read(file: Table) -> tuple[SizeRule, ...]:
    checked = file.day("checked")
    rules = tuple(_rule(table, checked) for table in file.tables("size"))
    file.finish()
    return rules


def _rule(table: Table, checked: date) -> SizeRule:
    rule = SizeRule(
        id=table.text("id"),
        law=table.text("law"),
        source=table.text("source"),
        checked=checked,
        verified=table.flag("verified"),
        valid_from=table.day("valid_from"),
        valid_to=table.day("valid_to") if "valid_to" in table.values else None,
        first_people=table.whole("first_people"),
        m2_first=table.whole("m2_first"),
        m2_further=table.whole("m2_further"),
        single_room=_single_rooms(table),
    )
    table.finish()
    if rule.valid_to is not None and rule.valid_to < rule.valid_from:
        raise DataError(
            f"{table.where}: valid_to = {rule.valid_to} is before valid_from = {rule.valid_from}; "
            "correct one"
        )
    return rule


def _single_rooms(table: Table) -> dict[int, SingleRoom]:
    rooms: dict[int, SingleRoom] = {}
    for item in table.tables("single_room", optional=True):
        people = item.whole("people")
        if people in rooms:
            raise DataError(f"{item.where}: people = {people} is given twice; keep one")
        m2 = item.whole("m2")
        perhaps = item.whole("perhaps") if "perhaps" in item.values else m2
        item.finish()
        if perhaps > m2:
            raise DataError(f"{item.where}: perhaps = {perhaps} is over m2 = {m2}; correct one")
        rooms[people] = SingleRoom(m2=m2, perhaps=perhaps)
    return rooms

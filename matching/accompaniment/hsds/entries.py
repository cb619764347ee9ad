"""One service, or one provider, of a file: its fields, and what is wrong with it or missing."""

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar

from matching.accompaniment.hsds.asked import asked_fields
from matching.accompaniment.hsds.drafts import Draft
from matching.accompaniment.hsds.findings import Problem
from matching.accompaniment.hsds.index import Coded, Index
from matching.accompaniment.hsds.tables import Record
from matching.accompaniment.hsds.vocabulary import ISTAT, Held, Scheme
from matching.accompaniment.hsds.world import World, day_of, slug_of, whole_of
from matching.domain import Band, Difficulty, Grade, Measure, Need, Payer, Weekday
from matching.domain.reach import Barrier

_Code = TypeVar("_Code", Measure, Need, Payer, Grade, Band, Barrier, Difficulty)

_FLAGS = {"true": True, "false": False}
_DAYS = {day[:2].upper(): day for day in Weekday}
_NOON, _SIX = 13, 18  # from which hour it is afternoon, and evening


class Entry:
    """The fields of one row, as they are found.

    ``ours`` is whether it was exported from here: then nothing may be missing.
    """

    def __init__(self, row: Record, index: Index, world: World) -> None:
        self.row = row
        self.index = index
        self.world = world
        self.code = row.cell("id")
        self.ours = self.held(Held.SLUG) is not None
        self.values: dict[str, Any] = {}
        self.missing: list[str] = []

    def held(self, name: Held) -> Coded | None:
        """The attribute that holds a field."""
        return self.index.held(self.row.table, self.code, name)

    def put(self, field: str, value: object | None) -> None:
        """Keep a field, or note that it is not known."""
        if value is None:
            self.lacks(field)
        else:
            self.values[field] = value

    def lacks(self, field: str, value: str = "") -> None:
        """Note that a field is not known: an error in what was exported from here."""
        if self.ours:
            self.index.error(self.row, field, Problem.MISSING, value)
        else:
            self.missing.append(field)
            self.index.to_complete(self.row, field, value)

    def text(self, name: Held) -> str | None:
        """A text that an attribute holds."""
        coded = self.held(name)
        return coded.value if coded is not None and coded.value.strip() else None

    def number(self, name: Held) -> int | None:
        """A whole number that an attribute holds."""
        coded = self.held(name)
        if coded is None:
            return None
        found = whole_of(coded.value.strip())
        if found is None:
            self.index.error(coded.row, name, Problem.NO_NUMBER, coded.value)
            return 0
        return found

    def flag(self, name: Held) -> bool | None:
        """True or false, as an attribute holds it."""
        coded = self.held(name)
        if coded is None:
            return None
        if coded.value not in _FLAGS:
            self.index.error(coded.row, name, Problem.UNKNOWN_CODE, coded.value)
        return _FLAGS.get(coded.value, False)

    def codes(self, scheme: Scheme, kind: type[_Code], link_type: str) -> tuple[_Code, ...]:
        """The codes of a taxonomy; unknown ones were noted when the rows were put in order."""
        found = self.index.coded(self.row.table, self.code, scheme, link_type)
        return tuple(kind(one.code) for one in found if one.code in list(kind))

    def one(self, scheme: Scheme, kind: type[_Code], link_type: str) -> _Code | None:
        """The one code of a taxonomy."""
        found = self.index.coded(self.row.table, self.code, scheme, link_type)
        if len(found) > 1:
            self.index.error(found[1].row, link_type, Problem.REPEATED, found[1].code)
        codes = self.codes(scheme, kind, link_type)
        # An unknown code is an error already; it is not missing besides.
        return codes[0] if codes else (list(kind)[0] if found else None)


def provider_draft(row: Record, index: Index, world: World, taken: set[str]) -> Draft:
    """A provider; errors are noted in the index."""
    entry = Entry(row, index, world)
    slug = _slug(entry, taken, "ente")
    entry.values |= {"slug": slug, "name": row.raw("name")}
    entry.put("kind", entry.text(Held.KIND))
    places = index.part("location", entry.code)
    entry.put("municipality", place_of(places[0], entry) if places else None)
    entry.put("example", entry.flag(Held.EXAMPLE) if entry.ours else False)
    return Draft(slug=slug, values=entry.values, missing=tuple(entry.missing))


def service_draft(
    row: Record, index: Index, world: World, providers: Mapping[str, Draft], taken: set[str]
) -> Draft:
    """A service; errors are noted in the index."""
    entry = Entry(row, index, world)
    slug = _slug(entry, taken, "servizio")
    provider = providers.get(row.cell("organization_id"))
    if provider is None and row.cell("organization_id"):
        index.error(row, "organization_id", Problem.UNKNOWN_REFERENCE, row.cell("organization_id"))
    entry.values |= {"slug": slug, "name": row.raw("name")}
    entry.values["provider"] = "" if provider is None else provider.slug
    entry.put("description", row.raw("description") or None)
    _coded(entry)
    _times(entry)
    _costs(entry)
    _places(entry)
    entry.values |= asked_fields(row, index, world, ours=entry.ours)
    _texts(entry)
    return Draft(slug=slug, values=entry.values, missing=tuple(entry.missing))


def place_of(location: Record, entry: Entry) -> str | None:
    """The municipality of a location: by ISTAT code, by city, by name."""
    code, world = location.cell("external_identifier"), entry.world
    if code in world.places:
        return code
    if location.cell("external_identifier_type") == ISTAT:
        entry.index.error(location, "external_identifier", Problem.UNKNOWN_PLACE, code)
        entry.index.broken.add(entry.row)
        return ""
    cities = [one.cell("city") for one in entry.index.part("address", location.cell("id"))]
    for name in (*cities, location.cell("name")):
        if (found := world.place_called(name)) is not None:
            return found
    return None


def _slug(entry: Entry, taken: set[str], otherwise: str) -> str:
    held = entry.held(Held.SLUG)
    if held is not None:
        if held.value in taken:
            entry.index.error(held.row, Held.SLUG, Problem.REPEATED, held.value)
        if not held.value.strip():
            entry.index.error(held.row, Held.SLUG, Problem.MISSING)
        taken.add(held.value)
        return held.value
    slug = slug_of(entry.row.cell("name"), taken, otherwise)
    taken.add(slug)
    return slug


def _coded(entry: Entry) -> None:
    entry.put("measure", entry.one(Scheme.MEASURE, Measure, "measure"))
    needs = entry.codes(Scheme.NEED, Need, "need")
    entry.put("needs", needs if needs or entry.ours else None)
    entry.values["lifts"] = entry.codes(Scheme.BARRIER, Barrier, "lifts")
    entry.values["eases"] = entry.codes(Scheme.DIFFICULTY, Difficulty, "eases")
    for link_type in ("teaches", "requires"):
        found = entry.index.coded("service", entry.code, Scheme.SKILL, link_type)
        for one in found:
            if one.code not in entry.world.skills:
                entry.index.error(one.row, link_type, Problem.UNKNOWN_SKILL, one.code)
        entry.values[link_type] = tuple(one.code for one in found)
    entry.put("grade", entry.one(Scheme.GRADE, Grade, "effect_grade"))
    for name in (Held.HOURS, Held.SEATS, Held.LEAD_DAYS):
        entry.put(name.value, entry.number(name))
    entry.values["wait_days"] = entry.number(Held.WAIT_DAYS)


def _times(entry: Entry) -> None:
    """Editions, days and times; of others only what is still to come is an edition."""
    starts: list[date] = []
    days: list[Weekday] = []
    bands: list[Band] = []
    for row in entry.index.part("schedule", entry.code):
        if text := row.cell("dtstart"):
            start = day_of(text)
            if start is None:
                entry.index.error(row, "dtstart", Problem.NO_DATE, text)
            elif entry.ours or start >= entry.world.as_of:
                starts.append(start)
        found = _weekdays(row, entry)
        days += [day for day in found if day not in days]
        bands += [band for band in _hours(row, found) if band not in bands]
    entry.values["starts"] = tuple(starts)
    entry.values["weekdays"] = tuple(days)
    own = entry.codes(Scheme.BAND, Band, "time_band")
    entry.values["bands"] = own if entry.ours else tuple(bands)


def _weekdays(row: Record, entry: Entry) -> list[Weekday]:
    found: list[Weekday] = []
    for part in filter(None, (part.strip() for part in row.cell("byday").split(","))):
        day = _DAYS.get(part.lstrip("+-0123456789").upper())  # 2MO is the second Monday
        if day is None:
            entry.index.error(row, "byday", Problem.UNKNOWN_CODE, part)
        else:
            found.append(day)
    return found


def _hours(row: Record, days: list[Weekday]) -> list[Band]:
    bands = [Band.WEEKEND] if {Weekday.SAT, Weekday.SUN} & set(days) else []
    opens = row.cell("opens_at")[:2]
    if not opens.isdecimal() or not set(days) - {Weekday.SAT, Weekday.SUN}:
        return bands
    hour = int(opens)
    band = Band.MORNING if hour < _NOON else Band.AFTERNOON if hour < _SIX else Band.EVENING
    return [band, *bands]


def _costs(entry: Entry) -> None:
    """Who pays; of others' services a price is what the person pays, told among the conditions."""
    cost, payer = entry.number(Held.COST_EUR), entry.one(Scheme.PAYER, Payer, "paid_by")
    for row in entry.index.part("cost_option", entry.code):
        amount = row.cell("amount")
        whole = amount.replace(".", "", 1)
        if amount and not (whole.isascii() and whole.isdecimal()):
            entry.index.error(row, "amount", Problem.NO_NUMBER, amount)
        elif amount and not entry.ours:
            cost = 0
            payer = Payer.PERSON if float(amount) > 0 else payer
    entry.put("cost_eur", cost)
    entry.put("paid_by", payer)
    if entry.ours and payer is not None and (cost or 0) > 0 and payer is not Payer.FUND:
        entry.index.error(entry.row, "cost_eur", Problem.DISAGREES, f"{cost}, {payer}")
    if entry.ours and payer is Payer.FUND and cost == 0:
        entry.index.error(entry.row, "cost_eur", Problem.DISAGREES, f"{cost}, {payer}")


def _places(entry: Entry) -> None:
    found: list[str] = []
    virtual = False
    for row in entry.index.part("service_at_location", entry.code):
        location = entry.index.rows.get(("location", row.cell("location_id")))
        if location is None:
            entry.index.error(
                row, "location_id", Problem.UNKNOWN_REFERENCE, row.cell("location_id")
            )
            continue
        virtual = virtual or location.cell("location_type") == "virtual"
        place = place_of(location, entry)
        if place is None and location.cell("location_type") != "virtual":
            entry.index.lost(location, "name", Problem.UNKNOWN_PLACE, location.cell("name"))
        elif place and found and place not in found:
            entry.index.lost(row, "location_id", Problem.REPEATED, location.cell("name"))
        elif place is not None:
            found.append(place)
    entry.put("place", found[0] if found else None)
    entry.put("remote", entry.flag(Held.REMOTE) if entry.ours else virtual)


def _texts(entry: Entry) -> None:
    row = entry.row
    if entry.ours:
        held = entry.index.coded("service", entry.code, Scheme.FIELD)
        conditions = [one.value for one in held if one.code == Held.CONDITION]
    else:
        conditions = [
            row.cell(column)
            for column in (
                "eligibility_description",
                "application_process",
                "fees_description",
                "interpretation_services",
                "alert",
            )
            if row.cell(column)
        ]
        conditions += [_price(one) for one in entry.index.part("cost_option", entry.code)]
    entry.values["conditions"] = tuple(text for text in conditions if text.strip())
    entry.put("changes", entry.text(Held.CHANGES))
    entry.put(
        "source", entry.text(Held.SOURCE) if entry.ours else f"HSDS, {row.file}, {entry.code}"
    )
    entry.put("example", entry.flag(Held.EXAMPLE) if entry.ours else False)


def _price(row: Record) -> str:
    parts = ("amount", "currency", "option", "amount_description")
    return " ".join(row.cell(part) for part in parts if row.cell(part))

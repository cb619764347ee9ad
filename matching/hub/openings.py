"""The open vacancies of a hub on a day, read once and kept until one of them changes."""

import operator
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import sqlalchemy as sa

from matching.domain import LeftOut, Vacancy
from matching.hub.revisions import VACANCIES, revision
from matching.hub.vacancies import OPEN, KeptVacancy, kept_vacancy
from matching.service import Service
from matching.service.offers import Offers
from matching.store import Work
from matching.store.sealing import digest
from matching.store.tables import vacancies
from matching.upkeep.staleness import Opening, deadline_of, still_here, vacancies_left_out

_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Openings:
    """Vacancies that people are ranked for, and those whose time is over, which is said.

    ``number`` is of the hub's vacancies, as they were read: see :func:`as_they_were`. ``inputs`` is
    what a result that was computed from them notes: each with its version and text.
    """

    number: int
    as_of: date
    offers: Offers = field(repr=False)
    left_out: tuple[LeftOut, ...]
    inputs: Sequence[tuple[str, int, str]] = field(repr=False)


@dataclass
class OpeningsByHub:
    """The openings of a process, a day's for each hub. What did not change is not read again."""

    service: Service
    _openings: dict[str, Openings] = field(default_factory=dict, repr=False)
    _read: dict[str, dict[str, KeptVacancy]] = field(default_factory=dict, repr=False)
    _turn: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def of(self, work: Work, hub: str, as_of: date) -> Openings:
        """The openings of a hub on a day, as they are in this transaction, or were read since.

        Raises
        ------
        UnknownError
            For a hub that the actor may not see.
        """
        with self._turn:
            number = revision(work, hub, VACANCIES)
            held = self._openings.get(hub)
            if held is not None and held.as_of == as_of and held.number >= number:
                return held
            read = _read_open(work, hub, self._read.get(hub, {}))
            made = self._made(read, as_of, number, held)
            if not work.changed:
                # What this transaction did itself may yet be undone: nobody else is given that.
                self._openings[hub], self._read[hub] = made, read
            return made

    def _made(
        self, read: dict[str, KeptVacancy], as_of: date, number: int, before: Openings | None
    ) -> Openings:
        there = [one for one in read.values() if one.opened_on <= as_of]
        dated = [
            Opening(
                id=one.id,
                opened=one.opened_on,
                deadline=one.expires_on or deadline_of(one.vacancy.facts, one.opened_on),
            )
            for one in there
        ]
        gone = vacancies_left_out(
            dated, limits=self.service.territory.limits, as_of=as_of, wording=self.service.wording
        )
        still = still_here(there, gone)
        return Openings(
            number=number,
            as_of=as_of,
            offers=self._offers([one.vacancy for one in still], as_of, before),
            left_out=gone,
            inputs=tuple((one.id, one.version, digest(one.text.encode())) for one in still),
        )

    def _offers(self, those: Sequence[Vacancy], as_of: date, before: Openings | None) -> Offers:
        # One whose time is over, or has not come, changes nothing of what is compared.
        if before is not None and before.as_of == as_of:
            held = before.offers.vacancies
            if len(held) == len(those) and all(map(operator.is_, held, those)):
                return before.offers
        return self.service.matcher.offers(those, as_of=as_of)


def _read_open(work: Work, hub: str, before: dict[str, KeptVacancy]) -> dict[str, KeptVacancy]:
    """The open vacancies of a hub by id, of which only those that changed are read and parsed."""
    is_open: list[sa.ColumnElement[bool]] = [vacancies.c.hub == hub, vacancies.c.state == OPEN]
    columns = [vacancies.c.id, vacancies.c.version]
    versions = {
        row.id: row.version
        for row in work.rows(vacancies, *is_open, columns=columns, order=[vacancies.c.id])
    }
    read = {
        vacancy_id: before[vacancy_id]
        for vacancy_id, version in versions.items()
        if vacancy_id in before and before[vacancy_id].version == version
    }
    missing = [vacancy_id for vacancy_id in versions if vacancy_id not in read]
    for start in range(0, len(missing), _AT_ONCE):
        some = missing[start : start + _AT_ONCE]
        for row in work.rows(vacancies, *is_open, vacancies.c.id.in_(some)):
            read[row.id] = kept_vacancy(row)
    # In their order; one that was closed while they were read is not there any more.
    return {vacancy_id: read[vacancy_id] for vacancy_id in versions if vacancy_id in read}


def as_they_were(work: Work, hub: str, openings: Openings) -> bool:
    """Whether no vacancy of the hub has changed since."""
    return revision(work, hub, VACANCIES) == openings.number

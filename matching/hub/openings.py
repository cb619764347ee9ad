"""The open vacancies of a hub on a day, and those that left since."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from matching.domain import LeftOut, Vacancy
from matching.hub.revisions import VACANCIES, revision
from matching.hub.vacancies import OPEN, KeptVacancy, kept_vacancy
from matching.service import Service
from matching.store import Work
from matching.store.sealing import digest
from matching.store.tables import vacancies
from matching.upkeep.staleness import Opening, deadline_of, still_here, vacancies_left_out


@dataclass(frozen=True, slots=True, kw_only=True)
class Openings:
    """Vacancies that people are ranked for, and those whose time is over, which is said.

    ``number`` is of the hub's vacancies, as they were read: see :func:`as_they_were`.
    """

    number: int
    kept: Sequence[KeptVacancy] = field(repr=False)
    open: Sequence[Vacancy] = field(repr=False)
    left_out: tuple[LeftOut, ...]

    def inputs(self) -> list[list[object]]:
        """What a result that was computed from them notes: each with its version and text."""
        there = {one.id for one in self.open}
        return [
            [one.id, one.version, digest(one.text.encode())] for one in self.kept if one.id in there
        ]


def openings(work: Work, hub: str, service: Service, as_of: date) -> Openings:
    """The vacancies of a hub that are open on a day."""
    number = revision(work, hub, VACANCIES)
    rows = work.rows(
        vacancies, vacancies.c.hub == hub, vacancies.c.state == OPEN, order=[vacancies.c.id]
    )
    kept = [kept_vacancy(row) for row in rows if row.opened_on <= as_of]
    dated = [
        Opening(
            id=one.id,
            opened=one.opened_on,
            deadline=one.expires_on or deadline_of(one.vacancy.facts, one.opened_on),
        )
        for one in kept
    ]
    gone = vacancies_left_out(
        dated, limits=service.territory.limits, as_of=as_of, wording=service.wording
    )
    every = [one.vacancy for one in kept]
    return Openings(number=number, kept=kept, open=still_here(every, gone), left_out=gone)


def as_they_were(work: Work, hub: str, offers: Openings) -> bool:
    """Whether no vacancy of the hub has changed since."""
    return revision(work, hub, VACANCIES) == offers.number

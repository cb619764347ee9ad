"""How much an entry of the catalogue says: ten criteria, each met, not met, or not applicable.

The score is the share of the applicable criteria that are met. It says how useful the entry is to
whoever has to propose the service, and nothing of how good the service is; no order, filter or
plan reads it.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from matching.accompaniment.catalogue import Catalogue, Service
from matching.domain import Freshness, Measure

_ENOUGH = 60  # characters of a description that says more than a name
_TEACHING = (Measure.COURSE, Measure.CERTIFICATE)


class Criterion(StrEnum):
    """What an entry should say."""

    DESCRIPTION = "description"
    NEEDS = "needs"
    SKILLS = "skills"
    AUDIENCE = "audience"
    DOCUMENTS = "documents"
    AREA = "area"
    TIMES = "times"
    START = "start"
    CONTACT = "contact"
    FRESHNESS = "freshness"


class Mark(StrEnum):
    """What became of a criterion."""

    MET = "met"
    NOT_MET = "not_met"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """The ten criteria of one service, on a day."""

    service: str
    marks: Mapping[Criterion, Mark]

    @property
    def score(self) -> float | None:
        """Share of the applicable criteria that are met; None where none is applicable."""
        found = Counter(self.marks.values())
        applicable = found[Mark.MET] + found[Mark.NOT_MET]
        return found[Mark.MET] / applicable if applicable else None

    @property
    def to_do(self) -> tuple[Criterion, ...]:
        """What the entry should say, and does not."""
        return tuple(one for one, mark in self.marks.items() if mark is Mark.NOT_MET)


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The catalogue at large: mean score, services by what they do not say, and by freshness."""

    services: int
    score: float | None
    not_met: Mapping[Criterion, int]
    freshness: Mapping[Freshness, int]


def quality(service: Service, *, as_of: date, months: int | None) -> Quality:
    """The ten criteria of a service.

    =============  ===============================================================================
    description    at least sixty characters, and more than the name
    needs          at least one need is coded
    skills         what is taught is coded; applicable to courses and certificates
    audience       whom it is for, or for what ages, is coded; ``everyone`` where nothing is asked
    documents      what to bring is coded; ``nothing`` where nothing is asked
    area           for people of which places it is
    times          days and parts of the day; not applicable to what takes no hours
    start          an edition still to come, or the wait for a seat
    contact        at least one way to ask for it
    freshness      confirmed in the last ``months``; ever, where the territory sets no limit
    =============  ===============================================================================
    """
    fresh = service.freshness(as_of, months) is Freshness.FRESH
    described = service.description.strip()
    found: dict[Criterion, bool | None] = {
        Criterion.DESCRIPTION: len(described) >= _ENOUGH and described != service.name,
        Criterion.NEEDS: bool(service.needs),
        Criterion.SKILLS: bool(service.teaches) if service.measure in _TEACHING else None,
        Criterion.AUDIENCE: bool(service.audiences) or _ages(service),
        Criterion.DOCUMENTS: bool(service.documents),
        Criterion.AREA: bool(service.area),
        Criterion.TIMES: bool(service.weekdays and service.bands) if service.hours else None,
        Criterion.START: service.wait_days is not None or service.next_start(as_of) is not None,
        Criterion.CONTACT: bool(service.contacts),
        Criterion.FRESHNESS: fresh,
    }
    return Quality(
        service=service.slug,
        marks=MappingProxyType({one: _mark(found[one]) for one in Criterion}),
    )


def summary(catalogue: Catalogue, *, as_of: date, months: int | None) -> Summary:
    """The quality of a whole catalogue on a day; criteria that all meet are not listed."""
    found = [quality(one, as_of=as_of, months=months) for one in catalogue.services]
    scores = [one.score for one in found if one.score is not None]
    missing = Counter(criterion for one in found for criterion in one.to_do)
    fresh = Counter(service.freshness(as_of, months) for service in catalogue.services)
    return Summary(
        services=len(found),
        score=sum(scores) / len(scores) if scores else None,
        not_met={one: missing[one] for one in Criterion if missing[one]},
        freshness={one: fresh[one] for one in Freshness if fresh[one]},
    )


def _ages(service: Service) -> bool:
    return service.min_age is not None or service.max_age is not None


def _mark(met: bool | None) -> Mark:
    if met is None:
        return Mark.NOT_APPLICABLE
    return Mark.MET if met else Mark.NOT_MET

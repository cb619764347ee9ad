"""What is to be known of a file of scores before it is used, said beside it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from matching.cli.shortlist_screen import weight_lines
from matching.domain import Dimension, Vacancy, Weighting
from matching.ranking.reserved import is_reserved, referral
from matching.service import Service
from matching.upkeep.staleness import Opening, deadline_of, vacancies_left_out

_SHOWN = 10


def rank_notes(service: Service, vacancies: Sequence[Vacancy], *, as_of: date) -> Iterator[str]:
    """Yield what is said of vacancies that are reserved by L. 68/99, or past their deadline.

    All of them keep their rows. Rows have no opening date, so that a deadline without a year is
    not known, and a vacancy without one never becomes stale.
    """
    say, wording = service.wording.say, service.wording
    reserved = [vacancy.id for vacancy in vacancies if is_reserved(vacancy)]
    if reserved:
        listed = wording.list(reserved, most=_SHOWN)
        yield say("screen.rank_reserved", count=len(reserved), list=listed)
        yield referral(service.territory, wording)
    openings = [Opening(id=one.id, deadline=deadline_of(one.facts, None)) for one in vacancies]
    late = vacancies_left_out(
        openings, limits=service.territory.limits, as_of=as_of, wording=wording
    )
    if late:
        yield say("screen.rank_late", count=len(late), date=as_of)
        yield from (f"- {one.id}: {one.text}" for one in late[:_SHOWN])
        if len(late) > _SHOWN:
            yield say("screen.rank_more", count=len(late) - _SHOWN)


def weight_notes(
    service: Service, vacancies: Sequence[Vacancy], weights: Mapping[Dimension, float]
) -> Iterator[str]:
    """Yield what weights apply, and to which vacancies where they are not the same for all.

    Raises
    ------
    InputError
        Naming a vacancy of which nothing that it asks for would count.
    """
    wording = service.wording
    alike: dict[tuple[float, ...], list[str]] = {}
    applied: dict[tuple[float, ...], Weighting] = {}
    for vacancy_id, weighting in service.weightings(vacancies, weights).items():
        key = tuple(weighting.applied[dimension] for dimension in Dimension)
        applied[key] = weighting
        alike.setdefault(key, []).append(vacancy_id)
    for key, ids in alike.items():
        said = " ".join(weight_lines(applied[key], wording))
        if len(alike) == 1:
            yield said
        else:
            listed = wording.list(ids, most=_SHOWN)
            yield wording.say("screen.rank_weights", count=len(ids), list=listed, said=said)

"""What is missing: needs that no service answers, vacancies that nobody fits, by place.

It tells whoever makes services what to make. Nobody's plan is narrowed by it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from matching.domain import Need, Plan, PlanState, Shortlist, State
from matching.domain.outcomes import UnfilledVacancy, UnmetNeed
from matching.territory import Territory


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """A need or a skill that no service answers, in a municipality: for whom.

    ``municipality`` is an ISTAT code and ``ambito`` its own, None where they are not known, or are
    of elsewhere. ``people`` are the persons, each once.
    """

    need: Need | None
    skill: str | None
    municipality: str | None
    ambito: str | None
    people: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfilled:
    """Vacancies of an occupation (ISCO code) in a municipality that nobody of the pool fits."""

    occupation: str | None
    municipality: str | None
    ambito: str | None
    vacancies: frozenset[str]


def unmet_of_plan(plan: Plan, *, municipality: str | None) -> Iterator[UnmetNeed]:
    """What a proposed plan has no service for. Without a catalogue nothing is known to be missing.

    Skills are named as the plan does.
    """
    if plan.state is not PlanState.OK:
        return
    for need in plan.without_needs:
        yield UnmetNeed(
            person_id=plan.person_id, on=plan.as_of, municipality=municipality, need=need
        )
    for skill in plan.without_skills:
        yield UnmetNeed(
            person_id=plan.person_id, on=plan.as_of, municipality=municipality, skill=skill
        )


def unfilled_of_shortlist(
    shortlist: Shortlist,
    *,
    suits: Iterable[str],
    municipality: str | None,
    occupation: str | None = None,
) -> UnfilledVacancy | None:
    """The vacancy, where nobody of the pool fits it; None where somebody does or might.

    Parameters
    ----------
    shortlist
        Of the whole pool. A vacancy reserved by L. 68/99, for which nobody is ranked here, is not
        one that nobody fits; nor is one of which too little is known to judge.
    suits
        Persons whom it suits, by the territory's rule of what is within reach
        (:mod:`matching.accompaniment.reach_gain`).
    municipality, occupation
        Where it is (ISTAT code), and what (ISCO code).
    """
    if shortlist.reserved:
        return None
    suited = frozenset(suits)
    for match in shortlist.matches:
        if match.person_id in suited or match.state is State.NOT_ENOUGH_DATA:
            return None
    return UnfilledVacancy(
        vacancy_id=shortlist.vacancy.id,
        on=shortlist.as_of,
        municipality=municipality,
        occupation=occupation,
        considered=len(shortlist.matches),
    )


def missing(rows: Iterable[UnmetNeed], territory: Territory) -> tuple[Missing, ...]:
    """The register of needs and skills without a service, what concerns most people first."""
    people: dict[tuple[Need | None, str | None, str | None], set[str]] = {}
    for one in rows:
        people.setdefault((one.need, one.skill, one.municipality), set()).add(one.person_id)
    found = [
        Missing(
            need=need,
            skill=skill,
            municipality=place,
            ambito=ambito_of(place, territory),
            people=frozenset(persons),
        )
        for (need, skill, place), persons in people.items()
    ]
    return tuple(
        sorted(
            found,
            key=lambda one: (
                -len(one.people),
                one.need or "",
                one.skill or "",
                one.municipality or "",
            ),
        )
    )


def unfilled(rows: Iterable[UnfilledVacancy], territory: Territory) -> tuple[Unfilled, ...]:
    """The register of vacancies that nobody fits, the most first. A vacancy counts once."""
    latest: Mapping[str, UnfilledVacancy] = {
        one.vacancy_id: one for one in sorted(rows, key=lambda one: one.on)
    }
    vacancies: dict[tuple[str | None, str | None], set[str]] = {}
    for one in latest.values():
        vacancies.setdefault((one.occupation, one.municipality), set()).add(one.vacancy_id)
    found = [
        Unfilled(
            occupation=occupation,
            municipality=place,
            ambito=ambito_of(place, territory),
            vacancies=frozenset(ids),
        )
        for (occupation, place), ids in vacancies.items()
    ]
    return tuple(
        sorted(
            found,
            key=lambda one: (-len(one.vacancies), one.occupation or "", one.municipality or ""),
        )
    )


def ambito_of(municipality: str | None, territory: Territory) -> str | None:
    """The code of the ambito of a municipality; None of one around the territory, or not known.

    Raises
    ------
    TerritoryError
        For an ISTAT code that the territory does not know.
    """
    if municipality is None:
        return None
    return territory.municipality(municipality).ambito

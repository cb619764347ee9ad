"""Rows of the district: what is shown, and what is true."""

from collections.abc import Sequence

import pandas as pd

from training.synthetic.advert import write_advert
from training.synthetic.cv import write_cv
from training.synthetic.parameters import Setting
from training.synthetic.people import Person, Protected
from training.synthetic.trades import Crafts
from training.synthetic.vacancies import Opening


def people_table(
    people: Sequence[Person],
    protected: Sequence[Protected],
    known: Crafts,
    setting: Setting,
    seed: int,
) -> tuple[pd.DataFrame, list[tuple[str, str, str]]]:
    """People as the hub knows them, and the phrases of their CVs: document, URI, words."""
    texts: list[str] = []
    phrases: list[tuple[str, str, str]] = []
    uri = {concept.slug: concept.uri for concept in known.skills}
    for person, apart in zip(people, protected, strict=True):
        text, written = write_cv(person, apart, known, parameters=setting.text, seed=seed)
        texts.append(text)
        phrases += [(person.id, uri[slug], phrase) for slug, phrase in written]
    frame = pd.DataFrame(
        {
            "id": [person.id for person in people],
            "text": texts,
            "comune": [person.municipality.istat for person in people],
            "intake": [person.intake for person in people],
        }
    )
    return frame, phrases


def vacancy_table(
    openings: Sequence[Opening], known: Crafts, setting: Setting, seed: int
) -> tuple[pd.DataFrame, list[tuple[str, str, str]]]:
    """Vacancies as posted, and their phrases: document, URI, words."""
    titles: list[str] = []
    texts: list[str] = []
    phrases: list[tuple[str, str, str]] = []
    uri = {concept.slug: concept.uri for concept in known.skills}
    for opening in openings:
        title, text, written = write_advert(opening, known, parameters=setting.text, seed=seed)
        titles.append(title)
        texts.append(text)
        phrases += [(opening.id, uri[slug], phrase) for slug, phrase in written]
    frame = pd.DataFrame(
        {
            "id": [opening.id for opening in openings],
            "title": titles,
            "text": texts,
            "comune": [opening.firm.municipality.istat for opening in openings],
            "opens": [opening.opens for opening in openings],
        }
    )
    return frame, phrases


def true_persons(people: Sequence[Person], known: Crafts) -> pd.DataFrame:
    """What each person truly is, a row per person; trades and skills as URIs."""

    def months(person: Person) -> dict[str, int]:
        total: dict[str, int] = {}
        for job in person.jobs:
            uri = known.all[job.craft].occupation.uri
            total[uri] = total.get(uri, 0) + job.months
        return total

    return pd.DataFrame(
        {
            "id": [person.id for person in people],
            "months_by_occupation": [months(person) for person in people],
            "wanted": [
                tuple(known.all[craft].occupation.uri for craft in person.wanted)
                for person in people
            ],
            "skills": [tuple(known.skills[s].uri for s in person.skills) for person in people],
            "education_eqf": [person.education for person in people],
            "licence": [person.licence for person in people],
            "own_vehicle": [person.vehicle for person in people],
            "languages": [person.languages for person in people],
            "hours": [person.hours for person in people],
            "shifts": [person.shifts for person in people],
            "reliability": [person.reliability for person in people],
        }
    )


def true_vacancies(openings: Sequence[Opening], known: Crafts) -> pd.DataFrame:
    """What each vacancy truly needs, a row per vacancy; needs as (URI, weight)."""

    def needs(some: tuple[tuple[int, float], ...]) -> tuple[tuple[str, float], ...]:
        return tuple((known.skills[number].uri, weight) for number, weight in some)

    return pd.DataFrame(
        {
            "id": [opening.id for opening in openings],
            "occupation": [known.all[opening.craft].occupation.uri for opening in openings],
            "essential": [needs(opening.essential) for opening in openings],
            "optional": [needs(opening.optional) for opening in openings],
            "months_required": [opening.months_required for opening in openings],
            "licence": [opening.licence for opening in openings],
            "own_vehicle": [opening.vehicle for opening in openings],
            "hours": [opening.hours for opening in openings],
            "shift": [opening.shift for opening in openings],
            "contract": [opening.contract for opening in openings],
            "education_eqf": [opening.education for opening in openings],
            "italian_level": [opening.italian for opening in openings],
            "english_level": [opening.english for opening in openings],
        }
    )


def protected_table(protected: Sequence[Protected]) -> pd.DataFrame:
    """The protected attributes, a row per person, apart from all the rest."""
    names = ("id", "sex", "birth_year", "citizenship", "adults", "minors")
    return pd.DataFrame({name: [getattr(one, name) for one in protected] for name in names})

"""What the product makes of applicants and jobs, and the weights by which it is added up.

Jobs of this set are bare titles, so that little is asked: besides the ranker's score, past titles
and those hoped for are compared with the title on offer, what is told of past jobs with its words,
and places by the territory's model of travel. The weights are stated and not fitted: they were
chosen on the half of the applicants that experiments/2026-11-job-views names, where they are flat.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from matching.cli.progress import progress, waiting
from matching.domain import Profile, Vacancy
from matching.linking.past_titles import nearness
from matching.linking.spaces import TextSpace
from matching.linking.title_similarity import TitleComparer
from matching.linking.words import word_keys
from matching.service import Service, records
from training.benchmarks.job_views_places import Minutes, plain_place
from training.benchmarks.job_views_set import JobViews, Place
from training.benchmarks.systems import skills_jaccard

Array = npt.NDArray[np.float64]

_TITLES, _RANKER, _TOLD, _HOPED, _PLACE = 1.0, 0.5, 0.5, 0.3, 1.0
WEIGHTS: Mapping[str, float] = MappingProxyType(
    {"titles": _TITLES, "ranker": _RANKER, "told": _TOLD, "interests": _HOPED, "place": _PLACE}
)
# What is not known counts as what is usual between an applicant and a job of her state.
_USUAL = {"titles": 0.15, "told": 0.05, "interests": 0.2, "city": 0.1, "place": 0.3}
# As the baseline reads travel times: a quarter of an hour is best, an hour and a quarter worst.
_BEST_MINUTES, _WORST_MINUTES = 15.0, 75.0
# So many vacancies are scored at a time: with hundreds of people a frame of all would be large.
_AT_ONCE = 500


@dataclass(frozen=True, eq=False)
class Parts:
    """Scores of shape (applicants, jobs), and counts of what could not be read.

    ``modes`` are the product's by what it may know; ``jaccard`` is the peer that needs its reading.
    """

    modes: Mapping[str, Array]
    jaccard: Array
    counts: Mapping[str, int]


def product_parts(
    service: Service,
    comparer: TitleComparer,
    given: JobViews,
    minutes: Minutes | None,
    *,
    as_of: date,
) -> Parts:
    """Score every applicant with every job.

    Parameters
    ----------
    service
        The product; its ranker gives one part.
    comparer
        Compares titles.
    given
        The set. Nothing is learned from it but how rare runs of letters are in its titles.
    minutes
        From place to place; None where it is not known where places are.
    as_of
        The day that open periods in the texts end.

    Returns
    -------
    Parts
        Modes ``text`` (titles and descriptions of past jobs), ``ranker`` (its part in it, alone:
        what ``valoriamo rank`` gives), ``interests`` (titles hoped for, alone), ``place`` (alone),
        ``all`` (text, interests and place), and ``same_city``: all, where only the name of the city
        is known.
    """
    titles = list(dict.fromkeys(job.title for job in given.jobs))
    number = {title: column for column, title in enumerate(titles)}
    columns = [number[job.title] for job in given.jobs]
    profiles, vacancies, counts = _read(service, given, titles, as_of)
    past = [[one.title for one in person.positions if one.title] for person in given.applicants]
    hoped = [list(person.interests) for person in given.applicants]
    told = ["\n".join(one.description for one in who.positions) for who in given.applicants]
    with waiting("Comparing titles"):
        near_past, near_hoped = _nearness(comparer, (past, hoped), titles)
    ranker = _ranked(service, vacancies, profiles)
    text = (
        _TITLES * _usual(near_past, "titles")
        + _RANKER * ranker
        + _TOLD * _usual(_told(told, titles, comparer.linker.labels.language), "told")
    )
    interests = _usual(near_hoped, "interests")
    city = _cities(given)
    by_name = _usual(city, "city")
    place = by_name if minutes is None else _usual(_reach(given, minutes, city), "place")
    words = (text + _HOPED * interests)[:, columns]
    return Parts(
        modes={
            "all": words + _PLACE * place,
            "text": text[:, columns],
            "ranker": ranker[:, columns],
            "interests": interests[:, columns],
            "place": place,
            "same_city": words + _PLACE * by_name,
        },
        jaccard=skills_jaccard(vacancies, profiles).T[:, columns],
        counts=counts,
    )


def _read(
    service: Service, given: JobViews, titles: Sequence[str], as_of: date
) -> tuple[list[Profile], list[Vacancy], Mapping[str, int]]:
    read = [
        records.read_person(service, person.id, person.text, as_of=as_of)
        for person in progress(given.applicants, "Reading applicants")
    ]
    offers = [
        records.read_vacancy(service, title, title, title=title, as_of=as_of)
        for title in progress(titles, "Reading titles of jobs")
    ]
    return (
        [profile for profile, _ in read],
        [vacancy for vacancy, _ in offers],
        {
            "applicants_without_text": sum(not person.text for person in given.applicants),
            "applicants_not_read": sum(bool(problems) for _, problems in read),
            "jobs_not_read": sum(bool(problems) for _, problems in offers),
        },
    )


def _nearness(
    comparer: TitleComparer, sides: Sequence[Sequence[Sequence[str]]], titles: Sequence[str]
) -> list[Array]:
    """How near each person's titles are to those on offer, NaN without any; for several sides."""
    known = list(dict.fromkeys(title for side in sides for row in side for title in row))
    number = {title: row for row, title in enumerate(known)}
    alike = comparer.compare(known, titles)
    return [
        np.asarray(nearness(alike, [[number[title] for title in row] for row in side]), dtype=float)
        for side in sides
    ]


def _told(texts: Sequence[str], titles: Sequence[str], language: str) -> Array:
    """Cosine of what each person tells with each title, by letters; NaN where nothing is told."""
    space = TextSpace.of_letters([_words(title, language) for title in titles], damped=True)
    found = space.similarities([_words(text, language) for text in texts]).astype(float)
    found[[not text.strip() for text in texts]] = np.nan
    return np.asarray(found, dtype=float)


def _words(text: str, language: str) -> str:
    return " ".join(word_keys(text, language))


def _ranked(service: Service, vacancies: Sequence[Vacancy], profiles: Sequence[Profile]) -> Array:
    people = [profile.id for profile in profiles]
    parts = []
    for start in progress(range(0, len(vacancies), _AT_ONCE), "Scoring"):
        some = vacancies[start : start + _AT_ONCE]
        frame = service.scores(some, profiles)
        wide = frame.pivot(index="person_id", columns="vacancy_id", values="score")
        parts.append(wide.loc[people, [vacancy.id for vacancy in some]].to_numpy(dtype=float))
    return np.hstack(parts)


def _cities(given: JobViews) -> Array:
    """1 where somebody worked in a job's city, 0 where not; NaN where no city of hers is known."""
    return _by_place(given, lambda one, other: float(one == other))


def _reach(given: JobViews, minutes: Minutes, city: Array) -> Array:
    """How near each job is to where somebody worked, 1 the best; by names where no map has it."""

    def near(one: Place, other: Place) -> float:
        spent = minutes(one, other)
        if spent is None:
            return np.nan
        return (_WORST_MINUTES - spent) / (_WORST_MINUTES - _BEST_MINUTES)

    found = _by_place(given, near).clip(0.0, 1.0)
    return np.where(np.isnan(found) & (city == 1.0), 1.0, found)


def _by_place(given: JobViews, near: Callable[[Place, Place], float]) -> Array:
    """The best value among the places somebody worked at, for each job; NaN where none is known."""
    of_jobs = [plain_place(job.place) for job in given.jobs]
    places = list(dict.fromkeys(of_jobs))
    number = {place: column for column, place in enumerate(places)}
    found = np.full((len(given.applicants), len(places)), np.nan)
    for row, person in enumerate(given.applicants):
        worked_at = dict.fromkeys(plain_place(one.place) for one in person.positions)
        for own in filter(lambda place: place.city, worked_at):
            found[row] = np.fmax(found[row], [near(own, place) for place in places])
    return found[:, [number[place] for place in of_jobs]]


def _usual(found: Array, name: str) -> Array:
    return np.where(np.isnan(found), _USUAL[name], found)

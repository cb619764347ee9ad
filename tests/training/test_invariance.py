"""A ranker that learnt changes no score for what must not matter: gender, name, birth, dates."""

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from matching.models.ranker import LambdaRanker
from matching.service import Service
from tests.extraction.test_gender import AS_OF, CVS, feminine, masculine
from training.dataset import Pairs

YEAR = re.compile(r"\b(19[5-9]\d|20[0-2]\d)\b")
OFFERS = (
    "Cerchiamo un magazziniere con patentino del muletto, patente B, lavoro su turni.",
    "RSA cerca OSS con esperienza di almeno un anno, anche notti.",
    "Ristorante cerca aiuto cuoco, HACCP, fine settimana.",
    "Officina cerca tornitore CNC, lettura del disegno, giornata.",
)
CAREER = (
    "Anna Cuoco\nESPERIENZE\n03/2012 - 09/2015 magazziniera: muletto, carico e scarico\n"
    "01/2016 - 06/2016 cameriera ai piani\nPatente B, automunita. Terza media."
)


@pytest.fixture(scope="module")
def learnt(service: Service, small_pairs: Pairs) -> Service:
    grades = small_pairs.grades(date(2030, 1, 1))
    ranker = LambdaRanker(trees=60).fit(small_pairs.features, grades, small_pairs.vacancies)
    return replace(service, ranker=ranker)


def scores(service: Service, *texts: str) -> list[list[float]]:
    """For each text its scores for the offers, all in one pool."""
    offers = [service.vacancy(f"v{n}", text, as_of=AS_OF) for n, text in enumerate(OFFERS)]
    people = [service.person(f"p{n}", text, as_of=AS_OF) for n, text in enumerate(texts)]
    wide = service.scores(offers, people).pivot(
        index="person_id", columns="vacancy_id", values="score"
    )
    return [wide.loc[f"p{n}"].tolist() for n in range(len(texts))]


def test_the_learnt_scores_tell_people_apart(learnt: Service) -> None:
    found = scores(learnt, *(masculine(cv) for cv in CVS))
    assert len({tuple(row) for row in found}) > len(CVS) / 2


def test_a_cv_scores_the_same_in_both_genders(learnt: Service) -> None:
    assert scores(learnt, *map(masculine, CVS)) == scores(learnt, *map(feminine, CVS))


def test_the_reasons_and_questions_are_the_same_in_both_genders(learnt: Service) -> None:
    offer = learnt.vacancy("v", OFFERS[0], as_of=AS_OF)

    def told(texts: list[str]) -> list[tuple[Any, ...]]:
        pool = [learnt.person(f"p{n}", text, as_of=AS_OF) for n, text in enumerate(texts)]
        matches = learnt.shortlist(offer, pool, as_of=AS_OF).matches
        return [
            (m.person_id, m.rank, m.lower, m.upper, m.missing, m.questions)
            + tuple((reason.dimension, reason.effect, reason.text) for reason in m.reasons)
            for m in matches
        ]

    one, other = told([masculine(cv) for cv in CVS]), told([feminine(cv) for cv in CVS])
    # Trade words are quoted as they are written; all the rest is equal.
    assert [row[:6] for row in one] == [row[:6] for row in other]
    effects = [[part[:2] for part in row[6:]] for row in one]
    assert effects == [[part[:2] for part in row[6:]] for row in other]
    assert any(effects)


def test_moving_a_whole_career_by_years_changes_no_score(learnt: Service) -> None:
    def earlier(years: int) -> str:
        return YEAR.sub(lambda year: str(int(year[1]) - years), CAREER)

    first, *others = scores(learnt, *map(earlier, (0, 1, 4, 12)))
    assert all(other == first for other in others)


def test_a_longer_time_without_work_changes_no_score(learnt: Service) -> None:
    one = scores(learnt, CAREER)
    later = date(AS_OF.year + 6, 1, 1)
    offers = [learnt.vacancy(f"v{n}", text, as_of=later) for n, text in enumerate(OFFERS)]
    person = learnt.person("p0", CAREER, as_of=later)
    assert learnt.scores(offers, [person])["score"].tolist() == one[0]


@pytest.mark.parametrize(
    "line",
    ["Nata a Como il 3/4/1961", "Cittadinanza: rumena", "Stato civile: coniugata, due figli"],
)
def test_birth_citizenship_and_family_change_no_score(learnt: Service, line: str) -> None:
    with_it, without = scores(learnt, CAREER.replace("\n", f"\n{line}\n", 1), CAREER)
    assert with_it == without

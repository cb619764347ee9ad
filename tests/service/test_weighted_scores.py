from datetime import date

import pandas as pd
import pytest

from matching.domain import Dimension, Fact, Facts, Profile, Vacancy
from matching.errors import InputError
from matching.service import Service

AS_OF = date(2026, 11, 22)
SKILLS_ONLY = dict.fromkeys(Dimension, 0.0) | {Dimension.SKILLS: 2.0}


@pytest.fixture(scope="module")
def offers(service: Service) -> list[Vacancy]:
    texts = {
        "v": "Cerchiamo magazziniere con patentino del muletto e patente B.",
        "cucina": "Cerchiamo aiuto cuoco, con inglese B1, a tempo parziale.",
        "vuota": "Cerchiamo personale.",
    }
    found = [service.vacancy(key, text, as_of=AS_OF) for key, text in texts.items()]
    reserved = Fact(value=True, evidence="L. 68/99", start=0, end=8)
    return [*found, Vacancy(id="riservata", title="", facts=Facts(reserved=reserved))]


@pytest.fixture(scope="module")
def people(service: Service) -> list[Profile]:
    texts = {
        "maga": "Magazziniere dal 03/2019 al 02/2023: uso del muletto, inventario.",
        "cuoca": "Aiuto cuoca in mensa. Inglese B1. Patente B.",
    }
    found = [service.person(key, text, as_of=AS_OF) for key, text in texts.items()]
    return [*found, Profile(id="nobody")]


def test_without_weights_or_with_the_models_own_the_scores_are_the_same(
    service: Service, offers: list[Vacancy], people: list[Profile]
) -> None:
    plain = service.scores(offers, people)
    pd.testing.assert_frame_equal(
        service.scores(offers, people, weights={}), plain, check_exact=True
    )
    ones = dict.fromkeys(Dimension, 1.0)
    pd.testing.assert_frame_equal(
        service.scores(offers, people, weights=ones), plain, check_exact=True
    )


def test_a_weighted_score_is_that_of_the_weighted_shortlist(
    service: Service, offers: list[Vacancy], people: list[Profile]
) -> None:
    weights = {Dimension.SKILLS: 2.0, Dimension.EXPERIENCE: 0.5}
    scores = service.scores(offers, people, weights=weights)
    moved = 0
    for vacancy in offers[:2]:
        shortlist = service.shortlist(vacancy, people, as_of=AS_OF, explained=0, weights=weights)
        rows = scores[scores["vacancy_id"] == vacancy.id].set_index("person_id")
        for match in shortlist.matches:
            row = rows.loc[match.person_id]
            assert (match.score, match.lower, match.upper) == (row.score, row.lower, row.upper)
        assert service.weightings([vacancy], weights)[vacancy.id] == shortlist.weighting
        moved += (
            rows["score"] != service.scores([vacancy], people).set_index("person_id")["score"]
        ).sum()
    assert moved


def test_every_pair_keeps_its_row_and_who_cannot_be_judged_no_information(
    service: Service, offers: list[Vacancy], people: list[Profile]
) -> None:
    scores = service.scores(offers, people, weights={Dimension.SKILLS: 3.0})
    assert len(scores) == len(offers) * len(people)
    blind = scores[scores["state"] == "not_enough_data"]
    assert set(blind["vacancy_id"]) == {"v", "cucina", "vuota", "riservata"}
    assert (blind["score"] == round(service.ranker.no_information(), 6)).all()
    assert set(service.weightings(offers, {Dimension.SKILLS: 3.0})) == {"v", "cucina"}


@pytest.mark.parametrize(("offered", "persons"), [(0, 3), (4, 0), (0, 0)])
def test_weights_on_no_pairs_are_a_table_without_rows(
    service: Service, offers: list[Vacancy], people: list[Profile], offered: int, persons: int
) -> None:
    found = service.scores(offers[:offered], people[:persons], weights={Dimension.SKILLS: 2.0})
    assert found.empty


def test_weights_under_which_nothing_counts_name_the_vacancy(
    service: Service, offers: list[Vacancy], people: list[Profile]
) -> None:
    with pytest.raises(InputError, match="Vacancy 'v'"):
        service.scores(offers, people, weights=dict.fromkeys(Dimension, 0.0))

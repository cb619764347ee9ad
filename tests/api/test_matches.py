"""Vacancies for a person: the other direction, with one score for a pair in both."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as tried
from hypothesis import strategies as st

from matching.api.limits import MAX_VACANCIES
from matching.service import Service
from tests.api.conftest import Hub, answered, is_problem, read
from tests.api.rows import (
    AS_OF,
    COOK,
    KEEPER,
    OFFER,
    OFFERS,
    a_ranking,
    some_vacancies,
    vacancies,
)

RANKINGS = "/v1/rankings"
MATCHES = "/v1/persons/{}/matches"


def test_vacancies_are_ranked_for_a_person_with_reasons_in_the_words_of_both(hub: Hub) -> None:
    body = some_vacancies(KEEPER, *vacancies(OFFERS[1], OFFER), explain=1)
    answer = answered(hub, MATCHES.format("p-1"), body)
    assert (answer["person_id"], answer["as_of"], answer["total"]) == ("p-1", AS_OF, 2)
    assert (answer["model"]["name"], answer["warnings"]) == ("baseline", [])
    first, second = answer["matches"]
    assert (first["vacancy_id"], first["rank"], first["explained"]) == ("v1", 1, True)
    assert (second["vacancy_id"], second["explained"], second["reasons"]) == ("v0", False, [])
    assert any("carico e scarico merci" in one["person_evidence"] for one in first["reasons"])


def test_vacancies_come_in_pages_as_people_do(hub: Hub) -> None:
    body = some_vacancies(KEEPER, *vacancies(*OFFERS), explain=2)
    whole = answered(hub, MATCHES.format("p"), body)["matches"]
    paged = [
        one
        for first in range(0, 6, 2)
        for one in answered(hub, MATCHES.format("p"), body | {"first": first, "count": 2})[
            "matches"
        ]
    ]
    assert paged == whole
    assert len(whole) == len(OFFERS)


def test_rows_that_cannot_be_read_stay_and_it_is_said_why(hub: Hub) -> None:
    body = some_vacancies("  ", *vacancies(OFFER, ""))
    answer = answered(hub, MATCHES.format("p"), body)
    assert {one["state"] for one in answer["matches"]} == {"not_enough_data"}
    assert [(note["id"], note["code"]) for note in answer["warnings"]] == [
        ("p", "no_text"),
        ("v1", "no_text"),
    ]


@pytest.mark.parametrize("person_id", ["2024/0123", "matches", "a/matches", "perché no", "x" * 200])
def test_whatever_names_a_person_may_stand_in_the_address(hub: Hub, person_id: str) -> None:
    path = MATCHES.format(person_id.replace("/", "%2F"))
    assert answered(hub, path, some_vacancies("", explain=0))["person_id"] == person_id


@pytest.mark.parametrize("person_id", ["%20", "%09", "x" * 201, ""])
def test_what_names_nobody_is_refused(hub: Hub, person_id: str) -> None:
    problem = is_problem(hub.post(MATCHES.format(person_id), some_vacancies("")), 422)
    assert "path.person_id" in [error["field"] for error in problem["errors"]]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"persons": []}, "persons"),
        ({"weights": {}}, "weights"),
        ({"person": {"text": "x", "id": "p"}}, "person.id"),
        ({"person": {"text": "x", "sex": "f"}}, "person.sex"),
        ({"person": {}}, "person.text"),
        ({"person": None}, "person"),
        ({"vacancies": None}, "vacancies"),
        ({"vacancies": [{"text": "x"}]}, "vacancies[0].id"),
        ({"vacancies": [{"id": "v", "text": "x", "sex": "f"}]}, "vacancies[0].sex"),
        ({"vacancies": vacancies("x") * 2}, "vacancies"),
        ({"vacancies": vacancies(*[""] * (MAX_VACANCIES + 1))}, "vacancies"),
        ({"explain": MAX_VACANCIES + 1}, "explain"),
        ({"first": -1}, "first"),
        ({"count": 0}, "count"),
        ({"as_of": "domani"}, "as_of"),
    ],
)
def test_a_field_that_cannot_be_used_is_named(hub: Hub, change: dict[str, Any], field: str) -> None:
    problem = is_problem(hub.post(MATCHES.format("p"), some_vacancies() | change), 422)
    assert field in [error["field"] for error in problem["errors"]]


def test_an_extraction_that_does_not_fit_is_named_by_its_row(hub: Hub) -> None:
    kept = read(hub, KEEPER)
    row = {"id": "v", "extraction": kept}
    problem = is_problem(hub.post(MATCHES.format("p"), some_vacancies(KEEPER, row)), 422)
    assert "vacancies[0].extraction is of a cv" in problem["detail"]
    body = some_vacancies() | {"person": {"extraction": {**kept, "as_of": "2026-11-23"}}}
    problem = is_problem(hub.post(MATCHES.format("p"), body), 422)
    assert "person.extraction was read as of 2026-11-23" in problem["detail"]


@pytest.mark.parametrize("which", ["baseline", "learned"])
@tried(max_examples=6)
@given(data=st.data())
def test_a_pair_has_one_score_in_both_directions(
    hub: Hub,
    learned_hub: Hub,
    read_cvs: list[dict[str, Any]],
    read_offers: list[dict[str, Any]],
    which: str,
    data: st.DataObject,
) -> None:
    asked = hub if which == "baseline" else learned_hub
    pool = data.draw(st.lists(st.sampled_from(read_cvs), min_size=1, unique_by=lambda r: r["id"]))
    jobs = data.draw(
        st.lists(st.sampled_from(read_offers), min_size=1, unique_by=lambda r: r["id"])
    )
    names = ("score", "lower", "upper", "state", "probability", "apart")
    by_vacancy = {
        (job["id"], one["person_id"]): [one[name] for name in names]
        for job in jobs
        for one in answered(
            asked,
            RANKINGS,
            {"vacancy": job, "persons": pool, "as_of": AS_OF, "explain": 0},
        )["matches"]
    }
    by_person = {
        (one["vacancy_id"], row["id"]): [one[name] for name in names]
        for row in pool
        for one in answered(
            asked,
            MATCHES.format(row["id"]),
            {
                "person": {name: value for name, value in row.items() if name != "id"},
                "vacancies": jobs,
                "as_of": AS_OF,
                "explain": 0,
            },
        )["matches"]
    }
    assert len(by_vacancy) == len(pool) * len(jobs)
    assert by_vacancy == by_person


def test_a_learned_ranker_answers_probabilities_where_it_has_them(
    learned_hub: Hub, learned: Service
) -> None:
    answer = answered(learned_hub, RANKINGS, a_ranking(COOK, KEEPER, ""))
    day = date.fromisoformat(AS_OF)
    told = [one["probability"] for one in answer["matches"]]
    profile = learned.person("p1", KEEPER, as_of=day)
    vacancy = learned.vacancy("v", OFFER, title="Magazziniere", as_of=day)
    (match,) = learned.shortlist(vacancy, [profile], as_of=day).matches
    shown = next(one for one in answer["matches"] if one["person_id"] == "p1")
    assert shown["probability"] == match.probability
    assert told[-1] is None

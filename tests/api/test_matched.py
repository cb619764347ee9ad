"""What is said of a match, under which weights, of reserved vacancies, and in pages."""

import json
from collections.abc import Iterator
from dataclasses import asdict, fields, replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as tried
from hypothesis import strategies as st
from pydantic_core import to_jsonable_python

from matching.api.limits import MAX_PERSONS, MAX_VACANCIES
from matching.api.matched import Ranked, RankedVacancy, page_of
from matching.domain import (
    Barrier,
    BarrierState,
    Change,
    Course,
    Match,
    Payer,
    Profile,
    Question,
    State,
)
from matching.service import Service
from tests.api.conftest import Hub, answered, is_problem
from tests.api.rows import (
    AS_OF,
    COOK,
    CVS,
    KEEPER,
    OFFER,
    RESERVED,
    a_ranking,
    an_offer,
    some_vacancies,
)

RANKINGS = "/v1/rankings"
MATCHES = "/v1/persons/{}/matches"


# what is said of a match


def test_a_ranking_says_all_that_the_shortlist_says(hub: Hub, service: Service) -> None:
    answer = answered(hub, RANKINGS, a_ranking(*CVS))
    day = date.fromisoformat(AS_OF)
    profiles = [
        service.person(f"p{number}", text, as_of=day) if text else Profile(id=f"p{number}")
        for number, text in enumerate(CVS)
    ]
    vacancy = service.vacancy("v", OFFER, title="Magazziniere", as_of=day)
    matches = service.shortlist(vacancy, profiles, as_of=day).matches
    assert answer["total"] == len(CVS)
    for name in ("changes", "questions", "barriers"):
        assert any(getattr(match, name) for match in matches), name
    for match, shown in zip(matches, answer["matches"], strict=True):
        computed = to_jsonable_python({**asdict(match), "explained": True})
        if match.apart:
            computed |= {"rank_lower": None, "rank_upper": None}
        del computed["vacancy_id"]
        assert shown == computed


def test_every_field_of_a_match_is_answered_as_it_is() -> None:
    course = Course(
        slug="muletto",
        name="Corso",
        provider="Ente",
        place="Lecco",
        start=date(2027, 1, 8),
        minutes=None,
        cost_eur=0,
        paid_by=Payer.PUBLIC,
    )
    match = Match(
        vacancy_id="v",
        person_id="p",
        rank=2,
        score=0.5,
        lower=0.4,
        upper=0.6,
        state=State.OK,
        rank_lower=1,
        rank_upper=3,
        close_to_next=True,
        probability=0.25,
        barriers=(
            Barrier(
                rule="licence",
                state=BarrierState.TO_CHECK,
                text="Serve la patente B.",
                answer="Ha la patente B?",
                law="una legge",
                vacancy_evidence=("patente B",),
            ),
        ),
        changes=(Change(uri="urn:s", label="muletto", score=0.7, rank=1, courses=(course,)),),
        questions=(Question(key="k", text="?", swing=0.1, rank_best=1, rank_worst=4),),
    )
    (shown,) = page_of(Ranked, [match], explain=1, first=0, count=None)
    said = shown.model_dump(mode="json")
    assert (said["rank_lower"], said["rank_upper"], said["probability"]) == (1, 3, 0.25)
    assert said["barriers"][0]["state"] == "to_check"
    assert said["barriers"][0]["law"] == "una legge"
    assert said["changes"][0]["courses"][0]["start"] == "2027-01-08"
    assert said["changes"][0]["courses"][0]["minutes"] is None
    assert (said["questions"][0]["rank_best"], said["questions"][0]["rank_worst"]) == (1, 4)
    assert {"person_id", "explained"} <= set(said)
    assert set(said) - {"explained"} == {field.name for field in fields(Match)} - {"vacancy_id"}


@pytest.mark.parametrize(("explain", "apart"), [(0, False), (1, True)])
def test_no_interval_of_one_place_is_shown_where_none_was_computed(
    explain: int, apart: bool
) -> None:
    match = replace(_plain("p", 3), rank_lower=3, rank_upper=3, apart=apart)
    (shown,) = page_of(Ranked, [match], explain=explain, first=0, count=None)
    assert (shown.rank, shown.rank_lower, shown.rank_upper) == (3, None, None)


def _plain(person: str, rank: int) -> Match:
    return Match(
        vacancy_id="v",
        person_id=person,
        rank=rank,
        score=0.5,
        lower=0.4,
        upper=0.6,
        state=State.OK,
    )


def test_the_answers_name_nothing_protected_and_no_risk(hub: Hub) -> None:
    schemas = hub.get("/openapi.json").json()["components"]["schemas"]

    def names(schema: str) -> Iterator[str]:
        pending = [schema]
        seen: set[str] = set()
        while pending:
            node: Any = schemas[pending.pop()]
            for name, part in node.get("properties", {}).items():
                yield name
                found = {one for one in schemas if f'schemas/{one}"' in json.dumps(part)} - seen
                seen |= found
                pending += found

    common = {
        "matches", "warnings", "total", "referral", "reserved", "base", "as_of", "person_id",
        "vacancy_id", "model", "name", "version", "digest", "synthetic", "known_until",
        "id", "message", "code",
        "rank", "rank_lower", "rank_upper", "close_to_next", "score", "lower", "upper",
        "probability", "state", "apart", "explained", "missing",
        "barriers", "rule", "text", "answer", "law", "person_evidence", "vacancy_evidence",
        "reasons", "dimension", "effect", "questions", "key", "swing", "rank_best", "rank_worst",
        "changes", "uri", "label", "courses", "slug", "provider", "place", "start", "minutes",
        "cost_eur", "paid_by",
    }  # fmt: skip
    assert set(names("PersonMatches")) == common
    assert set(names("Ranking")) == common | {"weights", "preferred", "applied"}


# weights


def test_weights_are_answered_as_asked_for_and_as_applied(hub: Hub) -> None:
    plain = answered(hub, RANKINGS, a_ranking(COOK, KEEPER))
    asked = {"skills": 9, "languages": 2}
    weighted = answered(hub, RANKINGS, a_ranking(COOK, KEEPER, weights=asked))
    assert plain["weights"] is None
    assert weighted["weights"]["preferred"] == asked
    assert weighted["weights"]["applied"]["skills"] == 3
    assert weighted["weights"]["applied"]["languages"] == 1
    assert len(weighted["weights"]["applied"]) == 7
    assert [one["score"] for one in weighted["matches"]] != [
        one["score"] for one in plain["matches"]
    ]


def test_weights_of_one_are_the_model_s_own(hub: Hub) -> None:
    plain = answered(hub, RANKINGS, a_ranking(COOK, KEEPER))
    for weights in ({}, {"skills": 1, "reach": 1.0}):
        same = answered(hub, RANKINGS, a_ranking(COOK, KEEPER, weights=weights))
        assert same["weights"]["preferred"] == weights
        assert same | {"weights": None} == plain


def test_weights_under_which_nothing_counts_are_refused(hub: Hub) -> None:
    nothing = dict.fromkeys(answered(hub, RANKINGS, a_ranking(weights={}))["weights"]["applied"], 0)
    problem = is_problem(hub.post(RANKINGS, a_ranking(KEEPER, weights=nothing)), 422)
    assert problem["type"] == "urn:valoriamo:problem:input"
    assert "give a weight above 0" in problem["detail"]


# vacancies reserved by law


def test_for_a_reserved_vacancy_nobody_is_ranked_and_it_is_said_where_to_refer(hub: Hub) -> None:
    body = a_ranking(KEEPER, COOK, weights={"skills": 2}) | {"vacancy": an_offer(RESERVED)}
    answer = answered(hub, RANKINGS, body)
    assert (answer["reserved"], answer["matches"], answer["total"]) == (True, [], 0)
    assert "68/1999" in answer["referral"]
    assert answer["weights"] is None
    other = answered(hub, RANKINGS, a_ranking(KEEPER))
    assert (other["reserved"], other["referral"]) == (False, None)


def test_a_reserved_vacancy_is_named_beside_the_others(hub: Hub) -> None:
    given_ = [an_offer(), an_offer(RESERVED) | {"id": "r"}]
    answer = answered(hub, MATCHES.format("p"), some_vacancies(KEEPER, *given_))
    assert [one["vacancy_id"] for one in answer["matches"]] == ["v"]
    assert (answer["reserved"], answer["total"]) == (["r"], 1)
    assert "68/1999" in answer["referral"]
    other = answered(hub, MATCHES.format("p"), some_vacancies())
    assert (other["reserved"], other["referral"]) == ([], None)


# pages


@given(size=st.integers(0, 30), count=st.integers(1, 35), explain=st.integers(0, 35))
def test_pages_hold_everybody_once_in_order(size: int, count: int, explain: int) -> None:
    order = [_plain(f"p{place}", place + 1) for place in range(size)]
    whole = page_of(Ranked, order, explain=explain, first=0, count=None)
    paged = [
        one
        for first in range(0, size + count, count)
        for one in page_of(Ranked, order, explain=explain, first=first, count=count)
    ]
    assert paged == [*whole]
    assert [one.person_id for one in paged] == [match.person_id for match in order]
    assert sum(one.explained for one in paged) == min(size, explain)


@tried(max_examples=8)
@given(size=st.integers(1, len(CVS)), count=st.integers(1, len(CVS) - 1), explain=st.integers(0, 1))
def test_paging_to_the_last_loses_nobody(
    hub: Hub, read_cvs: list[dict[str, Any]], size: int, count: int, explain: int
) -> None:
    body = a_ranking(explain=explain) | {"persons": read_cvs[:size]}
    whole = answered(hub, RANKINGS, body)
    paged: list[Any] = []
    while len(paged) < whole["total"]:
        page = answered(hub, RANKINGS, body | {"first": len(paged), "count": count})
        assert page["total"] == size
        assert 0 < len(page["matches"]) <= count
        paged += page["matches"]
    assert paged == whole["matches"]
    after = answered(hub, RANKINGS, body | {"first": len(paged)})
    assert after["matches"] == []


def test_limits_are_the_same_in_both_directions() -> None:
    assert MAX_PERSONS == MAX_VACANCIES
    assert set(Ranked.model_fields) - {"person_id"} == set(RankedVacancy.model_fields) - {
        "vacancy_id"
    }

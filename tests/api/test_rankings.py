from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from matching.api.given import PersonAsText
from matching.api.limits import MAX_CHARACTERS
from matching.errors import FeatureError
from matching.service import Service
from tests.api.conftest import Hub, answered, is_problem, read
from tests.api.rows import AS_OF, COOK, KEEPER, KEEPER_SHE, OFFER, a_ranking, an_offer, people

RANKINGS = "/v1/rankings"


def ranked(hub: Hub, body: dict[str, Any]) -> dict[str, Any]:
    return answered(hub, RANKINGS, body)


def scores(answer: dict[str, Any]) -> dict[str, tuple[float, float, float]]:
    return {
        match["person_id"]: (match["score"], match["lower"], match["upper"])
        for match in answer["matches"]
    }


def test_the_whole_pool_is_ranked_with_reasons_in_the_words_of_both(hub: Hub) -> None:
    answer = ranked(hub, a_ranking(COOK, KEEPER))
    assert (answer["vacancy_id"], answer["as_of"]) == ("v", AS_OF)
    assert (answer["model"]["name"], answer["model"]["synthetic"]) == ("baseline", False)
    first, second = answer["matches"]
    assert (first["person_id"], first["rank"], first["state"]) == ("p1", 1, "ok")
    assert (second["person_id"], second["rank"], second["state"]) == ("p0", 2, "ok")
    assert first["lower"] < first["score"] < first["upper"]
    skills = next(reason for reason in first["reasons"] if reason["dimension"] == "skills")
    assert skills["effect"] > 0
    assert "carico e scarico merci" in skills["person_evidence"]
    assert "carico e scarico merci" in skills["vacancy_evidence"]
    assert "patentino muletto" in first["missing"]
    assert first["questions"]
    assert answer["warnings"] == []


def test_the_api_says_what_the_service_says(hub: Hub, service: Service) -> None:
    answer = ranked(hub, a_ranking(COOK, KEEPER))
    day = date.fromisoformat(AS_OF)
    profiles = [
        service.person(f"p{number}", text, as_of=day) for number, text in enumerate((COOK, KEEPER))
    ]
    vacancy = service.vacancy("v", OFFER, title="Magazziniere", as_of=day)
    shortlist = service.shortlist(vacancy, profiles, as_of=day)
    assert answer["base"] == service.ranker.no_information()
    for shown, match in zip(answer["matches"], shortlist.matches, strict=True):
        for name in ("person_id", "rank", "score", "lower", "upper"):
            assert shown[name] == getattr(match, name)
        assert [reason["text"] for reason in shown["reasons"]] == [r.text for r in match.reasons]
        assert shown["missing"] == list(match.missing)


def test_a_cv_in_the_feminine_scores_as_the_same_in_the_masculine(hub: Hub) -> None:
    assert KEEPER != KEEPER_SHE
    found = scores(ranked(hub, a_ranking(KEEPER, KEEPER_SHE)))
    assert found["p0"] == found["p1"]


@pytest.mark.parametrize(("explain", "explained"), [(0, 0), (1, 1), (2, 2), (500, 3)])
def test_the_whole_pool_is_there_however_few_are_explained(
    hub: Hub, explain: int, explained: int
) -> None:
    matches = ranked(hub, a_ranking(COOK, KEEPER, KEEPER_SHE, explain=explain))["matches"]
    assert len(matches) == 3
    assert sum(match["explained"] for match in matches) == explained
    assert sum(bool(match["reasons"]) for match in matches) == explained
    assert not any(match["missing"] or match["questions"] for match in matches[explained:])


def test_ten_are_explained_unless_told_otherwise(hub: Hub) -> None:
    matches = ranked(hub, a_ranking(*[KEEPER] * 12))["matches"]
    assert [match["explained"] for match in matches] == [True] * 10 + [False] * 2


def test_an_empty_pool_is_a_ranking_of_nobody(hub: Hub) -> None:
    assert ranked(hub, a_ranking())["matches"] == []


def test_who_cannot_be_read_keeps_a_row_and_it_is_said_why(hub: Hub) -> None:
    german = (
        "Ich habe zehn Jahre lang als Lagerarbeiter in einer großen Fabrik gearbeitet und suche "
        "jetzt eine neue Stelle in der Nähe meiner Wohnung."
    )
    answer = ranked(hub, a_ranking("  ", german, KEEPER))
    rows = {match["person_id"]: match for match in answer["matches"]}
    assert answer["matches"][0]["person_id"] == "p2"
    for person in ("p0", "p1"):
        assert rows[person]["state"] == "not_enough_data"
        assert (rows[person]["lower"], rows[person]["upper"]) == (0, 1)
        assert rows[person]["score"] == answer["base"]
        assert rows[person]["reasons"] == []
        assert rows[person]["questions"]
    assert [(note["id"], note["code"]) for note in answer["warnings"]] == [
        ("p0", "no_text"),
        ("p1", "unsupported_language"),
    ]


def test_a_vacancy_that_cannot_be_read_judges_nobody_and_it_is_said(hub: Hub) -> None:
    answer = ranked(hub, {**a_ranking(KEEPER), "vacancy": an_offer("", title="")})
    assert [match["state"] for match in answer["matches"]] == ["not_enough_data"]
    assert [(note["id"], note["code"]) for note in answer["warnings"]] == [("v", "no_text")]


def test_the_place_counts_by_name_or_code_and_an_unknown_one_is_said(
    hub: Hub, service: Service
) -> None:
    near, far = service.territory.municipalities[0], service.territory.municipalities[-1]
    persons = [
        {"id": "name", "text": KEEPER, "comune": near.name},
        {"id": "code", "text": KEEPER, "comune": near.istat},
        {"id": "blank", "text": KEEPER, "comune": " "},
        {"id": "unknown", "text": KEEPER, "comune": "Atlantide"},
        {"id": "none", "text": KEEPER},
    ]
    offer = an_offer(comune=far.name)
    answer = ranked(hub, {"vacancy": offer, "persons": persons, "as_of": AS_OF})
    found = scores(answer)
    assert found["name"] == found["code"] != found["none"]
    assert found["unknown"] == found["blank"] == found["none"]
    assert [note["id"] for note in answer["warnings"]] == ["unknown"]
    assert "'Atlantide'" in answer["warnings"][0]["message"]
    assert "treated as not known" in answer["warnings"][0]["message"]


# extractions in place of texts


def test_what_was_read_before_ranks_as_the_text_does(hub: Hub, service: Service) -> None:
    home = service.territory.municipalities[0].name
    long = (
        f"{KEEPER} Residenza: {home}. Tedesco B1, inglese. Diploma. Automunito. Disponibilità "
        "immediata, part time mattino, 20 ore settimanali, no turni di notte. Cerco lavoro come "
        "cuoco, tempo indeterminato."
    )
    texts = [COOK, KEEPER, long]
    offer = f"Magazziniere\n\n{OFFER} Inizio 1 marzo 2027. Esperienza di 2 anni. Diploma."
    as_texts = a_ranking(*texts) | {"vacancy": an_offer(offer)}
    as_read = as_texts | {
        "vacancy": {"id": "v", "title": "Magazziniere", "extraction": read(hub, offer, "vacancy")},
        "persons": [
            {"id": f"p{number}", "extraction": read(hub, text)} for number, text in enumerate(texts)
        ],
    }
    assert ranked(hub, as_read) == ranked(hub, as_texts)


def test_labels_and_codes_are_those_of_the_lexicon_whatever_is_sent(hub: Hub) -> None:
    kept = read(hub, KEEPER)
    changed = kept | {
        "occupations": [{**one, "isco08": "5120", "label": "cuoco"} for one in kept["occupations"]],
        "skills": [{**one, "label": "niente"} for one in kept["skills"]],
    }
    first, second = (
        ranked(hub, a_ranking() | {"persons": [{"id": "p", "extraction": one}]})
        for one in (kept, changed)
    )
    assert first == second


def a_kept(hub: Hub, **changes: Any) -> dict[str, Any]:
    kept = read(hub, KEEPER)
    return a_ranking() | {"persons": [{"id": "p", "extraction": {**kept, **changes}}]}


def test_an_extraction_of_another_lexicon_is_ranked_and_it_is_said(hub: Hub) -> None:
    answer = ranked(hub, a_kept(hub, model={"name": "lexicon", "digest": "00"}))
    assert answer["matches"][0]["state"] == "ok"
    assert "another lexicon" in answer["warnings"][0]["message"]


def test_an_extraction_that_was_read_later_is_refused(hub: Hub) -> None:
    problem = is_problem(hub.post(RANKINGS, a_kept(hub, as_of="2026-11-23")), 422)
    assert "persons[0].extraction was read as of 2026-11-23" in problem["detail"]


def test_an_extraction_of_a_vacancy_is_no_person(hub: Hub) -> None:
    problem = is_problem(hub.post(RANKINGS, a_kept(hub, kind="vacancy")), 422)
    assert "persons[0].extraction is of a vacancy" in problem["detail"]


@pytest.mark.parametrize("part", ["skills", "occupations"])
def test_a_concept_that_the_lexicon_does_not_have_is_refused(hub: Hub, part: str) -> None:
    kept = read(hub, KEEPER)
    strange = [{**kept[part][0], "uri": "urn:altro"}]
    problem = is_problem(hub.post(RANKINGS, a_kept(hub, **{part: strange})), 422)
    assert "persons[0]: " in problem["detail"]
    assert "'urn:altro'" in problem["detail"]


def test_an_occupation_is_no_skill(hub: Hub) -> None:
    kept = read(hub, KEEPER)
    swapped = [{**kept["skills"][0], "uri": kept["occupations"][0]["uri"]}]
    problem = is_problem(hub.post(RANKINGS, a_kept(hub, skills=swapped)), 422)
    assert "no skill of the lexicon" in problem["detail"]


def test_a_place_of_another_territory_is_refused(hub: Hub) -> None:
    place = {"value": "999999", "evidence": "", "start": 0, "end": 0}
    facts = read(hub, KEEPER)["facts"] | {"comune": place}
    problem = is_problem(hub.post(RANKINGS, a_kept(hub, facts=facts)), 422)
    assert "'999999'" in problem["detail"]


# what is refused


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"sex": "f"}, "sex"),
        ({"explain": -1}, "explain"),
        ({"explain": 501}, "explain"),
        ({"explain": "2"}, "explain"),
        ({"first": -1}, "first"),
        ({"first": 501}, "first"),
        ({"first": True}, "first"),
        ({"count": 0}, "count"),
        ({"count": 501}, "count"),
        ({"count": 1.5}, "count"),
        ({"weights": 2}, "weights"),
        ({"weights": {"skills": "2"}}, "weights.skills"),
        ({"weights": {"skills": True}}, "weights.skills"),
        ({"weights": {"skills": None}}, "weights.skills"),
        ({"weights": {"skills": 10**400}}, "weights.skills"),
        ({"weights": {"age": 2}}, "weights.age"),
        ({"as_of": "22/11/2026"}, "as_of"),
        ({"as_of": 1}, "as_of"),
        ({"as_of": "0001-01-01"}, "as_of"),
        ({"as_of": "2026-02-30"}, "as_of"),
        ({"vacancy": {"id": "v"}}, "vacancy.text"),
        ({"vacancy": None}, "vacancy"),
        ({"vacancy": {"id": "v", "text": "x", "title": "x" * 201}}, "vacancy.title"),
        ({"vacancy": {"id": "v", "text": "x", "extraction": {}}}, "vacancy.text"),
        ({"persons": [{"id": "p", "text": "x", "sex": "f"}]}, "persons[0].sex"),
        ({"persons": [{"id": "p", "text": "x", "age": 50}]}, "persons[0].age"),
        ({"persons": [{"id": "\t", "text": "x"}]}, "persons[0].id"),
        ({"persons": [{"id": "", "text": "x"}]}, "persons[0].id"),
        ({"persons": [{"id": "a\nb", "text": "x"}]}, "persons[0].id"),
        ({"persons": [{"id": 7, "text": "x"}]}, "persons[0].id"),
        ({"persons": [{"id": "p", "text": None}]}, "persons[0].text"),
        ({"persons": [{"id": "p", "extraction": {"skills": []}}]}, "persons[0].extraction.kind"),
        ({"persons": people("x", "y")[:1] * 2}, "persons"),
        ({"persons": [{"id": f"p{n}", "text": ""} for n in range(501)]}, "persons"),
        ({"persons": "p"}, "persons"),
    ],
)
def test_a_field_that_cannot_be_used_is_named(hub: Hub, change: dict[str, Any], field: str) -> None:
    problem = is_problem(hub.post(RANKINGS, a_ranking(KEEPER) | change), 422)
    assert field in [error["field"] for error in problem["errors"]]


def test_a_text_over_the_limit_is_refused() -> None:
    with pytest.raises(ValueError, match="at most 1000000 characters"):
        PersonAsText(id="p", text="x" * (MAX_CHARACTERS + 1))


def test_a_ranker_that_does_not_fit_is_unavailable_and_says_so(
    hub_of: Callable[[Service], Hub], service: Service
) -> None:
    class Misfit:
        def __getattr__(self, name: str) -> Any:
            def refused(*_: object) -> None:
                raise FeatureError("The frame lacks 'skills_essential'; train the model again.")

            return refused

    broken = hub_of(replace(service, ranker=Misfit()))  # type: ignore[arg-type]
    for response in (broken.post(RANKINGS, a_ranking(KEEPER)), broken.get("/readyz")):
        assert "skills_essential" in is_problem(response, 503)["detail"]


def test_many_at_once_get_the_answers_they_get_alone(hub: Hub) -> None:
    pools = [(KEEPER, COOK), (COOK, f"{KEEPER} Inglese B1, automunita."), (KEEPER_SHE,)]
    bodies = [a_ranking(*pool) for pool in pools]
    alone = [ranked(hub, body) for body in bodies]
    with ThreadPoolExecutor(8) as threads:
        together = list(threads.map(lambda number: ranked(hub, bodies[number % 3]), range(24)))
    assert together == [alone[number % 3] for number in range(24)]

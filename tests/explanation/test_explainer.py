"""No sentence may state what the data does not say; see ``claims``."""

import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given

from matching.domain import Dimension, Importance, Profile, Reason, Vacancy
from matching.explanation import Explainer, row
from matching.features import BY_NAME, FEATURES, pair_features
from matching.models import BaselineRanker
from matching.wording import Wording
from tests.explanation.claims import PROBE, TRUE, WORDINGS, Claim, claims_of
from tests.factories import HILL, VALLEY, a_fact, a_language, a_profile, a_space, a_vacancy
from tests.features.strategies import often, profiles, seldom, vacancies

SPACE = a_space()
RANKER = BaselineRanker().fit(pair_features([], [], SPACE))


def _explained(
    vacancy: Vacancy, profile: Profile, wording: Wording
) -> tuple[tuple[Reason, ...], tuple[str, ...], dict[str, float]]:
    frame = pair_features([vacancy], [profile], SPACE)
    key = (vacancy.id, profile.id)
    features = row(frame, key)
    explainer = Explainer(SPACE, wording)
    reasons = explainer.reasons(vacancy, profile, features, row(RANKER.contributions(frame), key))
    return reasons, explainer.missing(vacancy, profile, features), features


@often
@given(vacancies(), profiles())
def test_every_reason_is_true(vacancy: Vacancy, profile: Profile) -> None:
    reasons, _, features = _explained(vacancy, profile, PROBE)
    for reason in reasons:
        for claim in claims_of(reason.text, vacancy, profile):
            assert TRUE[claim.key](claim), claim
            if claim.key == "reason.experience_required_met":
                assert features["experience_required"] >= 0.999


@often
@given(vacancies(), profiles())
def test_nothing_that_is_shown_is_missing(vacancy: Vacancy, profile: Profile) -> None:
    _, missing, _ = _explained(vacancy, profile, PROBE)
    whole = Claim("", {}, vacancy, profile)
    for text in missing:
        if text.startswith("<"):
            (claim,) = claims_of(text, vacancy, profile)
            assert TRUE[claim.key](claim), claim
        elif text.startswith("saper fare "):
            uri = text.removeprefix("saper fare ")
            assert uri in whole.essential - whole.held - whole.worked
        elif text in {"vehicle", "patente AM", "patente A", "patente B"}:
            assert whole.lacks(text)
        else:
            code = {"tedesco": "de", "italiano": "it", "lingua dei segni": "ise"}[text]
            assert code not in whole.languages


@often
@given(vacancies(), profiles())
def test_questions_are_about_what_is_not_known_or_not_shown(
    vacancy: Vacancy, profile: Profile
) -> None:
    frame = pair_features([vacancy], [profile], SPACE)
    key = (vacancy.id, profile.id)
    features, swings = row(frame, key), row(RANKER.swings(frame), key)
    explainer = Explainer(SPACE, WORDINGS["it"])
    asked = explainer.questions(vacancy, profile, swings, RANKER.stakes(), most=99)
    whole = Claim("", {}, vacancy, profile)
    silent = {
        str(column.question)
        for column in FEATURES
        if np.isnan(features[column.name]) and features[str(column.asked_by)] == 1.0
    }
    for question in asked:
        group, _, uri = question.key.partition(":")
        if group == "ask.skill":
            shown = whole.held | whole.worked
            assert uri in (whole.essential | whole.trade) - shown
            assert f"«saper fare {uri}»" in question.text
        else:
            assert question.key in silent
        assert question.swing > 0
    assert [q.swing for q in asked] == sorted((q.swing for q in asked), reverse=True)
    assert len({q.key for q in asked}) == len(asked)
    assert explainer.questions(vacancy, profile, swings, RANKER.stakes()) == asked[:3]


@seldom
@given(vacancies(), profiles())
def test_evidence_is_quoted_from_the_two_documents(vacancy: Vacancy, profile: Profile) -> None:
    reasons, _, _ = _explained(vacancy, profile, PROBE)
    for reason in reasons:
        assert set(reason.person_evidence) <= _words_of(profile)
        assert set(reason.vacancy_evidence) <= _words_of(vacancy)


def _words_of(document: Vacancy | Profile) -> set[str]:
    items = [*document.skills, *document.occupations]
    if isinstance(document, Profile):
        items += document.aspirations
    found = {evidence.text for item in items for evidence in item.evidence}
    for name in document.facts.__slots__:
        value = getattr(document.facts, name)
        for fact in value if isinstance(value, tuple) else (value,):
            if hasattr(fact, "evidence"):
                found.add(fact.evidence)
    return found | {word.evidence for word in document.words}


@seldom
@given(vacancies(), profiles())
def test_effects_are_the_contributions_of_the_dimension_strongest_first(
    vacancy: Vacancy, profile: Profile
) -> None:
    reasons, _, _ = _explained(vacancy, profile, PROBE)
    frame = pair_features([vacancy], [profile], SPACE)
    parts = RANKER.contributions(frame).iloc[0]
    for reason in reasons:
        total = sum(v for n, v in parts.items() if BY_NAME[str(n)].dimension is reason.dimension)
        assert reason.effect == pytest.approx(total, abs=1e-4)
    sizes = [abs(reason.effect) for reason in reasons]
    assert sizes == sorted(sizes, reverse=True)


@pytest.mark.parametrize("language", ["it", "en"])
@seldom
@given(vacancies(), profiles())
def test_every_sentence_is_filled_in_and_whole(
    language: str, vacancy: Vacancy, profile: Profile
) -> None:
    reasons, missing, _ = _explained(vacancy, profile, WORDINGS[language])
    for text in (*(reason.text for reason in reasons), *missing):
        assert not set("{}<>") & set(text)
        assert "None" not in text
        assert "  " not in text
        assert "nan" not in text.split()
    for reason in reasons:
        assert reason.text[0].isupper()
        assert reason.text.endswith(".")


def test_every_sentence_about_a_pair_has_its_truth_written_down() -> None:
    said = {key for key in WORDINGS["it"].sentences if key.startswith(("reason.", "missing."))}
    assert said == set(TRUE)


def _golden(language: str) -> tuple[dict[Dimension, str], tuple[str, ...]]:
    vacancy = a_vacancy(
        essential=["pallets", "inventory"],
        trade=["forklift"],
        jobs=["storekeeper"],
        months_required=24,
        comune=VALLEY,
        licences=["B"],
        own_vehicle=True,
        hours=["full_time", "part_time"],
        shifts=["rotating", "weekend"],
        languages=[("de", "B2"), ("it", None)],
    )
    profile = a_profile(
        skills=["pallets"],
        jobs={"driver": 10},
        comune=HILL,
        licences=["B"],
        hours=["part_time"],
        shifts=["rotating"],
        languages=[("de", "A2")],
    )
    reasons, missing, _ = _explained(vacancy, profile, WORDINGS[language])
    return {reason.dimension: reason.text for reason in reasons}, missing


def test_a_whole_explanation_in_italian() -> None:
    texts, missing = _golden("it")
    assert texts == {
        Dimension.SKILLS: "Competenze richieste presenti nel CV: 1 su 2 (saper fare pallets). "
        "I lavori svolti di solito comportano: saper fare inventory. "
        "Del mestiere risultano, dal CV o dai lavori svolti: saper fare forklift.",
        Dimension.EXPERIENCE: "Ha svolto un lavoro vicino: mestiere di driver (10 mesi). "
        "L'offerta chiede 2 anni di esperienza: nel CV 10 mesi in lavori uguali o vicini.",
        Dimension.REACH: "Da Borgo in Collina a Borgo in Valle: circa 20 minuti in auto (stima). "
        "Tra patente e mezzo richiesti, nel CV: patente B.",
        Dimension.AVAILABILITY: "Orario compatibile: tempo parziale. Turni compatibili: turni.",
        Dimension.LANGUAGES: "Lingue richieste, nel CV a un livello più basso di quello utile: "
        "tedesco (A2, richiesto B2).",
    }
    assert missing == (
        "esperienza di 2 anni (nel CV 10 mesi in lavori uguali o vicini)",
        "tedesco a livello B2",
    )


def test_the_same_explanation_in_english() -> None:
    texts, missing = _golden("en")
    assert texts[Dimension.SKILLS].startswith(
        "Skills asked for that the CV shows: 1 of 2 (doing pallets). "
        "The jobs done usually involve: doing inventory."
    )
    assert texts[Dimension.EXPERIENCE].startswith("Has done a near job: driver job (10 months).")
    assert missing[0] == "2 years of experience (the CV has 10 months in the same or near jobs)"


def test_what_is_missing_comes_by_how_much_it_tells_trades_apart() -> None:
    vacancy = a_vacancy(essential=["teamwork", "inventory", "cooking", "pallets"])
    _, missing, _ = _explained(vacancy, a_profile(skills=["packing"]), WORDINGS["it"])
    assert missing == tuple(
        f"saper fare {uri}" for uri in ("pallets", "cooking", "teamwork", "inventory")
    )


@pytest.mark.parametrize("months", [28, 30])
def test_long_experience_in_a_near_job_is_said_to_count_in_part(months: int) -> None:
    # 30 months at a proximity of 0.8252 are 24.8 of the 28 asked.
    vacancy = a_vacancy(jobs=["storekeeper"], months_required=28)
    reasons, missing, _ = _explained(vacancy, a_profile(jobs={"driver": months}), WORDINGS["it"])
    assert reasons[0].text.endswith(
        f"L'offerta chiede 28 mesi di esperienza in questa mansione: nel CV {months} mesi in "
        "lavori vicini, che contano in parte."
    )
    assert missing == (f"esperienza di 28 mesi (nel CV {months} mesi in lavori uguali o vicini)",)


def test_what_would_be_liked_is_never_missing() -> None:
    plus = Importance.OPTIONAL
    vacancy = a_vacancy(
        optional=["pallets"],
        licences=[a_fact("B", importance=plus)],
        own_vehicle=a_fact(True, importance=plus),
        languages=[a_language("de", "B1", importance=plus)],
    )
    profile = a_profile(licences=["A"], own_vehicle=False, languages=[("en", "B1")])
    _, missing, _ = _explained(vacancy, profile, WORDINGS["it"])
    assert missing == ()


def test_a_language_is_missing_where_others_are_listed_without_it() -> None:
    vacancy = a_vacancy(languages=[("de", None)])
    _, missing, _ = _explained(vacancy, a_profile(languages=[("en", None)]), WORDINGS["it"])
    assert missing == ("tedesco",)
    _, missing, _ = _explained(vacancy, a_profile(), WORDINGS["it"])
    assert missing == ()


def test_a_language_that_the_taxonomy_does_not_name_keeps_its_code() -> None:
    reasons, _, _ = _explained(
        a_vacancy(languages=[("fr", None)]), a_profile(languages=[("fr", "C1")]), WORDINGS["it"]
    )
    assert [reason.text for reason in reasons] == ["Lingue richieste presenti nel CV: fr (C1)."]


def test_a_vehicle_is_not_taken_for_a_written_licence() -> None:
    reasons, missing, _ = _explained(
        a_vacancy(licences=["B"]), a_profile(own_vehicle=True), WORDINGS["it"]
    )
    assert [reason.text for reason in reasons] == [
        "L'offerta chiede: patente B. Il CV parla di un mezzo proprio, la patente è da confermare."
    ]
    assert missing == ()


def test_a_long_list_of_gaps_does_not_read_as_hopeless() -> None:
    vacancy = a_vacancy(
        essential=["forklift", "pallets", "packing", "licence-c", "teamwork", "inventory"],
        trade=["cooking"],
        jobs=["cook"],
        months_required=36,
    )
    reasons, missing, _ = _explained(vacancy, a_profile(jobs={"driver": 30}), WORDINGS["it"])
    assert len(missing) == 5
    text = " ".join(reason.text for reason in reasons)
    assert "si possono chiedere a colloquio" in text
    assert "L'esperienza è in altri lavori: mestiere di driver (30 mesi)." in text
    assert not re.search(r"nessun|non ha\b|manca|insufficient|lontan|scars|inadeguat", text)


def test_how_long_is_not_asked_before_what() -> None:
    frame = pair_features([a_vacancy(jobs=["cook"], months_required=12)], [a_profile()], SPACE)
    swings = row(RANKER.swings(frame), ("v", "p"))
    found = Explainer(SPACE, WORDINGS["it"]).questions(
        a_vacancy(jobs=["cook"], months_required=12), a_profile(), swings, RANKER.stakes()
    )
    assert [question.key for question in found] == ["ask.experience", "ask.aspirations"]
    assert found[0].swing == pytest.approx(0.13 + 0.05 + 0.02)


def test_a_row_is_read_by_its_pair() -> None:
    frame = pd.DataFrame(
        {"a": [1.0, 2.0]}, index=pd.MultiIndex.from_tuples([("v", "p"), ("v", "q")])
    )
    assert row(frame, ("v", "q")) == {"a": 2.0}

"""No sentence may state what the data does not say; see ``claims``."""

import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.domain import Dimension, Importance, Profile, Reason, Vacancy
from matching.explanation import Explainer
from matching.explanation.subjects import SUBJECTS
from matching.features import BY_NAME, FEATURES, FeatureSpace, pair_features
from matching.features.experience import OccupationSpace
from matching.models import BaselineRanker, Ranker
from matching.wording import Wording
from tests.explanation.claims import PROBE, TRUE, WORDINGS, Claim, claims_of
from tests.factories import HILL, VALLEY, a_fact, a_language, a_profile, a_space, a_vacancy
from tests.features.strategies import often, profiles, seldom, vacancies
from tests.models.packages import a_ranker

SPACE = a_space()
RANKER = BaselineRanker().fit(pair_features([], [], SPACE))
RANKERS = st.sampled_from(["baseline", "learned"])
# What a sentence that finds everything as asked speaks of, and one that finds it least so: such a
# feature has its best, or its least, value.
BEST = {
    "reason.experience_same": "experience_proximity",
    "reason.experience_required_met": "experience_required",
    "reason.education_met": "education_level",
    "reason.aspirations_same": "aspirations_proximity",
    "reason.availability_hours_met": "availability_hours",
    "reason.availability_contract_met": "availability_contract",
    "reason.availability_start_met": "availability_start",
}
LEAST = {
    "reason.availability_hours_short": "availability_hours",
    "reason.availability_contract_short": "availability_contract",
    "reason.availability_start_short": "availability_start",
}


def _ranker(name: str) -> Ranker:
    return RANKER if name == "baseline" else a_ranker()


def _numbers(frame: pd.DataFrame) -> dict[str, float]:
    """Return the one pair of a frame as numbers by column."""
    (values,) = frame.to_numpy().tolist()
    return dict(zip(frame.columns, values, strict=True))


def _explained(
    vacancy: Vacancy, profile: Profile, wording: Wording, *, space: FeatureSpace = SPACE
) -> tuple[tuple[Reason, ...], tuple[str, ...], dict[str, float]]:
    frame = pair_features([vacancy], [profile], space)
    features = _numbers(frame)
    explainer = Explainer(space, wording)
    parts = _numbers(RANKER.contributions(frame))
    reasons = explainer.reasons(vacancy, profile, features, parts)
    return reasons, explainer.missing(vacancy, profile, features), features


def _claims(vacancy: Vacancy, profile: Profile, ranker: Ranker) -> tuple[list[Claim], list[Reason]]:
    frame = pair_features([vacancy], [profile], SPACE)
    parts = _numbers(ranker.contributions(frame))
    reasons = Explainer(SPACE, PROBE).reasons(vacancy, profile, _numbers(frame), parts)
    found = [c for r in reasons for c in claims_of(r.text, vacancy, profile, parts)]
    return found, list(reasons)


@often
@given(vacancies(), profiles(), RANKERS)
def test_every_reason_is_true(vacancy: Vacancy, profile: Profile, name: str) -> None:
    found, _ = _claims(vacancy, profile, _ranker(name))
    for claim in found:
        assert TRUE[claim.key](claim), claim


@often
@given(vacancies(), profiles())
def test_every_sentence_speaks_of_what_is_asked_and_known(
    vacancy: Vacancy, profile: Profile
) -> None:
    features = _numbers(pair_features([vacancy], [profile], SPACE))
    found, _ = _claims(vacancy, profile, RANKER)
    for claim in found:
        name = claim.key.removeprefix("reason.")
        if name.startswith("other_"):
            continue  # what moves the score is known
        columns = [BY_NAME[column] for column in SUBJECTS[name]]
        assert any(
            features[str(c.asked_by)] == 1.0 and not np.isnan(features[c.name]) for c in columns
        ), claim


@seldom
@given(vacancies(), profiles(), RANKERS)
def test_what_is_as_asked_never_counts_against_and_what_is_least_so_never_in_favour(
    vacancy: Vacancy, profile: Profile, name: str
) -> None:
    found, _ = _claims(vacancy, profile, _ranker(name))
    for claim in found:
        if claim.key in BEST:
            assert claim.parts[BEST[claim.key]] >= -1e-9, claim
        if claim.key in LEAST and name == "baseline":
            assert claim.parts[LEAST[claim.key]] <= 1e-9, claim


@often
@given(vacancies(), profiles(), RANKERS)
def test_effects_add_up_to_the_score_but_for_less_than_a_point_for_each_feature_not_told(
    vacancy: Vacancy, profile: Profile, name: str
) -> None:
    ranker = _ranker(name)
    found, reasons = _claims(vacancy, profile, ranker)
    (score,) = ranker.predict(pair_features([vacancy], [profile], SPACE))
    told = {reason.dimension for reason in reasons}
    parts = ranker.contributions(pair_features([vacancy], [profile], SPACE)).iloc[0]
    untold = [c.name for c in FEATURES if c.dimension not in told]
    assert all(abs(parts[column]) < 0.01 for column in untold)
    rest = sum(parts[column] for column in untold)
    explained = sum(reason.effect for reason in reasons)
    base = ranker.no_information()
    assert explained + rest == pytest.approx(score - base, abs=1e-4 * len(Dimension))
    # Within a dimension too: what moves the score by a point is spoken of.
    said = {claim.key.removeprefix("reason.") for claim in found}
    spoken = {column for key in said & SUBJECTS.keys() for column in SUBJECTS[key]}
    labels = " ".join(c.values["list"] for c in found if c.key.startswith("reason.other_"))
    for column in FEATURES:
        if abs(parts[column.name]) >= 0.01 and column.name not in spoken:
            assert WORDINGS["it"].say(column.label) in labels, column.name


# Nothing of the kind is in a profile; a sentence that brought it in would be made up.
_NEVER_SAID = re.compile(
    r"\b(sesso|uomo|uomini|donn[ae]|età|giovan[ei]|anzian[oaie]|nazionalit\w+|cittadin\w+|stranier\w"
    r"|famigli\w+|figli\w*|sposat\w|maternità|malatti\w+|salute|inattiv\w+|interruzion\w+|lacun\w+"
    r"|pausa|fermo|ferma|disoccupa\w+|da tempo|dal \d|nel \d{4}|(19|20)\d\d)\b",
    re.IGNORECASE,
)


@seldom
@given(vacancies(), profiles(), st.sampled_from([None, "2009-05", "ongoing"]), RANKERS)
def test_no_sentence_tells_who_she_is_or_when_she_worked(
    vacancy: Vacancy, profile: Profile, last: str | None, name: str
) -> None:
    end = None if last is None else a_fact(last)
    facts = replace(profile.facts, last_job_end=end, experience_months=len(last or "") * 7)
    other = replace(profile, facts=facts)
    ranker, explainer = _ranker(name), Explainer(SPACE, WORDINGS["it"])
    told = []
    for person in (profile, other):
        frame = pair_features([vacancy], [person], SPACE)
        parts, features = _numbers(ranker.contributions(frame)), _numbers(frame)
        reasons = explainer.reasons(vacancy, person, features, parts)
        told.append((reasons, explainer.missing(vacancy, person, features)))
    assert told[0] == told[1]
    for text in (*(reason.text for reason in told[0][0]), *told[0][1]):
        assert not _NEVER_SAID.search(text), text


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
        "Competenze abituali del mestiere, nel CV o nei lavori svolti: saper fare forklift. "
        "Altri confronti a favore: parole del mestiere in comune con l'offerta.",
        Dimension.EXPERIENCE: "Ha svolto un lavoro vicino: mestiere di driver (10 mesi). "
        "L'offerta chiede 2 anni di esperienza: nel CV 10 mesi in lavori uguali o vicini.",
        Dimension.REACH: "Da Borgo in Collina a Borgo in Valle: circa 20 minuti in auto (stima). "
        "Tra patente e mezzo richiesti, risulta: patente B.",
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
    assert missing == (
        f"esperienza di 28 mesi in questa mansione (nel CV {months} mesi in lavori vicini, che "
        "contano in parte)",
    )


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
        "L'offerta chiede: patente B. Risulta un mezzo proprio: la patente è da confermare."
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


def test_a_kindred_skill_is_named_with_the_one_that_it_counts_for() -> None:
    vacancy = a_vacancy(essential=["forklift", "cooking"], trade=["packing"])
    (reason,), missing, _ = _explained(vacancy, a_profile(skills=["pallets"]), WORDINGS["it"])
    assert (
        "Competenze vicine a quelle richieste, nel CV o nei lavori svolti, che contano in parte: "
        "«saper fare pallets» per «saper fare forklift», "
        "«saper fare pallets» per «saper fare packing»." in reason.text
    )
    assert reason.person_evidence == ("CV: pallets",)
    assert reason.vacancy_evidence == ("offerta: forklift",)
    assert missing == ("saper fare cooking", "saper fare forklift")


def test_a_kindred_skill_of_a_job_is_proved_by_the_job() -> None:
    vacancy = a_vacancy(essential=["pallets"])
    (reason,), _, _ = _explained(vacancy, a_profile(jobs={"driver": 8}), WORDINGS["it"])
    assert "«saper fare forklift» per «saper fare pallets»" in reason.text
    assert reason.person_evidence == ("lavoro: driver",)


def test_of_a_job_that_cannot_be_compared_nothing_is_said() -> None:
    known = [uri for uri in SPACE.occupations.numbers if uri != "cook"]
    rows = SPACE.occupations.known(known)
    occupations = OccupationSpace(
        {uri: number for number, uri in enumerate(known)},
        SPACE.occupations.proximity[np.ix_(rows, rows)],
        SPACE.occupations.families[rows],
    )
    space = replace(SPACE, occupations=occupations)
    vacancy = a_vacancy(jobs=["driver"], months_required=36)
    both = a_profile(jobs={"cook": 40, "storekeeper": 12}, wanted=["cook"])
    reasons, missing, _ = _explained(vacancy, both, WORDINGS["it"], space=space)
    assert [r.text for r in reasons if r.dimension is not Dimension.SKILLS] == [
        "Ha svolto un lavoro vicino: mestiere di storekeeper (1 anno)."
    ]
    assert missing == ()
    reasons, _, _ = _explained(
        a_vacancy(jobs=["cook"]), a_profile(jobs={"driver": 40}), WORDINGS["it"], space=space
    )
    assert [r for r in reasons if r.dimension is Dimension.EXPERIENCE] == []


def test_minutes_of_a_timetable_are_not_called_an_estimate() -> None:
    journeys = SPACE.territory.journeys
    joined = replace(journeys, timetabled=np.ones_like(journeys.timetabled))
    territory = replace(SPACE.territory)
    vars(territory)["journeys"] = joined  # as if a timetable had been read
    vacancy = a_vacancy(comune=VALLEY)
    profile = a_profile(comune=HILL, own_vehicle=False)
    (reason,), _, _ = _explained(
        vacancy, profile, WORDINGS["it"], space=replace(SPACE, territory=territory)
    )
    assert reason.text == (
        "Da Borgo in Collina a Borgo in Valle: circa 50 minuti con i mezzi pubblici "
        "(secondo gli orari)."
    )


def test_what_moves_the_score_without_a_sentence_is_named() -> None:
    # Of trade words, none is shared: the feature that weighs most, and nothing to quote.
    vacancy = a_vacancy(essential=["teamwork"], words={"cooking": 3})
    (reason,), _, _ = _explained(vacancy, a_profile(skills=["teamwork"]), WORDINGS["it"])
    assert reason.text.endswith(
        "Altri confronti a sfavore: parole del mestiere in comune con l'offerta."
    )

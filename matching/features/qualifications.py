"""Education and languages against what a vacancy asks."""

from collections.abc import Mapping

import numpy as np

from matching.domain import Facts, Importance, LanguageFact
from matching.features.tables import Array, PersonTables, VacancyTables

_LEVEL_STEP = 0.34  # what each EQF level short of the one asked costs
_CEFR = {level: number for number, level in enumerate(("A1", "A2", "B1", "B2", "C1", "C2"), 1)}
# A language asked without a level is asked at B1, and one claimed without a level is taken as
# A2: enough to say so, too little to rely on.
_ASKED_UNSAID = 3
_HELD_UNSAID = 2
_OPTIONAL = 0.4
_HERE = "it"


def qualification_features(vacancies: VacancyTables, persons: PersonTables) -> dict[str, Array]:
    """Education level and languages.

    Returns
    -------
    dict
        Arrays of shape (vacancies, persons) in [0, 1], NaN where not known or not asked:
        ``education_level`` (1 at or above the EQF level asked, 0.34 less for each level short),
        ``languages`` (mean over the languages asked of level held / level asked, at most 1;
        one asked as a plus counts 0.4); and the ``asked_`` columns. A language that a CV does
        not name is not known, unless the CV names foreign languages without it.
    """
    asked, given = vacancies.facts, persons.facts
    shape = (len(asked), len(given))
    need = _levels(asked)[:, None]
    have = _levels(given)[None, :]
    education = np.clip(1.0 - _LEVEL_STEP * np.maximum(need - have, 0.0), 0.0, 1.0)
    languages = np.full(shape, np.nan)
    spoken = [{item.code: item for item in facts.languages} for facts in given]
    for row, facts in enumerate(asked):
        for column, held in enumerate(spoken):
            languages[row, column] = _languages(facts.languages, held)
    has_languages = np.array([float(bool(facts.languages)) for facts in asked])[:, None]
    return {
        "education_level": education,
        "languages": languages,
        "asked_education": np.broadcast_to((~np.isnan(need)).astype(float), shape),
        "asked_languages": np.broadcast_to(has_languages, shape),
    }


def _levels(facts: tuple[Facts, ...]) -> Array:
    return np.array(
        [float(f.education_level.value) if f.education_level else np.nan for f in facts]
    )


def _languages(asked: tuple[LanguageFact, ...], held: dict[str, LanguageFact]) -> float:
    total = score = 0.0
    for item in asked:
        share = language_share(item, held)
        if share is not None:
            weight = _OPTIONAL if item.importance is Importance.OPTIONAL else 1.0
            total += weight
            score += weight * share
    return score / total if total else float("nan")


def language_share(asked: LanguageFact, held: Mapping[str, LanguageFact]) -> float | None:
    """Level held over level asked, at most 1; None where the CV does not answer."""
    mine = held.get(asked.code)
    # Who lists foreign languages lists them all; Italian goes without saying in an Italian CV.
    answered = mine is not None or (asked.code != _HERE and bool(held.keys() - {_HERE}))
    if not answered:
        return None
    need = _CEFR.get(asked.level or "", _ASKED_UNSAID)
    have = _CEFR.get(mine.level or "", _HELD_UNSAID) if mine else 0
    return min(1.0, have / need)

"""How much of what a vacancy asks the person's skills cover."""

import numpy as np
from scipy import sparse

from matching.features.tables import Array, PersonTables, SkillSpace, VacancyTables

_KIN = 0.4  # what a neighbouring skill is worth where the skill itself is not shown


def skill_features(
    vacancies: VacancyTables, persons: PersonTables, space: SkillSpace
) -> dict[str, Array]:
    """Coverage of the skills asked, weighted by how much each tells trades apart.

    Returns
    -------
    dict
        Arrays of shape (vacancies, persons) in [0, 1], NaN where the vacancy asks nothing:
        ``skills_essential``, ``skills_optional``, ``skills_trade`` (what the trade implies),
        ``skills_related`` (all of them, a kindred skill counting 0.4), the ``asked_`` columns,
        and ``person_skills``, the number of skills shown.
    """
    everything = vacancies.essential + vacancies.trade
    with_kin = _with_kin(persons.credit, space)
    found = {
        "skills_essential": _coverage(vacancies.essential, persons.credit),
        "skills_optional": _coverage(vacancies.optional, persons.credit),
        "skills_trade": _coverage(vacancies.trade, persons.credit),
        "skills_related": _coverage(everything, with_kin),
    }
    shape = found["skills_related"].shape
    for name, asked in (
        ("asked_skills_essential", vacancies.essential),
        ("asked_skills_optional", vacancies.optional),
        ("asked_skills_trade", vacancies.trade),
        ("asked_skills_any", everything),
    ):
        any_asked = np.asarray(asked.sum(axis=1)).reshape(-1, 1) > 0
        found[name] = np.broadcast_to(any_asked.astype(float), shape)
    shown = np.array([len(profile.skills) for profile in persons.profiles], dtype=float)
    found["person_skills"] = np.broadcast_to(shown, shape)
    return found


def _coverage(asked: sparse.csr_array, credit: sparse.csr_array) -> Array:
    total = np.asarray(asked.sum(axis=1), dtype=float).reshape(-1, 1)
    covered = np.asarray((asked @ credit.T).todense(), dtype=float)
    with np.errstate(invalid="ignore"):
        return np.where(total > 0, covered / np.where(total > 0, total, 1.0), np.nan)


def _with_kin(credit: sparse.csr_array, space: SkillSpace) -> sparse.csr_array:
    # A person with many kindred skills is no better than one with one: capped before use.
    kindred = (credit > 0).astype(float) @ space.kin
    kindred.data = np.full_like(kindred.data, _KIN)
    return credit.maximum(kindred)

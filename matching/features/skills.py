"""How much of what a vacancy asks the person's skills cover."""

import numpy as np
from scipy import sparse

from matching.features.tables import Array, AskedSkills, PersonSkills, product


def skill_features(asked: AskedSkills, persons: PersonSkills) -> dict[str, Array]:
    """Coverage of the skills asked, weighted by how much each tells trades apart.

    Returns
    -------
    dict
        Arrays of shape (vacancies, persons) in [0, 1], NaN where the vacancy asks nothing:
        ``skills_essential``, ``skills_optional``, ``skills_trade`` (what the trade implies),
        ``skills_related`` (all of them, a kindred skill counting 0.4), ``education_certified``
        (the certificates and licences to work among the essential), the ``asked_`` columns, and
        ``person_skills``, the number of skills shown.
    """
    everything = asked.essential + asked.trade
    direct = (asked.essential, asked.optional, asked.trade, asked.certified)
    shape = (everything.shape[0], len(persons.shown))
    # One product for all that is looked up in the same table.
    covered = product(sparse.vstack(direct, format="csr"), persons.credit)
    essential, optional, trade, certified = covered.reshape(len(direct), *shape)
    found: dict[str, Array] = {}
    for name, asks, group, held in (
        ("skills_essential", "asked_skills_essential", asked.essential, essential),
        ("skills_optional", "asked_skills_optional", asked.optional, optional),
        ("skills_trade", "asked_skills_trade", asked.trade, trade),
        (
            "skills_related",
            "asked_skills_any",
            everything,
            product(everything, persons.with_kin),
        ),
        ("education_certified", "asked_certified", asked.certified, certified),
    ):
        total = np.asarray(group.sum(axis=1), dtype=float).reshape(-1, 1)
        found[name] = np.full(shape, np.nan)
        np.divide(held, total, out=found[name], where=total > 0)
        found[asks] = np.broadcast_to((total > 0).astype(float), shape)
    found["person_skills"] = np.broadcast_to(persons.shown, shape)
    return found

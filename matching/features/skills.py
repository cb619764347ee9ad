"""How much of what a vacancy asks the person's skills cover."""

import numpy as np
from scipy import sparse

from matching.features.tables import Array, AskedSkills, Numbers, PersonSkills, product


def skill_features(
    asked: AskedSkills, persons: PersonSkills, rows: Numbers | None = None
) -> dict[str, Array]:
    """Coverage of the skills asked, weighted by how much each tells trades apart.

    Of all persons, or of some ``rows``.

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
    shown = persons.shown if rows is None else persons.shown[rows]
    shape = (everything.shape[0], len(shown))
    # One product for all that is looked up in the same table.
    covered = product(sparse.vstack(direct, format="csr"), persons.credit, rows)
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
            product(everything, persons.with_kin, rows),
        ),
        ("education_certified", "asked_certified", asked.certified, certified),
    ):
        total = _totals(group).reshape(-1, 1)
        found[name] = np.full(shape, np.nan)
        np.divide(held, total, out=found[name], where=total > 0)
        found[asks] = np.broadcast_to((total > 0).astype(float), shape)
    found["person_skills"] = np.broadcast_to(shown, shape)
    return found


def _totals(group: sparse.csr_array) -> Array:
    """Sum of each row, its cells one after the other."""
    rows = np.repeat(np.arange(group.shape[0]), np.diff(group.indptr))
    return np.bincount(rows, weights=group.data, minlength=group.shape[0]).astype(float)

"""One logistic hazard on months at risk: its settings, ridge, and signs known beforehand."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.special import expit, logit
from sklearn.linear_model import LogisticRegression

from matching.errors import DataError

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Cause = tuple[Array, Flags]
"""A row per month at risk, and whether it happened in that month."""

# Far below the rounding of anything that is shown, so that files repeat.
_EXACT = {"ftol": 1e-15, "gtol": 1e-9, "maxiter": 5000, "maxfun": 50_000}


# Penalties to choose from: with the first, effects are below a fiftieth of a log odds per
# deviation, with the last next to free.
STRENGTHS = (0.0004, 0.002, 0.01, 0.04, 0.2, 1.0, 5.0)


def check_settings(
    *,
    months: Any,
    steps: Any,
    C: Any,
    directions: Any,
    seed: Any,
    allowed: Any = (),
    undirected: Any = None,
) -> None:
    """Refuse settings of a hazard model that cannot be, however they were given or read.

    Raises
    ------
    DataError
        Naming them, and what to give.
    """
    given = (months, seed, *steps) if isinstance(steps, list | tuple) else (None,)
    whole = all(isinstance(one, int) for one in given) and isinstance(C, int | float | None)
    whole = whole and min(months, seed + 1) >= 1 and (C is None or C > 0)
    if not whole or list(steps) != sorted({0, *steps})[1:]:
        raise DataError(
            f"months={months}, steps={steps}, C={C}, seed={seed}: give at least one month, a list "
            "of whole steps from 1 up in order, C above 0 or none, a seed from 0."
        )
    if not isinstance(undirected, int | float | None) or not (undirected is None or undirected > 0):
        raise DataError(f"undirected={undirected!r}: give a strength above 0, or none.")
    if not isinstance(allowed, list | tuple) or any(type(name) is not str for name in allowed):
        raise DataError(f"allowed={allowed!r}: give a list of names.")
    if directions is not None and not (
        isinstance(directions, Mapping) and all(sign in (-1, 0, 1) for sign in directions.values())
    ):
        raise DataError(f"directions={directions}: give -1, 0 or 1 for each named covariate.")


def likeliest_strength(causes: Sequence[Cause]) -> float:
    """The strength under which what happened is likeliest, over all causes together.

    The evidence of each of ``STRENGTHS`` by Laplace's approximation (MacKay 1992, *Bayesian
    interpolation*, Neural Computation 4), signs left aside; of equal ones the smaller.

    Parameters
    ----------
    causes
        For each, the rows and whether it happened, as :func:`fit_cause` takes them.
    """
    width = causes[0][0].shape[1]
    return STRENGTHS[_likeliest(causes, [np.full(width, one) for one in STRENGTHS])]


def likeliest_loose(causes: Sequence[Cause], *, strength: float, loose: Flags) -> float:
    """The strength of some columns, the others' being given, as :func:`likeliest_strength`.

    Parameters
    ----------
    causes
        As there.
    strength
        Of all other columns, and the most that is tried of these.
    loose
        Which columns they are.
    """
    tried = [*(one for one in STRENGTHS if one < strength), strength]
    return tried[_likeliest(causes, [np.where(loose, one, strength) for one in tried])]


def _likeliest(causes: Sequence[Cause], tried: Sequence[Array]) -> int:
    evidence = [sum(_evidence(*cause, strength=one) for cause in causes) for one in tried]
    return int(np.argmax(evidence))


def _evidence(rows: Array, happens: Flags, *, strength: Array) -> float:
    if not rows.shape[1] or int(happens.sum()) in (0, len(happens)):
        return 0.0  # nothing is learnt of it but its level
    coef, covariance = fit_cause(rows, happens, strength=strength, signs=np.zeros(rows.shape[1]))
    odds = coef[0] + rows @ coef[1:]
    likely = odds[happens].sum() - np.logaddexp(0.0, odds).sum()
    prior = -(coef[1:] ** 2 / strength + np.log(strength)).sum() / 2.0
    return float(likely + prior + np.linalg.slogdet(covariance)[1] / 2.0)


def fit_cause(
    rows: Array, happens: Flags, *, strength: float | Array, signs: Array
) -> tuple[Array, Array]:
    """Coefficients of one cause, and how sure they are.

    Parameters
    ----------
    rows
        A row per month at risk, a column per effect.
    happens
        Whether it happened in that month.
    strength
        The inverse of the ridge penalty, one for all columns or one for each; the level is not
        penalised.
    signs
        For each column 1 or -1 where its effect cannot be of the other sign, else 0.

    Returns
    -------
    tuple
        The coefficients, the level first, and the inverse of their penalised information.
    """
    count, events = len(rows), int(happens.sum())
    full = np.hstack([np.ones((count, 1)), rows])
    strengths = np.broadcast_to(np.asarray(strength, dtype=float), rows.shape[1:])
    coef, penalty = np.zeros(full.shape[1]), np.concatenate([[0.0], 1.0 / strengths])
    if not rows.shape[1] or events in (0, count):
        # Of an exit never seen only the level can be said: half an event, and no reasons.
        level = events / count if 0 < events < count else (events + 0.5) / (count + 1)
        coef[0] = logit(level)
    else:
        # A column of less strength is one of smaller numbers, of the strength of all.
        most = float(strengths.max())
        size = np.sqrt(strengths / most)
        model = LogisticRegression(C=most, solver="newton-cholesky", tol=1e-8, max_iter=200)
        model.fit(rows * size, happens)
        coef = np.concatenate([model.intercept_, model.coef_[0] * size])
        if (coef[1:] * signs < 0).any():
            coef = _within(full, happens.astype(float), penalty, np.append(0.0, signs), coef)
    chance = expit(full @ coef)
    information = full.T @ (full * (chance * (1.0 - chance))[:, None]) + np.diag(penalty)
    inverse = np.linalg.inv(information)
    return coef, np.asarray((inverse + inverse.T) / 2, dtype=float)


def _within(full: Array, happens: Array, penalty: Array, signs: Array, start: Array) -> Array:
    """The most likely coefficients that keep their signs."""

    def loss(coef: Array) -> tuple[float, Array]:
        odds = full @ coef
        value = np.logaddexp(0.0, odds).sum() - happens @ odds + penalty @ coef**2 / 2
        slope = full.T @ (expit(odds) - happens) + penalty * coef
        return float(value) / len(full), slope / len(full)

    found = minimize(
        loss,
        np.where(start * signs < 0, 0.0, start),
        jac=True,
        method="L-BFGS-B",
        bounds=[(0.0 if s > 0 else None, 0.0 if s < 0 else None) for s in signs],
        options=_EXACT,
    )
    if not np.isfinite(found.x).all():
        raise DataError(f"The hazard could not be fitted ({found.message}); look at its columns.")
    return np.asarray(found.x, dtype=float)

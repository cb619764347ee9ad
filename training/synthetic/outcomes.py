"""One pool, one outcome: what the manager and the employer do, given all that chance holds."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from training.synthetic.parameters import DecisionParameters

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.int64]

_KNOWN_TO_MANAGER = 0.5  # share of reliability that shows before the job


@dataclass(frozen=True, slots=True)
class Chance:
    """All that no document says, for one pool, ``repetitions`` times over: (repetitions, pool)."""

    reliability: Array
    interview: Array
    taste: Array
    manager: Array
    employer: Array
    ready: Flags

    @classmethod
    def drawn(cls, rng: np.random.Generator, repetitions: int, pool: int, ready: float) -> "Chance":
        """Traits and noise drawn afresh, in standard deviations."""
        shape = (repetitions, pool)
        return cls(
            reliability=rng.standard_normal(shape),
            interview=rng.standard_normal(shape),
            taste=rng.standard_normal(shape),
            manager=rng.standard_normal(shape),
            employer=rng.standard_normal(shape),
            ready=rng.random(shape) < ready,
        )


def outcome(
    fit: Array,
    chance: Chance,
    parameters: DecisionParameters,
    *,
    shown: int,
    shortlisted: int,
    exposure: Array | float = 0.0,
    loss: tuple[Array | float, Array | float] = (0.0, 0.0),
) -> Numbers:
    """Labels of one pool: 0 not shown, 1 shown, 2 shortlisted, 3 hired.

    Parameters
    ----------
    fit
        True fit, shape (pool,).
    chance
        What happens besides, shape (repetitions, pool).
    parameters
        Sizes of the effects.
    shown, shortlisted
        How many the manager shows and the employer shortlists.
    exposure
        Head start of who comes to mind, shape (pool,).
    loss
        What the group of each person costs her with manager and employer, shape (pool,).

    Returns
    -------
    ndarray
        Integers of shape (repetitions, pool); at most one 3 in a row.
    """
    trait = parameters.reliability * chance.reliability
    judged = (
        fit
        + _KNOWN_TO_MANAGER * trait
        + parameters.manager_noise * chance.manager
        + exposure
        - loss[0]
    )
    met = (
        fit
        + trait
        + parameters.interview * chance.interview
        + parameters.taste * chance.taste
        + parameters.employer_noise * chance.employer
        - loss[1]
    )
    is_shown = _top(judged, shown)
    is_listed = _top(np.where(is_shown, met, -np.inf), shortlisted) & is_shown
    candidate = np.where(is_listed & chance.ready, met, -np.inf)
    is_hired = _top(candidate, 1) & np.isfinite(candidate)
    return is_shown.astype(np.int64) + is_listed + is_hired


def _top(values: Array, count: int) -> Flags:
    """The largest values of each row, the earlier of equal ones first."""
    chosen = np.zeros(values.shape, dtype=bool)
    first = np.argsort(-values, axis=1, kind="stable")[:, :count]
    np.put_along_axis(chosen, first, True, axis=1)
    return chosen

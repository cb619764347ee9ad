"""Kaplan-Meier and Cox on the folds of a table of spells, as scikit-survival fits them."""

from typing import Any

import numpy as np
import pandas as pd

from training.benchmarks.survival_peers import Peer, peer_curves
from training.censored import ipcw_brier, times_of
from training.selection import k_folds
from training.tabular.design import Design, Form
from training.tabular.fitting import Asked, Fitted

_DECIMALS = 4


def peer_briers(peer: Peer, fitted: Fitted, asked: Asked) -> dict[str, dict[str, float]]:
    """IPCW Brier score by horizon of both, and of every candidate, on the same people and folds.

    Cox reads what the simplest candidate reads, the mean where a value is not known. All are
    weighted by one censoring curve, that of all people.

    Parameters
    ----------
    peer
        Who is asked.
    fitted, asked
        A fit to spells.
    """
    outcome, rows = fitted.read.outcome, fitted.read.rows
    seen = pd.DataFrame({"months": outcome.duration, "event": outcome.event})
    at = np.array(outcome.horizons)
    order = np.argsort(at)
    survival = {name: np.full((len(outcome), len(at)), np.nan) for name in ("Kaplan-Meier", "Cox")}
    for fold in k_folds(outcome.frame(), folds=asked.folds, seed=asked.seed):
        design = Design.fit(rows.iloc[fold.train], fitted.read.inputs.used, form=Form.STRAIGHT)
        learnt = design.transform(rows.iloc[fold.train])
        means = learnt.mean()
        everybody, cox = peer_curves(
            peer,
            times_of(seen.iloc[fold.train]),
            learnt.fillna(means).to_numpy(dtype=float),
            design.transform(rows.iloc[fold.test]).fillna(means).to_numpy(dtype=float),
            at[order],
        )
        survival["Kaplan-Meier"][np.ix_(fold.test, order)] = everybody
        survival["Cox"][np.ix_(fold.test, order)] = cox
    for name in fitted.selection.scores:
        survival[name] = np.column_stack(
            [fitted.selection.no_work(name, outcome.periods(horizon)) for horizon in at]
        )
    times = times_of(seen)
    found: dict[str, Any] = {}
    for name, curves in survival.items():
        briers = ipcw_brier(times, curves, at)
        found[name] = {
            f"{horizon:g}": round(float(value), _DECIMALS)
            for horizon, value in zip(at, briers, strict=True)
        }
    return found

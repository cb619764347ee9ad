"""Answers of scikit-survival, in an environment of its own: JSON in, JSON out.

Started by ``training.benchmarks.survival_peers`` with the Python that ``VALORIAMO_PEER_PYTHON``
names (``make peers`` makes one); scikit-survival is GPL, and nothing of the project imports it, or
this. Risks given to it are higher where the event comes later, as everywhere in the project.
"""

import json
import sys
from importlib.metadata import version

import numpy as np
from sksurv.linear_model import CoxPHSurvivalAnalysis
from sksurv.metrics import (
    brier_score,
    concordance_index_censored,
    concordance_index_ipcw,
    cumulative_dynamic_auc,
    integrated_brier_score,
)
from sksurv.nonparametric import kaplan_meier_estimator
from sksurv.util import Surv


def about(asked):
    """Which scikit-survival answers."""
    return {"version": version("scikit-survival")}


def metrics(asked):
    """Every metric for the same persons; the censoring is that of ``train`` where it is given."""
    seen = Surv.from_arrays(event=asked["found"], time=asked["time"])
    train = asked.get("train") or asked
    train = Surv.from_arrays(event=train["found"], time=train["time"])
    at, survival = np.array(asked["at"]), np.array(asked["survival"])
    sooner, tau = -np.array(asked["risk"]), asked["tau"]
    return {
        "brier": brier_score(train, seen, survival, at)[1].tolist(),
        "integrated_brier": float(integrated_brier_score(train, seen, survival, at)),
        "auc": cumulative_dynamic_auc(train, seen, sooner, at)[0].tolist(),
        "concordance": float(concordance_index_censored(seen["event"], seen["time"], sooner)[0]),
        "concordance_ipcw": float(concordance_index_ipcw(train, seen, sooner)[0]),
        "concordance_ipcw_tau": float(concordance_index_ipcw(train, seen, sooner, tau)[0]),
    }


def curves(asked):
    """Chances of no event by each time, learnt from some persons, for others."""
    seen = Surv.from_arrays(event=asked["found"], time=asked["time"])
    at = np.array(asked["at"])
    times, chance = kaplan_meier_estimator(seen["event"], seen["time"])
    everybody = np.concatenate([[1.0], chance])[np.searchsorted(times, at, side="right")]
    model = CoxPHSurvivalAnalysis().fit(np.array(asked["covariates"]), seen)
    others = model.predict_survival_function(np.array(asked["others"]))
    return {"kaplan_meier": everybody.tolist(), "cox": [curve(at).tolist() for curve in others]}


if __name__ == "__main__":
    question = json.load(sys.stdin)
    answer = {"about": about, "metrics": metrics, "curves": curves}[question["ask"]]
    json.dump(answer(question), sys.stdout)

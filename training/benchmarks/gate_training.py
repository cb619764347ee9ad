"""Learn whether texts are what they are given as, from real ones and from boilerplate."""

from collections.abc import Sequence

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from matching.errors import DataError
from matching.extraction.gate import Gate
from matching.extraction.loose_features import Signs

# Inverse strength of the penalty, chosen by cross-validation over documents.
_STRENGTH = 0.1
_DECIMALS = 6


def learned_gate(real: Sequence[Signs], boilerplate: Sequence[Signs]) -> Gate:
    """Logistic regression over standardised columns, its scales folded into the weights.

    Raises
    ------
    DataError
        When there are only texts of one kind.
    """
    if not real or not boilerplate:
        raise DataError("A purpose is learned from real texts and from boilerplate: give both.")
    rows = np.array([*real, *boilerplate], float)
    is_real = np.array([True] * len(real) + [False] * len(boilerplate))
    scaler = StandardScaler().fit(rows)
    model = LogisticRegression(C=_STRENGTH, max_iter=2000).fit(scaler.transform(rows), is_real)
    weights = model.coef_[0] / scaler.scale_
    intercept = float(model.intercept_[0] - weights @ scaler.mean_)
    return Gate(
        round(intercept, _DECIMALS),
        tuple(round(float(weight), _DECIMALS) for weight in weights),
    )

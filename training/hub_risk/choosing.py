"""Which model of risk a history gets, plain, splined or of trees: by people who came later."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from matching.errors import DataError
from matching.models.boosted_hazard import BoostedHazard
from matching.models.covariates import Array
from matching.models.risk import DiscreteHazard
from matching.models.risk_models import Hazard
from matching.models.splined_hazard import SplinedHazard
from training.selection import Candidate, Fold, Selection, rolling_folds, select

PLAIN = "logistic"
FOLDS = 4
_DECIMALS = 6

_Make = Callable[[Sequence[str], bool], Hazard]


def _plain(allowed: Sequence[str], whole: bool) -> Hazard:
    return DiscreteHazard(allowed=allowed)


def _splined(allowed: Sequence[str], whole: bool) -> Hazard:
    return SplinedHazard(allowed=allowed)


def _boosted(allowed: Sequence[str], whole: bool) -> Hazard:
    # Only what serves needs an interval, which takes nine times as long to learn.
    return BoostedHazard(allowed=allowed) if whole else BoostedHazard(allowed=allowed, members=0)


MODELS: Mapping[str, _Make] = MappingProxyType(
    {PLAIN: _plain, "logistic with splines": _splined, "boosted trees": _boosted}
)
"""By name, the simplest first; told the protected names that may enter, and whether it serves."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Choice:
    """The model that was chosen, learnt from everybody, and why.

    Attributes
    ----------
    model
        Reads the covariates that are known of anybody.
    name
        In ``MODELS``.
    folds
        What the candidates were compared on; none where there was too little.
    selection
        What came of it; None where there was too little.
    reason
        In words.
    """

    model: Hazard
    name: str
    folds: tuple[Fold, ...]
    selection: Selection | None
    reason: str

    @property
    def tested(self) -> npt.NDArray[np.bool_]:
        """Who was foretold out of fold, of the people learnt from."""
        if self.selection is None:
            raise DataError("Nobody was foretold out of fold: no models were compared.")
        hazards = self.selection.scores[self.name].hazards
        return np.asarray(~np.isnan(hazards[:, 0, 0]), dtype=bool)

    def card(self) -> dict[str, Any]:
        """What a model card says of it, as JSON values."""
        said: dict[str, Any] = {"chosen": self.name, "reason": self.reason}
        if self.selection is None:
            return said
        return said | {
            "people": self.selection.people,
            "folds": len(self.folds),
            "best": self.selection.best,
            "compared": [
                {
                    "name": name,
                    "surprise": round(score.mean, _DECIMALS),
                    "surprise_by_fold": [round(one, _DECIMALS) for one in score.folds],
                    "behind": round(score.behind, _DECIMALS),
                    "error": round(score.error, _DECIMALS),
                }
                for name, score in self.selection.scores.items()
            ],
        }


@dataclass(frozen=True, slots=True)
class Told:
    """A model and the covariates that it reads, of a frame that may have more."""

    model: Hazard

    def hazards(self, X: pd.DataFrame) -> Array:
        """As :meth:`matching.models.risk.DiscreteHazard.hazards`."""
        return self.model.hazards(X[list(self.model.feature_names_in_)])


def choose(
    X: pd.DataFrame,
    outcomes: pd.DataFrame,
    *,
    intake: Sequence[date],
    known_on: Callable[[date], pd.DataFrame],
    allowed: Sequence[str] = (),
    folds: int = FOLDS,
) -> Choice:
    """Compare the models on people who came later, keep one, and let it learn from everybody.

    Parameters
    ----------
    X, outcomes
        A row per person; ``outcomes`` as far as they are known by now.
    intake
        The day from which each person is foretold.
    known_on
        The outcomes of all of them as known on a day.
    allowed
        Protected names that may enter.
    folds
        How many blocks of people are foretold, each from all who came before.

    Returns
    -------
    Choice
        With too little data to compare, the plain model, and what was lacking as its reason.

    Raises
    ------
    DataError
        When not even the plain model can learn from it.
    """
    made: tuple[Fold, ...] = ()
    selection: Selection | None = None
    try:
        made = rolling_folds(intake, known_on, folds=folds)
        selection = select(X, outcomes, candidates(allowed), made)
    except DataError as error:
        # What cannot be compared is no fault of the history: it says what would be needed.
        made = ()
        reason = f"There is too little to compare models, so the plain one was taken. {error}"
    else:
        reason = selection.reason
    name = PLAIN if selection is None else selection.chosen
    return Choice(
        model=learn(name, X, outcomes, allowed=allowed, whole=True).model,
        name=name,
        folds=made,
        selection=selection,
        reason=reason,
    )


def candidates(allowed: Sequence[str] = ()) -> tuple[Candidate, ...]:
    """The models as candidates for a comparison, the simplest first."""
    return tuple(Candidate(name, partial(learn, name, allowed=allowed)) for name in MODELS)


def learn(
    name: str,
    X: pd.DataFrame,
    outcomes: pd.DataFrame,
    *,
    allowed: Sequence[str] = (),
    whole: bool = False,
) -> Told:
    """One of the models, learnt from the covariates that are known of anybody here."""
    known = X[X.columns[X.notna().any()]]
    made = MODELS[name]([one for one in allowed if one in known.columns], whole)
    return Told(made.fit(known, outcomes))

"""Which learned model serves: the champion, else the last good one, else none, never a guess."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from matching.domain import HubCalibration, ModelStamp
from matching.errors import ModelError
from matching.models.last_good import keep_last_good, read_last_good
from matching.models.package import calibration, open_model, stamp
from matching.models.ranker import LambdaRanker
from matching.models.registry import Registry
from matching.models.risk_models import RiskModel
from matching.models.versions import Champion, known_name


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """A model that may serve, its stamp, and what has to be said of how it was come by.

    Without a model the baseline serves, or nothing where there is none. ``card`` is the model's
    card, ``calibration`` what a hub's own outcomes did to a risk model's chances, by horizon;
    ``problems`` are plain sentences for stderr.
    """

    model: LambdaRanker | RiskModel | None = None
    stamp: ModelStamp | None = None
    card: Mapping[str, Any] = field(default_factory=dict, repr=False)
    calibration: tuple[HubCalibration, ...] = ()
    problems: tuple[str, ...] = ()


def load(home: Path, name: str) -> Loaded:
    """The model of a home folder that may serve.

    A new home has none, which is no problem: nothing is written there, and MLflow stays out of
    it. Where the registry is away or damaged the last champion that was opened serves.

    Parameters
    ----------
    home
        The folder that holds all state.
    name
        ``ranker`` or ``risk``.

    Raises
    ------
    ModelError
        For another name; whatever befell the files is in ``problems`` instead.
    """
    known_name(name)
    try:
        champion = Registry(home).champion(name)
        model = None if champion is None else open_model(champion.package)
    except ModelError as error:
        return _last_good(home, name, f"The champion of the {name} cannot be used. {error}")
    if champion is None:
        return _last_good(home, name, None)
    problems = _kept(home, name, champion)
    return Loaded(
        model=model,
        stamp=champion.stamp,
        card=champion.package.card,
        calibration=calibration(champion.package),
        problems=problems,
    )


def _kept(home: Path, name: str, champion: Champion) -> tuple[str, ...]:
    try:
        keep_last_good(home, name, champion.package, champion.version.version)
    except ModelError as error:
        return (str(error),)
    return ()


def _last_good(home: Path, name: str, problem: str | None) -> Loaded:
    """The last champion that was opened; ``problem`` is why the registry's does not serve."""
    said = () if problem is None else (problem,)
    try:
        last = read_last_good(home, name)
        model = None if last is None else open_model(last.package)
    except ModelError as error:
        lost = f"The last good {name} cannot be used either. {error} No learned {name} serves."
        return Loaded(problems=(*said, lost))
    if last is None:
        none = (
            ()
            if problem is None
            else (f"No learned {name} serves, and no last good one was kept.",)
        )
        return Loaded(problems=(*said, *none))
    if problem is None:
        said = (f"The registry in {home} names no champion of the {name}, though one served.",)
    instead = f"The last good {name}, version {last.version}, serves instead."
    return Loaded(
        model=model,
        stamp=stamp(last.package, last.version, name),
        card=last.package.card,
        calibration=calibration(last.package),
        problems=(*said, instead),
    )

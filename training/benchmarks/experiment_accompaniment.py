"""Configurations of the experiments on accompaniment: reach, effects, the fund."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from matching.errors import InputError
from training.benchmarks.experiment import read_counts, read_fields
from training.evaluation import SEED

_REACH = ("people", "vacancies", "counted", "services", "timed")
_FUND: Mapping[str, type] = {
    "benchmark": str,
    "seeds": list,
    "plans": int,
    "services": int,
    "budget_share": float,
    "people_share": float,
    "takers": list,
}
_EFFECTS: Mapping[str, type] = {
    "benchmark": str,
    "seeds": list,
    "people": int,
    "selection": float,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachGainRun:
    """Everything a run of the speed of reach gains depends on besides product and machine.

    ``people`` and ``vacancies`` are of the district; its vacancies are taken in turn until there
    are ``counted`` of them. ``timed`` people are timed, with so many ``services``.
    """

    people: int = 400
    vacancies: int = 500
    counted: int = 2_000
    services: int = 60
    timed: int = 30
    seed: int = SEED


def read_reach_gain(folder: Path, benchmark: str) -> ReachGainRun:
    """Read the ``config.toml`` of an experiment on the speed of reach gains.

    Raises
    ------
    InputError
        As :func:`training.benchmarks.experiment.read_config`; also for a count below one.
    """
    return ReachGainRun(**read_counts(folder, benchmark, _REACH))


def read_fund_run(folder: Path, benchmark: str) -> dict[str, Any]:
    """Read the ``config.toml`` of an experiment on the fund's allocation.

    Raises
    ------
    InputError
        As :func:`training.benchmarks.experiment.read_config`; also for a list that is empty or
        no whole numbers from 0.
    """
    config = read_fields(folder, benchmark, _FUND)
    for name in ("seeds", "takers"):
        found = config[name]
        if not found or any(type(one) is not int or one < 0 for one in found):
            raise InputError(
                f"{folder / 'config.toml'}: {name} = {found!r}: give whole numbers from 0."
            )
        config[name] = tuple(found)
    return {name: config[name] for name in _FUND if name != "benchmark"}


def read_effects_run(folder: Path, benchmark: str) -> dict[str, Any]:
    """Read the ``config.toml`` of an experiment on the effects of measures.

    Raises
    ------
    InputError
        As :func:`training.benchmarks.experiment.read_config`; also for seeds that are no whole
        numbers from 0, and no people.
    """
    config = read_fields(folder, benchmark, _EFFECTS)
    seeds = config["seeds"]
    if not seeds or any(type(one) is not int or one < 0 for one in seeds):
        raise InputError(f"{folder / 'config.toml'}: seeds = {seeds!r}: give whole numbers from 0.")
    if config["people"] < 1:
        raise InputError(f"{folder / 'config.toml'}: people = {config['people']}: give some.")
    return {
        "seeds": tuple(seeds),
        "people": config["people"],
        "selection": config["selection"],
    }

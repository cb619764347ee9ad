"""An experiment folder: ``config.toml`` says what to run, ``results.json`` what came of it."""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from matching.cli.files import whole_file
from matching.errors import InputError
from training.evaluation import DRAWS, SEED

_JUDGED: Mapping[str, type] = {
    "benchmark": str,
    "data": str,
    "as_of": date,
    "draws": int,
    "seed": int,
}
_SYNTHETIC: Mapping[str, type] = {
    "benchmark": str,
    "seeds": list,
    "people": int,
    "vacancies": int,
    "draws": int,
    "seed": int,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Everything a run of a benchmark on a judged set depends on besides the product."""

    data: Path
    as_of: date
    draws: int = DRAWS
    seed: int = SEED


@dataclass(frozen=True, slots=True, kw_only=True)
class SyntheticRun:
    """Everything a run on synthetic districts depends on besides the product.

    ``people`` and ``vacancies`` are of each district, ``seeds`` theirs, ``seed`` the bootstrap's.
    """

    seeds: tuple[int, ...] = (1, 2)
    people: int = 1500
    vacancies: int = 400
    draws: int = DRAWS
    seed: int = SEED


def read_config(folder: Path, benchmark: str) -> Run:
    """Read the ``config.toml`` of an experiment folder; ``data`` is relative to the folder.

    Raises
    ------
    InputError
        Naming the file: it cannot be read, a field is missing, unknown or of another type, or it
        is the configuration of another benchmark.
    """
    config = _read(folder, benchmark, _JUDGED)
    return Run(
        data=folder / config["data"],
        as_of=config["as_of"],
        draws=config["draws"],
        seed=config["seed"],
    )


def read_synthetic(folder: Path, benchmark: str) -> SyntheticRun:
    """Read the ``config.toml`` of an experiment on synthetic districts.

    Raises
    ------
    InputError
        As :func:`read_config`; also for a seed that is no whole number from 0.
    """
    config = _read(folder, benchmark, _SYNTHETIC)
    seeds = config["seeds"]
    if not seeds or any(type(seed) is not int or seed < 0 for seed in seeds):
        raise InputError(f"{folder / 'config.toml'}: seeds = {seeds!r}: give whole numbers from 0.")
    return SyntheticRun(
        seeds=tuple(seeds),
        people=config["people"],
        vacancies=config["vacancies"],
        draws=config["draws"],
        seed=config["seed"],
    )


def _read(folder: Path, benchmark: str, fields: Mapping[str, type]) -> dict[str, Any]:
    path = folder / "config.toml"
    try:
        config = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(f"{path}: cannot be read: {error}.") from error
    if config.get("benchmark", benchmark) != benchmark:
        raise InputError(
            f"{path}: configures {config['benchmark']!r}, not {benchmark!r}; give that name, or "
            "another folder."
        )
    wrong = set(config) ^ set(fields)
    if wrong:
        raise InputError(f"{path}: fields missing or unknown: {', '.join(sorted(wrong))}.")
    for name, kind in fields.items():
        # Exact types: a truth value is an int to Python, a date and time is a date.
        if type(config[name]) is not kind:
            raise InputError(f"{path}: {name} = {config[name]!r} is not of type {kind.__name__}.")
    return config


def write_results(folder: Path, report: Mapping[str, Any]) -> Path:
    """Write ``results.json`` whole or not at all, and return its path.

    Raises
    ------
    InputError
        When the folder cannot be written to.
    """
    path = folder / "results.json"
    with whole_file(path) as file:
        file.write(json.dumps(report, ensure_ascii=False, indent=2) + "\n")
    return path

"""An experiment folder: ``config.toml`` says what to run, ``results.json`` what came of it."""

import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from matching.cli.files import whole_file
from matching.errors import InputError
from training.benchmarks.italian_extraction_set import Split
from training.evaluation import DRAWS, SEED

_JUDGED: Mapping[str, type] = {
    "benchmark": str,
    "data": str,
    "as_of": date,
    "draws": int,
    "seed": int,
}
_EXTRACTION: Mapping[str, type] = {**_JUDGED, "split": str}
_SENTENCES: Mapping[str, type] = {
    "benchmark": str,
    "data": str,
    "draws": int,
    "seed": int,
}
_TITLES: Mapping[str, Mapping[str, type]] = {
    "occupation-linking": {"data": str, "cross_fit": bool, "draws": int},
    "title-similarity": {"data": str, "draws": int},
    "title-confidence": {"language": str},
}
_SYNTHETIC: Mapping[str, type] = {
    "benchmark": str,
    "seeds": list,
    "people": int,
    "vacancies": int,
    "draws": int,
    "seed": int,
}

_COUNTS = ("labels", "texts", "words", "phrases", "rounds")
_RISK_SPEED = ("people", "scored", "rounds", "explained")
_RANKED = ("people", "vacancies", "pool", "each", "rounds", "explained", "compared")


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Everything a run of a benchmark on a judged set depends on besides the product."""

    data: Path
    as_of: date
    draws: int = DRAWS
    seed: int = SEED


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractionRun(Run):
    """The same, of a run on a half of the extraction set."""

    split: Split


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceRun:
    """Everything a run on annotated sentences or titles depends on besides the product."""

    data: Path
    draws: int = DRAWS
    seed: int = SEED


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleRun:
    """Everything a run on job titles depends on besides the product, as far as it needs it."""

    data: Path | None = None
    cross_fit: bool = False
    language: str = "it"
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


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeedRun:
    """Everything a run of the speed benchmark depends on besides the product and the machine.

    ``labels``, ``texts`` and ``phrases`` are how many of each, ``words`` those of a text.
    """

    data: Path | None = None
    labels: int = 100_000
    texts: int = 500
    words: int = 400
    phrases: int = 1_000
    rounds: int = 5
    seed: int = SEED


@dataclass(frozen=True, slots=True, kw_only=True)
class RankingSpeedRun:
    """Everything a run of the ranking's speed depends on besides the product and the machine.

    ``people`` and ``vacancies`` are of the district, ``pool`` the people of the large pool;
    ``each`` vacancies are ranked for in each of the ``rounds``, ``compared`` are those of which
    everybody is scored; ``explained`` is how many get reasons.
    """

    people: int = 1_500
    vacancies: int = 400
    pool: int = 200_000
    each: int = 8
    rounds: int = 9
    explained: int = 20
    compared: int = 40
    seed: int = SEED


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskSpeedRun:
    """Everything a run of the risk's speed depends on besides the product and the machine.

    ``people`` are learnt from, ``scored`` are scored in each of the ``rounds``, ``explained`` one
    by one.
    """

    people: int = 1_500
    scored: int = 1_000_000
    rounds: int = 7
    explained: int = 300
    seed: int = SEED


def read_config(folder: Path, benchmark: str) -> Run:
    """Read the ``config.toml`` of an experiment folder; ``data`` is relative to the folder.

    Raises
    ------
    InputError
        Naming the file: it cannot be read, a field is missing, unknown or of another type, or it
        is the configuration of another benchmark.
    """
    config = read_fields(folder, benchmark, _JUDGED)
    return Run(
        data=folder / config["data"],
        as_of=config["as_of"],
        draws=config["draws"],
        seed=config["seed"],
    )


def read_extraction(folder: Path, benchmark: str) -> ExtractionRun:
    """Read the ``config.toml`` of an experiment on a half of the extraction set.

    Raises
    ------
    InputError
        As :func:`read_config`; also for a split that there is not.
    """
    config = read_fields(folder, benchmark, _EXTRACTION)
    if config["split"] not in set(Split):
        raise InputError(
            f"{folder / 'config.toml'}: split = {config['split']!r} is none of {', '.join(Split)}."
        )
    return ExtractionRun(
        data=folder / config["data"],
        split=Split(config["split"]),
        as_of=config["as_of"],
        draws=config["draws"],
        seed=config["seed"],
    )


def read_sentence_run(folder: Path, benchmark: str) -> SentenceRun:
    """Read the ``config.toml`` of an experiment on annotated sentences or titles.

    Raises
    ------
    InputError
        As :func:`read_config`.
    """
    config = read_fields(folder, benchmark, _SENTENCES)
    return SentenceRun(
        data=folder / config["data"],
        draws=config["draws"],
        seed=config["seed"],
    )


def read_title_run(folder: Path, benchmark: str) -> TitleRun:
    """Read the ``config.toml`` of an experiment on job titles.

    Raises
    ------
    InputError
        As :func:`read_config`.
    """
    fields = {"benchmark": str, "seed": int, **_TITLES[benchmark]}
    config = read_fields(folder, benchmark, fields)
    values = {name: config[name] for name in fields if name not in ("benchmark", "data")}
    return TitleRun(data=folder / config["data"] if "data" in config else None, **values)


def read_speed_run(folder: Path, benchmark: str) -> SpeedRun:
    """Read the ``config.toml`` of an experiment on speed.

    Raises
    ------
    InputError
        As :func:`read_config`; also for a count below one.
    """
    return SpeedRun(**read_counts(folder, benchmark, _COUNTS))


def read_ranking_speed(folder: Path, benchmark: str) -> RankingSpeedRun:
    """Read the ``config.toml`` of an experiment on the ranking's speed.

    Raises
    ------
    InputError
        As :func:`read_config`; also for a count below one.
    """
    return RankingSpeedRun(**read_counts(folder, benchmark, _RANKED))


def read_risk_speed(folder: Path, benchmark: str) -> RiskSpeedRun:
    """Read the ``config.toml`` of an experiment on the risk's speed.

    Raises
    ------
    InputError
        As :func:`read_config`; also for a count below one.
    """
    return RiskSpeedRun(**read_counts(folder, benchmark, _RISK_SPEED))


def read_counts(folder: Path, benchmark: str, counts: Sequence[str]) -> dict[str, Any]:
    """The counts and the seed of a configuration that has nothing else."""
    fields = {"benchmark": str, **dict.fromkeys(counts, int), "seed": int}
    config = read_fields(folder, benchmark, fields)
    for name in counts:
        if config[name] < 1:
            raise InputError(
                f"{folder / 'config.toml'}: {name} = {config[name]}: give one or more."
            )
    return {name: config[name] for name in (*counts, "seed")}


def read_synthetic(folder: Path, benchmark: str) -> SyntheticRun:
    """Read the ``config.toml`` of an experiment on synthetic districts.

    Raises
    ------
    InputError
        As :func:`read_config`; also for a seed that is no whole number from 0.
    """
    config = read_fields(folder, benchmark, _SYNTHETIC)
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


def read_fields(folder: Path, benchmark: str, fields: Mapping[str, type]) -> dict[str, Any]:
    """The fields of a ``config.toml``, each of its type, for a benchmark by its name."""
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

"""``benchmark reach-gain``: how fast what services would open is counted, beside counting anew.

One person after the other, on one core, warm; what is counted anew is every pair of every altered
profile with every vacancy. Both must say the same.
"""

import os
import platform
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import typer
from rich.console import Console
from rich.text import Text

from matching.accompaniment import Service as LocalService
from matching.accompaniment.market import Market
from matching.accompaniment.reach_gain import after_service, reach_gains, reach_of
from matching.cli.progress import waiting
from matching.cli.records import json_line
from matching.domain import Profile
from matching.domain.reach import Reach, ReachGain
from matching.errors import ModelError
from matching.models import Ranker
from matching.service import Service
from training.benchmarks.experiment import write_results
from training.benchmarks.experiment_accompaniment import ReachGainRun, read_reach_gain
from training.benchmarks.ranking_material import Material, in_turn, material
from training.benchmarks.ranking_timing import Watch, settled, spread

NAME = "reach-gain"
_SAME = 1e-9
_PACKAGES = ("scipy", "pandas", "lightgbm", "numpy")


def run_reach_gain(
    build_service: Callable[[], Service], *, record: Path | None, as_json: bool
) -> None:
    """Measure, write what is to be recorded, and print it."""
    run = read_reach_gain(record, NAME) if record else ReachGainRun()
    service = build_service()
    with waiting("Generating a district, and counting what services would open"):
        made = material(service, people=run.people, vacancies=run.vacancies, seed=run.seed)
        report = reach_gain_speed(service, made, run)
    if record:
        typer.echo(f"results written to {write_results(record, report)}", err=True)
    if as_json:
        typer.echo(json_line(report))
    else:
        print_reach_gain(Console(), report)


def reach_gain_speed(service: Service, made: Material, run: ReachGainRun) -> Mapping[str, Any]:
    """Milliseconds a person, with the baseline and with the ranker of the district.

    Raises
    ------
    ModelError
        If counting anew gives another number.
    """
    before = os.getloadavg()
    services = _teaching(service, run.services)
    asked = in_turn(made.vacancies, run.counted)
    found = service.market(asked, as_of=made.as_of)
    rankers: dict[str, Ranker] = {"baseline": service.ranker, "learned": made.ranker}
    people = made.profiles[: run.timed]
    return {
        "benchmark": NAME,
        "vacancies": len(asked),
        "distinct_vacancies": len(made.vacancies),
        "services": len(services),
        "people": len(people),
        "seed": run.seed,
        **{
            name: _timed(service, ranker, found, services, people)
            for name, ranker in rankers.items()
        },
        "machine": {
            "python": platform.python_version(),
            **{package: version(package) for package in _PACKAGES},
            "load_before": round(before[0], 1),
            "load_after": round(os.getloadavg()[0], 1),
        },
    }


def _teaching(service: Service, count: int) -> list[LocalService]:
    """The services of the catalogue that change most of a profile first."""
    if service.catalogue is None:
        raise ModelError("This territory has no catalogue of services: there is nothing to open.")
    services = sorted(
        service.catalogue.services,
        key=lambda one: (-len(one.teaches) - len(one.lifts), one.slug),
    )
    return services[:count]


def _timed(
    service: Service,
    ranker: Ranker,
    found: Market,
    services: Sequence[LocalService],
    people: Sequence[Profile],
) -> Mapping[str, Any]:
    options: dict[str, Any] = {
        "space": service.space,
        "rules": service.rules,
        "ranker": ranker,
        "policy": service.territory.policy.reach,
    }
    own: list[float] = []
    anew: list[float] = []
    opened = 0
    furthest = 0.0
    with settled():
        reach_gains(people[0], services, found, **options)  # the first warms up
        for person in people:
            watch = Watch()

            def count(person: Profile = person) -> tuple[Reach, tuple[ReachGain, ...]]:
                return reach_gains(person, services, found, **options)

            def count_anew(person: Profile = person) -> list[Reach]:
                altered = [after_service(person, one, service.space.taxonomy) for one in services]
                return [reach_of(one, found, **options) for one in altered]

            _, gains = watch("own", count)
            own.append(watch.steps["own"])
            whole = watch("anew", count_anew)
            anew.append(watch.steps["anew"])
            opened += sum(len(gain.opened) for gain in gains)
            furthest = max(furthest, *map(_apart, gains, whole))
    if furthest > _SAME:
        raise ModelError(f"Counted anew, what services open differs by {furthest}.")
    return {
        "ms": spread(own, digits=1),
        "ms_anew": spread(anew, digits=1),
        "ratio": spread([b / a for a, b in zip(own, anew, strict=True)], digits=1),
        "opened": opened,
        "furthest_apart": float(furthest),
    }


def _apart(gain: ReachGain, whole: Reach) -> float:
    pairs = [
        (getattr(gain.after, name), getattr(whole, name)) for name in Reach.__dataclass_fields__
    ]
    known = [(a, b) for a, b in pairs if a is not None and b is not None]
    if any((a is None) != (b is None) for a, b in pairs):
        return float(np.inf)
    return max(abs(float(a) - float(b)) for a, b in known)


def print_reach_gain(console: Console, report: Mapping[str, Any]) -> None:
    """What was measured, in two lines."""
    console.print(
        Text(
            f"{NAME}: {report['services']} services, {report['vacancies']} vacancies, "
            f"{report['people']} people, one core"
        )
    )
    for name in ("baseline", "learned"):
        part = report[name]
        console.print(
            Text(
                f"{name}: {part['ms']['median']} ms a person "
                f"({part['ms']['least']}-{part['ms']['most']}), {part['ratio']['median']} times "
                f"as fast as counting anew; {part['opened']} vacancies opened"
            )
        )

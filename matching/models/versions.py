"""What the registry says of a version of a model, and the tags in which it is kept there."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from types import MappingProxyType

from pydantic import ConfigDict, TypeAdapter

from matching.domain import HubCalibration, ModelStamp
from matching.domain.days import day_at
from matching.errors import ModelError
from matching.models.gate import Gate
from matching.models.package import Kind, Package, calibration, stamp

# Names that point to a version. The service uses the champion only.
CANDIDATE, CHAMPION, PREVIOUS = "candidate", "champion", "previous"
HISTORY = "history"
_RUN = re.compile(r"[0-9a-f]{32}")
_GATE_WORDS = {None: "absent", True: "passed", False: "failed"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Something done to a version: ``promoted``, ``restored`` or ``withdrawn``, by whom, when."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    what: str
    by: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelVersion:
    """One version: its content by digest, what points to it, what it showed, what was done.

    ``gate_passed`` is None where no gate was recorded; ``calibration`` is of a risk model, by
    horizon, and empty where it was not recorded.
    """

    name: str
    version: int
    digest: str
    aliases: tuple[str, ...]
    synthetic: bool
    known_until: date
    registered_at: datetime
    metrics: Mapping[str, float]
    gate_passed: bool | None
    calibration: tuple[HubCalibration, ...] = ()
    history: tuple[Change, ...] = ()
    run_id: str = field(repr=False)

    @property
    def registered_on(self) -> date:
        """The day on which it was registered."""
        return day_at(self.registered_at)

    @property
    def label(self) -> str:
        """What a message calls it."""
        return f"Version {self.version} of the {self.name}"


@dataclass(frozen=True, slots=True)
class Champion:
    """The version in service, with its verified package."""

    package: Package
    version: ModelVersion

    @property
    def stamp(self) -> ModelStamp:
        """What every result that it computes carries."""
        return stamp(self.package, self.version.version, self.version.name)


_CHANGES = TypeAdapter(tuple[Change, ...])
_NUMBERS = TypeAdapter(dict[str, float])
_CALIBRATION = TypeAdapter(tuple[HubCalibration, ...])
_CALIBRATED = "calibration"


def version_tags(package: Package, metrics: Mapping[str, float]) -> dict[str, str]:
    """The tags of a new version. The digest is kept apart from the files that it vouches for."""
    gate = package.gate
    return {
        "digest": package.digest,
        "synthetic": json.dumps(package.synthetic),
        "known_until": package.known_until.isoformat(),
        "dataset_digest": str(package.card["dataset_digest"]),
        "metrics": json.dumps(dict(metrics), allow_nan=False),
        "gate": _GATE_WORDS[None if gate is None else gate.passed],
        _CALIBRATED: _CALIBRATION.dump_json(calibration(package)).decode(),
    }


def history_text(changes: Iterable[Change]) -> str:
    """What was done to a version, as the text of its tag."""
    return _CHANGES.dump_json(tuple(changes)).decode()


def version_from(
    name: str,
    version: int,
    *,
    run_id: str,
    registered_ms: int,
    tags: Mapping[str, str],
    aliases: Iterable[str],
) -> ModelVersion:
    """A version from what the registry holds; a ``ModelError`` where that was altered."""
    try:
        words = {word: passed for passed, word in _GATE_WORDS.items()}
        return ModelVersion(
            name=name,
            version=version,
            digest=tags["digest"],
            aliases=tuple(sorted(aliases)),
            synthetic={"true": True, "false": False}[tags["synthetic"]],
            known_until=date.fromisoformat(tags["known_until"]),
            registered_at=datetime.fromtimestamp(registered_ms / 1000, UTC),
            metrics=MappingProxyType(_NUMBERS.validate_json(tags["metrics"])),
            gate_passed=words[tags["gate"]],
            calibration=_CALIBRATION.validate_json(tags.get(_CALIBRATED, "[]")),
            history=_CHANGES.validate_json(tags.get(HISTORY, "[]")),
            run_id=_run(run_id),
        )
    except (LookupError, ValueError, OverflowError) as error:
        raise ModelError(
            f"What the registry holds of version {version} of the {name} was altered ({error}). "
            "Restore the registry from a backup, or train again."
        ) from error


def known_name(name: str) -> str:
    """The name of a model, if there is such a one; else a ``ModelError``."""
    if name not in {str(kind) for kind in Kind}:
        raise ModelError(f"No model is called {name!r}; there are: {', '.join(Kind)}.")
    return name


def check_person(by: str) -> None:
    """Refuse a change that nobody stands for."""
    if not by.strip():
        raise ModelError("Who decides was left blank; give a name with --by.")


def not_promoted(version: ModelVersion, gate: Gate | None, *, instead: int | None) -> ModelError:
    """The error for a gate that is not met: what failed, and what stays in service."""
    checks = "" if gate is None else "; ".join(map(str, gate.failed))
    why = f"these checks failed: {checks}" if checks else "no check was recorded"
    stays = "The baseline" if instead is None else f"Version {instead}"
    return ModelError(
        f"{version.label} is not promoted, as {why}. {stays} stays in service. Train on more or "
        "better data, and have the checks made."
    )


def _run(run_id: str) -> str:
    # It names a folder, and must lead nowhere else.
    if not _RUN.fullmatch(run_id):
        raise ValueError(f"{run_id!r} is no number of a run")
    return run_id

"""A trained model into the registry, and into service where its gate is met."""

from dataclasses import dataclass
from datetime import date

from matching.models.registry import Registry
from matching.models.versions import ModelVersion
from training.pipeline import Trained


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A registered version, and whether it now serves as champion."""

    version: ModelVersion
    promoted: bool


def publish(
    registry: Registry, trained: Trained, *, by: str, on: date, promote: bool = True
) -> Published:
    """Register a model as the candidate; promote it where it may be and is wanted.

    Parameters
    ----------
    registry
        Where models are kept.
    trained
        The model, with what it showed.
    by, on
        Who does it, and on what day.
    promote
        Whether a candidate that meets its gate becomes the champion.

    Raises
    ------
    ModelError
        Where the registry cannot be used.
    """
    version = registry.register(
        trained.package,
        parameters=trained.parameters,
        metrics=trained.metrics,
        gate=trained.gate,
    )
    if not (promote and trained.gate.passed):
        return Published(version=version, promoted=False)
    champion = registry.promote(version.name, version.version, by=by, on=on)
    return Published(version=champion, promoted=True)

"""A model as a package of named texts, each with its SHA-256; nothing in it is ever executed.

::

    manifest.json   format, kind, synthetic, known_until, and the SHA-256 of every other file
    trees.txt       ranker: LightGBM's own text        hazard.json   risk: all of the model
    ranker.json     ranker: all the rest               recalibration.json   risk: of a hub
    card.json       what the model is for, what it learnt from, how well it does, its limits
    canary.json     a few rows with the answers that the model gave when it was packed
    gate.json       what it showed before promotion, once it is registered

The SHA-256 of the manifest is the digest of the package: whoever knows it knows every byte.
Hashes are compared before anything is parsed, because a truncated text would end the process.
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any

import pandas as pd
from lightgbm.basic import LightGBMError

from matching.domain import HubCalibration, ModelStamp
from matching.errors import DataError, ModelError
from matching.models.canary import Answers, canary_text, check_canary
from matching.models.card import read_card
from matching.models.gate import Gate
from matching.models.ranker import LambdaRanker
from matching.models.recalibrated_hazard import RecalibratedHazard
from matching.models.recalibration import Recalibration, read_recalibrations, recalibration_text
from matching.models.risk import HORIZONS
from matching.models.risk_models import Hazard, RiskModel, read_hazard_model

_CARD, _CANARY, _GATE = "card.json", "canary.json", "gate.json"
_TREES, _RANKER, _HAZARD = "trees.txt", "ranker.json", "hazard.json"
_LINES = "recalibration.json"
FORMAT = "valoriamo-model/1"


class Kind(StrEnum):
    """The kinds of model that can be packed; also their names in the registry."""

    RANKER = "ranker"
    RISK = "risk"


_MODEL_FILES = {Kind.RANKER: (_TREES, _RANKER), Kind.RISK: (_HAZARD,)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """A model with all that is to be known of it: texts by file name, the manifest apart.

    ``synthetic`` is true where it learnt from a synthetic history; ``known_until`` is the last
    day of what it learnt from.
    """

    kind: Kind
    synthetic: bool
    known_until: date
    files: Mapping[str, str] = field(repr=False)

    @property
    def manifest(self) -> str:
        """What the package holds; equal packages have equal manifests."""
        content = {
            "format": FORMAT,
            "kind": str(self.kind),
            "synthetic": self.synthetic,
            "known_until": self.known_until.isoformat(),
            "files": {name: sha256(text.encode()) for name, text in self.files.items()},
        }
        return json.dumps(content, sort_keys=True, indent=1) + "\n"

    @property
    def digest(self) -> str:
        """SHA-256 of the manifest."""
        return sha256(self.manifest.encode())

    @property
    def card(self) -> Mapping[str, Any]:
        """The model card."""
        return MappingProxyType(json.loads(self.files[_CARD]))

    @property
    def recalibration(self) -> tuple[Recalibration, ...]:
        """Of a risk model, what a hub's outcomes did to the chances; none where not recorded.

        Raises
        ------
        ModelError
            Where the file is damaged.
        """
        if _LINES not in self.files:
            return ()
        try:
            return read_recalibrations(self.files[_LINES])
        except DataError as error:
            raise ModelError(f"{_LINES} of the {self.kind} model: {error}") from error

    @property
    def gate(self) -> Gate | None:
        """What the model showed before promotion; None where nothing was recorded."""
        return Gate.from_json(self.files[_GATE]) if _GATE in self.files else None

    def with_gate(self, gate: Gate) -> "Package":
        """The same model with what it showed: another package, with a digest of its own."""
        return replace(self, files=MappingProxyType({**self.files, _GATE: gate.to_json()}))


def pack_ranker(
    ranker: LambdaRanker, canary_frame: pd.DataFrame, card: Mapping[str, object]
) -> Package:
    """Pack a ranker.

    Parameters
    ----------
    ranker
        A fitted one.
    canary_frame
        From 1 to 100 pairs in the columns of the catalog.
    card
        What :func:`matching.models.card.read_card` asks for.

    Raises
    ------
    ModelError
        For a card or a canary that does not do, or a ranker that does not survive being stored.
    """
    texts = {_TREES: ranker.to_text(), _RANKER: ranker.to_json()}
    canary = canary_text(canary_frame, lambda frame: _scores(ranker, frame))
    package = _pack(Kind.RANKER, texts, canary, card)
    open_ranker(package)
    return package


def pack_risk(
    model: Hazard,
    canary_frame: pd.DataFrame,
    card: Mapping[str, object],
    lines: Sequence[Recalibration] = (),
) -> Package:
    """Pack a risk model.

    Parameters
    ----------
    model
        A fitted one.
    canary_frame
        From 1 to 100 persons in the covariates of the model.
    card
        What :func:`matching.models.card.read_card` asks for.
    lines
        What the hub's own outcomes do to its chances, by horizon; those that are applied are from
        then on part of the model.

    Raises
    ------
    ModelError
        For a card or a canary that does not do, or a model that does not survive being stored.
    """
    texts = {_HAZARD: model.to_json()}
    if lines:
        texts[_LINES] = recalibration_text(lines)
    serving = recalibrated(model, lines)
    canary = canary_text(canary_frame, lambda frame: _chances(serving, frame))
    package = _pack(Kind.RISK, texts, canary, card)
    open_risk(package)
    return package


def recalibrated(model: Hazard, lines: Sequence[Recalibration]) -> RiskModel:
    """What serves: the model as it learnt, or with the lines where one of them is applied."""
    if not any(line.applied for line in lines):
        return model
    return RecalibratedHazard(model, tuple(lines))


def open_ranker(package: Package) -> LambdaRanker:
    """The ranker of a package, once it has answered the canary as it did when it was packed.

    Raises
    ------
    ModelError
        Where it cannot be read by this version, or answers otherwise.
    """
    _check_kind(package, Kind.RANKER)
    try:
        ranker = LambdaRanker.from_json(package.files[_RANKER], package.files[_TREES])
    except (DataError, LightGBMError) as error:
        raise ModelError(f"{_RANKER} and {_TREES} of the ranker: {error}") from error
    _check_answers(package, lambda frame: _scores(ranker, frame))
    return ranker


def open_risk(package: Package) -> RiskModel:
    """The risk model of a package, once it has answered the canary as when it was packed.

    Raises
    ------
    ModelError
        Where it cannot be read by this version, or answers otherwise.
    """
    _check_kind(package, Kind.RISK)
    try:
        model = read_hazard_model(package.files[_HAZARD])
    except DataError as error:
        raise ModelError(f"{_HAZARD} of the risk model: {error}") from error
    serving = recalibrated(model, package.recalibration)
    _check_answers(package, lambda frame: _chances(serving, frame))
    return serving


def open_model(package: Package) -> LambdaRanker | RiskModel:
    """The model of a package, of whichever kind it is.

    Raises
    ------
    ModelError
        Where it cannot be read by this version, or answers otherwise than when it was packed.
    """
    return open_ranker(package) if package.kind is Kind.RANKER else open_risk(package)


def stamp(package: Package, version: int, name: str) -> ModelStamp:
    """What every result that the model computes carries.

    Parameters
    ----------
    package
        The model.
    version, name
        Its number and name in the registry.
    """
    return ModelStamp(
        name=name,
        version=version,
        digest=package.digest,
        synthetic=package.synthetic,
        known_until=package.known_until,
    )


def calibration(package: Package) -> tuple[HubCalibration, ...]:
    """What is said by horizon of a risk model's calibration to a hub; see ``recalibration``."""
    return tuple(line.summary for line in package.recalibration)


def sha256(data: bytes) -> str:
    """The SHA-256 of some bytes, in hexadecimal digits.

    >>> sha256(b"")[:8]
    'e3b0c442'
    """
    return hashlib.sha256(data).hexdigest()


def _pack(kind: Kind, model: Mapping[str, str], canary: str, card: Mapping[str, object]) -> Package:
    checked = read_card(card, of=kind)
    return Package(
        kind=kind,
        synthetic=checked.synthetic,
        known_until=checked.known_until,
        files=MappingProxyType({**model, _CARD: checked.text, _CANARY: canary}),
    )


def _check_kind(package: Package, kind: Kind) -> None:
    if package.kind is not kind:
        raise ModelError(f"The package holds a {package.kind} model, not a {kind} model.")
    if missing := [name for name in (*_MODEL_FILES[kind], _CANARY) if name not in package.files]:
        raise ModelError(f"The package of the {kind} has no {missing[0]}; train the model again.")


def _check_answers(package: Package, answer: Callable[[pd.DataFrame], Answers]) -> None:
    try:
        check_canary(package.files[_CANARY], answer)
    except ModelError as error:
        raise ModelError(
            f"The {package.kind} does not answer as it did when it was packed. {error} The "
            "libraries may have changed: train the model again."
        ) from error


def _scores(ranker: LambdaRanker, frame: pd.DataFrame) -> Answers:
    return {"score": ranker.predict(frame)}


def _chances(model: RiskModel, frame: pd.DataFrame) -> Answers:
    horizons = [months for months in HORIZONS if months <= model.months] or [model.months]
    chances = model.predict(frame, horizons)
    return {str(name): chances[name].to_numpy(dtype=float) for name in chances.columns}

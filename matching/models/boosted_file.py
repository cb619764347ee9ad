"""The file of a boosted hazard: JSON with LightGBM's texts inside, checked before they are read.

A damaged text of trees can end the process that reads it: nothing of the file is used before its
SHA-256 is right, and no booster is made before everything else is.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence, Set
from typing import Any

import lightgbm as lgb

from matching.errors import DataError
from matching.models.boosted_fit import Fit
from matching.models.hazard_file import Array, HazardFile

FORMAT = "valoriamo-boosted-hazard/1"
_MEND = "restore the file or train again."
_FITS = "fits"


def write_boosted(
    parameters: Mapping[str, Any],
    names: Sequence[str],
    learnt: Mapping[str, Array],
    fits: Sequence[Fit],
) -> str:
    """The file as text: equal models give equal files."""
    content: dict[str, Any] = {
        "format": FORMAT,
        "parameters": dict(parameters),
        "covariates": list(names),
        **{name: values.tolist() for name, values in learnt.items()},
        _FITS: [{"level": fit.level.tolist(), "trees": list(fit.texts)} for fit in fits],
    }
    return _canonical({**content, "sha256": _digest(content)}) + "\n"


def read_boosted(text: str, parameters: Set[str]) -> HazardFile:
    """Read a file back; a ``DataError`` if it is none, was altered, or has other settings."""
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise DataError(f"The boosted hazard model is not JSON ({error}); {_MEND}") from error
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise DataError(f"The boosted hazard model is not of the form {FORMAT!r}; {_MEND}")
    recorded = content.pop("sha256", None)
    if recorded != _digest(content):
        raise DataError(f"The boosted hazard model was altered: another SHA-256; {_MEND}")
    names, settings = content.get("covariates"), content.get("parameters")
    if not isinstance(names, list) or any(type(name) is not str for name in names):
        raise DataError(f"The boosted hazard model lacks its covariates; {_MEND}")
    if not isinstance(settings, dict) or set(settings) != parameters:
        raise DataError(f"The boosted hazard model has other parameters than it should; {_MEND}")
    return HazardFile(settings, names, content)


def read_fits(file: HazardFile, months: int) -> tuple[Fit, ...]:
    """The levels and trees of a file, the trees still as text; a ``DataError`` if damaged."""
    given = file.content.get(_FITS)
    if not isinstance(given, list) or not given:
        raise file.refused(_FITS, "are missing")
    fits = []
    for one in given:
        trees = one.get("trees") if isinstance(one, dict) else None
        if not isinstance(trees, list) or len(trees) != 2:
            raise file.refused(_FITS, "are not of two causes each")
        if any(text is not None and type(text) is not str for text in trees):
            raise file.refused(_FITS, "hold trees that are no text")
        level = HazardFile({}, [], one).array("level", (months, 2))
        fits.append(Fit(level, (trees[0], trees[1])))
    return tuple(fits)


def read_boosters(fit: Fit, features: int) -> tuple[lgb.Booster | None, lgb.Booster | None]:
    """The boosters of a fit; a ``DataError`` if one cannot be read, or is over other features."""
    work, inactive = fit.texts
    return _booster(work, features), _booster(inactive, features)


def _booster(text: str | None, features: int) -> lgb.Booster | None:
    if text is None:
        return None
    try:
        booster = lgb.Booster(model_str=text)
    except lgb.basic.LightGBMError as error:
        raise DataError(f"The boosted hazard's trees cannot be read ({error}); {_MEND}") from error
    if booster.num_feature() != features:
        raise DataError(
            f"The boosted hazard's trees are over {booster.num_feature()} features, and there are "
            f"{features}; {_MEND}"
        )
    return booster


def _digest(content: Mapping[str, Any]) -> str:
    text = _canonical(content)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _canonical(content: Mapping[str, Any]) -> str:
    return json.dumps(content, sort_keys=True, indent=1, allow_nan=True)

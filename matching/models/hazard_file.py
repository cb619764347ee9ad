"""The file of a hazard model: plain JSON, checked as it is read back."""

import json
from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from matching.errors import DataError

Array = npt.NDArray[np.float64]

FORMAT = "valoriamo-hazard/1"
_MEND = "restore the file or train again."


@dataclass(frozen=True, slots=True)
class HazardFile:
    """What a file holds: the settings, the covariates, and the rest, not yet checked."""

    parameters: dict[str, Any]
    covariates: list[str]
    content: dict[str, Any]

    def array(self, name: str, shape: tuple[int, ...]) -> Array:
        """The numbers under a name; a ``DataError`` if they are not so many, and finite."""
        values = np.array(self.content.get(name), dtype=object).ravel()
        sound = values.size == np.prod(shape) and all(type(v) in (int, float) for v in values)
        if not sound or not np.isfinite(values.astype(float)).all():
            raise DataError(f"The hazard model's {name!r} is not {shape} numbers; {_MEND}")
        return np.asarray(values.astype(float).reshape(shape))

    def refused(self, name: str, why: str) -> DataError:
        """The error for numbers that cannot be, for instance a spread of 0."""
        return DataError(f"The hazard model's {name!r} {why}; {_MEND}")


def write_hazard(
    parameters: Mapping[str, Any], covariates: list[str], learnt: Mapping[str, Array]
) -> str:
    """The file as text: equal models give equal files."""
    content = {
        "format": FORMAT,
        "parameters": dict(parameters),
        "covariates": covariates,
        **{name: values.tolist() for name, values in learnt.items()},
    }
    return json.dumps(content, indent=1, allow_nan=False) + "\n"


def read_hazard(text: str, parameters: Set[str], *, may_lack: Set[str] = frozenset()) -> HazardFile:
    """Read a file back; a ``DataError`` if it is none, or has other settings than named.

    Those that it ``may_lack`` came later than the first files.
    """
    try:
        content = json.loads(text)
    except json.JSONDecodeError as error:
        raise DataError(f"The hazard model is not JSON ({error}); {_MEND}") from error
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise DataError(f"The hazard model is not of the form {FORMAT!r}; {_MEND}")
    names, settings = content.get("covariates"), content.get("parameters")
    if not isinstance(names, list) or not isinstance(settings, dict):
        raise DataError(f"The hazard model lacks its covariates or parameters; {_MEND}")
    if set(settings) | may_lack != parameters or any(type(name) is not str for name in names):
        raise DataError(f"The hazard model's covariates or parameters are damaged; {_MEND}")
    return HazardFile(settings, names, content)

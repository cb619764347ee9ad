"""The promotion gate: what a model must have shown before it may serve."""

import json
from dataclasses import asdict, dataclass
from math import isfinite

from pydantic import ConfigDict, TypeAdapter

from matching.errors import ModelError


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One condition: its name, whether it is met, what was measured and what was needed.

    A ``value`` of None was not measured.
    """

    __pydantic_config__ = ConfigDict(extra="forbid", strict=True)

    name: str
    passed: bool
    value: float | str | None
    needed: str

    def __str__(self) -> str:
        """The check as a sentence says it."""
        shown = "not measured" if self.value is None else self.value
        return f"{self.name}: {shown} (needed: {self.needed})"


_CHECKS = TypeAdapter(tuple[Check, ...])


@dataclass(frozen=True, slots=True)
class Gate:
    """The checks of one model. A gate without checks is not passed: nothing was shown."""

    checks: tuple[Check, ...]

    @property
    def passed(self) -> bool:
        """Whether there is a check, and every one is met."""
        return bool(self.checks) and not self.failed

    @property
    def failed(self) -> tuple[Check, ...]:
        """The checks that are not met."""
        return tuple(check for check in self.checks if not check.passed)

    def to_json(self) -> str:
        """The gate as text; what is no finite number counts as not measured."""
        rows = [asdict(check) | {"value": _measured(check.value)} for check in self.checks]
        content = {"passed": self.passed, "checks": rows}
        return json.dumps(content, indent=1, ensure_ascii=False, allow_nan=False) + "\n"

    @classmethod
    def from_json(cls, text: str) -> "Gate":
        """Read a gate back; a ``ModelError`` if the text is none."""
        try:
            return cls(_CHECKS.validate_json(json.dumps(json.loads(text)["checks"])))
        except (ValueError, LookupError, TypeError, RecursionError) as error:
            raise ModelError(
                f"The model's gate.json cannot be read ({error}); train the model again."
            ) from error


def _measured(value: float | str | None) -> float | str | None:
    return None if isinstance(value, float) and not isfinite(value) else value

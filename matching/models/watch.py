"""What the last watch over a risk model found, kept beside the models for whoever looks at them."""

import json
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from matching.errors import ModelError
from matching.models.drift import ExitWatch, InputWatch, Watched


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """The findings on one model, by its digest: of people who came from ``since`` to ``as_of``."""

    digest: str
    since: date
    as_of: date
    inputs: tuple[InputWatch, ...]
    exits: tuple[ExitWatch, ...]

    @property
    def alarms(self) -> tuple[str, ...]:
        """Names of the inputs and causes that raised an alarm."""
        found = [one.name for one in self.inputs if one.state is Watched.ALARM]
        return (*found, *(one.cause for one in self.exits if one.state is Watched.ALARM))


def watch_path(home: Path) -> Path:
    """Where the last watch of a home is kept."""
    return home / "models" / "risk" / "last_watch.json"


def keep_watch(home: Path, watch: Watch) -> None:
    """Write what was found; it stands in the place of the watch before.

    Raises
    ------
    ModelError
        Where it cannot be written.
    """
    path = watch_path(home)
    partial = path.with_suffix(".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial.write_text(json.dumps(watch_row(watch), indent=1, allow_nan=False) + "\n", "utf-8")
        partial.replace(path)
    except OSError as error:
        raise ModelError(
            f"The watch cannot be kept in {path.parent} ({error.strerror}); free space or name "
            "another VALORIAMO_HOME."
        ) from error


def read_watch(home: Path, digest: str) -> Watch | None:
    """The last watch over the model with this digest; None where there was none.

    Raises
    ------
    ModelError
        For a file that is damaged.
    """
    path = watch_path(home)
    if not path.is_file():
        return None
    try:
        watch = TypeAdapter(Watch).validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise ModelError(f"{path} is damaged; watch again: valoriamo risk watch.") from error
    return watch if watch.digest == digest else None


def watch_row(watch: Watch) -> dict[str, Any]:
    """What was found as JSON says it."""
    row = asdict(watch)
    return row | {"since": watch.since.isoformat(), "as_of": watch.as_of.isoformat()}

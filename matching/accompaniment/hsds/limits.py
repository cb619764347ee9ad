"""How much of a file is read."""

from dataclasses import dataclass
from pathlib import Path

from matching.errors import InputError

_MEGABYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """Largest sizes; a catalogue of a thousand services takes a few megabytes."""

    files: int = 1_000
    file_bytes: int = 50 * _MEGABYTE
    total_bytes: int = 50 * _MEGABYTE
    ratio: int = 100
    ratio_from: int = _MEGABYTE
    rows: int = 500_000
    cell: int = 10_000
    depth: int = 12


def too_large(path: Path, limits: Limits) -> InputError:
    """The refusal of a file that is too large, or would be once unpacked."""
    return InputError(
        f"{path}: is larger than what is read: {limits.total_bytes // _MEGABYTE} MB in all, "
        f"unpacked to at most {limits.ratio} times its size; divide it."
    )

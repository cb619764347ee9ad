"""How much one file of rows may cost; whatever goes over is refused, never cut short."""

from dataclasses import dataclass

_MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class FileLimits:
    """Limits of a file that is imported (trust.md S4 and S5).

    ``max_ratio`` is how many bytes one byte of a workbook may become. ``max_characters`` is what
    one cell may hold: a long CV has some twenty thousand.
    """

    max_bytes: int = 20 * _MEGABYTE
    max_rows: int = 100_000
    max_columns: int = 200
    max_cells: int = 2_000_000
    max_characters: int = 100_000
    max_entries: int = 1_000
    max_expanded_bytes: int = 50 * _MEGABYTE
    max_ratio: int = 100

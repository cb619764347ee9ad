"""Which territory folder is meant: the one named, the default of the data, or the only one."""

from collections.abc import Sequence
from pathlib import Path

from matching.errors import SettingsError, TerritoryError
from matching.territory.reading import read_toml

DEFAULT_FILE = "territories.toml"


def territory_folders(territories: Path) -> tuple[Path, ...]:
    """Every territory folder of ``data/territories``, in order of its code."""
    return tuple(sorted(path.parent for path in territories.glob("*/territory.toml")))


def territory_folder(territories: Path, code: str | None) -> Path:
    """The folder of a territory.

    Parameters
    ----------
    territories
        ``data/territories``.
    code
        The code of a territory; None means the ``default`` of ``territories.toml`` beside the
        folders, and without that file the only territory there is.

    Raises
    ------
    TerritoryError
        Where no folder has the code, or the default names none.
    SettingsError
        Where none is named, none is the default, and there are several or none.
    """
    found = territory_folders(territories)
    if code is not None:
        return _named(code, found, f"there is no territory {code!r} in {territories}")
    if (territories / DEFAULT_FILE).is_file():
        table = read_toml(territories / DEFAULT_FILE)
        default = table.text("default")
        table.finish()
        return _named(default, found, f"{table.where}: default = {default!r} is no territory here")
    if len(found) == 1:
        return found[0]
    raise SettingsError(
        f"VALORIAMO_TERRITORY is not set, and {territories} holds {len(found)} territories "
        f"({_codes(found)}) and no {DEFAULT_FILE}; set it to the code of one."
    )


def _named(code: str, found: Sequence[Path], problem: str) -> Path:
    for folder in found:
        if folder.name == code:
            return folder
    raise TerritoryError(f"{problem}; use one of: {_codes(found)}")


def _codes(found: Sequence[Path]) -> str:
    return ", ".join(folder.name for folder in found) or "none"

"""Other ways to say a skill: too loose to be labels, good enough to propose it."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from matching.errors import DataError

Forms = Mapping[str, tuple[str, ...]]

PARAPHRASES = "paraphrases"


def load_paraphrases(folder: Path) -> Forms:
    """Read every file of a folder: paraphrases by the slug of the skill; none without a folder.

    Raises
    ------
    DataError
        Naming file and key: not TOML, not a table of lists of texts, a slug of two files.
    """
    found: dict[str, tuple[str, ...]] = {}
    for path in sorted(folder.glob("*.toml")):
        try:
            table = tomllib.loads(path.read_text("utf-8"))["paraphrases"]
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError) as error:
            raise DataError(f"{path}: cannot be read as paraphrases: {error!r}.") from error
        if not isinstance(table, dict):
            raise DataError(f"{path}: 'paraphrases' must be a table, not {table!r}.")
        for slug, said in table.items():
            if not (
                isinstance(said, list) and all(isinstance(text, str) and text for text in said)
            ):
                raise DataError(f"{path}: {slug!r} must be a list of texts, not {said!r}.")
            if slug in found:
                raise DataError(f"{path}: {slug!r} stands in another file as well; join them.")
            found[slug] = tuple(said)
    return MappingProxyType(found)

"""What tables and columns are called for whoever they are about: ``data/privacy/tables.toml``."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from matching.store.tables import metadata
from matching.territory.reading import Table, read_toml

TABLES_FILE = "tables.toml"
LANGUAGES = ("it", "en")


@dataclass(frozen=True, slots=True, kw_only=True)
class TableWords:
    """Names of tables and columns in one language; of a column without one, its own name."""

    language: str
    tables: Mapping[str, str]
    columns: Mapping[str, str]

    def table(self, name: str) -> str:
        """What a table holds, in words."""
        return self.tables[name]

    def column(self, name: str) -> str:
        """What a column is called."""
        return self.columns.get(name, name.replace("_", " "))


def load_table_words(folder: Path, language: str) -> TableWords:
    """Read the names in a language; the English ones of tables are in the schema itself.

    Raises
    ------
    TerritoryError
        For a table that has no words, or words of no table or column.
    """
    file = read_toml(folder / TABLES_FILE)
    tables = _words(file.table("table"), {one.name for one in metadata.sorted_tables})
    known = {column.name for one in metadata.sorted_tables for column in one.columns}
    columns = _words(file.table("column"), known)
    file.finish()
    if language == "it":
        return TableWords(language=language, tables=tables, columns=columns)
    holds = {one.name: str(one.info["holds"]) for one in metadata.sorted_tables}
    return TableWords(language=language, tables=holds, columns={})


def _words(table: Table, names: set[str]) -> Mapping[str, str]:
    words = {name: table.text(name) for name in sorted(names)}
    table.finish()
    return words

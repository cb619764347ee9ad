"""What is said of each purpose, and of the risks for people: ``data/privacy``.

Read strictly, and held against the schema: a column without a purpose, a purpose without a text
or a table in a lane that its purposes do not know stops everything.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from matching.errors import TerritoryError
from matching.hub.consents import ConsentFor
from matching.store.columns import Lane, Purpose
from matching.store.tables import metadata
from matching.territory.reading import Table, read_toml


@dataclass(frozen=True, slots=True, kw_only=True)
class PurposeText:
    """A purpose in one language, and the lanes that its data are in."""

    title: str
    text: str
    basis: str
    people: str
    recipients: str
    lanes: frozenset[Lane]


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """A risk for people, what stands against it, and the tests that hold that; 1 to 4."""

    id: str
    what: str
    against: str
    likelihood: int
    severity: int
    tests: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivacyTexts:
    """All that ``purposes.toml`` and ``risks.toml`` say in one language."""

    language: str
    as_of: date
    controller: str
    why_not_consent: str
    purposes: Mapping[Purpose, PurposeText]
    consents: Mapping[ConsentFor, str]
    risks: Sequence[Risk]


def load_privacy(folder: Path, language: str) -> PrivacyTexts:
    """Read the texts in a language.

    Raises
    ------
    TerritoryError
        Naming file, entry and value, or what in the schema has no text.
    """
    file = read_toml(folder / "purposes.toml")
    purposes, consents = file.table("purpose"), file.table("consent")
    texts = PrivacyTexts(
        language=language,
        as_of=file.day("as_of"),
        controller=_said(file, "controller", language),
        why_not_consent=_said(file, "why_not_consent", language),
        purposes={one: _purpose(purposes.table(one.value), language) for one in Purpose},
        consents={one: _said(consents, one.value, language) for one in ConsentFor},
        risks=_risks(read_toml(folder / "risks.toml"), language),
    )
    for table in (purposes, consents, file):
        table.finish()
    check_schema(texts)
    return texts


def check_schema(texts: PrivacyTexts) -> None:
    """Hold the schema against the texts.

    Raises
    ------
    TerritoryError
        For a table without lane or content, a column without purpose, or a purpose whose lanes do
        not have that of the table.
    """
    for table in metadata.sorted_tables:
        lane = table.info.get("lane")
        if not isinstance(lane, Lane) or not table.info.get("holds"):
            raise TerritoryError(f"The table {table.name} has no lane or says not what it holds.")
        for column in table.columns:
            purpose = column.info.get("purpose")
            if not isinstance(purpose, Purpose):
                raise TerritoryError(f"The column {table.name}, {column.name} has no purpose.")
            if lane not in texts.purposes[purpose].lanes:
                raise TerritoryError(
                    f"purposes.toml [purpose.{purpose}]: lanes lack {str(lane)!r}, which the "
                    f"table {table.name} is in; add it, or give {column.name} another purpose"
                )


def _purpose(table: Table, language: str) -> PurposeText:
    text = PurposeText(
        title=_said(table, "title", language),
        text=_said(table, "text", language),
        basis=_said(table, "basis", language),
        people=_said(table, "people", language),
        recipients=_said(table, "recipients", language),
        lanes=frozenset(table.choices("lanes", Lane)),
    )
    table.finish()
    return text


def _risks(file: Table, language: str) -> Sequence[Risk]:
    found = []
    for table in file.tables("risk"):
        found.append(
            Risk(
                id=table.text("id"), what=_said(table, "what", language),
                against=_said(table, "against", language), likelihood=table.whole("likelihood"),
                severity=table.whole("severity"), tests=table.texts("tests"),
            )
        )  # fmt: skip
        table.finish()
    file.finish()
    return found


def _said(table: Table, key: str, language: str) -> str:
    words = table.mapping(key)
    if language not in words:
        raise TerritoryError(f"{table.where}: {key} has no words in {language!r}; add them")
    return words[language]

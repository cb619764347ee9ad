"""What a territory decides about agreed paths: ``agreement.toml``, explained at its head."""

from dataclasses import dataclass
from pathlib import Path

from matching.errors import TerritoryError
from matching.territory.reading import Table, read_toml

FILE = "agreement.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminding:
    """How many days before, or after, a reminder is due."""

    answer_days: int
    ask_days: int
    start_days: int
    close_days: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Calling:
    """When a call is proposed: absences in a row, a share of sessions, days of silence.

    ``least_share`` (0 to 1) counts from ``least_sessions`` recorded sessions on.
    """

    absences: int
    least_share: float
    least_sessions: int
    silence_days: int
    reason: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementPolicy:
    """The whole of ``agreement.toml``. ``languages`` are those in which the path is printed."""

    languages: tuple[str, ...]
    reminding: Reminding
    calling: Calling


def find_agreement_policy(folder: Path) -> AgreementPolicy | None:
    """What the territory of a folder decides, None where it has no ``agreement.toml``.

    Raises
    ------
    TerritoryError
        Naming key and value: an unknown, missing or mistyped key, a language twice.
    """
    path = folder / FILE
    return read_agreement_policy(read_toml(path)) if path.is_file() else None


def read_agreement_policy(table: Table) -> AgreementPolicy:
    """Read the whole file; a fault is a ``TerritoryError``."""
    languages = table.texts("languages")
    if len(set(languages)) < len(languages):
        raise TerritoryError(f"{table.where}: languages has one twice; leave each once")
    policy = AgreementPolicy(
        languages=languages,
        reminding=_reminding(table.table("reminders")),
        calling=_calling(table.table("calls")),
    )
    table.finish()
    return policy


def _reminding(table: Table) -> Reminding:
    policy = Reminding(
        answer_days=table.whole("answer_days"),
        ask_days=table.whole("ask_days", least=0),
        start_days=table.whole("start_days", least=0),
        close_days=table.whole("close_days"),
        reason=table.text("reason"),
    )
    table.finish()
    return policy


def _calling(table: Table) -> Calling:
    policy = Calling(
        absences=table.whole("absences"),
        least_share=table.number("least_share", least=0.01),
        least_sessions=table.whole("least_sessions"),
        silence_days=table.whole("silence_days"),
        reason=table.text("reason"),
        source=table.text("source"),
    )
    table.finish()
    if policy.least_share > 1:
        raise TerritoryError(
            f"{table.where}: least_share = {policy.least_share:g} is not valid; write a share of "
            "at most 1, such as 0.7"
        )
    return policy

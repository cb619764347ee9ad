"""The incentives and the statuses, from ``data/measures/incentives.toml``."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from matching.accompaniment.incentives.hire import EmployerKind, Underrepresented
from matching.accompaniment.rules import Ask, Rule
from matching.accompaniment.rules.reading import check_values, read_rules_of
from matching.domain import Contract

FILE = "incentives.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """What a hire may bring, and what status the law gives whoever is hired."""

    incentives: tuple[Rule, ...]
    statuses: tuple[Rule, ...]


def load_law(folder: Path, *, measures: Collection[str] | None = None) -> Law:
    """Read and check ``incentives.toml`` of a measures folder.

    Parameters
    ----------
    folder
        The measures folder.
    measures
        Ids of the public measures, which ``receives`` may name; not checked where None.

    Raises
    ------
    DataError
        As :func:`matching.accompaniment.rules.reading.read_rules`, and for a contract, an employer,
        a sex or a measure that does not exist.
    """
    found = read_rules_of(folder / FILE, ("incentive", "status"))
    allowed: dict[Ask, Collection[str]] = {
        Ask.CONTRACT: list(Contract),
        Ask.EMPLOYER: list(EmployerKind),
        Ask.UNDERREPRESENTED: list(Underrepresented),
        Ask.SEX: ["f", "m"],
    }
    if measures is not None:
        allowed[Ask.RECEIVES] = measures
    for rules in found.values():
        check_values(rules, allowed)
    return Law(incentives=found["incentive"], statuses=found["status"])

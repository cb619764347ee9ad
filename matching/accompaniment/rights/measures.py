"""The public measures, from ``data/measures/public_measures.toml``.

What the fields mean is written at the head of that file.
"""

from pathlib import Path

from matching.accompaniment.rules import Ask, Rule
from matching.accompaniment.rules.condition import OF_THE_HIRE
from matching.accompaniment.rules.reading import check_values, read_rules
from matching.domain.household import Sex, Tenure

FILE = "public_measures.toml"


def load_measures(folder: Path) -> tuple[Rule, ...]:
    """Read and check the public measures of a measures folder.

    Raises
    ------
    DataError
        As :func:`matching.accompaniment.rules.reading.read_rules`, and for a value that no member
        or measure can have.
    """
    rules = read_rules(folder / FILE, "measure", known=frozenset(Ask) - OF_THE_HIRE)
    check_values(
        rules,
        {Ask.TENURE: list(Tenure), Ask.SEX: list(Sex), Ask.RECEIVES: [rule.id for rule in rules]},
    )
    return rules

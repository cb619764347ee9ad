"""A family and a dwelling: what must be, apart from how well they suit each other.

Nobody is refused. A rule that is known not to be met is shown, with what would change it, and the
dwelling stays in the list. People decide.
"""

from matching.accompaniment.housing.law import load_size_rules
from matching.accompaniment.housing.offers import check_dwelling, read_dwelling
from matching.accompaniment.housing.pairs import (
    HousingSetting,
    families_for,
    homes_for,
    match_home,
)
from matching.accompaniment.housing.policy import HousingPolicy, find_housing_policy

__all__ = [
    "HousingPolicy",
    "HousingSetting",
    "check_dwelling",
    "families_for",
    "find_housing_policy",
    "homes_for",
    "load_size_rules",
    "match_home",
    "read_dwelling",
]

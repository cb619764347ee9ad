"""Public measures that a household may be entitled to: to be checked, before any paid step."""

from matching.accompaniment.rights.answers import of_household
from matching.accompaniment.rights.check import Right, check_received, rights
from matching.accompaniment.rights.measures import load_measures

__all__ = ["Right", "check_received", "load_measures", "of_household", "rights"]

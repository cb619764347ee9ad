"""A synthetic hub district with known truth, for training, proof and demonstration.

Nobody in it exists. It says so: ids and addresses carry the word *sintetico*, the district its
``synthetic`` flag, and whatever shows it must repeat it. It knows nothing of extraction,
profiles, features or models, so that what they recover was not put there by them.
"""

from training.synthetic.district import District, Truth, generate
from training.synthetic.parameters import (
    BIASED,
    HARD,
    MILD,
    SETTINGS,
    Bias,
    DecisionParameters,
    FitParameters,
    MeasureParameters,
    PeopleParameters,
    Setting,
    Size,
    SpellParameters,
    TextParameters,
)
from training.synthetic.spells import HORIZONS, design

__all__ = [
    "BIASED",
    "HARD",
    "HORIZONS",
    "MILD",
    "SETTINGS",
    "Bias",
    "DecisionParameters",
    "District",
    "FitParameters",
    "MeasureParameters",
    "PeopleParameters",
    "Setting",
    "Size",
    "SpellParameters",
    "TextParameters",
    "Truth",
    "design",
    "generate",
]

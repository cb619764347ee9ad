"""Pure features: tables in, frame out. No file, no clock, no chance."""

from matching.features.catalog import (
    BY_NAME,
    COLUMNS,
    CONTEXT,
    FEATURES,
    NOT_IN_MATCHING,
    PROTECTED,
    Column,
)
from matching.features.pairs import FeatureSpace, feature_space, judged, pair_features
from matching.features.situation import SITUATION, situation_features
from matching.features.words import shared_words

__all__ = [
    "BY_NAME",
    "COLUMNS",
    "CONTEXT",
    "FEATURES",
    "NOT_IN_MATCHING",
    "PROTECTED",
    "SITUATION",
    "Column",
    "FeatureSpace",
    "feature_space",
    "judged",
    "pair_features",
    "shared_words",
    "situation_features",
]
